// SPDX-License-Identifier: GPL-3.0-or-later
// Every line is searched for phrases that should not be said, with its place in the session.
#include "style_check.h"

#include "line_text.h"

struct walk {
    const struct session *session;
    const struct style_rules *phrases;
    struct text data;
    bool claims;
    struct diagnostics *list;
};

// ---- Phrases ------------------------------------------------------------------------------------

static const struct {
    const char *rule;
    const char *message;
} kinds[PHRASE_KINDS] = {
    [PHRASE_CLAIM] = {"claim", "is a claim that only a treatment may make"},
    [PHRASE_DAMAGE] = {"damage", "paints a picture of damage, which makes backs tighten"},
    [PHRASE_TONE] = {"tone", "does not fit a calm companion"},
    [PHRASE_MISREAD] = {"misread-word", "is said wrongly by the voice"},
};

static void report(enum phrase_kind kind, struct text found, struct text hint, struct place place,
                   bool plain, struct diagnostics *list)
{
    bool error = kind == PHRASE_CLAIM && !plain;
    diagnostics_add(list, error ? SEVERITY_ERROR : SEVERITY_WARNING, kinds[kind].rule, place.line,
                    place.column, "\"%.*s\" %s", TEXT_ARG(found), kinds[kind].message);
    diagnostics_hint(list, "%.*s", TEXT_ARG(hint));
}

void style_check_report_claim(struct text claim, struct text hint, struct place place, bool plain,
                              struct diagnostics *list)
{
    report(PHRASE_CLAIM, claim, hint, place, plain, list);
}

// In what is spoken, or else in what is shown; that is mostly the same.
static void search_line(const struct walk *walk, const struct node *line,
                        struct phrase_found found[PHRASE_KINDS])
{
    struct phrase_found shown[PHRASE_KINDS] = {{NULL, {NULL, 0}}};
    for (size_t i = 0; i < line->as.line.part_count; i++) {
        const struct part *part = &line->as.line.parts[i];
        style_rules_search(walk->phrases, part->spoken, found);
        if (part->shown.data != part->spoken.data)
            style_rules_search(walk->phrases, part->shown, shown);
    }
    if (!walk->claims)
        found[PHRASE_CLAIM].phrase = NULL;
    for (size_t kind = 0; kind < PHRASE_KINDS; kind++)
        if (!found[kind].phrase && kind != PHRASE_MISREAD) // what is only shown is not said
            found[kind] = shown[kind];
}

// ---- Lines --------------------------------------------------------------------------------------

static void check_line(const struct walk *walk, const struct node *line)
{
    struct phrase_found found[PHRASE_KINDS] = {{NULL, {NULL, 0}}};
    search_line(walk, line, found);
    for (size_t kind = 0; kind < PHRASE_KINDS; kind++)
        if (found[kind].phrase)
            report((enum phrase_kind)kind, found[kind].text, found[kind].phrase->hint,
                   line_text_place(walk->session, walk->data, line->place, found[kind].text.data),
                   walk->session->plain, walk->list);
}

static void check_nodes(const struct walk *walk, const struct node *nodes)
{
    for (const struct node *node = nodes; node; node = node->next) {
        if (node->type == NODE_LINE)
            check_line(walk, node);
        else if (node->type != NODE_NOTICE)
            check_nodes(walk, node->children);
    }
}

void style_check(const struct session *session, struct text data, const struct style_rules *phrases,
                 bool claims, struct diagnostics *list)
{
    const struct walk walk = {session, phrases, data, claims, list};
    for (size_t i = 0; i < session->section_count; i++)
        check_nodes(&walk, session->sections[i].first);
}

void style_check_header(struct text value, struct place place, const struct session *session,
                        const struct style_rules *phrases, struct diagnostics *list)
{
    struct phrase_found found[PHRASE_KINDS] = {{NULL, {NULL, 0}}};
    style_rules_search(phrases, value, found);
    const struct phrase_found *claim = &found[PHRASE_CLAIM];
    if (!claim->phrase)
        return;
    place.column += (int)text_length(text_head(value, (size_t)(claim->text.data - value.data)));
    style_check_report_claim(claim->text, claim->phrase->hint, place, session->plain, list);
}
