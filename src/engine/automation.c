// SPDX-License-Identifier: GPL-3.0-or-later
// Slopes and caps are gathered from the timeline's events, and the curves are built from them.
#include "automation.h"

#include "curve.h"
#include <math.h>
#include <stdlib.h>

// Layers brighten towards the crest, which adds to their loudness and its slope.
#define BRIGHT_DB 1.0
#define BRIGHT_SLOPE 1.15
#define SLOPE_ROOM_DB 0.6  // a second, under the bound: what the shade adds at most, and a little
#define SLOPE_LEAST_DB 1.0 // the bed is never slower than this, a second
#define HOLD_BEFORE_FRAMES (FRAME_RATE / 10)    // down this long before the voice
#define HOLD_AFTER_FRAMES (FRAME_RATE * 4 / 10) // and up no sooner than this after it

// One bout: from its first in-breath to the end of its last out-breath.
struct bout {
    int64_t start_frame, end_frame;
};

struct builder {
    struct arena scratch;
    const struct timeline *timeline;
    const struct automation_config *config;
    const struct event **breaths; // all of EVENT_BREATH
    size_t breath_count;
    struct bout *bouts;
    size_t bout_count;
    struct bed_gain_span *caps;
    size_t cap_count;
    struct bed_gain_slope *slopes;
    size_t slope_count;
    struct envelope breath, pacing;
};

// ---- Breath -------------------------------------------------------------------------------------

static void collect_breaths(struct builder *builder)
{
    const struct timeline *timeline = builder->timeline;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type != EVENT_BREATH || event->frames <= 0)
            continue;
        bool first =
            builder->breath_count == 0 ||
            builder->breaths[builder->breath_count - 1]->as.breath.bout != event->as.breath.bout;
        if (first)
            builder->bouts[builder->bout_count++] =
                (struct bout){.start_frame = event->start_frame};
        builder->bouts[builder->bout_count - 1].end_frame = event->start_frame + event->frames;
        builder->breaths[builder->breath_count++] = event;
    }
}

static void build_breath(struct builder *builder)
{
    for (size_t i = 0; i < builder->breath_count; i++) {
        const struct event *phase = builder->breaths[i];
        builder->breath.pieces[builder->breath.count++] =
            (struct envelope_piece){phase->start_frame, phase->start_frame + phase->frames,
                                    (double)phase->as.breath.from, (double)phase->as.breath.to};
    }
}

// ---- Pacing -------------------------------------------------------------------------------------

static void add_pacing(struct builder *builder, int64_t start, int64_t end, double from, double to)
{
    struct envelope *pacing = &builder->pacing;
    pacing->pieces[pacing->count++] = (struct envelope_piece){start, end, from, to};
}

// Paced by the start of the first breath, with less time or even a little later when the lead
// stands in the way; free again after the last. Bouts with too little time between them stay paced.
static void build_pacing(struct builder *builder)
{
    const struct bout *bouts = builder->bouts;
    const int64_t lead = builder->timeline->lead_frames;
    for (size_t i = 0; i < builder->bout_count; i++) {
        const int64_t pace = AUTOMATION_PACE_FRAMES;
        int64_t start = bouts[i].start_frame, end = bouts[i].end_frame;
        if (i == 0 || start - bouts[i - 1].end_frame >= 2 * pace) {
            int64_t from = start - pace > lead ? start - pace : lead;
            add_pacing(builder, from, start > from + pace / 2 ? start : from + pace / 2, 0, 1);
        }
        if (i + 1 == builder->bout_count || bouts[i + 1].start_frame - end >= 2 * pace) {
            int64_t paced = builder->pacing.pieces[builder->pacing.count - 1].end_frame;
            int64_t from = end > paced ? end : paced;
            add_pacing(builder, from, from + pace, 1, 0);
        }
    }
}

// ---- Slopes of the bed: what the swell leaves ---------------------------------------------------

enum { RISING_PARTS = 4, PHASE_PARTS = RISING_PARTS + 1 }; // in which a phase grows steeper; all

// What `swell_db` a second leaves.
static double left_by(double swell_db)
{
    double left = AUTOMATION_SLOPE_DB - SLOPE_ROOM_DB - BRIGHT_SLOPE * swell_db;
    return fmax(SLOPE_LEAST_DB, fmin(AUTOMATION_BED_SLOPE_DB, left));
}

static void add_slope(struct builder *builder, int64_t start, int64_t end, double rise_db,
                      double fall_db)
{
    builder->slopes[builder->slope_count++] = (struct bed_gain_slope){start, end, rise_db, fall_db};
}

// The steepest place of a piece, a second.
static double piece_slope(const struct envelope_piece *piece)
{
    double seconds = seconds_from_frames(piece->end_frame - piece->start_frame);
    return (piece->to - piece->from) * CURVE_RISE_SLOPE / seconds;
}

// The bed goes along with the breath: up only while it rises, down only while it falls. Were it to
// rise after a word while the breath falls, no wave would be heard. In the first half of a phase
// the breath grows steeper part by part; in the second, delayed layers are as steep as it was in
// the middle.
static void add_breath_slope(struct builder *builder, const struct envelope_piece *piece)
{
    const int64_t frames = piece->end_frame - piece->start_frame;
    const double slope = piece_slope(piece);
    const double steepest_db = builder->config->movement.breath_db * fabs(slope);
    int64_t start = piece->start_frame;
    for (int i = 1; i <= PHASE_PARTS; i++) {
        bool late = i > RISING_PARTS;
        int64_t end =
            late ? piece->end_frame : piece->start_frame + frames * i / (2 * RISING_PARTS);
        double steep = late ? 1 : curve_sine((double)i / (4 * RISING_PARTS));
        double left = left_by(steepest_db * steep);
        add_slope(builder, start, end, slope > 0 ? left : 0, slope < 0 ? left : 0);
        start = end;
    }
}

static void add_pacing_slopes(struct builder *builder)
{
    const struct scene_movement *movement = &builder->config->movement;
    double half_db = (movement->breath_db + movement->free_db) / 2;
    for (size_t i = 0; i < builder->pacing.count; i++) {
        const struct envelope_piece *piece = &builder->pacing.pieces[i];
        double left = left_by(half_db * fabs(piece_slope(piece)) + movement->free_slope_db);
        add_slope(builder, piece->start_frame, piece->end_frame, left, left);
    }
}

static int compare_slopes(const void *a, const void *b)
{
    const struct bed_gain_slope *x = a, *y = b;
    return (x->start_frame > y->start_frame) - (x->start_frame < y->start_frame);
}

// The tail fades along a straight line: the bed stays where it is.
static void build_slopes(struct builder *builder)
{
    const struct timeline *timeline = builder->timeline;
    for (size_t i = 0; i < builder->breath.count; i++)
        add_breath_slope(builder, &builder->breath.pieces[i]);
    add_pacing_slopes(builder);
    add_slope(builder, timeline->total_frames - timeline->tail_frames, timeline->total_frames, 0,
              0);
    qsort(builder->slopes, builder->slope_count, sizeof *builder->slopes, compare_slopes);
}

// ---- Caps of the bed: speech --------------------------------------------------------------------

// So far below 0 that the crest of the swell stays at 0.
static double level_under(const struct builder *builder, bool paced)
{
    const struct scene_movement *movement = &builder->config->movement;
    double swell_db = paced ? fmax(movement->breath_db, movement->free_db) : movement->free_db;
    return builder->config->bed_db - (swell_db + BRIGHT_DB) / 2;
}

static double lead_level(const struct builder *builder)
{
    return level_under(builder, false) + AUTOMATION_FIRST_DB;
}

static void add_cap(struct builder *builder, int64_t start, int64_t end, double db)
{
    builder->caps[builder->cap_count++] =
        (struct bed_gain_span){start, end, fmax(db, lead_level(builder))};
}

// One spoken clip, and the bout it lies in (SIZE_MAX: none).
struct spoken {
    int64_t start_frame, end_frame;
    size_t bout;
    double db;
};

static struct spoken speak(const struct builder *builder, const struct event *event, size_t *bout,
                           bool first)
{
    struct spoken spoken = {.start_frame = event->start_frame,
                            .end_frame = event->start_frame + event->frames,
                            .bout = SIZE_MAX};
    while (*bout < builder->bout_count && builder->bouts[*bout].end_frame <= spoken.start_frame)
        ++*bout;
    if (*bout < builder->bout_count && builder->bouts[*bout].start_frame < spoken.end_frame)
        spoken.bout = *bout;
    spoken.db = level_under(builder, spoken.bout != SIZE_MAX) + (first ? AUTOMATION_FIRST_DB : 0);
    return spoken;
}

static int compare_caps(const void *a, const void *b)
{
    const struct bed_gain_span *x = a, *y = b;
    return (x->start_frame > y->start_frame) - (x->start_frame < y->start_frame);
}

// Short gaps stay down: nothing pumps.
static void build_caps(struct builder *builder)
{
    const struct timeline *timeline = builder->timeline;
    add_cap(builder, 0, timeline->lead_frames, lead_level(builder));
    struct spoken before = {0};
    size_t bout = 0;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type != EVENT_SPEECH)
            continue;
        bool first = before.end_frame == 0;
        struct spoken now = speak(builder, event, &bout, first);
        int64_t gap = now.start_frame - before.end_frame;
        if (!first && gap <= AUTOMATION_PAUSE_FRAMES)
            add_cap(builder, before.end_frame, now.start_frame, fmax(before.db, now.db));
        add_cap(builder, now.start_frame - HOLD_BEFORE_FRAMES, now.end_frame + HOLD_AFTER_FRAMES,
                now.db);
        before = now;
    }
    qsort(builder->caps, builder->cap_count, sizeof *builder->caps, compare_caps);
}

// ---- The shade ----------------------------------------------------------------------------------

// Dark wherever the bed is held down, and with the breath as the bed is: the spans are known, only
// the value of the caps is another.
static bool build_shade(struct builder *builder, struct automation *automation)
{
    for (size_t i = 0; i < builder->cap_count; i++)
        builder->caps[i].value = AUTOMATION_SHADE_DB;
    const struct bed_gain_config shade = {
        .total_frames = automation->total_frames,
        .slope_db = AUTOMATION_SHADE_SLOPE_DB,
        .caps = builder->caps,
        .cap_count = builder->cap_count,
        .slopes = builder->slopes,
        .slope_count = builder->slope_count,
    };
    return bed_gain_build(&automation->shade, &automation->arena, &shade);
}

// ---- The whole ----------------------------------------------------------------------------------

static bool builder_init(struct builder *builder, struct arena *kept)
{
    size_t breaths = 0, speech = 0;
    for (size_t i = 0; i < builder->timeline->event_count; i++) {
        breaths += builder->timeline->events[i].type == EVENT_BREATH;
        speech += builder->timeline->events[i].type == EVENT_SPEECH;
    }
    struct arena *scratch = &builder->scratch;
    builder->breaths = arena_array(scratch, breaths + 1, sizeof *builder->breaths);
    builder->bouts = arena_array(scratch, breaths + 1, sizeof *builder->bouts);
    builder->caps = arena_array(scratch, 2 * speech + 1, sizeof *builder->caps);
    builder->slopes =
        arena_array(scratch, (PHASE_PARTS + 2) * breaths + 1, sizeof *builder->slopes);
    builder->breath.pieces = arena_array(kept, breaths + 1, sizeof *builder->breath.pieces);
    builder->pacing.pieces = arena_array(kept, 2 * breaths + 1, sizeof *builder->pacing.pieces);
    return builder->breaths && builder->bouts && builder->caps && builder->slopes &&
           builder->breath.pieces && builder->pacing.pieces;
}

static bool build(struct builder *builder, struct automation *automation)
{
    if (!builder_init(builder, &automation->arena))
        return false;
    collect_breaths(builder);
    build_breath(builder);
    build_pacing(builder);
    build_slopes(builder);
    build_caps(builder);
    automation->breath = builder->breath;
    automation->pacing = builder->pacing;
    const struct bed_gain_config bed = {
        .total_frames = automation->total_frames,
        .top_db = level_under(builder, false) + builder->config->rise_db,
        .slope_db = left_by(builder->config->movement.free_slope_db),
        .caps = builder->caps,
        .cap_count = builder->cap_count,
        .slopes = builder->slopes,
        .slope_count = builder->slope_count,
    };
    return bed_gain_build(&automation->bed, &automation->arena, &bed) &&
           build_shade(builder, automation);
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
    bool done = build(&builder, automation);
    arena_free(&builder.scratch);
    if (done)
        return STATUS_OK;
    automation_free(automation);
    return error_no_memory(error);
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
        .shade_db = bed_gain_at(&automation->shade, frame) +
                    towards_sleep(automation, frame, AUTOMATION_SLEEP_SHADE_DB),
        .level_db = level_at(automation, frame),
        .swell = {envelope_at(&automation->breath, frame), envelope_at(&automation->pacing, frame)},
    };
}
