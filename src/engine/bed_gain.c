// SPDX-License-Identifier: GPL-3.0-or-later
// Time is cut where a cap or slope begins or ends; slopes bound the level from both sides.
#include "bed_gain.h"

#include "duration.h"
#include <math.h>
#include <stdlib.h>

static int compare_frames(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

// The cuts at both ends of a span.
static size_t add_cuts(int64_t *cuts, size_t count, int64_t start, int64_t end,
                       int64_t total_frames)
{
    if (start > 0 && start < total_frames)
        cuts[count++] = start;
    if (end > 0 && end < total_frames)
        cuts[count++] = end;
    return count;
}

// Sorted distinct frames from 0 to the total; returns their count, 0 when out of memory.
static size_t cut(int64_t **out, struct arena *arena, const struct bed_gain_config *config)
{
    const int64_t total = config->total_frames;
    size_t most = 2 * (config->cap_count + config->slope_count) + 2;
    int64_t *cuts = arena_array(arena, most, sizeof *cuts);
    if (!cuts)
        return 0;
    size_t count = 0;
    cuts[count++] = 0;
    cuts[count++] = total;
    for (size_t i = 0; i < config->cap_count; i++)
        count =
            add_cuts(cuts, count, config->caps[i].start_frame, config->caps[i].end_frame, total);
    for (size_t i = 0; i < config->slope_count; i++)
        count = add_cuts(cuts, count, config->slopes[i].start_frame, config->slopes[i].end_frame,
                         total);
    qsort(cuts, count, sizeof *cuts, compare_frames);
    size_t distinct = 0;
    for (size_t i = 0; i < count; i++)
        if (distinct == 0 || cuts[i] != cuts[distinct - 1])
            cuts[distinct++] = cuts[i];
    *out = cuts;
    return distinct;
}

// The least of the top and the caps over `frame`. *first skips what ended before; frames ascend.
static double target_at(const struct bed_gain_config *config, size_t *first, int64_t frame)
{
    const struct bed_gain_span *caps = config->caps;
    double target_db = config->top_db;
    while (*first < config->cap_count && caps[*first].end_frame <= frame)
        ++*first;
    for (size_t i = *first; i < config->cap_count && caps[i].start_frame <= frame; i++)
        if (caps[i].end_frame > frame)
            target_db = fmin(target_db, caps[i].value);
    return target_db;
}

// Likewise the least of the slopes.
static void take_slopes(struct bed_gain_segment *segment, const struct bed_gain_config *config,
                        size_t *first)
{
    const struct bed_gain_slope *slopes = config->slopes;
    const int64_t frame = segment->start_frame;
    segment->rise_db = segment->fall_db = config->slope_db / FRAME_RATE;
    while (*first < config->slope_count && slopes[*first].end_frame <= frame)
        ++*first;
    for (size_t i = *first; i < config->slope_count && slopes[i].start_frame <= frame; i++) {
        if (slopes[i].end_frame <= frame)
            continue;
        segment->rise_db = fmin(segment->rise_db, slopes[i].rise_db / FRAME_RATE);
        segment->fall_db = fmin(segment->fall_db, slopes[i].fall_db / FRAME_RATE);
    }
}

static double frames_of(const struct bed_gain_segment *segment)
{
    return (double)(segment[1].start_frame - segment->start_frame);
}

static void bound_cuts(struct bed_gain *bed)
{
    struct bed_gain_segment *s = bed->segments;
    for (size_t i = 0; i <= bed->count; i++) {
        double before = i > 0 ? s[i - 1].target_db : HUGE_VAL;
        double after = i < bed->count ? s[i].target_db : HUGE_VAL;
        s[i].start_db = fmin(before, after);
        if (i > 0)
            s[i].start_db =
                fmin(s[i].start_db, s[i - 1].start_db + s[i - 1].rise_db * frames_of(&s[i - 1]));
    }
    for (size_t i = bed->count; i-- > 0;)
        s[i].start_db = fmin(s[i].start_db, s[i + 1].start_db + s[i].fall_db * frames_of(&s[i]));
}

enum status bed_gain_build(struct bed_gain *bed, struct arena *arena,
                           const struct bed_gain_config *config, struct error *error)
{
    int64_t *cuts;
    size_t count = cut(&cuts, arena, config);
    if (count == 0)
        return error_no_memory(error);
    *bed = (struct bed_gain){.count = count - 1};
    bed->segments = arena_array(arena, count, sizeof *bed->segments);
    if (!bed->segments)
        return error_no_memory(error);
    size_t cap = 0, slope = 0;
    for (size_t i = 0; i < count; i++) {
        bed->segments[i] = (struct bed_gain_segment){.start_frame = cuts[i],
                                                     .target_db = target_at(config, &cap, cuts[i])};
        take_slopes(&bed->segments[i], config, &slope);
    }
    bound_cuts(bed);
    return STATUS_OK;
}

double bed_gain_at(struct bed_gain *bed, int64_t frame)
{
    const struct bed_gain_segment *s = bed->segments;
    if (frame >= s[bed->count].start_frame)
        return s[bed->count].start_db;
    while (bed->at > 0 && frame < s[bed->at].start_frame)
        bed->at--;
    while (frame >= s[bed->at + 1].start_frame)
        bed->at++;
    s += bed->at;
    double rise = s[0].start_db + s[0].rise_db * (double)(frame - s[0].start_frame);
    double fall = s[1].start_db + s[0].fall_db * (double)(s[1].start_frame - frame);
    return fmin(s[0].target_db, fmin(rise, fall));
}
