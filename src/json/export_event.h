// SPDX-License-Identifier: GPL-3.0-or-later
// What an export says of itself while it runs: one JSON object a line, through libjansson. Written
// by `export --json`, read by a batch from its jobs. docs/json.md describes the fields.
#ifndef LOOSEN_EXPORT_EVENT_H
#define LOOSEN_EXPORT_EVENT_H

#include "buffer.h"
#include "error.h"
#include <stdint.h>

enum export_event_type {
    EXPORT_STARTED,  // file, session, language, total_frames
    EXPORT_PROGRESS, // file, done_frames, total_frames, speed, seconds_left
    EXPORT_DONE,     // file, total_frames, kept, missing_lines
    EXPORT_FAILED,   // file, exit_code, message
    EXPORT_FINISHED, // jobs, made, kept_jobs, failed, not_begun: the end of a batch
    EXPORT_EVENT_TYPES,
};

// Fields that an event does not have are not written, and are 0 or NULL when read.
struct export_event {
    enum export_event_type type;
    const char *file;     // as the user named it; NULL: it has no name yet
    const char *session;  // id
    const char *language; // code
    int64_t done_frames;
    int64_t total_frames;
    bool estimated; // the next two are known
    double speed;   // session seconds made in a second
    double seconds_left;
    bool kept; // it was there already, whole and the same
    int64_t missing_lines;
    int exit_code;
    const char *message;
    int64_t jobs, made, kept_jobs, failed, not_begun;
};

// Append one line with its newline. Text that is not UTF-8 is written as on a terminal.
// STATUS_NO_MEMORY or STATUS_OK.
enum status export_event_print(const struct export_event *event, struct buffer *out,
                               struct error *error);

// Read the fields that a batch needs from a line: type, done_frames, total_frames, kept. False when
// it is no event; strings are not read.
bool export_event_read(struct export_event *event, struct text line);

#endif
