// SPDX-License-Identifier: GPL-3.0-or-later
// Each of these is found by its own words, or by two words that stand together.
#include "prose_alone.h"

#include "prose_judge.h"
#include "style_check.h"

#include <stdlib.h>

enum {
    TOGETHER = 7, // words between two that mean one thing
    SIGN = 2,     // sentences in which a sign to stop is answered
    PRESSING = 3, // sentences for which something may still press
    TENSED = 6,   // sentences for which a muscle may stay tensed
};

// A word of the kind in the same clause and near, that is meant; NULL when there is none.
static const struct sentence_word *near(const struct sentence *s, const struct sentence_word *word,
                                        enum danger_kind kind)
{
    for (const struct sentence_word *w = s->words; w < s->words + s->count; w++)
        if (w->kind == kind && w->clause == word->clause && sentence_is_meant(w) &&
            abs(w->index - word->index) <= TOGETHER)
            return w;
    return NULL;
}

// ---- Breath -------------------------------------------------------------------------------------

// Something else than the breath is held: a position, a muscle, a ball.
static bool holds_body(const struct prose_judge *judge)
{
    static const enum danger_kind kinds[] = {DANGER_STRETCH, DANGER_MOVE,  DANGER_TENSE,
                                             DANGER_LEAN,    DANGER_PRESS, DANGER_ROLL,
                                             DANGER_BALL,    DANGER_ROLLER};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (sentence_has(&judge->sentence, kinds[i]) || judge->since[kinds[i]] <= 1)
            return true;
    return judge->since[DANGER_TENSE] <= TENSED;
}

static bool breathed_before(const struct prose_judge *judge, const struct sentence_word *hold)
{
    const struct sentence *s = &judge->sentence;
    for (const struct sentence_word *w = hold; w-- > s->words;)
        if ((w->kind == DANGER_INHALE || w->kind == DANGER_EXHALE) && !w->negated)
            return true;
    return judge->since[DANGER_INHALE] <= 1 || judge->since[DANGER_EXHALE] <= 1;
}

// "In for four, hold for four": what is held is the breath.
static void judge_hold(struct prose_judge *judge, const struct sentence_word *hold)
{
    const struct sentence *s = &judge->sentence;
    if (!sentence_is_meant(hold) || holds_body(judge) || !breathed_before(judge, hold))
        return;
    bool counted = near(s, hold, DANGER_NUMBER) || near(s, hold, DANGER_COUNT) ||
                   near(s, hold, DANGER_FEW) || near(s, hold, DANGER_IT);
    prose_judge_report(judge, RULE_BREATH_HELD, counted, hold, hold);
}

static void judge_breath(struct prose_judge *judge)
{
    const struct sentence *s = &judge->sentence;
    static const enum danger_kind breaths[] = {DANGER_BREATH, DANGER_INHALE, DANGER_EXHALE};
    for (const struct sentence_word *w = s->words; w < s->words + s->count; w++) {
        if (w->kind == DANGER_HOLD)
            judge_hold(judge, w);
        if (w->kind != DANGER_FAST || !sentence_is_meant(w))
            continue;
        for (size_t i = 0; i < sizeof breaths / sizeof *breaths; i++) {
            const struct sentence_word *breath = near(s, w, breaths[i]);
            if (breath)
                prose_judge_report(judge, RULE_BREATH_FORCED, true, breath, w);
        }
        const struct sentence_word *move = near(s, w, DANGER_MOVE);
        if (move)
            prose_judge_report(judge, RULE_FORCE, false, move, w);
    }
}

// ---- Eyes ---------------------------------------------------------------------------------------

static enum prose_posture posture_of(enum danger_kind kind)
{
    return kind == DANGER_STAND ? POSTURE_STANDING
           : kind == DANGER_SIT ? POSTURE_SITTING
           : kind == DANGER_LIE ? POSTURE_LYING
                                : POSTURE_UNKNOWN;
}

// Of who is told to close the eyes: what the sentence says of it before, or behind, or what was so
// before it.
static enum prose_posture posture_at(const struct prose_judge *judge,
                                     const struct sentence_word *word)
{
    const struct sentence *s = &judge->sentence;
    enum prose_posture posture = POSTURE_UNKNOWN;
    for (const struct sentence_word *w = s->words; w < s->words + s->count; w++) {
        if (w->kind == DANGER_IMAGINE) // nobody stands in a meadow that is imagined
            break;
        enum prose_posture here = w->negated ? POSTURE_UNKNOWN : posture_of(w->kind);
        if (here != POSTURE_UNKNOWN && (w < word || posture == POSTURE_UNKNOWN))
            posture = here;
    }
    if (posture != POSTURE_UNKNOWN)
        return posture;
    return judge->standing ? POSTURE_STANDING : judge->posture;
}

static void judge_eyes(struct prose_judge *judge, const struct sentence_word *close)
{
    const struct sentence *s = &judge->sentence;
    if (close->negated || posture_at(judge, close) != POSTURE_STANDING)
        return;
    for (const struct sentence_word *w = s->words; w < s->words + s->count; w++) {
        if (w->kind != DANGER_EYES || abs(w->index - close->index) > 2 * TOGETHER)
            continue;
        prose_judge_report(judge, RULE_EYES, true, w, close);
        return;
    }
}

// ---- Signs to stop ------------------------------------------------------------------------------

// "If it goes numb, keep going": what comes behind a sign to stop should be to stop.
static const struct sentence_word *going_on(const struct sentence *s, size_t from, bool *stops)
{
    for (size_t i = from; i < s->count; i++) {
        const struct sentence_word *w = &s->words[i];
        *stops |= w->kind == DANGER_NOT || w->kind == DANGER_EASE || w->kind == DANGER_BUT ||
                  w->kind == DANGER_AWAY || w->kind == DANGER_SIT || w->kind == DANGER_LIE;
        if (*stops)
            return NULL;
        if (w->kind == DANGER_GO_ON && sentence_is_meant(w))
            return w;
    }
    return NULL;
}

// Also where the next sentence goes on, and something presses.
static void judge_symptoms(struct prose_judge *judge)
{
    const struct sentence *s = &judge->sentence;
    bool stops = false;
    judge->symptom_ago++;
    const struct sentence_word *on = going_on(s, 0, &stops);
    if (on && judge->symptom_ago <= SIGN && prose_judge_presses(judge, PRESSING))
        prose_judge_report(judge, RULE_PAIN, false, on, on);
    for (size_t i = 0; i < s->count; i++) {
        const struct sentence_word *w = &s->words[i];
        if (w->kind != DANGER_SYMPTOM || w->negated)
            continue;
        stops = false;
        on = going_on(s, i + 1, &stops);
        if (on && on->at >= w->end)
            prose_judge_report(judge, RULE_PAIN, w->thought, w, on);
        judge->symptom_ago = stops ? PROSE_LONG_AGO : 0;
    }
}

// ---- The others ---------------------------------------------------------------------------------

static const struct {
    enum danger_kind kind;
    enum rule rule;
    bool certain;
} alone[] = {
    {DANGER_BREATH_HELD, RULE_BREATH_HELD, true},
    {DANGER_BREATH_FORCED, RULE_BREATH_FORCED, true},
    {DANGER_PAIN, RULE_PAIN, true},
    {DANGER_PAIN_PERHAPS, RULE_PAIN, false},
    {DANGER_FORCE, RULE_FORCE, true},
    {DANGER_FORCE_PERHAPS, RULE_FORCE, false},
    {DANGER_LEAP, RULE_SUDDEN, true},
    {DANGER_DRIVE, RULE_DRIVING, true},
    {DANGER_CURE, RULE_CURE, true},
};

// What may be one's own in a plain text is refused in a script.
static void judge_claim(struct prose_judge *judge, const struct sentence_word *word)
{
    if (prose_judge_was_told(judge, RULE_CURE, word))
        return;
    struct text claim = text_head(text_skip(judge->sentence.text, word->at), word->end - word->at);
    style_check_report_claim(claim, word->hint,
                             prose_place(judge->prose, judge->session, judge->data, word->at),
                             judge->session->plain, judge->list);
}

// A soft bounce may be on one's heels, and traffic may only be heard.
static bool is_milder(const struct sentence *s, const struct sentence_word *word)
{
    const struct sentence_word *sense = near(s, word, DANGER_SENSE);
    return (word->kind == DANGER_FORCE && near(s, word, DANGER_SOFT)) ||
           (word->kind == DANGER_DRIVE && sense && sense->at < word->at);
}

void prose_alone_judge(struct prose_judge *judge)
{
    const struct sentence *s = &judge->sentence;
    judge_breath(judge);
    judge_symptoms(judge);
    for (const struct sentence_word *w = s->words; w < s->words + s->count; w++) {
        if (w->kind == DANGER_CLOSE)
            judge_eyes(judge, w);
        if (!sentence_is_meant(w))
            continue;
        const struct sentence_word *sudden =
            w->kind == DANGER_RISE ? near(s, w, DANGER_SUDDEN) : NULL;
        if (sudden)
            prose_judge_report(judge, RULE_SUDDEN, true, w, sudden);
        for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
            if (alone[i].kind == w->kind)
                prose_judge_report(judge, alone[i].rule, alone[i].certain && !is_milder(s, w), w,
                                   w);
    }
    const struct sentence_word *claim = sentence_find(s, DANGER_CLAIM, 0);
    if (claim)
        judge_claim(judge, claim);
}
