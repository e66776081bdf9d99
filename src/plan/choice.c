// SPDX-License-Identifier: GPL-3.0-or-later
// Brings the boxes of a section to a state of its chain, and says how long it then is. How chains
// come about is told in chain_builder.c.
#include "choice.h"

#include "bout_run.h"
#include "breath.h"

#define SETTLE_MOST ((int64_t)14 * FRAME_RATE) // quiet at a section's end: one slow breath

size_t choice_state(const struct chain *chain, int64_t target_frames)
{
    size_t low = 0;
    size_t high = chain->step_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (chain->steps[middle].threshold <= target_frames)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct span choice_span(const struct chain *chain, size_t steps)
{
    return steps ? chain->steps[steps - 1].span : chain->first;
}

int choice_rests(const struct chain *chain, size_t steps)
{
    return steps ? chain->steps[steps - 1].rests : 0;
}

// What a section waits with for its next step: pauses, a slow breath at its end, and then, when the
// step is a large one, rests. A section in which nothing is takes no time.
int64_t choice_reach(const struct chain *chain, size_t steps)
{
    const int64_t most = choice_span(chain, steps).most;
    const int64_t open = steps ? chain->steps[steps - 1].open : chain->open;
    if (steps == chain->step_count || most == 0)
        return most;
    const int64_t wait = most + open + SETTLE_MOST;
    const int64_t next =
        chain->steps[steps].threshold < wait ? chain->steps[steps].threshold : wait;
    return next > most ? next : most;
}

// ---- Rests --------------------------------------------------------------------------------------

int64_t choice_rest(const struct range limit, int parts)
{
    return limit.least + (limit.most - limit.least) * parts / REST_PARTS;
}

// One that was begun before a re-fit is as long as the re-fit says.
static bool is_fresh(const struct box *rest)
{
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        const struct stay *stay = &rest->stay[pass];
        if (stay->spent > 0 || stay->over || stay->fixed > 0 || stay->ahead > 0 || stay->again > 0)
            return false;
    }
    return true;
}

static struct box **first_rest(const struct outline *outline, size_t section)
{
    return outline->rests + (section > 0 ? outline->rest_ends[section - 1] : 0);
}

// In a touch a rest takes no part in that: the touch has its length from its breaths, and what is
// said in it is spread over that.
static void set_rest(struct box *rest, int parts, bool open)
{
    const struct range limit = rest->node->as.rest.frames;
    int64_t frames = choice_rest(limit, box_is_timed(rest) ? 0 : parts);
    frames = frames > rest->widened ? frames : rest->widened;
    box_resize(rest,
               (struct span){frames, frames, open || box_is_timed(rest) ? limit.most : frames});
}

void choice_set_rests(const struct choice *choice, size_t section, int parts, bool open)
{
    struct chain *chain = &choice->chains[section];
    struct box **end = choice->outline->rests + choice->outline->rest_ends[section];
    if (chain->rests == parts && chain->is_open == open)
        return;
    chain->rests = parts;
    chain->is_open = open;
    for (struct box **rest = first_rest(choice->outline, section); rest < end; rest++)
        if (is_fresh(*rest))
            set_rest(*rest, parts, open);
}

int64_t choice_rests_open(const struct choice *choice, size_t section)
{
    int64_t sum = 0;
    struct box **end = choice->outline->rests + choice->outline->rest_ends[section];
    for (struct box **rest = first_rest(choice->outline, section); rest < end; rest++) {
        bool there = is_fresh(*rest) && !box_is_timed(*rest);
        for (const struct box *box = *rest; box; box = box->parent)
            there = there && box->on;
        if (there)
            sum += ((*rest)->node->as.rest.frames.most - (*rest)->own[0].most) *
                   ((*rest)->paired ? PASS_COUNT : 1);
    }
    return sum;
}

void choice_widen(const struct choice *choice, size_t section, struct bout_run *run, int wide)
{
    run->wide = wide;
    for (size_t i = 0; i < run->rest_count; i++) {
        run->rests[i]->widened = BREATH_FREE_FRAMES * wide / BOUT_WIDE;
        set_rest(run->rests[i], choice->chains[section].rests, choice->chains[section].is_open);
    }
}

// Go one step forward from `at` steps, or back to it.
static void take_step(const struct choice *choice, size_t section, size_t at, bool forward)
{
    const struct chain *chain = &choice->chains[section];
    const struct step *step = &chain->steps[at];
    if (step->unit)
        outline_set(choice->outline, step->unit, step->unit->value + (forward ? 1 : -1));
    else if (step->run)
        choice_widen(choice, section, step->run, step->run->wide + (forward ? 1 : -1));
    else
        choice_set_rests(choice, section, forward ? step->rests : choice_rests(chain, at), false);
}

void choice_show(const struct choice *choice, size_t section, size_t steps)
{
    struct chain *chain = &choice->chains[section];
    choice_set_rests(choice, section, chain->rests, false);
    while (chain->taken > steps)
        take_step(choice, section, --chain->taken, false);
    while (chain->taken < steps)
        take_step(choice, section, chain->taken++, true);
}
