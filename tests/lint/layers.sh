#!/bin/sh
# Usage: layers.sh SOURCE_DIR
# Each folder of src includes only headers of the folders that src/README.md lets it use, and
# headers of external libraries only in src/adapters. No header name occurs twice.
cd "$1" || exit 2
status=0

uses() {
    case $1 in
    base) echo base ;;
    session) echo base session ;;
    plan) echo base session plan ;;
    dsp) echo base dsp ;;
    sound) echo base dsp sound ;;
    scene) echo base dsp scene ;;
    engine) echo base session plan dsp sound scene engine ;;
    master) echo base dsp master ;;
    adapters) echo base session plan dsp sound scene engine master adapters ;;
    tui) echo base session plan dsp sound scene engine tui ;;
    page) echo base session plan adapters page ;;
    app) echo base session plan dsp sound scene engine master adapters tui page app ;;
    *) echo "src/$1: not a known folder" >&2 ;;
    esac
}

complain() {
    echo "$*"
    status=1
}

external='<(espeak|portaudio|pa_|sndfile|ogg/|ebur128|soxr|samplerate|jansson|seccomp|utf8proc|nettle/|sqlite3|alsa/|jack/|pulse/)'
files=0
for folder in $(ls src); do
    [ -d "src/$folder" ] || continue
    allowed=" $(uses "$folder") "
    for file in src/"$folder"/*.[ch]; do
        [ -f "$file" ] || continue
        files=$((files + 1))
        for header in $(sed -n 's/^ *# *include *"\([^"]*\)".*/\1/p' "$file"); do
            home=$(ls src/*/"$header" 2>/dev/null | sed 's|^src/||; s|/.*||')
            case $allowed in
            *" $home "*) ;;
            *) complain "$file: may not include $header of src/$home" ;;
            esac
        done
        if [ "$folder" != adapters ] && grep -nE "^ *# *include *$external" "$file"; then
            complain "$file: external headers belong in src/adapters"
        fi
    done
done
twins=$(ls src/*/*.h | sed 's|.*/||' | sort | uniq -d)
[ -z "$twins" ] || complain "header names that occur twice: $twins"
[ "$files" -gt 50 ] || complain "only $files files seen"
exit $status
