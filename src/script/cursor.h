// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the arguments of one directive or header value from left to right, and says what it missed.
#ifndef LOOSEN_CURSOR_H
#define LOOSEN_CURSOR_H

#include "lexer.h"

struct cursor {
    const struct lexeme *lexeme; // whose line is read; borrowed
    struct text rest;            // not yet read, without blanks in front
    struct diagnostics *list;
    const char *usage; // of what is read: the hint of every fault
};

void cursor_init(struct cursor *cursor, const struct lexeme *lexeme, struct text text,
                 struct diagnostics *list, const char *usage);

// Report an error at `at`: "expected WHAT, found ...".
void cursor_expected(const struct cursor *cursor, struct text at, const char *rule,
                     const char *what);

// The next word, up to a blank or comma; empty at the end.
struct text cursor_word(struct cursor *cursor);

// These report what is wrong and return false; nothing after that is worth reading.
bool cursor_keyword(struct cursor *cursor, const char *word);
bool cursor_comma(struct cursor *cursor);
bool cursor_end(struct cursor *cursor);

// "D" or "D..D". *written: where it stands, for later messages; *single: no "..".
bool cursor_durations(struct cursor *cursor, struct range *range, bool *single,
                      struct text *written);

// "N" or "N..M" of whole numbers from `least` to `most`.
bool cursor_counts(struct cursor *cursor, int least, int most, int *from, int *to,
                   struct text *written);

// One duration in `word`; false after a report.
bool cursor_duration(const struct cursor *cursor, struct text word, int64_t *frames);

#endif
