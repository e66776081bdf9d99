# SPDX-License-Identifier: GPL-3.0-or-later
# Manifests: what they hold, what they find out, and what --resume makes of them.
. "$(dirname "$0")/harness.sh"
TMPDIR=$WORK/tmp
export TMPDIR
mkdir "$TMPDIR"
export PULSE_RUNTIME_PATH=/nonexistent # else espeak-ng, which is asked below, leaves a folder there

# Reads the manifest with another program than ours.
manifest()
{
    python3 -c 'import json, sys; print(eval(sys.argv[2], {"m": json.load(open(sys.argv[1]))}))' "$1" "$2"
}

# A catalogue of our own, so that its files can be changed.
cp -rL "$SOURCE/scripts" "$SOURCE/audio" .
LOOSEN_DATA=$WORK
export LOOSEN_DATA

expect 0 '5760000 frames' export slow-tide -t 2 -o a.wav --manifest --seed 3
is 'the SHA-256 is what sha256sum says' test "$(manifest a.wav.manifest 'm["files"][0]["sha256"]')" = "$(sha256sum <a.wav | cut -d' ' -f1)"
is 'the size as well' test "$(manifest a.wav.manifest 'm["files"][0]["bytes"]')" = "$(stat -c %s a.wav)"
for name in scripts/en/slow-tide.session scripts/en/words scripts/en/notices scripts/en/phrases scripts/en/actions scripts/en/dangers scripts/en/lexicon audio/shore.scene; do
    is "and of $name" test "$(manifest a.wav.manifest "[i['sha256'] for i in m['inputs'] if i['name'] == '$name']")" = "['$(sha256sum <"$name" | cut -d' ' -f1)']"
done
is 'versions, voice, seed, frames and rate' test "$(manifest a.wav.manifest '[m["made_with"][k] for k in ("loosen", "voice", "seed", "frames_at_48000", "sample_rate")]')" = "['$("$LOOSEN" --version | cut -d' ' -f2)', 'en-us+klatt4', '3', '5760000', '48000']"
is 'the version of the voice' sh -c "espeak-ng --version | grep -qF \"\$(python3 -c 'import json; print(json.load(open(\"a.wav.manifest\"))[\"made_with\"][\"espeak-ng\"])')\""
# Phonemes, dictionaries, voices: all that espeak-ng reads.
is 'the data of the voice' test "$(manifest a.wav.manifest 'm["made_with"]["espeak-ng-data"]')" = "$(python3 - <<'EOF'
import hashlib, os, subprocess
folder = subprocess.run(["espeak-ng", "--version"], capture_output=True, text=True).stdout.split("Data at: ")[1].strip()
names = []
for base, _, files in os.walk(folder):
    names += [os.path.relpath(os.path.join(base, name), folder) for name in files]
total = hashlib.sha256()
for name in sorted(names, key=lambda name: name.split("/")):
    data = open(os.path.join(folder, name), "rb").read()
    total.update(f"/{name}\0".encode() + data + f"{len(data)}\0".encode())
print(total.hexdigest())
EOF
)"
is 'what changes rates' test "$(manifest a.wav.manifest 'm["made_with"]["resampler"][:7]')" = libsoxr
is 'WAV needs no codec' test "$(manifest a.wav.manifest '"codec" in m["made_with"]')" = False
# The library that packs the sound is the one that names itself in the file.
codec()
{
    expect 0 '' export --scene-only shore -t 2 -o "c.$1" --manifest
    version=$(manifest "c.$1.manifest" 'm["made_with"]["codec"]')
    is "a codec: $version" test ${#version} -gt 8
    is "$version made c.$1" sh -c "$2 | tr -d ' ' | grep -qaF '$(echo "$version" | tr -d ' ')'"
    is 'a scene alone has no voice' test "$(manifest "c.$1.manifest" '"espeak-ng-data" in m["made_with"]')" = False
}
codec flac 'metaflac --show-vendor-tag c.flac'
# The stream has a date for the version.
codec ogg 'python3 -c "import ctypes; ask = ctypes.CDLL(\"libvorbis.so.0\").vorbis_version_string; ask.restype = ctypes.c_char_p; print(ask().decode())"'
codec opus 'opusinfo c.opus'
codec mp3 'cat c.mp3'
is 'no path of ours' sh -c "! grep -q '$WORK' a.wav.manifest"
cp a.wav.manifest kept.manifest
expect 2 'a.wav exists' export slow-tide -t 2 -o a.wav --manifest --seed 3
: >b.wav.manifest
expect 2 'b.wav.manifest exists' export slow-tide -t 2 -o b.wav --manifest
is 'a manifest that is in the way stops the work before it begins' test ! -e b.wav
rm b.wav.manifest

# Verifying: by the file's name or the manifest's.
expect 0 'whole and come out the same' verify a.wav
expect 0 'a.wav.manifest: the files are as the manifest says' verify --no-render a.wav.manifest
expect 2 'has no manifest' verify kept.wav
expect 2 'cannot open no.manifest' verify no.manifest
expect 2 'verify takes' verify
expect 2 'replay goes without' export --replay a.record -o r.wav --manifest
expect 2 'replay goes without' export --replay a.record -o r.wav --stems
printf 'loosen record 1\nword slow-tide\nword --length=2m\n' >a.record
for option in --length=5 --scene=brook --lang=en --seed=9 --no-scene --levels=voice=-3; do
    expect 2 'replay makes what was heard: --' export --replay a.record -o r.wav "$option"
done
expect 2 'replay takes the session' export --replay a.record -o r.wav --skip-impossible
is 'no replay was written' test ! -e r.wav
printf '{"manifest": 1, "files": []}' >odd.manifest
expect 3 'odd.manifest: is no manifest' verify odd.manifest
sed 's/"a.wav"/"..\/a.wav"/' a.wav.manifest >out.manifest
expect 3 'names no file' verify out.manifest
is 'verifying leaves nothing behind' test -z "$(ls -A "$TMPDIR")"

# --resume keeps what is there, whole and the same; nothing else.
before=$(stat -c '%i %Y %Z' a.wav a.wav.manifest)
expect 0 'there already' export slow-tide -t 2 -o a.wav --resume --seed 3
is 'nothing was written' test "$before" = "$(stat -c '%i %Y %Z' a.wav a.wav.manifest)"
expect 0 '"kept":true' export slow-tide -t 2 -o a.wav --resume --seed 3 --json
expect 2 'a.wav exists already and is not .*--seed=4' export slow-tide -t 2 -o a.wav --resume --seed 4
rm a.wav
expect 0 '5760000 frames$' export slow-tide -t 2 -o a.wav --resume --seed 3
is 'a file that was removed is made again, with the same bytes' cmp a.wav.manifest kept.manifest

# What lies beside it may be missing: all is made again, and nothing of anybody else's is touched.
made='export desk-reset -t 2 -o m.flac --captions vtt,srt --transcript --resume'
expect 0 '' $made
sha256sum m.* >sums
is 'five files' test "$(wc -l <sums)" = 5
rm m.vtt m.txt
expect 0 '5760000 frames$' $made
is 'they are there again, and all is as it was' sha256sum --quiet -c sums
rm m.vtt
echo mine >>m.srt
expect 2 'm.flac exists already and is not .*m.srt: is damaged' $made
is 'one that was changed is kept' test "$(tail -1 m.srt)" = mine
is 'and what is missing stays so' test ! -e m.vtt
ln -s nowhere m.vtt
sed -i '$d' m.srt
expect 2 'm.vtt is a symbolic link' $made
rm m.vtt
expect 2 'm.flac exists already and is not .*options' $made --seed 9
rm m.srt
: >m.flac
expect 2 'm.flac exists already and is not .*m.flac: is damaged' $made
is 'so is an audio file that is another' test ! -s m.flac

# Each thing that can differ is told apart.
printf 'x' | dd of=a.wav bs=1 seek=5000000 conv=notrunc status=none
expect 1 'file: a.wav: is damaged or another file \(same size, other content\)' verify --no-render a.wav
expect 2 'exists already and is not .*damaged' export slow-tide -t 2 -o a.wav --resume --seed 3
truncate -s 5000000 a.wav
expect 1 'file: a.wav: is damaged or another file \(5000000 bytes, 2304[0-9]+ expected\)' verify --no-render a.wav
rm a.wav
expect 1 '^  file: a.wav: is missing$' verify --no-render a.wav
mkdir a.wav
expect 1 '^  file: a.wav is not a regular file$' verify --no-render a.wav
rmdir a.wav
expect 0 '' export slow-tide -t 2 -o a.wav --resume --seed 3
printf '// a word about it\n' >>scripts/en/slow-tide.session
expect 0 'changed: scripts/en/slow-tide.session: has changed' verify a.wav
is 'and yet the same sound' grep -q 'come out the same, in spite of changes' out.txt
expect 2 'exists already and is not .*slow-tide.session: has changed' export slow-tide -t 2 -o a.wav --resume --seed 3
sed 's/"espeak-ng": "[^"]*"/"espeak-ng": "1.0"/; s/"--seed=3"/"--seed=5"/' a.wav.manifest >b.manifest
expect 1 'changed: espeak-ng: 1.0 then, 1' verify b.manifest
is 'another seed is another file' grep -q 'made again: a.wav: comes out differently' out.txt
expect 0 '' export slow-tide -t 2 -o a.wav --force --manifest
expect 0 'come out the same$' verify a.wav

# A size that is not the file's, whatever the rest says.
sed 's/"bytes": /&1/' a.wav.manifest >size.manifest
expect 1 'file: a.wav: has .* and the SHA-256 of these: the manifest is damaged' verify --no-render size.manifest
expect 1 'made again: a.wav: comes out differently' verify size.manifest
is 'an input, too' grep -q 'changed: audio/shore.scene: has changed' out.txt
is 'they are not the same' grep -q '^size.manifest: not the same' out.txt

# The same version of the voice with other data: a word of the dictionary, say.
expect 0 '' export slow-tide -t 2 -o a.wav --force --manifest
data=$(espeak-ng --version | sed 's/.*Data at: //')
# What lies in HOME is not what speaks.
mkdir -p home/espeak-ng-data
HOME=$WORK/home expect 0 'come out the same' verify a.wav
is 'nothing else is said' sh -c '! grep -q changed out.txt'

# An edited file under another name is not what its manifest lists, and stays.
cp a.wav edited.wav
cp a.wav.manifest edited.wav.manifest
mv a.wav kept.wav
printf x >>edited.wav
cp edited.wav before.wav
expect 2 'edited.wav exists already' export slow-tide -t 2 -o edited.wav --resume
is 'and is as it was' cmp edited.wav before.wav
mv kept.wav a.wav
rm edited.wav edited.wav.manifest before.wav

cp -rL "$data" espeak-ng-data
printf '\0' >>espeak-ng-data/de_dict
ESPEAK_DATA_PATH=$WORK expect 0 'changed: espeak-ng-data: [0-9a-f]* then, [0-9a-f]* now' verify a.wav
ESPEAK_DATA_PATH=$WORK expect 2 'exists already and is not .*espeak-ng-data: ' export slow-tide -t 2 -o a.wav --resume
rm -r espeak-ng-data
expect 0 'there already' export slow-tide -t 2 -o a.wav --resume

# What cannot be made any more is told of the manifest that it belongs to, and the others are looked at.
mv scripts/en/slow-tide.session gone
expect 1 '^  not made again: there is no session "slow-tide"' verify a.wav
is 'with a verdict' grep -q '^a.wav.manifest: the files are whole, but could not be made again$' out.txt
expect 2 'a.wav.manifest: the files are as' verify --no-render no.wav a.wav.manifest
mv gone scripts/en/slow-tide.session
sed 's/"slow-tide"/"--clear"/' a.wav.manifest >none.manifest
expect 3 'none.manifest: the manifest names no session' verify none.manifest

# No room to make it in says nothing about the files.
TMPDIR=$WORK/none expect 1 '^  not made again: cannot make a folder in .*/none$' verify a.wav
mkdir small
if [ "$(id -u)" = 0 ]; then in_namespace="unshare -m"; else in_namespace="unshare -rm"; fi
$in_namespace sh -c "mount -t tmpfs -o size=1m none small && TMPDIR=$WORK/small '$LOOSEN' verify a.wav" >out.txt 2>err.txt
is 'a full disk is exit 1' test $? = 1
is "it is told: $(cat out.txt err.txt)" grep -q '^  not made again: .*No space left' out.txt
is 'and is no difference' grep -q '^a.wav.manifest: the files are whole, but could not be made again$' out.txt
printf 'x' | dd of=a.wav bs=1 seek=5000000 conv=notrunc status=none
TMPDIR=$WORK/none expect 1 '^a.wav.manifest: not the same$' verify a.wav

finish
