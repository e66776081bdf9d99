// SPDX-License-Identifier: GPL-3.0-or-later
// Each mark is reported where it is written, with what to write in its place.
#include "mark_check.h"

// in: and out: need a breath that goes on under what is done; half: needs a place of its own.
static void check_moment(const struct lexeme *lexeme, const struct mark_scope *scope,
                         struct diagnostics *list)
{
    const char *at = text_trim(lexeme->line).data;
    bool presence = lexeme->level == LEVEL_PRESENCE;
    if (lexeme->mark && !scope->body)
        lexeme_report(list, lexeme, at, "phase-outside",
                      "in: and out: mean nothing outside @contact and @move",
                      "put the line inside one of them, or a \\ before it to speak the word");
    else if (lexeme->mark && presence)
        lexeme_report(list, lexeme, at, "phase-outside", "a presence line with in: or out:",
                      "take the mark away: the planner chooses its place");
    if (lexeme->half && scope->body)
        lexeme_report(list, lexeme, at, "half-place", "a half: line inside @contact or @move",
                      "write it before or behind the block, where time is easily shifted");
    else if (lexeme->half && presence)
        lexeme_report(list, lexeme, at, "half-place",
                      "a presence line with half:", "write + or ++ in the place of ~");
}

void mark_check_line(const struct lexeme *lexeme, const struct mark_scope *scope,
                     struct diagnostics *list)
{
    if (lexeme->pass != PASS_BOTH && !scope->sides)
        lexeme_report(list, lexeme, text_trim(lexeme->line).data, "pass-outside",
                      "first: and second: mean nothing outside @sides",
                      "put the line inside @sides, or a \\ before it to speak the word");
    check_moment(lexeme, scope, list);
    if (lexeme->late_mark)
        lexeme_report(list, lexeme, lexeme->content.data, "mark-order",
                      "a mark in the wrong place, or one too many",
                      "write them in this order: + first: paced: out:");
    bool partial =
        lexeme->level != LEVEL_MUST || lexeme->breathing != BREATHING_ANY || lexeme->half;
    if (scope->notices && partial)
        lexeme_report(list, lexeme, text_trim(lexeme->line).data, "notice-level",
                      "a line of a notice that may be left out", "take the mark away");
}

void mark_check_directive(const struct lexeme *lexeme, bool optional, struct diagnostics *list)
{
    const char *at = text_trim(lexeme->line).data;
    if (lexeme->level == LEVEL_PRESENCE)
        lexeme_report(list, lexeme, at, "directive-level", "~ marks spoken lines only",
                      "use + or ++ to make a directive optional");
    else if (lexeme->level != LEVEL_MUST && !optional)
        lexeme_report(list, lexeme, at, "directive-level",
                      "this directive cannot be left out by itself",
                      "take the level mark away; a @pause goes with the line before it");
    if (lexeme->pass != PASS_BOTH)
        lexeme_report(
            list, lexeme, at, "directive-pass",
            "first: and second: stand before lines only, so that both sides get the same steps",
            "take the mark away");
    if (lexeme->breathing != BREATHING_ANY)
        lexeme_report(list, lexeme, at, "breathing-place",
                      "paced: and natural: stand before lines only",
                      "take the mark away, or mark the lines inside");
    if (lexeme->mark || lexeme->half)
        lexeme_report(list, lexeme, at, lexeme->half ? "half-place" : "phase-outside",
                      "in:, out: and half: stand before lines only", "take the mark away");
}
