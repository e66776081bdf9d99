# SPDX-License-Identifier: GPL-3.0-or-later
# A recording as scene, live: under a session and alone, what is heard is what is exported, bit for bit,
# also when the file goes away meanwhile. What cannot be decoded ends the command before anything sounds.
. "$(dirname "$0")/harness.sh"
HERE=$SOURCE/tests/app
BED=$SOURCE/tests/live
SAME=$3
export LOOSEN LOOSEN_RECORDER=$4
export LOOSEN_LIVE_LIMIT=200
export XDG_STATE_HOME="$WORK/state"

# Run a command inside a private JACK server; 75: the server was late.
live()
{
    for _ in 1 2 3 4 5; do
        restore
        LOOSEN_RECORDING=$WORK/$1.f32 "$BED/with_jack.sh" sh -c "$2" >"$1.txt" 2>&1 </dev/null
        live_status=$?
        [ "$live_status" = 75 ] || break
    done
    return "$live_status"
}

restore()
{
    [ ! -e gone.flac ] || mv gone.flac waves/sea.flac
}

make_recording()
{
    ffmpeg -nostdin -loglevel error -y -f lavfi -i "anoisesrc=d=$2:c=pink:r=44100:seed=7:a=0.2" -ac 2 "$1"
}

mkdir waves
is 'ffmpeg makes a recording' make_recording waves/sea.flac 40
cat >sea.scene <<'END'
scene: sea
layer sea: file "waves/sea.flac", crossfade 1s, lowpass 1200..3000 by swell, follow breath 5 dB
layer bed: brown, lowpass 200, level -12 dB
END

# Under a session, in a recipe; the file goes away while it plays.
expect 0 '5760000 frames' export "$HERE/two-minutes.session" -t 2 --scene sea.scene --bits float -o two.wav
expect 0 '5760000 frames' export "$HERE/two-minutes.session" -t 2 --bits float -o shore.wav
is 'the recording is heard' sh -c '! cmp -s two.wav shore.wav'
ffmpeg -v error -i two.wav -f f32le two.f32
live session "timeout -s INT 45 '$LOOSEN' play '$HERE/two-minutes.session' -t 2 --scene sea.scene --device recorder & player=\$!
    sleep 20; mv waves/sea.flac gone.flac; wait \$player"
is 'the session plays until it is interrupted' test $? = 124
is 'the file was gone' test ! -e waves/sea.flac
is 'live equals export' "$SAME" --begin two.f32 session.f32
is 'without gaps' sh -c '! grep -q "too busy" session.txt'
restore

# By itself, for half a minute.
expect 0 '5760000 frames' export --scene-only waves/sea.flac -t 2 --bits float -o alone.wav
ffmpeg -v error -i alone.wav -f f32le alone.f32
live heard "timeout -s INT 30 '$LOOSEN' play --scene-only waves/sea.flac -t 2 --device recorder"
is 'the scene plays until it is interrupted' test $? = 124
is 'and is heard as it is exported' "$SAME" --begin alone.f32 heard.f32

# Nothing sounds when its recording is missing, or when the process that decodes it is killed.
silent()
{
    [ -s "$1" ] && [ "$(tr -d '\0' <"$1" | wc -c)" = 0 ]
}
heard()
{
    [ -s "$1" ] && ! silent "$1"
}
rm waves/sea.flac
live missing "'$LOOSEN' play '$HERE/two-minutes.session' --scene sea.scene --device recorder; echo ended: \$?; sleep 2"
is 'a missing recording is told' grep -q 'sea.scene:2:17: error: "waves/sea.flac" cannot be used: No such file' missing.txt
is 'and ends with 3' grep -qx 'ended: 3' missing.txt
is 'in silence' silent missing.f32
is 'ffmpeg makes a long recording' make_recording long.flac 330
live killed "'$LOOSEN' play --scene-only long.flac --device recorder & player=\$!
    until worker=\$(pgrep -P \$player -f 'worker decoder'); do kill -0 \$player || break; done
    kill -KILL \$worker; wait \$player; echo ended: \$?; sleep 2"
is 'a decoder that is killed is told' grep -q '"long.flac" cannot be used: the decoder broke down' killed.txt
is 'and ends with 3, too' grep -qx 'ended: 3' killed.txt
is 'in silence, too' silent killed.f32

# One that is longer than what is used says so, and plays.
live long "timeout -s INT 20 '$LOOSEN' play --scene-only long.flac -t 2 --device recorder"
is 'a long recording is told' grep -q '"long.flac" is long: its first 5 minutes are used' long.txt
is 'and is heard' heard long.f32

finish
