# SPDX-License-Identifier: GPL-3.0-or-later
# What writers are told of a session of their own when they plan, play or export it.
. "$(dirname "$0")/harness.sh"

# A session of a few lines. session LENGTHS LINE...
session()
{
    printf 'title: Mine\nlanguage: en\nlength: %s\nnotice: none\n\n== One\n' "$1"
    shift
    printf '%s\n' "$@"
}

count()
{
    test "$(grep -c "$1" err.txt)" = "$2"
}

# Warnings: one line that says how to see them, once for each file, and nothing on stdout.
session '2m..10m, natural 2m' 'Sit down & rest.' '@rest 1s..10m' 'Stay & rest.' >'my own.session'
expect 0 "^loosen: my own.session: 2 warnings; loosen check 'my own.session' shows them\$" plan 'my own.session'
is 'on stderr' count ' 2 warnings; ' 1
is 'and nothing of it on stdout' eval '! grep -q warning out.txt'
expect 0 "2 warnings; loosen check 'my own.session'" export 'my own.session' -o own.wav
is 'once' count warning 1
expect 0 'my own.session: 2 warnings' export 'my own.session' -t 2,3 -j 2 -o '{minutes}-a.wav'
is 'once in a batch' count warning 1
expect 0 '"events"' plan 'my own.session' --json
is 'and programs get their JSON alone' test ! -s err.txt
session '2m..10m, natural 2m' 'Sit down.' '@rest 1s..10m' 'Stay & rest.' >./-one.session
expect 0 'loosen: ./-one.session: 1 warning; loosen check ./-one.session shows it' plan ./-one.session
session '2m..10m, natural 2m' 'Sit down.' '@rest 1s..10m' >good.session
expect 0 'Sit down' plan good.session
is 'nothing is said of a session without warnings' test ! -s err.txt
expect 0 '' plan wall-ball
is 'nor of one that is shipped' test ! -s err.txt
printf 'Notes\n\nSit down slowly.\n\nRest.\n' >notes.txt
expect 0 'Sit down' plan notes.txt -t 3
is 'nor of a plain text because it is one' test ! -s err.txt
printf 'Notes\n\nSit & rest.\n\nRest.\n' >notes.txt
expect 0 'notes.txt: 1 warning; ' plan notes.txt -t 3

# A line that the voice cannot speak (a letter of Javanese) is named with its place; plan shows what an export without it is.
session '2m..10m, natural 2m' 'Sit down.' '@rest 1s..10m' 'ꦲ' 'Stay.' '' 'ꦲ ꦲ' >letters.session
for command in plan 'export -o letters.wav'; do
    # shellcheck disable=SC2086 # words
    expect 1 '^loosen: letters.session:12:1: the voice cannot speak "ꦲ ꦲ"; 2 of 6 lines could not be spoken .--allow-missing' $command letters.session
    is "$command names the other, too" grep -q '^loosen: letters.session:9:1: the voice cannot speak "ꦲ"$' err.txt
done
is 'nothing was written' test ! -e letters.wav
expect 0 'letters.session:12:1: the voice cannot speak' plan letters.session --allow-missing
is 'and the rest is planned' grep -q 'Stay' out.txt
cp out.txt plan.txt
expect 0 'letters.session:9:1: the voice cannot speak' export letters.session --allow-missing -o letters.wav --transcript
is 'as it is exported' sh -c 'grep -q Stay letters.txt && grep -q Stay plan.txt'

# A length that it cannot have: how long its speech takes, and what to do. Others are no help.
awk 'BEGIN { print "Long"; for (i = 0; i < 60; i++) print "\nThe shoulders and the breath and the floor go on for quite a while in here." }' >long.txt
expect 2 'not 3:00; its lines take [0-9]+:[0-9]+ at least, [0-9]+:[0-9]+ of it speech alone: mark lines with \+ .*--rate.*ask for [0-9]+ minutes' plan long.txt -t 3
is 'no other session is offered' eval '! grep -qE "for that length|wall-ball" err.txt'
expect 2 'its lines take .* speech alone' export long.txt -t 3 -o x.wav
fits=$(sed -n 's/.*ask for \([0-9]*\) minutes.*/\1/p' err.txt)
expect 0 'The shoulders' plan long.txt -t "$fits"
awk 'BEGIN { print "Longest"; for (i = 0; i < 1500; i++) print "The shoulders and the breath and the floor go on for quite a while in here." }' >longest.txt
expect 2 'speech alone: .*, or cut it into several files' plan longest.txt -t 20
session '2m..20m, natural 2m' 'Sit down.' '@rest 1m..5m' 'Rise.' >short.session
expect 2 'not 10:00; its lines and rests fill 5:[0-9]+ at most: let a @rest grow' plan short.session -t 10
session '3m..5m, natural 4m' 'Sit down.' '@rest 1m..5m' 'Rise.' >narrow.session
expect 2 'narrow runs from 3:00 to 5:00, not 2:00; its lines can fill that: only its `length` says otherwise' plan narrow.session -t 2
expect 2 'not 7:00; its lines and rests fill 5:[0-9]+ at most' plan narrow.session -t 7
expect 2 'not 1:00; every session has 2 to 90 minutes' plan narrow.session -t 1
expect 2 'for that length there is: .*evening' plan wall-ball -t 45

# A silent sitting: bells and rests, and nothing is said.
session '10m..40m, natural 20m' @chime '@rest 1m..20m' @chime '@rest 1m..20m' @chime >bells.session
expect 0 '' check bells.session
is 'quiet that a bell rings in is meant' sh -c '! grep -q warning out.txt'
expect 0 '0:06  chime' plan bells.session -t 10
is 'bells and rests are all of it' test "$(grep -cE '^ +[0-9:]+  (chime|say)' out.txt)" = 3
expect 0 'a soft chime' plan bells.session -t 10 --captions srt
expect 0 '28800000 frames' export bells.session -t 10 -o bells.flac --transcript
is 'its transcript tells of bells' test "$(grep -c 'a soft chime' bells.txt)" = 3
sound()
{
    ffmpeg -v error -ss "$1" -t "$2" -i bells.flac -f s16le - | od -An -td2 -v | awk '
        { for (i = 1; i <= NF; i++) { sum += $i * $i; count++ } }
        END { printf "%.0f", 10 * log(sum / count / 32768 / 32768 + 1e-12) / log(10) }'
}
quiet=$(sound 60 3)
bell=$(sound 7 1)
is "a bell ($bell dB) is heard over the scene ($quiet dB), and no more than that" \
    test "$bell" -gt $((quiet + 2)) -a "$bell" -lt $((quiet + 11))
session '10m..40m, natural 20m' '@rest 1m..40m' >nothing.session
expect 3 'no line is spoken at every length' check nothing.session

finish
