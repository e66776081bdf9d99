#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: documents.py SOURCE_DIR

Documents say what is there: each file that a page names exists, each link leads somewhere, and each
word of docs/glossary.md occurs in src/.
"""
import pathlib
import re
import sys

# `room/file.c`, also with a folder of the tree in front; `room/file` as in src/README.md is a module.
FILE = re.compile(r"`([a-zA-Z_.-]+(?:/[a-zA-Z0-9_.-]+)+\.(?:c|h|py|sh|js|css|html|md|txt|tsv|cmake|scene))`")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
WORD = re.compile(r"\*\*([^*]+)\*\*")
PLACEHOLDER = re.compile(r"(?!README)[A-Z]{2,}")  # `audio/NAME.scene`


def missing(root, page):
    text = page.read_text(encoding="utf-8")
    for name in FILE.findall(text):
        if not PLACEHOLDER.search(name) and not any(base.joinpath(name).exists() for base in (root, root / "src", page.parent)):
            yield name
    for name in LINK.findall(text):
        if not page.parent.joinpath(name).exists():
            yield name


def main():
    root = pathlib.Path(sys.argv[1])
    pages = [root / "README.md", root / "STYLE.md", root / "CONTRIBUTING.md", root / "NEWS.md",
             root / "src/README.md", *sorted(root.joinpath("docs").rglob("*.md"))]
    status = 0
    named = 0
    for page in pages:
        named += len(FILE.findall(page.read_text(encoding="utf-8")))
        for name in missing(root, page):
            print(f"{page.relative_to(root)}: there is no {name}")
            status = 1
    source = "\n".join(path.read_text(encoding="utf-8")
                       for path in sorted(root.joinpath("src").rglob("*.[ch]"))).lower()
    words = WORD.findall(root.joinpath("docs/glossary.md").read_text(encoding="utf-8"))
    for word in words:
        if not re.search(re.escape(word.lower()).replace(r"\ ", "[ _]"), source):
            print(f"docs/glossary.md: src has no {word}")
            status = 1
    if named < 20 or len(words) < 30:
        sys.exit(f"only {named} files and {len(words)} words seen")
    sys.exit(status)


main()
