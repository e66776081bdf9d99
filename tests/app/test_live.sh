# What is heard is what is exported: a session of two minutes through the real program, PortAudio and a
# JACK server, recorded, against its export as float. Then the same with a device that is lost.
. "$(dirname "$0")/harness.sh"
HERE=$SOURCE/tests/app
BED=$SOURCE/tests/live
SAME=$3
export LOOSEN_RECORDER=$4
export LOOSEN_LIVE_LIMIT=200

expect 0 '5760000 frames' export "$HERE/two-minutes.session" -t 2 --bits float -o two.wav
ffmpeg -v error -i two.wav -f f32le two.f32

# The recorder is the device that is played on, so that not even the first frame is missed. A run in
# which the server says that it was late (75) proves nothing and is done again.
live()
{
    for _ in 1 2 3 4 5; do
        LOOSEN_RECORDING=$WORK/$1.f32 "$BED/with_jack.sh" sh -c "$2" >"$1.txt" 2>&1
        live_status=$?
        [ "$live_status" = 75 ] || break
    done
    return "$live_status"
}

live plain "'$LOOSEN' play '$HERE/two-minutes.session' -t 2 --device recorder"
is 'play ends with 0' test $? = 0
is 'live equals export' "$SAME" two.f32 plain.f32
is 'it told what was said' grep -q 'Lean in, slowly' plain.txt
is 'it told where it played' grep -q 'on recorder' plain.txt
is 'no gaps' sh -c '! grep -q 'too busy' plain.txt'

# The speaker's process is killed after half a minute: the session waits, goes on, and ends whole.
live lost "'$LOOSEN' play '$HERE/two-minutes.session' -t 2 --device recorder & player=\$!
    sleep 30; pkill -KILL -P \$player -f 'worker speaker'; wait \$player"
is 'a lost device is no failure' test $? = 0
is 'the loss was told' grep -q 'device is gone' lost.txt
is 'the return was told' grep -q 'device is back' lost.txt
is 'the end is the end of the export' "$SAME" --end two.f32 lost.f32

finish
