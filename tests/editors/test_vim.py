#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test_vim.py SOURCE_DIR

The syntax file for vim has the words of the program, and vim, with nothing but this file and its own,
colours a sample and the shipped sessions by it.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from vocabulary import KINDS, check_scripts, differences, program_words

GROUPS = {"loosen" + group: kind for kind, (groups, _) in KINDS.items() for group in groups.split()}
# Runs of characters of one group, a JSON line for each line of the file.
DUMP = """
function! Dump(output) abort
  if &filetype !=# 'loosen' || get(b:, 'current_syntax', '') !=# 'loosen'
    cquit
  endif
  let lines = []
  for number in range(1, line('$'))
    let runs = []
    for column in range(1, strlen(getline(number)))
      let group = synIDattr(synID(number, column, 1), 'name')
      if empty(runs) || runs[-1][1] !=# group || runs[-1][2] != column - 1
        call add(runs, [column - 1, group, column])
      else
        let runs[-1][2] = column
      endif
    endfor
    call add(lines, json_encode(runs))
  endfor
  call writefile(lines, a:output)
endfunction
"""


def colour(root, folder, path):
    output = folder / "runs"
    output.unlink(missing_ok=True)
    dump = folder / "dump.vim"
    dump.write_text(DUMP)
    done = subprocess.run(
        ["vim", "-e", "-s", "-u", "NONE", "-i", "NONE", "-n", "-c", "set encoding=utf-8 nocompatible",
         "-c", f"set runtimepath^={root}/packaging/vim", "-c", "filetype on", "-c", "syntax on",
         "-c", f"edit {path}", "-c", f"source {dump}", "-c", f"call Dump('{output}')", "-c", "qall!"],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    if done.returncode != 0 or not output.exists():
        sys.exit(f"vim does not take {path}: exit {done.returncode}, {done.stdout + done.stderr}")
    texts = path.read_bytes().splitlines()
    lines = []
    for text, row in zip(texts, output.read_text().splitlines(), strict=True):
        lines.append([(text[first:last].decode(errors="replace"), GROUPS.get(group))
                      for first, group, last in json.loads(row)])
    return lines


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    syntax = (root / "packaging/vim/syntax/loosen.vim").read_text(encoding="utf-8")
    found = {name: re.findall(r"'([a-z-]+)'", words)
             for name, words in re.findall(r"^let s:(\w+) = (\[.*?\])$", syntax, re.M | re.S)}
    faults = list(differences(program_words(root), found))
    with tempfile.TemporaryDirectory() as folder:
        faults += check_scripts(root, lambda path: colour(root, pathlib.Path(folder), path))
    for group in GROUPS:
        if not re.search(rf"^highlight default link {group} \w+$", syntax, re.M):
            faults.append(f"{group} has no colour")
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main()
