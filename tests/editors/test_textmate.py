#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test_textmate.py SOURCE_DIR

The TextMate grammar has the words of the program, and colours a sample and the shipped sessions. No
engine of an editor is at hand: textmate.py reads the grammar, with Python's re in the place of Oniguruma.
"""
import json
import pathlib
import re
import sys

from textmate import Grammar
from vocabulary import KINDS, check_scripts, differences, program_words

SCOPES = {scope + ".loosen": kind for kind, (_, scope) in KINDS.items()}
# List of the program: rule of the grammar.
RULES = {"positions": "position", "needs": "need", "efforts": "effort", "endings": "ending", "breaths": "breath",
         "notices": "notice", "directives": "directive", "marks": "mark", "patterns": "pattern",
         "regions": "region", "forbidden": "forbidden", "tools": "tool", "surfaces": "surface",
         "placeholders": "placeholder"}


def alternatives(expression):
    """The words of the longest (?:one|two) in it."""
    return max(re.findall(r"\(\?:([a-z|-]+)\)", expression), key=len).split("|")


def expressions(rule):
    """Every regular expression in a part of the grammar."""
    if isinstance(rule, dict):
        for key, value in rule.items():
            if key in ("match", "begin", "end"):
                yield value
            else:
                yield from expressions(value)
    elif isinstance(rule, list):
        for value in rule:
            yield from expressions(value)


def main():
    root = pathlib.Path(sys.argv[1])
    folder = root / "packaging/textmate"
    grammar = Grammar(folder / "loosen.tmLanguage.json")
    found = {name: alternatives(grammar.repository[rule]["match"]) for name, rule in RULES.items()}
    found["keys"] = alternatives(grammar.repository["header"]["patterns"][-1]["match"])
    program = program_words(root)
    faults = list(differences(program, found))
    marks = "|".join(found["marks"])
    for expression in expressions(grammar.tree):
        if "first|second" in expression and marks not in expression:
            faults.append(f"other marks than {marks}: {expression}")
    faults += check_scripts(root, lambda path: [
        [(text, SCOPES.get(scope)) for text, scope in line]
        for line in grammar.lines(path.read_text(encoding="utf-8"))])
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))["contributes"]
    told = package["grammars"][0]
    if told["scopeName"] != grammar.tree["scopeName"] or not (folder / told["path"]).exists():
        faults.append("package.json does not tell of the grammar")
    if not (folder / package["languages"][0]["configuration"]).exists():
        faults.append("package.json names a configuration that is not there")
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main()
