// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a session script: parses it, reads what its language gives it, and checks it.
#ifndef LOOSEN_SESSION_LOAD_H
#define LOOSEN_SESSION_LOAD_H

#include "diagnostic.h"
#include "error.h"
#include "session_model.h"
#include "session_source.h"

// Parse and check the script in `data`, reporting every fault to `list` (whose `file` is the name
// used in messages), in order of place. On STATUS_OK *session is filled and owned by the caller; on
// STATUS_BAD_INPUT list->errors > 0, `error` counts them, and *session is untouched. Warnings alone
// still mean STATUS_OK. What the session's language needs is read from `source`; faults in that are
// reported at the script's `language`, naming that file and line; an author's own words with faults
// are left out. Thread-safe; no state.
enum status session_parse(struct session *session, struct text data,
                          const struct session_source *source, struct diagnostics *list,
                          struct error *error);

// Read the file at `path` (regular file, at most SESSION_FILE_MAX) and session_parse it.
// STATUS_NOT_FOUND, STATUS_IO with `error` set, or as session_parse.
enum status session_load(struct session *session, const char *path,
                         const struct session_source *source, struct diagnostics *list,
                         struct error *error);

#endif
