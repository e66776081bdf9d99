# SPDX-License-Identifier: GPL-3.0-or-later
"""A small reader of TextMate grammars: match, begin and end, captures with names or patterns, includes of
the repository. Its expressions are run by Python's re, so a grammar must keep to what re and Oniguruma
both understand."""
import json
import re


class Grammar:
    def __init__(self, path):
        self.tree = json.loads(path.read_text(encoding="utf-8"))
        self.repository = self.tree["repository"]
        self.compiled = {}

    def compile(self, expression):
        if expression not in self.compiled:
            self.compiled[expression] = re.compile(expression)
        return self.compiled[expression]

    def rules(self, patterns):
        """Patterns with includes resolved, in their order."""
        for rule in patterns:
            if "include" in rule:
                rule = self.repository[rule["include"].removeprefix("#")]
            if "match" in rule or "begin" in rule:
                yield rule
            else:
                yield from self.rules(rule["patterns"])

    def captures(self, match, captures, scope):
        """(start, end, scope) of a match: its groups, and scope between them."""
        at = match.start()
        for number in sorted(int(key) for key in captures):
            start, end = match.span(number)
            if start < 0 or start == end:
                continue
            if start > at:
                yield at, start, scope
            capture = captures[str(number)]
            name = capture.get("name", scope)
            if "patterns" in capture:
                # As editors do it: the text up to the capture's end, from its start on.
                part = match.string[:end]
                yield from self.line(part, start, capture["patterns"], [], name)
            else:
                yield start, end, name
            at = max(at, end)
        if at < match.end():
            yield at, match.end(), scope

    def line(self, text, at, patterns, stack, scope):
        """(start, end, scope) of a line from `at` on; rules that it opens or closes change `stack`."""
        while True:
            rules = list(self.rules(stack[-1]["patterns"] if stack else patterns))
            ends = [("end", stack[-1])] if stack else []
            candidates = [(kind, rule, self.compile(rule[kind]).search(text, at)) for kind, rule in
                          ends + [("match" if "match" in rule else "begin", rule) for rule in rules]]
            candidates = [candidate for candidate in candidates if candidate[2]
                          and (candidate[0] == "end" or candidate[2].end() > at)]
            if not candidates:
                break
            kind, rule, match = min(candidates, key=lambda candidate: candidate[2].start())
            if match.start() > at:
                yield at, match.start(), scope
            yield from self.captures(match, rule.get("beginCaptures" if kind == "begin" else "captures", {}),
                                     rule.get("name", scope) if kind == "match" else scope)
            if kind == "begin":
                stack.append(rule)
            elif kind == "end":
                stack.pop()
            at = match.end()
            if at >= len(text):
                break
        if at < len(text):
            yield at, len(text), scope

    def lines(self, text):
        """Each line of the text as a list of (piece, scope or None). Rules see it with its end, as in editors."""
        stack = []
        for line in text.splitlines():
            pieces = self.line(line + "\n", 0, self.tree["patterns"], stack, None)
            cut = [(line[start:end], scope) for start, end, scope in pieces]
            yield [(piece, scope) for piece, scope in cut if piece]
