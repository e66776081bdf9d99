// SPDX-License-Identifier: GPL-3.0-or-later
// The planner gets the clips' lengths; where it fails, options that were given are named.
#include "planning.h"

#include "length_advice.h"
#include "line_alone.h"
#include "option_rows.h"
#include <stdlib.h>

#define SCENE_ONLY_TAIL_FRAMES ((int64_t)12 * FRAME_RATE)

struct plan_config planning_config(const struct settings *settings, int64_t total_frames)
{
    const double breaths = settings->what.breaths;
    return (struct plan_config){
        .total_frames = total_frames,
        .breaths_per_minute = breaths > 0 ? breaths : PLAN_BREATHS_DEFAULT,
        .natural_breath = breaths == 0,
    };
}

// The script's own range was kept: what does not fit is for what was asked of voice and breath.
static enum status name_cause(const struct settings *settings, struct error *error)
{
    size_t count;
    struct buffer text = BUFFER_INIT;
    const struct option_row *rows = option_rows(&count);
    for (size_t i = 0; i < count; i++) {
        const struct given_option *given = settings_given(settings, rows[i].name);
        if (given && given->value && rows[i].of_pace)
            buffer_printf(&text, "%s--%s %s", text.size ? ", " : "with ", given->name,
                          given->value);
    }
    buffer_printf(&text, "%s%s", text.size ? " " : "", error->text);
    enum status status = text.failed ? error_no_memory(error)
                                     : error_set(error, STATUS_BAD_ARGUMENT, "%s", text.data);
    buffer_free(&text);
    return status;
}

enum status planning_build(struct timeline *timeline, const struct session *session,
                           const struct speech *speech, int64_t total_frames, struct error *error)
{
    const struct settings *settings = speech->config.settings;
    const struct plan_config config = planning_config(settings, total_frames);
    int64_t *clip_frames = speech_clip_frames(speech);
    if (!clip_frames)
        return error_no_memory(error);
    enum status status =
        plan_build(timeline, session, speech->config.utterances, clip_frames, &config, error);
    free(clip_frames);
    return status == STATUS_BAD_ARGUMENT && error ? name_cause(settings, error) : status;
}

enum status planning_line(struct timeline *timeline, const struct session *session,
                          const struct speech *speech, const struct found_line *line,
                          struct error *error)
{
    int64_t *clip_frames = speech_clip_frames(speech);
    if (!clip_frames)
        return error_no_memory(error);
    enum status status =
        line_alone_build(timeline, session, line, clip_frames, speech->bank.count, error);
    free(clip_frames);
    return status;
}

enum status planning_advise(const struct session *session, const struct speech *speech,
                            int64_t total_frames, struct error *error)
{
    struct buffer text = BUFFER_INIT;
    int64_t *clip_frames = speech_clip_frames(speech);
    if (!clip_frames)
        return error_no_memory(error);
    const struct length_advice advice = {session, speech->config.utterances, clip_frames,
                                         planning_config(speech->config.settings, total_frames)};
    buffer_add_c(&text, error->text);
    enum status status = length_advice_add(&text, &advice, error);
    THEN(status, text.failed ? error_no_memory(error)
                             : error_set(error, STATUS_BAD_ARGUMENT, "%s", text.data));
    free(clip_frames);
    buffer_free(&text);
    return status;
}

void planning_scene_only(struct timeline *timeline, const struct session *session,
                         int64_t total_frames)
{
    timeline_init_lead(timeline, session, total_frames);
    timeline->tail_frames = SCENE_ONLY_TAIL_FRAMES;
}
