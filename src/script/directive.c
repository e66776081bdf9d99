// SPDX-License-Identifier: GPL-3.0-or-later
// One row for each directive says how its arguments are parsed and where it may stand.
#include "directive.h"

#include "body.h"
#include "pattern.h"
#include "pattern_parser.h"
#include "rule.h"
#include "session_limits.h"

enum { ROUNDS_MOST = 100, BREATHS_MOST = 120 };

// A duration written alone is elastic around itself; the limits are documented with @pause.
static void stretch_pause(struct node *node)
{
    int64_t natural = node->as.pause.frames.least;
    node->as.pause.natural = natural;
    node->as.pause.frames.least = natural * SESSION_PAUSE_LEAST_PERCENT / 100;
    node->as.pause.frames.most = natural * SESSION_PAUSE_MOST_PERCENT / 100;
}

// How long a touch or a movement takes.
struct span {
    bool counted; // in breaths
    struct range frames;
    int least_breaths, most_breaths;
};

static bool parse_pause(struct node *node, struct cursor *cursor)
{
    bool single;
    struct text written;
    struct range *range = &node->as.pause.frames;
    if (!cursor_durations(cursor, range, &single, &written))
        return false;
    node->as.pause.ranged = !single;
    node->as.pause.natural = range->least + (range->most - range->least) / 2;
    if (single)
        stretch_pause(node);
    return cursor_end(cursor);
}

static bool parse_rest(struct node *node, struct cursor *cursor)
{
    bool single;
    struct text written;
    return cursor_durations(cursor, &node->as.rest.frames, &single, &written) && cursor_end(cursor);
}

// "N breaths", behind what was looked at; false after a report.
static bool parse_breaths(struct cursor *cursor, int *least, int *most, struct text *written)
{
    if (!cursor_counts(cursor, 1, BREATHS_MOST, least, most, written))
        return false;
    struct text unit = cursor->rest;
    if (text_equal(unit, TEXT("breaths")) || text_equal(unit, TEXT("breath"))) {
        cursor->rest = text_skip(unit, unit.size);
        return true;
    }
    cursor_expected(cursor, unit, "syntax", "\"breaths\"");
    return false;
}

// How long a touch or a movement takes. No unit of time begins with the letter of breaths.
static bool parse_span(struct cursor *cursor, struct span *span, struct text *written)
{
    bool single;
    struct cursor ahead = *cursor;
    cursor_word(&ahead);
    span->counted = text_starts_with(ahead.rest, TEXT("b"));
    if (!span->counted)
        return cursor_durations(cursor, &span->frames, &single, written) && cursor_end(cursor);
    if (!parse_breaths(cursor, &span->least_breaths, &span->most_breaths, written))
        return false;
    span->frames = (struct range){span->least_breaths * SESSION_BREATH_FRAMES,
                                  span->most_breaths * SESSION_BREATH_FRAMES};
    return true;
}

static void check_bout(const struct node *node, const struct cursor *cursor, struct text written)
{
    const struct pattern *pattern = &node->as.breathe.pattern;
    int64_t most = node->as.breathe.counted
                       ? node->as.breathe.most_breaths * pattern_period(pattern)
                       : node->as.breathe.frames.most;
    if (most > SESSION_BOUT_MOST)
        lexeme_report(cursor->list, cursor->lexeme, written.data, "breath-bout",
                      "a bout of more than " LIMIT_TEXT(
                          LIMIT_BOUT_MINUTES) " min: after that, free breathing is due",
                      "keep the bout within " LIMIT_TEXT(
                          LIMIT_BOUT_MINUTES) "m and follow it with its release");
    bool many = node->as.breathe.counted ? node->as.breathe.most_breaths > SESSION_SIGHS_MOST
                                         : most > SESSION_SIGHS_MOST * pattern_period(pattern);
    if (pattern->type == PATTERN_SIGH && many)
        lexeme_report(cursor->list, cursor->lexeme, written.data, "breath-sighs",
                      "more than " LIMIT_TEXT(LIMIT_SIGHS) " sighs in a row can make dizzy",
                      "write 1.." LIMIT_TEXT(LIMIT_SIGHS) " breaths");
}

static bool parse_bout_limits(struct node *node, struct cursor *cursor)
{
    struct text written;
    struct cursor ahead = *cursor;
    cursor_word(&ahead);
    node->as.breathe.counted = ahead.rest.size > 0;
    if (node->as.breathe.counted) {
        if (!parse_breaths(cursor, &node->as.breathe.least_breaths, &node->as.breathe.most_breaths,
                           &written))
            return false;
    } else {
        bool single;
        if (!cursor_durations(cursor, &node->as.breathe.frames, &single, &written))
            return false;
    }
    check_bout(node, cursor, written);
    return true;
}

static bool parse_breathe(struct node *node, struct cursor *cursor)
{
    struct text word = cursor_word(cursor);
    struct pattern *pattern = &node->as.breathe.pattern;
    if (!pattern_parse(pattern, cursor, word))
        return false;
    pattern_limits(pattern, &node->as.breathe.counted, &node->as.breathe.frames,
                   &node->as.breathe.least_breaths, &node->as.breathe.most_breaths);
    return cursor->rest.size == 0 || parse_bout_limits(node, cursor);
}

// A word that is to be there; false after a report.
static bool parse_word(struct cursor *cursor, struct text *word, const char *what)
{
    struct text before = cursor->rest;
    *word = cursor_word(cursor);
    if (word->size > 0)
        return true;
    cursor_expected(cursor, before, "syntax", what);
    return false;
}

// All that stands before the keyword, such as "tennis ball" before "on"; empty without the keyword.
static struct text words_before(const struct cursor *cursor, const char *keyword)
{
    struct cursor ahead = *cursor;
    const char *start = cursor->rest.data;
    while (ahead.rest.size > 0 && ahead.rest.data[0] != ',') {
        const char *end = ahead.rest.data;
        if (text_equal_c(cursor_word(&ahead), keyword))
            return text_trim((struct text){start, (size_t)(end - start)});
    }
    return (struct text){start, 0};
}

// One name of the list. Several words in its place are reported together.
static bool parse_body_word(struct cursor *cursor, struct text *word, enum body_list list,
                            const char *what, const char *keyword)
{
    struct text words = words_before(cursor, keyword);
    if (!parse_word(cursor, word, what))
        return false;
    if (words.size <= word->size || body_knows(*word, list))
        return true;
    body_unknown(cursor, words, list);
    return false;
}

// "left" and "right" are passes of @sides, never part of a region: both sides get the same.
static bool parse_region(struct cursor *cursor, struct text *region)
{
    if (!text_starts_with(cursor->rest, TEXT("left")) &&
        !text_starts_with(cursor->rest, TEXT("right")))
        return parse_body_word(cursor, region, BODY_REGION, "a region of the body", "with");
    *region = cursor_word(cursor);
    rule_report(cursor->list, RULE_ONE_SIDED, lexeme_place(cursor->lexeme, region->data),
                "a touch of one side only");
    return false;
}

static bool parse_contact_words(struct node *node, struct cursor *cursor, struct body_words *words)
{
    struct span span = {.counted = false};
    if (!parse_region(cursor, &words->region) || !cursor_keyword(cursor, "with") ||
        !parse_body_word(cursor, &words->tool, BODY_TOOL, "a tool", "on"))
        return false;
    if (!text_starts_with(cursor->rest, TEXT(",")))
        if (!cursor_keyword(cursor, "on") || !parse_word(cursor, &words->surface, "a surface"))
            return false;
    bool good = cursor_comma(cursor) && cursor_keyword(cursor, "pressure") &&
                cursor_counts(cursor, 0, 10, &node->as.contact.pressure_least,
                              &node->as.contact.pressure_most, &words->pressure) &&
                cursor_comma(cursor) && parse_span(cursor, &span, &words->duration);
    node->as.contact.counted = span.counted;
    node->as.contact.frames = span.frames;
    node->as.contact.least_breaths = span.least_breaths;
    node->as.contact.most_breaths = span.most_breaths;
    return good;
}

static bool parse_contact(struct node *node, struct cursor *cursor)
{
    struct body_words words = {0};
    if (!parse_contact_words(node, cursor, &words))
        return false;
    node->as.contact.region = words.region;
    node->as.contact.tool = words.tool;
    node->as.contact.surface = words.surface;
    if (node->as.contact.counted && node->as.contact.frames.most > SESSION_SPOT_MOST)
        node->as.contact.frames.most = SESSION_SPOT_MOST;
    body_check(node, &words, cursor);
    return true;
}

static bool is_name(struct text word)
{
    for (size_t i = 0; i < word.size; i++) {
        char c = word.data[i];
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-')
            return false;
    }
    return word.size > 0;
}

static bool parse_name(struct cursor *cursor, struct text *name, const char *what)
{
    struct text before = cursor->rest;
    *name = cursor_word(cursor);
    if (is_name(*name))
        return true;
    cursor_expected(cursor, name->size ? *name : before, "bad-name", what);
    *name = (struct text){NULL, 0};
    return false;
}

static bool parse_move(struct node *node, struct cursor *cursor)
{
    struct text written;
    struct span span = {.counted = false};
    if (!parse_name(cursor, &node->as.move.name, "a name of a-z, 0-9 and -"))
        return false;
    if (!cursor_comma(cursor)) {
        diagnostics_hint(cursor->list, "write %s; a name is one word, such as hip-circle",
                         cursor->usage);
        return false;
    }
    bool good = parse_span(cursor, &span, &written);
    node->as.move.counted = span.counted;
    node->as.move.frames = span.frames;
    node->as.move.least_breaths = span.least_breaths;
    node->as.move.most_breaths = span.most_breaths;
    return good;
}

static bool parse_side(struct cursor *cursor, enum side *side)
{
    struct text before = cursor->rest;
    struct text word = cursor_word(cursor);
    *side = text_equal_c(word, "left")    ? SIDE_LEFT
            : text_equal_c(word, "right") ? SIDE_RIGHT
                                          : SIDE_NONE;
    if (*side != SIDE_NONE)
        return true;
    cursor_expected(cursor, word.size ? word : before, "syntax", "left or right");
    return false;
}

static bool parse_sides(struct node *node, struct cursor *cursor)
{
    enum side *order = node->as.sides.order;
    if (!parse_side(cursor, &order[0]) || !cursor_comma(cursor))
        return false;
    struct text second = cursor->rest;
    if (!parse_side(cursor, &order[1]) || !cursor_end(cursor))
        return false;
    if (order[0] != order[1])
        return true;
    rule_report(cursor->list, RULE_ONE_SIDED, lexeme_place(cursor->lexeme, second.data),
                "the same side twice");
    diagnostics_hint(cursor->list, "write %s", cursor->usage);
    return false;
}

static bool parse_repeat(struct node *node, struct cursor *cursor)
{
    struct text written;
    return cursor_counts(cursor, 1, ROUNDS_MOST, &node->as.repeat.least, &node->as.repeat.most,
                         &written) &&
           cursor_end(cursor);
}

static bool parse_notice(struct node *node, struct cursor *cursor)
{
    static const char *const kinds[] = {"pressure", "movement", "short", "breath"};
    struct text before = cursor->rest;
    struct text word = cursor_word(cursor);
    for (size_t i = 0; i < 4; i++) {
        if (text_equal_c(word, kinds[i])) {
            node->as.notice.kind = word;
            return cursor_end(cursor);
        }
    }
    cursor_expected(cursor, word.size ? word : before, "notice-kind",
                    "pressure, movement, short or breath");
    const char *nearest = text_nearest(word, kinds, 4);
    if (nearest)
        diagnostics_hint(cursor->list, "did you mean \"%s\"?", nearest);
    return false;
}

static bool parse_scene(struct node *node, struct cursor *cursor)
{
    return parse_name(cursor, &node->as.scene.name, "the name of a scene") && cursor_end(cursor);
}

static bool parse_nothing(struct node *node, struct cursor *cursor)
{
    (void)node;
    return cursor_end(cursor);
}

static const struct directive directives[] = {
    {"pause", "@pause 2s, or @pause 2s..5s", NODE_PAUSE, false, false, parse_pause},
    {"rest", "@rest 10s..2m", NODE_REST, false, true, parse_rest},
    {"breathe", "@breathe PATTERN, then nothing, or 1m..5m, or 6 breaths, or 6..12 breaths",
     NODE_BREATHE, false, true, parse_breathe},
    {"contact", "@contact REGION with TOOL on SURFACE, pressure 4..5, 40s..60s (or 4..6 breaths)",
     NODE_CONTACT, true, true, parse_contact},
    {"move", "@move NAME, 20s..40s (or 2..4 breaths)", NODE_MOVE, true, true, parse_move},
    {"sides", "@sides left, right", NODE_SIDES, true, true, parse_sides},
    {"repeat", "@repeat 1..3", NODE_REPEAT, true, true, parse_repeat},
    {"notice", "@notice pressure (or movement, short, breath)", NODE_NOTICE, false, false,
     parse_notice},
    {"scene", "@scene NAME", NODE_SCENE, false, false, parse_scene},
    {"chime", "@chime, with nothing behind it", NODE_CHIME, false, false, parse_nothing},
    {"end", "@end, with nothing behind it", NODE_LINE, false, false, parse_nothing},
};

enum { DIRECTIVE_COUNT = sizeof directives / sizeof *directives };

const struct directive *directive_find(struct text name)
{
    for (size_t i = 0; i < DIRECTIVE_COUNT; i++)
        if (text_equal_c(name, directives[i].name))
            return &directives[i];
    return NULL;
}

const struct directive *directive_nearest(struct text name)
{
    if (text_starts_with(name, TEXT("end")))
        return &directives[DIRECTIVE_COUNT - 1];
    const char *names[DIRECTIVE_COUNT];
    for (size_t i = 0; i < DIRECTIVE_COUNT; i++)
        names[i] = directives[i].name;
    const char *nearest = text_nearest(name, names, DIRECTIVE_COUNT);
    return nearest ? directive_find(text_from(nearest)) : NULL;
}

bool directive_is_end(const struct directive *directive)
{
    return directive == &directives[DIRECTIVE_COUNT - 1];
}

const char *directive_forbidden(enum node_type outer, enum node_type inner)
{
    bool timed = outer == NODE_CONTACT || outer == NODE_MOVE;
    if (timed && (inner == NODE_CONTACT || inner == NODE_MOVE))
        return "one touch or movement at a time";
    if (timed && inner == NODE_BREATHE)
        return "no pacing while hands or ball are busy";
    if (timed && (inner == NODE_SIDES || inner == NODE_REPEAT))
        return "a timed block has one course: put @sides and @repeat around it";
    if (timed && inner == NODE_NOTICE)
        return "a notice comes before hands and body are busy";
    if (outer == NODE_SIDES && inner == NODE_SIDES)
        return "the inner block would change sides four times";
    if ((outer == NODE_SIDES || outer == NODE_REPEAT) && inner == NODE_NOTICE)
        return "a notice is heard once";
    return NULL;
}
