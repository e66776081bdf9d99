#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads NAME.vtt, NAME.srt, NAME.lrc and NAME.txt strictly, and compares them with one another, with
what ffmpeg reads from them, and with NAME.json (loosen plan --json): what is said, and when.

usage: captions.py NAME IN OUT ON
IN and OUT: what is told of a breath that goes in, and out; ON: of one that goes on in a touch."""
import json
import re
import subprocess
import sys

LINE, GAP, LEAST, MOST, LINGER = 42, 84, 1000, 7000, 1000
TIME = r"(\d\d):([0-5]\d):([0-5]\d)%s(\d\d\d)"


def fault(text):
    sys.exit(text)


def check(holds, *what):
    if not holds:
        fault(" ".join(str(part) for part in what))


def milliseconds(parts):
    hours, minutes, seconds, rest = map(int, parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def read(path):
    data = open(path, "rb").read()
    check(not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data, path, "has odd bytes")
    text = data.decode("utf-8")  # strict
    check(text.endswith("\n") and not text.endswith("\n\n"), path, "does not end with one line end")
    return text


def timing(line, point, path):
    moment = TIME % re.escape(point)
    found = re.fullmatch(moment + " --> " + moment, line)
    check(found, path, "no times:", line)
    groups = found.groups()
    return milliseconds(groups[:4]), milliseconds(groups[4:])


def unescape(text, path):
    check(re.fullmatch(r"([^&<>]|&amp;|&lt;|&gt;)*", text), path, "not escaped:", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def read_vtt(path):
    blocks = read(path)[:-1].split("\n\n")
    check(blocks[0] == "WEBVTT", path, "does not begin with WEBVTT")
    cues, stamps, notes = [], 0, []
    for block in blocks[1:]:
        if block.startswith("NOTE\n"):
            check("-->" not in block and not cues, path, "a bad note:", block)
            notes.append(block[5:])
            continue
        first, *lines = block.split("\n")
        start, end = timing(first, ".", path)
        last, plain = start, []
        for piece in re.split(r"(<[^>]*>)", "\n".join(lines)):
            if not piece.startswith("<"):
                plain.append(unescape(piece, path))
                continue
            found = re.fullmatch("<" + TIME % r"\." + ">", piece)
            check(found, path, "an unknown tag:", piece)
            moment = milliseconds(found.groups())
            check(last < moment < end, path, "a word outside of its cue:", block)
            last = moment
            stamps += 1
        cues.append((start, end, "".join(plain)))
    return cues, stamps, notes


def read_srt(path, text=None):
    cues = []
    for number, block in enumerate(re.split(r"\n\n+(?=\d+\n\d\d:)", (text or read(path)).strip("\n")), 1):
        counter, times, *lines = block.split("\n")
        check(counter == str(number), path, "expected cue", number, "found", counter)
        cues.append((*timing(times, ",", path), "\n".join(lines)))
    return cues


def read_lrc(path):
    lines, tags = [], {}
    for line in read(path)[:-1].split("\n"):
        tag = re.fullmatch(r"\[(ti|la|length):([^]]+)\]", line)
        stamp = re.fullmatch(r"\[(\d\d):([0-5]\d)\.(\d\d)\]([^][]*)", line)
        check(tag or stamp, path, "neither tag nor line:", line)
        if tag:
            tags[tag[1]] = tag[2]
        else:
            lines.append((milliseconds((0, stamp[1], stamp[2], 0)) + 10 * int(stamp[3]), stamp[4]))
    check(set(tags) == {"ti", "la", "length"}, path, "has the tags", tags)
    check(lines == sorted(lines, key=lambda line: line[0]), path, "is not in order")
    return lines


def by_ffmpeg(path):
    run = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-f", "srt", "-"],
                         capture_output=True, text=True, encoding="utf-8")
    check(run.returncode == 0 and not run.stderr, path, "ffmpeg says", run.stderr)
    return read_srt(path + " by ffmpeg", run.stdout)


def is_told(text):
    return text.startswith("[") and text.endswith("]")


def check_measures(cues, total):
    last = -GAP
    for start, end, text in cues:
        lines = text.split("\n")
        inside = [line.strip("[]") if is_told(text) else line for line in lines]
        check(start >= last + GAP, "too close to the cue before:", start, text)
        check(LEAST <= end - start <= MOST, "lasts", end - start, "ms:", text)
        check(end <= total, "goes on beyond the end:", text)
        check(len(lines) <= 2 and all(len(line) <= LINE for line in inside), "too long:", text)
        check(all(lines) and "  " not in text, "odd blanks:", text)
        check(len(text) / (end - start) * 1000 <= 17, "too fast:", text)
        last = end


def check_speech(cues, plan):
    """Each spoken text is what is shown from its start to its end, at most LINGER longer."""
    spoken = [event for event in plan["events"] if event["type"] == "speech"]
    shown = [cue for cue in cues if not is_told(cue[2])]
    at = 0
    for event in spoken:
        start, end = event["start_frame"] / 48, (event["start_frame"] + event["frames"]) / 48
        text = ""
        check(at < len(shown) and 0 <= shown[at][0] - start + 1 < 60, "not in time:", event["text"])
        while at < len(shown) and text != event["text"]:
            text += (" " if text else "") + shown[at][2].replace("\n", " ")
            check(event["text"].startswith(text), "another text:", text)
            check(start - 1 <= shown[at][0] < end, "shown too late:", text)
            at += 1
        check(text == event["text"], "not shown:", event["text"])
        late = shown[at - 1][1] - end
        check(late <= LINGER or shown[at - 1][1] - shown[at - 1][0] == LEAST, "stays for", late, text)
    check(at == len(shown), "shown and not spoken:", shown[at:])
    check(len(spoken) > 20, "hardly anything is spoken")


def check_breaths(cues, plan, words):
    """In the midst of each phase of more than 2.5 s the phase is told, or speech is shown."""
    count = 0
    for event in plan["events"]:
        paced = event["type"] == "breath" and not event["accompanies"]
        if not paced or event["frames"] < 120000:
            continue
        moment = (event["start_frame"] + event["frames"] * 3 / 4) / 48
        there = [cue[2] for cue in cues if cue[0] <= moment < cue[1]]
        check(there, "no breath at", moment)
        if is_told(there[0]):
            count += 1
            check(there[0] == words.get(event["phase"]), "another breath at", moment, there)
    return count


def check_swells(cues, plan, text):
    """Told at most once after each bout, while a breath goes on."""
    waiting = False
    starts = [start for start, _, words in cues if words == text]
    for event in plan["events"]:
        if event["type"] != "breath":
            continue
        begin = event["start_frame"] / 48
        end = begin + event["frames"] / 48
        told = [start for start in starts if begin <= start < end]
        check(event["accompanies"] or not told, "not while it paces:", told)
        check(len(told) <= waiting or not event["accompanies"], "told again:", told)
        waiting = not event["accompanies"] or (waiting and not told)
        starts = [start for start in starts if start not in told]
    check(not starts, "told where no breath goes on:", starts)
    return sum(words == text for _, _, words in cues)


def clock(text):
    seconds = 0
    for part in text.split(":"):
        seconds = 60 * seconds + int(part)
    return seconds


def read_transcript(path, notice):
    """The names of sections, and the rows: time, text. Title and notice stand in front."""
    text = read(path)
    front, *rest = text.split("\n\n")
    title, *shown = front.split("\n") if "\n" in front else [front, *rest.pop(0).split("\n")]
    check(" ".join(shown) == notice and title, path, "has other words in front:", shown)
    names, rows = [], []
    for line in "\n".join(rest)[:-1].split("\n"):
        found = re.fullmatch(r" *(\d[\d:]*)  (\S.*)", line)
        if found:
            rows.append((clock(found[1]), found[2]))
        elif line.startswith(" " * 9):
            check(rows and line[9] != " ", path, "an odd line:", line)
            rows[-1] = (rows[-1][0], rows[-1][1] + " " + line[9:])
        else:
            names.append(line)
    check(max(map(len, text.split("\n"))) <= 80, path, "has too long a line")
    return [name for name in names if name], rows


def check_transcript(path, cues, plan, notice, breathe_in, swell):
    """All cues but what goes on, and nothing else, each at its time; no row holds two breaths."""
    names, rows = read_transcript(path, notice)
    expected = [section["name"] for section in plan["sections"]]
    check(names == [name for name in expected if name in names] and len(names) > 2, path,
          "has the sections", names)
    left = [cue for cue in cues if cue[2] != swell]
    for moment, row in rows:
        check(left and left[0][0] // 1000 == moment, path, "has another time:", moment, row)
        check(row.count(breathe_in) <= 1, path, "breathes twice:", row)
        text = ""
        while left and text != row:
            text += (" " if text else "") + left.pop(0)[2].replace("\n", " ")
            check(row.startswith(text), path, "has other words:", row, "for", text)
    check(not left, path, "lacks", left)


def main():
    name, breathe_in, breathe_out, on = sys.argv[1:]
    swell = f"[{on}]"
    plan = json.load(open(name + ".json", encoding="utf-8"))
    total = plan["total_frames"] / 48
    cues, stamps, notes = read_vtt(name + ".vtt")
    check_measures(cues, total)
    check_speech(cues, plan)
    breaths = check_breaths(cues, plan, {"in": f"[{breathe_in}]", "out": f"[{breathe_out}]"})
    swells = check_swells(cues, plan, swell)
    check((swells > 0) == (plan["accompanied_breaths"] > 0), "goes on, told", swells, "times")
    check(len(notes) == 2, "a title and a notice are expected:", notes)
    words = sum(len(cue[2].split()) for cue in cues if not is_told(cue[2]))
    check(stamps > words * 0.7, "only", stamps, "of", words, "words have a time")

    srt, lrc = read_srt(name + ".srt"), read_lrc(name + ".lrc")
    check(srt == cues, "SRT and VTT differ")
    lines = [(start // 10 * 10, text.replace("\n", " ").replace("[", "(").replace("]", ")"))
             for start, _, text in cues]
    check([line for line in lrc if line[1]] == lines, "LRC and VTT differ")
    check_transcript(name + ".txt", cues, plan, notes[1].replace("\n", " "), f"[{breathe_in}]", swell)

    check(by_ffmpeg(name + ".vtt") == cues, "ffmpeg reads other cues from VTT")
    check(by_ffmpeg(name + ".srt") == cues, "ffmpeg reads other cues from SRT")
    check([(start, text) for start, _, text in by_ffmpeg(name + ".lrc") if text] == lines,
          "ffmpeg reads other lines from LRC")
    print(f"{name}: {len(cues)} cues, {breaths} breaths and {swells} swells told, {stamps} of {words} words with times")


main()
