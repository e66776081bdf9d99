#include "bed.h"

#include "duration.h"
#include <math.h>
#include <stdlib.h>

static int compare_frames(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static size_t add_cuts(int64_t *cuts, size_t count, const struct bed_span *spans, size_t span_count,
                       int64_t total_frames)
{
    for (size_t i = 0; i < 2 * span_count; i++) {
        int64_t frame = i % 2 ? spans[i / 2].end_frame : spans[i / 2].start_frame;
        if (frame > 0 && frame < total_frames)
            cuts[count++] = frame;
    }
    return count;
}

// Sorted distinct frames from 0 to the total; returns their count, 0 when out of memory.
static size_t cut(int64_t **out, struct arena *arena, const struct bed_config *config)
{
    size_t most = 2 * (config->cap_count + config->slope_count) + 2;
    int64_t *cuts = arena_array(arena, most, sizeof *cuts);
    if (!cuts)
        return 0;
    size_t count = 0;
    cuts[count++] = 0;
    cuts[count++] = config->total_frames;
    count = add_cuts(cuts, count, config->caps, config->cap_count, config->total_frames);
    count = add_cuts(cuts, count, config->slopes, config->slope_count, config->total_frames);
    qsort(cuts, count, sizeof *cuts, compare_frames);
    size_t distinct = 0;
    for (size_t i = 0; i < count; i++)
        if (distinct == 0 || cuts[i] != cuts[distinct - 1])
            cuts[distinct++] = cuts[i];
    *out = cuts;
    return distinct;
}

// The least of `value` and the spans over `frame`. *first skips what ended before; frames ascend.
static double least_at(const struct bed_span *spans, size_t count, size_t *first, int64_t frame,
                       double value)
{
    while (*first < count && spans[*first].end_frame <= frame)
        ++*first;
    for (size_t i = *first; i < count && spans[i].start_frame <= frame; i++)
        if (spans[i].end_frame > frame)
            value = fmin(value, spans[i].value);
    return value;
}

static double reach(const struct bed_segment *segment)
{
    return segment->slope_db * (double)(segment[1].start_frame - segment->start_frame);
}

static void bound_cuts(struct bed *bed)
{
    struct bed_segment *s = bed->segments;
    for (size_t i = 0; i <= bed->count; i++) {
        double before = i > 0 ? s[i - 1].target_db : HUGE_VAL;
        double after = i < bed->count ? s[i].target_db : HUGE_VAL;
        s[i].start_db = fmin(before, after);
        if (i > 0)
            s[i].start_db = fmin(s[i].start_db, s[i - 1].start_db + reach(&s[i - 1]));
    }
    for (size_t i = bed->count; i-- > 0;)
        s[i].start_db = fmin(s[i].start_db, s[i + 1].start_db + reach(&s[i]));
}

bool bed_build(struct bed *bed, struct arena *arena, const struct bed_config *config)
{
    int64_t *cuts;
    size_t count = cut(&cuts, arena, config);
    if (count == 0)
        return false;
    *bed = (struct bed){.count = count - 1};
    bed->segments = arena_array(arena, count, sizeof *bed->segments);
    if (!bed->segments)
        return false;
    size_t cap = 0, slope = 0;
    for (size_t i = 0; i < count; i++) {
        double slope_db =
            least_at(config->slopes, config->slope_count, &slope, cuts[i], config->slope_db);
        bed->segments[i] = (struct bed_segment){
            .start_frame = cuts[i],
            .target_db = least_at(config->caps, config->cap_count, &cap, cuts[i], config->top_db),
            .slope_db = slope_db / FRAME_RATE};
    }
    bound_cuts(bed);
    return true;
}

double bed_at(struct bed *bed, int64_t frame)
{
    const struct bed_segment *s = bed->segments;
    if (frame >= s[bed->count].start_frame)
        return s[bed->count].start_db;
    while (bed->at > 0 && frame < s[bed->at].start_frame)
        bed->at--;
    while (frame >= s[bed->at + 1].start_frame)
        bed->at++;
    s += bed->at;
    double rise = s[0].start_db + s[0].slope_db * (double)(frame - s[0].start_frame);
    double fall = s[1].start_db + s[0].slope_db * (double)(s[1].start_frame - frame);
    return fmin(s[0].target_db, fmin(rise, fall));
}
