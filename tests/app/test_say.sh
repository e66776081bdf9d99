# SPDX-License-Identifier: GPL-3.0-or-later
# One line of a script, spoken into a file. (That it is heard so, too, is for test_device.)
. "$(dirname "$0")/harness.sh"
cat >mine.session <<'END'
title:    Mine
language: en
length:   2m..10m, natural 3m
notice:   none

== A
Welcome. {length} for your shoulders.
@sides left, right
  Lower the {side} shoulder, and let it hang.
  second: Let the {other} one hang, too.
@end
@rest 10s..10m
END
said()
{
    soxi -s "$1"
}

expect 0 '' say mine.session:7 -o ten.wav -t 10
expect 0 '' say mine.session:7 -o three.wav
is 'the length is that of the session' sh -c '! cmp -s ten.wav three.wav'
expect 0 '' say mine.session:9 -o both.wav
expect 0 '' say mine.session:10 -o one.wav
is 'what is said on both sides is said twice' test "$(said both.wav)" -gt "$(($(said one.wav) * 3 / 2))"
expect 0 '' say mine.session:9 --rate 100 --no-scene -o slow.flac
is 'options of the voice count' test "$(said slow.flac)" -gt "$(said both.wav)"
is 'it is as loud as it will be' sh -c "ffmpeg -nostdin -i both.wav -af ebur128 -f null - 2>&1 |
    awk '/^ *I:/ { level = \$2 } END { exit !(level > -24 && level < -16) }'"
"$LOOSEN" say -o piped.wav -- -:9 <mine.session
"$LOOSEN" say /dev/stdin:9 -o named.wav <mine.session
same()
{
    sox "$1" -t f32 a.raw && sox "$2" -t f32 - | cmp - a.raw
}
is 'a script that is piped in' same both.wav piped.wav
is "by its other name, too" same both.wav named.wav

expect 0 '' say wall-ball:29 -o shipped.wav
expect 2 'both.wav exists already' say mine.session:9 -o both.wav
expect 0 '' say mine.session:9 -o both.wav --force
expect 2 'mine.session:8:1: no spoken line begins here; the nearest is line 7' say mine.session:8
expect 2 'such as: loosen say my.session:23' say mine.session
expect 2 'such as: loosen say my.session:23' say
expect 2 '' say missing.session:3
finish
