// SPDX-License-Identifier: GPL-3.0-or-later
// What a record says is done again at the same frames: plans are fitted again and levels moved.
#include "replay.h"

#include "closing_lines.h"
#include "options.h"
#include "plan_refit.h"
#include "utterances.h"
#include <stdlib.h>
#include <string.h>

// Nothing that is asked for is dropped unsaid.
static enum status check_options(const struct settings *settings, struct error *error)
{
    if (settings->operand_count > 0 || settings->what.scene_only || settings->run.manifest ||
        settings->run.resume || settings->run.jobs_list || settings->run.jobs ||
        settings->run.skip_impossible)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "--replay takes the session from its file, and makes one file of it");
    const struct given_option *refused = settings_given(settings, "length");
    if (!refused)
        refused = settings_given(settings, "lang");
    for (size_t i = 0; i < settings->given_count && !refused; i++)
        if (settings->given[i].group == GROUP_WHAT)
            refused = &settings->given[i];
    if (refused)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "--replay makes what was heard: --%s cannot change it", refused->name);
    return STATUS_OK;
}

enum status replay_settings(struct settings *merged, const struct settings *settings,
                            struct record *record, struct error *error)
{
    enum status status = check_options(settings, error);
    if (status != STATUS_OK)
        return status;
    status = options_parse(merged, COMMAND_EXPORT, record->word_count, record->words, error);
    if (status != STATUS_OK || merged->operand_count != 1 || merged->run.output)
        return error_set(error, STATUS_BAD_INPUT, "%s is no record of a session",
                         settings->run.replay);
    merged->form = settings->form;
    merged->run = settings->run;
    return STATUS_OK;
}

// The frame at which a closing fade has ended in the file, the earliest of all; INT64_MAX: there is
// none.
static int64_t closed_at(const struct record *record)
{
    int64_t end = INT64_MAX;
    for (size_t i = 0; i < record->change_count; i++) {
        const struct record_change *change = &record->changes[i];
        int64_t faded = change->frame + (int64_t)change->value - master_latency_frames();
        if (change->type == RECORD_CLOSE && faded < end)
            end = faded;
    }
    return end > TIMELINE_LEAD_FRAMES ? end : TIMELINE_LEAD_FRAMES;
}

// End a timeline early: what begins later was not heard.
static void shorten(struct timeline *timeline, int64_t total_frames)
{
    if (timeline->total_frames <= total_frames)
        return;
    timeline->total_frames = total_frames;
    while (timeline->event_count > 0 &&
           timeline->events[timeline->event_count - 1].start_frame >= total_frames)
        timeline->event_count--;
    for (size_t i = 0; i < timeline->event_count; i++) {
        struct event *event = &timeline->events[i];
        if (event->start_frame + event->frames > total_frames)
            event->frames = total_frames - event->start_frame;
    }
}

static enum status part(const struct record_change *change, const struct timeline *present,
                        const struct pipeline *pipeline, struct timeline *made)
{
    const int utterance = pipeline->utterances.closing;
    int64_t last_frame;
    if (utterance == UTTERANCE_NONE)
        return STATUS_NOT_FOUND;
    const struct closing_lines_config config = {
        .from_frame = change->frame,
        .clip_frames = pipeline->speech.bank.clips[utterance].frames,
        .fade_frames = frames_from_ms(CLOSING_LINES_FADE_MS),
        .utterance = utterance};
    return closing_lines_build(made, &last_frame, present, &config, NULL);
}

// The timeline behind a change.
static enum status fit(const struct replay *replay, size_t i, const struct timeline *present,
                       const struct pipeline *pipeline, struct timeline *made)
{
    const struct record_change *change = &replay->record->changes[i];
    if (change->type == RECORD_FAREWELL)
        return part(change, present, pipeline, made);
    const struct plan_config plan = planning_config(pipeline->settings, pipeline->total_frames);
    int64_t *clip_frames = speech_clip_frames(&pipeline->speech);
    const struct plan_refit_config config = {.present = present,
                                             .utterances = &pipeline->utterances,
                                             .clip_frames = clip_frames,
                                             .plan = &plan,
                                             .request = change->request,
                                             .now_frame = change->frame,
                                             .end = replay->record->end};
    enum status status = clip_frames ? plan_refit(made, &config, NULL) : STATUS_NO_MEMORY;
    free(clip_frames);
    return status;
}

enum status replay_plan(struct replay *replay, struct pipeline *pipeline, struct error *error)
{
    const struct timeline *present = &pipeline->timeline;
    struct timeline heard = {.session = NULL};
    if (!replay->record)
        return STATUS_OK;
    replay->timelines = calloc(replay->record->change_count + 1, sizeof *replay->timelines);
    if (!replay->timelines)
        return error_no_memory(error);
    for (size_t i = 0; i < replay->record->change_count; i++) {
        enum record_type type = replay->record->changes[i].type;
        if (type != RECORD_REQUEST && type != RECORD_FAREWELL)
            continue;
        timeline_free(&heard); // once to be followed, once to be shown
        enum status status = fit(replay, i, present, pipeline, &replay->timelines[i]);
        THEN(status, fit(replay, i, present, pipeline, &heard));
        if (status == STATUS_NO_MEMORY)
            return error_no_memory(error);
        if (status != STATUS_OK)
            return error_set(error, STATUS_BAD_INPUT,
                             "this is not the session of the record: what was done at frame %lld "
                             "cannot be done",
                             (long long)replay->record->changes[i].frame);
        present = &replay->timelines[i];
    }
    if (heard.session) {
        replay->first = pipeline->timeline;
        pipeline->timeline = heard;
    }
    shorten(&pipeline->timeline, closed_at(replay->record));
    pipeline->total_frames = pipeline->timeline.total_frames;
    return STATUS_OK;
}

size_t replay_reach(const struct replay *replay, int64_t frame, size_t most)
{
    if (!replay->record || replay->next == replay->record->change_count)
        return most;
    int64_t left = replay->record->changes[replay->next].frame - frame;
    return left < (int64_t)most ? (size_t)left : most;
}

static enum status apply(struct replay *replay, struct pipeline *pipeline,
                         struct master_controls *controls, struct error *error)
{
    const struct record_change *change = &replay->record->changes[replay->next];
    switch (change->type) {
    case RECORD_REQUEST:
    case RECORD_FAREWELL:
        if (!replay->timelines)
            return error_set(error, STATUS_BAD_INPUT, "the record changes a session too early");
        return pipeline_follow(pipeline, &replay->timelines[replay->next], error);
    case RECORD_LEVEL:
        atomic_store(&controls->stem_db[change->stem], (float)change->value);
        break;
    case RECORD_CLOSE:
        atomic_store(&controls->close_frames, (int32_t)change->value);
        atomic_store(&controls->close, 1);
        break;
    }
    return STATUS_OK;
}

enum status replay_apply(struct replay *replay, int64_t frame, struct pipeline *pipeline,
                         struct master_controls *controls, struct error *error)
{
    enum status status = STATUS_OK;
    while (replay->record && status == STATUS_OK && replay->next < replay->record->change_count &&
           replay->record->changes[replay->next].frame <= frame) {
        status = apply(replay, pipeline, controls, error);
        replay->next++;
    }
    return status;
}

void replay_close(struct replay *replay)
{
    for (size_t i = 0; replay->timelines && i < replay->record->change_count; i++)
        timeline_free(&replay->timelines[i]);
    free(replay->timelines);
    timeline_free(&replay->first);
    *replay = (struct replay){.record = NULL};
}
