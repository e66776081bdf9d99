// SPDX-License-Identifier: GPL-3.0-or-later
// A plain text is as long as one likes, by rests without end; a script has a range of its own.
#include "import.h"

#include "guess.h"
#include "plan.h"
#include "session_limits.h"
#include "session_print.h"
#include <string.h>

#define SECOND ((int64_t)FRAME_RATE)
#define MINUTE (60 * SECOND)

static const struct range line_rest = {0, 6 * SECOND};            // between two lines
static const struct range paragraph_rest = {SECOND, 15 * SECOND}; // between two paragraphs
static const struct range section_rest = {2 * SECOND, MINUTE};    // where the voice keeps company
static const struct range last_rest = {2 * SECOND, 4 * MINUTE};   // likewise, at the end

enum { COMPANY = 3, LAST_COMPANY = 9 }; // lines in such rests

static struct node *company_line(struct session *session, const struct node *rest, struct text text)
{
    struct node *node = arena_alloc(&session->arena, sizeof *node);
    struct part *part = arena_alloc(&session->arena, sizeof *part);
    if (!node || !part)
        return NULL;
    *part = (struct part){PART_LITERAL, text, text};
    node->type = NODE_LINE;
    node->level = LEVEL_PRESENCE;
    node->place = rest->place;
    node->file = session->file;
    node->as.line.parts = part;
    node->as.line.part_count = 1;
    node->as.line.index = session->line_count++;
    return node;
}

// *next is the first line that was not said yet; they take turns.
static bool keep_company(struct session *session, struct node *rest, bool at_end, size_t *next)
{
    const struct words *words = &session->words;
    struct node **tail = &rest->children;
    rest->as.rest.frames = at_end ? last_rest : section_rest;
    for (int i = 0; i < (at_end ? LAST_COMPANY : COMPANY); i++) {
        *tail = company_line(session, rest, words->filler[(*next)++ % words->filler_count]);
        if (!*tail)
            return false;
        tail = &(*tail)->next;
    }
    return true;
}

// The longest rest of the text: those between paragraphs are twice as long as those between lines.
static int64_t longest_rest(const struct session *session)
{
    int64_t longest = 0;
    for (size_t i = 0; i < session->section_count; i++)
        for (const struct node *n = session->sections[i].first; n; n = n->next)
            if (n->type == NODE_REST && n->as.rest.frames.most > longest)
                longest = n->as.rest.frames.most;
    return longest;
}

// False: out of memory.
static bool set_rests(struct session *session)
{
    const int64_t longest = longest_rest(session);
    size_t next = 0;
    for (size_t i = 0; i < session->section_count; i++) {
        struct node *last = NULL;
        for (struct node *n = session->sections[i].first; n; n = n->next) {
            if (n->type != NODE_REST || n->children)
                continue;
            bool paragraph = 3 * n->as.rest.frames.most > 2 * longest;
            n->as.rest.frames = paragraph ? paragraph_rest : line_rest;
            last = n->next ? last : n;
        }
        const bool at_end = i + 1 == session->section_count;
        if (last && !keep_company(session, last, at_end, &next))
            return false;
    }
    return true;
}

static int64_t clamp(int64_t value, struct range range)
{
    return value < range.least ? range.least : value > range.most ? range.most : value;
}

// The whole minutes that the script fills.
static enum status set_length(struct session *session, struct error *error)
{
    struct guess guess;
    struct range range;
    const struct plan_config config = {.breaths_per_minute = PLAN_BREATHS_DEFAULT};
    const struct range limits = {SESSION_LENGTH_LEAST, SESSION_LENGTH_MOST};
    enum status status = guess_build(&guess, session, session->natural, false, error);
    if (status != STATUS_OK)
        return status;
    status = plan_range(&range, session, &guess.utterances, guess.clip_frames, &config, error);
    guess_free(&guess);
    if (status != STATUS_OK)
        return status;
    int64_t least = range.least + range.least / 10; // a voice may be slower than the guess
    session->length.least = clamp((least + MINUTE - 1) / MINUTE * MINUTE, limits);
    session->length.most = clamp(range.most / MINUTE * MINUTE, limits);
    session->natural = clamp(session->length.least + MINUTE, session->length);
    return STATUS_OK;
}

static void print_comments(struct buffer *out, const struct session *session,
                           const struct diagnostics *list)
{
    buffer_printf(
        out,
        "// Made of %.*s. What it had no words for is told below, with the lines of the text.\n",
        TEXT_ARG(session->file));
    for (size_t i = 0; i < list->count; i++) {
        const struct diagnostic *d = &list->items[i];
        if (strcmp(d->rule, "plain-text") == 0 || strcmp(d->rule, "foreign-format") == 0)
            continue;
        buffer_printf(out, "// line %d: %.*s [%s]\n", d->line, TEXT_ARG(d->message), d->rule);
    }
    buffer_add_byte(out, '\n');
}

enum status import_print(struct buffer *out, struct session *session,
                         const struct diagnostics *list, struct error *error)
{
    if (!set_rests(session))
        return error_no_memory(error);
    session->plain = false;
    enum status status = set_length(session, error);
    if (status != STATUS_OK)
        return status;
    print_comments(out, session, list);
    session_print(session, out);
    return out->failed ? error_no_memory(error) : STATUS_OK;
}
