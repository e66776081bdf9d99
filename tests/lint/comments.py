#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: comments.py SOURCE_DIR

Comments of C sources: no line is longer than 100 columns, a source that a comment names is there,
and each file of src/ says below its licence, in a sentence, what it is for.
"""
import pathlib
import re
import sys

COLUMNS = 100


def faults(path, in_src, names):
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            yield f"{path}:{number}: {len(line)} columns, {COLUMNS} at most"
        for name in re.findall(r"\b[a-z][a-z_0-9]+\.[ch]\b", line.partition("// ")[2]):
            if name not in names:
                yield f"{path}:{number}: there is no {name}"
    if not in_src:
        return
    sentence = []
    for line in lines[1:]:
        if not line.startswith("//"):
            break
        sentence.append(line[2:].strip())
    text = " ".join(sentence)
    if not text.startswith("Linux:") and len(text.split()) >= 4 and any(end in text for end in ".?:"):
        return
    yield f"{path}:2: expected a comment with one sentence: what the file is for"


def main():
    root = pathlib.Path(sys.argv[1])
    count = {"src": 0, "tests": 0}
    found = []
    paths = {folder: sorted(root.joinpath(folder).rglob("*.[ch]")) for folder in count}
    names = {path.name for folder in paths for path in paths[folder]}
    for folder in count:
        for path in paths[folder]:
            count[folder] += 1
            found += faults(path, folder == "src", names)
    print("\n".join(found))
    if count["src"] < 300 or count["tests"] < 100:
        sys.exit(f"only {count} files seen")
    sys.exit(1 if found else 0)


main()
