// SPDX-License-Identifier: GPL-3.0-or-later
// Plans a session with clips of guessed length, and looks how much of it is talk.
#include "talk.h"

#include "guess.h"
#include "plan.h"

enum { SOME_PERCENT = 25, MUCH_PERCENT = 40 }; // from here on

static enum talk judge(const struct timeline *timeline)
{
    int64_t percent = 100 * timeline->speech_frames / timeline->total_frames;
    return percent < SOME_PERCENT ? TALK_LITTLE : percent < MUCH_PERCENT ? TALK_SOME : TALK_MUCH;
}

enum status talk_guess(enum talk *talk, const struct session *session, int64_t length_frames,
                       struct error *error)
{
    const struct plan_config config = {.total_frames = length_frames,
                                       .breaths_per_minute = PLAN_BREATHS_DEFAULT};
    struct guess guess;
    struct timeline timeline;
    enum status status = guess_build(&guess, session, length_frames, false, error);
    if (status != STATUS_OK)
        return status;
    status = plan_build(&timeline, session, &guess.utterances, guess.clip_frames, &config, error);
    if (status == STATUS_OK) {
        *talk = judge(&timeline);
        timeline_free(&timeline);
    }
    guess_free(&guess);
    return status;
}
