#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Become a private JACK server without hardware, called $JACK_DEFAULT_SERVER, at $LOOSEN_JACK_RATE.
# Long periods: a machine that is busy must not cut the sound. Short ones ($LOOSEN_JACK_PERIOD) are for
# measuring how soon something is heard.
exec jackd --no-realtime --no-mlock --port-max 64 --name "${JACK_DEFAULT_SERVER:?}" \
    -d dummy -r "${LOOSEN_JACK_RATE:-48000}" -p "${LOOSEN_JACK_PERIOD:-8192}"
