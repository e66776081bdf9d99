// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of a shelf: a heading for each need, and what to know of each session.
#include "shelf.h"

#include "talk.h"

enum { TITLE_WIDTH = 27, WHEN_WIDTH = 23, RANGE_WIDTH = 9 };

#define MINUTE ((int64_t)60 * FRAME_RATE)

static void pad_to(struct buffer *out, size_t start, size_t width)
{
    struct text line = text_skip(buffer_text(out), start);
    for (size_t length = text_length(line); length < width; length++)
        buffer_add_byte(out, ' ');
    buffer_add_byte(out, ' ');
}

bool shelf_fits(const struct session *session, int64_t length_frames)
{
    return length_frames == 0 ||
           (length_frames >= session->length.least && length_frames <= session->length.most);
}

static bool is_newcomers(const struct session *session)
{
    return text_equal(session->id, session->words.newcomer);
}

const struct session *shelf_newcomer(const struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->count; i++)
        if (is_newcomers(&catalogue->entries[i].session))
            return &catalogue->entries[i].session;
    return catalogue->count ? &catalogue->entries[0].session : NULL;
}

// One line by which to choose: the title, the moment, the minutes, the name to type.
static void print_choice(struct buffer *out, const struct session *session)
{
    size_t start = out->size;
    buffer_add_c(out, is_newcomers(session) ? "  * " : "    ");
    buffer_add_visible(out, session->title);
    pad_to(out, start, TITLE_WIDTH);
    start = out->size;
    buffer_add_visible(out, session->when);
    pad_to(out, start, WHEN_WIDTH);
    struct buffer range = BUFFER_INIT;
    buffer_printf(&range, "%d-%d min", (int)((session->length.least + MINUTE - 1) / MINUTE),
                  (int)(session->length.most / MINUTE));
    for (size_t size = range.size; size < RANGE_WIDTH; size++)
        buffer_add_byte(out, ' ');
    buffer_add(out, buffer_text(&range));
    out->failed |= range.failed;
    buffer_free(&range);
    buffer_add_c(out, "  ");
    buffer_add_visible(out, session->id);
    buffer_add_byte(out, '\n');
}

// A line of facts, those that a session says nothing of left out.
struct facts {
    struct buffer *out;
    const char *separator; // before the next one
};

static void begin_facts(struct facts *facts)
{
    facts->separator = "        ";
}

static void add_fact(struct facts *facts, struct text fact, const char *separator)
{
    if (fact.size == 0)
        return;
    buffer_add_c(facts->out, facts->separator);
    buffer_add_visible(facts->out, fact);
    facts->separator = separator;
}

static void end_facts(struct facts *facts)
{
    buffer_add_c(facts->out, facts->separator[0] == ' ' ? "" : "\n");
}

static void add_places(struct facts *facts, const struct session *session)
{
    for (struct text rest = session->position; rest.size > 0;) {
        size_t comma = text_find(rest, ',');
        struct text place = words_place(&session->words, text_trim(text_head(rest, comma)));
        rest = text_skip(rest, comma + 1);
        add_fact(facts, place, rest.size > 0 ? ", " : "; ");
    }
}

// What to know before: in the words of the session's own language.
static void print_facts(struct buffer *out, const struct session *session, int64_t length_frames)
{
    const struct words *words = &session->words;
    struct facts facts = {.out = out};
    enum talk talk;
    struct error ignored;
    begin_facts(&facts);
    add_fact(&facts, session->summary, "; ");
    end_facts(&facts);
    begin_facts(&facts);
    add_places(&facts, session);
    add_fact(&facts, words->effort[session->effort], "; ");
    if (talk_guess(&talk, session, length_frames ? length_frames : session->natural, &ignored) ==
        STATUS_OK)
        add_fact(&facts, words->talk[talk], "; ");
    end_facts(&facts);
    const int64_t minutes[WORDS_RANGE_COUNT] = {(session->length.least + MINUTE - 1) / MINUTE,
                                                session->length.most / MINUTE,
                                                session->natural / MINUTE};
    buffer_add_c(out, "        ");
    words_range(words, minutes, out);
    if (session->needs.size > 0) {
        struct buffer needs = BUFFER_INIT;
        words_fill(words->list_needs, TEXT("{needs}"), session->needs, &needs);
        facts.separator = "; ";
        add_fact(&facts, buffer_text(&needs), "; ");
        out->failed |= needs.failed;
        buffer_free(&needs);
    }
    buffer_add_byte(out, '\n');
}

// What is printed of a catalogue.
struct shelf {
    struct buffer *out;
    const struct shelf_config *config;
    bool any; // was printed
};

static void print_entry(const struct shelf *shelf, const struct catalogue_entry *entry)
{
    const struct session *session = &entry->session;
    print_choice(shelf->out, session);
    if (entry->replaces)
        buffer_printf(shelf->out, "        %.*s\n", TEXT_ARG(session->words.list_replaces));
    if (shelf->config->whole)
        print_facts(shelf->out, session, shelf->config->length_frames);
}

// Those of one group, under the heading that the first of them has for it.
static void print_group(struct shelf *shelf, const struct catalogue *catalogue, enum need need,
                        bool yours)
{
    bool begun = false;
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct catalogue_entry *entry = &catalogue->entries[i];
        const struct session *session = &entry->session;
        if (entry->yours != yours || (!yours && session->need != need) ||
            !shelf_fits(session, shelf->config->length_frames))
            continue;
        const struct text heading = yours ? session->words.list_yours : session->words.need[need];
        if (!begun)
            buffer_printf(shelf->out, "%s%.*s\n", shelf->config->whole && shelf->any ? "\n" : "",
                          TEXT_ARG(heading));
        begun = shelf->any = true;
        print_entry(shelf, entry);
    }
}

void shelf_print(struct buffer *out, const struct catalogue *catalogue,
                 const struct shelf_config *config)
{
    struct shelf shelf = {out, config, false};
    for (int need = 0; need < NEED_COUNT; need++)
        print_group(&shelf, catalogue, (enum need)need, false);
    print_group(&shelf, catalogue, NEED_OTHER, true);
}
