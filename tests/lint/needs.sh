#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: needs.sh SOURCE_DIR
# What ./dev would install on a machine where nothing is: no sound server and no browser for a build,
# and for the C tests cmocka alone. Nothing is installed: apt-get and all others only say what they
# were asked for.
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/tree"
cp "$1/dev" "$work/tree/dev" || exit 2
cd "$work/tree" || exit 2
for name in dpkg-query apt-get cmake ctest; do
    cat >"$work/bin/$name" <<'STUB'
#!/bin/sh
echo "${0##*/} $*" >>"$CALLS"
[ "${0##*/}" != dpkg-query ] # nothing is installed
STUB
done
cat >"$work/bin/sudo" <<'STUB'
#!/bin/sh
exec "$@"
STUB
chmod +x "$work/bin"/*
status=0

# asked VERB: the packages that ./dev VERB installs, one a line.
asked()
{
    : >"$work/calls"
    CALLS=$work/calls PATH=$work/bin:$PATH ./dev "$1" >"$work/out" 2>&1 || {
        cat "$work/out"
        echo "./dev $1 failed"
        exit 1
    }
    sed -n 's/^apt-get install //p' "$work/calls" | tr ' ' '\n' | grep -v '^-' | sort
}

fault()
{
    echo "$1"
    status=1
}

asked build >build || exit 1
grep -q '^libsndfile1-dev$' build || fault 'a build does not ask for libsndfile1-dev'
[ "$(wc -l <build)" -gt 12 ] || fault 'a build asks for too little'
others=$(grep -E '^(jackd|libjack|pulse|chromium|ffmpeg|sox|clang|cppcheck|python|libcmocka|tmux)' build)
[ -z "$others" ] || fault "a build asks for $others"
grep -q '^cmake --preset release$' "$work/calls" || fault 'a build is not the release'

asked unit >unit || exit 1
[ "$(comm -13 build unit)" = libcmocka-dev ] || fault "the C tests ask for $(comm -13 build unit)"
grep -q '^ctest --test-dir build/unit' "$work/calls" || fault 'the C tests are not run'

asked test >test || exit 1
grep -q '^jackd2$' test || fault 'the tests do not ask for jackd2'
exit $status
