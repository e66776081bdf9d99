// What the user, or a program, sees of an export that runs: a line on the terminal, nothing in a
// pipe, or JSON events on the standard output.
#ifndef LOOSEN_EXPORT_DISPLAY_H
#define LOOSEN_EXPORT_DISPLAY_H

#include "export_event.h"
#include "export_job.h"

struct export_display {
    bool json;
    bool terminal;     // there is a line to write progress into
    bool started;      // the first event is out
    int shown_percent; // -1: nothing yet
    int64_t start_ms;
    const struct settings *settings;
    const struct export_result *result; // of the job that is shown
};

void export_display_init(struct export_display *display, const struct settings *settings,
                         const struct export_result *result);

// An export_job_config's `progress`, with the display as its context.
enum status export_display_progress(void *context, const struct export_progress *progress,
                                    struct error *error);

// The end of a job, by its status; returns the exit code.
int export_display_end(struct export_display *display, const struct error *error,
                       enum status status);

// One event on the standard output. STATUS_IO when nobody reads it any more.
enum status export_display_event(const struct export_event *event, struct error *error);

// Make room on the terminal's line for something else.
void export_display_clear(struct export_display *display);

#endif
