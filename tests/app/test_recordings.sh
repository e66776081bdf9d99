# SPDX-License-Identifier: GPL-3.0-or-later
# Recordings as scenes: beside a recipe and by themselves, refused, and written the same each time.
. "$(dirname "$0")/harness.sh"

make_recording()
{
    ffmpeg -nostdin -loglevel error -y -f lavfi -i "anoisesrc=d=$2:c=pink:r=44100:seed=7:a=0.2" -ac 2 "$1"
}

mkdir waves
is 'ffmpeg makes a recording' make_recording waves/sea.flac 40
is 'and an Ogg file' make_recording sea.ogg 8
cat >mine.scene <<'END'
scene: mine
layer sea: file "waves/sea.flac", crossfade 1s, lowpass 1200..3000 by swell, follow breath 5 dB
layer bed: brown, lowpass 200, level -12 dB
width: 1
END

expect 0 '' check mine.scene
is 'nothing to say about it' test ! -s out.txt
expect 0 'scene-short' check sea.ogg
is 'and a long one' make_recording long.flac 330
expect 0 'long.flac:1:1: warning: "long.flac" is long: its first 5 minutes are used.*scene-cut' check long.flac

# Refused where it stands, before anything sounds or is written.
sed 's|waves/sea|waves/none|' mine.scene >missing.scene
expect 3 'missing.scene:2:17: error: "waves/none.flac" cannot be used: No such file.*scene-recording' check missing.scene
expect 3 '1 error: nothing was played or written' export --scene-only missing.scene -t 2 -o x.wav
is 'no file' test ! -e x.wav
head -c 5000 waves/sea.flac >waves/none.flac
expect 3 'missing.scene:2:17: error: .*scene-recording' check missing.scene
cp mine.scene waves/none.flac
expect 3 'no WAV, FLAC, Ogg, MP3 or AIFF file' check missing.scene

# What is no recording that is read is called by its name, with a way out, wherever it is given.
is 'recordings of other formats' sh -c 'for kind in m4a caf au w64 wma webm wv mp2 aac; do
    ffmpeg -nostdin -loglevel error -y -i sea.ogg -ac 1 sea.$kind || exit 1
done; sox sea.ogg -c 1 -r 8000 sea.gsm 2>/dev/null'
named()
{
    sed "s|waves/sea.flac|$1|" mine.scene >named.scene
    expect 3 "$1:1:1: error: this is an? $2.*, which is not read" check "$1"
    is 'with a way out' grep -q "ffmpeg -i $1 sea.flac makes one" out.txt
    expect 3 "$1:1:1: error: this is an? $2" plan "$1"
    expect 3 "this is an? $2" export --scene-only "$1" -t 2 -o x.wav
    expect 3 "named.scene:2:17: error: \"$1\" cannot be used: it is an? $2.*ffmpeg -i $1 sea.flac" check named.scene
}
named sea.m4a 'MP4 recording .AAC'
named sea.caf CAF
named sea.au AU
named sea.w64 W64
named sea.wma 'ASF recording .WMA'
named sea.webm WebM
named sea.wv WavPack
named sea.mp2 MP2
named sea.aac AAC
named sea.gsm GSM
cp sea.m4a large.m4a
head -c 6000000 /dev/zero >>large.m4a
expect 3 'large.m4a:1:1: error: this is an MP4 recording' plan large.m4a
expect 3 'sea.ogg:1:1: error: this is an Ogg recording, not a text' plan sea.ogg
is 'which can be a scene' grep -q -e '--scene FILE' err.txt
expect 3 'this is a program, not a text' check "$LOOSEN"

# A recording that ends before its end is told, in every format that is read.
is 'whole recordings' sh -c 'for kind in wav flac ogg opus mp3 aiff; do
    ffmpeg -nostdin -loglevel error -y -i waves/sea.flac whole.$kind || exit 1
    head -c $(($(stat -c %s whole.$kind) * 2 / 3)) whole.$kind >cut.$kind
done; ffmpeg -nostdin -loglevel error -y -i waves/sea.flac -write_xing 0 whole-plain.mp3
head -c 200000 whole-plain.mp3 >cut-plain.mp3'
for file in wav flac ogg opus mp3 aiff; do
    expect 0 '' check whole.$file
    is 'nothing is missing in it' eval '! grep -q "scene-damaged\|scene-unsized" out.txt'
    expect 0 "\"cut.$file\" is cut off: what there is, 0:[0-9]+, is used .scene-damaged" check cut.$file
done
expect 0 'is cut off' check cut-plain.mp3
expect 0 'is cut off' export --scene-only ./cut.wav -t 2 -o x.wav
rm -f x.wav

# A WAV that does not say how long it is holds all that follows.
samples()
{
    sox "$1" -t raw -e signed -b 16 - | sha256sum
}
unsized()
{
    cp whole.wav unsized.wav
    for place in 4 "$(($(grep -abo data whole.wav | head -n 1 | cut -d: -f1) + 4))"; do
        printf "$1$1$1$1" | dd of=unsized.wav bs=1 seek="$place" conv=notrunc 2>/dev/null
    done
    expect 0 '"unsized.wav" does not say how long it is.* all there is, 0:40, is used .scene-unsized' check unsized.wav
    expect 0 '' export --scene-only ./unsized.wav -t 2 -o unsized-scene.wav --force
    is 'it sounds as the whole one does' test "$(samples whole-scene.wav)" = "$(samples unsized-scene.wav)"
}
expect 0 '' export --scene-only ./whole.wav -t 2 -o whole-scene.wav
unsized '\000'
unsized '\377'
ln -sf sea.flac waves/none.flac
expect 3 'symbolic link' check missing.scene
rm waves/none.flac && mkfifo waves/none.flac
expect 3 'not a regular file' check missing.scene
rm waves/none.flac && ln -s /etc waves/none.flac
expect 3 'symbolic link' check missing.scene
ln -s waves linked
sed 's|waves/sea|linked/sea|' mine.scene >linked.scene
expect 3 'linked/sea.flac" cannot be used: it is a symbolic link' check linked.scene
sed 's|waves/sea.flac|../sea.flac|' mine.scene >outside.scene
expect 3 'outside.scene:2:17: error: .*scene-file' check outside.scene

# Same bytes, and as loud as a scene without recordings.
expect 0 '' export --scene-only mine.scene -t 2 -o one.wav
expect 0 '' export --scene-only mine.scene -t 2 -o two.wav
is 'the same bytes each time' cmp one.wav two.wav
expect 0 '' export --scene-only sea.ogg -t 2 -o three.wav
expect 0 '' export --scene-only shore -t 2 -o shore.wav

loudness()
{
    ffmpeg -nostdin -hide_banner -i "$1" -af ebur128 -f null - 2>&1 |
        awk '$1 == "I:" { lufs = $2 } END { print lufs }'
}
as_loud()
{
    awk -v a="$(loudness "$1")" -v b="$(loudness shore.wav)" \
        'BEGIN { print a, b; exit !(a < -20 && b < -20 && a - b < 1 && b - a < 1) }'
}
is 'a recipe with a recording is as loud as shore' as_loud one.wav
is 'a recording is as loud as shore' as_loud three.wav

# A manifest has the recording among what goes in.
expect 0 '' export --scene-only mine.scene -t 2 --manifest -o kept.wav
is 'the manifest names the recording' grep -q 'waves/sea.flac' kept.wav.manifest
expect 0 '' verify kept.wav.manifest
mv waves/sea.flac first.flac
is 'another recording takes its place' make_recording waves/sea.flac 30
expect 1 'waves/sea.flac' verify kept.wav.manifest

# Under a session, named by the script and by the listener; other words for the same.
expect 0 '' export after-sitting -t 8 --scene waves/sea.flac -o session.wav
is 'all of it' test "$(soxi -s session.wav)" = 23040000

# What the process that decodes has to say does not reach the user.
head -c 3000 /dev/urandom >noise.bin
ffmpeg -nostdin -loglevel error -y -f lavfi -i 'anoisesrc=d=9:c=pink' -ac 2 broken.mp3
dd if=noise.bin of=broken.mp3 bs=1 seek=30000 conv=notrunc 2>dd.txt
timeout 60 "$LOOSEN" check broken.mp3 >out.txt 2>err.txt
is 'nothing of mpg123 on the terminal' test ! -s err.txt

finish
