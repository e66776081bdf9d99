#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Become a command that has /dev/shm for itself and its children. A JACK server takes one of the
# machine's eight places there, and one that was killed keeps it for good: with a place list of its own
# for each bed, no test finds what another one left, and nothing is left.
#   private_shm.sh COMMAND...
set -eu
unshare="unshare --mount"
[ "$(id -u)" = 0 ] || unshare="unshare --map-root-user --mount"
# shellcheck disable=SC2086 # a list of words
exec $unshare sh -c 'mount -t tmpfs tmpfs /dev/shm && exec "$@"' sh "$@"
