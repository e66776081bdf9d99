# SPDX-License-Identifier: GPL-3.0-or-later
"""The words that the session language knows, as the tables of the program have them, and what both
syntax files are tested with: the kinds of coloured text, and sample.golden."""
import pathlib
import re

HERE = pathlib.Path(__file__).parent

# kind: group of the vim syntax, scope of the TextMate grammar. What has no kind is spoken text, or
# a blank or comma between words.
KINDS = {
    "comment": ("Comment", "comment.line.double-slash"),
    "key": ("Key", "keyword.other.header"),
    "value": ("Value", "string.unquoted.header"),
    "position": ("Position", "support.constant.position"),
    "notice": ("Notice None", "support.constant.notice"),
    "ending": ("Ending", "support.constant.ending"),
    "breath": ("Breath", "support.constant.breath"),
    "need": ("Need", "support.constant.need"),
    "effort": ("Effort", "support.constant.effort"),
    "usual": ("Natural", "keyword.other.natural"),
    "==": ("SectionMark", "punctuation.definition.section"),
    "section": ("SectionName", "entity.name.section"),
    "at": ("At", "keyword.other.at"),
    "level": ("Level", "keyword.operator.level"),
    "mark": ("Mark", "storage.modifier.mark"),
    "escape": ("Escape", "constant.character.escape"),
    "placeholder": ("Placeholder", "variable.parameter.placeholder"),
    "spelling": ("Spelling", "variable.parameter.spelling"),
    "bad-brace": ("Brace", "invalid.illegal.placeholder"),
    "tag": ("Tag", "entity.name.tag.point"),
    "bad-tag": ("BadTag", "invalid.illegal.tag"),
    "directive": ("Directive Breathe Contact Named Sides Say", "keyword.control.directive"),
    "bad-directive": ("Unknown", "invalid.illegal.directive"),
    "pattern": ("Pattern", "support.constant.pattern"),
    "region": ("Region", "support.constant.region"),
    "bad-region": ("Forbidden", "invalid.illegal.region"),
    "tool": ("Tool", "support.constant.tool"),
    "surface": ("Surface", "support.constant.surface"),
    "with": ("With", "keyword.other.with"),
    "on": ("On", "keyword.other.on"),
    "name": ("Name", "variable.other.name"),
    "side": ("Side", "support.constant.side"),
    "word": ("Word", "keyword.other.argument"),
    "count": ("Count", "constant.numeric.count"),
    "duration": ("Duration", "constant.numeric.duration"),
}
BAD = {"bad-brace", "bad-tag", "bad-directive", "bad-region"}


def table(source, name, entry):
    """The entries of one C table: all that `entry` finds between its braces."""
    match = re.search(re.escape(name) + r"[^=;{]*= ?\{(.*?)\n?\};", source, re.S)
    if not match:
        raise SystemExit(f"the table {name} is not where it was")
    return re.findall(entry, match.group(1))


def program_words(root):
    """Name of a list in the syntax files: its words, in no order."""
    src = root / "src"
    directive, header, body, lexer, pattern, line, choosing = (
        (src / name).read_text(encoding="utf-8") for name in (
            "script/directive.c", "script/header.c", "script/body.c", "language/lexer.c",
            "script/pattern_parser.c", "script/line_parser.c", "session/choosing.c"))
    quoted = r'"([a-z-]+)"'
    regions = table(body, "regions[]", quoted)
    listed = int(re.search(r"REGION_LISTED = (\d+)", body).group(1))
    words = {
        "keys": [key for key in table(header, "keys[HEADER_KEYS]", r'\{\s*"([a-z]+)",') if key != "version"],
        "positions": table(choosing, "place_names[PLACE_COUNT]", quoted),
        "needs": table(choosing, "need_names[NEED_COUNT]", quoted),
        "efforts": table(choosing, "effort_names[EFFORT_COUNT]", quoted),
        "endings": table(header, "endings[]", r'= "([a-z]+)"'),
        "breaths": table(header, "breaths[]", quoted),
        "notices": table(directive, "kinds[]", quoted),
        "directives": table(directive, "directives[]", r'\{"([a-z]+)", "@'),
        "marks": table(lexer, "} marks[]", r'\{"([a-z]+):"'),
        "patterns": table(pattern, "named[]", r'\{"([a-z]+)", \d'),
        "regions": regions[:listed],
        "forbidden": regions[listed:],
        "tools": table(body, "} tools[]", quoted),
        "surfaces": table(body, "surfaces[]", quoted),
        "placeholders": table(line, "names[]", quoted),
    }
    if any(len(found) < 2 for found in words.values()) or sum(map(len, words.values())) < 80:
        raise SystemExit(f"too few words: {words}")
    return words


def differences(program, found):
    """What a syntax file lacks of the program's words, or has beyond them."""
    for name, words in program.items():
        for word in sorted(set(words) ^ set(found.get(name, []))):
            yield f"{name}: {word} is " + ("missing" if word in words else "no word of the program")


def runs(line):
    """(text, kind) pairs of a line, as sample.golden writes them."""
    joined = []
    for text, kind in line:
        if joined and joined[-1][1] == kind:
            joined[-1] = (joined[-1][0] + text, kind)
        else:
            joined.append((text, kind))
    return [(text.strip(" \t,:") if kind in ("key", None) else text.strip(), kind)
            for text, kind in joined if kind]


def show(lines):
    return "".join(f"{number}\t" + "\t".join(f"{kind}: {text}" for text, kind in runs(line)) + "\n"
                   for number, line in enumerate(lines, 1) if runs(line))


def check_scripts(root, colour):
    """Faults of what `colour` makes of the sample and of all shipped sessions: path -> lines."""
    golden = (HERE / "sample.golden").read_text(encoding="utf-8").splitlines()
    found = show(colour(HERE / "sample.session")).splitlines()
    for line in sorted(set(golden) ^ set(found), key=lambda row: int(row.split("\t")[0])):
        yield ("expected " if line in golden else "found    ") + line
    scripts = sorted(root.glob("scripts/*/*.session"))
    tags = 0
    for path in scripts:
        texts = path.read_text(encoding="utf-8").splitlines()
        for number, (text, line) in enumerate(zip(texts, colour(path), strict=True), 1):
            kinds = [kind for _, kind in line if kind]
            place = f"{path}:{number}"
            if "".join(piece for piece, _ in line) != text:
                yield f"{place}: not the text of the line"
            if BAD & set(kinds):
                yield f"{place}: is coloured as a mistake"
            if re.search(r"^\s*(\+\+? )?@", text) and "directive" not in kinds:
                yield f"{place}: the directive is not coloured"
            wanted = re.findall(r"#[GE][0-9]+", text) if not text.lstrip().startswith("//") else []
            if [piece for piece, kind in runs(line) if kind == "tag"] != wanted:
                yield f"{place}: the tags are not coloured"
            tags += len(wanted)
    if len(scripts) < 12 or tags < 500:
        yield f"only {len(scripts)} scripts and {tags} tags seen"
