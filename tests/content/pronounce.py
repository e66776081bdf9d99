#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Print the words of the sessions whose reading by the voice is doubtful, with that reading.

usage: pronounce.py SCRIPTS_DIR [LANG...]

Doubtful are: words that are written alike and spoken differently (heteronyms.txt), words with digits,
and words that no common dictionary has, for which the voice falls back on letter rules. A use that the
language's lexicon takes care of is left out.
One line each: word, why, reading (IPA), uses, first place, the sentence around it.
"""

import pathlib
import re
import subprocess
import sys

VOICES = {"en": "en-us", "de": "de"}
DICTIONARIES = {"en": "/usr/share/dict/american-english", "de": "/usr/share/dict/ngerman"}
HERE = pathlib.Path(__file__).resolve().parent
MARKS = re.compile(r"^\s*(?:(?:\+\+|\+|~)\s+)?(?:(?:first|second|paced|natural|in|out|half):\s+)*")
TAGS = re.compile(r"(?:\s+#[A-Za-z0-9]+)+\s*$")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def spoken_lines(path):
    """Yield (line number, text as it is spoken) of a script or notices file."""
    in_sections = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        stripped = MARKS.sub("", line)
        in_sections |= line.startswith("==")
        if not in_sections or not stripped or stripped.startswith(("==", "@", "//")):
            continue
        text = TAGS.sub("", stripped)
        text = re.sub(r"\{[^{}|]*\|([^{}]*)\}", r"\1", text)  # {shown|spoken}
        yield number, re.sub(r"\{[^{}]*\}", "", text)


def words_of(file):
    """The words of a list, one a line, # begins a comment."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return {line.split("#")[0].strip().lower() for line in lines} - {""}


def known(word, dictionary):
    """Whether the dictionary has the word, or the parts of a hyphenated or possessive one."""
    word = word.lower().removesuffix("'s")
    return all(part in dictionary for part in word.split("-"))


def lexicon_entries(file):
    """(word, words it must follow, words it must precede), empty sets for any."""
    entries = []
    for line in file.read_text(encoding="utf-8").lower().splitlines() if file.exists() else []:
        word, *rest = line.split("#")[0].split("=")[0].split() or [""]
        conditions = {"after": set(), "before": set()}
        side = None
        for item in rest:
            if item in conditions:
                side = item
            else:
                conditions[side].add(item)
        entries.append((word, conditions["after"], conditions["before"]))
    return entries


def is_respelt(words, at, entries):
    """Whether the lexicon takes care of words[at]."""
    before = words[at - 1] if at else ""
    behind = words[at + 1] if at + 1 < len(words) else ""
    return any(word == words[at] and (not after or before in after) and (not then or behind in then)
               for word, after, then in entries)


def reading(word, voice):
    command = ["espeak-ng", "-q", "--ipa", "-v", voice, word]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def report(folder):
    language = folder.name
    dictionary = words_of(pathlib.Path(DICTIONARIES[language]))
    heteronyms = words_of(HERE / "heteronyms.txt") if language == "en" else set()
    entries = lexicon_entries(folder / "lexicon")
    found = {}
    for path in sorted(folder.glob("*.session")) + [folder / "notices"]:
        for number, text in spoken_lines(path):
            words = [word.lower() for word in WORD.findall(text)]
            for at, key in enumerate(words):
                why = ("digits" if any(c.isdigit() for c in key)
                       else "heteronym" if key in heteronyms
                       else "rare" if not known(key, dictionary) else None)
                if why and not is_respelt(words, at, entries):
                    found.setdefault(key, [why, 0, f"{path.name}:{number}", text])[1] += 1
    for key, (why, uses, place, text) in sorted(found.items(), key=lambda item: (item[1][0], item[0])):
        print("\t".join([key, why, reading(key, VOICES[language]), str(uses), place, text]))


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    scripts = pathlib.Path(sys.argv[1])
    languages = sys.argv[2:] or sorted(path.name for path in scripts.iterdir() if path.is_dir())
    for language in languages:
        report(scripts / language)


main()
