// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that say the voice is still there, placed in rests that are long.
// A longer session may wait longer for the voice, so the lines that a rest needs could become fewer
// as the session grows. But what a shorter session says a longer one says too. So a rest gets the
// most lines that it would need at any of a fixed ladder of lengths up to the session's, as far as
// it can hold them at every longer one too.
#include "presence.h"

#include "breath.h"

#include "session_limits.h"
#include "utterances.h"

#define LADDER_STEP ((int64_t)30 * FRAME_RATE) // lengths at which the need is looked at

#define MINUTES(n) ((int64_t)(n)*60 * FRAME_RATE)
#define SECONDS(n) ((int64_t)(n)*FRAME_RATE)

int64_t presence_wait(int64_t total_frames)
{
    static const struct {
        int64_t total, wait;
    } table[] = {{MINUTES(2), SECONDS(12)},   {MINUTES(5), SECONDS(20)},
                 {MINUTES(10), SECONDS(30)},  {MINUTES(20), SECONDS(60)},
                 {MINUTES(30), SECONDS(75)},  {MINUTES(45), SECONDS(120)},
                 {MINUTES(60), SECONDS(150)}, {MINUTES(90), SECONDS(180)}};
    const size_t last = sizeof table / sizeof *table - 1;
    if (total_frames <= table[0].total)
        return table[0].wait;
    for (size_t i = 1; i <= last; i++)
        if (total_frames <= table[i].total)
            return table[i - 1].wait + (table[i].wait - table[i - 1].wait) *
                                           ((total_frames - table[i - 1].total) / FRAME_RATE) /
                                           ((table[i].total - table[i - 1].total) / FRAME_RATE);
    return table[last].wait;
}

struct spoken {
    const struct utterances *utterances;
    const int64_t *clip_frames;
};

// In @sides a line is said on both sides alike.
static int64_t clip_of(const struct box *rest, const struct node *line, const struct spoken *say)
{
    const enum side side = rest->paired ? SIDE_LEFT : SIDE_NONE;
    int utterance = utterances_find(say->utterances, line, side);
    return utterance == UTTERANCE_NONE ? 0 : say->clip_frames[utterance];
}

// How many lines a rest of this length needs so that no silence in it is longer than `wait`, as far
// as there are lines and they do not crowd, not even when the rest is as short as `shortest`.
static int lines_needed(const struct box *rest, int said, int64_t rest_frames, int64_t shortest,
                        int64_t wait, const struct spoken *say)
{
    wait -= wait / 10; // the ladder is coarse, and pauses lie around the rest
    int64_t needed = (rest_frames + wait - 1) / wait - 1;
    if (needed > shortest / PRESENCE_SPACING - 1)
        needed = shortest / PRESENCE_SPACING - 1;
    int count = 0;
    int64_t clips = 0;
    for (const struct node *line = rest->node->children; line && count < needed;
         line = line->next) {
        if (line->type != NODE_LINE || said-- > 0)
            continue;
        clips += clip_of(rest, line, say);
        if (clips + (count + 2) * PRESENCE_SILENCE > shortest)
            break;
        count++;
    }
    return count;
}

// A rest that may hold presence lines.
struct resting {
    struct box *box;
    size_t section;
    struct span at_end; // its span at the end of its section's chain
    int64_t shortest;   // of it at this and all longer lengths looked at
};

// Its length as the section's steps have it; more is possible at the end of the chain.
static int64_t rest_least(const struct resting *r, const struct chain *chain,
                          const struct fit_section *section)
{
    if (section->steps == chain->step_count)
        return r->at_end.least;
    const bool wide = r->box->widen_step > 0 && section->steps >= r->box->widen_step;
    const int64_t frames =
        choice_rest(r->box->node->as.rest.frames, choice_rests(chain, section->steps));
    return wide && frames < BREATH_FREE_FRAMES ? BREATH_FREE_FRAMES : frames;
}

// Whether it is there with so many steps: it and all blocks around it, of rounds the first.
static bool is_shown(const struct box *rest, size_t steps)
{
    for (const struct box *box = rest; box; box = box->parent) {
        const struct unit *unit = box->shown_by;
        if (unit && (unit->step == 0 || unit->step > steps))
            return false;
        const bool round = !box->node && box->parent;
        if (round && box != box->parent->first)
            return false;
    }
    return true;
}

// Its length in a section that came out so.
static int64_t rest_length(const struct resting *r, const struct chain *chain,
                           const struct fit_section *section)
{
    if (!is_shown(r->box, section->steps))
        return 0;
    if (box_is_timed(r->box)) // what else a touch gives it is not known yet
        return r->box->node->as.rest.frames.least;
    const bool at_end = section->steps == chain->step_count;
    const struct span whole = choice_span(chain, section->steps);
    const int64_t least = rest_least(r, chain, section);
    if (!at_end)
        return least;
    int64_t over = section->frames - whole.natural;
    int64_t room = whole.most - whole.natural;
    if (over <= 0 || room <= 0)
        return least;
    double part = over >= room ? 1 : (double)over / (double)room;
    return least + (int64_t)(part * (double)(r->at_end.most - least));
}

// The quiet that follows a rest without a word between: further rests, and what a section that
// waits for its next step keeps at its end.
static int64_t quiet_behind(const struct resting *r, const struct chain *chain,
                            const struct fit_section *section)
{
    int64_t sum = 0;
    struct box *box = r->box->next;
    for (; box && box->type == BOX_REST; box = box->next) {
        const struct resting further = {
            box,
            r->section,
            {box->own[0].least, box->own[0].least, box->node->as.rest.frames.most},
            0};
        sum += rest_length(&further, chain, section);
    }
    int64_t over = section->frames - choice_span(chain, section->steps).most;
    return !box && over > 0 ? sum + over : sum;
}

// One length of the ladder: does the rest need more lines than any length below had it need?
static void climb(struct resting *r, const struct fit *fit, const struct fit_section *section,
                  int64_t ladder_frames, int64_t total_frames, const struct spoken *say)
{
    const struct chain *chain = &fit->choice->chains[r->section];
    int64_t frames = rest_length(r, chain, section);
    if (frames == 0)
        return; // not there yet, as at all shorter lengths
    if (r->shortest > frames)
        r->shortest = frames;
    if (ladder_frames > total_frames)
        return;
    int64_t wait = presence_wait(ladder_frames);
    int64_t behind = quiet_behind(r, chain, section);
    wait -= behind < wait / 2 ? behind : wait / 2;
    int needed = lines_needed(r->box, r->box->stay[0].said, frames, r->shortest, wait, say);
    if (needed > r->box->presence)
        r->box->presence = needed;
}

// Rests anywhere, also in blocks; of further rounds none.
static size_t find_rests(const struct fit *fit, struct resting *rests)
{
    const struct outline *outline = fit->choice->outline;
    size_t count = 0;
    size_t section = 0;
    for (size_t i = 0; i < outline->rest_count; i++) {
        struct box *box = outline->rests[i];
        while (i >= outline->rest_ends[section])
            section++;
        if (!box->node->children || !is_shown(box, SIZE_MAX))
            continue;
        const struct span at_end = {box->own[0].least, box->own[0].least,
                                    box->node->as.rest.frames.most};
        if (rests)
            rests[count] = (struct resting){box, section, at_end, INT64_MAX};
        count++;
    }
    return count;
}

enum status presence_choose(struct fit *fit, const struct utterances *utterances,
                            const int64_t *clip_frames, int64_t total_frames, struct error *error)
{
    struct arena *arena = fit->choice->outline->arena;
    size_t count = find_rests(fit, NULL);
    if (count == 0)
        return STATUS_OK;
    const struct spoken say = {utterances, clip_frames};
    struct resting *rests = arena_array(arena, count, sizeof *rests);
    struct fit_section *sections =
        arena_array(arena, fit->choice->outline->section_count, sizeof *sections);
    if (!rests || !sections)
        return error_no_memory(error);
    find_rests(fit, rests);
    int64_t top = fit->most < SESSION_LENGTH_MOST ? fit->most : SESSION_LENGTH_MOST;
    if (top < total_frames)
        top = total_frames;
    // From above, so that each length knows how short the rest may become at longer ones.
    for (int64_t total = top / LADDER_STEP * LADDER_STEP; total >= fit->least;
         total -= LADDER_STEP) {
        fit_solve(fit, total, sections);
        for (size_t i = 0; i < count; i++)
            climb(&rests[i], fit, &sections[rests[i].section], total, total_frames, &say);
    }
    fit_solve(fit, fit->least, sections);
    for (size_t i = 0; i < count; i++)
        climb(&rests[i], fit, &sections[rests[i].section], fit->least, total_frames, &say);
    return STATUS_OK;
}

// The quiet behind a rest that has its length, up to the next word or the section's end.
static int64_t quiet_next(const struct box *rest, int pass)
{
    int64_t sum = 0;
    for (const struct box *box = rest->next; box; box = box->next) {
        if (box->on && box->type != BOX_REST)
            break;
        sum += box->on ? box->frames[pass] : 0;
    }
    return sum;
}

static bool is_on(const struct box *box)
{
    for (; box; box = box->parent)
        if (!box->on)
            return false;
    return true;
}

void presence_refit(const struct outline *outline, const struct utterances *utterances,
                    const int64_t *clip_frames, int64_t total_frames)
{
    const struct spoken say = {utterances, clip_frames};
    for (size_t i = 0; i < outline->rest_count; i++) {
        struct box *box = outline->rests[i];
        const int pass = box->paired && box->stay[0].over ? 1 : 0; // the one that is still to come
        const struct stay *stay = &box->stay[pass];
        if (!is_on(box) || stay->over)
            continue;
        const int64_t frames = box->frames[pass] - stay->spent - stay->ahead;
        int64_t wait = presence_wait(total_frames);
        const int64_t behind = quiet_next(box, pass);
        wait -= behind < wait / 2 ? behind : wait / 2;
        box->presence = stay->said + lines_needed(box, stay->said, frames, frames, wait, &say);
    }
}

int64_t presence_start(int64_t rest_frames, int64_t clips_frames, int count, int index,
                       int64_t clips_before)
{
    return (rest_frames - clips_frames) * (index + 1) / (count + 1) + clips_before;
}
