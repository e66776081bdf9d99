#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which mixes to judge: matrix.py LOOSEN brief|whole, one SESSION:LANGUAGE:LENGTH:SCENE a line.

brief: every session in every language once, at its shortest, each with another scene.
whole: every session at its shortest, natural and longest length with every scene.
"""
import json
import subprocess
import sys


def listed(loosen, *words):
    return subprocess.run([loosen, "list", *words], check=True, capture_output=True, text=True).stdout


def main(loosen, which):
    scenes = [line.split()[0] for line in listed(loosen, "scenes").splitlines()]
    count = 0
    for language in ("en", "de"):
        for session in json.loads(listed(loosen, "sessions", "--json", "--lang", language))["sessions"]:
            lengths = [round(session[f"{name}_seconds"]) for name in ("min", "natural", "max")]
            for length in lengths[:1] if which == "brief" else sorted(set(lengths)):
                for scene in [scenes[count % len(scenes)]] if which == "brief" else scenes:
                    print(f'{session["id"]}:{language}:{length}s:{scene}')
            count += 1
    return 0 if count >= 12 and len(scenes) >= 6 else 1


sys.exit(main(sys.argv[1], sys.argv[2]))
