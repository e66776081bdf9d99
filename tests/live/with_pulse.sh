#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Run a command beside a private PulseAudio server with a null sink (48 kHz float), and record what it
# plays through the sink's monitor.
#
#   [LOOSEN_RECORDING=FILE] [LOOSEN_LIVE_LIMIT=SECONDS] with_pulse.sh COMMAND...
#
# LOOSEN_RECORDING becomes interleaved stereo float at 48 kHz without a header. Returns the command's
# status (137 when it ran beyond the limit, 120 s), or 99 when the server or the recorder failed.
# LOOSEN_PULSE_PID is the server's process, for tests that kill it.
set -u
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 99
export PULSE_SERVER="unix:$work/native"
export PULSE_RUNTIME_PATH="$work" PULSE_STATE_PATH="$work" PULSE_COOKIE="$work/cookie"
export XDG_RUNTIME_DIR="$work" ALSA_CONFIG_PATH="$here/asound_pulse.conf"
unset JACK_DEFAULT_SERVER

end() {
    kill -"$2" "$1" 2>/dev/null
    wait "$1" 2>/dev/null
}

LOOSEN_PULSE_SOCKET="$work/native" "$here/pulse_server.sh" </dev/null >/dev/null 2>&1 &
server=$!
export LOOSEN_PULSE_PID="$server"
recorder=
trap 'end "$server" TERM; rm -rf "$work"' EXIT
trap 'exit 99' INT TERM HUP

tries=0
until timeout -s KILL 2 pactl info >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 250 ] || ! kill -0 "$server" 2>/dev/null; then
        echo "with_pulse: the server does not start" >&2
        cat "$work/pulse.log" >&2
        exit 99
    fi
    sleep 0.02
done

if [ -n "${LOOSEN_RECORDING:-}" ]; then
    parec --raw --format=float32le --rate=48000 --channels=2 --latency-msec=20 \
        -d loosen.monitor >"$LOOSEN_RECORDING" 2>"$work/recorder.log" &
    recorder=$!
    tries=0
    until [ -s "$LOOSEN_RECORDING" ]; do
        tries=$((tries + 1))
        if [ "$tries" -gt 250 ]; then
            echo "with_pulse: the recorder does not start" >&2
            cat "$work/recorder.log" >&2
            exit 99
        fi
        sleep 0.02
    done
fi

timeout -s KILL "${LOOSEN_LIVE_LIMIT:-120}" "$@"
status=$?

if [ -n "$recorder" ]; then
    sleep 0.3 # what the server still holds of the monitor
    end "$recorder" TERM
fi
exit "$status"
