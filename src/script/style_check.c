// SPDX-License-Identifier: GPL-3.0-or-later
// Every line is searched for phrases that should not be said, with its place in the session.
#include "style_check.h"

#include "header.h"
#include "line_text.h"
#include "rule.h"

struct walk {
    const struct session *session;
    const struct style_rules *phrases;
    struct text data;
    bool standing;
    struct diagnostics *list;
};

static struct place place_of(const struct walk *walk, const struct node *line, const char *at)
{
    return line_text_place(walk->data, line->place.line, at);
}

// ---- Phrases ------------------------------------------------------------------------------------

static const struct {
    const char *rule; // NULL: means nothing by itself
    const char *message;
} kinds[PHRASE_KINDS] = {
    [PHRASE_CLAIM] = {"claim", "is a claim that only a treatment may make"},
    [PHRASE_DAMAGE] = {"damage", "paints a picture of damage, which makes backs tighten"},
    [PHRASE_TONE] = {"tone", "does not fit a calm companion"},
    [PHRASE_MISREAD] = {"misread-word", "is said wrongly by the voice"},
};

static void report(const struct phrase_found *found, struct place place, bool plain,
                   struct diagnostics *list)
{
    enum phrase_kind kind = found->phrase->kind;
    bool error = kind == PHRASE_CLAIM && !plain;
    diagnostics_add(list, error ? SEVERITY_ERROR : SEVERITY_WARNING, kinds[kind].rule, place.line,
                    place.column, "\"%.*s\" %s", TEXT_ARG(found->text), kinds[kind].message);
    diagnostics_hint(list, "%.*s", TEXT_ARG(found->phrase->hint));
}

// In what is spoken, or else in what is shown; that is mostly the same.
static void search_line(const struct walk *walk, const struct node *line,
                        struct phrase_found found[PHRASE_KINDS])
{
    for (size_t i = 0; i < line->as.line.part_count; i++) {
        const struct part *part = &line->as.line.parts[i];
        style_rules_search(walk->phrases, part->spoken, found);
        if (part->shown.data == part->spoken.data)
            continue;
        struct phrase_found misread = found[PHRASE_MISREAD];
        style_rules_search(walk->phrases, part->shown, found);
        found[PHRASE_MISREAD] = misread; // what is only shown is not said
    }
}

// ---- Eyes ---------------------------------------------------------------------------------------

static bool closes_eyes(const struct walk *walk, struct text sentence)
{
    struct phrase_found found[PHRASE_KINDS] = {{NULL, {NULL, 0}}};
    style_rules_search(walk->phrases, sentence, found);
    return found[PHRASE_EYES].phrase && found[PHRASE_CLOSE].phrase;
}

static size_t sentence_size(struct text view)
{
    size_t size = 0;
    while (size < view.size && view.data[size] != '.' && view.data[size] != '!' &&
           view.data[size] != '?')
        size++;
    return size;
}

static void check_eyes(const struct walk *walk, const struct node *line)
{
    for (size_t i = 0; i < line->as.line.part_count; i++) {
        struct text rest = line->as.line.parts[i].spoken;
        while (rest.size > 0) {
            size_t size = sentence_size(rest);
            struct text sentence = text_trim(text_head(rest, size));
            if (closes_eyes(walk, sentence)) {
                rule_report(walk->list, RULE_EYES, place_of(walk, line, sentence.data),
                            "eyes closed in a standing session");
                return;
            }
            rest = text_skip(rest, size + 1);
        }
    }
}

// ---- Lines --------------------------------------------------------------------------------------

static void check_line(const struct walk *walk, const struct node *line)
{
    struct phrase_found found[PHRASE_KINDS] = {{NULL, {NULL, 0}}};
    search_line(walk, line, found);
    for (size_t kind = 0; kind < PHRASE_KINDS; kind++)
        if (found[kind].phrase && kinds[kind].rule)
            report(&found[kind], place_of(walk, line, found[kind].text.data), walk->session->plain,
                   walk->list);
    if (walk->standing && found[PHRASE_EYES].phrase && found[PHRASE_CLOSE].phrase)
        check_eyes(walk, line);
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
                 struct diagnostics *list)
{
    const struct walk walk = {session, phrases, data, header_has_position(session, "standing"),
                              list};
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
    report(claim, place, session->plain, list);
}
