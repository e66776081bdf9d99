// SPDX-License-Identifier: GPL-3.0-or-later
// Events of an export become a progress line, plain lines, or JSON.
#include "export_display.h"

#include "clock.h"
#include "report.h"
#include "terminal.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { STANDS_MS = 1000 }; // what is drawn, before it is drawn again

void export_display_init(struct export_display *display, const struct settings *settings,
                         const struct export_result *result)
{
    *display = (struct export_display){
        .json = settings->run.json,
        .told_percent = -1,
        .start_ms = clock_ms(),
        .settings = settings,
        .result = result,
    };
}

static bool is_stream(const struct export_display *display)
{
    return display->result && strcmp(display->result->path, "-") == 0;
}

void export_display_clear(struct export_display *display)
{
    // A player's line of its own may be there.
    bool drawn = display->drawn || (is_stream(display) && terminal_can_rewrite(STDERR_FILENO));
    if (drawn)
        fputs("\r\033[K", stderr);
    display->drawn = false;
}

void export_display_draw(struct export_display *display, const struct export_pace_line *line)
{
    int64_t now = clock_ms();
    if (display->json || is_stream(display) || !terminal_can_rewrite(STDERR_FILENO) ||
        (display->drawn && now - display->drawn_ms < STANDS_MS))
        return;
    struct buffer text = BUFFER_INIT;
    buffer_add_c(&text, "\r");
    export_pace_print(&text, line, terminal_columns(STDERR_FILENO));
    buffer_add_c(&text, "\033[K");
    if (!text.failed)
        fputs(text.data, stderr);
    buffer_free(&text);
    display->drawn = true;
    display->drawn_ms = now;
}

enum status export_display_event(const struct export_event *event, struct error *error)
{
    struct buffer line = BUFFER_INIT;
    enum status status = export_event_print(event, &line, error);
    THEN(status, report_write(buffer_text(&line), error));
    buffer_free(&line);
    return status;
}

static enum status tell_started(struct export_display *display, int64_t total_frames,
                                struct error *error)
{
    const struct export_event started = {
        .type = EXPORT_STARTED,
        .file = display->result->path,
        .session = display->result->session,
        .language = display->settings->what.language,
        .total_frames = total_frames,
    };
    display->started = true;
    return export_display_event(&started, error);
}

// Each whole percent at most once.
static enum status tell(struct export_display *display, const struct export_progress *progress,
                        const struct export_pace_line *line, struct error *error)
{
    if (!display->started)
        return tell_started(display, progress->total_frames, error);
    if (line->percent <= display->told_percent)
        return STATUS_OK;
    const struct export_event event = {
        .type = EXPORT_PROGRESS,
        .file = display->result->path,
        .done_frames = progress->done_frames,
        .total_frames = progress->total_frames,
        .estimated = line->estimate.known,
        .speed = line->estimate.speed,
        .seconds_left = line->estimate.seconds_left,
    };
    display->told_percent = line->percent;
    return export_display_event(&event, error);
}

enum status export_display_progress(void *context, const struct export_progress *progress,
                                    struct error *error)
{
    struct export_display *display = context;
    const int64_t left_frames = progress->total_frames - progress->done_frames;
    const struct export_pace_line line = {
        .percent = (int)(progress->done_frames * 100 / progress->total_frames),
        .estimate =
            export_pace_estimate(&display->pace, clock_ms(), progress->done_frames, left_frames),
    };
    if (display->json)
        return tell(display, progress, &line, error);
    export_display_draw(display, &line);
    return STATUS_OK;
}

static void add_name(struct buffer *line, const struct export_display *display)
{
    if (is_stream(display))
        buffer_add_c(line, "standard output");
    else
        buffer_add_visible(line, text_from(display->result->path));
}

static void print(struct buffer *line)
{
    fprintf(stderr, "%s\n", line->failed ? "" : line->data);
    buffer_free(line);
}

// What was written, in one line.
static void print_done(const struct export_display *display)
{
    const struct export_result *result = display->result;
    struct buffer line = BUFFER_INIT;
    add_name(&line, display);
    buffer_add_c(&line, "  ");
    duration_print_clock(&line, result->total_frames);
    buffer_printf(&line, "  %lld frames", (long long)result->total_frames);
    if (result->missing_lines)
        buffer_printf(&line, "  %zu lines missing", result->missing_lines);
    if (result->kept)
        buffer_add_c(&line, "  there already, whole and the same");
    print(&line);
}

// Whoever pressed Ctrl-C knows why; not what became of the file.
static void print_interrupted(const struct export_display *display)
{
    struct buffer line = BUFFER_INIT;
    if (!display->result->path[0])
        return;
    add_name(&line, display);
    buffer_add_c(&line,
                 is_stream(display) ? "  not finished" : "  not finished, nothing was written");
    print(&line);
}

static int end_well(const struct export_display *display)
{
    const struct export_event event = {
        .type = EXPORT_DONE,
        .file = display->result->path,
        .total_frames = display->result->total_frames,
        .kept = display->result->kept,
        .missing_lines = (int64_t)display->result->missing_lines,
    };
    struct error error;
    if (!display->json)
        print_done(display);
    else if (export_display_event(&event, &error) != STATUS_OK)
        return report_error(&error);
    return EXIT_DONE;
}

int export_display_end(struct export_display *display, const struct error *error,
                       enum status status)
{
    export_display_clear(display);
    if (status == STATUS_OK)
        return end_well(display);
    const struct export_event event = {
        .type = EXPORT_FAILED,
        .file = display->result->path[0] ? display->result->path : NULL,
        .exit_code = report_exit_code(status),
        .message = error->text,
    };
    if (display->json)
        (void)export_display_event(&event, NULL); // the failure is told on stderr, too
    else if (status == STATUS_INTERRUPTED)
        print_interrupted(display);
    return report_error(error);
}
