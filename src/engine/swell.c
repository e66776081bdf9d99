// SPDX-License-Identifier: GPL-3.0-or-later
// Phases are gathered into stretches; each gives its pieces of both envelopes, and slopes.
#include "swell.h"

#include "curve.h"
#include "duration.h"
#include <math.h>
#include <stdlib.h>

// Layers brighten towards the crest, which adds to their slope.
#define BRIGHT_SLOPE 1.15
#define SLOPE_ROOM_DB 0.6  // a second, under the bound: what the shade adds at most, and a little
#define SLOPE_LEAST_DB 1.0 // the bed is never slower than this, a second

struct builder {
    struct swell *swell;
    const struct timeline *timeline;
    const struct scene_movement *movement;
    const struct event **breaths; // all phases, of bouts and of touches
    size_t breath_count;
};

// ---- Stretches of breath ------------------------------------------------------------------------

static bool is_touch(const struct swell_stretch *stretch)
{
    return stretch->depth < 1;
}

static int64_t end_of(const struct event *event)
{
    return event->start_frame + event->frames;
}

static bool goes_on(const struct event *before, const struct event *event)
{
    if (before->type != event->type)
        return false;
    return event->type == EVENT_BREATH ? before->as.breath.bout == event->as.breath.bout
                                       : end_of(before) == event->start_frame;
}

static void collect_breath(struct builder *b, const struct event *event)
{
    const size_t at = b->breath_count;
    if (at == 0 || !goes_on(b->breaths[at - 1], event))
        b->swell->stretches[b->swell->stretch_count++] =
            (struct swell_stretch){.start_frame = event->start_frame,
                                   .first = at,
                                   .depth = event->type == EVENT_SWELL ? TIMELINE_SWELL_DEPTH : 1};
    struct swell_stretch *stretch = &b->swell->stretches[b->swell->stretch_count - 1];
    stretch->end_frame = end_of(event);
    stretch->last = at;
    b->breaths[b->breath_count++] = event;
}

static void collect_breaths(struct builder *b)
{
    const struct timeline *timeline = b->timeline;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if ((event->type == EVENT_BREATH || event->type == EVENT_SWELL) && event->frames > 0)
            collect_breath(b, event);
    }
}

// A bout takes this time before its first breath to pace the scene, and behind its last to let go.
// A touch does both within its breaths; half of it makes two touches two.
static int64_t room_beside(const struct swell_stretch *stretch)
{
    return is_touch(stretch) ? SWELL_PACE_FRAMES / 2 : SWELL_PACE_FRAMES;
}

// Whether the scene stays paced from stretch `i` to the next one: there is too little time to let
// go.
static bool is_joined(const struct builder *b, size_t i)
{
    if (i + 1 >= b->swell->stretch_count)
        return false;
    const struct swell_stretch *stretch = &b->swell->stretches[i];
    return stretch[1].start_frame - stretch->end_frame <
           room_beside(stretch) + room_beside(stretch + 1);
}

// ---- Slopes of the bed: what the swell leaves ---------------------------------------------------

enum { RISING_PARTS = 4, PHASE_PARTS = RISING_PARTS + 1 }; // in which a phase grows steeper; all

double swell_bed_slope_db(double swell_db)
{
    double left = SWELL_SLOPE_DB - SLOPE_ROOM_DB - BRIGHT_SLOPE * swell_db;
    return fmax(SLOPE_LEAST_DB, fmin(SWELL_BED_SLOPE_DB, left));
}

static void add_slope(struct builder *b, int64_t start, int64_t end, double rise_db, double fall_db)
{
    b->swell->slopes[b->swell->slope_count++] =
        (struct bed_gain_slope){start, end, rise_db, fall_db};
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
static void add_bout_slope(struct builder *b, const struct envelope_piece *piece)
{
    const int64_t frames = piece->end_frame - piece->start_frame;
    const double slope = piece_slope(piece);
    const double steepest_db = b->movement->breath_db * fabs(slope);
    int64_t start = piece->start_frame;
    for (int i = 1; i <= PHASE_PARTS; i++) {
        bool late = i > RISING_PARTS;
        int64_t end =
            late ? piece->end_frame : piece->start_frame + frames * i / (2 * RISING_PARTS);
        double steep = late ? 1 : curve_sine((double)i / (4 * RISING_PARTS));
        double left = swell_bed_slope_db(steepest_db * steep);
        add_slope(b, start, end, slope > 0 ? left : 0, slope < 0 ? left : 0);
        start = end;
    }
}

// While the hands work, speech is what is listened to: the bed gives way to it as ever, in what the
// breath leaves.
static void add_breath_slope(struct builder *b, const struct swell_stretch *stretch)
{
    const struct envelope_piece *piece = &b->swell->breath.pieces[b->swell->breath.count - 1];
    if (!is_touch(stretch)) {
        add_bout_slope(b, piece);
        return;
    }
    double left = swell_bed_slope_db(b->movement->breath_db * fabs(piece_slope(piece)));
    add_slope(b, piece->start_frame, piece->end_frame, left, left);
}

static int compare_slopes(const void *a, const void *b)
{
    const struct bed_gain_slope *x = a, *y = b;
    return (x->start_frame > y->start_frame) - (x->start_frame < y->start_frame);
}

// The tail fades along a straight line: the bed stays where it is.
static void sort_slopes(struct builder *b)
{
    const struct timeline *timeline = b->timeline;
    add_slope(b, timeline->total_frames - timeline->tail_frames, timeline->total_frames, 0, 0);
    qsort(b->swell->slopes, b->swell->slope_count, sizeof *b->swell->slopes, compare_slopes);
}

// ---- Breath -------------------------------------------------------------------------------------

static double position_of(const struct swell_stretch *stretch, float position)
{
    const double depth = stretch->depth;
    return depth == 1 ? (double)position : 0.5 + depth * ((double)position - 0.5);
}

static void add_breath(struct builder *b, int64_t start, int64_t end, double from, double to)
{
    b->swell->breath.pieces[b->swell->breath.count++] =
        (struct envelope_piece){start, end, from, to};
}

// From where the last stretch left the swell to where this one takes it up: unheard, while the
// scene is free. When it is not, the first phase begins where the last one ended. Returns where it
// begins.
static double lead_over(struct builder *b, size_t i)
{
    const struct swell_stretch *stretch = &b->swell->stretches[i];
    const double wanted = position_of(stretch, b->breaths[stretch->first]->as.breath.from);
    const double left = i > 0 ? b->swell->breath.pieces[b->swell->breath.count - 1].to : 0;
    const bool alike = !is_touch(stretch) && (i == 0 || !is_touch(stretch - 1));
    if (alike || left == wanted)
        return wanted;
    int64_t free_from = i > 0 ? stretch[-1].end_frame : b->timeline->lead_frames;
    int64_t free_to = stretch->start_frame;
    if (i > 0 && !is_touch(stretch - 1))
        free_from += SWELL_PACE_FRAMES;
    if (!is_touch(stretch))
        free_to -= SWELL_PACE_FRAMES;
    if ((i > 0 && is_joined(b, i - 1)) || free_from >= free_to)
        return left;
    add_breath(b, free_from, free_to, left, wanted);
    return wanted;
}

static void build_breath(struct builder *b)
{
    for (size_t i = 0; i < b->swell->stretch_count; i++) {
        const struct swell_stretch *stretch = &b->swell->stretches[i];
        double from = lead_over(b, i);
        for (size_t k = stretch->first; k <= stretch->last; k++) {
            const struct event *phase = b->breaths[k];
            if (k > stretch->first)
                from = position_of(stretch, phase->as.breath.from);
            add_breath(b, phase->start_frame, end_of(phase), from,
                       position_of(stretch, phase->as.breath.to));
            add_breath_slope(b, stretch);
        }
    }
}

// ---- Pacing -------------------------------------------------------------------------------------

static void add_pacing(struct builder *b, const struct envelope_piece *piece, double beside_db)
{
    const double half_db = (b->movement->breath_db + b->movement->free_db) / 2;
    const double left = swell_bed_slope_db(half_db * fabs(piece_slope(piece)) + beside_db);
    b->swell->pacing.pieces[b->swell->pacing.count++] = *piece;
    add_slope(b, piece->start_frame, piece->end_frame, left, left);
}

// Paced by the start of the first breath, with less time or even a little later when the lead
// stands in the way; free again after the last. Bouts with too little time between them stay paced.
static void pace_bout(struct builder *b, size_t i)
{
    const int64_t lead = b->timeline->lead_frames, pace = SWELL_PACE_FRAMES;
    const double beside_db = b->movement->free_slope_db;
    int64_t start = b->swell->stretches[i].start_frame, end = b->swell->stretches[i].end_frame;
    if (i == 0 || !is_joined(b, i - 1)) {
        int64_t from = start - pace > lead ? start - pace : lead;
        int64_t to = start > from + pace / 2 ? start : from + pace / 2;
        add_pacing(b, &(struct envelope_piece){from, to, 0, 1}, beside_db);
    }
    if (!is_joined(b, i)) {
        int64_t paced = b->swell->pacing.pieces[b->swell->pacing.count - 1].end_frame;
        int64_t from = end > paced ? end : paced;
        add_pacing(b, &(struct envelope_piece){from, from + pace, 1, 0}, beside_db);
    }
}

// The end of the first breath of a touch, and the start of its last; one breath alone is halved.
static void find_fades(const struct builder *b, const struct swell_stretch *stretch, int64_t *grown,
                       int64_t *shrinks)
{
    const struct event *const *breaths = b->breaths;
    size_t first = stretch->first, last = stretch->last;
    while (first < stretch->last &&
           breaths[first + 1]->as.breath.cycle == breaths[stretch->first]->as.breath.cycle)
        first++;
    while (last > stretch->first &&
           breaths[last - 1]->as.breath.cycle == breaths[stretch->last]->as.breath.cycle)
        last--;
    *grown = end_of(breaths[first]);
    *shrinks = breaths[last]->start_frame;
    if (*grown > *shrinks)
        *grown = *shrinks = (stretch->start_frame + stretch->end_frame) / 2;
}

// The steepest place of its swell, in dB a second.
static double steepest_db(const struct builder *b, const struct swell_stretch *stretch)
{
    double steepest = b->movement->free_slope_db;
    for (size_t i = 0; i < b->swell->breath.count; i++) {
        const struct envelope_piece *piece = &b->swell->breath.pieces[i];
        if (piece->start_frame >= stretch->start_frame && piece->end_frame <= stretch->end_frame)
            steepest = fmax(steepest, b->movement->breath_db * fabs(piece_slope(piece)));
    }
    return steepest;
}

// The swell grows during the first breath of a touch and goes during its last.
static void pace_touch(struct builder *b, size_t i)
{
    const struct swell_stretch *stretch = &b->swell->stretches[i];
    const double beside_db = steepest_db(b, stretch);
    int64_t grown, shrinks;
    find_fades(b, stretch, &grown, &shrinks);
    if (i == 0 || !is_joined(b, i - 1))
        add_pacing(b, &(struct envelope_piece){stretch->start_frame, grown, 0, 1}, beside_db);
    if (!is_joined(b, i))
        add_pacing(b, &(struct envelope_piece){shrinks, stretch->end_frame, 1, 0}, beside_db);
}

static void build_pacing(struct builder *b)
{
    for (size_t i = 0; i < b->swell->stretch_count; i++)
        if (is_touch(&b->swell->stretches[i]))
            pace_touch(b, i);
        else
            pace_bout(b, i);
}

// ---- The whole ----------------------------------------------------------------------------------

static enum status make_room(struct builder *b, struct arena *kept, struct arena *scratch,
                             struct error *error)
{
    size_t breaths = 0;
    for (size_t i = 0; i < b->timeline->event_count; i++) {
        const enum event_type type = b->timeline->events[i].type;
        breaths += type == EVENT_BREATH || type == EVENT_SWELL;
    }
    struct swell *swell = b->swell;
    b->breaths = arena_array(scratch, breaths + 1, sizeof *b->breaths);
    swell->stretches = arena_array(scratch, breaths + 1, sizeof *swell->stretches);
    swell->slopes = arena_array(scratch, (PHASE_PARTS + 2) * breaths + 1, sizeof *swell->slopes);
    swell->breath.pieces = arena_array(kept, 2 * breaths + 1, sizeof *swell->breath.pieces);
    swell->pacing.pieces = arena_array(kept, 2 * breaths + 1, sizeof *swell->pacing.pieces);
    if (!b->breaths || !swell->stretches || !swell->slopes || !swell->breath.pieces ||
        !swell->pacing.pieces)
        return error_no_memory(error);
    return STATUS_OK;
}

enum status swell_build(struct swell *swell, struct arena *kept, struct arena *scratch,
                        const struct timeline *timeline, const struct scene_movement *movement,
                        struct error *error)
{
    *swell = (struct swell){.stretch_count = 0};
    struct builder b = {.swell = swell, .timeline = timeline, .movement = movement};
    enum status status = make_room(&b, kept, scratch, error);
    if (status != STATUS_OK)
        return status;
    collect_breaths(&b);
    build_breath(&b);
    build_pacing(&b);
    sort_slopes(&b);
    return STATUS_OK;
}
