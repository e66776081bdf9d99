// Both states and lengths follow from one number, the shape length: a section's state is the one its
// target affords, its length the target clamped to what the state can take. The sum of the lengths
// grows with the number, so a binary search finds where it reaches the total. What a section cannot
// take is so moved to the others, and all of it is monotone by construction.
//
// One gap remains: a step that is larger than all the elasticity before it (a further round). There
// the sections keep their states, and the others stretch until the total affords the step.
#include "fit.h"

#define LENGTH_BOUND 0x1p50 // frames; beyond every shape length that matters

enum { SECTIONS_MAX = 1000 };

static int64_t clamp(double target, int64_t least, int64_t most)
{
    return target <= (double)least ? least : target >= (double)most ? most : (int64_t)target;
}

// Length of a section in a state, for a target.
static int64_t take(const struct chain *chain, size_t steps, double target)
{
    return clamp(target, choice_span(chain, steps).least, choice_reach(chain, steps));
}

static int64_t whole(double target)
{
    return target < LENGTH_BOUND ? (int64_t)target : (int64_t)LENGTH_BOUND;
}

// States at a shape length, and what they sum to.
static int64_t choose(const struct fit *fit, double length, struct fit_section *sections)
{
    int64_t sum = 0;
    shape_targets(&fit->shape, length, true, fit->targets);
    for (size_t i = 0; i < fit->choice->outline->section_count; i++) {
        const struct chain *chain = &fit->choice->chains[i];
        sections[i].steps = choice_state(chain, whole(fit->targets[i]));
        sum += take(chain, sections[i].steps, fit->targets[i]);
    }
    return sum;
}

// Lengths at a shape length in given states, and their sum.
static int64_t stretch(const struct fit *fit, double length, struct fit_section *sections)
{
    int64_t sum = 0;
    shape_targets(&fit->shape, length, false, fit->targets);
    for (size_t i = 0; i < fit->choice->outline->section_count; i++) {
        sections[i].frames = take(&fit->choice->chains[i], sections[i].steps, fit->targets[i]);
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

static void sum_limits(const struct fit *fit, const struct fit_section *sections, int64_t *least,
                       int64_t *reach)
{
    *least = *reach = 0;
    for (size_t i = 0; i < fit->choice->outline->section_count; i++) {
        *least += choice_span(&fit->choice->chains[i], sections[i].steps).least;
        *reach += choice_reach(&fit->choice->chains[i], sections[i].steps);
    }
}

// The smallest whole shape length above `length` at which some section would take a further step.
static double next_length(const struct fit *fit, double length, const struct fit_section *sections,
                          struct fit_section *found)
{
    double low = length;
    double high = length + 1;
    bool further = false;
    while (!further && high < LENGTH_BOUND) {
        choose(fit, high, found);
        for (size_t i = 0; i < fit->choice->outline->section_count; i++)
            further = further || found[i].steps > sections[i].steps;
        if (!further)
            low = high;
        high = further ? high : 2 * high;
    }
    while (high - low > 1) {
        double middle = (double)(int64_t)((low + high) / 2);
        further = false;
        choose(fit, middle, found);
        for (size_t i = 0; i < fit->choice->outline->section_count; i++)
            further = further || found[i].steps > sections[i].steps;
        low = further ? low : middle;
        high = further ? middle : high;
    }
    choose(fit, high, found);
    return high;
}

// Take further steps, in the order in which growing lengths take them, until the states can fill the
// total. When one step more would be too much and one less too little, stay with less: the last
// section then keeps more quiet at its end.
static void choose_more(const struct fit *fit, double length, int64_t total_frames,
                        struct fit_section *sections)
{
    size_t count = fit->choice->outline->section_count;
    int64_t least, reach;
    sum_limits(fit, sections, &least, &reach);
    while (reach < total_frames && length < LENGTH_BOUND) {
        length = next_length(fit, length, sections, fit->ahead);
        for (size_t i = 0; i < count && reach < total_frames; i++) {
            while (sections[i].steps < fit->ahead[i].steps && reach < total_frames) {
                sections[i].steps++;
                sum_limits(fit, sections, &least, &reach);
                if (least > total_frames) {
                    sections[i].steps--;
                    return;
                }
            }
        }
    }
}

// Share what whole shape lengths leave: what the next one would add, section by section; then, when
// no shape length is enough, whatever the sections can take; and as the last resort quiet at the end.
static void share_rest(const struct fit *fit, double length, int64_t rest_frames,
                       struct fit_section *sections)
{
    size_t count = fit->choice->outline->section_count;
    shape_targets(&fit->shape, length + 1, false, fit->more);
    for (size_t i = 0; i < count && rest_frames > 0; i++) {
        const struct chain *chain = &fit->choice->chains[i];
        int64_t more = take(chain, sections[i].steps, fit->more[i]) - sections[i].frames;
        more = more < 0 ? 0 : more > rest_frames ? rest_frames : more;
        sections[i].frames += more;
        rest_frames -= more;
    }
    for (size_t i = 0; i < count && rest_frames > 0; i++) {
        int64_t more =
            choice_reach(&fit->choice->chains[i], sections[i].steps) - sections[i].frames;
        more = more > rest_frames ? rest_frames : more;
        sections[i].frames += more;
        rest_frames -= more;
    }
    sections[count - 1].frames += rest_frames;
}

void fit_solve(const struct fit *fit, int64_t total_frames, struct fit_section *sections)
{
    double length = find_length(fit, choose, total_frames, sections);
    choose(fit, length, sections);
    choose_more(fit, length, total_frames, sections);
    length = find_length(fit, stretch, total_frames, sections);
    int64_t sum = stretch(fit, length, sections);
    share_rest(fit, length, total_frames - sum, sections);
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
    fit->more = arena_array(arena, count, sizeof *fit->more);
    fit->ahead = arena_array(arena, count, sizeof *fit->ahead);
    if (!fit->limits || !fit->targets || !fit->more || !fit->ahead)
        return error_no_memory(error);
    for (size_t i = 0; i < count; i++) {
        const struct chain *chain = &choice->chains[i];
        fit->limits[i] = (struct shape_limits){.least = chain->first.least,
                                               .most = choice_span(chain, chain->step_count).most,
                                               .share = chain->share};
        fit->least += fit->limits[i].least;
        fit->most += fit->limits[i].most;
    }
    return shape_init(&fit->shape, arena, choice->outline->session, fit->limits, error);
}
