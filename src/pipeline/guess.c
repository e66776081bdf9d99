// SPDX-License-Identifier: GPL-3.0-or-later
// The utterances are built as for a voice, and the pace of the default one tells their lengths.
#include "guess.h"

#include "pace.h"
#include "plan.h"

enum status guess_build(struct guess *guess, const struct session *session, int64_t length,
                        bool filler, struct error *error)
{
    *guess = (struct guess){.arena = ARENA_INIT};
    enum status status = utterances_build(&guess->utterances, session, length, error);
    if (status != STATUS_OK)
        return status;
    if (filler)
        status = utterances_add_filler(&guess->utterances, session, error);
    if (status == STATUS_OK) {
        guess->clip_frames = pace_guess_clips(&guess->arena, &guess->utterances);
        status = guess->clip_frames ? STATUS_OK : error_no_memory(error);
    }
    if (status != STATUS_OK)
        guess_free(guess);
    return status;
}

void guess_free(struct guess *guess)
{
    arena_free(&guess->arena);
    utterances_free(&guess->utterances);
}

enum status guess_range(struct range *range, const struct session *session, struct error *error)
{
    struct guess guess;
    const struct plan_config config = {.breaths_per_minute = PLAN_BREATHS_DEFAULT};
    enum status status = guess_build(&guess, session, session->natural, false, error);
    if (status != STATUS_OK)
        return status;
    status = plan_range(range, session, &guess.utterances, guess.clip_frames, &config, error);
    guess_free(&guess);
    return status;
}
