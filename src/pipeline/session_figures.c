// SPDX-License-Identifier: GPL-3.0-or-later
// The session is planned once with clips of guessed length.
#include "session_figures.h"

#include "guess.h"
#include "plan.h"

// Its header promises nothing: whole seconds on the safe side.
static enum status find_length(struct session_figures *figures, const struct session *session,
                               const struct guess *guess, const struct plan_config *config,
                               struct error *error)
{
    struct range range;
    enum status status =
        plan_range(&range, session, &guess->utterances, guess->clip_frames, config, error);
    const int64_t least = (range.least + FRAME_RATE - 1) / FRAME_RATE * FRAME_RATE;
    if (status == STATUS_OK && least > session->length.least)
        figures->length.least = least;
    return status;
}

enum status session_figures_guess(struct session_figures *figures, const struct session *session,
                                  int64_t length_frames, struct error *error)
{
    const struct plan_config config = {.total_frames = length_frames,
                                       .breaths_per_minute = PLAN_BREATHS_DEFAULT};
    struct guess guess;
    struct timeline timeline;
    enum status status =
        guess_build(&guess, session, length_frames, session_keeps_company(session), error);
    if (status != STATUS_OK)
        return status;
    *figures = (struct session_figures){.length = session->length};
    if (session->plain)
        status = find_length(figures, session, &guess, &config, error);
    THEN(status,
         plan_build(&timeline, session, &guess.utterances, guess.clip_frames, &config, error));
    if (status == STATUS_OK) {
        figures->total_frames = timeline.total_frames;
        figures->speech_frames = timeline.speech_frames;
        figures->quiet_frames = timeline.longest_wait_frames;
        timeline_free(&timeline);
    }
    guess_free(&guess);
    return status;
}

void session_figures_print(const struct session_figures *figures, const struct session *session,
                           struct buffer *out)
{
    buffer_add_visible(out, session->file);
    buffer_add_c(out, ": ");
    duration_print_clock(out, figures->length.least);
    buffer_add_c(out, " to ");
    duration_print_clock(out, figures->length.most);
    buffer_add_c(out, "; at ");
    duration_print_clock(out, figures->total_frames);
    buffer_printf(out, " %d %% speech, longest quiet %d s\n",
                  (int)(100 * figures->speech_frames / figures->total_frames),
                  (int)(figures->quiet_frames / FRAME_RATE));
}
