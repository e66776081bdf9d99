# SPDX-License-Identifier: GPL-3.0-or-later
# Sound devices from the command line: which there are, which is meant, one that does not answer, one that
# was away, and libraries that talk. A scene alone is heard as it is exported, and so is one line. Each part is a script that
# runs beside a private JACK server; three at a time, because they do little but wait.
. "$(dirname "$0")/harness.sh"
BED=$SOURCE/tests/live
SAME=$3
LINE=$SOURCE/tests/app/two-minutes.session:24
export LOOSEN BED LINE
export LOOSEN_RECORDER=$4
export LOOSEN_LIVE_LIMIT=150

# Run the script PART.sh in a folder of its own, with its words in bed.txt and, where it is wanted, what is
# heard in heard.f32; 75: the server was late.
#   part PART [heard.f32]
part()
{
    for _ in 1 2 3 4 5; do
        rm -rf "$1"
        mkdir "$1"
        (cd "$1" && XDG_STATE_HOME="$PWD/state" LOOSEN_RECORDING="${2:+$PWD/$2}" \
            "$BED/with_jack.sh" sh ../shared.sh "../$1.sh" >bed.txt 2>&1 </dev/null)
        [ $? = 75 ] || break
    done
}

# What the parts share: `within` of the harness, and a player in the background.
sed -n '/^within()/,/^}/p' "$SOURCE/tests/app/harness.sh" >shared.sh
cat >>shared.sh <<'EOF'
said() { grep -qsE -e "$2" "$1"; }
plays_on() {
    "$LOOSEN" play --scene-only shore -t 2 "$@" >out.txt 2>err.txt &
    player=$!
    within 30 said out.txt 'Playing on'
}
ends() {
    kill "$1" $player
    wait $player
    echo "ended: $?"
}
. "$1"
EOF

cat >named.sh <<'EOF'
"$LOOSEN" list devices >list.txt
"$LOOSEN" play --scene-only shore --device nothing; echo "unknown: $?"
"$LOOSEN" play --scene-only shore --device "JACK Audio"; echo "ambiguous: $?"
"$LOOSEN" say "$LINE" --device recorder; echo "said: $?"
EOF

# A scene alone, for a while.
cat >scene.sh <<'EOF'
plays_on --device recorder
sleep 12
ends -INT
EOF

# A server that hangs: it is said, and q and Ctrl-C end the wait at once. Ctrl-C reaches the shell in the
# terminal, too, which has to live on to tell how the player ended: dash would die of it without a trap.
cat >hanging.sh <<'EOF'
hang() {
    kill -STOP "$LOOSEN_JACK_PID"
    (within 20 said "$1.txt" 'waiting for the sound device'
        printf "$2"
        within 20 said "$1.txt" 'ended: ') |
        timeout -s KILL 45 script -qefc \
            "trap : INT; '$LOOSEN' play --scene-only shore; echo ended: \$?" "$1.txt"
    kill -CONT "$LOOSEN_JACK_PID"
}
hang q q
hang interrupt '\003'
EOF

# What audio libraries print when their server dies stays in the worker. First that there is something.
cat >dying.sh <<'EOF'
plays_on --device system
ls -l /proc/"$(pgrep -P $player -f 'worker speaker')"/fd/2 >stderr.txt
kill -KILL "$LOOSEN_JACK_PID"
within 30 said out.txt 'device is gone'
sleep 2 # in which it is tried again
ends -TERM
EOF
(echo 'export LOOSEN_WORKER_STDERR=1' && cat dying.sh) >talking.sh

# Another device than the one that was lost does not begin to speak by itself.
cat >other.sh <<'EOF'
plays_on
kill -KILL "$LOOSEN_JACK_PID"
within 30 said out.txt 'A device is there again'
sleep 1 # in which it does not go on
ends -TERM
EOF

# Nor does the one that was lost, after more than half a minute; after less it goes on.
cat >away.sh <<'EOF'
begin_server() {
    "$BED/jack_server.sh" </dev/null >jackd.txt 2>&1 &
    server=$!
    within 10 timeout -s KILL 2 jack_lsp >/dev/null 2>&1
}
plays_on --device system
kill -TERM "$LOOSEN_JACK_PID"
within 30 said out.txt 'device is gone'
begin_server
within 30 said out.txt 'device is back. Going on'
cp out.txt short.txt
kill -TERM $server
sleep 32
begin_server
within 30 said out.txt 'A device is there again'
sleep 1 # in which it does not go on
ends -TERM
kill -TERM $server
wait $server
EOF

part away &
away=$!
(part talking; part dying; part other; part named heard.f32) &
lost=$!
(part scene heard.f32; part hanging) &
heard=$!
expect 0 '5760000 frames' export --scene-only shore -t 2 --bits float -o shore.wav
ffmpeg -v error -i shore.wav -f f32le shore.f32 </dev/null
expect 0 '' say "$LINE" --bits float -o line.wav
ffmpeg -v error -i line.wav -f f32le line.f32 </dev/null
wait $away $lost $heard

is 'devices are listed with channels and rate' \
    grep -qx 'system, JACK Audio Connection Kit, 2 channels, 48000 Hz (default)' named/list.txt
is 'all of them' grep -qx 'recorder, JACK Audio Connection Kit, 2 channels, 48000 Hz' named/list.txt
is 'an unknown device names those there are' grep -qE \
    'no audio device called "nothing"; there are: default, ALSA; .*recorder, JACK' named/bed.txt
is 'and fails with 4' grep -qx 'unknown: 4' named/bed.txt
is 'a name for several names them' grep -qE '"JACK Audio" could be one of .*system.*recorder' named/bed.txt
is 'and fails with 4, too' grep -qx 'ambiguous: 4' named/bed.txt
is 'a line is said' grep -qx 'said: 0' named/bed.txt
is 'on both sides' sh -c 'grep -q "The left side" named/bed.txt && grep -q "The right side" named/bed.txt'
is 'as it is exported' "$SAME" line.f32 named/heard.f32

is 'the scene plays until it is interrupted' grep -qx 'ended: 130' scene/bed.txt
is 'where it plays is shown' grep -q 'Playing on recorder, JACK Audio Connection Kit$' scene/out.txt
is 'and the scene is heard as it is exported' "$SAME" --begin shore.f32 scene/heard.f32

is 'waiting for a device is told' grep -q 'waiting for the sound device; q leaves' hanging/q.txt
is 'q ends the wait' grep -q 'ended: 0' hanging/q.txt
is 'Ctrl-C ends the wait' grep -q 'ended: 130' hanging/interrupt.txt

is 'libraries do talk' grep -qi jack talking/err.txt
is 'the player lives on' grep -qx 'ended: 143' dying/bed.txt
is 'nobody hears them' sh -c '! grep -vE "^loosen: " dying/err.txt'
is 'nor can they block' grep -q -- '-> /dev/null' dying/stderr.txt
is 'the loss is told' grep -q 'device is gone' dying/out.txt

is 'another device is taken' grep -q 'A device is there again' other/out.txt
is 'but it does not speak by itself' grep -q 'Paused' other/out.txt
is 'nor go on' sh -c '! grep -q "Going on" other/out.txt'

is 'what was away shortly goes on' grep -q 'device is back. Going on' away/short.txt
is 'what was away long is there again' grep -q 'A device is there again' away/out.txt
is 'but does not speak by itself' grep -q 'Paused' away/out.txt
is 'nor go on' test "$(grep -c 'Going on' away/out.txt)" = 1

[ "$failed" = 0 ] || tail -n 20 ./*/bed.txt
finish
