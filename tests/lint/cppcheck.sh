#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: cppcheck.sh SOURCE_DIR
cd "$1" || exit 2
for folder in src/*/; do
    include="$include -I$folder"
done
# shellcheck disable=SC2086 # the include paths are words
cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
    --suppress=missingIncludeSystem --suppress=normalCheckLevelMaxBranches \
    -DLOOSEN_VERSION='""' --error-exitcode=1 $include src
