// SPDX-License-Identifier: GPL-3.0-or-later
// The share of speech has three names.
#include "talk.h"

#include "session_figures.h"

enum { SOME_PERCENT = 25, MUCH_PERCENT = 40 }; // from here on

enum status talk_guess(enum talk *talk, const struct session *session, int64_t length_frames,
                       struct error *error)
{
    struct session_figures figures;
    enum status status = session_figures_guess(&figures, session, length_frames, error);
    if (status != STATUS_OK)
        return status;
    const int64_t percent = 100 * figures.speech_frames / figures.total_frames;
    *talk = percent < SOME_PERCENT ? TALK_LITTLE : percent < MUCH_PERCENT ? TALK_SOME : TALK_MUCH;
    return STATUS_OK;
}
