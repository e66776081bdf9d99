# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the command-line tests: run the program, check its exit code and what it said.
#   expect CODE 'ERE' ARGS...   exit code, and a pattern that stdout or stderr must match; the program is
#                              killed after DEADLINE seconds (120)
# Each expectation prints a line; finish prints the sum and fails if any failed or none ran.
# What terminals and tmux run commands with: a user of a build machine may have none.
export SHELL=/bin/sh
# Sessions, scenes and words of whoever runs the tests are left alone.
export XDG_DATA_HOME=/nonexistent
LOOSEN=$1
SOURCE=$2
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
cd "$WORK" || exit 1
passed=0
failed=0

pass()
{
    passed=$((passed + 1))
    echo "ok   $1"
}

fail()
{
    failed=$((failed + 1))
    echo "FAIL $1"
    [ $# -lt 2 ] || echo "     $2"
}

expect()
{
    code=$1
    pattern=$2
    shift 2
    timeout -s KILL "${DEADLINE:-120}" "$LOOSEN" "$@" >out.txt 2>err.txt </dev/null
    got=$?
    if [ "$got" != "$code" ]; then
        fail "loosen $*" "exit $got instead of $code: $(head -c 300 err.txt)"
    elif [ -n "$pattern" ] && ! cat out.txt err.txt | grep -qE -e "$pattern"; then
        fail "loosen $*" "nothing matches /$pattern/: $(cat out.txt err.txt | head -c 300)"
    else
        pass "loosen $*"
    fi
}

# within SECONDS COMMAND...: wait until the command succeeds; false when it does not in that time.
within()
{
    within_end=$(($(date +%s) + $1))
    shift
    until "$@"; do
        [ "$(date +%s)" -le "$within_end" ] || return 1
        sleep 0.1
    done
}

# is NAME COMMAND...: the command must succeed.
is()
{
    name=$1
    shift
    if "$@"; then pass "$name"; else fail "$name"; fi
}

finish()
{
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
