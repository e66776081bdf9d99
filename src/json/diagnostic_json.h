// SPDX-License-Identifier: GPL-3.0-or-later
// Diagnostics of several files as one JSON document, through libjansson.
#ifndef LOOSEN_DIAGNOSTIC_JSON_H
#define LOOSEN_DIAGNOSTIC_JSON_H

#include "diagnostic.h"
#include "error.h"
#include "node.h"

struct diagnostic_json;

// An empty document; NULL when out of memory.
struct diagnostic_json *diagnostic_json_new(void);
void diagnostic_json_free(struct diagnostic_json *document); // NULL is fine

// Add all of `list`, in its order. A failure shows in diagnostic_json_print.
void diagnostic_json_add(struct diagnostic_json *document, const struct diagnostics *list);

// A session without faults, and what it is like at its natural length, frames.
struct checked_session {
    struct text file;
    struct range length; // that it offers
    int64_t total_frames, speech_frames, quiet_frames;
};

void diagnostic_json_add_session(struct diagnostic_json *document,
                                 const struct checked_session *checked);

// {"diagnostics": [{file, line, column, severity, rule, message, hint}, ...], "sessions": [{file,
// min_seconds, natural_seconds, max_seconds, speech_share, longest_quiet_seconds}, ...]}, hint ""
// when there is none. STATUS_NO_MEMORY is the only failure.
enum status diagnostic_json_print(const struct diagnostic_json *document, struct buffer *out,
                                  struct error *error);

#endif
