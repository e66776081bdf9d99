# SPDX-License-Identifier: GPL-3.0-or-later
"""Import every safe note of tests/script/notes: import_notes.py LOOSEN SOURCE

What is made has no errors, and its blocks are those of tests/script/notes/blocks: each was read against
its text when it was written there.
"""
import re
import subprocess
import sys

HEADER = re.compile(r"(title|language|length|position|notice): |== |@")
BLOCK = re.compile(r"\s*(?:\+ )?(@(?:contact|move|sides|repeat) .*)")


def notes(source, name):
    text = (source + "/tests/script/notes/" + name)
    with open(text, encoding="utf-8") as file:
        for part in re.split(r"(?m)^#### ", file.read())[1:]:
            head, body = part.split("\n", 1)
            yield head, body


def expected(source):
    return {head: [line for line in body.split("\n") if line.startswith("@")]
            for head, body in notes(source, "blocks")}


def made(loosen, body):
    language = "de" if "\nlanguage: de" in "\n" + body else "en"
    if language == "de":
        body = "\n".join(line for line in body.split("\n") if not HEADER.match(line))
    with open("note.txt", "w", encoding="utf-8") as file:
        file.write(body)
    run = [loosen, "import", "note.txt", "--lang", language, "-o", "note.session", "--force"]
    result = subprocess.run(run, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        return None, result.stderr
    with open("note.session", encoding="utf-8") as file:
        script = file.read()
    return [m.group(1) for m in map(BLOCK.match, script.split("\n")) if m], script


def main():
    loosen, source = sys.argv[1:]
    want = expected(source)
    faults, count = [], 0
    for name in ("tuned", "heldout"):
        for head, body in notes(source, name):
            if not head.startswith("safe: "):
                continue
            count += 1
            blocks, told = made(loosen, body)
            wanted = want.pop(head[len("safe: "):], [])
            if blocks != wanted:
                faults.append(f"{head}: {blocks} instead of {wanted}\n{told}")
    faults += [f"no safe note is called {head}" for head in want]
    print("\n".join(faults))
    if faults or count < 30:
        sys.exit(f"{len(faults)} faults in {count} notes")


main()
