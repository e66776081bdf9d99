#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an export shows on a terminal while it runs, in pseudo-terminals of several widths: one line,
written over in place, honest, and gone at the end.
    test_progress.py LOOSEN
"""
import fcntl
import json
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

LOOSEN = os.path.abspath(sys.argv[1])
checks = 0
failures = 0


def check(name, good, seen=""):
    global checks, failures
    checks += 1
    failures += not good
    print("ok  " if good else "FAIL", name, "" if good else repr(seen)[-600:], flush=True)


def run(columns, *arguments, term="xterm", shell=None, press=None, narrow=None):
    """Run in a terminal: what it wrote as (second, bytes), and the exit code. `press` is what to type,
    `narrow` a new width, after the first estimate."""
    child, master = pty.fork()
    if child == 0:
        os.environ["TERM"] = term
        words = ["sh", "-c", shell] if shell else [LOOSEN, "export", *arguments]
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.execvp(words[0], words)
    start = time.monotonic()
    pieces = []
    while time.monotonic() - start < 120:
        if not select.select([master], [], [], 0.1)[0]:
            continue
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        pieces.append((time.monotonic() - start, piece))
        if (press or narrow) and b"left" in piece:
            if narrow:
                fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, narrow, 0, 0))
            if press:
                os.write(master, press)
            pieces.append((time.monotonic() - start, b"<HERE>"))
            press = narrow = None
    os.close(master)
    return pieces, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def text(pieces):
    return b"".join(piece for _, piece in pieces).decode()


def lines(output):
    """What stood in the terminal's last line, one after another."""
    return [part.replace("\x1b[K", "") for part in re.split(r"\r\n|\r", output)]


LINE = re.compile(r"^(\d+ of \d+ files  )? *(\d+) %(  \d+ x real time)?(  ((\d+):)?(\d+):(\d\d) left)?$")


def progress(output):
    return [match for match in map(LINE.match, lines(output)) if match]


def seconds_left(match):
    return int(match[6] or 0) * 3600 + int(match[7]) * 60 + int(match[8])


def test_width(columns, minutes):
    name = f"{columns}.opus"
    pieces, code = run(columns, "slow-tide", "-t", str(minutes), "-o", name)
    output = text(pieces)
    shown = progress(output)
    percents = [int(match[2]) for match in shown]
    check(f"{columns} columns: exit 0", code == 0, output)
    check("one line, written again and again", len(shown) > 2 and output.count("\n") == 1, output)
    check("it never reaches the last column", all(len(line) < columns for line in lines(output)[:-2]), output)
    check("forwards only", percents == sorted(percents) and percents[0] == 0, percents)
    check("nothing else is shown", len([line for line in lines(output) if line]) == len(shown) + 1, output)
    check("cleared at the end", output.endswith(f"\r\x1b[K{name}  {minutes}:00  {minutes * 2880000} frames\r\n"), output)
    times = [at for at, piece in pieces if LINE.match(lines(piece.decode())[-1])]
    gaps = [b - a for a, b in zip(times, times[1:])]
    check("calm: about once a second", gaps and statistics.median(gaps) > 0.8, gaps)
    check("no time left before there is an estimate", not shown[0][4], shown[0][0])
    estimates = [seconds_left(match) for match in shown if match[4]]
    check("a time left, never 0", estimates and min(estimates) > 0, output)
    check("speed where there is room", bool([1 for match in shown if match[3]]) == (columns >= 40), output)


def test_honest():
    """Where reading back takes a quarter of the time, the estimate has it in it."""
    pieces, code = run(80, "slow-tide", "-t", "8", "-o", "honest.opus")
    end = pieces[-1][0]
    estimates = []
    for at, piece in pieces:
        match = LINE.match(lines(piece.decode())[-1])
        if match and match[4]:
            estimates.append((seconds_left(match), round(end - at, 1)))
    # Other programs use the machine, too: what they take in the middle nobody can foresee.
    right = [abs(left - true) <= max(2, 0.6 * true) for left, true in estimates]
    check("time left is about right, from beginning to end", code == 0 and len(estimates) > 1 and
          sum(right) >= 0.6 * len(right), estimates)
    check("100 % is never shown", all(int(match[2]) < 100 for match in progress(text(pieces))), text(pieces))


def test_events():
    """The same for other programs."""
    start = time.monotonic()
    with subprocess.Popen([LOOSEN, "export", "slow-tide", "-t", "5", "-o", "events.opus", "--json"],
                          stdout=subprocess.PIPE) as export:
        events = [(time.monotonic() - start, json.loads(line)) for line in export.stdout]
    told = [(at, event) for at, event in events if event["event"] == "progress"]
    end = events[-1][0]
    check("ends with done", events[-1][1]["event"] == "done", events[-1])
    whole = [at for at, event in told if event["percent"] == 100]
    work = end - told[1][0]
    check("100 % comes once, at the end", len(whole) == 1 and end - whole[0] < max(2, 0.05 * work), (whole, end))
    check("no estimate at first, then one to the end", told[0][1]["seconds_left"] is None and
          told[0][1]["speed"] is None and told[-2][1]["seconds_left"] >= 0 and told[-2][1]["speed"] > 0, told)
    shares = [abs(event["percent"] - 100 * event["done_frames"] / event["total_frames"]) for _, event in told]
    check("percent is the share that is done", max(shares) <= 0.06, shares)


def test_batch(columns):
    os.mkdir(f"b{columns}")
    pieces, code = run(columns, "slow-tide", "-t", "6,7,8", "-j", "2", "-o", f"b{columns}/{{minutes}}.flac")
    output = text(pieces)
    shown = progress(output)
    check(f"batch, {columns} columns: exit 0", code == 0, output)
    check("its line is one", len(shown) > 1 and output.count("\n") == 4, output)
    check("and fits", all(len(match[0]) < columns for match in shown), output)
    check("files are counted", all(match[1] for match in shown) and shown[0][1] == "0 of 3 files  ", output)
    estimates = [seconds_left(match) for match in shown if match[4]]
    check("no wild estimates", all(left < max(30, 4 * pieces[-1][0]) for left in estimates), estimates)
    check("the summary stands alone", output.endswith("\r\n3 files: 3 made\r\n"), output)


def test_failures_are_no_work():
    """Three of four fail at once: they are not counted as made."""
    os.mkdir("f")
    for minutes in (2, 3, 4):
        for end in ("", ".manifest"):
            open(f"f/{minutes}.opus{end}", "w").close()
    output = text(run(80, "slow-tide", "-t", "2,3,4,5", "-o", "f/{minutes}.opus")[0])
    shown = progress(output)
    after = progress(output.partition("f/4.opus exists")[2])
    check("failed files are not counted", shown and all(match[1] == "0 of 4 files  " for match in shown), output)
    check("nor is their work", after and int(after[0][2]) < 20, output)
    check("the summary says why", re.search(
        r"  f/2.opus: f/2.opus exists already and is not .*\(exit code 2\)", output), output)


def test_interrupt():
    os.mkdir("i")
    output = text(run(80, "slow-tide", "-t", "40,50,60", "-j", "2", "-o", "i/{minutes}.wav", press=b"\x03")[0])
    after = output.partition("<HERE>")[2]
    check("no progress once it was stopped", not progress(after), after)
    check("and a summary", "3 files: 0 made, 2 not finished, 1 not begun\r\n" in after, output)
    check("files are gone", not os.listdir("i"), os.listdir("i"))
    pieces, code = run(80, "slow-tide", "-t", "60", "-o", "stopped.flac", press=b"\x03")
    output = text(pieces)
    check("what became of a single one", code == 130 and not os.path.exists("stopped.flac") and
          output.endswith("\r\x1b[Kstopped.flac  not finished, nothing was written\r\n"), output)


def test_resize():
    output = text(run(80, "slow-tide", "-t", "10", "-o", "narrow.opus", narrow=20)[0])
    after = progress(output.partition("<HERE>")[2])
    check("a terminal that becomes narrow", len(after) > 1 and all(len(match[0]) < 20 for match in after), output)


def test_quiet():
    for name, options in (("dumb", {"term": "dumb"}), ("unknown", {"term": ""})):
        output = text(run(80, "slow-tide", "-t", "2", "-o", f"{name}.wav", **options)[0])
        check(f"{name}: one line, no escapes", output == f"{name}.wav  2:00  5760000 frames\r\n", output)
    output = text(run(80, shell=f"'{LOOSEN}' export slow-tide -t 2 -o - | wc -c")[0])
    check("nothing while another program has the terminal",
          not progress(output) and "\r\x1b[Kstandard output  2:00  5760000 frames\r\n" in output, output)
    # An interactive shell gives the background a process group of its own.
    output = text(run(80, shell=f"set -m; '{LOOSEN}' export slow-tide -t 2 -o bg.wav & wait")[0])
    check("nothing from the background but the end", output.count("bg.wav  2:00") == 1 and not progress(output), output)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    for columns, minutes in ((80, 7), (40, 8), (20, 8)):
        test_width(columns, minutes)
        test_batch(columns)
    test_honest()
    test_events()
    test_failures_are_no_work()
    test_interrupt()
    test_resize()
    test_quiet()
    os.chdir("/")
print(checks - failures, "passed,", failures, "failed")
sys.exit(failures > 0 or checks == 0)
