# SPDX-License-Identifier: GPL-3.0-or-later
# loosen between other programs: what it writes to them.
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

finish
