#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How soon keys are answered, on the screen and in what is heard; and what drawing the screen costs. Run
inside with_jack.sh, on a server of short periods:
    test_response.py screen LOOSEN SESSION
    test_response.py sound LOOSEN SESSION RECORDER

Medians are judged, by limits far above what a quiet machine shows: a busy one may be late now and then.
Times in the sound are counted in frames of the recording, whose end is up to two periods old when a key
is pressed: they are overstated by as much.
"""
import fcntl
import math
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

PART, LOOSEN, SESSION = sys.argv[1:4]
LIMIT = 30  # seconds; against hangs alone
FRAME = 8  # bytes
RATE = 48000
ROUNDS = 3
LATE = 3  # the recorder's exit code
checks = 0
failures = 0


def check(name, good, seen=""):
    global checks, failures
    checks += 1
    failures += not good
    print("ok  " if good else "FAIL", name, "" if good else repr(seen)[-600:], flush=True)


def judge(name, times_ms, median_most, most):
    """By the median, and the longest but one."""
    times_ms = sorted(times_ms)
    middle = statistics.median(times_ms)
    check(f"{name}: {middle:.0f} ms ({times_ms[0]:.0f} to {times_ms[-1]:.0f})",
          middle <= median_most and times_ms[-2] <= most, times_ms)


class Player:
    """The program in a terminal."""

    def __init__(self, *arguments):
        self.output = b""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execve(LOOSEN, [LOOSEN, "play", SESSION, "-t", "2", "--yes", *arguments],
                      {**os.environ, "TERM": "xterm", "LC_ALL": "C.UTF-8"})
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def read(self, seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) >= 0:
            if select.select([self.terminal], [], [], left)[0]:
                try:
                    self.output += os.read(self.terminal, 65536)
                except OSError:
                    return

    def shows(self, text, since=0):
        end = time.monotonic() + LIMIT
        while text.encode() not in self.output[since:]:
            if time.monotonic() > end:
                return False
            self.read(0.001)
        return True

    def press(self, keys):
        os.write(self.terminal, keys.encode())

    def answer_ms(self, key, text):
        """Press a key and wait for the text."""
        mark = len(self.output)
        began = time.monotonic()
        self.press(key)
        return 1000 * (time.monotonic() - began) if self.shows(text, mark) else math.inf

    def writes(self):
        """System calls that wrote, of the thread that draws."""
        with open(f"/proc/{self.pid}/task/{self.pid}/io") as counters:
            return next(int(line.split()[1]) for line in counters if line.startswith("syscw"))

    def end(self):
        self.press("\x03")
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            self.read(0.01)
        os.close(self.terminal)


class Recording:
    def __init__(self, program, path):
        self.path = path
        self.recorder = subprocess.Popen([program, path])
        end = time.monotonic() + LIMIT
        while not self.frames() and time.monotonic() < end:
            time.sleep(0.01)

    def frames(self):
        return os.stat(self.path).st_size // FRAME if os.path.exists(self.path) else 0

    def sound(self, frame):
        """From that frame on."""
        with open(self.path, "rb") as file:
            file.seek(frame * FRAME)
            return file.read()

    def await_sound(self, frame):
        end = time.monotonic() + LIMIT
        while not any(self.sound(frame)) and time.monotonic() < end:
            time.sleep(0.02)

    def end(self):
        """A server of such short periods may be late on a busy machine: a gap in one of the rounds, which the
        medians bear."""
        self.recorder.send_signal(signal.SIGTERM)
        code = self.recorder.wait()
        check("the recorder did its work", code in (0, LATE), code)


def ms(frames):
    return 1000 * frames / RATE


def silence_ms(sound):
    """Until the first 10 ms of silence."""
    at = sound.find(bytes(RATE // 100 * FRAME))
    return ms(at / FRAME) if at >= 0 else math.inf


def noise_ms(sound):
    """Until the first sample that is none of a silence."""
    rest = sound.lstrip(b"\0")
    return ms((len(sound) - len(rest)) / FRAME) if 0 < len(rest) < len(sound) else math.inf


def other_ms(recording, frame, session):
    """From that frame on, until what is heard is no longer the session as it was exported."""
    before = 64
    sound = recording.sound(frame - before)
    at = session.find(sound[:before * FRAME])
    if at < 0:
        return math.inf
    same = os.path.commonprefix([sound, session[at:at + len(sound)]])
    return ms(len(same) / FRAME - before) if len(same) < len(sound) else math.inf


def look():
    player = Player()
    if not player.shows(" left"):
        return check("the screen comes", False, player.output)
    player.read(2)
    times_ms = []
    for turn in range(30):
        player.read(turn * 17 % 60 / 1000)
        down = turn % 2 == 0
        times_ms.append(player.answer_ms("v" if down else "V", "Voice -2 dB" if down else "Voice +0 dB"))
    judge("a key on the screen, while playing", times_ms, 50, 1000)

    seconds = 4
    before = player.writes()
    player.read(seconds)
    drawn = player.writes() - before
    check(f"playing, {drawn} writes in {seconds} s", seconds - 1 <= drawn <= 20 * seconds)

    check("it pauses", player.answer_ms(" ", "Paused") < math.inf)
    player.read(8)  # the last note goes
    before = player.writes()
    player.read(2)
    drawn = player.writes() - before
    check(f"paused, {drawn} writes in 2 s", drawn == 0)
    times_ms = []
    for turn in range(20):
        times_ms.append(player.answer_ms("?", "tell the time" if turn % 2 == 0 else "n p next"))
        player.read(0.06)
    drawn = player.writes() - before
    judge("a key on the screen, while paused", times_ms, 50, 1000)
    check(f"one write for each of 20 pictures: {drawn}", drawn == 20)
    player.end()


def hear(recording, session):
    """One session: the times from a key to a level, to silence, to sound and to a re-fit."""
    before = recording.frames()
    player = Player("--plain", "--device", "recorder")
    recording.await_sound(before)
    player.read(1)
    marks = []
    for key, seconds in (("b", 0.6), ("B", 0.6), (" ", 0.6), (" ", 0.9)):
        marks.append(recording.frames())
        player.press(key)
        player.read(seconds)
    # The first words, which last three seconds, are left for being said again.
    begun = player.shows("Welcome")
    marks.append(recording.frames())
    player.press("r")
    player.read(1.5)
    said_again = begun and b"Once more." in player.output
    times = {
        "said again": said_again,
        "level": other_ms(recording, marks[0], session),
        "silence": silence_ms(recording.sound(marks[2])),
        "sound": noise_ms(recording.sound(marks[3])),
        "re-fit": other_ms(recording, marks[4], session),
    }
    player.end()
    return times


def hear_all(recorder, work):
    subprocess.run([LOOSEN, "export", SESSION, "-t", "2", "--bits", "float", "-o", f"{work}/session.wav"],
                   check=True, stderr=subprocess.DEVNULL)
    subprocess.run(["ffmpeg", "-v", "error", "-i", f"{work}/session.wav", "-f", "f32le",
                    f"{work}/session.f32"], check=True, stdin=subprocess.DEVNULL)
    with open(f"{work}/session.f32", "rb") as file:
        session = file.read()
    recording = Recording(recorder, f"{work}/heard.f32")
    times = [hear(recording, session) for _ in range(ROUNDS)]
    recording.end()
    for one in times:
        check("a line is said again", one["said again"])
    for what, median_most in (("level", 500), ("silence", 500), ("sound", 500), ("re-fit", 1200)):
        judge(f"from a key to the {what}", [one[what] for one in times], median_most, 4 * median_most)


with tempfile.TemporaryDirectory() as folder:
    os.environ["XDG_STATE_HOME"] = folder
    if PART == "screen":
        look()
    else:
        hear_all(sys.argv[4], folder)
print(f"{checks} checks, {failures} failed")
sys.exit(failures > 0 or checks != (6 if PART == "screen" else ROUNDS + 5))
