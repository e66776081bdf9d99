# SPDX-License-Identifier: GPL-3.0-or-later
# What lines are said for: every tag of every shipped script is shown, with its meaning.
. "$(dirname "$0")/harness.sh"

# tags FILE...: the tags of scripts, with the numbers of their lines.
tags()
{
    awk '!/^ *\/\// { for (i = NF; i > 0 && $i ~ /^#[A-Z][0-9]+$/; i--) print FNR, substr($i, 2) }' "$@" | sort
}

# shown FILE: the same of the lines below that file's name in out.txt.
shown()
{
    awk -v file="$1" '/^[^ ]/ { inside = $0 == file }
        inside && /^ *[0-9]+  / { line = $1 }
        inside && /^        [GE][0-9]+ / { print line, $1 }' out.txt | sort -u
}

for script in "$SOURCE"/scripts/*/*.session; do
    name=${script#"$SOURCE"/scripts/}
    expect 0 '' why "$script"
    tags "$script" >tags.txt
    shown "$script" >shown.txt
    is "every tag of $name is shown, in its line" cmp -s tags.txt shown.txt
    is "and there are some" test -s tags.txt
done
is 'no tag is without a meaning' sh -c '! grep -qE "^        [GE][0-9]+ *$" out.txt'

expect 0 '^        E15  open eyes are always fine' why wall-ball
is 'the lines of its notice are told with their file' grep -q '/scripts/en/notices$' out.txt
cp "$SOURCE/scripts/en/wall-ball.session" mine.session
line=$(grep -n '#E15' mine.session | head -1 | cut -d: -f1)
expect 0 '^        E15  open eyes are always fine' why "mine.session:$line"
is 'one line alone is told of' test "$(grep -c '^ *[0-9]' out.txt)" = 1
line=$(grep -n 'Welcome to' mine.session | cut -d: -f1)
expect 0 'has no tag' why "mine.session:$line"
expect 2 'mine.session:1:1: no spoken line begins here; the nearest is line [0-9]+' why mine.session:1
expect 2 'there is no session' why no-such:3
expect 2 'why takes one session' why
expect 2 'why takes one session' why wall-ball desk-reset
expect 0 'E11  leicht atmen' why slow-tide --lang de
printf 'title: T\nlanguage: en\nlength: 2m..5m, natural 3m\nnotice: none\n\n== One\nSit down.  #G99\n@rest 1m..5m\n' >unknown.session
expect 3 'unknown.session:7:12: error: there is no guidance point "G99"' why unknown.session
printf 'A Corner\n\nSit down, and rest.\nLet it be.\n' >plain.txt
expect 0 'no line of plain.txt has a tag' why plain.txt

# The same behind the lines of a plan.
expect 0 '^                 E15  open eyes are always fine' plan wall-ball --why
cp out.txt why.txt
expect 0 '' plan wall-ball
is 'a plan without --why tells nothing of it' sh -c '! grep -q "open eyes are" out.txt'
grep -vE '^ {17}([GE][0-9]+ |     )' why.txt >without.txt
is 'and is the same otherwise' cmp -s out.txt without.txt
expect 0 '"meaning": "open eyes are always fine' plan wall-ball --why --json
is 'JSON has the points of its tags' python3 -c 'import json
plan = json.load(open("out.txt"))
tags = {tag for event in plan["events"] for tag in event.get("tags", [])}
points = [point["point"] for point in plan["points"]]
assert tags == set(points) and len(points) == len(tags) > 10'

# A language without the file says so, and plays as any other; faults of it have their place.
mkdir -p data/audio
cp -r "$SOURCE/scripts" data/
rm data/scripts/en/points
export LOOSEN_DATA="$WORK/data"
expect 2 'data/+scripts/en/points: No such file' why wall-ball
expect 2 'data/+scripts/en/points: No such file' plan wall-ball --why
expect 0 '' plan wall-ball
printf 'G1: slowly\nG1: slowly\n' >data/scripts/en/points
expect 3 'data/+scripts/en/points:2:1: error: .*a second time' why wall-ball
unset LOOSEN_DATA
finish
