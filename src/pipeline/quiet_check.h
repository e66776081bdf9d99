// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a session leaves its listener without a voice or a breath for too long, at any length.
#ifndef LOOSEN_QUIET_CHECK_H
#define LOOSEN_QUIET_CHECK_H

#include "diagnostic.h"
#include "error.h"
#include "session_model.h"
#include "utterances.h"

// Plan at lengths all over the promised range that the script can fill, with the clips' lengths,
// and warn (long-quiet) of the quiet that is furthest over what its length allows: where it is, and
// what to do. STATUS_OK or STATUS_NO_MEMORY.
enum status quiet_check(const struct session *session, const struct utterances *utterances,
                        const int64_t *clip_frames, struct range range, struct diagnostics *list,
                        struct error *error);

#endif
