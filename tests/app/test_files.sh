# SPDX-License-Identifier: GPL-3.0-or-later
# Whatever stands in the place of a file that is read: it is refused at once, and never waited for.
. "$(dirname "$0")/harness.sh"

mkdir -p data
cp -r "$SOURCE/scripts" "$SOURCE/audio" data/
LOOSEN_DATA=$WORK/data
export LOOSEN_DATA
DEADLINE=20 # seconds, where a FIFO would be waited for without end

# Something that is no file in the place of one: swap fifo|folder|device FILE
swap()
{
    mv "$2" kept
    case $1 in
    fifo) mkfifo "$2" ;;
    folder) mkdir "$2" ;;
    device) ln -s /dev/zero "$2" ;;
    esac
}

put_back()
{
    rm -r "$1"
    mv kept "$1"
}

what='is not a regular file'
printf 'title: T\nlanguage: en\nlength: 2m..2m, natural 2m\nnotice: none\n== One\nRest.\n@rest 1m..2m\n' >tiny.session
"$LOOSEN" export --manifest tiny.session -t 2 -o tiny.wav >out.txt 2>err.txt
is 'an export with its manifest' test -f tiny.wav.manifest
printf 'loosen record 1\nword tiny.session\nword -t\nword 2\n' >tiny.record
expect 0 '' export --replay tiny.record -o replayed.wav
for kind in fifo folder device; do
    for name in words phrases dangers notices; do
        file=data/scripts/en/$name
        swap $kind "$file"
        [ $kind = folder ] || expect 3 "$name $what" check "$file"
        expect 3 "tiny.session:2:11: error: no data for .*$name $what" check tiny.session
        expect 3 "$name $what" plan tiny.session
        expect 3 "$name $what" export tiny.session -o x.wav
        expect 0 '' list
        put_back "$file"
    done

    file=data/scripts/en/lexicon
    swap $kind $file
    [ $kind = folder ] || expect 3 "lexicon $what" check $file
    expect 3 "lexicon $what" export tiny.session -o x.wav
    put_back $file

    file=data/scripts/en/wall-ball.session
    swap $kind $file
    [ $kind = folder ] || expect 3 "wall-ball.session $what" check $file
    [ $kind = folder ] || expect 3 "wall-ball.session $what" plan wall-ball
    expect 3 "wall-ball.session $what" plan ./$file
    expect 0 'slow-tide' list
    put_back $file

    file=data/audio/shore.scene
    swap $kind $file
    [ $kind = folder ] || expect 3 "shore.scene $what" check $file
    [ $kind = folder ] || expect 3 "shore.scene $what" export --scene-only shore -t 2 -o x.wav
    expect 3 "shore.scene $what" export --scene-only ./$file -t 2 -o x.wav
    expect 0 'shore' list scenes
    put_back $file

    swap $kind tiny.record
    expect 3 "tiny.record $what" export --replay tiny.record -o x.wav
    put_back tiny.record

    swap $kind tiny.wav.manifest
    expect 3 "tiny.wav.manifest $what" verify tiny.wav.manifest
    expect 3 "tiny.wav.manifest $what" verify tiny.wav
    put_back tiny.wav.manifest
done
is 'nothing was written' test ! -e x.wav

# And each that is larger than its limit.
grown()
{
    cp "$1" kept
    truncate -s "$2" "$1"
    shift 2
    expect "$@"
    mv kept "${file:?}"
}
for name in words phrases dangers notices; do
    file=data/scripts/en/$name
    grown $file 4194305 3 "$name is larger than 4 MiB" check $file
done
file=data/scripts/en/lexicon
grown $file 262145 3 'lexicon is larger than 256 KiB' export tiny.session -o x.wav
file=data/audio/shore.scene
grown $file 65537 3 'shore.scene is larger than 64 KiB' check $file
file=tiny.record
grown $file 4194305 3 'tiny.record is larger than 4 MiB' export --replay $file -o x.wav
file=tiny.wav.manifest
grown $file 1048577 3 'tiny.wav.manifest is larger than 1 MiB' verify $file

# What comes through a pipe is taken where "-" asks for it, and there alone.
"$LOOSEN" check - <tiny.session >out.txt 2>err.txt
is 'check - reads a file' test $? = 0
# shellcheck disable=SC2002 # a pipe is the point
cat tiny.session | timeout -s KILL $DEADLINE "$LOOSEN" check - >out.txt 2>err.txt
is 'check - reads a pipe' test $? = 0
timeout -s KILL $DEADLINE "$LOOSEN" check /dev/stdin <tiny.session >out.txt 2>err.txt
is 'check /dev/stdin reads a file' test $? = 0

finish
