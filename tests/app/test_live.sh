# SPDX-License-Identifier: GPL-3.0-or-later
# What is heard is what is exported: a session of two minutes through the real program, PortAudio and a
# JACK server, recorded, against its export as float. At the same time, on a server of its own, the same
# with a device that is lost, and one that is entered at its last section.
. "$(dirname "$0")/harness.sh"
HERE=$SOURCE/tests/app
BED=$SOURCE/tests/live
SAME=$3
export LOOSEN HERE
export LOOSEN_RECORDER=$4
export LOOSEN_LIVE_LIMIT=200

# The recorder is the device that is played on, so that not even the first frame is missed. A run in
# which the server says that it was late (75) proves nothing and is done again.
live()
{
    for _ in 1 2 3 4 5; do
        LOOSEN_RECORDING=$WORK/$1.f32 "$BED/with_jack.sh" sh "$1.sh" >"$1.txt" 2>&1 </dev/null
        echo $? >"$1.status"
        grep -qx 75 "$1.status" || break
    done
}

cat >plain.sh <<'EOF'
exec "$LOOSEN" play "$HERE/two-minutes.session" -t 2 --device recorder --report plain.json --force
EOF
# The speaker's process is killed after half a minute: the session waits, goes on, and ends whole.
cat >lost.sh <<'EOF'
"$LOOSEN" play "$HERE/two-minutes.session" -t 2 --device recorder &
player=$!
sleep 30
pkill -KILL -P $player -f 'worker speaker'
wait $player
EOF
cat >from.sh <<'EOF'
exec "$LOOSEN" play "$HERE/two-minutes.session" -t 2 --from return --device recorder
EOF
live from &
from=$!
live plain &
plain=$!
live lost &
lost=$!
expect 0 '5760000 frames' export "$HERE/two-minutes.session" -t 2 --bits float -o two.wav
ffmpeg -v error -i two.wav -f f32le two.f32 </dev/null
expect 0 ' frames' export "$HERE/two-minutes.session" -t 2 --from return --bits float -o from.wav
ffmpeg -v error -i from.wav -f f32le from-export.f32 </dev/null
wait $plain $lost $from

is 'play ends with 0' grep -qx 0 plain.status
is 'live equals export' "$SAME" two.f32 plain.f32
is 'it told what was said' grep -q 'Lean in, slowly' plain.txt
is 'it told where it played' grep -q 'on recorder' plain.txt
is 'it was heard to its end' grep -q 'Two Minutes: 2:00 of 2:00' plain.txt
is 'and to its last frame' grep -qE '"heard_frames": 5760000,?$' plain.json
is 'no gaps' sh -c '! grep -q "too busy" plain.txt'
is 'a lost device is no failure' grep -qx 0 lost.status
is 'the loss was told' grep -q 'device is gone' lost.txt
is 'the return was told' grep -q 'device is back' lost.txt
is 'the end is the end of the export' "$SAME" --end two.f32 lost.f32

is 'a session that is entered late ends with 0' grep -qx 0 from.status
is 'what is heard of it equals its export' "$SAME" from-export.f32 from.f32
is 'the notice is said' grep -q 'For your safety first' from.txt
is 'what was passed over is not' sh -c '! grep -q "Lean in" from.txt'
is 'and the end is' grep -q 'This is the end' from.txt

finish
