# SPDX-License-Identifier: GPL-3.0-or-later
# What was heard can be exported: a session played through the real program, PortAudio and a JACK server
# while keys change it, recorded as sound and as a list of what was done. The export of the list is the
# same sound, sample by sample, to the end of the closing fade. Two sessions are played side by side.
. "$(dirname "$0")/harness.sh"
BED=$SOURCE/tests/live
SAME=$3
export LOOSEN_RECORDER=$4
export LOOSEN_LIVE_LIMIT=170
unset TMUX

tm()
{
    tmux -L "$socket" "$@"
}

# Wait until the screen shows a pattern, 30 s at most.
shows()
{
    for _ in $(seq 300); do
        tm capture-pane -p -S - -t play >screen.txt 2>/dev/null
        grep -qE -e "$1" screen.txt && return 0
        sleep 0.1
    done
    cat screen.txt
    return 1
}

# Press keys with so many seconds behind each.
press()
{
    while [ $# -gt 1 ]; do
        tm send-keys -t play "$1"
        sleep "$2"
        shift 2
    done
}

# What is told is checked on the way.
to_the_farewell()
{
    shows '0:[12][0-9] ' || return 1
    press V 2 n 4 b 1 b 3 r 4
    press n 3 n 3 + 4 p 5 m 1 m 4
    press n 5 n 4 + 6
    shows 'Next step' && shows 'Voice \+1 dB|Voice off' || return 1
    press q 1
    shows 'ended with 0'
}

# At its shortest a session has nothing that could fill a bout that is left: it ends earlier, by itself.
to_an_early_end()
{
    shows '0:[12][0-9] ' || return 1
    press n 4 n 4
    shows '[0-9] breaths with the wave' || shows '[0-9] breaths with the wave' || return 1
    for _ in 1 2 3 4; do # until too little is left
        press n 6
        tm capture-pane -p -S - -t play | grep -q earlier && break
    done
    shows 'It will end ([0-9]+ min )?([0-9]+ s )?earlier\.' || return 1
    for _ in 1 2 3; do
        shows 'ended with 0' && return 0
    done
    return 1
}

# play_with NAME KEYS OPTIONS...: in a folder, a terminal and a server of its own. A run in which the server
# was late proves nothing and is done again.
play_with()
{
    mkdir "$1" && cd "$1" || return 1
    socket=loosen-record-$1-$$
    keys=$2
    shift 2
    cat >run.sh <<END
'$LOOSEN' play $* --plain --yes --levels voice=-1 --device recorder --record heard.log
echo "ended with \$?"
sleep 60
END
    cat >inside.sh <<END
tmux -L '$socket' -f /dev/null new-session -d -s play -x 100 -y 50 'sh run.sh'
while tmux -L '$socket' has-session -t play 2>/dev/null; do sleep 0.2; done
END
    for _ in 1 2 3 4; do
        rm -f heard.log heard.f32
        LOOSEN_RECORDING=$PWD/heard.f32 "$BED/with_jack.sh" sh inside.sh >bed.txt 2>&1 &
        bed=$!
        "$keys" && : >played
        tm kill-server
        wait "$bed"
        echo $? >bed_status
        grep -qx 75 bed_status || break
        rm -f played
    done
}

# judge NAME
judge()
{
    cat "$1/bed.txt" "$1/heard.log"
    is "$1: it played, and did what the keys say" test -e "$1/played"
    is 'the bed was good' grep -qx 0 "$1/bed_status"
    expect 0 'frames' export --replay "$1/heard.log" --bits float -o "$1/again.wav"
    ffmpeg -y -v error -i "$1/again.wav" -f f32le "$1/again.f32" </dev/null
    is 'the export is what was heard' "$SAME" "$1/again.f32" "$1/heard.f32"
}

play_with early to_an_early_end slow-tide -t 2 &
early=$!
play_with farewell to_the_farewell desk-reset -t 4 &
farewell=$!
trap 'kill $early $farewell 2>/dev/null; for name in early farewell; do
    tmux -L "loosen-record-$name-$$" kill-server 2>/dev/null; done; wait; rm -rf "$WORK"' EXIT
wait $early $farewell

judge early
is 'the end came by itself' sh -c 'test -s early/heard.log && ! grep -q close early/heard.log'
is 'and it came earlier' test "$(stat -c %s early/again.f32)" -lt $((120 * 48000 * 8))

judge farewell
is 'the record names the session' grep -qx 'word desk-reset' farewell/heard.log
is 'steps are recorded' grep -qE '^at [0-9]+ next$' farewell/heard.log
is 'levels are recorded' grep -qE '^at [0-9]+ level voice 1$' farewell/heard.log
is 'the end is recorded' grep -qE '^at [0-9]+ close [0-9]+$' farewell/heard.log
expect 1 'exists' play desk-reset --yes --record farewell/heard.log

# A record is read strictly, with the place of a fault.
fault()
{
    printf "$1" >bad.log
    expect 3 "bad.log:$2" export --replay bad.log -o bad.wav
}
fault 'loosen record 2\n' 1:1
fault 'loosen record 1\nword desk-reset\nat x next\n' 3:4
fault 'loosen record 1\nword desk-reset\nat 128 jump\n' 3:8
fault 'loosen record 1\nword desk-reset\nat 128 level drum 1\n' 3:14
fault 'loosen record 1\nword desk-reset\nat 128 level cue loud\n' 3:18
fault 'loosen record 1\nword desk-reset\nat 128 next on\n' 3:13
fault 'loosen record 1\nword desk-reset\nup 128\n' 3:1
fault 'loosen record 1\n' '2:1'
expect 2 'replay' export wall-ball --replay farewell/heard.log
is 'no file was left' test ! -e bad.wav

finish
