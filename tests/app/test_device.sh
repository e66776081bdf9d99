# Sound devices from the command line: which there are, which is meant, one that does not answer, and
# libraries that talk. A scene alone is heard as it is exported.
. "$(dirname "$0")/harness.sh"
BED=$SOURCE/tests/live
SAME=$3
export LOOSEN_RECORDER=$4
export LOOSEN_LIVE_LIMIT=60
export LOOSEN XDG_STATE_HOME="$WORK/state"

# Run the rest of the line inside a private JACK server; 75: the server was late.
bed()
{
    for _ in 1 2 3 4 5; do
        "$BED/with_jack.sh" sh -c "$1" >bed.txt 2>&1
        bed_status=$?
        [ "$bed_status" = 75 ] || break
    done
    return "$bed_status"
}

LOOSEN_RECORDING=$WORK/named.f32
export LOOSEN_RECORDING
bed '"$LOOSEN" list devices >list.txt
    "$LOOSEN" play --scene-only shore --device nothing; echo "unknown: $?"
    "$LOOSEN" play --scene-only shore --device "JACK Audio"; echo "ambiguous: $?"' </dev/null
is 'devices are listed with channels and rate' \
    grep -qx 'system, JACK Audio Connection Kit, 2 channels, 48000 Hz (default)' list.txt
is 'all of them' grep -qx 'recorder, JACK Audio Connection Kit, 2 channels, 48000 Hz' list.txt
is 'an unknown device names those there are' grep -qE \
    'no audio device called "nothing"; there are: default, ALSA; .*recorder, JACK' bed.txt
is 'and fails with 4' grep -qx 'unknown: 4' bed.txt
is 'a name for several names them' grep -qE '"JACK Audio" could be one of .*system.*recorder' bed.txt
is 'and fails with 4, too' grep -qx 'ambiguous: 4' bed.txt

# A scene alone, for eighteen seconds.
expect 0 '5760000 frames' export --scene-only shore -t 2 --bits float -o shore.wav
ffmpeg -v error -i shore.wav -f f32le shore.f32
LOOSEN_RECORDING=$WORK/heard.f32
bed 'timeout -s INT 18 "$LOOSEN" play --scene-only shore -t 2 --device recorder' </dev/null
is 'the scene plays until it is interrupted' test $? = 124
is 'where it plays is shown' grep -q 'Playing on recorder, JACK Audio Connection Kit$' bed.txt
is 'and the scene is heard as it is exported' "$SAME" --begin shore.f32 heard.f32
unset LOOSEN_RECORDING

# A server that hangs: it is said, and q and Ctrl-C end the wait at once. Ctrl-C reaches the shell in the
# terminal, too, which has to live on to tell how the player ended: dash would die of it without a trap.
cat >hanging.sh <<'EOF'
kill -STOP "$LOOSEN_JACK_PID"
(sleep 3; printf "$1"; sleep 2) |
    timeout -s KILL 7 script -qec "trap : INT; '$LOOSEN' play --scene-only shore; echo ended: \$?" /dev/null
kill -CONT "$LOOSEN_JACK_PID"
EOF
bed 'sh hanging.sh q'
is 'waiting for a device is told' grep -q 'waiting for the sound device; q leaves' bed.txt
is 'q ends the wait' grep -q 'ended: 0' bed.txt
bed 'sh hanging.sh "\003"'
is 'Ctrl-C ends the wait' grep -q 'ended: 130' bed.txt

# What audio libraries print when their server dies stays in the worker. First that there is something.
cat >dying.sh <<'EOF'
"$LOOSEN" play --scene-only shore -t 2 --device system >out.txt 2>err.txt &
player=$!
sleep 2
ls -l /proc/"$(pgrep -P $player -f 'worker speaker')"/fd/2 >stderr.txt
kill -KILL "$LOOSEN_JACK_PID"
sleep 4
kill -TERM $player
wait $player
echo "ended: $?"
EOF
bed 'LOOSEN_WORKER_STDERR=1 sh dying.sh' </dev/null
is 'libraries do talk' grep -qi jack err.txt
bed 'sh dying.sh' </dev/null
is 'the player lives on' grep -qx 'ended: 143' bed.txt
is 'nobody hears them' sh -c '! grep -vE "^loosen: " err.txt'
is 'nor can they block' grep -q -- '-> /dev/null' stderr.txt
is 'the loss is told' grep -q 'device is gone' out.txt

# Another device than the one that was lost does not begin to speak by itself.
sed 's/--device system//' dying.sh >other.sh
bed 'sh other.sh' </dev/null
is 'another device is taken' grep -q 'A device is there again' out.txt
is 'but it does not speak by itself' grep -q 'Paused' out.txt
is 'nor go on' sh -c '! grep -q "Going on" out.txt'

finish
