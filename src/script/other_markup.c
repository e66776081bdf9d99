// SPDX-License-Identifier: GPL-3.0-or-later
// A table of marks says what a line of another format would have meant.
#include "other_markup.h"

#include "header.h"

static bool report_mark(const struct lexeme *lexeme, struct diagnostics *list)
{
    struct text content = lexeme->content;
    bool number = text_starts_with(content, TEXT("# ")) || text_starts_with(content, TEXT("##"));
    if (!number && !text_starts_with(content, TEXT("=")))
        return false;
    struct place place = lexeme_place(lexeme, content.data);
    diagnostics_add(list, SEVERITY_ERROR, "foreign-mark", place.line, place.column,
                    "\"%c\" begins no line here", content.data[0]);
    diagnostics_hint(list, "write == Name for a section, %sor a \\ before the mark to speak it",
                     number ? "// for a comment, " : "");
    return true;
}

static bool report_late_header(const struct lexeme *lexeme, struct diagnostics *list)
{
    if (!header_recognises(lexeme))
        return false;
    struct place place = lexeme_place(lexeme, lexeme->content.data);
    diagnostics_add(list, SEVERITY_WARNING, "header-late", place.line, place.column,
                    "a header line below the first section is spoken");
    diagnostics_hint(list, "move it above the first == line, or put a \\ before it");
    return true;
}

bool other_markup_report(const struct lexeme *lexeme, bool notice, struct diagnostics *list)
{
    if (lexeme->escaped)
        return false;
    return report_mark(lexeme, list) || (!notice && report_late_header(lexeme, list));
}
