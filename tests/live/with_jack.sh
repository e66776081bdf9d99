#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Run a command beside a private JACK server without hardware (48 kHz, 8192 frames, real time), and
# record what it plays, bit for bit.
#
#   LOOSEN_RECORDER=BUILD/tests/live/recorder [LOOSEN_RECORDING=FILE] [LOOSEN_LIVE_LIMIT=SECONDS] \
#       with_jack.sh COMMAND...
#
# LOOSEN_RECORDING becomes interleaved stereo float at 48 kHz without a header; silence stands before
# and after the sound. The recorder connects itself to whoever plays, which takes a moment: to have the
# very first frames too, play on the JACK device "recorder". LOOSEN_JACK_PID is the server's process,
# for tests that kill it.
#
# Returns the command's status (137 when it ran beyond the limit, 120 s); 75 when it succeeded but the
# server was late, so that the recording may have a gap (run it again); 99 when the server or the
# recorder failed.
set -u
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${LOOSEN_PRIVATE_SHM:-}" ]; then
    LOOSEN_PRIVATE_SHM=1 exec "$here/private_shm.sh" "$0" "$@"
fi
work=$(mktemp -d) || exit 99
export JACK_NO_AUDIO_RESERVATION=1
export JACK_DEFAULT_SERVER="loosen-test-$$"
export ALSA_CONFIG_PATH="$here/asound_null.conf"
unset PULSE_SERVER

# Never by name: only what was started here.
end() {
    kill -"$2" "$1" 2>/dev/null
    wait "$1" 2>/dev/null
}

is_ready() {
    timeout -s KILL 2 jack_lsp -s "$JACK_DEFAULT_SERVER" >/dev/null 2>&1
}

"$here/jack_server.sh" </dev/null >"$work/jackd.log" 2>&1 &
server=$!
export LOOSEN_JACK_PID="$server"
recorder=
trap 'end "$server" TERM; rm -rf "$work"' EXIT
trap 'exit 99' INT TERM HUP

tries=0
until is_ready; do
    tries=$((tries + 1))
    if [ "$tries" -gt 250 ] || ! kill -0 "$server" 2>/dev/null; then
        echo "with_jack: the server does not start" >&2
        cat "$work/jackd.log" >&2
        exit 99
    fi
    sleep 0.02
done

if [ -n "${LOOSEN_RECORDING:-}" ]; then
    "${LOOSEN_RECORDER:?names the recorder}" "$LOOSEN_RECORDING" >"$work/recorder.log" 2>&1 &
    recorder=$!
    tries=0
    until timeout -s KILL 2 jack_lsp 2>/dev/null | grep -q '^recorder:'; do
        tries=$((tries + 1))
        if [ "$tries" -gt 250 ]; then
            echo "with_jack: the recorder does not start" >&2
            cat "$work/recorder.log" >&2
            exit 99
        fi
        sleep 0.02
    done
fi

timeout -s KILL "${LOOSEN_LIVE_LIMIT:-120}" "$@"
status=$?
sleep 0.5 # a server that ends before it has seen to a client that was killed takes seconds, or fails

if [ -n "$recorder" ]; then
    kill -TERM "$recorder" 2>/dev/null
    wait "$recorder"
    recorded=$?
    if [ "$recorded" -ne 0 ] && [ "$status" -eq 0 ]; then
        cat "$work/recorder.log" >&2
        status=99
        [ "$recorded" -ne 3 ] || status=75
    fi
fi
exit "$status"
