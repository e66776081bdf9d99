#include "export_display.h"

#include "report.h"
#include "worker.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void export_display_init(struct export_display *display, const struct settings *settings,
                         const struct export_result *result)
{
    *display = (struct export_display){
        .json = settings->json,
        .terminal = !settings->json && isatty(STDERR_FILENO),
        .shown_percent = -1,
        .start_ms = worker_clock_ms(),
        .settings = settings,
        .result = result,
    };
}

void export_display_clear(struct export_display *display)
{
    if (display->terminal && display->shown_percent >= 0)
        fputs("\r\033[K", stderr);
    display->shown_percent = -1;
}

enum status export_display_event(const struct export_event *event, struct error *error)
{
    struct buffer line = BUFFER_INIT;
    enum status status = export_event_print(event, &line, error);
    if (status == STATUS_OK &&
        (fwrite(line.data, 1, line.size, stdout) != line.size || fflush(stdout) != 0))
        status =
            error_set(error, STATUS_IO, "cannot write to the standard output: %s", strerror(errno));
    buffer_free(&line);
    return status;
}

static enum status tell(struct export_display *display, const struct export_progress *progress,
                        const struct export_event *event, struct error *error)
{
    if (!display->started) {
        const struct export_event started = {
            .type = EXPORT_STARTED,
            .file = display->result->path,
            .session = display->result->session,
            .language = display->settings->language,
            .total_frames = progress->total_frames,
        };
        display->started = true;
        return export_display_event(&started, error);
    }
    return export_display_event(event, error);
}

enum status export_display_progress(void *context, const struct export_progress *progress,
                                    struct error *error)
{
    struct export_display *display = context;
    int percent = (int)(progress->done_frames * 100 / progress->total_frames);
    if ((!display->terminal && !display->json) || percent <= display->shown_percent)
        return STATUS_OK;
    display->shown_percent = percent;
    double elapsed = (double)(worker_clock_ms() - display->start_ms) / 1000;
    double done = seconds_from_frames(progress->done_frames);
    double total = seconds_from_frames(progress->total_frames);
    const struct export_event event = {
        .type = EXPORT_PROGRESS,
        .file = display->result->path,
        .done_frames = progress->done_frames,
        .total_frames = progress->total_frames,
        .speed = elapsed > 0 ? done / elapsed : 0,
        .seconds_left = done > 0 ? elapsed * (total - done) / done : 0,
    };
    if (display->json)
        return tell(display, progress, &event, error);
    fprintf(stderr, "\r%3d %%  %.0f x real time  %.0f s left \033[K", percent, event.speed,
            event.seconds_left);
    return STATUS_OK;
}

// What was written, in one line.
static void print_done(const struct export_result *result)
{
    struct buffer line = BUFFER_INIT;
    buffer_add_visible(&line, text_from(result->path));
    buffer_add_c(&line, "  ");
    duration_print_clock(&line, result->total_frames);
    buffer_printf(&line, "  %lld frames", (long long)result->total_frames);
    if (result->missing_lines)
        buffer_printf(&line, "  %zu lines missing", result->missing_lines);
    if (result->kept)
        buffer_add_c(&line, "  there already, whole and the same");
    fprintf(stderr, "%s\n", line.failed ? "" : line.data);
    buffer_free(&line);
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
        print_done(display->result);
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
        .file = display->result->path,
        .exit_code = report_exit_code(status),
        .message = error->text,
    };
    if (display->json)
        (void)export_display_event(&event, NULL); // the failure is told on stderr, too
    return report_error(error);
}
