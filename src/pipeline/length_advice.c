// SPDX-License-Identifier: GPL-3.0-or-later
// The session is planned at the shortest length that its lines allow, to tell how much of it is
// speech.
#include "length_advice.h"

#include "plan.h"
#include "session_limits.h"

static void add_too_short(struct buffer *out, const struct session *session, int64_t least,
                          int64_t speech)
{
    const int64_t minute = (int64_t)60 * FRAME_RATE;
    const int64_t possible = least > session->length.least ? least : session->length.least;
    buffer_add_c(out, "; its lines take ");
    duration_print_clock(out, least + FRAME_RATE - 1);
    buffer_add_c(out, " at least, ");
    duration_print_clock(out, speech);
    buffer_add_c(out, " of it speech alone: mark lines with + that may be left out, let the voice "
                      "speak faster (a higher --rate), or ");
    if (possible <= SESSION_LENGTH_MOST)
        buffer_printf(out, "ask for %lld minutes", (long long)((possible + minute - 1) / minute));
    else
        buffer_add_c(out, "cut it into several files");
}

static void add_too_long(struct buffer *out, int64_t most)
{
    buffer_add_c(out, "; its lines and rests fill ");
    duration_print_clock(out, most);
    buffer_add_c(out, " at most: let a @rest grow, as in @rest 10s..10m");
}

static enum status measure_speech(int64_t *speech, const struct length_advice *advice,
                                  int64_t least, struct error *error)
{
    struct timeline timeline;
    struct plan_config config = advice->config;
    config.total_frames = least;
    enum status status = plan_build(&timeline, advice->session, advice->utterances,
                                    advice->clip_frames, &config, error);
    if (status != STATUS_OK)
        return status;
    *speech = timeline.speech_frames;
    timeline_free(&timeline);
    return STATUS_OK;
}

static enum status add(struct buffer *out, const struct length_advice *advice, struct range range,
                       struct error *error)
{
    const int64_t asked = advice->config.total_frames;
    int64_t speech;
    if (asked < SESSION_LENGTH_LEAST || asked > SESSION_LENGTH_MOST) {
        buffer_add_c(
            out, "; every session has " LIMIT_TEXT(LIMIT_LENGTH_LEAST_MINUTES) " to " LIMIT_TEXT(
                     LIMIT_LENGTH_MOST_MINUTES) " minutes");
        return STATUS_OK;
    }
    if (asked > range.most) {
        add_too_long(out, range.most);
        return STATUS_OK;
    }
    if (asked >= range.least) {
        buffer_add_c(out, "; its lines can fill that: only its `length` says otherwise");
        return STATUS_OK;
    }
    enum status status = measure_speech(&speech, advice, range.least, error);
    if (status == STATUS_OK)
        add_too_short(out, advice->session, range.least, speech);
    return status;
}

enum status length_advice_add(struct buffer *out, const struct length_advice *advice,
                              struct error *error)
{
    struct range range;
    enum status status = plan_range(&range, advice->session, advice->utterances,
                                    advice->clip_frames, &advice->config, error);
    THEN(status, add(out, advice, range, error));
    if (status == STATUS_BAD_INPUT || status == STATUS_BAD_ARGUMENT) // told where it is played
        return STATUS_OK;
    return out->failed ? error_no_memory(error) : status;
}
