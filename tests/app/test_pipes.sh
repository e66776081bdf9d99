# SPDX-License-Identifier: GPL-3.0-or-later
# loosen between other programs: what they write to it, and what it writes to them.
. "$(dirname "$0")/harness.sh"

# unread ARGS...: run with a standard output whose reader has gone already.
unread()
{
    timeout -s KILL 120 python3 -c 'import os, subprocess, sys
reader, writer = os.pipe()
os.close(reader)
sys.exit(subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=writer).returncode)' \
        "$LOOSEN" "$@" 2>err.txt
    unread_code=$?
    is "nobody reads: loosen $* is 141 without a word" test "$unread_code" = 141 -a ! -s err.txt
}

printf 'title: T\nlanguage: en\nlength: 2m..9m, natural 2m\nnotice: none\n\n== One\nSit & rest.\n@rest 1m..9m\n' >mine.session
unread
unread --help
unread --version
unread help plan
unread list
unread list scenes
unread list --json
unread plan wall-ball
unread plan wall-ball --json
unread plan wall-ball --svg -
unread plan wall-ball --transcript
unread check mine.session
unread check mine.session --json
unread export slow-tide -t 2,3 -o '{minutes}.wav' --jobs-list

# Events of an export go with it: nothing is left of what nobody waits for.
unread export slow-tide -t 2 -o one.wav --json
is 'and nothing is written' test ! -e one.wav
unread export slow-tide -t 2,3 -j 2 -o '{minutes}.wav' --json
is 'nor of a batch' eval '! ls [23].wav 2>/dev/null'
expect 0 '' export slow-tide -t 2 -o made.wav --manifest
unread verify made.wav
is 'a full disk is another matter' sh -c "! '$LOOSEN' list >/dev/full 2>err.txt && grep -q 'cannot write to the standard output: No space left' err.txt"

# A session that another program writes.
printf 'Notes\n\nSit down slowly.\n\nRest & sit.\n' >notes.txt
from()
{
    file=$1
    code=$2
    pattern=$3
    shift 3
    timeout -s KILL 120 "$LOOSEN" "$@" <"$file" >out.txt 2>err.txt
    got=$?
    is "loosen $* with $file on the standard input is $code" \
        eval 'test $got = "$code" && cat out.txt err.txt | grep -qE -e "$pattern"'
}
expect 0 'Sit down slowly' plan notes.txt -t 3
cp out.txt plan.txt
for name in - /dev/stdin /dev/fd/0 /proc/self/fd/0; do
    from notes.txt 0 'Sit down slowly' plan $name -t 3
    is 'and it is the plan of the file' cmp -s out.txt plan.txt
    is 'warnings are told' grep -qx 'loosen: <stdin>: 1 warning; loosen check of the same text shows it' err.txt
done
# shellcheck disable=SC2002 # a pipe is what is tested
is 'a pipe will do' sh -c "cat notes.txt | '$LOOSEN' plan - -t 3 2>/dev/null | cmp - plan.txt"
is 'and another descriptor' sh -c "'$LOOSEN' plan /dev/fd/7 -t 3 7<notes.txt 2>/dev/null | cmp - plan.txt"
from notes.txt 0 '<stdin>:5:6: warning' check /dev/stdin
printf 'title: T\nlanguage: en\n== One\n@breath\n' >broken.session
from broken.session 3 '^<stdin>:4:1: error' plan -
from /dev/null 3 '<stdin>:1:1: error: the file says nothing' plan -
head -c 5000000 /dev/zero | tr '\0' x >large.txt
from large.txt 3 '<stdin>:1:1: error: the file is larger than 4 MiB' plan -
script -qec "'$LOOSEN' plan -" /dev/null >shown.txt </dev/null
is 'a terminal is not waited for' grep -q 'the standard input is a terminal: name a file' shown.txt
expect 2 'there is no session "-x"' plan -- -x

# Its export names it and holds its hash; what cannot be read again is not made again.
from notes.txt 0 'stdin-2m.wav' export - -t 2 --manifest
expect 0 '' export notes.txt -t 2 -o file.wav
sound()
{
    sox "$1" -t raw -e signed -b 16 - | sha256sum
}
is 'it has the sound of the file' test "$(sound stdin-2m.wav)" = "$(sound file.wav)"
is 'the manifest has its hash' grep -q "$(sha256sum <notes.txt | cut -c1-64)" stdin-2m.wav.manifest
is 'and says where it came from' grep -q '"name": "<stdin>"' stdin-2m.wav.manifest
expect 1 'not made again: its session came from <stdin>, which cannot be read again' verify stdin-2m.wav
expect 0 'the files are as the manifest says' verify --no-render stdin-2m.wav
from notes.txt 0 'there already, whole and the same' export - -t 2 --resume
echo 'One line more.' >>notes.txt
from notes.txt 2 'is not what this export makes .<stdin>: has changed' export - -t 2 --resume
from notes.txt 2 '<stdin> can be read once, for one export' export - -t 2,3
from notes.txt 2 '<stdin> can be read once, for one export' export - wall-ball --jobs-list
from notes.txt 2 'a record names its session, and <stdin> cannot be read again' play - --record heard
cp notes.txt kept.txt
from notes.txt 2 '<stdin> would be written over' export - -t 2 -o notes.wav --transcript --force
is 'the script is as it was' cmp notes.txt kept.txt

finish
