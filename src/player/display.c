// SPDX-License-Identifier: GPL-3.0-or-later
// A screen is drawn where the terminal can show one; elsewhere each event is one line.
#include "display.h"

#include "char_width.h"
#include "clock.h"
#include "speaker.h"
#include "terminal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    NOTE_MS = 6000,  // a note stays on the screen
    CLOSE_MS = 1000, // a slow reader gets the last lines within this
};

// ---- What the terminal can do -------------------------------------------------------------------

// By the rule of POSIX, without a locale: the first of the three that says anything.
static bool takes_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strstr(value, "UTF-8") || strstr(value, "utf8") || strstr(value, "UTF8") ||
                   strstr(value, "utf-8");
    }
    return false;
}

static bool can_draw(void)
{
    return !terminal_is_dumb() && terminal_is_open() && terminal_is(STDOUT_FILENO);
}

void display_open(struct display *display, bool plain)
{
    *display = (struct display){.lines = plain || !can_draw()};
    display->rules.columns = char_width_columns;
    display->rules.add_ascii = takes_utf8() ? NULL : char_width_add_ascii;
    if (display->lines)
        nonblocking_writer_open(&display->writer, STDOUT_FILENO);
    else
        display->writer.fd = -1;
}

// ---- Lines --------------------------------------------------------------------------------------

static void add_lines(struct display *display, struct buffer *lines)
{
    if (lines->size && !lines->failed)
        nonblocking_writer_add(&display->writer, buffer_text(lines));
    buffer_free(lines);
}

static void add_line(struct display *display, int64_t heard_frame, const char *what)
{
    struct buffer lines = BUFFER_INIT;
    narration_add_clock(&lines, heard_frame);
    buffer_add_visible(&lines, text_from(what));
    buffer_add_byte(&lines, '\n');
    add_lines(display, &lines);
}

static const char *change_says(enum view_mode from, enum view_mode to)
{
    if (to == VIEW_PLAYING && from == VIEW_WAITING)
        return "The device is back. Going on.";
    if (to == VIEW_PLAYING && from == VIEW_PAUSED)
        return "Going on.";
    return to == VIEW_PREPARING ? "" : view_mode_says(to);
}

static void show_lines(struct display *display, const struct view_state *state,
                       const struct timeline *timeline, const struct utterances *utterances)
{
    struct buffer lines = BUFFER_INIT;
    narration_tell(&display->narration, timeline, utterances, state->frame, &lines);
    add_lines(display, &lines);
    const char *change = change_says(display->mode, state->mode);
    if (display->mode != state->mode && *change)
        add_line(display, state->frame, change);
    if (display->mode != state->mode && *view_meanwhile(state))
        add_line(display, state->frame, view_meanwhile(state));
}

// ---- Screen -------------------------------------------------------------------------------------

void display_leave(struct display *display)
{
    if (!display->taken)
        return;
    nonblocking_writer_close(&display->writer, 0);
    painter_forget(&display->painter);
    display->taken = false;
}

static bool take_screen(struct display *display)
{
    if (!terminal_is_ours()) {
        display_leave(display);
        return false;
    }
    if (display->taken)
        return true;
    int fd = terminal_take_screen();
    if (fd < 0)
        return false;
    nonblocking_writer_borrow(&display->writer, fd);
    return display->taken = true;
}

// While the terminal has not taken the last picture there is no use in another.
static void show_screen(struct display *display, const struct view_state *state)
{
    if (!take_screen(display) || !nonblocking_writer_flush(&display->writer))
        return;
    struct view_state noted = *state;
    noted.help_page = display->help_page;
    if (clock_ms() < display->note_until_ms)
        noted.note = text_from(display->note);
    int rows, columns;
    struct canvas canvas;
    struct buffer out = BUFFER_INIT;
    terminal_size(&rows, &columns);
    canvas_init(&canvas, &display->rules, rows, columns);
    display->help_pages = view_help_pages(&canvas);
    view_draw(&noted, &canvas);
    painter_paint(&display->painter, &canvas, &out);
    if (!out.failed)
        nonblocking_writer_add(&display->writer, buffer_text(&out));
    else
        painter_forget(&display->painter);
    buffer_free(&out);
}

// ---- Both ---------------------------------------------------------------------------------------

// Its name and system; rate and channels where they are not the session's.
static void add_device(struct buffer *text, const struct speaker *speaker)
{
    buffer_add_visible(text, text_from(speaker_device_name(speaker)));
    buffer_add_c(text, ", ");
    buffer_add_visible(text, text_from(speaker_device_api(speaker)));
    if (speaker_device_rate_hz(speaker) != FRAME_RATE)
        buffer_printf(text, ", %d Hz", speaker_device_rate_hz(speaker));
    if (speaker_device_channels(speaker) == 1)
        buffer_add_c(text, ", mono");
}

void display_begin(struct display *display, const struct speaker *speaker)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_c(&text, "Playing on ");
    add_device(&text, speaker);
    if (display->lines) {
        buffer_add_c(&text, "\nspace: pause   q: end gently   ?: all keys\n\n");
        add_lines(display, &text);
    } else {
        if (!text.failed)
            display_note(display, 0, text.data);
        buffer_free(&text);
    }
}

void display_show(struct display *display, const struct view_state *state,
                  const struct timeline *timeline, const struct utterances *utterances)
{
    if (display->lines)
        show_lines(display, state, timeline, utterances);
    else
        show_screen(display, state);
    display->mode = state->mode;
}

void display_note(struct display *display, int64_t heard_frame, const char *what)
{
    if (display->lines) {
        add_line(display, heard_frame, what);
        return;
    }
    snprintf(display->note, sizeof display->note, "%s", what);
    display->note_until_ms = clock_ms() + NOTE_MS;
}

void display_help(struct display *display)
{
    bool more = display->help_page == 0 || display->help_page < display->help_pages;
    if (!display->lines) {
        display->help_page = more ? display->help_page + 1 : 0;
        return;
    }
    struct buffer lines = BUFFER_INIT;
    size_t count;
    const struct key_row *rows = key_rows(&count);
    for (size_t i = 0; i < count; i++)
        buffer_printf(&lines, "         %s: %s\n", rows[i].keys, rows[i].does);
    add_lines(display, &lines);
}

void display_close(struct display *display, const struct view_state *state)
{
    display_leave(display);
    painter_free(&display->painter);
    terminal_close();
    if (!display->lines)
        nonblocking_writer_open(&display->writer, STDOUT_FILENO);
    struct buffer line = BUFFER_INIT;
    buffer_add_visible(&line, state->title);
    buffer_add_c(&line, ": ");
    duration_print_clock(&line, state->frame);
    buffer_add_c(&line, " of ");
    duration_print_clock(&line, state->total_frames);
    buffer_add_c(&line, ".\n");
    add_lines(display, &line);
    nonblocking_writer_close(&display->writer, CLOSE_MS);
}
