# SPDX-License-Identifier: GPL-3.0-or-later
# A script of one's own from four questions on a real terminal (tmux), and from options.
. "$(dirname "$0")/harness.sh"
TMUX_SOCKET=loosen-new-$$
unset TMUX

# By options, where nobody can be asked: to the standard output, or into a file.
expect 0 '^title: +My Quiet Time$' new
is 'nothing is said beside it' test ! -s err.txt
cp out.txt default.session
expect 0 '' check default.session
is 'and nothing is told of it' sh -c '! grep -q "error\|warning" out.txt'
expect 0 'length: +6m..15m, natural 10m' new -
is 'a - is the standard output' cmp -s out.txt default.session
expect 0 'my-hour.session is written' new my-hour.session --kind rest --position bed -t 1h --lang de
is 'what goes into a file is not printed' test ! -s out.txt
for line in 'title:    My hour' 'language: de' 'length:   36m..1h[0-9]*m, natural 1h' 'position: bed' 'need:     rest'; do
    is "the file has $line" grep -qx "$line" my-hour.session
done
expect 0 '' check my-hour.session
expect 0 'Lass die Hände schwer sein' plan my-hour.session
cp my-hour.session before.session
expect 2 'my-hour.session exists already' new my-hour.session
is 'a file that is there stays' cmp -s my-hour.session before.session
expect 0 'is written' new my-hour.session --force --title 'Bis <least>, {side}'
is 'and is replaced by --force' grep -qx 'title:    Bis <least>, {side}' my-hour.session
expect 0 '' check my-hour.session
for kind in touch move breath rest; do
    "$LOOSEN" new --kind $kind --position floor 2>err.txt </dev/null >made.session
    expect 0 '' check made.session
    is "nothing is told of $kind" sh -c '! grep -q "error\|warning" out.txt'
    expect 0 '10:00' plan made.session
done
for word in '{length}' '{left}' '^+ ' '^++ ' '^~ ' '@pause' '@sides left, right' 'first: ' '@contact ' 'out: ' \
    '@rest ' '@notice pressure' '^// .*++' '^== Arrive  16s at '; do
    "$LOOSEN" new --kind touch </dev/null >touch.session 2>err.txt
    is "a session with touch shows $word" grep -q -e "$word" touch.session
done

# What cannot be.
expect 2 'new takes one file' new a b
expect 2 'every session has 2 to 90 minutes' new -t 1
expect 2 'every session has 2 to 90 minutes' new -t 91
expect 2 'position takes PLACE, not "sofa": chair, standing, floor, lying or bed' new --position sofa
expect 2 'kind takes KIND, not "massage": touch' new --kind massage
expect 2 'it cannot be called that: "Heal" is a claim' new --title 'Heal my back'
expect 2 'it cannot be called that' new 'heal-me.session'
is 'nothing was written' test ! -e heal-me.session
expect 2 'there is no language "xx"|xx' new --lang xx
expect 2 'no-folder' new no-folder/mine.session
mkdir -p data/scripts/en data/audio
cp "$SOURCE"/scripts/en/* data/scripts/en
cp "$SOURCE"/audio/* data/audio
printf 'title: T\n[touch sofa]\nWelcome to <nothing>.\n' >data/scripts/en/template
LOOSEN_DATA=data expect 3 'template:2:8: error: no kind, position or length: "sofa"' new
is 'every fault of a template is told' grep -q 'template:3:12: error: nothing stands for "<nothing>' err.txt
LOOSEN_DATA=data expect 3 'template:2:8: error' check data/scripts/en/template
rm data/scripts/en/template
LOOSEN_DATA=data expect 2 'data//?scripts/en/template: ' new
expect 0 '' check "$SOURCE/scripts/en/template" "$SOURCE/scripts/de/template"

# On a terminal.
tm()
{
    tmux -L "$TMUX_SOCKET" "$@"
}
shows()
{
    for _ in $(seq 200); do
        tm capture-pane -p -S - -t new >screen.txt 2>/dev/null
        grep -qE -e "$1" screen.txt && return 0
        sleep 0.1
    done
    cat screen.txt
    return 1
}
answer()
{
    tm send-keys -t new "$@"
}
# begin ARGUMENTS: the program, and its exit code when it has ended.
begin()
{
    rm -rf folder
    mkdir folder
    cat >run.sh <<END
trap : INT
cd folder
'$LOOSEN' new $1
echo "ended with \$?"
sleep 60
END
    tm kill-server 2>/dev/null
    within 5 eval '! tm has-session -t new 2>/dev/null'
    tm -f /dev/null new-session -d -s new -x 120 -y 40 'sh run.sh'
}
trap 'tm kill-server 2>/dev/null; rm -rf "$WORK"' EXIT

begin ''
is 'the title is asked' shows 'What is it for, or called\? \[My Quiet Time\]'
answer 'Cure my back' Enter
is 'a title that promises too much is refused' shows 'it cannot be called that'
is 'and asked again' shows 'called that.*$' && answer 'Müde, am Abend' Enter
is 'the position is asked' shows 'chair, standing, floor, lying or bed\? \[chair\]'
answer sofa Enter
is 'what is no position is told' shows '"sofa" is none of them: chair, standing, floor, lying, bed'
answer Bed Enter
is 'what is done is asked' shows 'or rest \(quiet\)\? \[breath\]'
answer massage Enter
is 'what is none of it is told' shows '"massage" is none of them: touch, move, breath, rest'
answer touch Enter
is 'the length is asked' shows 'usually, 2 to 90\? \[10\]'
answer 100 Enter
is 'a length that is none is told' shows '"100" is no length from 2 to 90 minutes'
answer 20 Enter
is 'the file is named after the title' shows 'müde-am-abend.session is written'
is 'all went well' shows 'ended with 0'
for line in 'title:    Müde, am Abend' 'position: bed' 'length:   12m..30m, natural 20m' '@notice pressure'; do
    is "it has $line" grep -qx "$line" folder/müde-am-abend.session
done
expect 0 '' check folder/müde-am-abend.session

begin 'later.session --kind rest -t 12'
is 'what is given is not asked; a file has a title' shows 'called\? \[Later\]'
answer Enter
is 'Return takes the default' shows '\[chair\]'
answer Enter
is 'and the session is made' shows 'ended with 0'
is 'with all defaults' grep -qx 'title:    Later' folder/later.session
is 'two questions were asked' test "$(grep -c '? \[' screen.txt)" = 2

begin '--title Taken --position chair --kind rest -t 5; loosen=again; set -- ; "'"$LOOSEN"'" new --kind rest -t 5'
is 'nothing is asked where all is given' shows 'taken.session is written'
is 'then the next begins' shows 'called\?'
answer Taken Enter
is 'a title whose file exists is refused' shows 'taken.session exists already'
answer 'Not Taken' Enter
is 'and another one is fine' shows '\[chair\]'
answer q Enter
is 'q leaves' shows 'nothing was written'
is 'with 0' shows 'ended with 0'
is 'and without a file' test "$(ls folder)" = taken.session

begin ''
is 'it asks' shows 'called\?'
answer C-c
is 'Ctrl-C leaves' shows 'nothing was written'
is 'with 128 + 2' shows 'ended with 130'
is 'and nothing is there' test -z "$(ls folder)"

begin ''
is 'it asks' shows 'called\?'
answer C-d
is 'the end of input leaves' shows 'nothing was written'
is 'with 0' shows 'ended with 0'
is 'and nothing is there' test -z "$(ls folder)"

begin '>made.session'
is 'questions do not go where the script goes' shows 'called\?'
answer Enter Enter Enter Enter
is 'the script goes to the standard output' shows 'ended with 0'
expect 0 '' check folder/made.session
is 'and is whole' grep -q '^== Return' folder/made.session
finish
