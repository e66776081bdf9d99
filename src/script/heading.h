// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the line that begins a section: "== Name  30s at 6m, 1m at 10m".
#ifndef LOOSEN_HEADING_H
#define LOOSEN_HEADING_H

#include "arena.h"
#include "lexer.h"
#include "session_model.h"
#include "status.h"

// Fill name, place and shape of `section` from the lexeme; faults are reported. STATUS_NO_MEMORY.
enum status heading_parse(struct section *section, const struct lexeme *lexeme, struct arena *arena,
                          struct diagnostics *list);

#endif
