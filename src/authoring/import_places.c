// SPDX-License-Identifier: GPL-3.0-or-later
// What stands before the subject prepares it, what stands behind it belongs into it.
#include "import_places.h"

#include "import_cuts.h"
#include "pace.h"

enum {
    RELEASE_WORDS = 6,
    SIDE_WORDS = 4,
    WITH_WORDS = 4,
    INSIDE_TENTHS = 5, // of the time, for what is said in it
    LINE_SECONDS = 2,  // behind a line
    BREATH_SECONDS = 10,
};

static size_t word_count(const struct mentions *m)
{
    return m->count > 0 ? (size_t)m->items[m->count - 1].index + 1 : 0;
}

// ---- Parts --------------------------------------------------------------------------------------

static bool is_release(const struct mentions *m)
{
    size_t next = 0;
    struct amount amount;
    return mentions_find(m, TOUCH_RELEASE, 0) && word_count(m) <= RELEASE_WORDS &&
           !mentions_amount(m, &next, &amount);
}

static bool sides_in(const struct mentions *m)
{
    return mentions_find(m, TOUCH_LEFT, 0) || mentions_find(m, TOUCH_RIGHT, 0);
}

// "Left side first."
static bool is_side_only(const struct mentions *m)
{
    return sides_in(m) && word_count(m) <= SIDE_WORDS && !mentions_find(m, TOUCH_REGION, 0);
}

static bool takes_place(const struct mentions *m)
{
    return m->lies || m->sits || m->stands;
}

// Of a sentence between the first and the last that say something of the step.
static enum import_place part_of(const struct import_places *maker, size_t i)
{
    const struct touch_step *step = maker->step;
    const struct mentions *m = maker->sentences[i].mentions;
    if (step->subject == TOUCH_STEP_NO_SENTENCE)
        return takes_place(m) ? IMPORT_PLACE_SETUP : IMPORT_PLACE_INSIDE;
    if (i < step->subject)
        return IMPORT_PLACE_SETUP;
    if (m->denies && step->kind == TOUCH_STEP_CONTACT) // what to keep off is heard before
        return IMPORT_PLACE_SETUP;
    if (i == step->subject)
        return step->kind == TOUCH_STEP_CONTACT || takes_place(m) ? IMPORT_PLACE_SETUP
                                                                  : IMPORT_PLACE_INSIDE;
    return IMPORT_PLACE_INSIDE;
}

// "Breathe normally.", in the line that says how long.
static bool goes_with(const struct import_places *maker, size_t i)
{
    const struct mentions *m = maker->sentences[i].mentions;
    return i == maker->step->end && maker->sentences[i].line == maker->sentences[i - 1].line &&
           word_count(m) <= WITH_WORDS && !m->denies && !takes_place(m) &&
           !mentions_find(m, TOUCH_RELEASE, 0);
}

static enum import_place place_of(const struct import_places *maker, size_t i)
{
    const struct touch_step *step = maker->step;
    const struct mentions *m = maker->sentences[i].mentions;
    bool behind_subject = step->subject == TOUCH_STEP_NO_SENTENCE || i > step->subject;
    if (i < step->begin)
        return IMPORT_PLACE_BEFORE;
    if (maker->texts[i].size == 0 || i == step->other)
        return maker->texts[i].size == 0 ? IMPORT_PLACE_GONE : IMPORT_PLACE_SECOND;
    if (maker->first != SIDE_NONE && is_side_only(m))
        return IMPORT_PLACE_FIRST;
    if (behind_subject && is_release(m) && i <= step->end && !(step->repetitions && i < step->end))
        return IMPORT_PLACE_END;
    if (i >= step->end)
        return goes_with(maker, i) ? IMPORT_PLACE_INSIDE : IMPORT_PLACE_BEHIND;
    return part_of(maker, i);
}

// What is said in the block takes no more than a part of its time; else it is said before.
static void keep_short(struct import_places *maker)
{
    int64_t frames = 0;
    int seconds = maker->step->counted ? BREATH_SECONDS * maker->step->least : maker->step->least;
    for (size_t i = 0; i < maker->count; i++)
        if (maker->places[i] == IMPORT_PLACE_INSIDE)
            frames += pace_guess_clip(maker->texts[i]) + LINE_SECONDS * FRAME_RATE;
    for (size_t i = 0; i < maker->count; i++)
        if (maker->places[i] == IMPORT_PLACE_INSIDE &&
            frames > (int64_t)seconds * FRAME_RATE * INSIDE_TENTHS / 10)
            maker->places[i] = IMPORT_PLACE_SETUP;
}

static void cut_release(struct import_places *maker)
{
    for (size_t i = maker->count; i-- > 0;) {
        if (maker->places[i] == IMPORT_PLACE_END)
            return;
        if (maker->places[i] != IMPORT_PLACE_INSIDE && maker->places[i] != IMPORT_PLACE_SETUP)
            continue;
        if (i >= maker->step->end)
            continue;
        struct text text = maker->texts[i];
        if (!maker->step->repetitions &&
            import_cuts_release(&maker->state->words, &text, &maker->release))
            maker->texts[i] = text;
        return;
    }
}

// What is left of the sentence that asks for the other side: where the passes of a block say it,
// nothing but what it says besides.
static void share_other(struct import_places *maker, size_t i)
{
    const struct touch_sentence *sentence = &maker->sentences[i];
    struct text text = import_cuts_other(&maker->state->words, sentence->text);
    bool whole = text_equal(text, sentence->text);
    bool names = sides_in(sentence->mentions);
    size_t next = 0;
    struct amount amount;
    const size_t subject = maker->step->subject;
    const bool names_it = subject != TOUCH_STEP_NO_SENTENCE && i <= subject;
    if (whole && (names_it || mentions_amount(sentence->mentions, &next, &amount))) {
        maker->places[i] = IMPORT_PLACE_FIRST; // it says more, and asks for what comes next
        return;
    }
    if (whole || (text.size == 0 && names && !maker->names_sides)) {
        maker->places[i] = IMPORT_PLACE_SECOND;
        return;
    }
    maker->texts[i] = import_cuts_said(&maker->state->words, text, maker->sides);
    maker->places[i] = maker->texts[i].size == 0 ? IMPORT_PLACE_GONE : part_of(maker, i);
    import_note(maker->state, sentence->line, "\"%.*s\" became the second pass of @sides",
                TEXT_ARG(sentence->text));
}

void import_places_share(struct import_places *maker)
{
    const struct touch_step *step = maker->step;
    maker->sides = step->sides == TOUCH_STEP_SIDES_NAMED || step->sides == TOUCH_STEP_SIDES_BOTH;
    maker->first = step->sides == TOUCH_STEP_SIDES_NAMED ? step->first : SIDE_NONE;
    const bool turns = maker->sides || step->sides == TOUCH_STEP_SIDES_TURN;
    for (size_t i = 0; i < maker->count; i++) {
        struct text text = maker->sentences[i].text;
        bool within = i >= step->begin && i < step->end && i != step->other;
        maker->texts[i] = within ? import_cuts_said(&maker->state->words, text, turns) : text;
        maker->places[i] = place_of(maker, i);
        bool both =
            maker->places[i] == IMPORT_PLACE_SETUP || maker->places[i] == IMPORT_PLACE_INSIDE;
        maker->names_sides |= both && sides_in(maker->sentences[i].mentions);
    }
    if (step->other < maker->count)
        share_other(maker, step->other);
    cut_release(maker);
    keep_short(maker);
}

bool import_places_have(const struct import_places *maker, enum import_place place)
{
    for (size_t i = 0; i < maker->count; i++)
        if (maker->places[i] == place)
            return true;
    return false;
}
