#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: signs.py SOURCE_DIR [--write]

The table of signs that the voices name or leave out, src/script/voice_signs.c, is what espeak-ng says
when it is asked: each sign stands between two words, alone and at either of them, and a sign that
only pauses changes no phoneme. Pictures that no voice names are left out without a word: they are in
the table, too. --write makes the table anew, for another version of espeak-ng.
"""
import ctypes
import pathlib
import re
import sys
import unicodedata

VOICES = ("en-us", "de")
PLACES = ("we {} go.", "we {}go.", "we{} go.")
# Signs stand in these blocks; ASCII has a list of its own, and what is among the letters of another
# script is judged with them.
BLOCKS = (range(0xA1, 0x370), range(0x2000, 0x2C00), range(0x3000, 0x3040), range(0x3200, 0x3400),
          range(0xFE00, 0x10000), range(0x1F000, 0x1FB00))
BEGIN, END = "    // begin: made by tests/voice/signs.py\n", "    // end\n"

library = ctypes.CDLL("libespeak-ng.so.1")
library.espeak_TextToPhonemes.restype = ctypes.c_char_p
library.espeak_Initialize(2, 0, None, 0)


def phonemes(text):
    """What is said, without stress, blanks and changes of language."""
    memory = ctypes.create_string_buffer(text.encode())
    place = ctypes.c_void_p(ctypes.addressof(memory))
    said = ""
    while place.value:
        said += library.espeak_TextToPhonemes(ctypes.byref(place), 1, 2).decode()
    return re.sub(r"[\sˈˌ]|\([a-z]+\)", "", said)


def is_sign(code):
    category = unicodedata.category(chr(code))
    return category[0] in "PS" or category in ("No", "Nl")


def misread_signs():
    found = {code for block in BLOCKS for code in block if unicodedata.category(chr(code)) == "So"}
    found.discard(0xA6)  # a broken bar only pauses
    for voice in VOICES:
        if library.espeak_SetVoiceByName(voice.encode()) != 0:
            sys.exit(f"there is no voice {voice}")
        quiet = phonemes("we go.")
        for block in BLOCKS:
            found |= {code for code in block if is_sign(code) and
                      any(phonemes(place.format(chr(code))) != quiet for place in PLACES)}
    return found


def ranges(found):
    """First and last of each run; what is not assigned parts none."""
    runs = []
    for code in sorted(found):
        if runs and all(unicodedata.category(chr(c)) == "Cn" for c in range(runs[-1][1] + 1, code)):
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return runs


def main():
    path = pathlib.Path(sys.argv[1], "src/script/voice_signs.c")
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    table, after = rest.split(END, 1)
    there = [[int(n, 16) for n in pair] for pair in re.findall(r"\{0x(\w+), 0x(\w+)\}", table)]
    runs = ranges(misread_signs())
    if "--write" in sys.argv:  # ./dev format lays it out
        table = "".join(f"    {{0x{first:04X}, 0x{last:04X}}},\n" for first, last in runs)
        path.write_text(before + BEGIN + table + END + after, encoding="utf-8")
    elif there != runs:
        sys.exit(f"{path} is not what the voices say: tests/voice/signs.py . --write")
    print(f"{len(runs)} ranges of signs")


main()
