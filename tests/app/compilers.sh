#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the program with clang and compares 16-bit exports with those of LOOSEN, sample by sample: no
# sample may differ by more than one step of the 65,536. Part of ./dev nightly.
#   tests/app/compilers.sh LOOSEN SOURCE_DIR
set -eu
loosen=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake -S "$source" -B "$work/build" -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=Release \
    -DLOOSEN_TESTS=OFF >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
cmake --build "$work/build" --target loosen >"$work/log" 2>&1 || { tail -n 50 "$work/log"; exit 1; }
for case in 'slow-tide -t 2' 'wall-ball -t 7' 'slow-tide -t 2 --lang de --scene brook' \
    'slow-tide -t 2 --no-scene'; do
    rm -f "$work"/*.wav
    # shellcheck disable=SC2086 # a list of words
    "$loosen" export $case -o "$work/one.wav" 2>/dev/null
    # shellcheck disable=SC2086
    "$work/build/bin/loosen" export $case -o "$work/two.wav" 2>/dev/null
    python3 - "$case" "$work/one.wav" "$work/two.wav" <<'PYTHON'
import array, sys, wave
def samples(path):
    with wave.open(path) as file:
        data = array.array("h")
        data.frombytes(file.readframes(file.getnframes()))
        return data
one, two = samples(sys.argv[2]), samples(sys.argv[3])
assert len(one) == len(two) > 1000000, (len(one), len(two))
differences = [abs(a - b) for a, b in zip(one, two) if a != b]
print(f"{sys.argv[1]}: {len(differences)} of {len(one)} samples differ, by at most "
      f"{max(differences, default=0)}")
sys.exit(max(differences, default=0) > 1)
PYTHON
done
