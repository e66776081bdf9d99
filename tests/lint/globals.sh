#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: globals.sh BINARY_DIR
# No variable of the libraries outlives a call (tables of constants are not variables). The exceptions
# are what signal handlers and a library's callback have no other way to reach.
allowed=' interrupt.c:caught interrupt.c:stop_asked interrupt.c:continued'
allowed="$allowed terminal.c:terminal speaker_worker.c:playing "
status=0
count=0
for library in "$1"/src/libloosen_*.a; do
    count=$((count + 1))
    found=$(objdump -t "$library" | awk -v allowed="$allowed" '
        /file format/ { object = $1; sub(/\.o:$/, "", object) }
        / (\.data|\.bss|\.tdata|\.tbss|\*COM\*)[^ ]*\t/ && !/\.data\.rel\.ro/ && !/ d  \./ {
            name = $NF
            sub(/\.[0-9]+$/, "", name)
            if (!index(allowed, " " object ":" name " "))
                print object ": " name
        }')
    if [ -n "$found" ]; then
        echo "$found" | sed "s|^|${library##*/}: |"
        status=1
    fi
done
[ "$count" -ge 9 ] || { echo "only $count libraries seen"; exit 1; }
exit $status
