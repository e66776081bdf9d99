// SPDX-License-Identifier: GPL-3.0-or-later
// A time, a name or a line is read before anything is spoken, and becomes a place once all is laid
// out.
#include "entry_choice.h"

#include "entry.h"
#include "excerpt.h"
#include "letter.h"
#include "number.h"

enum { LINE_MOST = 1000000, NAMES_SHOWN = 20 };

// The section with this name; else the only one that begins so; else -1.
static int find_section(const struct session *session, struct text name)
{
    int found = -1;
    bool several = false;
    for (size_t i = 0; i < session->section_count; i++) {
        const struct text section = session->sections[i].name;
        if (letter_match(name, true, section) == 0)
            continue;
        if (letter_match(name, false, section) == section.size)
            return (int)i;
        several = several || found >= 0;
        found = (int)i;
    }
    return several ? -1 : found;
}

static enum status unknown_place(const struct session *session, const char *from,
                                 struct error *error)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_c(&text, "--from takes a time (3:00), a line (:23) or a section, not \"");
    buffer_add_visible(&text, text_from(from));
    buffer_add_c(&text, "\"; the sections are: ");
    for (size_t i = 0; i < session->section_count && i < NAMES_SHOWN; i++) {
        buffer_add_c(&text, i > 0 ? ", " : "");
        buffer_add_visible(&text, session->sections[i].name);
    }
    buffer_add_c(&text, session->section_count > NAMES_SHOWN ? " ..." : "");
    enum status status = text.failed ? error_no_memory(error)
                                     : error_set(error, STATUS_BAD_ARGUMENT, "%s", text.data);
    buffer_free(&text);
    return status;
}

static int last_line(const struct node *list, struct text file)
{
    int last = 0;
    for (const struct node *node = list; node; node = node->next) {
        const int within = last_line(node->children, file);
        if (text_equal(node->file, file) && node->place.line > last)
            last = node->place.line;
        last = within > last ? within : last;
    }
    return last;
}

static enum status check_line(const struct session *session, int line, struct error *error)
{
    int last = 0;
    for (size_t i = 0; i < session->section_count; i++) {
        const int within = last_line(session->sections[i].first, session->file);
        last = within > last ? within : last;
    }
    if (line <= last)
        return STATUS_OK;
    return error_set(error, STATUS_BAD_ARGUMENT,
                     "nothing is said or done at line %d or below: the last line is %d", line,
                     last);
}

enum status entry_choice_read(struct entry_choice *choice, const char *from,
                              const struct session *session, int64_t total_frames,
                              struct error *error)
{
    int64_t line;
    *choice = (struct entry_choice){.kind = ENTRY_BEGINNING};
    if (!from)
        return STATUS_OK;
    const struct text word = text_trim(text_from(from));
    if (text_starts_with(word, TEXT(":")) &&
        number_whole(text_skip(word, 1), 1, LINE_MOST, &line)) {
        *choice = (struct entry_choice){.kind = ENTRY_LINE, .line = (int)line};
        return check_line(session, choice->line, error);
    }
    choice->section = find_section(session, word);
    choice->kind = choice->section >= 0 ? ENTRY_SECTION : ENTRY_TIME;
    if (choice->section >= 0)
        return STATUS_OK;
    if (!duration_parse_length(word, &choice->frame))
        return unknown_place(session, from, error);
    if (choice->frame < total_frames)
        return STATUS_OK;
    struct buffer length = BUFFER_INIT;
    duration_print_clock(&length, total_frames);
    enum status status = length.failed
                             ? error_no_memory(error)
                             : error_set(error, STATUS_BAD_ARGUMENT,
                                         "--from %s: the session is over at %s", from, length.data);
    buffer_free(&length);
    return status;
}

static int64_t find_frame(const struct timeline *timeline, const struct entry_choice *choice)
{
    int64_t frame = choice->frame;
    if (choice->kind == ENTRY_SECTION)
        return entry_of_section(timeline, choice->section);
    if (choice->kind == ENTRY_LINE)
        frame = entry_of_line(timeline, choice->line);
    if (frame < 0) // said at other lengths only
        frame = timeline->total_frames;
    return choice->again ? frame : entry_at(timeline, frame);
}

enum status entry_choice_apply(struct timeline *timeline, const struct entry_choice *choice,
                               struct error *error)
{
    struct timeline excerpt;
    if (choice->kind == ENTRY_BEGINNING)
        return STATUS_OK;
    const int64_t frame = find_frame(timeline, choice);
    if (frame <= entry_at(timeline, 0))
        return STATUS_OK;
    enum status status = excerpt_build(&excerpt, timeline, frame, choice->again, error);
    if (status != STATUS_OK)
        return status;
    timeline_free(timeline);
    *timeline = excerpt;
    return STATUS_OK;
}
