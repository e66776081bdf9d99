# SPDX-License-Identifier: GPL-3.0-or-later
# The same bytes on one processor as on all, in every format; tests/app/compilers.sh has two compilers.
. "$(dirname "$0")/harness.sh"
is 'there is more than one processor to compare with' test "$(nproc)" -gt 1
for name in a.wav a.flac a.ogg a.opus a.mp3; do
    expect 0 '5760000 frames' export slow-tide -t 2 -o "$name"
    taskset -c 0 "$LOOSEN" export slow-tide -t 2 -o "one-$name" 2>err.txt
    is "the same bytes on one processor, $name" cmp "$name" "one-$name"
    rm -f "$name" "one-$name"
done
finish
