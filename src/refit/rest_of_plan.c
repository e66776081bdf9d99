// SPDX-License-Identifier: GPL-3.0-or-later
// Time before the re-fit stays in the boxes as length that cannot change (struct stay), so that
// sections and sides still add up, and everything that plans a session plans what is left of one.
// The second side of a touch that is over is as long as the first was.
#include "rest_of_plan.h"

#include "breath.h"

// ---- Time that passed ---------------------------------------------------------------------------

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t taken(const struct stay *stay, int64_t until)
{
    if (!stay->placed || until <= stay->start)
        return 0;
    return until - stay->start < stay->frames ? until - stay->start : stay->frames;
}

// A block in which the session goes on, if something of it was heard.
static void keep_open(const struct moment *here)
{
    for (struct box *box = here->box; box; box = box->parent)
        if (box->type == BOX_TIMED && box_spent(box, here->pass) > 0)
            box->stay[here->pass].visit = larger(box->stay[here->pass].visit, 1);
}

// Forget what belonged to a visit; a block keeps the mark of being under way while it is.
static void end_visit(struct stay *stay)
{
    stay->visit = 0;
    stay->said = 0;
    stay->again = 0;
}

static void repeat(const struct rest_of_plan *r, struct moment *moment)
{
    step_stay(moment)->fixed = 0;
    step_stay(moment)->more = 0;
    if (r->steps->moments[r->cursor].pass == 0)
        step_stay(moment)->dropped = false;
    if (moment->tail && moment->box->paired)
        moment->box->stay[1 - moment->pass].fixed = 0;
}

void rest_of_plan_pass(const struct rest_of_plan *r)
{
    for (size_t i = 0; i < r->steps->count; i++) {
        struct moment *moment = &r->steps->moments[i];
        struct stay *stay = step_stay(moment);
        int64_t passed = taken(stay, r->left_frame);
        stay->spent += passed;
        stay->visit += moment->tail ? 0 : passed;
        if (i != r->here || !r->goes_on)
            end_visit(stay);
        stay->ahead = 0;
        stay->placed = false;
        if (!r->goes_on && i >= r->cursor && i <= r->here)
            repeat(r, moment);
        stay->over = i < r->cursor || stay->dropped;
    }
    if (r->goes_on)
        keep_open(&r->steps->moments[r->here]);
}

// ---- Choices ------------------------------------------------------------------------------------

static bool is_begun(const struct box *box)
{
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        const struct stay *stay = &box->stay[pass];
        if (stay->over || stay->spent > 0 || stay->fixed > 0 || stay->ahead > 0)
            return true;
    }
    for (const struct box *child = box->first; child; child = child->next)
        if (is_begun(child))
            return true;
    return false;
}

// Rounds that were begun stay; whether more follow can still be chosen while no other was passed
// by.
static bool choose_rounds(struct unit *unit)
{
    int begun = 0, round = 0;
    for (const struct box *child = unit->boxes[0]->first; child; child = child->next, round++) {
        if (!is_begun(child))
            continue;
        if (!child->on)
            return false;
        begun = round + 1;
    }
    unit->least = begun > unit->least ? begun : unit->least;
    return unit->box_count == 1 && unit->boxes[0]->on;
}

static void choose_unit(const struct outline *outline, struct unit *unit)
{
    for (size_t i = 0; i < unit->box_count; i++)
        unit->fixed = unit->fixed || is_begun(unit->boxes[i]);
    if (unit->fixed && unit->type == UNIT_ROUNDS && choose_rounds(unit))
        unit->fixed = false;
    if (!unit->fixed)
        outline_set(outline, unit, unit->least);
}

// ---- Lengths ------------------------------------------------------------------------------------

static struct span raised(struct span span, int64_t least)
{
    return (struct span){larger(span.least, least), larger(span.natural, least),
                         larger(span.most, least)};
}

static struct span fixed_span(int64_t frames)
{
    return (struct span){frames, frames, frames};
}

static void settle_leaf(const struct outline *outline, struct moment *moment)
{
    struct box *box = moment->box;
    const struct stay *stay = step_stay(moment);
    struct span visit = box->own[moment->pass];
    if (stay->fixed > 0)
        visit = fixed_span(stay->fixed);
    if (stay->more > 0)
        visit =
            span_add(visit, fixed_span(stay->more * breath_period(box->node, outline->rate,
                                                                  box->breaths - 1, box->breaths)));
    visit = raised(span_add(visit, fixed_span(stay->again)), stay->visit + stay->ahead);
    box->own[moment->pass] = stay->over ? fixed_span(stay->spent)
                                        : span_add(visit, fixed_span(stay->spent - stay->visit));
}

// End the second pass of a box and all in it, as far as it went.
static void drop(struct box *box)
{
    box->stay[1].over = box->stay[1].dropped = true;
    box->own[1] = box->first ? box->own[1] : fixed_span(box->stay[1].spent);
    for (struct box *child = box->first; child; child = child->next)
        drop(child);
}

static int64_t nested_time(const struct box *box)
{
    int64_t sum = 0;
    for (const struct box *child = box->first; child; child = child->next)
        if (child->on)
            sum += child->type == BOX_TIMED ? box_spent(child, 0) : nested_time(child);
    return sum;
}

// Leave out of the second pass what does not fit into `*room` beside the blocks in it.
static void curtail(struct box *box, int64_t *room)
{
    for (struct box *child = box->first; child; child = child->next) {
        if (!child->on || child->stay[1].over || child->type == BOX_TIMED)
            continue;
        if (child->type == BOX_GROUP) {
            curtail(child, room);
            continue;
        }
        if (child->own[1].least > *room)
            drop(child);
        else
            *room -= child->own[1].least;
    }
}

// The second side of what the first side has behind it. Lines are left out only when the first side
// was left early, not to say something again.
static void settle_second(struct box *box, bool skips)
{
    for (struct box *child = box->first; child; child = child->next)
        settle_second(child, skips);
    if (box->type != BOX_TIMED || !box->paired || !box->stay[0].over || box->stay[1].over)
        return;
    int64_t first = box_spent(box, 0);
    if (first < REST_OF_PLAN_TOUCH_LEAST) {
        drop(box);
        return;
    }
    int64_t room = first - nested_time(box) - box->stay[1].spent - box->stay[1].ahead;
    box->stay[0].fixed = box->stay[1].fixed = first;
    if (skips)
        curtail(box, &room);
}

bool rest_of_plan_settle(const struct rest_of_plan *r)
{
    struct outline *outline = r->outline;
    for (size_t i = 0; i < outline->unit_count; i++)
        choose_unit(outline, &outline->units[i]);
    for (size_t i = 0; i < r->steps->count; i++)
        if (!r->steps->moments[i].tail)
            settle_leaf(outline, &r->steps->moments[i]);
    bool good = true;
    for (size_t i = 0; i < outline->section_count; i++) {
        settle_second(&outline->sections[i], r->skips);
        box_measure(&outline->sections[i]);
        good = good && outline->sections[i].inner.too_long == 0;
    }
    return good;
}
