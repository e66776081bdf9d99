// SPDX-License-Identifier: GPL-3.0-or-later
// Figures: slow paced breathing keeps to 4.5 to 8 breaths a minute, the out-breath at least as long
// as the in-breath (in at most 5 s, out at most 8 s), and holds nothing: a turn-around of up to 1 s
// is unnoticed, more is retention, which several conditions forbid.
#include "pattern_parser.h"

#include "letter.h"
#include "number.h"
#include "pattern.h"
#include "session_limits.h"
#include <stdio.h>

#define SECONDS(s) LIMIT_SECONDS(s)

static const struct pattern named[] = {
    {.type = PATTERN_RAMP, .name = {"ramp", 4}},
    {PATTERN_PACED, {"tide", 4}, SECONDS(4), SECONDS(6), 0},
    {PATTERN_PACED, {"even", 4}, SECONDS(5), SECONDS(5), 0},
    {PATTERN_PACED, {"dusk", 4}, SECONDS(4), SECONDS(7), 0},
    {.type = PATTERN_SIGH, .name = {"sigh", 4}},
    {.type = PATTERN_NATURAL, .name = {"natural", 7}},
};

enum { NAMED_COUNT = sizeof named / sizeof *named };

// What other programs call patterns that hold the breath: asked for often, and answered with why
// there are none.
static const char *const held[] = {"box", "square", "triangle", "tactical", "combat", "relaxing",
                                   "478", "4x4",    "4x4x4x4",  "kumbhaka", "wim-hof"};

enum { HELD_COUNT = sizeof held / sizeof *held };

static void report(const struct cursor *cursor, enum severity severity, struct text word,
                   const char *rule, const char *why, const char *hint)
{
    struct place place = lexeme_place(cursor->lexeme, word.data);
    struct text found = lexeme_quote(word);
    diagnostics_add(cursor->list, severity, rule, place.line, place.column, "pattern \"%.*s\": %s",
                    TEXT_ARG(found), why);
    diagnostics_hint(cursor->list, "%s", hint);
}

static void report_pace(const struct cursor *cursor, struct text word, const char *hint)
{
    const int least = (int)(10 * SESSION_BREATH_LEAST / FRAME_RATE); // tenths of a second
    const int most = (int)(10 * SESSION_BREATH_MOST / FRAME_RATE);
    char why[160];
    snprintf(why, sizeof why,
             "one breath takes less than %d.%d s or more than %d.%d s (" LIMIT_TEXT(
                 LIMIT_PACE_MOST) " to " LIMIT_TEXT(LIMIT_PACE_LEAST) " a minute)",
             least / 10, least % 10, most / 10, most % 10);
    report(cursor, SEVERITY_ERROR, word, "breath-pace", why, hint);
}

static void report_held(const struct cursor *cursor, struct text word)
{
    report(cursor, SEVERITY_ERROR, word, "breath-hold",
           "it holds the breath: more than " LIMIT_TEXT(
               LIMIT_HOLD_SECONDS) " s is no relaxation and not safe for everybody",
           "what is as slow and holds nothing: tide (4-6), dusk (4-7), or another IN-OUT such as "
           "4-8");
}

static void check_breathing(const struct pattern *p, const struct cursor *cursor)
{
    const char *pace = "tide (4-6) is the usual wave";
    int64_t period = pattern_period(p);
    // One error a pattern: what is longer than it may be is also slower, and so on.
    if (p->hold_frames > SECONDS(LIMIT_HOLD_SECONDS))
        report_held(cursor, p->name);
    else if (p->in_frames > p->out_frames)
        report(cursor, SEVERITY_ERROR, p->name, "breath-ratio",
               "the out-breath is shorter than the in-breath, which rouses instead of calming",
               pace);
    else if (p->in_frames > SECONDS(LIMIT_IN_SECONDS) || p->out_frames > SECONDS(LIMIT_OUT_SECONDS))
        report(
            cursor, SEVERITY_ERROR, p->name, "breath-phase",
            "in-breaths up to " LIMIT_TEXT(LIMIT_IN_SECONDS) " s and out-breaths up to " LIMIT_TEXT(
                LIMIT_OUT_SECONDS) " s stay easy for most people",
            pace);
    else if (period < SESSION_BREATH_LEAST || period > SESSION_BREATH_MOST)
        report_pace(cursor, p->name, pace);
    else if (p->hold_frames > SECONDS(LIMIT_HOLD_EASY_SECONDS))
        report(cursor, SEVERITY_WARNING, p->name, "breath-hold",
               "a turn-around of more than " LIMIT_TEXT(
                   LIMIT_HOLD_EASY_SECONDS) " s feels like holding the breath",
               "write IN-OUT without a hold");
}

// Read the numbers of "IN-OUT" or "IN-HOLD-OUT"; their count, or 0.
static int parse_seconds(struct text word, int64_t frames[3])
{
    int count = 0;
    while (count < 3) {
        size_t dash = text_find(word, '-');
        int64_t ms;
        if (!number_parse(text_head(word, dash), 3, &ms) || ms > 60000)
            return 0;
        frames[count++] = frames_from_ms(ms);
        if (dash == word.size)
            return count > 1 ? count : 0;
        word = text_skip(word, dash + 1);
    }
    return 0;
}

// Whether the numbers in `word`, with whatever between them ("4-7-8", "4:4:4:4"), name a hold
// behind the in-breath or the out-breath.
static bool counts_a_hold(struct text word)
{
    int count = 0;
    bool holds = false;
    for (size_t at = 0; at < word.size;) {
        size_t end = at;
        int64_t ms;
        while (end < word.size && word.data[end] >= '0' && word.data[end] <= '9')
            end++;
        if (end == at) {
            at++;
            continue;
        }
        bool number = number_parse(text_head(text_skip(word, at), end - at), 3, &ms);
        holds |= number && count % 2 == 1 && frames_from_ms(ms) > SECONDS(LIMIT_HOLD_SECONDS);
        count++;
        at = end;
    }
    return holds && count > 2;
}

static bool is_held(struct text word)
{
    for (size_t i = 0; i < HELD_COUNT; i++)
        if (letter_match(text_from(held[i]), false, word) > 0) // and then perhaps "-breathing"
            return true;
    return counts_a_hold(word);
}

static void report_unknown(const struct cursor *cursor, struct text word)
{
    const char *names[NAMED_COUNT];
    for (size_t i = 0; i < NAMED_COUNT; i++)
        names[i] = named[i].name.data;
    const char *nearest = text_nearest(word, names, NAMED_COUNT);
    cursor_expected(cursor, word, "breath-pattern",
                    "a breath pattern (ramp, tide, even, dusk, sigh, natural, or IN-OUT seconds "
                    "such as 4-6)");
    if (nearest)
        diagnostics_hint(cursor->list, "did you mean \"%s\"?", nearest);
}

bool pattern_parse(struct pattern *pattern, const struct cursor *cursor, struct text word)
{
    for (size_t i = 0; i < NAMED_COUNT; i++) {
        if (text_equal(word, named[i].name)) {
            *pattern = named[i];
            return true;
        }
    }
    int64_t frames[3];
    int count = parse_seconds(word, frames);
    if (count == 0) {
        if (is_held(word))
            report_held(cursor, word);
        else
            report_unknown(cursor, word);
        return false;
    }
    *pattern = (struct pattern){.type = PATTERN_PACED,
                                .name = word,
                                .in_frames = frames[0],
                                .out_frames = frames[count - 1],
                                .hold_frames = count == 3 ? frames[1] : 0};
    check_breathing(pattern, cursor);
    return true;
}
