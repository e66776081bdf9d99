" SPDX-License-Identifier: GPL-3.0-or-later
" Sessions of loosen are files *.session.
autocmd BufRead,BufNewFile *.session set filetype=loosen
