#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: size.sh SOURCE_DIR
# main.c stays a door: at most 80 lines.
lines=$(wc -l <"$1/src/app/main.c") && [ "$lines" -le 80 ] || {
    echo "src/app/main.c has $lines lines"
    exit 1
}
