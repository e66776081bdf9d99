// SPDX-License-Identifier: GPL-3.0-or-later
// Caps are gathered from the timeline's events, and the curves are built from them.
#include "automation.h"

#include "curve.h"
#include <math.h>
#include <stdlib.h>

#define BRIGHT_DB 1.0 // layers brighten towards the crest, which adds to their loudness
#define HOLD_BEFORE_FRAMES (FRAME_RATE / 10)    // down this long before the voice
#define HOLD_AFTER_FRAMES (FRAME_RATE * 4 / 10) // and up no sooner than this after it

struct builder {
    struct arena scratch;
    const struct timeline *timeline;
    const struct automation_config *config;
    struct swell swell;
    struct bed_gain_span *caps;
    size_t cap_count;
};

// ---- Caps of the bed: speech --------------------------------------------------------------------

// So far below 0 that the crest of the swell stays at 0.
static double level_under(const struct builder *builder, double depth)
{
    const struct scene_movement *movement = &builder->config->movement;
    double swell_db = fmax(depth * movement->breath_db, movement->free_db);
    return builder->config->bed_db - (swell_db + BRIGHT_DB) / 2;
}

static double lead_level(const struct builder *builder)
{
    return level_under(builder, 0) + AUTOMATION_FIRST_DB;
}

static void add_cap(struct builder *builder, int64_t start, int64_t end, double db)
{
    builder->caps[builder->cap_count++] =
        (struct bed_gain_span){start, end, fmax(db, lead_level(builder))};
}

// One spoken clip, and the bed's level under it.
struct spoken {
    int64_t start_frame, end_frame;
    double db;
};

// `*stretch`: the first that ends behind the clip's start; clips ascend.
static struct spoken speak(const struct builder *builder, const struct event *event,
                           size_t *stretch, bool first)
{
    struct spoken spoken = {.start_frame = event->start_frame,
                            .end_frame = event->start_frame + event->frames};
    const struct swell_stretch *stretches = builder->swell.stretches;
    double depth = 0;
    while (*stretch < builder->swell.stretch_count &&
           stretches[*stretch].end_frame <= spoken.start_frame)
        ++*stretch;
    for (size_t i = *stretch;
         i < builder->swell.stretch_count && stretches[i].start_frame < spoken.end_frame; i++)
        depth = fmax(depth, stretches[i].depth);
    spoken.db = level_under(builder, depth) + (first ? AUTOMATION_FIRST_DB : 0);
    return spoken;
}

static int compare_caps(const void *a, const void *b)
{
    const struct bed_gain_span *x = a, *y = b;
    return (x->start_frame > y->start_frame) - (x->start_frame < y->start_frame);
}

// Short gaps stay down: nothing pumps.
static enum status build_caps(struct builder *builder, struct error *error)
{
    const struct timeline *timeline = builder->timeline;
    builder->caps =
        arena_array(&builder->scratch, 2 * timeline->event_count + 1, sizeof *builder->caps);
    if (!builder->caps)
        return error_no_memory(error);
    add_cap(builder, 0, timeline->lead_frames, lead_level(builder));
    struct spoken before = {0};
    size_t stretch = 0;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type != EVENT_SPEECH)
            continue;
        bool first = before.end_frame == 0;
        struct spoken now = speak(builder, event, &stretch, first);
        int64_t gap = now.start_frame - before.end_frame;
        if (!first && gap <= AUTOMATION_PAUSE_FRAMES)
            add_cap(builder, before.end_frame, now.start_frame, fmax(before.db, now.db));
        add_cap(builder, now.start_frame - HOLD_BEFORE_FRAMES, now.end_frame + HOLD_AFTER_FRAMES,
                now.db);
        before = now;
    }
    qsort(builder->caps, builder->cap_count, sizeof *builder->caps, compare_caps);
    return STATUS_OK;
}

// ---- The shade ----------------------------------------------------------------------------------

// Dark wherever the bed is held down, and with the breath as the bed is: the spans are known, only
// the value of the caps is another.
static enum status build_shade(struct builder *builder, struct automation *automation,
                               struct error *error)
{
    for (size_t i = 0; i < builder->cap_count; i++)
        builder->caps[i].value = AUTOMATION_SHADE_DB;
    const struct bed_gain_config tilt = {
        .total_frames = automation->total_frames,
        .slope_db = AUTOMATION_SHADE_SLOPE_DB,
        .caps = builder->caps,
        .cap_count = builder->cap_count,
        .slopes = builder->swell.slopes,
        .slope_count = builder->swell.slope_count,
    };
    return bed_gain_build(&automation->tilt, &automation->arena, &tilt, error);
}

// ---- The whole ----------------------------------------------------------------------------------

static enum status build(struct builder *builder, struct automation *automation,
                         struct error *error)
{
    enum status status = swell_build(&builder->swell, &automation->arena, &builder->scratch,
                                     builder->timeline, &builder->config->movement, error);
    THEN(status, build_caps(builder, error));
    if (status != STATUS_OK)
        return status;
    automation->breath = builder->swell.breath;
    automation->pacing = builder->swell.pacing;
    const struct bed_gain_config bed = {
        .total_frames = automation->total_frames,
        .top_db = level_under(builder, 0) + builder->config->rise_db,
        .slope_db = swell_bed_slope_db(builder->config->movement.free_slope_db),
        .caps = builder->caps,
        .cap_count = builder->cap_count,
        .slopes = builder->swell.slopes,
        .slope_count = builder->swell.slope_count,
    };
    status = bed_gain_build(&automation->bed, &automation->arena, &bed, error);
    THEN(status, build_shade(builder, automation, error));
    return status;
}

enum status automation_build(struct automation *automation, const struct timeline *timeline,
                             const struct automation_config *config, struct error *error)
{
    *automation = (struct automation){.arena = ARENA_INIT,
                                      .ending = timeline->ending,
                                      .total_frames = timeline->total_frames,
                                      .lead_frames = timeline->lead_frames,
                                      .tail_frames = timeline->tail_frames};
    struct builder builder = {.scratch = ARENA_INIT, .timeline = timeline, .config = config};
    enum status status = build(&builder, automation, error);
    arena_free(&builder.scratch);
    if (status != STATUS_OK)
        automation_free(automation);
    return status;
}

void automation_free(struct automation *automation)
{
    arena_free(&automation->arena);
    *automation = (struct automation){.arena = ARENA_INIT};
}

// Straight in decibels.
static double fade_at(const struct automation *automation, int64_t frame)
{
    double fade = 0;
    if (frame < automation->lead_frames)
        fade += 1 - (double)frame / (double)automation->lead_frames;
    int64_t left = automation->total_frames - frame;
    if (left < automation->tail_frames)
        fade += 1 - (double)left / (double)automation->tail_frames;
    return AUTOMATION_FADE_DB * fmin(fade, 1);
}

// What a session that ends in sleep has gained of `db` by `frame`, in an even course over its
// length.
static double towards_sleep(const struct automation *automation, int64_t frame, double db)
{
    if (automation->ending == ENDING_RETURN)
        return 0;
    return db * fmin((double)frame / (double)automation->total_frames, 1);
}

static double level_at(const struct automation *automation, int64_t frame)
{
    double start = automation->ending == ENDING_RETURN ? 0 : AUTOMATION_SLEEP_DB;
    return start + towards_sleep(automation, frame, AUTOMATION_SLEEP_FALL_DB);
}

struct automation_values automation_at(struct automation *automation, int64_t frame)
{
    return (struct automation_values){
        .bed_db = bed_gain_at(&automation->bed, frame),
        .fade_db = fade_at(automation, frame),
        .shade_db = bed_gain_at(&automation->tilt, frame) +
                    towards_sleep(automation, frame, AUTOMATION_SLEEP_SHADE_DB),
        .level_db = level_at(automation, frame),
        .swell = {envelope_at(&automation->breath, frame), envelope_at(&automation->pacing, frame)},
    };
}
