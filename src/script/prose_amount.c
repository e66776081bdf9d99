// SPDX-License-Identifier: GPL-3.0-or-later
// How hard, and how long: a number belongs to the verb before it, or to what the sentences before
// were about.
#include "prose_amount.h"

#include "prose_judge.h"

#include "session_limits.h"

enum {
    REMEMBERED = 2, // sentences
    MOVING_SECONDS = 60 * LIMIT_SIDE_MINUTES,
    ENDLESS = 3600, // seconds: "as long as you can"
};

// ---- How long -----------------------------------------------------------------------------------

enum hold {
    HOLD_NONE,   // nothing is pressed in that time
    HOLD_OPEN,   // no verb says it
    HOLD_STILL,  // to stay, whatever with
    HOLD_MOVING, // to rub, or to roll on a tool
    HOLD_PRESSED
};

static enum hold hold_of(enum danger_kind kind)
{
    switch (kind) {
    case DANGER_PRESS:
        return HOLD_PRESSED;
    case DANGER_RUB:
    case DANGER_ROLL:
        return HOLD_MOVING;
    case DANGER_STAY:
    case DANGER_HOLD:
    case DANGER_LEAN:
    case DANGER_LIE:
    case DANGER_SIT:
        return HOLD_STILL;
    case DANGER_EASE:
    case DANGER_STRETCH:
    case DANGER_MOVE:
    case DANGER_TENSE:
    case DANGER_SENSE:
    case DANGER_BREATH:
    case DANGER_INHALE:
    case DANGER_EXHALE:
    case DANGER_AWAY:
    case DANGER_STAND:
        return HOLD_NONE;
    default:
        return HOLD_OPEN;
    }
}

// What is done in the time at `time`: the verb before it, or else the one behind it in its clause.
static enum hold governor(const struct sentence *s, const struct sentence_word *time)
{
    for (const struct sentence_word *w = time; w-- > s->words;)
        if (hold_of(w->kind) != HOLD_OPEN && sentence_is_meant(w))
            return hold_of(w->kind);
    for (const struct sentence_word *w = time + 1; w < s->words + s->count; w++)
        if (hold_of(w->kind) != HOLD_OPEN && sentence_is_meant(w) && w->clause == time->clause)
            return hold_of(w->kind);
    return HOLD_OPEN;
}

static bool moved_before(const struct prose_judge *judge)
{
    int moving = judge->since[DANGER_RUB] < judge->since[DANGER_ROLL] ? judge->since[DANGER_RUB]
                                                                      : judge->since[DANGER_ROLL];
    return moving <= REMEMBERED && moving <= judge->since[DANGER_PRESS];
}

static void judge_time(struct prose_judge *judge, const struct sentence_word *time,
                       const struct sentence_word *end, int seconds)
{
    const struct sentence *s = &judge->sentence;
    enum hold hold = governor(s, time);
    bool own = prose_judge_tool(judge, -1); // tool
    bool before = prose_judge_tool(judge, REMEMBERED) || judge->since[DANGER_PRESS] <= 1;
    bool it = sentence_means(s, DANGER_IT);
    bool moving = hold == HOLD_MOVING || (hold == HOLD_OPEN && !own && moved_before(judge));
    if (seconds <= (moving ? MOVING_SECONDS : LIMIT_SPOT_SECONDS) || hold == HOLD_NONE ||
        sentence_means(s, DANGER_AWAY))
        return;
    if (hold == HOLD_PRESSED || (own && hold != HOLD_OPEN))
        prose_judge_report(judge, RULE_SPOT, true, time, end);
    else if (hold == HOLD_MOVING && !before)
        return;
    else if (before || own)
        prose_judge_report(judge, RULE_SPOT, it && hold == HOLD_STILL, time, end);
}

static void judge_times(struct prose_judge *judge)
{
    const struct sentence *s = &judge->sentence;
    for (const struct sentence_word *w = s->words; w < s->words + s->count; w++) {
        if (!sentence_is_meant(w))
            continue;
        int seconds = 0;
        const struct sentence_word *end = w;
        if (w->kind == DANGER_LONG)
            seconds = ENDLESS;
        else if (w->kind == DANGER_NUMBER || w->kind == DANGER_FEW || w->kind == DANGER_HOUR)
            seconds = sentence_seconds(s, w, &end);
        if (seconds > LIMIT_SPOT_SECONDS)
            judge_time(judge, w, end, seconds);
    }
}

// ---- How hard -----------------------------------------------------------------------------------

static bool is_tensed(const struct sentence *s, const struct sentence_word *word)
{
    for (const struct sentence_word *w = word; w-- > s->words;)
        if (w->kind == DANGER_TENSE)
            return true;
        else if (w->kind == DANGER_PRESS || w->kind == DANGER_RUB)
            return false;
    return false;
}

static void judge_hard(struct prose_judge *judge, const struct sentence_word *word)
{
    bool leans = sentence_means(&judge->sentence, DANGER_LEAN) ||
                 sentence_means(&judge->sentence, DANGER_ROLL);
    if (is_tensed(&judge->sentence, word))
        return;
    if (prose_judge_presses(judge, -1) || (leans && prose_judge_tool(judge, REMEMBERED)))
        prose_judge_report(judge, RULE_PRESSURE, true, word, word);
    else if (prose_judge_presses(judge, REMEMBERED))
        prose_judge_report(judge, RULE_PRESSURE, sentence_means(&judge->sentence, DANGER_IT), word,
                           word);
}

// A chair may take all of the weight, and so may the floor; a ball may not.
static void judge_weight(struct prose_judge *judge, const struct sentence_word *word)
{
    const struct sentence *s = &judge->sentence;
    bool own = prose_judge_tool(judge, -1);
    bool carried = !own && (sentence_has(s, DANGER_FLOOR) || sentence_has(s, DANGER_WALL));
    if (carried || !prose_judge_tool(judge, 1))
        return;
    prose_judge_report(judge, RULE_PRESSURE, own || sentence_means(s, DANGER_IT), word, word);
}

// The number just before a scale; NULL: none.
static const struct sentence_word *scaled(const struct sentence *s,
                                          const struct sentence_word *scale)
{
    for (const struct sentence_word *w = scale; w-- > s->words && scale->index - w->index <= 2;)
        if (w->kind == DANGER_NUMBER && w->at < scale->at)
            return w;
    return NULL;
}

// "Eight out of ten", where it speaks of pressure.
static void judge_scale(struct prose_judge *judge, const struct sentence_word *scale)
{
    const struct sentence *s = &judge->sentence;
    const struct sentence_word *number = scaled(s, scale);
    if (!number || number->negated || number->tenths <= 10 * LIMIT_PRESSURE)
        return;
    bool pressure = sentence_has(s, DANGER_PRESSURE) || prose_judge_presses(judge, -1);
    bool begins = number->index <= 2 && prose_judge_presses(judge, 1);
    if (pressure || begins)
        prose_judge_report(judge, RULE_PRESSURE, pressure, number, scale);
}

void prose_amount_judge(struct prose_judge *judge)
{
    const struct sentence *s = &judge->sentence;
    judge_times(judge);
    for (const struct sentence_word *w = s->words; w < s->words + s->count; w++) {
        if (!sentence_is_meant(w))
            continue;
        if (w->kind == DANGER_HARD)
            judge_hard(judge, w);
        else if (w->kind == DANGER_WEIGHT)
            judge_weight(judge, w);
        else if (w->kind == DANGER_SCALE)
            judge_scale(judge, w);
    }
}
