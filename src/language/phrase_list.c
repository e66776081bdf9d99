// SPDX-License-Identifier: GPL-3.0-or-later
// A list is cut at its commas, and names that a file may not have are told with those it may.
#include "phrase_list.h"

bool phrase_list_next(struct phrase_list *phrases, struct text *phrase)
{
    while (!phrases->over) {
        const struct text rest = phrases->rest;
        size_t comma = text_find(rest, ',');
        *phrase = text_trim(text_head(rest, comma));
        phrases->over = comma == rest.size;
        phrases->rest = text_skip(rest, comma + 1);
        if (phrase->size > 0)
            return true;
        lexeme_report_quoted(phrases->list, phrases->lexeme, rest, phrases->rule,
                             "there is no phrase before", phrases->hint);
    }
    return false;
}

void phrase_list_report_name(struct diagnostics *list, const struct lexeme *lexeme,
                             struct text name, const char *rule, const char *hint,
                             const char *const *names, size_t count)
{
    lexeme_report_quoted(list, lexeme, name, rule, "unknown kind", hint);
    const char *nearest = text_nearest(name, names, count);
    if (nearest)
        diagnostics_hint(list, "did you mean \"%s\"?", nearest);
}

void phrase_list_report_missing(struct diagnostics *list, int last_line, const char *rule,
                                const char *name)
{
    diagnostics_add(list, SEVERITY_ERROR, rule, last_line, 1, "there is no line \"%s\"", name);
    diagnostics_hint(list, "add a line \"%s: ...\"", name);
}
