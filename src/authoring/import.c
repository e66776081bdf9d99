// SPDX-License-Identifier: GPL-3.0-or-later
// A plain text is as long as one likes, by rests without end; a script has a range of its own.
#include "import.h"

#include "guess.h"
#include "import_company.h"
#include "import_header.h"
#include "import_steps.h"
#include "session_limits.h"
#include "session_load.h"
#include "session_print.h"
#include <string.h>

#define SECOND ((int64_t)FRAME_RATE)
#define MINUTE (60 * SECOND)

static const struct range line_rest = {0, IMPORT_LINE_REST_MOST};
static const struct range paragraph_rest = {SECOND, IMPORT_PARAGRAPH_REST_MOST};
static const struct range section_rest = {2 * SECOND, MINUTE};  // where the voice keeps company
static const struct range last_rest = {2 * SECOND, 4 * MINUTE}; // likewise, at the end

#define LONG_REST (20 * SECOND) // so long that somebody speaks up in it

// Lines in such rests, and in those of a touch or a movement.
enum { COMPANY = 3, LAST_COMPANY = 9, SECONDS_OF_COMPANY = 15 };

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

static void set_rests(struct session *session)
{
    const int64_t longest = longest_rest(session);
    for (size_t i = 0; i < session->section_count; i++)
        for (struct node *n = session->sections[i].first; n; n = n->next) {
            if (n->type != NODE_REST || n->children)
                continue;
            bool paragraph = 3 * n->as.rest.frames.most > 2 * longest;
            n->as.rest.frames = paragraph ? paragraph_rest : line_rest;
        }
}

// Company for the rests of a list; those at the end of a section may grow long. False: out of
// memory.
static bool keep_company(struct session *session, struct node *nodes, const struct range *at_end,
                         size_t *next)
{
    for (struct node *n = nodes; n; n = n->next) {
        if (!keep_company(session, n->children, NULL, next))
            return false;
        const bool last = at_end && !n->next;
        if (n->type != NODE_REST || n->children ||
            (at_end && !last && n->as.rest.frames.least < LONG_REST))
            continue;
        int count = (int)(n->as.rest.frames.most / SECOND) / SECONDS_OF_COMPANY;
        count = count > COMPANY ? COMPANY : count;
        if (last) {
            n->as.rest.frames.least =
                n->as.rest.frames.least > at_end->least ? n->as.rest.frames.least : at_end->least;
            if (n->as.rest.frames.most < at_end->most)
                n->as.rest.frames.most = at_end->most;
            count = at_end->most == last_rest.most ? LAST_COMPANY : COMPANY;
        }
        if (!import_company_keep(session, n, count, next))
            return false;
    }
    return true;
}

static bool keep_all_company(struct session *session)
{
    size_t next = 0;
    for (size_t i = 0; i < session->section_count; i++)
        if (!keep_company(session, session->sections[i].first,
                          i + 1 == session->section_count ? &last_rest : &section_rest, &next))
            return false;
    return true;
}

static int64_t clamp(int64_t value, struct range range)
{
    return value < range.least ? range.least : value > range.most ? range.most : value;
}

// The whole minutes that the script fills.
static enum status set_length(struct session *session, struct error *error)
{
    struct range range;
    const struct range limits = {SESSION_LENGTH_LEAST, SESSION_LENGTH_MOST};
    enum status status = guess_range(&range, session, error);
    if (status != STATUS_OK)
        return status;
    int64_t least = range.least + range.least / 10; // a voice may be slower than the guess,
    int64_t most = range.most - range.most / 50;    // or faster
    session->length.least = clamp((least + MINUTE - 1) / MINUTE * MINUTE, limits);
    session->length.most = clamp(most / MINUTE * MINUTE, limits);
    session->natural = clamp(session->length.least + MINUTE, session->length);
    return STATUS_OK;
}

// What the check says of any script is left to it; here is what the text has lost or become.
static bool is_told(const struct diagnostic *d)
{
    static const char *const left[] = {"plain-text",
                                       "foreign-format",
                                       "misread-character",
                                       "misread-letters",
                                       "misread-capitals",
                                       "long-sentence",
                                       "tone",
                                       "damage",
                                       "notice-added"};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        if (strcmp(d->rule, left[i]) == 0)
            return false;
    return true;
}

static void print_comments(struct buffer *out, const struct session *session,
                           const struct diagnostics *list, struct diagnostics *notes)
{
    buffer_printf(out,
                  "// Made of %.*s. What became of its lines is told here, by their numbers.\n",
                  TEXT_ARG(session->file));
    for (size_t i = 0; i < list->count; i++)
        if (is_told(&list->items[i]))
            diagnostics_add(notes, SEVERITY_WARNING, list->items[i].rule, list->items[i].line, 1,
                            "%.*s", TEXT_ARG(list->items[i].message));
    diagnostics_sort(notes);
    for (size_t i = 0; i < notes->count; i++) {
        const struct diagnostic *d = &notes->items[i];
        buffer_printf(out, "// line %d: ", d->line);
        buffer_add_visible(out, d->message);
        if (strcmp(d->rule, "import") != 0)
            buffer_printf(out, " [%s]", d->rule);
        buffer_add_byte(out, '\n');
    }
    buffer_add_byte(out, '\n');
}

// The script as it will be read: with the notices that it speaks, and the time that its lines take.
static enum status read_again(struct session *script, struct session *session,
                              const struct import_config *config, struct error *error)
{
    struct buffer text = BUFFER_INIT;
    struct diagnostics faults;
    diagnostics_init(&faults, "import");
    session->plain = false;
    session_print(session, &text);
    enum status status =
        text.failed ? error_no_memory(error)
                    : session_parse(script, buffer_text(&text), config->source, &faults, error);
    diagnostics_free(&faults);
    buffer_free(&text);
    return status;
}

static enum status make(struct import_state *state, const struct import_config *config,
                        struct session *session, struct error *error)
{
    struct import_language language;
    state->words = (struct import_words){.session = session, .language = &language};
    set_rests(session);
    enum status status = import_language_load(&language, session, config->source, error);
    THEN(status, import_steps(state, config->blocks, error));
    if (status == STATUS_OK && !keep_all_company(session))
        status = error_no_memory(error);
    THEN(status, import_header_fill(state, error));
    return status;
}

enum status import_print(struct buffer *out, struct session *session,
                         const struct import_config *config, const struct diagnostics *list,
                         struct error *error)
{
    struct diagnostics notes;
    struct session script;
    diagnostics_init(&notes, "import");
    struct import_state state = {.notes = &notes};
    enum status status = make(&state, config, session, error);
    THEN(status, read_again(&script, session, config, error));
    if (status == STATUS_OK) {
        print_comments(out, session, list, &notes);
        status = set_length(&script, error);
        session_print(&script, out);
        session_free(&script);
    }
    diagnostics_free(&notes);
    return status == STATUS_OK && out->failed ? error_no_memory(error) : status;
}
