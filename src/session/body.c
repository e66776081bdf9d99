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

// False after "unknown WHAT", with the nearest name or all of them as its hint.
static bool is_known(const struct cursor *cursor, struct text word, const char *what,
                     const char *const *names, size_t count, size_t listed)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal_c(word, names[i]))
            return true;
    struct place place = lexeme_place(cursor->lexeme, word.data);
    struct text quote = lexeme_quote(word);
    diagnostics_add(cursor->list, SEVERITY_ERROR, "unknown-word", place.line, place.column,
                    "unknown %s \"%.*s\"", what, TEXT_ARG(quote));
    const char *nearest = text_nearest(word, names, count);
    if (nearest) {
        diagnostics_hint(cursor->list, "did you mean \"%s\"?", nearest);
        return false;
    }
    struct buffer all = BUFFER_INIT;
    for (size_t i = 0; i < listed; i++)
        buffer_printf(&all, "%s%s", i == 0 ? "" : ", ", names[i]);
    cursor->list->failed |= all.failed;
    diagnostics_hint(cursor->list, "choose one of %s", all.data ? all.data : "");
    buffer_free(&all);
    return false;
}

// Report unknown words; true when the region is known, so that pairs can be looked up.
static bool check_words(const struct body_words *words, const struct cursor *cursor)
{
    const char *names[TOOL_COUNT];
    for (size_t i = 0; i < TOOL_COUNT; i++)
        names[i] = tools[i].name;
    bool known = is_known(cursor, words->region, "region", regions, REGION_COUNT, REGION_LISTED);
    is_known(cursor, words->tool, "tool", names, TOOL_COUNT, TOOL_COUNT);
    if (words->surface.size > 0)
        is_known(cursor, words->surface, "surface", surfaces, SURFACE_COUNT, SURFACE_COUNT);
    return known;
}

static bool matches(struct text word, const char *pattern)
{
    return !pattern || text_equal_c(word, pattern);
}

static void check_pairs(const struct body_words *words, const struct cursor *cursor)
{
    const struct tool *tool = find_tool(words->tool);
    char found[224];
    for (size_t i = 0; i < PAIR_COUNT; i++) {
        const struct pair *pair = &forbidden[i];
        if (!matches(words->region, pair->region) || !matches(words->tool, pair->tool) ||
            !matches(words->surface, pair->surface))
            continue;
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

void body_check(const struct node *contact, const struct body_words *words,
                const struct cursor *cursor)
{
    char found[96];
    if (check_words(words, cursor))
        check_pairs(words, cursor);
    if (contact->as.contact.pressure_most > BODY_PRESSURE_MOST) {
        snprintf(found, sizeof found, "pressure %d", contact->as.contact.pressure_most);
        rule_report(cursor->list, RULE_PRESSURE, lexeme_place(cursor->lexeme, words->pressure.data),
                    found);
    }
    if (contact->as.contact.frames.most > BODY_SPOT_MOST) {
        struct text quote = lexeme_quote(words->duration);
        snprintf(found, sizeof found, "contact for %.*s", TEXT_ARG(quote));
        rule_report(cursor->list, RULE_SPOT, lexeme_place(cursor->lexeme, words->duration.data),
                    found);
    }
}
