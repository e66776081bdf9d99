// SPDX-License-Identifier: GPL-3.0-or-later
// Each sentence is read, judged, and remembered for those that follow: a place and a number belong
// to the tool that was named before.
#include "prose_check.h"

#include "header.h"
#include "prose_alone.h"
#include "prose_amount.h"
#include "prose_judge.h"
#include "prose_touch.h"

enum {
    COUNTED_BYTES = 12, // "Seventeen."
};

// ---- What was said before -----------------------------------------------------------------------

static void remember_posture(struct prose_judge *judge)
{
    for (size_t i = 0; i < judge->sentence.count; i++) {
        const struct sentence_word *word = &judge->sentence.words[i];
        if (word->kind == DANGER_IMAGINE)
            return;
        if (!sentence_is_meant(word))
            continue;
        if (word->kind == DANGER_STAND)
            judge->posture = POSTURE_STANDING;
        else if (word->kind == DANGER_SIT)
            judge->posture = POSTURE_SITTING;
        else if (word->kind == DANGER_LIE)
            judge->posture = POSTURE_LYING;
    }
}

static void remember(struct prose_judge *judge)
{
    static const enum danger_kind tools[] = {DANGER_BALL,  DANGER_ROLLER, DANGER_FIST,
                                             DANGER_PRESS, DANGER_RUB,    DANGER_ROLL};
    for (size_t i = 0; i < judge->sentence.count; i++) {
        const struct sentence_word *word = &judge->sentence.words[i];
        if (sentence_is_meant(word))
            judge->since[word->kind] = 0;
    }
    if (sentence_means(&judge->sentence, DANGER_AWAY))
        for (size_t i = 0; i < sizeof tools / sizeof *tools; i++)
            judge->since[tools[i]] = PROSE_LONG_AGO;
    remember_posture(judge);
}

static void grow_older(struct prose_judge *judge)
{
    for (size_t i = 0; i < DANGER_KINDS; i++)
        if (judge->since[i] < PROSE_LONG_AGO)
            judge->since[i]++;
}

// "Two.", as a line of its own: it goes on with what is counted.
static bool is_counting(const struct prose_judge *judge)
{
    for (size_t i = 0; i < judge->sentence.count; i++)
        if (judge->sentence.words[i].kind != DANGER_NUMBER)
            return false;
    return text_trim(judge->sentence.text).size <= COUNTED_BYTES;
}

// ---- Needs --------------------------------------------------------------------------------------

static void note_need(struct prose_judge *judge, enum danger_kind kind, bool *need,
                      struct place *place)
{
    const struct sentence_word *word = sentence_find(&judge->sentence, kind, 0);
    if (!word || *need || !prose_node(judge->prose, word->at)) // a title is not spoken
        return;
    *need = true;
    *place = prose_place(judge->prose, judge->session, judge->data, word->at);
}

static void note_needs(struct prose_judge *judge)
{
    static const enum danger_kind touch[] = {DANGER_BALL, DANGER_ROLLER, DANGER_FIST, DANGER_RUB};
    struct prose_needs *needs = judge->needs;
    for (size_t i = 0; i < sizeof touch / sizeof *touch; i++)
        note_need(judge, touch[i], &needs->touch, &needs->touch_place);
    if (sentence_means(&judge->sentence, DANGER_FINGER))
        note_need(judge, DANGER_PRESS, &needs->touch, &needs->touch_place);
    note_need(judge, DANGER_STRETCH, &needs->movement, &needs->movement_place);
    note_need(judge, DANGER_MOVE, &needs->movement, &needs->movement_place);
}

// ---- The whole ----------------------------------------------------------------------------------

static void visit(void *context, const struct prose_sentence *prose)
{
    struct prose_judge *judge = context;
    judge->prose = prose;
    // What a heading such as "Avoid:" forbids is listed below it.
    bool forbidden = judge->not_open && prose->listed;
    sentence_read(&judge->sentence, judge->dangers, prose->text, forbidden);
    if (!is_counting(judge))
        grow_older(judge);
    if (prose->apart)
        grow_older(judge);
    prose_touch_judge(judge);
    prose_amount_judge(judge);
    prose_alone_judge(judge);
    note_needs(judge);
    remember(judge);
    judge->not_open = judge->sentence.not_open || forbidden;
}

bool prose_check(const struct session *session, struct text data, const struct dangers *dangers,
                 struct diagnostics *list, struct prose_needs *needs)
{
    struct prose_judge judge = {.session = session,
                                .dangers = dangers,
                                .data = data,
                                .list = list,
                                .needs = needs,
                                .place_ago = PROSE_LONG_AGO,
                                .symptom_ago = PROSE_LONG_AGO,
                                .standing = header_has_position(session, "standing")};
    for (size_t i = 0; i < DANGER_KINDS; i++)
        judge.since[i] = PROSE_LONG_AGO;
    *needs = (struct prose_needs){.touch = false};
    return prose_visit(session, visit, &judge);
}
