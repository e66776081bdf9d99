// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of regions, tools and surfaces, and of pairs that must not meet.
#include "body.h"

#include "rule.h"

#include <stdio.h>

static const char *const regions[] = {
    "low-back",
    "upper-back",
    "glutes",
    "hips",
    "hamstrings",
    "thighs",
    "calves",
    "feet",
    "sacrum",
    "shoulders",
    "neck",
    "arms",
    "hands",
    "jaw",
    "scalp",
    // Known so that the answer says why not.
    "spine",
    "belly",
    "groin",
    "throat",
    "kidneys",
    "low-ribs",
    "tailbone",
};

static const struct tool {
    const char *name;
    bool presses; // into one spot: counts towards the budget
    bool laid;    // lies on something
} tools[] = {
    {"ball", true, true},      {"roller", true, true},  {"towel", true, true},
    {"knuckles", true, false}, {"fists", true, false},  {"fingers", true, false},
    {"thumbs", true, false},   {"hands", false, false}, {"palms", false, false},
};

static const char *const surfaces[] = {"wall", "floor", "mat", "chair", "bed"};

// What may not be combined; NULL matches everything.
static const struct pair {
    const char *region, *tool, *surface;
    enum rule rule;
} forbidden[] = {
    {"spine", NULL, NULL, RULE_SPINE},
    {"belly", NULL, NULL, RULE_BELLY},
    {"groin", NULL, NULL, RULE_GROIN},
    {"throat", NULL, NULL, RULE_THROAT},
    {"kidneys", NULL, NULL, RULE_KIDNEYS},
    {"low-ribs", NULL, NULL, RULE_KIDNEYS},
    {"tailbone", NULL, NULL, RULE_BONE},
    {"sacrum", "ball", NULL, RULE_BONE},
    {"sacrum", "roller", NULL, RULE_BONE},
    {"sacrum", "knuckles", NULL, RULE_BONE},
    {"sacrum", "fists", NULL, RULE_BONE},
    {"sacrum", "thumbs", NULL, RULE_BONE},
    {"neck", "ball", NULL, RULE_NECK},
    {"neck", "roller", NULL, RULE_NECK},
    {"neck", "knuckles", NULL, RULE_NECK},
    {"neck", "fists", NULL, RULE_NECK},
    {"low-back", "ball", "floor", RULE_LOW_BACK_FLOOR},
    {"low-back", "ball", "mat", RULE_LOW_BACK_FLOOR},
    {"low-back", "ball", "bed", RULE_LOW_BACK_FLOOR},
    {"low-back", "roller", NULL, RULE_LOW_BACK_ROLLER},
};

enum {
    REGION_COUNT = sizeof regions / sizeof *regions,
    TOOL_COUNT = sizeof tools / sizeof *tools,
    SURFACE_COUNT = sizeof surfaces / sizeof *surfaces,
    PAIR_COUNT = sizeof forbidden / sizeof *forbidden,
    REGION_LISTED = 15, // of regions, without those known only for their reason
};

static const struct tool *find_tool(struct text name)
{
    for (size_t i = 0; i < TOOL_COUNT; i++)
        if (text_equal_c(name, tools[i].name))
            return &tools[i];
    return NULL;
}

bool body_tool_presses(struct text tool)
{
    const struct tool *row = find_tool(tool);
    return row && row->presses;
}

// What may stand at one place of a @contact.
struct vocabulary {
    const char *what;
    const char *names[REGION_COUNT];
    size_t count, listed; // listed: without those known only for their reason
};

static struct vocabulary vocabulary_of(enum body_list list)
{
    struct vocabulary v = {.what = "region", .count = REGION_COUNT, .listed = REGION_LISTED};
    if (list == BODY_TOOL)
        v = (struct vocabulary){.what = "tool", .count = TOOL_COUNT, .listed = TOOL_COUNT};
    else if (list == BODY_SURFACE)
        v = (struct vocabulary){.what = "surface", .count = SURFACE_COUNT, .listed = SURFACE_COUNT};
    for (size_t i = 0; i < v.count; i++)
        v.names[i] = list == BODY_TOOL      ? tools[i].name
                     : list == BODY_SURFACE ? surfaces[i]
                                            : regions[i];
    return v;
}

static const char *find_name(const struct vocabulary *v, struct text word)
{
    for (size_t i = 0; i < v->count; i++)
        if (text_equal_c(word, v->names[i]))
            return v->names[i];
    return NULL;
}

bool body_knows(struct text word, enum body_list list)
{
    struct vocabulary v = vocabulary_of(list);
    return find_name(&v, word) != NULL;
}

// The name that the words mean: "lower back" is nearly low-back, "tennis ball" ends in ball.
static const char *meant_name(const struct vocabulary *v, struct text words)
{
    size_t last = words.size;
    while (last > 0 && words.data[last - 1] != ' ' && words.data[last - 1] != '\t')
        last--;
    const char *nearest = text_nearest(words, v->names, v->count);
    return nearest || last == 0 ? nearest : find_name(v, text_skip(words, last));
}

void body_unknown(const struct cursor *cursor, struct text words, enum body_list list)
{
    struct vocabulary v = vocabulary_of(list);
    struct place place = lexeme_place(cursor->lexeme, words.data);
    struct text quote = lexeme_quote(words);
    diagnostics_add(cursor->list, SEVERITY_ERROR, "unknown-word", place.line, place.column,
                    "unknown %s \"%.*s\"", v.what, TEXT_ARG(quote));
    const char *meant = meant_name(&v, words);
    if (meant) {
        diagnostics_hint(cursor->list, "did you mean \"%s\"?", meant);
        return;
    }
    struct buffer all = BUFFER_INIT;
    for (size_t i = 0; i < v.listed; i++)
        buffer_printf(&all, "%s%s", i == 0 ? "" : ", ", v.names[i]);
    cursor->list->failed |= all.failed;
    diagnostics_hint(cursor->list, "choose one of %s", all.data ? all.data : "");
    buffer_free(&all);
}

static bool check_word(const struct cursor *cursor, struct text word, enum body_list list)
{
    if (body_knows(word, list))
        return true;
    body_unknown(cursor, word, list);
    return false;
}

// Report unknown words; true when the region is known, so that pairs can be looked up.
static bool check_words(const struct body_words *words, const struct cursor *cursor)
{
    bool known = check_word(cursor, words->region, BODY_REGION);
    check_word(cursor, words->tool, BODY_TOOL);
    if (words->surface.size > 0)
        check_word(cursor, words->surface, BODY_SURFACE);
    return known;
}

static bool matches(struct text word, const char *pattern)
{
    return !pattern || text_equal_c(word, pattern);
}

static const struct pair *find_pair(struct text region, struct text tool, struct text surface)
{
    for (size_t i = 0; i < PAIR_COUNT; i++) {
        const struct pair *pair = &forbidden[i];
        if (matches(region, pair->region) && matches(tool, pair->tool) &&
            matches(surface, pair->surface))
            return pair;
    }
    return NULL;
}

const char *body_refuses(struct text region, struct text tool, struct text surface)
{
    const struct pair *pair = find_pair(region, tool, surface);
    return pair ? rule_row(pair->rule)->why : NULL;
}

static void check_pairs(const struct body_words *words, const struct cursor *cursor)
{
    const struct tool *tool = find_tool(words->tool);
    char found[224];
    const struct pair *pair = find_pair(words->region, words->tool, words->surface);
    if (pair) {
        snprintf(found, sizeof found, "%.*s with %.*s%s%.*s", TEXT_ARG(lexeme_quote(words->region)),
                 TEXT_ARG(lexeme_quote(words->tool)), words->surface.size ? " on " : "",
                 TEXT_ARG(lexeme_quote(words->surface)));
        rule_report(cursor->list, pair->rule, lexeme_place(cursor->lexeme, words->region.data),
                    found);
        return;
    }
    if (!tool || !tool->laid || words->surface.size > 0)
        return;
    snprintf(found, sizeof found, "%s on no surface", tool->name);
    rule_report(cursor->list, RULE_SURFACE, lexeme_place(cursor->lexeme, words->tool.data), found);
}

// In breaths only the least of them counts: those beyond the limit are left out.
static bool is_too_long(const struct node *contact)
{
    return contact->as.contact.counted ? contact->as.contact.least_breaths > BODY_SPOT_BREATHS
                                       : contact->as.contact.frames.most > SESSION_SPOT_MOST;
}

int64_t body_contact_most(const struct node *contact)
{
    if (!contact->as.contact.counted)
        return contact->as.contact.frames.most;
    int64_t most = contact->as.contact.most_breaths * SESSION_BREATH_MOST;
    return most < SESSION_SPOT_MOST ? most : SESSION_SPOT_MOST;
}

void body_check(const struct node *contact, const struct body_words *words,
                const struct cursor *cursor)
{
    char found[96];
    if (check_words(words, cursor))
        check_pairs(words, cursor);
    if (contact->as.contact.pressure_most > LIMIT_PRESSURE) {
        snprintf(found, sizeof found, "pressure %d", contact->as.contact.pressure_most);
        rule_report(cursor->list, RULE_PRESSURE, lexeme_place(cursor->lexeme, words->pressure.data),
                    found);
    }
    if (is_too_long(contact)) {
        struct text quote = lexeme_quote(words->duration);
        snprintf(found, sizeof found, "contact for %.*s%s", TEXT_ARG(quote),
                 contact->as.contact.counted ? " breaths" : "");
        rule_report(cursor->list, RULE_SPOT, lexeme_place(cursor->lexeme, words->duration.data),
                    found);
        if (contact->as.contact.counted)
            diagnostics_hint(
                cursor->list,
                "let the least be %d breaths or fewer: at the slowest pace, " LIMIT_TEXT(
                    LIMIT_PACE_LEAST) " a minute, they take %ds",
                BODY_SPOT_BREATHS, (int)(BODY_SPOT_BREATHS * SESSION_BREATH_MOST / FRAME_RATE));
    }
}
