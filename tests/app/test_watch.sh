# SPDX-License-Identifier: GPL-3.0-or-later
# A session whose script is edited while it plays, beside a private JACK server: a fault is told and the old
# script goes on; what can be played goes on at the same line, without another notice.
. "$(dirname "$0")/harness.sh"
BED=$SOURCE/tests/live
export LOOSEN
export LOOSEN_RECORDER=$3
export LOOSEN_LIVE_LIMIT=150
export XDG_STATE_HOME="$WORK/state"
cat >mine.session <<'END'
title:    Mine
language: en
length:   2m..10m, natural 3m
notice:   short

== One
Sit down.
@notice short
Raise your shoulders.
Let them drop.
@rest 5s..10m
END
sed -n '/^within()/,/^}/p' "$SOURCE/tests/app/harness.sh" >bed.sh
cat >>bed.sh <<'END'
said() { grep -qs -e "$1" out.txt; }
"$LOOSEN" play mine.session -t 3 --yes --watch >out.txt 2>err.txt &
player=$!
within 100 said 'Raise your shoulders'
cp mine.session good
sed 's/^notice: .*/notice: what/' good >broken
mv broken mine.session
within 20 said 'The old script goes on'
cp out.txt faulty.txt
sed 's/^Sit down.$/Sit down on a chair.\n+ Both feet on the floor./; s/^Let them/And let them/' good >mine.session
within 20 said 'The script was saved'
cp out.txt saved.txt
within 60 said 'And let them drop'
kill -INT $player
wait $player
echo "ended: $?"
END
"$BED/with_jack.sh" sh bed.sh >bed.txt 2>&1 </dev/null
sed '1,/The script was saved/d' out.txt >after.txt

is 'a fault is told with its line' grep -q 'Line 4: .*what.*\. The old script goes on' faulty.txt
is 'it plays until it is interrupted' grep -qx 'ended: 130' bed.txt
is 'the notice was said at first' grep -q 'Keep it easy' saved.txt
is 'it goes on at the same line' grep -q 'Raise your shoulders' after.txt
is 'with what was written' grep -q 'And let them drop' after.txt
is 'and nothing before it is said again' sh -c 'test -s after.txt && ! grep -q "Sit down\|Keep it easy" after.txt'
is 'what cannot be read again is refused' sh -c "'$LOOSEN' play --watch - <good 2>&1 | grep -q 'which can be read again'"
expect 2 'neither --record nor' play wall-ball --watch --record x.log
[ "$failed" = 0 ] || tail -n 40 saved.txt after.txt bed.txt
finish
