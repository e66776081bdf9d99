#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: statuses.py SOURCE_DIR

What can fail returns enum status: no function of src/ that takes a struct error, or allocates from an
arena, returns bool.
"""
import pathlib
import re
import sys

BOOL = re.compile(r"^(?:static |inline )*bool (\w+)\(([^;{]*?)\)\s*[;{]", re.M)
FALLIBLE = re.compile(r"\bstruct (error|arena) \*")
SEEDED = "static bool seeded(int a,\n            struct error *error)\n{\n"


def faults(text):
    return [found.group(1) for found in BOOL.finditer(text) if FALLIBLE.search(found.group(2))]


def main():
    if not faults(SEEDED):
        sys.exit("the seeded fault was not found")
    src = pathlib.Path(sys.argv[1], "src")
    files = sorted(src.rglob("*.[ch]"))
    status = 0
    for path in files:
        for name in faults(path.read_text(encoding="utf-8")):
            print(f"{path.relative_to(src)}: {name} can fail and returns bool, not enum status")
            status = 1
    if len(files) < 300:
        sys.exit(f"only {len(files)} files seen")
    sys.exit(status)


main()
