// SPDX-License-Identifier: GPL-3.0-or-later
// How a section's length follows from that of the session.
// Between its points a shape is a straight line; before the first point it shrinks in proportion to
// the session; behind the last it stays, up to the longest length that the session promises.
// Sections without a shape share what the others leave, in proportion to their natural lengths and
// within their limits (a flex line: the level at which the sum is right is found in a table of
// bends).
#include "shape.h"

#include "session_limits.h"

#include <stdlib.h>

static double larger(double a, double b)
{
    return a > b ? a : b;
}

// The number of points at or before `length`.
static size_t points_before(const struct section *section, double length)
{
    size_t low = 0;
    size_t high = section->shape_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if ((double)section->shape[middle].at_frames <= length)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double along(const struct section *section, double length)
{
    const struct shape_point *p = section->shape;
    size_t before = points_before(section, length);
    if (before == 0)
        return (double)p[0].target_frames * length / (double)p[0].at_frames;
    const struct shape_point *a = &p[before - 1];
    if (before == section->shape_count)
        return (double)a->target_frames;
    double part = (length - (double)a->at_frames) / (double)(a[1].at_frames - a->at_frames);
    return (double)a->target_frames + part * (double)(a[1].target_frames - a->target_frames);
}

// The highest point of the line up to `length`.
static double along_peak(const struct shape *shape, size_t index, double length)
{
    const struct section *section = &shape->session->sections[index];
    size_t before = points_before(section, length);
    double most = along(section, length);
    return before ? larger(most, (double)shape->peaks[index][before - 1]) : most;
}

// What the shaped sections leave to the others.
static double left_over(const struct shape *shape, double length)
{
    double rest = length;
    for (size_t i = 0; i < shape->session->section_count; i++)
        if (shape->session->sections[i].shape)
            rest -= along(&shape->session->sections[i], length);
    return rest > 0 ? rest : 0;
}

static double left_over_peak(const struct shape *shape, double length)
{
    double most = left_over(shape, length);
    for (size_t i = 0; i < shape->vertex_count && (double)shape->vertices[i] <= length; i++)
        most = larger(most, shape->rest_peaks[i]);
    return most;
}

static double at_level(const struct shape_limits *limits, double level)
{
    double frames = level * (double)(limits->share > 0 ? limits->share : 1);
    frames = larger(frames, (double)limits->least);
    return frames > (double)limits->most ? (double)limits->most : frames;
}

// The level at which the unshaped sections together take `frames`.
static double find_level(const struct shape *shape, double frames)
{
    const struct shape_bend *bends = shape->bends;
    size_t i = 0;
    while (i < shape->bend_count && bends[i].sum < frames)
        i++;
    if (i == 0)
        return 0;
    if (i == shape->bend_count)
        return bends[i - 1].level;
    double part = (frames - bends[i - 1].sum) / (bends[i].sum - bends[i - 1].sum);
    return bends[i - 1].level + part * (bends[i].level - bends[i - 1].level);
}

static void targets_within(const struct shape *shape, double length, bool peak, double *targets)
{
    const struct session *session = shape->session;
    double level = -1;
    for (size_t i = 0; i < session->section_count; i++) {
        const struct section *section = &session->sections[i];
        if (section->shape) {
            targets[i] = peak ? along_peak(shape, i, length) : along(section, length);
            continue;
        }
        if (level < 0)
            level =
                find_level(shape, peak ? left_over_peak(shape, length) : left_over(shape, length));
        targets[i] = at_level(&shape->limits[i], level);
    }
}

bool shape_shrinks(const struct shape *shape, double length)
{
    const double end = (double)shape->end_frames;
    const double at = length < end ? length : end;
    bool unshaped = false;
    for (size_t i = 0; i < shape->session->section_count; i++) {
        const struct section *section = &shape->session->sections[i];
        unshaped = unshaped || !section->shape;
        if (section->shape && along(section, at) + 1 < along_peak(shape, i, at))
            return true;
    }
    return unshaped && left_over(shape, at) + 1 < left_over_peak(shape, at);
}

void shape_targets(const struct shape *shape, double length, bool peak, double *targets)
{
    double end = (double)shape->end_frames;
    targets_within(shape, length < end ? length : end, peak, targets);
    for (size_t i = 0; length > end && i < shape->session->section_count; i++)
        targets[i] += (length - end) * shape->slopes[i];
}

static int compare_frames(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static int compare_bends(const void *a, const void *b)
{
    double left = ((const struct shape_bend *)a)->level;
    double right = ((const struct shape_bend *)b)->level;
    return (left > right) - (left < right);
}

// Where the unshaped sections begin and end to grow, and what they sum to there: a sweep over the
// levels, with the growth per level changing at each bend.
static enum status find_bends(struct shape *shape, struct arena *arena, struct error *error)
{
    size_t sections = shape->session->section_count;
    shape->bends = arena_array(arena, 2 * sections + 1, sizeof *shape->bends);
    if (!shape->bends)
        return error_no_memory(error);
    double sum = 0;
    struct shape_bend *bend = shape->bends;
    *bend++ = (struct shape_bend){0, 0, 0};
    for (size_t i = 0; i < sections; i++) {
        const struct shape_limits *limits = &shape->limits[i];
        double share = (double)(limits->share > 0 ? limits->share : 1);
        if (shape->session->sections[i].shape)
            continue;
        sum += (double)limits->least;
        *bend++ = (struct shape_bend){(double)limits->least / share, 0, share};
        *bend++ = (struct shape_bend){(double)limits->most / share, 0, -share};
    }
    shape->bend_count = (size_t)(bend - shape->bends);
    qsort(shape->bends, shape->bend_count, sizeof *shape->bends, compare_bends);
    double growth = 0;
    for (size_t i = 0; i < shape->bend_count; i++) {
        if (i > 0)
            sum += growth * (shape->bends[i].level - shape->bends[i - 1].level);
        shape->bends[i].sum = sum;
        growth += shape->bends[i].growth;
    }
    return STATUS_OK;
}

// Every length at which a shape has a point, and the peaks up to there.
static enum status find_vertices(struct shape *shape, struct arena *arena, struct error *error)
{
    const struct session *session = shape->session;
    size_t count = 0;
    for (size_t i = 0; i < session->section_count; i++)
        count += session->sections[i].shape_count;
    shape->vertices = arena_array(arena, count + 1, sizeof *shape->vertices);
    shape->rest_peaks = arena_array(arena, count + 1, sizeof *shape->rest_peaks);
    shape->peaks = arena_array(arena, session->section_count, sizeof *shape->peaks);
    int64_t *peaks = arena_array(arena, count + 1, sizeof *peaks);
    if (!shape->vertices || !shape->rest_peaks || !shape->peaks || !peaks)
        return error_no_memory(error);
    for (size_t i = 0; i < session->section_count; i++) {
        const struct section *section = &session->sections[i];
        shape->peaks[i] = peaks;
        int64_t peak = 0;
        for (size_t p = 0; p < section->shape_count; p++) {
            peak = section->shape[p].target_frames > peak ? section->shape[p].target_frames : peak;
            *peaks++ = peak;
            shape->vertices[shape->vertex_count++] = section->shape[p].at_frames;
        }
    }
    qsort(shape->vertices, count, sizeof *shape->vertices, compare_frames);
    double peak = 0;
    for (size_t i = 0; i < count; i++)
        shape->rest_peaks[i] = peak = larger(peak, left_over(shape, (double)shape->vertices[i]));
    return STATUS_OK;
}

enum status shape_init(struct shape *shape, struct arena *arena, const struct session *session,
                       const struct shape_limits *limits, struct error *error)
{
    *shape = (struct shape){.session = session, .limits = limits};
    shape->slopes = arena_array(arena, session->section_count, sizeof *shape->slopes);
    if (!shape->slopes)
        return error_no_memory(error);
    enum status status = find_bends(shape, arena, error);
    THEN(status, find_vertices(shape, arena, error));
    if (status)
        return status;
    shape->end_frames =
        session->length.most > SESSION_LENGTH_LEAST ? session->length.most : SESSION_LENGTH_LEAST;
    if (shape->vertex_count && shape->vertices[shape->vertex_count - 1] > shape->end_frames)
        shape->end_frames = shape->vertices[shape->vertex_count - 1];
    shape_targets(shape, (double)shape->end_frames, true, shape->slopes);
    double sum = 0;
    for (size_t i = 0; i < session->section_count; i++)
        sum += shape->slopes[i] += FRAME_RATE; // a section with no target grows too, if slowly
    for (size_t i = 0; i < session->section_count; i++)
        shape->slopes[i] /= sum;
    return STATUS_OK;
}
