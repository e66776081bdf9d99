#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: licence.sh SOURCE_DIR
# Each source says its licence on its first line, or on its second after "#!". REUSE.toml speaks for
# the files that can't: scripts, scenes, goldens, and the parts of the page that an export contains.
cd "$1" || exit 2
status=0
count=0
for file in dev .ci/run tests/bench/run CMakeLists.txt $(find src tests -name '*.[ch]' -o -name '*.sh' \
    -o -name '*.py' -o -name '*.cmake' -o -name '*.conf' -o -name CMakeLists.txt | sort); do
    count=$((count + 1))
    sed -n 1,2p "$file" | grep -qE '^(//|#) SPDX-License-Identifier: GPL-3\.0-or-later$' || {
        echo "$file: its first line is not: SPDX-License-Identifier: GPL-3.0-or-later (in a comment)"
        status=1
    }
done
[ "$count" -gt 500 ] || { echo "only $count files seen"; exit 1; }
grep -q 'GPL-3.0-or-later' REUSE.toml && cmp -s LICENSE LICENSES/GPL-3.0-or-later.txt || {
    echo "REUSE.toml or LICENSES/GPL-3.0-or-later.txt is missing"
    status=1
}
exit $status
