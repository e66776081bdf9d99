// SPDX-License-Identifier: GPL-3.0-or-later
// Lengths grow in two phases, each in proportion to what a box can still take: from least to
// natural, then from natural to most. The remainder of each division goes to the boxes that follow,
// so that nothing is lost and nothing exceeds its limit.
#include "glue.h"

#include <assert.h>

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

// What is still to be shared among those that come, and how much they can take.
struct share {
    int64_t frames;   // to be given
    int64_t capacity; // >= frames
};

// The next one's part. The product needs more than 64 bits, so it is rounded; what others can take
// bounds it on both sides, and the sum stays exact.
static int64_t share_take(struct share *share, int64_t weight)
{
    if (share->capacity <= 0)
        return 0;
    double part = (double)share->frames * ((double)weight / (double)share->capacity);
    int64_t most = smaller(weight, share->frames);
    int64_t least = larger(0, share->frames - (share->capacity - weight));
    int64_t taken = larger(smaller((int64_t)part, most), least);
    share->frames -= taken;
    share->capacity -= weight;
    return taken;
}

// One quantity of a row of boxes in both phases.
struct row {
    bool beyond; // past natural: second phase
    struct share share;
};

static int64_t weight_of(struct span span, bool beyond)
{
    return beyond ? span.most - span.natural : span.natural - span.least;
}

static void row_begin(struct row *row, struct span sum, int64_t frames)
{
    row->beyond = frames > sum.natural;
    row->share.frames = frames - (row->beyond ? sum.natural : sum.least);
    row->share.capacity = 0;
}

static void row_count(struct row *row, struct span span)
{
    row->share.capacity += weight_of(span, row->beyond);
}

static int64_t row_take(struct row *row, struct span span)
{
    int64_t base = row->beyond ? span.natural : span.least;
    return base + share_take(&row->share, weight_of(span, row->beyond));
}

static void spread(struct box *box, const int64_t slack[PASS_COUNT], int64_t joint);

// Split `frames` between two spans, the first's part.
static int64_t split(int64_t frames, struct span first, struct span second)
{
    struct row row;
    row_begin(&row, span_add(first, second), frames);
    row_count(&row, first);
    row_count(&row, second);
    return row_take(&row, first);
}

// A timed block: as long in both passes; what the contents cannot take is quiet behind them, and so
// is what its lines may have to wait for their phases.
static void spread_timed(struct box *box, int64_t frames)
{
    if (box->stay[0].over && (!box->paired || box->stay[1].over))
        return; // nothing of it is laid out
    const struct extent *inner = &box->inner;
    struct span a[PASS_COUNT];
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        int64_t idle = box->stay[pass].spent + box->stay[pass].ahead;
        a[pass] = span_add(inner->slack[pass], (struct span){idle, idle, idle});
    }
    struct span widest = {larger(a[0].least, a[1].least), larger(a[0].natural, a[1].natural),
                          larger(a[0].most, a[1].most)};
    const int64_t spare = box_waits(box);
    int64_t content = smaller(frames - spare, widest.most + inner->joint.most);
    int64_t joint = split(content, inner->joint, widest);
    int64_t slack[PASS_COUNT];
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        slack[pass] = smaller(frames - spare - joint, a[pass].most) - box->stay[pass].spent -
                      box->stay[pass].ahead;
        box->frames[pass] = frames;
    }
    spread(box, slack, joint);
}

// Both passes: contact and movement alike, and the rest as equal as the lines allow.
static void spread_sides(struct box *box, int64_t frames)
{
    const struct extent *inner = &box->inner;
    struct span passes[PASS_COUNT];
    box_level_passes(passes, box);
    frames -= box->stay[0].spent + box->stay[0].ahead;
    struct span slack_sum = span_add(passes[0], passes[1]);
    struct span joint_sum = span_add(inner->joint, inner->joint);
    frames = smaller(frames, slack_sum.most + joint_sum.most);
    int64_t joint = split(frames, joint_sum, slack_sum) / 2;
    int64_t both = smaller(frames - 2 * joint, slack_sum.most); // one frame may be left over
    int64_t first = smaller(larger(both / 2, passes[0].least), passes[0].most);
    first = larger(smaller(first, both - passes[1].least), both - passes[1].most);
    spread(box, (int64_t[PASS_COUNT]){first, both - first}, joint);
}

static void give(struct box *box, const int64_t slack[PASS_COUNT], int64_t joint)
{
    switch (box->type) {
    case BOX_TIMED:
        spread_timed(box, joint);
        return;
    case BOX_SIDES:
        box->frames[0] = slack[0];
        spread_sides(box, slack[0]);
        return;
    case BOX_GROUP:
        spread(box, slack, joint);
        return;
    case BOX_LINE:
    case BOX_QUIET:
    case BOX_REST:
    case BOX_BREATH:
    case BOX_MARK:
        break;
    }
    for (int pass = 0; pass < PASS_COUNT; pass++)
        box->frames[pass] = slack[pass];
}

static void spread(struct box *box, const int64_t slack[PASS_COUNT], int64_t joint)
{
    struct row rows[PASS_COUNT];
    struct row joints;
    row_begin(&joints, box->inner.joint, joint);
    for (int pass = 0; pass < PASS_COUNT; pass++)
        row_begin(&rows[pass], box->inner.slack[pass], slack[pass]);
    for (struct box *child = box->first; child; child = child->next) {
        if (!child->on)
            continue;
        row_count(&joints, child->outer.joint);
        for (int pass = 0; pass < PASS_COUNT; pass++)
            row_count(&rows[pass], child->outer.slack[pass]);
    }
    for (struct box *child = box->first; child; child = child->next) {
        if (!child->on)
            continue;
        int64_t parts[PASS_COUNT];
        for (int pass = 0; pass < PASS_COUNT; pass++)
            parts[pass] = row_take(&rows[pass], child->outer.slack[pass]);
        give(child, parts, row_take(&joints, child->outer.joint));
    }
    assert(joints.share.frames == 0);
}

void glue_spread(struct box *section, int64_t frames)
{
    frames -= section->stay[0].spent + section->stay[0].ahead;
    int64_t joint = split(frames, section->inner.joint, section->inner.slack[0]);
    spread(section, (int64_t[PASS_COUNT]){frames - joint, 0}, joint);
}
