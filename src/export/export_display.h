// SPDX-License-Identifier: GPL-3.0-or-later
// What the user, or a program, sees of an export that runs: a line on the terminal, nothing in a
// pipe, or JSON events on the standard output. Beside an export to the standard output the terminal
// belongs to the program that takes it.
#ifndef LOOSEN_EXPORT_DISPLAY_H
#define LOOSEN_EXPORT_DISPLAY_H

#include "export_event.h"
#include "export_job.h"
#include "export_pace.h"

struct export_display {
    bool json;
    bool started;     // the first event is out
    int told_percent; // by the last one; -1: none
    bool drawn;       // there is a line on the terminal
    int64_t drawn_ms; // when it was last written
    int64_t start_ms;
    struct export_pace pace;
    const struct settings *settings;
    const struct export_result *result; // of the job that is shown; NULL: of a batch
};

void export_display_init(struct export_display *display, const struct settings *settings,
                         const struct export_result *result);

// An export_job_config's `progress`, with the display as its context.
enum status export_display_progress(void *context, const struct export_progress *progress,
                                    struct error *error);

// The end of a job, by its status; returns the exit code.
int export_display_end(struct export_display *display, const struct error *error,
                       enum status status);

// Write progress into the terminal's line, if it has one and it is time to. What is shown stands
// for a second: nothing flickers.
void export_display_draw(struct export_display *display, const struct export_pace_line *line);

// One event on the standard output. STATUS_IO when nobody reads it any more.
enum status export_display_event(const struct export_event *event, struct error *error);

// Make room on the terminal's line for something else.
void export_display_clear(struct export_display *display);

#endif
