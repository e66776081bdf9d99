// SPDX-License-Identifier: GPL-3.0-or-later
// What the files of a language have in common: lines of "key: phrase, phrase".
#ifndef LOOSEN_PHRASE_LIST_H
#define LOOSEN_PHRASE_LIST_H

#include "lexer.h"

// The phrases of a list, with commas between; one that is empty is reported and passed.
struct phrase_list {
    struct text rest;
    bool over;
    const struct lexeme *lexeme;
    struct diagnostics *list;
    const char *rule; // of the report
    const char *hint;
};

// The next one, trimmed. False: there is none left.
bool phrase_list_next(struct phrase_list *phrases, struct text *phrase);

// Report that `name` is none of the names, with the nearest of them, or `hint`, which tells where
// all are named.
void phrase_list_report_name(struct diagnostics *list, const struct lexeme *lexeme,
                             struct text name, const char *rule, const char *hint,
                             const char *const *names, size_t count);

// Report, at the file's last line, that it has no line that begins with `name`.
void phrase_list_report_missing(struct diagnostics *list, int last_line, const char *rule,
                                const char *name);

#endif
