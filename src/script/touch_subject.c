// SPDX-License-Identifier: GPL-3.0-or-later
// A touch is a tool and a place that stand together, a movement is its name.
#include "touch_subject.h"

enum { PLACE_WORDS = 4 }; // between two places that belong together

bool touch_subject_is_laid(struct text tool)
{
    return text_equal_c(tool, "ball") || text_equal_c(tool, "roller") ||
           text_equal_c(tool, "towel");
}

// The tool of a sentence: what lies on something comes first; hands do something else unless they
// press or rub.
static const struct mention *find_tool(const struct mentions *m)
{
    const struct mention *tool = NULL;
    for (size_t i = 0; i < m->count; i++) {
        const struct mention *found = mentions_find(m, TOUCH_TOOL, i);
        if (!found)
            break;
        if (touch_subject_is_laid(found->name))
            return found;
        tool = tool ? tool : found;
        i = (size_t)(found - m->items);
    }
    return tool && mentions_find(m, MENTION_PRESS, 0) ? tool : NULL;
}

static bool overlaps(const struct mention *a, const struct mention *b)
{
    return b && a->at < b->end && b->at < a->end;
}

static int distance(const struct mention *region, const struct mention *from)
{
    int words = from ? region->index - from->index : region->index;
    return words < 0 ? 100 - words : words; // what follows the tool is meant rather
}

// The region that the sentence touches. `hands`: they may be one. *unclear: it names two of them.
static const struct mention *find_region(const struct mentions *m, const struct mention *tool,
                                         bool hands, bool *unclear)
{
    const struct mention *best = NULL;
    *unclear = false;
    const struct mention *from = tool ? tool : mentions_find(m, MENTION_PRESS, 0);
    for (size_t i = 0; i < m->count; i++) {
        const struct mention *r = &m->items[i];
        if (r->kind != TOUCH_REGION || !r->meant || r->hidden || overlaps(r, tool))
            continue;
        if (!hands && text_equal_c(r->name, "hands"))
            continue;
        bool names_back =
            best && text_equal_c(best->name, "back") &&
            (text_equal_c(r->name, "low-back") || text_equal_c(r->name, "upper-back"));
        if (!best || names_back || distance(r, from) < distance(best, from))
            best = r;
    }
    for (size_t i = 0; best && i < m->count; i++) {
        const struct mention *r = &m->items[i];
        bool other = r->kind == TOUCH_REGION && r->meant && !r->hidden && !overlaps(r, tool) &&
                     !text_equal(r->name, best->name) && !text_equal_c(r->name, "back");
        if (other && r->clause == best->clause && r->index - best->index <= PLACE_WORDS &&
            best->index - r->index <= PLACE_WORDS)
            *unclear = true;
    }
    return best;
}

static const struct mention *find_move(const struct mentions *m)
{
    return mentions_find(m, TOUCH_MOVE, 0);
}

bool touch_subject_in(const struct touch_sentence *sentence)
{
    bool unclear;
    const struct mention *tool = find_tool(sentence->mentions);
    return find_move(sentence->mentions) ||
           (tool &&
            find_region(sentence->mentions, tool, touch_subject_is_laid(tool->name), &unclear));
}

// "Muscle beside the spine": which part of the back was said before.
static struct text region_name(struct text name, const struct touch_source *source)
{
    return text_equal_c(name, "back") ? source->back : name;
}

static const struct mention *region_near(const struct touch_source *source, size_t at,
                                         const struct mention *tool, bool *unclear, bool *before)
{
    const bool hands = touch_subject_is_laid(tool->name); // else they are the tool
    const struct mention *region =
        find_region(source->sentences[at].mentions, tool, hands, unclear);
    *before = !region;
    if (!region && at > 0)
        region = find_region(source->sentences[at - 1].mentions, NULL, hands, unclear);
    if (!region && source->heading)
        region = find_region(source->heading->mentions, NULL, hands, unclear);
    return region;
}

static void find_surface(struct touch_step *step, const struct touch_source *source)
{
    const struct mention *found =
        step->subject == TOUCH_STEP_NO_SENTENCE
            ? NULL
            : mentions_find(source->sentences[step->subject].mentions, TOUCH_SURFACE, 0);
    for (size_t i = 0; i < source->count && !found; i++)
        found = mentions_find(source->sentences[i].mentions, TOUCH_SURFACE, 0);
    if (!found && source->heading)
        found = mentions_find(source->heading->mentions, TOUCH_SURFACE, 0);
    if (found && touch_subject_is_laid(step->tool))
        step->surface = found->name;
}

static void take_contact(struct touch_step *step, const struct touch_source *source, size_t subject,
                         const struct mention *tool, const struct mention *region)
{
    step->kind = TOUCH_STEP_CONTACT;
    step->subject = subject;
    step->tool = tool->name;
    step->region = region_name(region->name, source);
    find_surface(step, source);
    if (step->region.size == 0)
        step->refusal = "which part of the back is meant is not said";
}

static bool names_span(const struct mentions *m)
{
    size_t next = 0;
    struct amount amount;
    while (mentions_amount(m, &next, &amount))
        if (amount.unit != AMOUNT_OF_TEN)
            return true;
    return false;
}

static void look_for_subject(struct touch_step *step, const struct touch_source *source, size_t at)
{
    bool unclear = false;
    bool before = false;
    const struct mentions *m = source->sentences[at].mentions;
    const struct mention *tool = find_tool(m);
    const struct mention *region = tool ? region_near(source, at, tool, &unclear, &before) : NULL;
    const struct mention *move = find_move(m);
    if (!region && !move)
        return;
    *step = (struct touch_step){.other = TOUCH_STEP_NO_SENTENCE, .region_before = before};
    if (region) {
        take_contact(step, source, at, tool, region);
        if (unclear)
            step->refusal = "more than one place is named";
        return;
    }
    step->kind = TOUCH_STEP_MOVE;
    step->subject = at;
    step->move = move->name;
}

// What is named last before a time is what the time belongs to.
void touch_subject_find(struct touch_step *step, const struct touch_source *source)
{
    for (size_t i = 0; i < source->count; i++) {
        if (mentions_find(source->sentences[i].mentions, TOUCH_OTHER, 0) &&
            step->kind != TOUCH_STEP_NOTHING)
            break;
        look_for_subject(step, source, i);
        if (step->kind != TOUCH_STEP_NOTHING && names_span(source->sentences[i].mentions))
            break;
    }
    const struct mention *named = source->heading ? find_move(source->heading->mentions) : NULL;
    if (step->kind != TOUCH_STEP_NOTHING || !named || source->count == 0)
        return;
    step->kind = TOUCH_STEP_MOVE;
    step->subject = TOUCH_STEP_NO_SENTENCE;
    step->move = named->name;
}

// The first sentence that says something of it: what stands before is said once, and before its
// sides.
size_t touch_subject_begin(const struct touch_step *step, const struct touch_source *source)
{
    const size_t last = step->subject == TOUCH_STEP_NO_SENTENCE ? 0 : step->subject;
    for (size_t i = 0; i < last; i++) {
        const struct mentions *m = source->sentences[i].mentions;
        const struct mention *tool = find_tool(m);
        if ((tool && touch_subject_is_laid(tool->name)) || mentions_find(m, TOUCH_LEFT, 0) ||
            mentions_find(m, TOUCH_RIGHT, 0) || mentions_find(m, TOUCH_ONE, 0) ||
            (i + 1 == last && step->region_before))
            return i;
    }
    return last;
}
