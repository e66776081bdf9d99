// SPDX-License-Identifier: GPL-3.0-or-later
// A place is touched when a word such as "on" leads to it, or when it is what is pressed, and
// something presses: in its sentence, or in one just before.
#include "prose_touch.h"

#include "prose_judge.h"

enum {
    LEADS_WITHIN = 7,  // words between "on" and the place
    OBJECT_WITHIN = 5, // words between "press" and the place
    TOOL_WITHIN = 4,   // words between "roller" and the place, in notes without verbs
    REMEMBERED = 2,    // sentences
};

enum relation {
    RELATION_NONE,
    RELATION_BESIDE, // near it, or only noticed
    RELATION_TARGET, // on it
    RELATION_OBJECT, // "press the ..."
    RELATION_TOOL,   // "roller spine"
    RELATION_CARRIED // "the belly on the ball"
};

// ---- How a place is spoken of -------------------------------------------------------------------

// "Between the shoulder blade and the spine" leads to neither, "between the vertebrae" does.
static bool passes_by(const struct sentence *s, const struct sentence_word *lead,
                      const struct sentence_word *place)
{
    for (const struct sentence_word *w = lead; w-- > s->words && w->at == lead->at;)
        if (w->kind == DANGER_BESIDE && w->end <= place->at)
            return true;
    return false;
}

// Beside the throat is still the throat; beside the spine is muscle.
static bool is_wide(enum danger_kind place)
{
    return place == DANGER_THROAT || place == DANGER_BELLY || place == DANGER_GROIN ||
           place == DANGER_KNEE;
}

// "Let the attention sink down to the throat": only the mind goes there.
static bool is_sensed(const struct sentence *s, const struct sentence_word *lead)
{
    for (const struct sentence_word *w = lead; w-- > s->words && w->clause == lead->clause;) {
        if (w->kind == DANGER_SENSE)
            return true;
        if (w->kind == DANGER_PRESS || w->kind == DANGER_RUB || danger_is_tool(w->kind))
            return false;
    }
    return false;
}

// What the words before the place say, the nearest first; *lead is the word that says it.
static enum relation before_place(const struct prose_judge *judge,
                                  const struct sentence_word *place,
                                  const struct sentence_word **lead)
{
    const struct sentence *s = &judge->sentence;
    const struct sentence_word *wanted = place;
    bool tool = prose_judge_tool(judge, REMEMBERED);
    for (const struct sentence_word *w = place; w-- > s->words;) {
        int words = place->index - w->index;
        bool listed =
            danger_is_place(w->kind); // "on the spine, the neck": what leads to one leads on
        if (w->at >= place->at)
            continue;
        if (listed && w->clause + 1 >= place->clause)
            place = w;
        if (w->clause != place->clause)
            return RELATION_NONE;
        *lead = w;
        if (w->kind == DANGER_BESIDE && w->end <= place->at && words <= LEADS_WITHIN)
            return RELATION_BESIDE;
        if (w->kind == DANGER_NEAR && w->end <= place->at && words <= LEADS_WITHIN)
            return is_wide(wanted->kind) ? RELATION_TARGET : RELATION_BESIDE;
        if (w->kind == DANGER_SENSE || w->kind == DANGER_EASE || w->kind == DANGER_BREATH ||
            w->kind == DANGER_INHALE || w->kind == DANGER_EXHALE)
            return RELATION_BESIDE;
        if ((w->kind == DANGER_TARGET || w->kind == DANGER_UNDER) && words <= LEADS_WITHIN)
            return passes_by(s, w, wanted) || is_sensed(s, w) ? RELATION_BESIDE : RELATION_TARGET;
        bool presses =
            w->kind == DANGER_PRESS || w->kind == DANGER_RUB || (w->kind == DANGER_ROLL && tool);
        if (presses && sentence_is_meant(w))
            return words <= OBJECT_WITHIN ? RELATION_OBJECT : RELATION_NONE;
        if (danger_is_tool(w->kind) && sentence_is_meant(w) && words <= TOOL_WITHIN)
            return RELATION_TOOL;
    }
    return RELATION_NONE;
}

// What the words behind it say: "the belly on the ball", "the back into the floor".
static bool is_carried(const struct prose_judge *judge, const struct sentence_word *place,
                       const struct sentence_word **lead)
{
    const struct sentence *s = &judge->sentence;
    bool leads = false;
    for (const struct sentence_word *w = place + 1; w < s->words + s->count; w++) {
        if (w->clause != place->clause || w->kind == DANGER_SENSE)
            return false;
        leads |= w->kind == DANGER_TARGET;
        bool tool = danger_is_tool(w->kind) ||
                    (w->kind == DANGER_IT && prose_judge_tool(judge, REMEMBERED));
        *lead = w;
        if (leads && tool && sentence_is_meant(w))
            return true;
    }
    return false;
}

static bool rests_on_surface(const struct sentence *s, const struct sentence_word *place)
{
    bool leads = false;
    for (const struct sentence_word *w = place + 1; w < s->words + s->count; w++) {
        if (w->clause != place->clause)
            return false;
        leads |= w->kind == DANGER_TARGET || w->kind == DANGER_BESIDE || w->kind == DANGER_NEAR;
        if (leads && (w->kind == DANGER_FLOOR || w->kind == DANGER_WALL))
            return true;
    }
    return false;
}

static enum relation relation_of(const struct prose_judge *judge, const struct sentence_word *place,
                                 const struct sentence_word **lead)
{
    enum relation relation = before_place(judge, place, lead);
    if (relation == RELATION_BESIDE || relation == RELATION_TARGET)
        return relation;
    if (relation == RELATION_OBJECT && rests_on_surface(&judge->sentence, place))
        return RELATION_NONE;
    const struct sentence_word *behind = NULL;
    if (relation == RELATION_NONE && is_carried(judge, place, &behind)) {
        *lead = behind;
        return RELATION_CARRIED;
    }
    return relation;
}

// ---- Whether something presses there ------------------------------------------------------------

enum certainty { CERTAINTY_NO, CERTAINTY_PERHAPS, CERTAINTY_YES };

// A sentence without a verb or tool of its own, or with "it", goes on with what was said before.
static bool goes_on(const struct prose_judge *judge, const struct sentence_word *place)
{
    const struct sentence *s = &judge->sentence;
    if (sentence_means(s, DANGER_IT))
        return true;
    return place->index <= 5 && !sentence_means(s, DANGER_EASE) && !sentence_has(s, DANGER_FINGER);
}

static enum certainty certainty_of(const struct prose_judge *judge,
                                   const struct sentence_word *place, enum relation relation)
{
    const struct sentence *s = &judge->sentence;
    if (relation == RELATION_NONE || relation == RELATION_BESIDE)
        return CERTAINTY_NO;
    if (relation != RELATION_TARGET)
        return CERTAINTY_YES;
    bool presses = prose_judge_presses(judge, -1) ||
                   (sentence_means(s, DANGER_LEAN) && prose_judge_tool(judge, REMEMBERED)) ||
                   (sentence_means(s, DANGER_ROLL) && prose_judge_tool(judge, REMEMBERED));
    bool digs = sentence_means(s, DANGER_FINGER) && sentence_means(s, DANGER_DEEP);
    if (presses || digs)
        return CERTAINTY_YES;
    if (!prose_judge_tool(judge, REMEMBERED) && !prose_judge_presses(judge, 1))
        return CERTAINTY_NO;
    return goes_on(judge, place) ? CERTAINTY_YES : CERTAINTY_PERHAPS;
}

// ---- Places -------------------------------------------------------------------------------------

static const enum rule rules[DANGER_KINDS] = {
    [DANGER_SPINE] = RULE_SPINE,     [DANGER_THROAT] = RULE_THROAT, [DANGER_BELLY] = RULE_BELLY,
    [DANGER_GROIN] = RULE_GROIN,     [DANGER_KNEE] = RULE_KNEE,     [DANGER_BONE] = RULE_BONE,
    [DANGER_KIDNEYS] = RULE_KIDNEYS,
};

// The neck takes fingers, and no more.
static void judge_neck(struct prose_judge *judge, const struct sentence_word *place,
                       const struct sentence_word *lead, enum certainty certainty)
{
    if (prose_judge_tool(judge, goes_on(judge, place) ? REMEMBERED : 0))
        prose_judge_report(judge, RULE_NECK, certainty == CERTAINTY_YES, lead, place);
}

// A ball at a wall is fine there; on the floor the body's weight is on it.
static void judge_low_back(struct prose_judge *judge, const struct sentence_word *place,
                           const struct sentence_word *lead, enum certainty certainty)
{
    const struct sentence *s = &judge->sentence;
    bool own = prose_judge_tool(judge, -1);
    bool roller = own ? sentence_means(s, DANGER_ROLLER)
                      : judge->since[DANGER_ROLLER] < judge->since[DANGER_BALL];
    bool ball = own ? sentence_means(s, DANGER_BALL) : judge->since[DANGER_BALL] <= REMEMBERED;
    bool certain = certainty == CERTAINTY_YES;
    if (roller) {
        prose_judge_report(judge, RULE_LOW_BACK_ROLLER, certain, lead, place);
        return;
    }
    bool wall =
        sentence_means(s, DANGER_WALL) ||
        (judge->since[DANGER_WALL] <= 6 && judge->since[DANGER_WALL] < judge->since[DANGER_FLOOR] &&
         !sentence_means(s, DANGER_FLOOR) && judge->posture != POSTURE_LYING);
    if (!ball || (wall && lead->kind != DANGER_UNDER))
        return;
    bool lies = lead->kind == DANGER_UNDER || sentence_means(s, DANGER_FLOOR) ||
                sentence_means(s, DANGER_LIE) || judge->posture == POSTURE_LYING;
    prose_judge_report(judge, RULE_LOW_BACK_FLOOR, certain && lies, lead, place);
}

// A soft hand on the belly, and what is only imagined, are not refused.
static bool is_mild(const struct prose_judge *judge, const struct sentence_word *place)
{
    static const enum danger_kind imagine = DANGER_IMAGINE;
    bool soft = place->kind == DANGER_BELLY && sentence_means(&judge->sentence, DANGER_SOFT);
    return soft || (prose_judge_said(judge, &imagine, 1, REMEMBERED) &&
                    !prose_judge_tool(judge, REMEMBERED));
}

static void judge_place(struct prose_judge *judge, const struct sentence_word *place)
{
    const struct sentence_word *lead = place;
    enum relation relation = relation_of(judge, place, &lead);
    enum certainty certainty = certainty_of(judge, place, relation);
    // The neck and the low back take something; the others nothing.
    bool strict = place->kind != DANGER_NECK && place->kind != DANGER_LOW_BACK;
    if (relation != RELATION_BESIDE && sentence_is_meant(place) && strict) {
        judge->place = place->kind;
        judge->place_ago = 0;
    }
    if (certainty == CERTAINTY_NO || place->negated)
        return;
    if (place->thought || is_mild(judge, place))
        certainty = CERTAINTY_PERHAPS;
    if (place->kind == DANGER_NECK)
        judge_neck(judge, place, lead, certainty);
    else if (place->kind == DANGER_LOW_BACK)
        judge_low_back(judge, place, lead, certainty);
    else
        prose_judge_report(judge, rules[place->kind], certainty == CERTAINTY_YES, lead, place);
}

// "It lies deep in the abdomen. Press in until you find it.": the place was named before. The spine
// is not such a place: nearly every text names it, and presses something else.
static void judge_earlier_place(struct prose_judge *judge)
{
    const struct sentence *s = &judge->sentence;
    const struct sentence_word *press = sentence_find(s, DANGER_PRESS, 0);
    enum danger_kind place = judge->place;
    bool goes_on = sentence_means(s, DANGER_IT) || sentence_means(s, DANGER_FINGER) ||
                   prose_judge_tool(judge, -1);
    if (press && goes_on && rules[place] != RULE_SPINE && judge->place_ago <= REMEMBERED)
        prose_judge_report(judge, rules[place], false, press, press);
}

void prose_touch_judge(struct prose_judge *judge)
{
    bool named = false;
    judge->place_ago++;
    for (size_t i = 0; i < judge->sentence.count; i++) {
        const struct sentence_word *word = &judge->sentence.words[i];
        if (!danger_is_place(word->kind))
            continue;
        named = true;
        judge_place(judge, word);
    }
    if (!named)
        judge_earlier_place(judge);
}
