// SPDX-License-Identifier: GPL-3.0-or-later
// How much of a session is talk, told without a voice.
#ifndef LOOSEN_TALK_H
#define LOOSEN_TALK_H

#include "error.h"
#include "session_model.h"

// Of a session at one length that it offers, with clips of guessed length: less than a quarter of
// the time, less than two fifths, or more.
enum status talk_guess(enum talk *talk, const struct session *session, int64_t length_frames,
                       struct error *error);

#endif
