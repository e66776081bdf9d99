// SPDX-License-Identifier: GPL-3.0-or-later
// The notice is printed as wide as the terminal, and Return or a key that leaves is waited for.
#include "notice_screen.h"

#include "char_width.h"
#include "interrupt.h"
#include "key.h"
#include "narration.h"
#include "notice_memory.h"
#include "paragraph.h"
#include "report.h"
#include "terminal.h"
#include <stdio.h>
#include <unistd.h>

enum {
    TICK_MS = 100,
    COLUMNS_MAX = 80, // longer lines are hard to read
};

// Words are not cut at the terminal's edge; a pipe and a screen reader get whole lines.
static void print_wrapped(const struct buffer *text, bool plain)
{
    const struct glyph_rules rules = {.columns = char_width_columns};
    struct buffer out = BUFFER_INIT;
    int rows, columns = 0;
    if (!plain && terminal_is(STDOUT_FILENO))
        terminal_size(&rows, &columns);
    if (columns > 0)
        paragraph_wrap(buffer_text(text), &rules, columns < COLUMNS_MAX ? columns : COLUMNS_MAX,
                       &out);
    const struct buffer *shown = columns > 0 ? &out : text;
    if (!shown->failed && fputs(shown->data, stdout) >= 0)
        fflush(stdout);
    buffer_free(&out);
}

static void print_notice(const struct pipeline *pipeline)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_visible(&text, pipeline->session.title);
    buffer_add_c(&text, "  ");
    duration_print_clock(&text, pipeline->total_frames);
    buffer_add_c(&text, "\n\n");
    narration_notice(&pipeline->session, &pipeline->utterances, &text);
    buffer_printf(&text, "  %.*s\n\n", TEXT_ARG(pipeline->session.words.notice_volume));
    print_wrapped(&text, pipeline->settings->run.plain);
    buffer_free(&text);
}

// Ctrl-Z. Nobody can answer from the background, so whoever is let go on there stops again.
static void step_aside(void)
{
    terminal_close();
    do {
        interrupt_stop();
        terminal_read(NULL, 0, TICK_MS); // where nothing stops us: not in haste
    } while (!terminal_open() && !interrupt_signal());
}

// True once Return was pressed; false on q, on a signal, or when the terminal went away.
static bool wait_for_return(void)
{
    struct key_decoder decoder = {KEY_STATE_GROUND, 0};
    while (!interrupt_signal() && terminal_is_open()) {
        unsigned char byte;
        if (interrupt_take_stop())
            step_aside();
        if (terminal_read(&byte, 1, TICK_MS) == 0) {
            key_pause(&decoder);
            continue;
        }
        enum key key = key_decode(&decoder, byte);
        if (key == KEY_ENTER)
            return true;
        if (key == KEY_QUIT)
            return false;
    }
    return false;
}

bool notice_screen_show(const struct pipeline *pipeline)
{
    const struct session *session = &pipeline->session;
    print_notice(pipeline);
    bool asks = session->notice_version > 0 && !pipeline->settings->run.yes && terminal_is_open() &&
                !notice_memory_given(session->language, session->notice_version);
    if (!asks)
        return true;
    struct buffer keys = BUFFER_INIT;
    buffer_printf(&keys, "%.*s\n", TEXT_ARG(session->words.notice_begin));
    print_wrapped(&keys, pipeline->settings->run.plain);
    buffer_free(&keys);
    if (!wait_for_return())
        return false;
    struct error error;
    if (notice_memory_keep(session->language, session->notice_version, &error) != STATUS_OK)
        report_error(&error); // the session goes on; the question comes again
    return true;
}
