#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A machine can have 8 JACK servers, and one that was killed counts until another of the same name has
# ended properly: see to that for the server NAME, or for all of tests that are over.
#   jack_slots.sh [NAME]
here=$(cd "$(dirname "$0")" && pwd)
export JACK_NO_AUDIO_RESERVATION=1

# free NAME
free_slot() {
    export JACK_DEFAULT_SERVER="$1"
    for _ in 1 2 3; do
        "$here/jack_server.sh" </dev/null >/dev/null 2>&1 &
        server=$!
        tries=0
        until timeout -s KILL 2 jack_lsp >/dev/null 2>&1 || [ "$tries" -gt 100 ]; do
            tries=$((tries + 1))
            sleep 0.02
        done
        kill -TERM "$server" 2>/dev/null
        wait "$server" 2>/dev/null && return
    done
}

if [ $# -gt 0 ]; then
    free_slot "$1"
    exit
fi
for name in $(strings /dev/shm/jack-shm-registry 2>/dev/null |
    sed -n 's/^jack-[0-9]*:\(loosen-[a-z-]*[0-9][0-9]*\):$/\1/p'); do
    kill -0 "${name##*-}" 2>/dev/null || free_slot "$name"
done

# What a killed server's clients waited on outlives it, too, and would be found by the next server of that
# name: process numbers come again.
for file in /dev/shm/jack_sem.*_loosen-*; do
    name=${file#/dev/shm/jack_sem.*_}
    name=${name%_*}
    [ ! -e "$file" ] || kill -0 "${name##*-}" 2>/dev/null || rm -f "$file"
done
