#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: rooms.py SOURCE_DIR [--write]

The includes of src/ against src/rooms.txt: a room uses what its row lists, neither more nor less, and
headers of external libraries only where the row names the library. No modules (a .c with its .h)
include each other in a circle, no two headers share a name or a struct tag, no room holds more
than 14 % of the lines, export and player are strangers. --write makes the table in src/README.md anew.
"""
import pathlib
import re
import sys

SHARE_MOST = 0.14
# Headers that betray a library; all other <...> headers are those of the C library and the system.
EXTERNAL = {
    "espeak-ng/": "espeak-ng", "portaudio": "portaudio-2.0", "pa_": "portaudio-2.0", "sndfile": "sndfile",
    "ogg/": "ogg", "ebur128": "libebur128", "soxr": "soxr", "samplerate": "samplerate",
    "jansson": "jansson", "seccomp": "libseccomp", "utf8proc": "libutf8proc", "nettle/": "nettle",
    "sqlite3": "sqlite3", "alsa/": "alsa", "jack/": "jack", "pulse/": "libpulse", "pthread": "threads",
    "dlfcn": "dl",
}
INCLUDE = re.compile(r'^ *# *include *(["<])([^">]+)[">]', re.M)
BEGIN, END = "<!-- rooms: made from rooms.txt -->\n", "<!-- end of rooms -->\n"


class Room:
    def __init__(self, row):
        name, uses, libraries, self.holds = (part.strip() for part in row.split("|"))
        self.core = name.endswith("*")
        self.name = name.rstrip("*")
        self.uses = set(uses.split())
        self.libraries = set(libraries.split())


def read_rooms(src):
    rows = [line for line in (src / "rooms.txt").read_text().splitlines() if line and line[0] != "#"]
    rooms = [Room(row) for row in rows]
    return {room.name: room for room in rooms}


def module_of(path):
    return (path.parent.name, path.stem)


def circles(graph):
    """Strongly connected components of more than one module (Tarjan, without recursion)."""
    index, low, stack, found = {}, {}, [], []
    for root in graph:
        if root in index:
            continue
        work = [(root, iter(graph[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    work.append((other, iter(graph[other])))
                    break
                if other in stack:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = stack.index(node)
                    if len(stack) - at > 1:
                        found.append(sorted("/".join(module) for module in stack[at:]))
                    del stack[at:]
    return found


def table(rooms):
    lines = ["| room | holds | uses | libraries |", "|---|---|---|---|"]
    for room in rooms.values():
        core = " (core)" if room.core else ""
        lines.append(f"| `{room.name}`{core} | {room.holds} | {' '.join(sorted(room.uses))} "
                     f"| {' '.join(sorted(room.libraries))} |")
    return BEGIN + "\n".join(lines) + "\n" + END


def main():
    root = pathlib.Path(sys.argv[1])
    src = root / "src"
    rooms = read_rooms(src)
    faults = []
    files = sorted(path for path in src.glob("*/*") if path.suffix in (".c", ".h"))
    homes = {}
    tags = {}
    lines = dict.fromkeys(rooms, 0)
    for path in files:
        if path.parent.name not in rooms:
            faults.append(f"{path}: the folder is no room of rooms.txt")
            continue
        text = path.read_text()
        lines[path.parent.name] += text.count("\n")
        if path.suffix == ".h":
            if path.name in homes:
                faults.append(f"{path}: {homes[path.name]} has this name, too")
            homes[path.name] = path
            for tag in re.findall(r"^struct (\w+) \{", text, re.M):
                if tag in tags:
                    faults.append(f"{path}: struct {tag} is in {tags[tag]}, too")
                tags[tag] = path
    used = {name: set() for name in rooms}
    libraries = {name: set() for name in rooms}
    graph = {module_of(path): set() for path in files}
    for path in files:
        room = path.parent.name
        if room not in rooms:
            continue
        for kind, name in INCLUDE.findall(path.read_text()):
            if kind == "<":
                library = next((EXTERNAL[key] for key in EXTERNAL if name.startswith(key)), None)
                if library:
                    libraries[room].add(library)
                    if library not in rooms[room].libraries:
                        faults.append(f"{path}: <{name}> is not for the room {room}")
                continue
            home = homes.get(name)
            if not home:
                continue # not a header of ours: what the build makes
            if home.parent.name != room:
                used[room].add(home.parent.name)
                if home.parent.name not in rooms[room].uses:
                    faults.append(f"{path}: {room} may not use {name} of {home.parent.name}")
            if module_of(home) != module_of(path):
                graph[module_of(path)].add(module_of(home))
    for name, room in rooms.items():
        for spare in room.uses - used[name]:
            faults.append(f"rooms.txt: {name} does not use {spare}")
        for spare in room.libraries - libraries[name] - {"m", "dl", "threads"}:
            faults.append(f"rooms.txt: {name} does not use {spare}")
        if room.core and (room.libraries - {"m"} or any(not rooms[use].core for use in room.uses)):
            faults.append(f"rooms.txt: {name} is core, and needs more than the C library")
    for circle in circles(graph):
        faults.append("a circle of includes: " + " ".join(circle))
    for one, other in (("export", "player"), ("player", "export")):
        if other in used[one]:
            faults.append(f"{one} knows {other}")
    total = sum(lines.values())
    for name, count in lines.items():
        if count > SHARE_MOST * total:
            faults.append(f"src/{name}: {count} of {total} lines, {100 * count / total:.1f} %")
    readme = src / "README.md"
    text = readme.read_text()
    start, end = text.find(BEGIN), text.find(END)
    if start < 0 or end < 0:
        faults.append("src/README.md has no place for the table of rooms")
    else:
        wanted = text[:start] + table(rooms) + text[end + len(END):]
        if "--write" in sys.argv:
            readme.write_text(wanted)
        elif wanted != text:
            faults.append("src/README.md: the table of rooms is old; tests/lint/rooms.py . --write")
    if len(files) < 300:
        faults.append(f"only {len(files)} files seen")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
