# SPDX-License-Identifier: GPL-3.0-or-later
# Keys and signals in a real terminal (tmux), playing through a real JACK server: pause, gentle end,
# Ctrl-C, and the terminal afterwards.
. "$(dirname "$0")/harness.sh"
HERE=$SOURCE/tests/app
BED=$SOURCE/tests/live
export LOOSEN_LIVE_LIMIT=230
TMUX_SOCKET=loosen-test-$$
unset TMUX

tm()
{
    tmux -L "$TMUX_SOCKET" "$@"
}

# Wait until the screen shows a pattern, 40 s at most.
shows()
{
    for _ in $(seq 400); do
        tm capture-pane -p -S - -t play >screen.txt 2>/dev/null
        grep -qE -e "$1" screen.txt && return 0
        sleep 0.1
    done
    cat screen.txt
    return 1
}

export XDG_STATE_HOME="$WORK/state"
cat >run.sh <<EOF
trap : INT # the shell survives the Ctrl-C that is meant for the player
stty -a >before.txt
'$LOOSEN' play '$HERE/two-minutes.session' -t 2 --plain
echo "ended with \$?"
stty -a >after.txt
echo "second run"
'$LOOSEN' play '$HERE/two-minutes.session' -t 2 --plain
echo "stopped with \$?"
echo "third run"
'$LOOSEN' play '$HERE/two-minutes.session' -t 2 --plain
echo "left with \$?"
sleep 60
EOF
cat >inside.sh <<EOF
tmux -L '$TMUX_SOCKET' -f /dev/null new-session -d -s play -x 80 -y 24 'sh run.sh'
while tmux -L '$TMUX_SOCKET' has-session -t play 2>/dev/null; do sleep 0.2; done
EOF
"$BED/with_jack.sh" sh inside.sh >bed.txt 2>&1 &
bed=$!
trap 'tm kill-server 2>/dev/null; wait "$bed"; rm -rf "$WORK"' EXIT

is 'the session shows its name' shows 'Two Minutes +2:00'
is 'the notice is printed' shows 'health professional'
is 'and is to be confirmed' shows 'Return: I have read this'
is 'nothing plays before' sh -c '! grep -q "Playing on" screen.txt'
tm send-keys -t play Enter
is 'the session starts' shows 'Playing on '
is 'the confirmation is kept' grep -qE '^en [0-9]+$' state/loosen/notices
is 'the first line comes' shows '0:0[67] +Welcome'
tm send-keys -t play Space
is 'space pauses' shows 'Paused'
sleep 2
tm send-keys -t play Space
is 'space goes on' shows 'Going on'
clock=$(sed -n 's/^ *\([0-9]*:[0-9]*\)  Going on.*/\1/p' screen.txt)
paused=$(sed -n 's/^ *\([0-9]*:[0-9]*\)  Paused.*/\1/p' screen.txt)
is "the session's clock stood still: $paused, $clock" awk "BEGIN { split(\"$paused\", a, \":\");
    split(\"$clock\", b, \":\"); d = (b[1] - a[1]) * 60 + b[2] - a[2]; exit !(d >= 0 && d <= 1) }"
tm send-keys -t play Up Left
tm send-keys -t play t
is 't tells the time' shows '[0-9]:[0-9][0-9] of 2:00, 1:[0-9][0-9] left'
told=$(sed -n 's/.* \([0-9]\):\([0-9]*\) of 2:00, \([0-9]\):\([0-9]*\) left.*/\1 \2 \3 \4/p' screen.txt)
is "and what is left of it: $told" awk "BEGIN { split(\"$told\", a, \" \");
    exit !((a[1] + a[3]) * 60 + a[2] + a[4] == 120) }"
tm send-keys -t play V v v
is 'levels go up' shows 'Voice \+2 dB\.'
is 'and down' shows 'Voice -2 dB\.'
tm send-keys -t play m
is 'the voice goes off' shows 'Voice off'
tm send-keys -t play m
is 'and on' shows 'Voice on'
tm send-keys -t play '?'
is 'all keys are told' shows 'space: pause, and go on'
tm send-keys -t play q
is 'q ends gently' shows 'Ending gently'
is 'with a few words' shows 'Ease away'
is 'it says how far it went' shows 'Two Minutes: 0:[0-9][0-9] of 2:00'
is 'and then with 0' shows 'ended with 0'
is 'the terminal is as before' cmp before.txt after.txt
is 'the second run begins' shows 'second run'
for _ in $(seq 100); do
    shows 'second run' >/dev/null
    [ "$(grep -c 'Playing on' screen.txt)" = 2 ] && break
    sleep 0.1
done
is 'it plays' test "$(grep -c 'Playing on' screen.txt)" = 2
is 'and does not ask again' test "$(grep -c 'Return: I have read' screen.txt)" = 1
sleep 3
tm send-keys -t play C-c
is 'Ctrl-C is 128 + 2' shows 'stopped with 130'

# With the voice off the few words are read, and nothing more is asked for.
third()
{
    sed -n '/third run/,$p' screen.txt
}
for _ in $(seq 200); do
    shows 'third run' >/dev/null
    third | grep -qE '[0-9]:[0-9][0-9] +For your safety' && break
    sleep 0.1
done
tm send-keys -t play m q
is 'q leaves with the voice off' shows 'left with 0'
third >third.txt
is 'the words are read' grep -q 'Ease away' third.txt
is 'and are the last' test "$(sed -n '/Ease away/,$p' third.txt | grep -c '^ *[0-9]:[0-9][0-9] ')" = 1
tm kill-server

finish
