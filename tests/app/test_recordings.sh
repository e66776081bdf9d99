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
