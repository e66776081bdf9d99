#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Become a private PulseAudio server without hardware, reached at $LOOSEN_PULSE_SOCKET, with a null sink
# (48 kHz float). norewinds: without it the monitor loses the first samples of a stream.
work=${LOOSEN_PULSE_SOCKET%/*}
exec pulseaudio -n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --disable-shm=true \
    --log-target="file:$work/pulse.log" \
    -L "module-native-protocol-unix auth-anonymous=1 socket=$LOOSEN_PULSE_SOCKET" \
    -L "module-null-sink sink_name=loosen rate=48000 format=float32le channels=2 norewinds=1"
