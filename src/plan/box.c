// SPDX-License-Identifier: GPL-3.0-or-later
// A change of one box is carried upwards, so that the extent of the whole is always known.
#include "box.h"

#include "breath.h"

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

struct span span_add(struct span a, struct span b)
{
    return (struct span){a.least + b.least, a.natural + b.natural, a.most + b.most};
}

static struct span span_subtract(struct span a, struct span b)
{
    return (struct span){a.least - b.least, a.natural - b.natural, a.most - b.most};
}

static void extent_add(struct extent *sum, const struct extent *part)
{
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        sum->slack[pass] = span_add(sum->slack[pass], part->slack[pass]);
        sum->pressure[pass] += part->pressure[pass];
        sum->marks[pass] += part->marks[pass];
    }
    sum->joint = span_add(sum->joint, part->joint);
    sum->events += part->events;
    sum->too_long += part->too_long;
    sum->tight += part->tight;
}

static void extent_subtract(struct extent *sum, const struct extent *part)
{
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        sum->slack[pass] = span_subtract(sum->slack[pass], part->slack[pass]);
        sum->pressure[pass] -= part->pressure[pass];
        sum->marks[pass] -= part->marks[pass];
    }
    sum->joint = span_subtract(sum->joint, part->joint);
    sum->events -= part->events;
    sum->too_long -= part->too_long;
    sum->tight -= part->tight;
}

static struct span fixed_span(int64_t frames)
{
    return (struct span){frames, frames, frames};
}

int64_t box_spent(const struct box *box, int pass)
{
    int64_t sum = box->stay[pass].spent;
    for (const struct box *child = box->first; child; child = child->next) {
        sum += box_spent(child, pass);
        if (box->type == BOX_SIDES)
            sum += box_spent(child, 1 - pass);
    }
    return sum;
}

// Time behind the contents that has passed, or is wanted for what is said again.
static int64_t idle(const struct box *box, int pass)
{
    return box->stay[pass].spent + box->stay[pass].ahead;
}

int64_t box_laid(const struct box *box, int pass)
{
    if (!box->on || box->stay[pass].over)
        return 0;
    if (box->type != BOX_GROUP)
        return box->frames[pass] - box_spent(box, pass);
    int64_t sum = 0;
    for (const struct box *child = box->first; child; child = child->next)
        sum += box_laid(child, pass);
    return sum;
}

void box_level_passes(struct span passes[PASS_COUNT], const struct box *sides)
{
    const struct extent *inner = &sides->inner;
    bool begun = box_spent(sides, 0) > 0;
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        struct span own = inner->slack[pass];
        struct span other = inner->slack[1 - pass];
        int64_t least = smaller(larger(own.least, other.least - BOX_PASS_TOLERANCE), own.most);
        if (begun)
            least = own.least;
        int64_t most = larger(smaller(own.most, other.most + BOX_PASS_TOLERANCE), least);
        int64_t natural = larger(own.natural, begun ? 0 : other.natural - BOX_PASS_TOLERANCE);
        passes[pass] = (struct span){least, smaller(larger(natural, least), most), most};
    }
}

static struct extent leaf_extent(const struct box *box)
{
    struct extent extent = {.events = 1};
    const bool marked = box->type == BOX_LINE && box->node->as.line.mark != MARK_ANYWHERE;
    for (int pass = 0; pass < (box->paired ? PASS_COUNT : 1); pass++)
        extent.slack[pass] = box->own[pass];
    for (int pass = 0; marked && pass < PASS_COUNT; pass++)
        extent.marks[pass] = box->clip[pass] > 0 && !box->stay[pass].over;
    if (box->type == BOX_BREATH)
        extent.events = // strokes, and the cue words
            3 * (int64_t)(box->breaths + box->stay[0].more + box->stay[1].more) + 4;
    if (box->paired)
        extent.events *= PASS_COUNT;
    return extent;
}

// One that lies before a re-fit: each pass took what it took.
static struct extent past_extent(const struct box *box)
{
    struct extent extent = {.events = box->inner.events + PASS_COUNT};
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        int64_t spent = box_spent(box, pass);
        extent.slack[pass] = fixed_span(spent);
        extent.pressure[pass] =
            box->inner.pressure[pass] + (box->node->type == NODE_CONTACT ? spent : 0);
    }
    if (!box->paired) // both sides of the body
        extent.pressure[1] = extent.pressure[0];
    return extent;
}

bool box_is_timed(const struct box *box)
{
    while (box && box->type != BOX_TIMED)
        box = box->parent;
    return box != NULL;
}

// In the pass that has more such lines. What the listener set has no time for it.
int64_t box_waits(const struct box *box)
{
    if (box->stay[0].fixed > 0 || box->stay[1].fixed > 0)
        return 0;
    return larger(box->inner.marks[0], box->inner.marks[1]) * box->pace;
}

// As long as the breaths that were chosen for it, or as the listener made it.
static struct extent timed_extent(const struct box *box)
{
    if (box->stay[0].over && (!box->paired || box->stay[1].over))
        return past_extent(box);
    const struct extent *inner = &box->inner;
    const bool contact = box->node->type == NODE_CONTACT;
    const int64_t fixed = larger(box->stay[0].fixed, box->stay[1].fixed);
    const int64_t length = fixed > 0 ? fixed : box->own[0].least;
    const int64_t spare = box_waits(box);
    int64_t least = inner->joint.least + larger(inner->slack[0].least + idle(box, 0),
                                                inner->slack[1].least + idle(box, 1));
    int64_t natural = inner->joint.natural + larger(inner->slack[0].natural + idle(box, 0),
                                                    inner->slack[1].natural + idle(box, 1));
    const int64_t events = 3 + 2 * (length / BREATH_SHORTEST); // itself, and phases of breaths
    struct extent extent = {.events = inner->events + (box->paired ? PASS_COUNT * events : events),
                            .joint = fixed_span(larger(length, least + spare)),
                            .too_long = inner->too_long + (least + spare > length),
                            .tight = inner->tight + (natural + spare > length)};
    for (int pass = 0; pass < PASS_COUNT; pass++)
        extent.pressure[pass] = inner->pressure[pass] + (contact ? length : 0);
    return extent;
}

static struct extent sides_extent(const struct box *box)
{
    const struct extent *inner = &box->inner;
    struct extent extent = {
        .events = inner->events, .too_long = inner->too_long, .tight = inner->tight};
    struct span passes[PASS_COUNT];
    box_level_passes(passes, box);
    if (box->stay[0].spent + box->stay[0].ahead > 0)
        extent.slack[0] = fixed_span(idle(box, 0));
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        struct span whole = span_add(passes[pass], inner->joint);
        extent.slack[0] = span_add(extent.slack[0], whole);
        int side = box->node->as.sides.order[pass] == SIDE_RIGHT;
        extent.pressure[side] += inner->pressure[pass];
    }
    if (!box->stay[0].over && extent.slack[0].most > 0)
        extent.slack[0].most++; // one frame of quiet, so that odd lengths can be shared too
    return extent;
}

static struct extent outer_extent(const struct box *box)
{
    switch (box->type) {
    case BOX_GROUP:
        return box->inner;
    case BOX_TIMED:
        return timed_extent(box);
    case BOX_SIDES:
        return sides_extent(box);
    case BOX_LINE:
    case BOX_QUIET:
    case BOX_REST:
    case BOX_BREATH:
    case BOX_MARK:
        break;
    }
    return leaf_extent(box);
}

void box_append(struct box *parent, struct box *child)
{
    child->parent = parent;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void box_measure(struct box *box)
{
    box->inner = (struct extent){.events = 0};
    for (struct box *child = box->first; child; child = child->next) {
        box_measure(child);
        if (child->on)
            extent_add(&box->inner, &child->outer);
    }
    box->outer = outer_extent(box);
}

// Tell the boxes above that `box`, which asked for `before`, now asks for what stands in outer.
static void pass_upwards(struct box *box, struct extent before)
{
    while (box->on && box->parent) {
        struct box *parent = box->parent;
        extent_subtract(&parent->inner, &before);
        extent_add(&parent->inner, &box->outer);
        before = parent->outer;
        parent->outer = outer_extent(parent);
        box = parent;
    }
}

void box_switch(struct box *box, bool on)
{
    if (box->on == on)
        return;
    box->on = true;
    struct extent nothing = {.events = 0};
    struct extent outer = box->outer;
    if (on) {
        pass_upwards(box, nothing);
    } else {
        box->outer = nothing;
        pass_upwards(box, outer);
        box->outer = outer;
    }
    box->on = on;
}

void box_resize(struct box *box, struct span own)
{
    struct extent before = box->outer;
    for (int pass = 0; pass < (box->paired ? PASS_COUNT : 1); pass++)
        box->own[pass] = own;
    box->outer = outer_extent(box);
    pass_upwards(box, before);
}

struct span box_span(const struct box *section)
{
    struct span whole = span_add(section->inner.slack[0], section->inner.joint);
    return span_add(whole, fixed_span(idle(section, 0)));
}
