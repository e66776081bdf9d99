# SPDX-License-Identifier: GPL-3.0-or-later
# The man page and the other pages against --help, and the man page's own form.
. "$(dirname "$0")/harness.sh"
for command in play export plan check new import list verify why; do
    "$LOOSEN" "$command" --help
done | grep -oE -e '--[a-z-]+' | sort -u >help.txt
sed -n 's/^\.It .*Fl -\([a-z-]*\).*/--\1/p' "$SOURCE/packaging/loosen.1" | sort -u >manual.txt
is 'help has options' test "$(wc -l <help.txt)" -gt 10
is "manual and help name the same options: $(comm -3 help.txt manual.txt | tr '\n' ' ')" cmp -s help.txt manual.txt
cat "$SOURCE/README.md" "$SOURCE"/docs/*.md >pages.txt
grep -vxF -e --help help.txt | while read -r option; do
    grep -qE -e "$option([^a-z-]|\$)" pages.txt || echo "$option"
done >untold.txt
is "README and docs tell of every option: $(tr '\n' ' ' <untold.txt)" test ! -s untold.txt
mandoc -Tlint "$SOURCE/packaging/loosen.1" 2>/dev/null >lint.txt
is "mandoc finds nothing: $(head -c 300 lint.txt)" test ! -s lint.txt
is 'mandoc formats it' sh -c "mandoc -Thtml '$SOURCE/packaging/loosen.1' | grep -q EXAMPLES"
finish
