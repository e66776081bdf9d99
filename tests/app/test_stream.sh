# SPDX-License-Identifier: GPL-3.0-or-later
# `-o -`: sound on the standard output, and nothing else there.
. "$(dirname "$0")/harness.sh"

"$LOOSEN" export slow-tide -t 2 -o - 2>err.txt >stream.wav
is 'a stream to a file is exit 0' test $? = 0
is "one line about it, on stderr: $(cat err.txt)" sh -c 'test "$(wc -l <err.txt)" = 1'
expect 0 '' export slow-tide -t 2 -o file.wav
samples()
{
    sox "$1" -t raw -e signed -b 16 - | sha256sum
}
is 'the samples of the file' test "$(samples stream.wav)" = "$(samples file.wav)"
is 'sox counts all frames of a stream' test "$("$LOOSEN" export slow-tide -t 2 -o - 2>/dev/null | sox -t wav - -t raw - | wc -c)" = 23040000
is 'ffmpeg does, too, and has nothing to say' sh -c "'$LOOSEN' export slow-tide -t 2 -o - 2>/dev/null | ffmpeg -v error -i - -f s16le -y got.raw 2>warn.txt; test ! -s warn.txt -a \$(stat -c %s got.raw) = 23040000"
expect 2 '' export slow-tide -t 2 -o - --json
expect 2 '[.]manifest.* beside the standard output' export slow-tide -t 2 -o - --manifest
script -qec "'$LOOSEN' export slow-tide -t 2 -o -" /dev/null >shown.txt </dev/null
is 'a terminal gets no sound' sh -c "grep -q 'which a terminal cannot show' shown.txt && test \$(wc -c <shown.txt) -lt 300"
"$LOOSEN" export slow-tide -t 60 -o - 2>err.txt | head -c 1000 >/dev/null
is 'a reader that goes away ends it' grep -qi 'standard output' err.txt

# What an export is made from is not written over, whatever it is called.
printf 'My notes\n\nSit down, and rest your hands in your lap.\nLet the shoulders hang.\n' >notes.txt
cp notes.txt kept.txt
expect 2 'notes.txt would be written over' export notes.txt -t 12 -o notes.wav --transcript --force
is 'the script is as it was' cmp notes.txt kept.txt
is 'and nothing was written' test ! -e notes.wav

finish
