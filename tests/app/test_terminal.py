#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The player in real pseudo-terminals: every signal, Ctrl-Z and back, hang-ups, stalls, small and wild
sizes. After each the terminal is as before: termios, cursor, screen. Run inside with_jack.sh:
    test_terminal.py LOOSEN SESSION
"""
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

LOOSEN, SESSION = sys.argv[1:3]
LIMIT = 30  # seconds; against hangs alone
checks = 0
failures = 0


def check(name, good, seen=""):
    global checks, failures
    checks += 1
    failures += not good
    print("ok  " if good else "FAIL", name, "" if good else repr(seen)[-600:], flush=True)


class Stage:
    """A terminal with a session leader that does the job control of a shell, as little as is needed."""

    def __init__(self, *arguments, environment=None, foreground=True, ignore_hup=False):
        self.output = b""
        self.report, report = os.pipe()
        orders, self.orders = os.pipe()
        self.leader, self.master = pty.fork()
        if self.leader == 0:
            os.close(self.report)
            os.close(self.orders)
            lead(arguments, environment, foreground, ignore_hup, report, orders)
        os.close(report)
        os.close(orders)
        self.size(24, 80)
        self.before = None
        self.player = int(self.hear("pid"))

    def size(self, rows, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hear(self, word):
        """The next report of the leader, which must begin with `word`; its value."""
        line = b""
        end = time.monotonic() + LIMIT
        while not line.endswith(b"\n"):
            self.read(0.02)
            if select.select([self.report], [], [], 0)[0]:
                byte = os.read(self.report, 1)
                if not byte:
                    return "nothing"
                line += byte
            elif time.monotonic() > end:
                return "late"
        name, value = line.decode().split()
        return value if name == word else f"{name} {value}"

    def read(self, wait):
        if self.master is None:
            time.sleep(wait)
        elif select.select([self.master], [], [], wait)[0]:
            try:
                self.output += os.read(self.master, 65536)
            except OSError:
                time.sleep(wait)

    def shows(self, text, since=0):
        end = time.monotonic() + LIMIT
        while text.encode() not in self.output[since:]:
            if time.monotonic() > end:
                return False
            self.read(0.05)
        return True

    def wait(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.05)

    def press(self, keys):
        os.write(self.master, keys.encode())

    def order(self, order):
        os.write(self.orders, (order + "\n").encode())

    def kill(self, number):
        os.kill(self.player, number)

    def modes(self):
        return termios.tcgetattr(self.master)

    def end(self):
        if self.master is not None:
            os.close(self.master)
        os.close(self.orders)
        os.close(self.report)
        os.waitpid(self.leader, 0)


def lead(arguments, environment, foreground, ignore_hup, report, orders):
    """The session leader: starts the player as a job, says what becomes of it, obeys orders."""
    for number in (signal.SIGTTOU, signal.SIGTTIN):
        signal.signal(number, signal.SIG_IGN)
    player = os.fork()
    if player == 0:
        os.setpgid(0, 0)
        if foreground:
            os.tcsetpgrp(0, os.getpgrp())
        for number in (signal.SIGTTOU, signal.SIGTTIN, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
        if ignore_hup:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        os.execve(LOOSEN, [LOOSEN, "play", SESSION, "-t", "2", "--yes", *arguments],
                  {**os.environ, "TERM": "xterm", "LC_ALL": "C.UTF-8", **(environment or {})})
    # The hang-up of a terminal is told to the leader; shells hand it on.
    signal.signal(signal.SIGHUP, lambda number, frame: os.killpg(player, number))
    os.write(report, f"pid {player}\n".encode())
    os.set_blocking(orders, False)
    while True:
        pid, status = os.waitpid(player, os.WNOHANG | os.WUNTRACED)
        if pid and os.WIFSTOPPED(status):
            os.tcsetpgrp(0, os.getpgrp())
            os.write(report, f"stopped {os.WSTOPSIG(status)}\n".encode())
        elif pid:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
            os.write(report, f"ended {code}\n".encode())
            break
        order = b""
        try:
            order = os.read(orders, 64)
        except BlockingIOError:
            time.sleep(0.01)
        if order == b"fg\n":
            os.tcsetpgrp(0, player)
        if order in (b"fg\n", b"bg\n"):
            os.kill(player, signal.SIGCONT)
    # Stay, so that the terminal does: until the test has looked at it.
    os.set_blocking(orders, True)
    os.read(orders, 1)
    os._exit(0)


def is_left(output):
    """The last word about cursor and screen was that they are the user's."""
    return (output.rfind(b"\x1b[?1049l") > output.rfind(b"\x1b[?1049h")
            and output.rfind(b"\x1b[?25h") > output.rfind(b"\x1b[?25l"))


def started(name, *arguments, **settings):
    stage = Stage(*arguments, **settings)
    check(f"{name}: the screen comes", stage.shows("\x1b[?1049h") and stage.shows(" left"),
          stage.output)
    return stage


def ended(name, stage, code, plain_modes):
    check(f"{name}: ends with {code}", (seen := stage.hear("ended")) == str(code), seen)
    stage.wait(0.1)
    check(f"{name}: screen and cursor are back", is_left(stage.output), stage.output)
    check(f"{name}: the modes are back", stage.modes() == plain_modes, stage.modes())
    check(f"{name}: no colours", not re.search(rb"\x1b\[[0-9;]*[34][0-7]m", stage.output))
    stage.end()


# A terminal's modes as they are before anybody changes them.
leader, master = pty.fork()
if leader == 0:
    time.sleep(LIMIT)
plain_modes = termios.tcgetattr(master)
os.kill(leader, signal.SIGKILL)
os.waitpid(leader, 0)
os.close(master)

told = tempfile.NamedTemporaryFile()
stage = started("Ctrl-C", "--report", told.name, "--force")
stage.wait(2)
check("keys come one by one", not stage.modes()[3] & (termios.ICANON | termios.ECHO))
stage.press("\x03")
ended("Ctrl-C", stage, 130, plain_modes)
report = json.load(open(told.name))
check("the report tells the device", report["device"]["api"] == "JACK Audio Connection Kit"
      and report["device"]["sample_rate"] == 48000 and report["device"]["channels"] == 2, report)
check("and how far it was heard", 0 < report["heard_frames"] < 48000 * 60
      and report["total_frames"] == 2 * 60 * 48000, report)
check("and when it began", 0 < report["first_frame_ms"] < LIMIT * 1000, report)
check("and that nothing was bad", report["bad_frames"] == report["device_losses"]
      == report["narrator_restarts"] == report["lost_lines"] == 0, report)

for number, code in ((signal.SIGTERM, 143), (signal.SIGUSR1, 138), (signal.SIGSEGV, -11)):
    stage = started(number.name)
    stage.kill(number)
    ended(number.name, stage, code, plain_modes)

# The other key that ends a program: as gently, and without a core.
stage = started("Ctrl-\\")
stage.press("\x1c")
ended("Ctrl-\\", stage, 131, plain_modes)

# Ctrl-Z gives the terminal back and really stops; fg comes back and goes on.
stage = started("Ctrl-Z")
stage.press("\x1a")
check("Ctrl-Z: stops", (seen := stage.hear("stopped")) == str(int(signal.SIGTSTP)), seen)
stage.wait(0.1)
check("Ctrl-Z: screen and cursor are back", is_left(stage.output), stage.output)
check("Ctrl-Z: the modes are back", stage.modes() == plain_modes, stage.modes())
mark = len(stage.output)
stage.wait(6)
check("Ctrl-Z: silence while stopped", len(stage.output) == mark, stage.output[mark:])
stage.order("fg")
check("fg: the screen comes back", stage.shows("\x1b[?1049h", mark) and stage.shows(" left", mark))
stage.wait(0.5)
check("fg: goes on by itself", b"Paused" not in stage.output[mark:], stage.output[mark:])
stage.press(" ")
check("fg: keys work", stage.shows("Paused", mark))
mark = len(stage.output)
stage.press("\x1a")
check("paused: stops", stage.hear("stopped") == str(int(signal.SIGTSTP)))
stage.order("bg")
stage.wait(1)
check("bg: the terminal is left alone", stage.modes() == plain_modes and is_left(stage.output))
stage.order("fg")
check("fg: still paused", stage.shows("Paused", mark))
stage.press(" q")
check("q: ends gently", stage.shows("Ending gently", mark))
stage.press("q")
ended("q again", stage, 0, plain_modes)

# Stopped by others, and long: nobody wants it to speak at once.
stage = started("SIGSTOP")
stage.kill(signal.SIGSTOP)
check("SIGSTOP: stops", stage.hear("stopped") == str(int(signal.SIGSTOP)))
mark = len(stage.output)
time.sleep(6)
stage.order("fg")
check("SIGSTOP: paused after a gap", stage.shows("Paused", mark))
stage.press("q")
ended("SIGSTOP", stage, 0, plain_modes)

# Asleep while it ends: no goodbye later, out of nowhere.
stage = started("SIGSTOP at the end")
stage.wait(7)
stage.press("q")
check("SIGSTOP at the end: ends gently", stage.shows("Ending gently"))
stage.kill(signal.SIGSTOP)
check("SIGSTOP at the end: stops", stage.hear("stopped") == str(int(signal.SIGSTOP)))
mark = len(stage.output)
time.sleep(6)
stage.order("fg")
ended("SIGSTOP at the end", stage, 0, plain_modes)
check("SIGSTOP at the end: nothing follows", b"Ending gently" not in stage.output[mark:],
      stage.output[mark:])

# The terminal goes away: with its SIGHUP the session ends, without (nohup) it plays on.
stage = started("hang-up")
os.close(stage.master)
stage.master = None
check("hang-up: ends with 129", (seen := stage.hear("ended")) == "129", seen)
stage.end()
stage = started("nohup", ignore_hup=True)
os.close(stage.master)
stage.master = None
time.sleep(3)
check("nohup: plays on", os.path.exists(f"/proc/{stage.player}/stat")
      and open(f"/proc/{stage.player}/stat").read().split(")")[1].split()[0] != "Z")
stage.kill(signal.SIGTERM)
check("nohup: ends with 143", (seen := stage.hear("ended")) == "143", seen)
stage.end()

# Output held by Ctrl-S: keys work, and the end is the same.
stage = started("Ctrl-S")
stage.press("\x13")
stage.wait(0.3)
mark = len(stage.output)
stage.press(" ")
stage.wait(1)
check("Ctrl-S: nothing is written", len(stage.output) == mark, stage.output[mark:])
stage.press("\x11")
check("Ctrl-Q: what was pressed was done", stage.shows("Paused", mark))
stage.press(" ")
stage.wait(0.5)
stage.press("\x13")
stage.wait(2.5)  # while it plays there is something to write every second
stage.press("qq")
ended("Ctrl-S, q", stage, 0, plain_modes)

# A terminal that nobody reads, for longer than its buffer lasts, does not hold up keys either.
stage = started("unread")
for turn in range(120):
    stage.size(24 + turn % 2, 80)
    time.sleep(0.05)
stage.press(" ")
stage.wait(0.3)

# Sizes come and go, also while paused.
check("resize: paused", stage.shows("Paused"))
for turn in range(300):
    stage.size(turn * 7 % 60, turn * 13 % 150)
    stage.read(0.005)
stage.size(24, 80)
stage.wait(0.3)
mark = len(stage.output)
stage.size(10, 40)
check("resize: drawn anew", stage.shows("\x1b[2J", mark) and stage.shows("Paused", mark))
rows = [int(row) for row in re.findall(rb"\x1b\[(\d+);1H", stage.output[mark:])]
check("resize: within the rows", rows and max(rows) <= 10, rows)
stage.press("\x03")
ended("resize", stage, 130, plain_modes)

# Where a screen can't be drawn, or is not wanted: lines, without any sequence.
for name, arguments, environment, settings in (
        ("dumb", [], {"TERM": "dumb"}, {}),
        ("--plain", ["--plain"], {}, {}),
        ("background", [], {}, {"foreground": False})):
    stage = Stage(*arguments, environment=environment, **settings)
    check(f"{name}: a line says where it plays", stage.shows("Playing on"), stage.output)
    check(f"{name}: a line says what is said", stage.shows("Welcome"), stage.output)
    if name == "background":
        check("background: the modes stay", stage.modes() == plain_modes, stage.modes())
    stage.kill(signal.SIGTERM)
    check(f"{name}: ends with 143", (seen := stage.hear("ended")) == "143", seen)
    check(f"{name}: no sequences", b"\x1b" not in stage.output, stage.output)
    check(f"{name}: the modes are back", stage.modes() == plain_modes, stage.modes())
    stage.end()

stage = started("ASCII", environment={"LC_ALL": "C"})
stage.press("?")
check("ASCII: all keys", stage.shows("tell the time"))
stage.press("v")
check("all keys: what a key does is seen", stage.shows("Voice -2 dB"), stage.output)
stage.press(" ")
check("all keys: a pause is seen", stage.shows("Paused"), stage.output)
stage.size(6, 20)
check("all keys: in pages", stage.shows("more, 1 of 5"), stage.output)
stage.press("???")
check("all keys: page by page", stage.shows("4 of 5"), stage.output)
mark = len(stage.output)
stage.press("??")
check("all keys: and back", stage.shows("Two Minutes", mark), stage.output[mark:])
stage.press("\x03")
check("ASCII: nothing else", stage.output.isascii(), stage.output)
ended("ASCII", stage, 130, plain_modes)

# Without any terminal.
player = subprocess.Popen([LOOSEN, "play", SESSION, "-t", "2"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, start_new_session=True)
line = b""
while b"Playing on" not in line:
    line = player.stdout.readline()
    if not line:
        break
check("no terminal: plays", b"Playing on" in line, line)
player.send_signal(signal.SIGTERM)
check("no terminal: ends with 143", player.wait(LIMIT) == 143)

# A pipe that nobody reads holds up nothing.
player = subprocess.Popen([LOOSEN, "play", SESSION, "-t", "2"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, start_new_session=True)
fcntl.fcntl(player.stdout, 1031, 4096)  # F_SETPIPE_SZ
time.sleep(12)
player.send_signal(signal.SIGTERM)
check("full pipe: ends with 143", player.wait(LIMIT) == 143)

# A voice that hangs holds up neither keys nor the end.
stage = Stage()
hung = None
end = time.monotonic() + LIMIT
while not hung and time.monotonic() < end:
    children = open(f"/proc/{stage.player}/task/{stage.player}/children").read().split()
    for child in os.listdir(f"/proc/{stage.player}/task"):
        try:
            children += open(f"/proc/{stage.player}/task/{child}/children").read().split()
        except OSError:
            pass
    for child in children:
        try:
            if b"narrator" in open(f"/proc/{child}/cmdline", "rb").read():
                os.kill(int(child), signal.SIGSTOP)
                hung = child
        except OSError:
            pass
check("hanging voice: found", hung)
check("hanging voice: the screen tells", stage.shows("Getting the voice ready"), stage.output)
stage.press("v")
check("hanging voice: keys work", stage.shows("Voice -2 dB"), stage.output)
stage.press("\x03")
began = time.monotonic()
ended("hanging voice", stage, 130, plain_modes)
check("hanging voice: it was not waited for", time.monotonic() - began < 8)

print(f"{checks} checks, {failures} failed")
sys.exit(failures > 0 or checks < 100)
