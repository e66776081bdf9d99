# SPDX-License-Identifier: GPL-3.0-or-later
# docs/json.md against what the program prints: every key is described, and no other.
. "$(dirname "$0")/harness.sh"
"$LOOSEN" plan whole-chain -t 30 --why --json >plan.json
"$LOOSEN" check --json "$SOURCE/tests/script/bad" "$SOURCE/scripts/en/learn.session" >check.json
"$LOOSEN" list --json >list.json
"$LOOSEN" export slow-tide -t 2 -j 1 -o out.wav --json >export.jsonl 2>err.txt
"$LOOSEN" export slow-tide -t 99 --json >>export.jsonl 2>err.txt
cat >keys.py <<'EOF'
import json, re, sys

def keys(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)

page = open(sys.argv[1], encoding="utf-8").read()
described = set(re.findall(r"`([a-z_]+)`", page))
printed = set()
for name in ("plan.json", "check.json", "list.json"):
    printed |= set(keys(json.load(open(name, encoding="utf-8"))))
kinds = set()
for line in open("export.jsonl", encoding="utf-8"):
    event = json.loads(line)
    kinds.add(event["event"])
    printed |= {event["event"], *keys(event)}
missing = sorted(printed - described)
print("not described:", *missing)
sys.exit(bool(missing) or len(printed) < 30 or len(kinds) != 5)
EOF
is "every key is described: $(python3 keys.py "$SOURCE/docs/json.md")" python3 keys.py "$SOURCE/docs/json.md"
finish
