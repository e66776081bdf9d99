# SPDX-License-Identifier: GPL-3.0-or-later
# loosen check --format: what an author may write over their file with.
. "$(dirname "$0")/harness.sh"

cat >mine.session <<'END'
// mine
title: Mine
language:   en
length: 2m..10m, natural 3m
notice: none
== One
// sit first
  Sit down.     #E15
@rest   10s .. 10m
END
sed -i 's/10s \.\. 10m/10s..10m/' mine.session
cat >wanted.txt <<'END'
// mine
title:    Mine
language: en
length:   2m..10m, natural 3m
notice:   none

== One
// sit first
Sit down.  #E15
@rest 10s..10m
~ Still here.
++ More.
END
printf '~   Still here.\n++    More.\n' >>mine.session
expect 0 '' check --format mine.session
is 'the text is canonical, with its comments' diff wanted.txt out.txt
is 'what the check says of it is not among it' sh -c "grep -q long-quiet err.txt && ! grep -q warning out.txt"
cp out.txt again.session
expect 0 '' check --format again.session
is 'and prints to itself' cmp -s again.session out.txt
"$LOOSEN" check --format - <mine.session >out.txt 2>err.txt
is 'a stream can be formatted' cmp -s wanted.txt out.txt
is 'and is called <stdin>' grep -q '^<stdin>:' err.txt

# With faults nothing is printed.
printf 'title: T\nlanguage: en\nlength: 2m..10m, natural 3m\nnotice: none\n== A\nSit.\n@wait 3s\n' >bad.session
expect 3 'bad.session:7:1: error: unknown directive' check --format bad.session
is 'a script with faults is not printed' test ! -s out.txt
sed -i 's/@wait 3s/@rest 10s..20s/' bad.session
expect 3 'bad.session:3:9: error: the header promises' check --format bad.session
is 'nor one that cannot fill its lengths' test ! -s out.txt
expect 2 'format takes one script' check --format
expect 2 'format takes one script' check --format mine.session again.session
expect 2 'format prints a script, and --json what is wrong' check --format --json mine.session
expect 2 'shore.scene: is no script of a session' check --format "$SOURCE/audio/shore.scene"
expect 2 'words: is no script of a session' check --format "$SOURCE/scripts/en/words"
expect 2 'no-such.session' check --format no-such.session
expect 3 'regular file|folder' check --format .
is 'of none of them anything was printed' test ! -s out.txt

# A plain text becomes a script.
printf 'Notes\n\nSit down slowly.\n\nRest.\n' >notes.txt
expect 0 '^title: +Notes$' check --format notes.txt
cp out.txt notes.session
expect 0 '' check --format notes.session
is 'which is canonical' cmp -s notes.session out.txt

# What loosen new writes is canonical already, comments and all.
for lang in en de; do
    for kind in touch move breath rest; do
        for position in chair standing floor lying bed; do
            for length in 4 10 60; do
                set -- --lang $lang --kind $kind --position $position -t $length
                "$LOOSEN" new "$@" </dev/null >new.session 2>err.txt
                "$LOOSEN" check --format new.session >out.txt 2>>err.txt
                cmp -s new.session out.txt && test ! -s err.txt && continue
                fail "new $* is canonical" "$(diff new.session out.txt | head -3; cat err.txt)"
            done
        done
    done
done
is 'all of them were formatted' test "$(wc -l <out.txt)" -gt 100
finish
