# SPDX-License-Identifier: GPL-3.0-or-later
# voice.sh - sourced by the peers: speak PLAN.tsv SECONDS WORK
# PLAN.tsv holds "start-seconds TAB text" a line. Each line is spoken by espeak-ng into WORK/N.wav;
# WORK/list then names, in order, the silence before each line and the line: WORK/gapN.wav, WORK/N.wav.
# Expects `silence SECONDS FILE` (mono, 22.05 kHz, 16 bit) of the tool that is compared.
speak()
{
    _at=0
    _n=0
    _tab=$(printf '\t')
    : >"$2/list"
    while IFS=$_tab read -r _start _text; do
        _n=$((_n + 1))
        espeak-ng -v en-us+klatt4 -s 150 -g 6 -p 42 -a 70 -w "$2/$_n.wav" "$_text" </dev/null
        _gap=$(awk "BEGIN { g = $_start - $_at; printf \"%.3f\", (g > 0 ? g : 0) }")
        silence "$_gap" "$2/gap$_n.wav"
        printf '%s\n%s\n' "$2/gap$_n.wav" "$2/$_n.wav" >>"$2/list"
        # 44 bytes of header, then 2 bytes a sample
        _at=$(awk "BEGIN { print $_at + $_gap + ($(wc -c <"$2/$_n.wav") - 44) / 44100 }")
    done <"$1"
}
