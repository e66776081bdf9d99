// SPDX-License-Identifier: GPL-3.0-or-later
// A length is turned into a state of every choice and a length of every box.
// Both states and lengths follow from one number, the shape length: a section's state is the one
// its target affords, its length the target clamped to what the state can take. The sum of the
// lengths grows with the number, so a binary search finds where it reaches the total. What a
// section cannot take is so moved to the others, and all of it is monotone by construction.
//
// The last section of a session that ends in sleep is quiet, whose rests alone grow. It takes its
// target, and at least half of what the others take: a third of the whole, and no less monotone.
//
// Time before text holds over all sections, too: below the length at which every section has its
// natural length without a further step, none takes a step, and none has more than that; above,
// none has less.
//
// One gap remains: a step that is larger than all the elasticity before it (a block, a further
// round). There its section waits with quiet at its end.
#include "fit.h"

#include <string.h>

#define LENGTH_BOUND 0x1p50 // frames; beyond every shape length that matters

enum { SECTIONS_MAX = 1000 };

static int64_t clamp(double target, int64_t least, int64_t most)
{
    return target <= (double)least ? least : target >= (double)most ? most : (int64_t)target;
}

// Least and most length of a section in a state.
static struct range bounds(const struct fit *fit, const struct chain *chain, size_t steps)
{
    const struct span span = choice_span(chain, steps);
    if (fit->is_short)
        return (struct range){span.least, span.natural};
    return (struct range){span.natural, choice_reach(chain, steps)};
}

static int64_t whole(double target)
{
    return target < LENGTH_BOUND ? (int64_t)target : (int64_t)LENGTH_BOUND;
}

// Half of what comes before, rounded up: what quiet at the end must have to be a third of the
// whole.
static int64_t half(int64_t frames)
{
    return (frames + 1) / 2;
}

static bool sleeps(const struct fit *fit)
{
    return fit->choice->outline->session->ending == ENDING_SLEEP;
}

static bool is_sleep(const struct fit *fit, size_t i)
{
    return sleeps(fit) && i + 1 == fit->choice->outline->section_count;
}

// Target of section `i`, where those before it take `before` frames.
static double target_of(const struct fit *fit, size_t i, int64_t before)
{
    double target = fit->targets[i];
    return is_sleep(fit, i) && target < (double)half(before) ? (double)half(before) : target;
}

// Its length for the targets at hand.
static int64_t take_section(const struct fit *fit, size_t i, size_t steps, int64_t before)
{
    double target = target_of(fit, i, before);
    struct range range = bounds(fit, &fit->choice->chains[i], steps);
    if (is_sleep(fit, i) && range.most < half(before)) // what it takes for sleep, it may take
        range.most = choice_reach(&fit->choice->chains[i], steps);
    return clamp(target, range.least, range.most);
}

// What a section's target affords. In a short session that is no step, but what sleep needs.
static size_t choose_steps(const struct fit *fit, size_t i, int64_t before)
{
    const struct chain *chain = &fit->choice->chains[i];
    if (!fit->is_short)
        return choice_state(chain, whole(target_of(fit, i, before)));
    return is_sleep(fit, i) ? choice_state(chain, half(before)) : 0;
}

// States at a shape length, and what they sum to.
static int64_t choose(const struct fit *fit, double length, struct fit_section *sections)
{
    int64_t sum = 0;
    shape_targets(&fit->shape, length, true, fit->targets);
    for (size_t i = 0; i < fit->choice->outline->section_count; i++) {
        sections[i].steps = choose_steps(fit, i, sum);
        sum += take_section(fit, i, sections[i].steps, sum);
    }
    return sum;
}

// The steps of a section, of sleep as many as its third needs.
static size_t rested(const struct fit *fit, size_t i, size_t steps, int64_t before)
{
    const size_t needed =
        is_sleep(fit, i) ? choice_state(&fit->choice->chains[i], half(before)) : 0;
    return steps > needed ? steps : needed;
}

// Lengths at a shape length in given states, and their sum.
static int64_t stretch(const struct fit *fit, double length, struct fit_section *sections)
{
    int64_t sum = 0;
    shape_targets(&fit->shape, length, false, fit->targets);
    for (size_t i = 0; i < fit->choice->outline->section_count; i++) {
        sections[i].frames = take_section(fit, i, rested(fit, i, sections[i].steps, sum), sum);
        sum += sections[i].frames;
    }
    return sum;
}

typedef int64_t sum_at(const struct fit *fit, double length, struct fit_section *sections);

// The greatest whole shape length at which the sum is still at most the total.
static double find_length(const struct fit *fit, sum_at *sum, int64_t total_frames,
                          struct fit_section *sections)
{
    double low = 0;
    double high = (double)total_frames;
    while (high < LENGTH_BOUND && sum(fit, high, sections) <= total_frames) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        double middle = (double)(int64_t)((low + high) / 2);
        if (sum(fit, middle, sections) <= total_frames)
            low = middle;
        else
            high = middle;
    }
    return low;
}

// Least and most of the whole, from those of the last section and of all before it.
static struct range whole_range(const struct fit *fit, struct range before, struct range last)
{
    if (sleeps(fit)) {
        last.least = last.least > half(before.least) ? last.least : half(before.least);
        before.most = before.most < 2 * last.most ? before.most : 2 * last.most;
    }
    return (struct range){before.least + last.least, before.most + last.most};
}

static void give(struct fit_section *section, int64_t limit, int64_t *rest_frames)
{
    int64_t more = limit - section->frames;
    more = more < 0 ? 0 : more > *rest_frames ? *rest_frames : more;
    section->frames += more;
    *rest_frames -= more;
}

// What of the rest may go to sections before the last: all of it, but where a session ends in sleep
// a third of the whole is left for that.
static int64_t before_sleep(const struct fit *fit, int64_t rest_frames,
                            const struct fit_section *sections)
{
    if (!sleeps(fit))
        return rest_frames;
    size_t last = fit->choice->outline->section_count - 1;
    int64_t before = 0;
    for (size_t i = 0; i < last; i++)
        before += sections[i].frames;
    int64_t most = (before + sections[last].frames + rest_frames) * 2 / 3 - before;
    return most < 0 ? 0 : most > rest_frames ? rest_frames : most;
}

// A step that is larger than all that its section could wait with: the section waits with quiet at
// its end, until the step is paid for. So no other section has to shrink when it comes. Returns
// what is left of the rest.
static int64_t wait_for_steps(const struct fit *fit, double length, int64_t rest_frames,
                              struct fit_section *sections)
{
    size_t count = fit->choice->outline->section_count;
    int64_t share = before_sleep(fit, rest_frames, sections);
    rest_frames -= share;
    memcpy(fit->ahead, sections, count * sizeof *sections);
    choose(fit, length + 1, fit->ahead);
    for (size_t i = 0; i < count; i++) {
        const struct chain *chain = &fit->choice->chains[i];
        while (sections[i].steps < fit->ahead[i].steps && share > 0) {
            const int64_t threshold = chain->steps[sections[i].steps].threshold;
            give(&sections[i], threshold, &share);
            if (sections[i].frames < threshold)
                return rest_frames + share;
            sections[i].steps++;
        }
    }
    return rest_frames + share;
}

// Share what whole shape lengths leave: what the next one would add, section by section, quiet at
// the end first; then, when no shape length is enough, whatever the sections can take; and as the
// last resort quiet at the end.
static void share_rest(const struct fit *fit, double length, int64_t rest_frames,
                       struct fit_section *sections)
{
    size_t count = fit->choice->outline->section_count;
    memcpy(fit->ahead, sections, count * sizeof *sections);
    stretch(fit, length + 1, fit->ahead);
    for (int phase = 0; phase < 2; phase++) {
        for (size_t i = count; i-- > 0 && rest_frames > 0;) {
            int64_t most = bounds(fit, &fit->choice->chains[i], sections[i].steps).most;
            int64_t share = i + 1 == count ? rest_frames : before_sleep(fit, rest_frames, sections);
            rest_frames -= share;
            give(&sections[i], phase == 0 ? fit->ahead[i].frames : most, &share);
            rest_frames += share;
        }
    }
    sections[count - 1].frames += rest_frames;
}

// Where no shape shrinks, lengths follow from the same shape length as states, so that they never
// shrink either. Where one does, another shape length makes up for it.
void fit_solve(struct fit *fit, int64_t total_frames, struct fit_section *sections)
{
    fit->is_short = total_frames < fit->natural;
    const double chosen = find_length(fit, choose, total_frames, sections);
    double length = chosen;
    choose(fit, chosen, sections);
    if (shape_shrinks(&fit->shape, chosen) || fit->is_short)
        length = find_length(fit, stretch, total_frames, sections);
    int64_t rest_frames = total_frames - stretch(fit, length, sections);
    const size_t last = fit->choice->outline->section_count - 1;
    sections[last].steps =
        rested(fit, last, sections[last].steps, total_frames - rest_frames - sections[last].frames);
    if (!fit->is_short)
        rest_frames = wait_for_steps(fit, chosen, rest_frames, sections);
    share_rest(fit, length, rest_frames, sections);
}

// What must be said takes more than twice as long as the quiet can last.
static enum status refuse_quiet(const struct fit *fit, struct error *error)
{
    const struct outline *outline = fit->choice->outline;
    size_t last = outline->section_count - 1;
    struct place place = outline->session->sections[last].place;
    return error_set_at(error, STATUS_BAD_INPUT, NULL, place.line, place.column,
                        "the last section, where listeners fall asleep, can be %d s long: less "
                        "than the third of the session that it takes",
                        (int)(fit->limits[last].most / FRAME_RATE));
}

enum status fit_init(struct fit *fit, const struct choice *choice, struct error *error)
{
    struct arena *arena = choice->outline->arena;
    size_t count = choice->outline->section_count;
    *fit = (struct fit){.choice = choice};
    if (count > SECTIONS_MAX)
        return error_set(error, STATUS_BAD_INPUT, "the script has more than %d sections",
                         SECTIONS_MAX);
    fit->limits = arena_array(arena, count, sizeof *fit->limits);
    fit->targets = arena_array(arena, count, sizeof *fit->targets);
    fit->ahead = arena_array(arena, count, sizeof *fit->ahead);
    if (!fit->limits || !fit->targets || !fit->ahead)
        return error_no_memory(error);
    for (size_t i = 0; i < count; i++) {
        const struct chain *chain = &choice->chains[i];
        fit->limits[i] = (struct shape_limits){.least = chain->first.least,
                                               .most = choice_span(chain, chain->step_count).most,
                                               .share = chain->share};
        int64_t natural = chain->first.natural;
        if (sleeps(fit) && i + 1 == count && natural < half(fit->natural))
            natural = half(fit->natural);
        fit->natural += natural;
        struct range own = {fit->limits[i].least, fit->limits[i].most};
        struct range sum = {fit->least + own.least, fit->most + own.most};
        if (i + 1 == count)
            sum = whole_range(fit, (struct range){fit->least, fit->most}, own);
        fit->least = sum.least;
        fit->most = sum.most;
    }
    if (sleeps(fit) && fit->least > fit->most)
        return refuse_quiet(fit, error);
    return shape_init(&fit->shape, arena, choice->outline->session, fit->limits, error);
}
