#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_tag_witnesses.py TAGGER

What programs and readers that know nothing of loosen find in files with the sample's tags.
"""
import json
import os
import struct
import subprocess
import sys
import tempfile
import unittest

TAGGER = sys.argv.pop(1)
FRAMES = 5 * 48000 + 7
TITLE = "Wall \u201cand\u201d Ball"
COMMENT = "Slow, measured pressure."
NOTICE = "Ease off & rest.\nStop at any moment."
CHAPTERS = [
    ("Ankommen \u00e0 deux", 0, 48001),
    ("Ball & <Wall>", 48001, 120000),
    ("Return; a = b", 120000, FRAMES),
]


def run(*command):
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{command}: exit {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def probe(path):
    done = subprocess.run(
        ["ffprobe", "-v", "warning", "-show_chapters", "-show_format", "-show_streams",
         "-of", "json", path], capture_output=True, check=True)
    assert done.stderr == b"", done.stderr
    return json.loads(done.stdout)


def samples(path):
    return run("ffmpeg", "-v", "error", "-i", path, "-f", "f32le", "-")


def chunks(data):
    """The chunks of a RIFF list: name, body."""
    at = 0
    while at < len(data):
        name, size = data[at:at + 4], struct.unpack("<I", data[at + 4:at + 8])[0]
        yield name, data[at + 8:at + 8 + size]
        at += 8 + size + size % 2


def wave_chunks(path):
    """The chunks of a whole file, after its own idea of where they are."""
    with open(path, "rb") as file:
        data = file.read()
    form, size = data[:4], struct.unpack("<I", data[4:8])[0]
    assert data[8:12] == b"WAVE"
    found, at, long_data = [], 12, None
    if form == b"RF64":
        assert size == 0xFFFFFFFF and data[12:16] == b"ds64"
        size, long_data = struct.unpack("<QQ", data[20:36])
    assert size == len(data) - 8, (size, len(data))
    while at < len(data):
        assert at % 2 == 0
        name, size = data[at:at + 4], struct.unpack("<I", data[at + 4:at + 8])[0]
        if name == b"data" and size == 0xFFFFFFFF:
            size = long_data
        assert at + 8 + size <= len(data), (name, size)
        found.append((name, data[at + 8:at + 8 + size]))
        at += 8 + size + size % 2
    return found


def comments(lines):
    """NAME=value lines, where a line without a name goes on with the one before."""
    found, name = {}, None
    for line in lines:
        if "=" in line and line.split("=")[0].isupper():
            name, value = line.split("=", 1)
            assert name not in found, name
            found[name] = value
        else:
            found[name] += "\n" + line
    return found


class Witnesses(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        run(TAGGER, cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def test_same_tags_same_bytes(self):
        with tempfile.TemporaryDirectory() as again:
            run(TAGGER, again)
            names = [name for name in sorted(os.listdir(again)) if "plain" not in name]
            self.assertEqual(len(names), 7)
            for name in names:
                with open(self.path(name), "rb") as one, open(os.path.join(again, name), "rb") as two:
                    self.assertEqual(one.read(), two.read(), name)

    def test_ffprobe_finds_chapters_in_every_format(self):
        for name in ("a.wav", "b.wav", "c.wav", "d.flac", "e.mp3", "f.ogg", "g.opus"):
            with self.subTest(name):
                found = probe(self.path(name))["chapters"]
                self.assertEqual([c["tags"]["title"] for c in found], [c[0] for c in CHAPTERS])
                exact = 0 if name.endswith(".wav") else 0.0005
                for got, (_, start, end) in zip(found, CHAPTERS):
                    self.assertAlmostEqual(float(got["start_time"]), start / 48000,
                                           delta=exact + 1e-6)
                    # Where a format gives no end, ffprobe's own is the file's, with the codec's delay.
                    last = 0.008 if end == FRAMES else 0
                    self.assertAlmostEqual(float(got["end_time"]), end / 48000,
                                           delta=exact + last + 1e-6)

    def test_ffprobe_finds_texts_in_every_format(self):
        for name in ("a.wav", "c.wav", "d.flac", "e.mp3", "f.ogg", "g.opus"):
            with self.subTest(name):
                found = probe(self.path(name))
                tags = found["format"].get("tags") or found["streams"][0]["tags"]
                tags = {key.lower(): value for key, value in tags.items()}
                self.assertEqual(tags["title"], TITLE)
                self.assertEqual(tags["language"], "eng" if name == "e.mp3" else "en")
                self.assertEqual(tags["encoder"], "loosen 9.8.7")
                if name.endswith(".wav"):
                    self.assertEqual(tags["comment"], COMMENT + " (0:05) " + NOTICE.replace("\n", " "))
                    self.assertEqual(tags["isbj"], "wall-ball")
                else:
                    self.assertEqual(tags["comment"], COMMENT)
                    self.assertEqual(tags["notice"], NOTICE)
                    self.assertEqual(tags["session"], "wall-ball")
                    self.assertEqual(tags["length"], "0:05")

    def test_wave_points_and_labels(self):
        for name in ("a.wav", "b.wav", "c.wav"):
            with self.subTest(name):
                found = wave_chunks(self.path(name))
                self.assertEqual([n for n, _ in found][-4:], [b"data", b"cue ", b"LIST", b"LIST"])
                cue, adtl, info = [body for _, body in found[-3:]]
                self.assertEqual(struct.unpack("<I", cue[:4])[0], len(CHAPTERS))
                points = list(struct.iter_unpack("<II4sIII", cue[4:]))
                for i, (_, start, _) in enumerate(CHAPTERS):
                    self.assertEqual(points[i], (i + 1, start, b"data", 0, 0, start))
                self.assertEqual(adtl[:4], b"adtl")
                labels = [(struct.unpack("<I", b[:4])[0], b[4:]) for n, b in chunks(adtl[4:])
                          if n == b"labl"]
                self.assertEqual(labels, [(i + 1, c[0].encode() + b"\0")
                                          for i, c in enumerate(CHAPTERS)])
                spans = [struct.unpack("<II4sHHHH", b) for n, b in chunks(adtl[4:]) if n == b"ltxt"]
                self.assertEqual(spans, [(i + 1, c[2] - c[1], b"rgn ", 0, 0, 0, 65001)
                                         for i, c in enumerate(CHAPTERS)])
                self.assertEqual(info[:4], b"INFO")
                self.assertEqual(dict(chunks(info[4:]))[b"INAM"], TITLE.encode() + b"\0")

    def test_wave_sound_is_untouched(self):
        for name in ("a.wav", "b.wav", "c.wav"):
            with self.subTest(name):
                self.assertEqual(run("soxi", "-s", self.path(name)).strip(), str(FRAMES).encode())
                self.assertEqual(len(samples(self.path(name))), FRAMES * 8)

    def test_flac_tools_accept_the_block(self):
        run("flac", "--silent", "--test", self.path("d.flac"))
        lines = run("metaflac", "--export-tags-to=-", "--no-utf8-convert", self.path("d.flac"))
        self.check_comments(lines.decode().splitlines())

    def test_opusinfo_and_ogginfo_accept_the_streams(self):
        for tool, name in (("opusinfo", "g.opus"), ("ogginfo", "f.ogg")):
            with self.subTest(name):
                text = run("env", "LC_ALL=C.UTF-8", tool, self.path(name)).decode()
                self.assertNotIn("WARNING", text.upper())
                self.assertIn("Playback length: 0m:05.000s", text)
                self.assertIn("logical stream (#1, serial: 045e0837)", text.lower())
                start = text.index("User comments section follows...\n") + 33
                lines = text[start:].split("\nOpus stream")[0].split("\nVorbis stream")[0]
                self.check_comments([line.lstrip("\t") for line in lines.splitlines()])

    def test_ogg_sound_is_that_of_the_old_stream(self):
        for name, plain in (("f.ogg", "f-plain.ogg"), ("g.opus", "g-plain.opus")):
            with self.subTest(name):
                sound = samples(self.path(name))
                self.assertEqual(sound, samples(self.path(plain)))
                self.assertEqual(len(sound), FRAMES * 8)

    def check_comments(self, lines):
        found = comments(lines)
        self.assertEqual(found.pop("TITLE"), TITLE)
        self.assertEqual(found.pop("LANGUAGE"), "en")
        self.assertEqual(found.pop("DESCRIPTION"), COMMENT)
        self.assertEqual(found.pop("SESSION"), "wall-ball")
        self.assertEqual(found.pop("LENGTH"), "0:05")
        self.assertEqual(found.pop("NOTICE"), NOTICE)
        self.assertEqual(found.pop("ENCODER"), "loosen 9.8.7")
        self.assertEqual(found, {
            "CHAPTER000": "00:00:00.000", "CHAPTER000NAME": CHAPTERS[0][0],
            "CHAPTER001": "00:00:01.000", "CHAPTER001NAME": CHAPTERS[1][0],
            "CHAPTER002": "00:00:02.500", "CHAPTER002NAME": CHAPTERS[2][0]})


if __name__ == "__main__":
    unittest.main()
