// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts a script into lines and tells what each one is; the only place that knows bytes, line ends
// and the marks at a line's start.
#ifndef LOOSEN_LEXER_H
#define LOOSEN_LEXER_H

#include "diagnostic.h"
#include "node.h"
#include "text_script.h"

enum lexeme_type {
    LEXEME_BLANK,     // nothing, or a comment
    LEXEME_BAD,       // not text (reported): nothing may be concluded from what is missing
    LEXEME_SECTION,   // "== ...": content is what follows the mark
    LEXEME_DIRECTIVE, // "@...": content is what follows the "@"
    LEXEME_TEXT,      // a spoken line, or a line of the header
};

struct lexeme {
    enum lexeme_type type;
    int number;          // of the line, 1-based
    int column;          // where it begins in the file, 1-based: not 1 where a text was cut
    int column_most;     // of the file's line; 0: not cut
    struct text line;    // the whole line without its end
    struct text content; // trimmed, behind all marks; data is never NULL
    enum level level;
    enum pass pass;
    enum breathing breathing;
    enum breath_mark mark;
    bool half;
    bool late_mark; // a mark behind the last one that may follow it, where it would be spoken
    bool comment;   // LEXEME_BLANK only
    bool escaped;   // a backslash took the meaning of what the content begins with
};

struct lexer {
    struct text rest;                  // not yet read
    int number;                        // of the last line read
    const struct text_origin *origins; // of its lines, where they come from a text; or NULL
    struct diagnostics *list;          // NULL: a look ahead that reports nothing
};

// Begin at the start of `data`; a byte-order mark is skipped.
void lexer_init(struct lexer *lexer, struct text data, struct diagnostics *list);

// The same of a script that was made of a text: its lines are told where they come from.
void lexer_init_text(struct lexer *lexer, const struct text_script *made, struct diagnostics *list);

// The next line; false at the end of the data, or behind a byte that no text holds.
bool lexer_next(struct lexer *lexer, struct lexeme *lexeme);

// The next line that says something: neither a blank one nor one that is no text.
bool lexer_next_said(struct lexer *lexer, struct lexeme *lexeme);

// Where `at`, a position in the lexeme's line, is.
struct place lexeme_place(const struct lexeme *lexeme, const char *at);

// `view` short enough for a message, cut between two characters.
struct text lexeme_quote(struct text view);

// Report an error at `at`, a position in the lexeme's line, with what to do about it. Without a
// list nothing is done.
void lexeme_report(struct diagnostics *list, const struct lexeme *lexeme, const char *at,
                   const char *rule, const char *message, const char *hint);

// The same, with `at` quoted behind the message.
void lexeme_report_quoted(struct diagnostics *list, const struct lexeme *lexeme, struct text at,
                          const char *rule, const char *message, const char *hint);

#endif
