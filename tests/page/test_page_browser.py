#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_page_browser.py LOOSEN

The page of a real session in a real browser, against the session's plan and its exact WAV.
"""
import base64
import hashlib
import http.server
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import threading
import unittest
import wave

from chromium import Chromium

LOOSEN = os.path.abspath(sys.argv.pop(1))
SESSION = ["slow-tide", "-t", "2"]
RATE = 48000
# What is seen is to be within 50 ms of what is heard, at most so much of it between the sound and the
# browser's clock, and so much between the clock and what is drawn by it.
CLOCK_S = 0.04
DRAWN_S = 0.01

# What is heard, taken before the loudspeaker; and where in the true sound it comes from.
LISTEN = """(async () => {
  const context = new AudioContext({ sampleRate: 48000 });
  window.ear = context.createAnalyser();
  ear.fftSize = 32768;
  context.createMediaElementSource(sound).connect(ear);
  ear.connect(context.destination);
  await context.resume();
})()"""
HEAR = """(() => {
  window.heard = new Float32Array(ear.fftSize);
  ear.getFloatTimeDomainData(heard);
  return sound.currentTime;
})()"""
FIND = """((bytes, start) => {
  const data = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
  const truth = Float32Array.from(new Int16Array(data.buffer));
  const size = 16384;
  const end = heard.slice(heard.length - size);
  let best = 0, at = 0;
  for (let lag = 0; lag + size <= truth.length; lag += 2) {
    let both = 0, energy = 1e-9;
    for (let i = 0; i < size; i += 4) {
      both += end[i] * truth[lag + i];
      energy += truth[lag + i] ** 2;
    }
    if (both / Math.sqrt(energy) > best) { best = both / Math.sqrt(energy); at = lag; }
  }
  let energy = 0;
  for (let i = 0; i < size; i += 4) energy += end[i] ** 2;
  return [start + (at + size) / 48000, best / Math.sqrt(energy)];
})"""

# One entry a frame drawn, for some seconds: [clock, size of the disc, caption, volume].
RECORD = """((seconds) => new Promise((done) => {
  const rows = [];
  const until = performance.now() + seconds * 1000;
  const look = () => {
    const scale = new DOMMatrix(getComputedStyle(breath).transform).a;
    rows.push([sound.currentTime, scale, caption.textContent, sound.volume]);
    if (performance.now() < until) requestAnimationFrame(look);
    else done(rows);
  };
  requestAnimationFrame(look);
}))"""

CONTRAST = """(() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = parse(getComputedStyle(e).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
  };
  return [...document.querySelectorAll("h1, h2, h3, p, button, .chapters span, .time")].map((e) => {
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
})()"""

WORD = CONTRAST[:CONTRAST.index("  return [...")].replace("(() =>", "((under) =>", 1) + """
  const [a, b] = [light(parse(getComputedStyle(phase).color)), light(ground(under))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
})"""

# Of each button: its text, how many lines that takes, and the room around it.
BUTTON_TEXTS = """[...document.querySelectorAll("button")].map((button) => {
  const box = button.getBoundingClientRect();
  const range = document.createRange();
  range.selectNode(button.firstChild);
  const text = range.getBoundingClientRect();
  return [button.textContent, new Set([...range.getClientRects()].map((r) => r.top)).size,
          text.left - box.left, box.right - text.right,
          text.top - box.top, box.bottom - text.bottom];
})"""


def loosen(*arguments):
    return subprocess.run([LOOSEN, *arguments], capture_output=True, check=False, text=True)


def languages():
    """All in which this session is there."""
    scripts = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scripts")
    return [name for name in sorted(os.listdir(scripts))
            if os.path.exists(os.path.join(scripts, name, SESSION[0] + ".session"))]


def read_vtt(path):
    """Start, end and text of each cue; breaths are the circle's."""
    with open(path, encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    cues = []
    for block in blocks:
        head, _, text = block.strip().partition("\n")
        if " --> " not in head:
            continue
        start, end = (sum(float(part) * unit for part, unit in zip(time.split(":"), (3600, 60, 1)))
                      for time in head.split(" --> "))
        text = re.sub("<[^>]*>", "", text).replace("\n", " ")
        if not text.startswith("[breathe "):
            cues.append((start, end, text))
    return cues


class Server(http.server.ThreadingHTTPServer):
    """Serves the files of a folder on the loopback, and remembers what it was asked for."""

    def __init__(self, folder):
        self.paths = []
        log = self.paths

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *arguments):
                super().__init__(*arguments, directory=folder)

            def do_GET(self):
                log.append(self.path)
                super().do_GET()

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = os.path.join(cls.folder.name, "tide.html")
        for name, more in (("tide.wav", []), ("tide.opus", ["--page", "--captions", "vtt"])):
            done = loosen("export", *SESSION, "-o", os.path.join(cls.folder.name, name), *more)
            if done.returncode:
                raise AssertionError(done.stderr)
        cls.plan = json.loads(loosen("plan", *SESSION, "--json").stdout)
        cls.speech = [e for e in cls.plan["events"] if e["type"] == "speech"]
        cls.cues = read_vtt(os.path.join(cls.folder.name, "tide.vtt"))
        cls.breaths = [e for e in cls.plan["events"]
                       if e["type"] == "breath" and not e["accompanies"]]
        assert len(cls.cues) > 10 and len(cls.breaths) >= 6
        with open(cls.path, encoding="utf-8") as file:
            cls.text = file.read()
        cls.browser = Chromium("--hide-scrollbars")

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.folder.cleanup()

    def setUp(self):
        self.browser.call("Emulation.setEmulatedMedia", features=[])
        self.browser.call("Emulation.setDeviceMetricsOverride", width=900, height=900,
                          deviceScaleFactor=1, mobile=False)
        self.browser.requests.clear()
        self.browser.console.clear()
        self.open("file://" + self.path)

    def open(self, address):
        self.browser.open(address)
        self.browser.until("sound.readyState >= 3 || sound.error !== null")

    def run_js(self, expression):
        return self.browser.evaluate(expression)

    def seek(self, seconds):
        self.run_js(f"sound.currentTime = {seconds}; 0")
        self.browser.until("!sound.seeking")

    def play_from(self, seconds):
        self.seek(seconds)
        self.run_js("play.click()")
        self.browser.until(f"sound.currentTime > {seconds + 0.05}")

    def swell_at(self, seconds):
        """What the plan says: a raised cosine from trough to crest and back; 0 between bouts."""
        frame = seconds * RATE
        for event in self.breaths:
            part = (frame - event["start_frame"]) / event["frames"]
            if 0 <= part < 1:
                rise = (1 - math.cos(math.pi * part)) / 2
                return rise if event["phase"] == "in" else 1 - rise
        return 0.0

    def is_in_time(self, seconds, swell):
        near = [self.swell_at(seconds + DRAWN_S * part / 10) for part in range(-10, 11)]
        return min(near) - 0.002 <= swell <= max(near) + 0.002

    def assert_most(self, facts):
        """Of what was seen frame by frame, a busy machine may spoil a tenth."""
        facts = list(facts)
        self.assertGreater(len(facts), 10)
        self.assertGreaterEqual(sum(facts) / len(facts), 0.9)

    # ---- The file ----

    def test_same_bytes_and_no_path(self):
        again = os.path.join(self.folder.name, "again.opus")
        self.assertEqual(loosen("export", *SESSION, "-o", again, "--page").returncode, 0)
        with open(os.path.join(self.folder.name, "again.html"), encoding="utf-8") as file:
            self.assertEqual(file.read(), self.text)
        self.assertNotIn(os.path.basename(self.folder.name), self.text)
        self.assertNotIn("tide.opus", self.text)

    def test_sound_is_the_exported_file(self):
        found = re.search(r'src="data:audio/ogg; codecs=opus;base64,([^"]*)"', self.text)
        with open(os.path.join(self.folder.name, "tide.opus"), "rb") as file:
            self.assertEqual(base64.b64decode(found.group(1)), file.read())

    def test_other_formats_are_refused(self):
        for name in ("tide-2.wav", "tide-2.flac"):
            done = loosen("export", *SESSION, "-o", os.path.join(self.folder.name, name), "--page")
            self.assertEqual(done.returncode, 2)
            self.assertIn("write .opus, .ogg or .mp3 with --page", done.stderr)
        self.assertFalse([n for n in os.listdir(self.folder.name) if n.startswith("tide-2")])

    def test_policy_names_style_and_script_alone(self):
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', self.text).group(1)
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        self.assertEqual(rules.pop("default-src"), "'none'")
        for name, tag in (("style-src", "style"), ("script-src", "script")):
            body = re.search(f"<{tag}>(.*?)</{tag}>", self.text, re.S).group(1)
            digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
            self.assertEqual(rules.pop(name), f"'sha256-{digest}'")
        self.assertEqual(rules, {"media-src": "blob: data:", "img-src": "data:", "base-uri": "'none'",
                                 "form-action": "'none'"})

    # ---- No network ----

    def test_nothing_is_asked_of_the_network(self):
        server = Server(self.folder.name)
        address = f"http://127.0.0.1:{server.server_port}/"
        try:
            self.browser.requests.clear()
            self.open(address + "tide.html")
            self.play_from(20)
            self.run_js("document.querySelectorAll('.chapters button')[1].click()")
            self.browser.until("!sound.seeking")
            self.assertEqual(server.paths, ["/tide.html"])
            asked = [url for url in self.browser.requests if not url.startswith(("data:", "blob:"))]
            self.assertEqual(asked, [address + "tide.html"])
            self.assertEqual(self.browser.console, [])
            # Not even when something in the page wanted to, or brought a script of its own.
            refused = self.run_js("fetch('/tide.wav').then(() => false, () => true)")
            self.assertTrue(refused)
            self.run_js("""document.body.append(Object.assign(document.createElement("script"),
                           { textContent: "window.intruder = true" })); 0""")
            self.assertIsNone(self.run_js("window.intruder"))
            self.assertEqual(server.paths, ["/tide.html"])
        finally:
            server.shutdown()
            server.server_close()

    # ---- Playing ----

    def test_play_and_pause_are_gentle(self):
        self.seek(20)
        self.assertEqual(self.run_js("play.textContent"), "Play")
        self.run_js("window.events = []; for (const name of ['play', 'seeking', 'pause'])"
                    " sound.addEventListener(name, () => events.push([name, sound.volume])); 0")
        self.run_js("play.click()")
        rows = self.run_js(RECORD + "(1)")
        self.assertEqual(self.run_js("play.textContent"), "Pause")
        volumes = [row[3] for row in rows]
        self.assertTrue([volume for volume in volumes if 0 < volume < 1])
        self.assertEqual(volumes, sorted(volumes))
        self.assertEqual(volumes[-1], 1)
        self.run_js("forward.click()")
        self.browser.until("sound.currentTime > 34.9 && sound.volume === 1")
        self.run_js("play.click()")
        self.browser.until("sound.paused")
        self.assertEqual(self.run_js("play.textContent"), "Play")
        for name, volume in self.run_js("events"):
            self.assertLess(volume, 0.01, name)
        self.assertEqual([name for name, _ in self.run_js("events")], ["play", "seeking", "pause"])
        self.assertEqual(self.browser.console, [])

    def test_no_press_is_lost(self):
        self.play_from(20)
        self.run_js("forward.click(); forward.click(); play.click()")
        self.browser.until("sound.paused && !sound.seeking")
        self.assertAlmostEqual(self.run_js("sound.currentTime"), 52, delta=2)
        self.run_js("play.click()")
        self.browser.until("sound.currentTime > 53")
        self.run_js("play.click(); back.click(); play.click()")
        self.browser.until("sound.currentTime < 45 && sound.volume === 1")
        self.assertFalse(self.run_js("sound.paused"))
        # Nor one that comes before the browser says that it plays.
        self.run_js("play.click()")
        self.browser.until("sound.paused")
        self.run_js("play.click(); play.click()")
        self.browser.until("sound.paused")
        self.run_js("play.click(); forward.click()")
        self.browser.until("sound.currentTime > 50 && sound.volume === 1")

    def test_the_end(self):
        total = self.plan["total_frames"] / RATE
        self.assertAlmostEqual(self.run_js("sound.duration"), total, delta=0.02)
        self.play_from(total - 1)
        self.browser.until("sound.ended")
        self.browser.until("play.textContent === 'Play'")
        self.assertEqual(self.run_js("[time.textContent, position.value]"), ["2:00", "120"])

    def hear(self, truth):
        """The clock, where in the true sound the ear is, and how alike both are."""
        now = self.run_js(HEAR)
        start = now - 16384 / RATE - 0.2
        truth.setpos(int(start * RATE))
        frames = truth.readframes(16384 + int(0.4 * RATE))
        left = b"".join(frames[i:i + 2] for i in range(0, len(frames), 4))
        heard, likeness = self.run_js(f"{FIND}('{base64.b64encode(left).decode()}', {start})")
        return now, heard, likeness

    def assert_clock_is_right(self, truth, goal):
        start = self.run_js("sound.currentTime")
        self.browser.until(f"sound.currentTime > {start + 1}")
        # Waves alone are noise, which Opus does not keep as it was, and a busy machine stutters:
        # until a word is heard.
        for _ in range(40):
            now, heard, likeness = self.hear(truth)
            if likeness > 0.9:
                break
        self.assertGreater(likeness, 0.9, goal)
        self.assertLess(abs(heard - now), CLOCK_S, (goal, heard, now))

    def test_clock_is_where_the_sound_is(self):
        self.run_js(LISTEN)
        with wave.open(os.path.join(self.folder.name, "tide.wav")) as truth:
            self.play_from(6)
            for goal in [None] + [self.cues[i][0] for i in (-2, 5)]:
                if goal:
                    self.seek(goal)
                self.assert_clock_is_right(truth, goal)

    def test_clock_is_right_in_mp3_wherever_one_seeks(self):
        session = ["wall-ball", "-t", "7"]
        for name, more in (("wall.wav", []), ("wall.mp3", ["--page"])):
            done = loosen("export", *session, "-o", os.path.join(self.folder.name, name), *more)
            self.assertEqual(done.returncode, 0, done.stderr)
        plan = json.loads(loosen("plan", *session, "--json").stdout)
        starts = [e["start_frame"] / RATE for e in plan["events"] if e["type"] == "speech"]
        self.open("file://" + os.path.join(self.folder.name, "wall.html"))
        self.assertAlmostEqual(self.run_js("sound.duration"), 420, delta=0.03)
        self.run_js(LISTEN)
        with wave.open(os.path.join(self.folder.name, "wall.wav")) as truth:
            self.play_from(2)
            # Late and early by turns, and not where an encoder's frame begins.
            for i in (-3, 3, len(starts) // 2, len(starts) // 4, 3 * len(starts) // 4):
                self.seek(starts[i] - 0.537)
                self.assert_clock_is_right(truth, starts[i])

    def test_a_page_changes_no_other_format(self):
        alone = os.path.join(self.folder.name, "alone.opus")
        self.assertEqual(loosen("export", *SESSION, "-o", alone).returncode, 0)
        with open(alone, "rb") as one, open(self.path[:-5] + ".opus", "rb") as other:
            self.assertEqual(one.read(), other.read())

    # ---- What follows the sound ----

    def test_circle_moves_with_the_breath(self):
        first, turn = self.breaths[0]["start_frame"] / RATE, self.breaths[1]["start_frame"] / RATE
        self.play_from(first - 0.3)
        rows = self.run_js(RECORD + f"({turn - first + 1.2})")
        swells = [(row[1] - 0.34) / 0.66 for row in rows]
        self.assert_most(self.is_in_time(row[0], swell) for row, swell in zip(rows, swells))
        self.assertLess(min(swells), 0.02)
        self.assertGreater(max(swells), 0.98)

    def test_circle_goes_on_in_a_touch_without_a_word(self):
        # The breaths of the page are made those of a touch.
        path = os.path.join(self.folder.name, "touch.html")
        phases = re.search('data-breaths="([^"]*)"', self.text).group(1).split(",")
        quiet = []
        for phase in phases:
            start, end, *swells = phase.split(" ")
            quiet.append(" ".join([start, end, *(f"{float(s) * 2 / 3:.3f}" for s in swells), "1"]))
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.text.replace(",".join(phases), ",".join(quiet)))
        self.open("file://" + path)
        seen = []
        for event in self.breaths[:6]:
            for part in (0.01, 0.5, 0.99):
                self.seek((event["start_frame"] + part * event["frames"]) / RATE)
                now, scale, word, look = self.run_js(
                    "[sound.currentTime, new DOMMatrix(getComputedStyle(breath).transform).a,"
                    " phase.textContent, circle.className]")
                swell = (scale - 0.34) / 0.66
                self.assertTrue(self.is_in_time(now, swell * 3 / 2), (now, scale))
                self.assertEqual((word, look), ("", "circle"))
                seen.append(swell)
        self.assertLess(min(seen), 0.02)
        self.assertAlmostEqual(max(seen), 2 / 3, delta=0.01)

    def test_circle_is_right_wherever_one_seeks(self):
        for event in self.breaths:
            middle = (event["start_frame"] + 0.4 * event["frames"]) / RATE
            self.seek(middle)
            now, scale, word = self.run_js(
                "[sound.currentTime, new DOMMatrix(getComputedStyle(breath).transform).a,"
                " phase.textContent]")
            self.assertTrue(self.is_in_time(now, (scale - 0.34) / 0.66), (now, scale))
            self.assertEqual(word, "In" if event["phase"] == "in" else "Out")
        self.seek(1)
        self.assertEqual(self.run_js("[phase.textContent, circle.className]"), ["", "circle"])

    def test_captions_follow(self):
        for start, end, text in self.cues:
            self.seek((start + end) / 2)
            self.assertEqual(self.run_js("caption.textContent"), text)
            self.assertEqual(self.run_js("document.querySelector('.now').textContent"), text)
        self.seek(self.cues[0][1] + 0.2)
        self.assertEqual(self.run_js("caption.textContent"), "")
        start, _, text = self.cues[3]
        self.play_from(start - 0.4)
        rows = self.run_js(RECORD + "(1.2)")
        self.assert_most((row[2] == text) == (row[0] >= start) for row in rows
                         if abs(row[0] - start) > DRAWN_S)

    def test_transcript_says_what_is_spoken(self):
        told = self.run_js("[...document.querySelectorAll('.transcript p:not(.aside)')]"
                           ".map((p) => p.textContent)")
        self.assertEqual(told, [event["text"] for event in self.speech])
        bouts = {event["bout"]: event["cycle"] + 1 for event in self.breaths}
        self.assertEqual(self.run_js("[...document.querySelectorAll('.transcript .aside')]"
                                     ".map((p) => p.textContent)"),
                         [self.cues[0][2]] +
                         [f"[{count} breaths with the wave]" for count in bouts.values()])

    def test_chapters_seek(self):
        count = self.run_js("document.querySelectorAll('.chapters button').length")
        self.assertGreaterEqual(count, 4)
        sections = {s["name"]: s["start_frame"] / RATE for s in self.plan["sections"]}
        for i in reversed(range(count)):
            name = self.run_js(f"document.querySelectorAll('.chapters button')[{i}]"
                               ".firstChild.textContent.trim()")
            start = 0 if i == 0 else sections[name]
            self.run_js(f"document.querySelectorAll('.chapters button')[{i}].click()")
            self.browser.until(f"!sound.seeking && !sound.paused && "
                               f"Math.abs(sound.currentTime - {start + 0.5}) < 0.6")
            current = self.run_js("[...document.querySelectorAll('[aria-current=true]')]"
                                  ".map((e) => e.firstChild.textContent.trim())")
            self.assertEqual(current, [name])

    # ---- Hands, eyes and ears ----

    def test_keyboard(self):
        self.run_js("document.activeElement.blur()")
        seen = []
        for _ in range(6):
            self.browser.key("Tab", "Tab")
            seen.append(self.run_js("document.activeElement.id"))
            style = self.run_js("(() => { const s = getComputedStyle(document.activeElement);"
                                " return [s.outlineStyle, parseFloat(s.outlineWidth)]; })()")
            self.assertEqual(style[0], "solid", seen)
            self.assertGreaterEqual(style[1], 2)
        self.assertEqual(seen[:4], ["play", "back", "forward", "position"])
        self.run_js("position.focus()")
        self.browser.key("ArrowRight", "ArrowRight")
        self.browser.until("sound.currentTime === 1")
        self.run_js("play.focus()")
        self.browser.key("Enter", "Enter", "\r")
        self.browser.until("!sound.paused")
        self.browser.key(" ", "Space", " ")
        self.browser.until("sound.paused")

    def test_space_plays_and_pauses(self):
        def press(**more):
            for kind in ("keyDown", "keyUp"):
                self.browser.call("Input.dispatchKeyEvent", type=kind, key=" ", code="Space",
                                  text=" " if kind == "keyDown" else "",
                                  windowsVirtualKeyCode=32, **more)

        self.run_js("document.activeElement.blur()")
        press()
        self.browser.until("!sound.paused && sound.volume === 1")
        self.browser.call("Input.dispatchKeyEvent", type="keyDown", key=" ", code="Space", text=" ",
                          windowsVirtualKeyCode=32, autoRepeat=True)
        self.assertEqual(self.run_js("play.textContent"), "Pause")
        press()
        self.browser.until("sound.paused")
        self.assertEqual(self.run_js("[scrollY, play.textContent]"), [0, "Play"])
        # The knob has no use for it; whoever has just moved it wants to hear.
        self.run_js("position.focus()")
        press()
        self.browser.until("!sound.paused && sound.volume === 1")
        # A button is pressed by it, and no more than that.
        self.seek(40)
        self.run_js("back.focus()")
        press()
        self.browser.until("sound.currentTime < 30 && sound.volume === 1")
        self.assertFalse(self.run_js("sound.paused"))
        # With another key held, it is the browser's: it scrolls.
        self.run_js("document.activeElement.blur(); scrollTo(0, 300)")
        press(modifiers=8)
        self.browser.until("scrollY < 300")
        self.assertEqual(self.run_js("play.textContent"), "Pause")

    def middle(self, element):
        return self.run_js(f"(() => {{ const box = {element}.getBoundingClientRect(); return"
                           " [(box.left + box.right) / 2, (box.top + box.bottom) / 2]; })()")

    def knob(self, part):
        """Where the knob is, with so much of the way behind it."""
        left, right, y = self.run_js(
            "(() => { const box = position.getBoundingClientRect();"
            " return [box.left, box.right, (box.top + box.bottom) / 2]; })()")
        radius = 8
        return left + radius + part * (right - left - 2 * radius), y

    def test_slider_moves_the_sound(self):
        self.play_from(30)
        self.browser.mouse("Pressed", *self.knob(30 / 120))
        self.browser.mouse("Moved", *self.knob(80 / 120))
        # While it is held, it shows where the sound would go, and the sound plays on.
        self.assertAlmostEqual(self.run_js("Number(position.value)"), 80, delta=2)
        self.assertLess(self.run_js("sound.currentTime"), 60)
        self.assertIn(self.run_js("time.textContent"), ("1:18", "1:19", "1:20", "1:21", "1:22"))
        self.browser.mouse("Released", *self.knob(80 / 120))
        self.browser.until("Math.abs(sound.currentTime - 80) < 4")
        self.browser.until("position.value > 81")

    def test_slider_let_go_where_it_was_taken(self):
        self.play_from(30)
        for there in (self.knob(0.6), (self.knob(0.6)[0], 100)):
            self.seek(30)
            held = self.knob(self.run_js("Number(position.value)") / 120)
            self.browser.mouse("Pressed", *held)
            self.browser.mouse("Moved", *there)
            self.assertAlmostEqual(self.run_js("Number(position.value)"), 72, delta=2)
            self.browser.mouse("Moved", *held)
            self.browser.mouse("Released", *held)
            shown = self.run_js("Number(position.value)")
            self.assertAlmostEqual(shown, 30, delta=3)
            self.browser.until(f"position.value > {shown + 1}")
            self.assertLess(self.run_js("Math.abs(sound.currentTime - position.value)"), 1.5)

    def test_nothing_leaves_the_slider_stuck(self):
        self.play_from(30)
        held = "position.value = 90; position.dispatchEvent(new Event('input')); "
        for end in ("window.dispatchEvent(new Event('pointercancel'))",
                    "document.querySelectorAll('.chapters button')[2].click()",
                    "position.focus(); document.activeElement.blur()", "back.click()"):
            self.run_js(held + "0")
            self.assertEqual(self.run_js("time.textContent"), "1:30", end)
            self.run_js(end + "; 0")
            self.browser.until("!sound.seeking && sound.volume === 1")
            now = self.run_js("sound.currentTime")
            self.browser.until(f"sound.currentTime > {now + 1.2}")
            # A busy browser paints late; a slider that is stuck is never painted.
            self.browser.until("Math.abs(sound.currentTime - position.value) < 1.5")

    def test_end_of_an_older_seek_takes_no_newer_one_away(self):
        self.play_from(90)
        start = next(s for s in self.plan["sections"] if s["name"] == "Check")["start_frame"] / RATE
        self.run_js("document.querySelectorAll('.chapters button')[1].click(); "
                    "sound.dispatchEvent(new Event('seeked')); 0")
        self.browser.until(f"Math.abs(sound.currentTime - {start}) < 10")
        self.browser.until("Math.abs(sound.currentTime - position.value) < 1.5")
        self.browser.until("sound.volume === 1")

    def test_names_for_screen_readers(self):
        self.seek(20)
        check = next(s for s in self.plan["sections"] if s["name"] == "Check")["start_frame"] // RATE
        nodes = self.browser.call("Accessibility.getFullAXTree")["nodes"]
        found = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes
                 if not n.get("ignored")]
        for wanted in (("button", "Play"), ("button", "Back 15 s"), ("button", "Forward 15 s"),
                       ("slider", "Position"), ("region", "Player"), ("navigation", "Chapters"),
                       ("region", "Transcript"), ("region", "Before you begin"),
                       ("heading", "Slow Tide"), ("button", f"Check 0:{check:02}"),
                       ("image", "A circle that grows with the breath in and shrinks with the "
                                 "breath out")):
            self.assertIn(wanted, found)
        for role, name in found:
            if role in ("button", "slider", "image", "region", "navigation", "link", "heading"):
                self.assertTrue(name.strip(), role)
        self.assertEqual(self.run_js("position.getAttribute('aria-valuetext')"), "0:20 / 2:00")
        # Nothing interrupts a screen reader while the voice speaks.
        self.assertEqual(self.run_js("[...document.querySelectorAll('[aria-live], [role=status],"
                                     " [role=timer]')].map((e) => e.getAttribute('aria-live'))"),
                         ["off"])

    def test_reduced_motion_keeps_still(self):
        self.browser.call("Emulation.setEmulatedMedia",
                          features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
        looks = []
        for event in self.breaths[:2]:
            self.seek((event["start_frame"] + event["frames"] / 2) / RATE)
            looks.append(self.run_js("[getComputedStyle(breath).transform, phase.textContent]"))
        self.assertEqual([word for _, word in looks], ["In", "Out"])
        self.assertEqual(looks[0][0], looks[1][0])

    def test_light_dark_and_narrow(self):
        grounds = []
        for scheme in ("light", "dark"):
            self.browser.call("Emulation.setEmulatedMedia",
                              features=[{"name": "prefers-color-scheme", "value": scheme}])
            grounds.append(self.run_js("getComputedStyle(document.body).backgroundColor"))
            contrasts = self.run_js(CONTRAST)
            self.assertGreater(len(contrasts), 20)
            self.assertGreaterEqual(min(contrasts), 4.5, scheme)
        self.assertNotEqual(grounds[0], grounds[1])

    # What is seen of the circle, on the row through its middle, against the paper beside it: the
    # contrast of the ring and of the disc's edge. `disc` is the disc's part of the ring.
    EDGES = """(async (bytes, disc) => {
      const image = new Image();
      image.src = "data:image/png;base64," + bytes;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"),
                                   { width: image.width, height: image.height });
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      const box = circle.getBoundingClientRect();
      const y = Math.round((box.top + box.bottom) / 2);
      const light = (x) => [...context.getImageData(Math.round(x), y, 1, 1).data].slice(0, 3)
        .map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      const paper = light(box.left - 10);
      const near = (x) => Math.max(...[-3, -2, -1, 0, 1, 2, 3].map((d) => light(x + d))
        .map((v) => (Math.max(v, paper) + 0.05) / (Math.min(v, paper) + 0.05)));
      const middle = (box.left + box.right) / 2;
      return [near(box.left), near(middle - disc * (box.width / 2 - 1))];
    })"""

    def look(self, features):
        self.browser.call("Emulation.setEmulatedMedia",
                          features=[{"name": k, "value": v} for k, v in features.items()])

    def test_circle_is_seen_by_all(self):
        event = self.breaths[0]
        moments = [1, (event["start_frame"] + 0.5 * event["frames"]) / RATE]  # at rest, and breathing
        for scheme in ("light", "dark"):
            for forced in ("none", "active"):
                self.look({"prefers-color-scheme": scheme, "forced-colors": forced})
                for moment in moments:
                    self.seek(moment)
                    self.browser.until("document.getAnimations().length === 0")
                    disc = self.run_js("new DOMMatrix(getComputedStyle(breath).transform).a")
                    shot = self.browser.call("Page.captureScreenshot", format="png")["data"]
                    ring, edge = self.run_js(f"{self.EDGES}('{shot}', {disc})")
                    self.assertGreaterEqual(ring, 3, (scheme, forced, moment))
                    self.assertGreaterEqual(edge, 3, (scheme, forced, moment))

    def test_word_in_the_circle_is_legible(self):
        self.seek((self.breaths[0]["start_frame"] + 0.5 * self.breaths[0]["frames"]) / RATE)
        for scheme in ("light", "dark"):
            self.look({"prefers-color-scheme": scheme})
            self.browser.until("document.getAnimations().length === 0")
            # On the disc, and beside it, where the word is longer than a small disc.
            for ground in ("breath", "document.body"):
                self.assertGreaterEqual(self.run_js(f"{WORD}({ground})"), 4.5, (scheme, ground))

    # ---- Narrow and low windows ----

    def resize(self, width, height):
        self.browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                          deviceScaleFactor=1, mobile=False)

    def assert_fits(self, width):
        self.assertLessEqual(self.run_js("document.scrollingElement.scrollWidth"), width)
        boxes = self.run_js(BUTTON_TEXTS)
        self.assertGreaterEqual(len(boxes), 6)
        for text, lines, *gaps in boxes:
            self.assertGreaterEqual(min(gaps), 4, (width, text, gaps))
            self.assertEqual(lines, 1, (width, text))

    def test_every_language_fits_a_phone(self):
        self.assertIn("de", languages())
        for language in languages():
            name = os.path.join(self.folder.name, f"fits-{language}")
            done = loosen("export", *SESSION, "--lang", language, "-o", name + ".opus", "--page")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.open(f"file://{name}.html")
            for width, height in ((320, 568), (360, 740)):
                self.resize(width, height)
                self.assert_fits(width)
                before = self.run_js("JSON.stringify(play.getBoundingClientRect())")
                self.run_js("play.click()")
                self.browser.until("!sound.paused && play.textContent === play.dataset.pause")
                self.assert_fits(width)
                self.assertEqual(self.run_js("JSON.stringify(play.getBoundingClientRect())"), before)
                self.run_js("play.click()")
                self.browser.until("sound.paused")

    def test_play_is_seen_at_once_and_hides_nothing(self):
        for width, height in ((320, 568), (360, 740), (740, 360), (900, 900), (1280, 800)):
            self.resize(width, height)
            self.run_js("scrollTo(0, 0)")
            size = (width, height)
            self.assertLessEqual(self.run_js("play.getBoundingClientRect().bottom"), height, size)
            self.assertLess(self.run_js("notice.getBoundingClientRect().bottom"),
                            self.run_js("controls.getBoundingClientRect().top"), size)
            # The notice comes first, whole, for eyes and for screen readers.
            self.assertTrue(self.run_js("!!(notice.compareDocumentPosition(play) & 4)"))
            self.run_js("scrollTo(0, document.body.scrollHeight)")
            self.assertLessEqual(
                self.run_js("document.querySelector('.transcript').getBoundingClientRect().bottom"),
                self.run_js("controls.getBoundingClientRect().top"), size)
            self.run_js("document.activeElement.blur(); scrollTo(0, 0);"
                        " [...document.querySelectorAll('.chapters button')]"
                        ".at(-1).focus()")
            self.assertLessEqual(
                self.run_js("document.activeElement.getBoundingClientRect().bottom"),
                self.run_js("controls.getBoundingClientRect().top"), size)
        # In a window so low (zoomed in, say), it would cover all: there it stands with the rest.
        self.resize(320, 256)
        self.assertEqual(self.run_js("getComputedStyle(controls).position"), "static")

    # ---- When something is missing ----

    def test_without_script_the_browser_plays_it(self):
        self.browser.call("Emulation.setScriptExecutionDisabled", value=True)
        try:
            self.browser.open("file://" + self.path)
            self.assertEqual(self.run_js("[sound.controls, player.hidden]"), [True, True])
            self.run_js("sound.play(); 0")
            self.browser.until("sound.currentTime > 0.3")
            box = self.run_js("document.getElementById('sound').getBoundingClientRect().height")
            self.assertGreater(box, 20)
            self.assertIn("Nothing but breathing", self.run_js("document.body.innerText"))
        finally:
            self.browser.call("Emulation.setScriptExecutionDisabled", value=False)

    def test_sound_that_cannot_be_played_is_told(self):
        broken = os.path.join(self.folder.name, "broken.html")
        with open(broken, "w", encoding="utf-8") as file:
            file.write(re.sub(r"(data:audio[^,]*,)[^\"]*", r"\1AAAA", self.text))
        self.open("file://" + broken)
        self.browser.until("!trouble.hidden")
        self.assertIn("can't play", self.run_js("trouble.innerText"))
        self.assertLess(self.run_js("trouble.getBoundingClientRect().bottom"), 900)
        self.assertEqual(self.run_js("[play, position].map((e) => e.checkVisibility())"),
                         [False, False])


if __name__ == "__main__":
    unittest.main()
