// SPDX-License-Identifier: GPL-3.0-or-later
// The subject is looked for first, then how long it takes, then its sides. What the rules of body
// work refuse, and what could mean two things, is left alone.
#include "touch_step.h"

#include "body.h"
#include "touch_subject.h"

enum {
    SLOW_LEAST = 8, // seconds of a slow repetition
    SLOW_MOST = 10,
    HELD_MORE = 4,        // seconds of a repetition beside its hold
    HOLD_MOST = 12,       // seconds: what is held longer is done in rounds
    REPEATED_LEAST = 6,   // times: what is done so often are repetitions
    ALONE_MOST = 3,       // words: "Five slow breaths."
    SPAN_LEAST = 10,      // seconds: less is over while it is told
    MOVE_MOST = 600,      // seconds
    ROUNDS_MOST = 2,      // of a touch
    MOVE_ROUNDS_MOST = 5, // of a movement
};

// ---- How long, how hard -------------------------------------------------------------------------

struct amounts {
    struct amount time, breaths, times; // most 0: not said
    bool two_times;
};

// "For five breaths", not "take five breaths".
static bool follows_only(const struct mentions *m, const struct amount *amount)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->items[i].kind == TOUCH_ONLY && m->items[i].index + 1 == amount->index)
            return true;
    return false;
}

// "10 reps. 2 sets.": the smaller number counts rounds.
static void take_times(struct amount *times, struct amount amount)
{
    struct amount before = *times;
    if (before.most == 0 || before.rounds > 0 || amount.rounds > 0) {
        *times = amount.rounds > 0 || before.rounds == 0 ? amount : before;
        return;
    }
    *times = before.most > amount.most ? before : amount;
    times->rounds = before.most > amount.most ? amount.most : before.most;
}

static void take_amount(struct touch_step *step, struct amounts *all, const struct mentions *m,
                        struct amount amount)
{
    struct amount *time = &all->time;
    switch (amount.unit) {
    case AMOUNT_SECONDS:
        all->two_times |=
            time->most > 0 && (time->most != amount.most || time->least != amount.least);
        *time = amount;
        return;
    case AMOUNT_BREATHS:
        if (mentions_find(m, MENTION_ACT, 0) || mentions_find(m, TOUCH_MOVE, 0) ||
            follows_only(m, &amount) || m->count <= ALONE_MOST)
            all->breaths = amount;
        return;
    case AMOUNT_TIMES:
        take_times(&all->times, amount);
        return;
    case AMOUNT_OF_TEN:
        step->pressure_least = amount.spread ? amount.most - (amount.most > 1) : amount.least;
        step->pressure_most = amount.most;
        return;
    }
}

// Repetitions become the time that they take when they are slow.
static void count_repetitions(struct touch_step *step, const struct amounts *all)
{
    int hold = all->time.most;
    int least = all->time.least + HELD_MORE > SLOW_LEAST ? all->time.least + HELD_MORE : SLOW_LEAST;
    int most = hold + HELD_MORE + 2 > SLOW_MOST ? hold + HELD_MORE + 2 : SLOW_MOST;
    step->repetitions = true;
    step->rounds = all->times.rounds > 0 ? all->times.rounds : 1;
    step->least = all->times.least * least;
    step->most = all->times.most * most;
}

static void find_span(struct touch_step *step, const struct touch_source *source,
                      const struct amounts *all)
{
    const bool rounds =
        all->time.most > HOLD_MOST && all->times.most < REPEATED_LEAST && all->times.rounds == 0;
    if (all->two_times) {
        step->refusal = "more than one time is said";
        step->least = step->most = all->time.most;
    } else if (all->breaths.most > 0 && all->time.most == 0) {
        step->counted = true;
        step->least = all->breaths.least;
        step->most = all->breaths.most;
        step->rounds = all->times.most > 0 ? all->times.most : 1;
    } else if (all->times.most > 0 && !rounds) {
        count_repetitions(step, all);
    } else if (all->time.most > 0) {
        step->least = all->time.least;
        step->most = all->time.most;
        step->rounds = all->times.most > 0 ? all->times.most : 1;
    } else if (source->pause_most > 0) {
        step->from_pause = true;
        step->least = source->pause_least;
        step->most = source->pause_most;
    }
}

static void find_amounts(struct touch_step *step, const struct touch_source *source)
{
    struct amounts all = {.two_times = false};
    bool spots = false;
    for (size_t i = step->begin; i < source->count; i++) {
        const struct mentions *m = source->sentences[i].mentions;
        struct amount amount;
        for (size_t next = 0; mentions_amount(m, &next, &amount);) {
            take_amount(step, &all, m, amount);
            step->end = i + 1 > step->end ? i + 1 : step->end;
        }
        spots |= mentions_find(m, TOUCH_SPOTS, 0) != NULL;
    }
    step->rounds = 1;
    find_span(step, source, &all);
    if (spots && step->most > 0)
        step->refusal = "how many places there are is not said";
}

// ---- Sides --------------------------------------------------------------------------------------

enum { NAMES_LEFT = 1, NAMES_RIGHT = 2, NAMES_BOTH = 3 };

struct sides {
    int named; // NAMES_...
    enum side first;
    bool one, both, turn, other;
};

static int sides_named(const struct mentions *m)
{
    return (mentions_find(m, TOUCH_LEFT, 0) ? NAMES_LEFT : 0) |
           (mentions_find(m, TOUCH_RIGHT, 0) ? NAMES_RIGHT : 0);
}

// "To the right, then to the left", in one sentence; "from side to side".
static bool takes_turns(const struct mentions *m)
{
    const struct mention *turn = mentions_find(m, TOUCH_ALTERNATE, 0);
    int named = sides_named(m);
    return turn && (named == NAMES_BOTH || named == 0);
}

static void look_at(struct sides *sides, const struct mentions *m)
{
    sides->turn |= takes_turns(m);
    for (size_t i = 0; i < m->count; i++) {
        const struct mention *w = &m->items[i];
        if (!w->meant || w->hidden)
            continue;
        sides->one |= w->kind == TOUCH_ONE;
        sides->both |= w->kind == TOUCH_BOTH;
        if ((w->kind != TOUCH_LEFT && w->kind != TOUCH_RIGHT) || sides->other)
            continue;
        enum side side = w->kind == TOUCH_LEFT ? SIDE_LEFT : SIDE_RIGHT;
        sides->named |= side == SIDE_LEFT ? NAMES_LEFT : NAMES_RIGHT;
        sides->first = sides->first == SIDE_NONE ? side : sides->first;
    }
}

static void judge_sides(struct touch_step *step, const struct sides *sides)
{
    const bool at_once = step->kind == TOUCH_STEP_CONTACT && !text_equal_c(step->tool, "ball");
    if (sides->turn && !sides->other) {
        step->sides = TOUCH_STEP_SIDES_TURN;
        step->least *= sides->both ? 2 : 1;
        step->most *= sides->both ? 2 : 1;
    } else if (sides->named != 0 && (sides->other || sides->both)) {
        step->sides = TOUCH_STEP_SIDES_NAMED;
        step->first = sides->first;
    } else if (sides->named != 0 || (sides->one && !sides->both && !sides->other)) {
        step->refusal = "only one side is named, and both sides get the same";
    } else if (sides->other || (sides->both && !at_once)) {
        step->sides = TOUCH_STEP_SIDES_BOTH;
    } else if (!at_once && step->kind == TOUCH_STEP_CONTACT && !sides->both) {
        step->sides = TOUCH_STEP_SIDES_BOTH;
        step->sides_guessed = true;
    }
}

static void find_sides(struct touch_step *step, const struct touch_source *source)
{
    struct sides sides = {.named = 0};
    for (size_t i = step->begin; i < source->count; i++) {
        const struct mentions *m = source->sentences[i].mentions;
        bool first = step->subject == TOUCH_STEP_NO_SENTENCE || i >= step->subject;
        if (first && !sides.other && !takes_turns(m) && mentions_find(m, TOUCH_OTHER, 0)) {
            look_at(&sides, m);
            sides.other = true;
            step->other = i;
            step->end = i + 1 > step->end ? i + 1 : step->end;
        }
        if (sides.other && i == step->other)
            continue;
        look_at(&sides, m);
    }
    judge_sides(step, &sides);
}

// ---- Rules --------------------------------------------------------------------------------------

static void judge_contact(struct touch_step *step)
{
    if (step->refusal)
        return;
    if (touch_subject_is_laid(step->tool) && step->surface.size == 0)
        step->refusal = "what it lies on is not said";
    else if (body_refuses(step->region, step->tool, step->surface))
        step->refusal = body_refuses(step->region, step->tool, step->surface);
    else if (step->pressure_most > LIMIT_PRESSURE)
        step->refusal = "pressure is never above " LIMIT_TEXT(LIMIT_PRESSURE) " of 10";
    else if (step->counted ? step->least > BODY_SPOT_BREATHS : step->most > LIMIT_SPOT_SECONDS)
        step->refusal = "no spot is touched for more than " LIMIT_TEXT(LIMIT_SPOT_SECONDS) " s";
    else if (step->rounds > ROUNDS_MOST)
        step->refusal = "a place is touched in two rounds at most";
}

static void judge_move(struct touch_step *step)
{
    if (!step->refusal && !step->counted && step->most > MOVE_MOST)
        step->refusal = "no movement lasts more than ten minutes";
    if (!step->refusal && step->rounds > MOVE_ROUNDS_MOST)
        step->refusal = "a movement has five rounds at most";
}

void touch_step_read(struct touch_step *step, const struct touch_source *source)
{
    *step = (struct touch_step){.subject = TOUCH_STEP_NO_SENTENCE, .other = TOUCH_STEP_NO_SENTENCE};
    touch_subject_find(step, source);
    if (step->kind == TOUCH_STEP_NOTHING)
        return;
    step->begin = touch_subject_begin(step, source);
    step->end = step->subject == TOUCH_STEP_NO_SENTENCE ? source->count : step->subject + 1;
    find_amounts(step, source);
    if (step->most == 0 || (!step->counted && step->most < SPAN_LEAST)) {
        *step = (struct touch_step){.kind = TOUCH_STEP_NOTHING};
        return;
    }
    find_sides(step, source);
    if (step->kind == TOUCH_STEP_CONTACT)
        judge_contact(step);
    else
        judge_move(step);
    if (step->refusal)
        step->kind = TOUCH_STEP_NOTHING;
}
