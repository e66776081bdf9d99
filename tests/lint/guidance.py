#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: guidance.py SOURCE_DIR

docs/guidance.md has one row for each point of scripts/en/points, in the same order and with the same
meaning, and no cell of it is empty. The sources that rows name and the table of sources are the same.
Each language has the same points, and each tag of a script is one of them.
"""
import pathlib
import re
import sys

ROW = re.compile(r"^\| ([GE][0-9]+) \| (.*) \|$", re.M)
SOURCE = re.compile(r"^\| ([A-Za-z0-9]+) \| .+ \|$", re.M)
TAG = re.compile(r"\s#([A-Z][0-9]+)\b")


def read_points(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if line and not line.startswith("//"))


def row_faults(page, points):
    rows = ROW.findall(page)
    if [point for point, _ in rows] != list(points):
        yield "docs/guidance.md: its rows are not the points of scripts/en/points, in their order"
    named = set()
    for point, row in rows:
        cells = [cell.strip() for cell in row.split(" | ")]
        if len(cells) != 4 or not all(cells):
            yield f"docs/guidance.md: {point} needs meaning, why, how and source"
            continue
        if cells[0] != points.get(point):
            yield f"docs/guidance.md: {point} is \"{cells[0]}\", in scripts/en/points \"{points.get(point)}\""
        named.update(cells[3].split(", "))
    told = SOURCE.findall(page[page.index("## Sources"):])
    for source in sorted(named ^ set(told)):
        yield f"docs/guidance.md: the source {source} is " + ("named, and not told" if source in named else "told, and not named")


def main():
    root = pathlib.Path(sys.argv[1])
    points = read_points(root / "scripts/en/points")
    faults = list(row_faults((root / "docs/guidance.md").read_text(encoding="utf-8"), points))
    tags = 0
    for folder in sorted(path for path in root.joinpath("scripts").iterdir() if path.is_dir()):
        if list(read_points(folder / "points")) != list(points):
            faults.append(f"{folder}/points: not the points of English, in their order")
        for script in [folder / "notices", *sorted(folder.glob("*.session"))]:
            for tag in TAG.findall(script.read_text(encoding="utf-8")):
                tags += 1
                if tag not in points:
                    faults.append(f"{script}: there is no point {tag}")
    print("\n".join(faults))
    if len(points) < 60 or tags < 500:
        sys.exit(f"only {len(points)} points and {tags} tags seen")
    sys.exit(1 if faults else 0)


main()
