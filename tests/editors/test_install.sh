# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: test_install.sh CMAKE BUILD_DIR SOURCE_DIR
# An installed loosen has its files for editors where docs/editors.md says, vim finds them there, and the
# lines of that page make :make tell the faults of a script.
prefix=$(mktemp -d) || exit 2
trap 'rm -rf "$prefix"' EXIT
"$1" --install "$2" --prefix "$prefix" >"$prefix/log" || {
    cat "$prefix/log"
    exit 1
}
status=0
for file in vim/vimfiles/ftdetect/loosen.vim vim/vimfiles/syntax/loosen.vim loosen/textmate/package.json \
    loosen/textmate/loosen.tmLanguage.json loosen/textmate/language-configuration.json; do
    test -f "$prefix/share/$file" || {
        echo "share/$file is not installed"
        status=1
    }
done
vim -e -s -u NONE -i NONE -n -c 'set nocompatible' -c "set runtimepath^=$prefix/share/vim/vimfiles" \
    -c 'filetype on' -c 'syntax on' -c "edit $prefix/share/loosen/scripts/en/wall-ball.session" \
    -c "call writefile([&filetype, get(b:, 'current_syntax', '')], '$prefix/found')" -c 'qall!' </dev/null
printf 'loosen\nloosen\n' | cmp - "$prefix/found" || {
    echo 'vim does not find the installed syntax'
    status=1
}
# The lines for :make.
printf 'title: Broken\nlanguage: en\nlength: 6m..30m, natural 10m\nnotice: none\n\n== One\nSit.\n@breath ramp\n' \
    >"$prefix/broken.session"
grep '^autocmd FileType' "$3/docs/editors.md" >"$prefix/make.vim"
PATH=$prefix/bin:$PATH vim -e -s -u NONE -i NONE -n -c 'set nocompatible' \
    -c "set runtimepath^=$prefix/share/vim/vimfiles" -c 'filetype on' -c "source $prefix/make.vim" \
    -c "edit $prefix/broken.session" -c 'silent! make' -c "let found = filter(getqflist(), 'v:val.valid')" \
    -c "call writefile(map(found, 'v:val.lnum . \" \" . v:val.col . \" \" . v:val.type'), '$prefix/faults')" \
    -c 'qall!' </dev/null >/dev/null
grep -qx '8 1 e' "$prefix/faults" || {
    echo "vim's :make finds no fault: $(cat "$prefix/faults")"
    status=1
}
exit $status
