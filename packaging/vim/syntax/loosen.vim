" SPDX-License-Identifier: GPL-3.0-or-later
" Sessions of loosen. Its docs/session-language.md has the language; a test holds the lists of words
" below against the program's own.
if exists('b:current_syntax')
  finish
endif

let s:keys = ['title', 'summary', 'when', 'language', 'length', 'position', 'needs', 'scene',
      \ 'notice', 'ending', 'breath', 'need', 'effort']
let s:positions = ['any', 'chair', 'standing', 'floor', 'lying', 'side-lying', 'bed']
let s:needs = ['massage', 'move', 'rest', 'sleep', 'understand', 'other']
let s:efforts = ['none', 'little', 'some']
let s:endings = ['return', 'sleep']
let s:breaths = ['led', 'free']
let s:notices = ['pressure', 'movement', 'short', 'breath']
let s:directives = ['pause', 'rest', 'breathe', 'contact', 'move', 'sides', 'repeat', 'notice',
      \ 'scene', 'chime', 'end']
let s:marks = ['first', 'second', 'paced', 'natural', 'in', 'out', 'half']
let s:patterns = ['ramp', 'tide', 'even', 'dusk', 'sigh', 'natural']
let s:regions = ['low-back', 'upper-back', 'glutes', 'hips', 'hamstrings', 'thighs', 'calves',
      \ 'feet', 'sacrum', 'shoulders', 'neck', 'arms', 'hands', 'jaw', 'scalp']
let s:forbidden = ['spine', 'belly', 'groin', 'throat', 'kidneys', 'low-ribs', 'tailbone']
let s:tools = ['ball', 'roller', 'towel', 'knuckles', 'fists', 'fingers', 'thumbs', 'hands',
      \ 'palms']
let s:surfaces = ['wall', 'floor', 'mat', 'chair', 'bed']
let s:placeholders = ['length', 'left', 'side', 'other']

" A match of any of the words, which no letter or dash makes longer.
function! s:Words(group, words, options) abort
  execute 'syntax match' a:group '/\%(' . join(a:words, '\|') . '\)\%([-a-zA-Z0-9]\)\@!/' a:options
endfunction

syntax case match
syntax sync fromstart

" Spoken text. Of two items that begin at one place the one written later counts: so it comes first.
syntax match loosenText /[^\\@ \t].*$/ contained contains=@loosenSpoken
syntax cluster loosenSpoken
      \ contains=loosenBrace,loosenPlaceholder,loosenSpelling,loosenBadTag,loosenTag
syntax match loosenBrace /{[^{}]*}\|[{}]/ contained
execute 'syntax match loosenPlaceholder /{\%(' . join(s:placeholders, '\|') . '\)}/ contained'
syntax match loosenSpelling /{[^{}|]\+|[^{}|]\+}/ contained
syntax match loosenBadTag /\s\zs#\S\+\ze\%(\s\+#\S\+\)*\s*$/ contained
let s:point = '\%(G\%(4[0-3]\|[1-3]\d\|[1-9]\)\|E\%(2[0-4]\|1\d\|[1-9]\)\)'
execute 'syntax match loosenTag /\s\zs#' . s:point . '\ze\%(\s\+#\S\+\)*\s*$/ contained'

" Comments, and what stands before a spoken line or a directive: a level, then marks in their order.
syntax cluster loosenBehind
      \ contains=loosenMark,loosenEscape,loosenUnknown,@loosenDirectives,loosenText
syntax match loosenComment /^\s*\/\/.*$/
syntax match loosenStart +^\ze\s*[^ \t/=]+ skipwhite nextgroup=loosenLevel,@loosenBehind
syntax match loosenLevel /\%(++\=\|\~\)\%(\s\|$\)\@=/ contained skipwhite
      \ nextgroup=@loosenBehind
execute 'syntax match loosenMark /\%(' . join(s:marks, '\|') . '\):\%(\s\|$\)\@=/'
      \ 'contained skipwhite nextgroup=@loosenBehind'
syntax match loosenEscape /\\/ contained skipwhite nextgroup=loosenText

" Sections, and how long they should be.
syntax match loosenSectionMark /^\s*==/ skipwhite nextgroup=loosenSectionName
syntax match loosenSectionName /\S.*$/ contained contains=loosenShape
syntax match loosenShape /\%(\s\s\|\t\)\s*\d\S*\s\+at\s.*$/ contained
      \ contains=loosenDuration,loosenAt
syntax match loosenAt /\<at\>/ contained

" The header, and what its keys take.
syntax region loosenHeader start=/\%^/ end=/^\ze\s*==/ contains=loosenComment,loosenKey,loosenStart
execute 'syntax match loosenKey /^\s*\%(' . join(s:keys, '\|') . '\)\s*:/ contained skipwhite'
      \ 'nextgroup=loosenValue'
syntax match loosenValue /\S.*$/ contained
for s:pair in [['length', 'loosenLength'], ['position', 'loosenPosition'],
      \ ['ending', 'loosenEnding'], ['breath', 'loosenBreath'], ['need', 'loosenNeed'], ['effort', 'loosenEffort'],
      \ ['notice', 'loosenNotice,loosenNone']]
  execute 'syntax match loosenKey /^\s*' . s:pair[0] . '\s*:/ contained skipwhite'
        \ 'nextgroup=' . s:pair[1]
endfor
syntax match loosenLength /\S.*$/ contained contains=loosenDuration,loosenNatural
syntax match loosenNatural /\<natural\>/ contained
call s:Words('loosenPosition', s:positions, 'contained nextgroup=loosenComma')
syntax match loosenComma /\s*,\s*/ contained nextgroup=loosenPosition
call s:Words('loosenNotice', s:notices, 'contained')
syntax match loosenNone /none\>/ contained
call s:Words('loosenEnding', s:endings, 'contained')
call s:Words('loosenBreath', s:breaths, 'contained')
call s:Words('loosenNeed', s:needs, 'contained')
call s:Words('loosenEffort', s:efforts, 'contained')

" Directives, and what each takes.
syntax match loosenArguments /[^@ \t].*$/ contained contains=loosenDuration,loosenCount,loosenWord
syntax match loosenUnknown /@\S*/ contained skipwhite nextgroup=loosenArguments
call s:Words('loosenDirective', map(copy(s:directives), '"@" . v:val'),
      \ 'contained skipwhite nextgroup=loosenArguments')
syntax match loosenBreathe /@breathe\>/ contained skipwhite nextgroup=loosenPattern,loosenArguments
syntax match loosenContact /@contact\>/ contained skipwhite
      \ nextgroup=loosenForbidden,loosenRegion,loosenArguments
syntax match loosenNamed /@\%(move\|scene\)\>/ contained skipwhite nextgroup=loosenName
syntax match loosenSides /@sides\>/ contained skipwhite nextgroup=loosenSide
syntax match loosenSay /@notice\>/ contained skipwhite nextgroup=loosenNotice
syntax cluster loosenDirectives
      \ contains=loosenDirective,loosenBreathe,loosenContact,loosenNamed,loosenSides,loosenSay
syntax match loosenPattern /\d[-.0-9]*-[-.0-9]*\%(\s\|$\)\@=/ contained skipwhite
      \ nextgroup=loosenArguments
call s:Words('loosenPattern', s:patterns, 'contained skipwhite nextgroup=loosenArguments')
call s:Words('loosenForbidden', s:forbidden, 'contained skipwhite nextgroup=loosenWith')
call s:Words('loosenRegion', s:regions, 'contained skipwhite nextgroup=loosenWith')
syntax match loosenWith /with\>/ contained skipwhite nextgroup=loosenTool
call s:Words('loosenTool', s:tools, 'contained skipwhite nextgroup=loosenOn,loosenArguments')
syntax match loosenOn /on\>/ contained skipwhite nextgroup=loosenSurface
call s:Words('loosenSurface', s:surfaces, 'contained skipwhite nextgroup=loosenArguments')
syntax match loosenName /[-a-z0-9]\+/ contained skipwhite nextgroup=loosenArguments
syntax match loosenSide /\%(left\|right\)\>/ contained nextgroup=loosenSideComma
syntax match loosenSideComma /\s*,\s*/ contained nextgroup=loosenSide
syntax match loosenWord /\<\%(pressure\|breaths\=\)\>/ contained
syntax match loosenCount /\<\d\+\>/ contained
syntax match loosenDuration /\<\%(\d\+\%(\.\d\+\)\=\%(ms\|[hms]\)\)\+\%([a-z0-9]\)\@!/ contained

highlight default link loosenComment Comment
highlight default link loosenLevel Operator
highlight default link loosenMark Label
highlight default link loosenEscape SpecialChar
highlight default link loosenBrace Error
highlight default link loosenPlaceholder Special
highlight default link loosenSpelling Special
highlight default link loosenBadTag Error
highlight default link loosenTag Tag
highlight default link loosenSectionMark Delimiter
highlight default link loosenSectionName Title
highlight default link loosenAt Keyword
highlight default link loosenKey Identifier
highlight default link loosenValue String
highlight default link loosenNatural Keyword
highlight default link loosenPosition Constant
highlight default link loosenNotice Constant
highlight default link loosenNone Constant
highlight default link loosenEnding Constant
highlight default link loosenBreath Constant
highlight default link loosenNeed Constant
highlight default link loosenEffort Constant
highlight default link loosenUnknown Error
highlight default link loosenDirective Statement
highlight default link loosenBreathe Statement
highlight default link loosenContact Statement
highlight default link loosenNamed Statement
highlight default link loosenSides Statement
highlight default link loosenSay Statement
highlight default link loosenPattern Constant
highlight default link loosenRegion Constant
highlight default link loosenForbidden Error
highlight default link loosenWith Keyword
highlight default link loosenTool Constant
highlight default link loosenOn Keyword
highlight default link loosenSurface Constant
highlight default link loosenName Identifier
highlight default link loosenSide Constant
highlight default link loosenWord Keyword
highlight default link loosenCount Number
highlight default link loosenDuration Number

let b:current_syntax = 'loosen'
