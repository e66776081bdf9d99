// SPDX-License-Identifier: GPL-3.0-or-later
// Where a session comes from, and what a user is told of one that is a file of their own.
#ifndef LOOSEN_SESSION_ORIGIN_H
#define LOOSEN_SESSION_ORIGIN_H

#include "diagnostic.h"
#include "digest.h"
#include "session_model.h"

struct session_origin {
    bool own;        // a file that the user named or has in the author's folder, none of loosen
    size_t warnings; // of its lines, at any length; not the one that says what a plain text is
    char stream[32]; // "/dev/fd/0": where a session came from that can be read once; empty: a file
    int64_t bytes;   // of what came from there
    char sha256[DIGEST_SIZE]; // of the same
};

// Note whose it is and what was found in it. The rest begins zeroed.
void session_origin_note(struct session_origin *origin, bool own, const struct diagnostics *list);

// Note that `data` came from a stream. STATUS_NO_MEMORY.
enum status session_origin_note_stream(struct session_origin *origin, int descriptor,
                                       struct text data, struct error *error);

// "notes.txt: 3 warnings; loosen check notes.txt shows them", on stderr; "of the same text" where
// it came from a stream, and "check --data DIR" where `data` is the DIR that was given. Nothing
// when there are none, or the session is no file of the user's own.
void session_origin_tell(const struct session_origin *origin, const struct session *session,
                         const char *data);

#endif
