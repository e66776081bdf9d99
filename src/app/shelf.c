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
        if (is_newcomers(&catalogue->sessions[i]))
            return &catalogue->sessions[i];
    return catalogue->count ? &catalogue->sessions[0] : NULL;
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

static void add_fact(struct buffer *out, struct text fact, const char *separator)
{
    if (fact.size == 0)
        return;
    buffer_add_c(out, separator);
    buffer_add_visible(out, fact);
}

static void print_places(struct buffer *out, const struct session *session)
{
    const char *separator = "      ";
    for (struct text rest = session->position; rest.size > 0; separator = ", ") {
        size_t comma = text_find(rest, ',');
        add_fact(out, words_place(&session->words, text_trim(text_head(rest, comma))), separator);
        rest = text_skip(rest, comma + 1);
    }
}

// What to know before: in the words of the session's own language.
static void print_facts(struct buffer *out, const struct session *session, int64_t length_frames)
{
    const struct words *words = &session->words;
    enum talk talk;
    struct error ignored;
    buffer_add_c(out, "        ");
    buffer_add_visible(out, session->summary);
    buffer_add_c(out, "\n  ");
    print_places(out, session);
    add_fact(out, words->effort[session->effort], "; ");
    if (talk_guess(&talk, session, length_frames ? length_frames : session->natural, &ignored) ==
        STATUS_OK)
        add_fact(out, words->talk[talk], "; ");
    const int64_t minutes[WORDS_RANGE_COUNT] = {(session->length.least + MINUTE - 1) / MINUTE,
                                                session->length.most / MINUTE,
                                                session->natural / MINUTE};
    buffer_add_c(out, "\n        ");
    words_range(words, minutes, out);
    if (session->needs.size > 0) {
        struct buffer needs = BUFFER_INIT;
        words_fill(words->list_needs, TEXT("{needs}"), session->needs, &needs);
        add_fact(out, buffer_text(&needs), "; ");
        out->failed |= needs.failed;
        buffer_free(&needs);
    }
    buffer_add_byte(out, '\n');
}

void shelf_print(struct buffer *out, const struct catalogue *catalogue,
                 const struct shelf_config *config)
{
    bool any = false;
    for (int need = 0; need < NEED_COUNT; need++) {
        bool begun = false;
        for (size_t i = 0; i < catalogue->count; i++) {
            const struct session *session = &catalogue->sessions[i];
            if (session->need != (enum need)need || !shelf_fits(session, config->length_frames))
                continue;
            if (!begun)
                buffer_printf(out, "%s%.*s\n", config->whole && any ? "\n" : "",
                              TEXT_ARG(session->words.need[need]));
            any = true;
            begun = true;
            print_choice(out, session);
            if (config->whole)
                print_facts(out, session, config->length_frames);
        }
    }
}
