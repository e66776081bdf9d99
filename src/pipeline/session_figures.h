// SPDX-License-Identifier: GPL-3.0-or-later
// What to know of a session at one length, told without a voice.
#ifndef LOOSEN_SESSION_FIGURES_H
#define LOOSEN_SESSION_FIGURES_H

#include "error.h"
#include "session_model.h"

struct session_figures {
    struct range length; // that it offers; of a plain text, from what it takes to speak
    int64_t total_frames;
    int64_t speech_frames;
    int64_t quiet_frames; // the longest without voice, led breath or chime
};

// Of a session at a length that it offers, with clips of guessed length. STATUS_BAD_ARGUMENT,
// STATUS_BAD_INPUT: it cannot be planned; STATUS_NO_MEMORY.
enum status session_figures_guess(struct session_figures *figures, const struct session *session,
                                  int64_t length_frames, struct error *error);

// Add one line: "evening.session: 10:00 to 30:00; at 15:00 38 % speech, longest quiet 24 s".
void session_figures_print(const struct session_figures *figures, const struct session *session,
                           struct buffer *out);

#endif
