// SPDX-License-Identifier: GPL-3.0-or-later
#include "law.h"

#include "breath.h"
#include "utterances.h"

#include <stdio.h>
#include <stdlib.h>

#define SECONDS_SIX ((int64_t)6 * FRAME_RATE)                    // where a ramp begins
#define SECONDS_SLOWEST ((int64_t)FRAME_RATE * 60 * 10 / 45 + 1) // 4.5 a minute

#define FAIL(c, ...) return snprintf((c)->why, sizeof(c)->why, __VA_ARGS__), false

static double seconds(int64_t frames)
{
    return seconds_from_frames(frames);
}

static int64_t end_of(const struct event *event)
{
    return event->start_frame + event->frames;
}

static bool check_frame(struct law_case *c, const struct timeline *t, int64_t total_frames)
{
    int64_t at = 0;
    int64_t last = 0;
    if (t->total_frames != total_frames)
        FAIL(c, "total is %.6f s, not %.6f", seconds(t->total_frames), seconds(total_frames));
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->start_frame < last || e->frames < 0 || end_of(e) > total_frames)
            FAIL(c, "event %zu lies at %.3f s for %.3f s", i, seconds(e->start_frame),
                 seconds(e->frames));
        last = e->start_frame;
        if (e->type != EVENT_SECTION)
            continue;
        if (e->start_frame != at)
            FAIL(c, "section %d begins at %.3f s, not %.3f", e->section, seconds(e->start_frame),
                 seconds(at));
        at = end_of(e);
    }
    if (at != total_frames)
        FAIL(c, "the sections end at %.6f s", seconds(at));
    if (t->lead_frames != TIMELINE_LEAD_FRAMES || t->tail_frames < 8 * FRAME_RATE)
        FAIL(c, "lead or tail too short: %.3f, %.3f s", seconds(t->lead_frames),
             seconds(t->tail_frames));
    return true;
}

// Where a session ends in sleep, a third of it or more is one section in which nothing happens, and
// its fade is a tenth of the whole, 1 to 3 min.
static bool check_sleep(struct law_case *c, const struct timeline *t)
{
    const int64_t minute = 60 * FRAME_RATE;
    int64_t quiet = 0;
    if (t->ending != c->session->ending)
        FAIL(c, "the timeline ends in another way");
    if (t->ending != ENDING_SLEEP)
        return true;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->section + 1 != (int)c->session->section_count)
            continue;
        if (e->type != EVENT_SECTION)
            FAIL(c, "an event in the sleep at %.3f s", seconds(e->start_frame));
        quiet = e->frames;
    }
    if (3 * quiet < t->total_frames || quiet < t->tail_frames)
        FAIL(c, "%.3f s of quiet at the end of %.3f", seconds(quiet), seconds(t->total_frames));
    int64_t tail = t->total_frames / 10;
    tail = tail < minute ? minute : tail > 3 * minute ? 3 * minute : tail;
    if (t->tail_frames != tail)
        FAIL(c, "a fade of %.3f s, not %.3f", seconds(t->tail_frames), seconds(tail));
    return true;
}

static bool check_speech(struct law_case *c, const struct timeline *t)
{
    int64_t heard = t->lead_frames;
    int64_t sum = 0;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type != EVENT_SPEECH)
            continue;
        if (e->start_frame < heard)
            FAIL(c, "speech at %.3f s begins before %.3f", seconds(e->start_frame), seconds(heard));
        int64_t clip = c->clips[e->as.speech.utterance];
        if (e->frames > clip || (e->frames < clip && !c->refitted))
            FAIL(c, "a clip at %.3f s was cut or stretched", seconds(e->start_frame));
        heard = end_of(e);
        sum += e->frames;
    }
    if (heard > t->total_frames - t->tail_frames)
        FAIL(c, "speech in the tail");
    if (sum != t->speech_frames)
        FAIL(c, "speech_frames is wrong");
    return true;
}

// ---- What may and must be said ------------------------------------------------------------------

// A line of the language, which is no line of the script.
static bool keeps_company(const struct law_case *c, const struct event *event)
{
    for (size_t i = 0; i < c->utterances->company_count; i++)
        if (event->as.speech.utterance == c->utterances->company[i] &&
            event->as.speech.level == LEVEL_PRESENCE && event->as.speech.line->place.line == 0)
            return true;
    return false;
}

static bool is_heard(const struct node *line, bool natural)
{
    return line->breathing == BREATHING_ANY || natural == (line->breathing == BREATHING_NATURAL);
}

struct saying {
    const struct node *line;
    enum side side;
    bool must;
};

struct sayings {
    struct saying *items;
    size_t count, capacity;
};

static void add_saying(struct sayings *list, struct saying saying)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 64;
        list->items = realloc(list->items, list->capacity * sizeof *list->items);
        if (!list->items)
            abort();
    }
    list->items[list->count++] = saying;
}

static void list_sayings(struct sayings *list, const struct law_case *c, const struct node *first,
                         const struct node *sides, int pass, bool must)
{
    for (const struct node *n = first; n; n = n->next) {
        bool needed = must && n->level == LEVEL_MUST;
        if (n->type == NODE_LINE) {
            if (n->pass != PASS_BOTH && (n->pass == PASS_FIRST) != (pass == 0))
                continue;
            if (!is_heard(n, c->natural))
                continue;
            add_saying(list,
                       (struct saying){n, sides ? sides->as.sides.order[pass] : SIDE_NONE, needed});
        } else if (n->type == NODE_SIDES) {
            list_sayings(list, c, n->children, n, 0, needed);
            list_sayings(list, c, n->children, n, 1, needed);
        } else if (n->type == NODE_REPEAT) {
            for (int round = 0; round < n->as.repeat.most; round++)
                list_sayings(list, c, n->children, sides, pass,
                             needed && round < n->as.repeat.least);
        } else {
            list_sayings(list, c, n->children, sides, pass, needed && n->type != NODE_REST);
        }
    }
}

static bool is_saying(const struct saying *saying, const struct event *event)
{
    return saying->line == event->as.speech.line && saying->side == event->side;
}

// Which of the sayings may be the one behind the events so far: rounds are alike, so there can be
// several readings. reach[k]: the events so far can be the sayings before k, no must skipped.
static bool follow_event(const struct sayings *list, bool *reach, const struct event *event)
{
    bool open = false; // some reading can go on from here
    bool any = false;
    for (size_t k = 0; k <= list->count; k++) {
        open = open || reach[k];
        bool here = k < list->count && open && is_saying(&list->items[k], event);
        if (k < list->count && list->items[k].must)
            open = false;
        // reach[k + 1] is read before it is written: shift by one, from the front.
        reach[k] = here;
        any = any || here;
    }
    for (size_t k = list->count; k > 0; k--)
        reach[k] = reach[k - 1];
    reach[0] = false;
    return any;
}

// The spoken lines are the script's, in order, with none of the musts missing.
static bool check_script(struct law_case *c, const struct timeline *t)
{
    struct sayings list = {NULL, 0, 0};
    for (size_t i = 0; i < c->session->section_count; i++)
        list_sayings(&list, c, c->session->sections[i].first, NULL, 0, true);
    bool *reach = calloc(list.count + 1, sizeof *reach);
    if (!reach)
        abort();
    reach[0] = true;
    bool good = true;
    for (size_t i = 0; i < t->event_count && good; i++) {
        const struct event *e = &t->events[i];
        if (e->type != EVENT_SPEECH || !e->as.speech.line || keeps_company(c, e))
            continue;
        good = follow_event(&list, reach, e);
        if (!good)
            snprintf(c->why, sizeof c->why,
                     "a must is missing, or something is out of order, at %.3f s",
                     seconds(e->start_frame));
    }
    bool whole = false;
    for (size_t k = 0; k <= list.count; k++) {
        whole = whole || reach[k];
        whole = whole && (k == list.count || !list.items[k].must);
    }
    if (good && !whole)
        snprintf(c->why, sizeof c->why, "a must is missing at the end");
    free(reach);
    free(list.items);
    return good && whole;
}

// ---- Touch --------------------------------------------------------------------------------------

static int64_t least_pressure(const struct node *first, bool must)
{
    int64_t sum = 0;
    for (const struct node *n = first; n; n = n->next) {
        bool needed = must && n->level == LEVEL_MUST;
        int64_t inside = least_pressure(n->children, needed);
        if (n->type == NODE_REPEAT)
            inside *= n->as.repeat.least;
        sum += inside;
        if (n->type == NODE_CONTACT && needed)
            sum += n->as.contact.frames.most;
    }
    return sum;
}

static bool check_timed(struct law_case *c, const struct timeline *t)
{
    int64_t pressure[SIDE_COUNT] = {0};
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type != EVENT_CONTACT && e->type != EVENT_MOVE)
            continue;
        const struct node *n = e->as.contact.node;
        struct range limit = e->type == EVENT_CONTACT ? n->as.contact.frames : n->as.move.frames;
        if (e->frames < limit.least || e->frames > limit.most)
            FAIL(c, "a timed block at %.3f s takes %.3f s", seconds(e->start_frame),
                 seconds(e->frames));
        for (enum side side = SIDE_LEFT; side <= SIDE_RIGHT; side++)
            if (e->type == EVENT_CONTACT && (e->side == side || e->side == SIDE_NONE))
                pressure[side] += e->frames;
        for (size_t k = 0; k < t->event_count; k++) {
            const struct event *s = &t->events[k];
            if (s->type != EVENT_SPEECH || end_of(s) <= e->start_frame ||
                s->start_frame >= end_of(e))
                continue;
            if (s->start_frame < e->start_frame || end_of(s) > end_of(e))
                FAIL(c, "speech at %.3f s crosses a timed block's edge", seconds(s->start_frame));
        }
    }
    int64_t must = 0;
    for (size_t i = 0; i < c->session->section_count; i++)
        must += least_pressure(c->session->sections[i].first, true);
    int64_t budget = (int64_t)6 * 60 * FRAME_RATE;
    for (enum side side = SIDE_LEFT; side <= SIDE_RIGHT; side++)
        if (pressure[side] > budget && pressure[side] > must)
            FAIL(c, "%.1f s of pressure on one side", seconds(pressure[side]));
    return true;
}

// The next contact or move on `side` from event *at on, or NULL.
static const struct event *next_timed(const struct timeline *t, size_t *at, enum side side)
{
    while (*at < t->event_count) {
        const struct event *e = &t->events[(*at)++];
        if ((e->type == EVENT_CONTACT || e->type == EVENT_MOVE) && e->side == side)
            return e;
    }
    return NULL;
}

static bool check_sides(struct law_case *c, const struct timeline *t)
{
    size_t left_at = 0;
    size_t right_at = 0;
    while (true) {
        const struct event *left = next_timed(t, &left_at, SIDE_LEFT);
        const struct event *right = next_timed(t, &right_at, SIDE_RIGHT);
        if (!left && !right)
            return true;
        if (!left || !right || left->as.contact.node != right->as.contact.node ||
            left->frames != right->frames)
            FAIL(c, "the sides differ at %.3f s", seconds((left ? left : right)->start_frame));
    }
}

// ---- Breath -------------------------------------------------------------------------------------

static int64_t least_paced(const struct law_case *c, const struct node *first)
{
    int64_t sum = 0;
    for (const struct node *n = first; n; n = n->next) {
        int64_t inside = least_paced(c, n->children) * (n->type == NODE_SIDES ? 2 : 1);
        sum += n->type == NODE_REPEAT ? inside * n->as.repeat.most : inside;
        if (n->type == NODE_BREATHE)
            sum += breath_bout(n, c->rate, breath_count(n, c->rate).least);
    }
    return sum;
}

// Paced breathing without 2 min between stays within 10 min, unless its least is longer already.
static bool check_bouts(struct law_case *c, const struct timeline *t)
{
    int64_t paced = 0;
    int64_t end = -1;
    int64_t least = 0;
    for (size_t i = 0; i < c->session->section_count; i++)
        least += least_paced(c, c->session->sections[i].first);
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type != EVENT_BREATH)
            continue;
        if (c->natural)
            FAIL(c, "a paced breath in natural breathing");
        if (end >= 0 && e->start_frame < end)
            FAIL(c, "breaths overlap at %.3f s", seconds(e->start_frame));
        if (end < 0 || e->start_frame - end >= BREATH_FREE_FRAMES)
            paced = 0;
        paced += e->frames;
        end = end_of(e);
        if (paced > BREATH_BOUT_MOST && paced > least)
            FAIL(c, "%.1f s of paced breathing at %.3f s", seconds(paced), seconds(e->start_frame));
    }
    return true;
}

static bool check_breath(struct law_case *c, const struct timeline *t)
{
    const struct event *last = NULL;
    int breaths = 0;
    int64_t period = 0;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type == EVENT_SPEECH && e->as.speech.line && last && e->start_frame < end_of(last))
            FAIL(c, "speech over a breath at %.3f s", seconds(e->start_frame));
        if (e->type != EVENT_BREATH)
            continue;
        bool begins = !last || end_of(last) != e->start_frame;
        if (begins && last && last->as.breath.phase != BREATH_OUT)
            FAIL(c, "a bout is not released at %.3f s", seconds(end_of(last)));
        if (begins != (!last || last->as.breath.bout != e->as.breath.bout) ||
            (begins && (e->as.breath.cycle != 0 || e->as.breath.phase != BREATH_IN)))
            FAIL(c, "a bout is torn at %.3f s", seconds(e->start_frame));
        bool next = begins || last->as.breath.cycle != e->as.breath.cycle;
        if (next && !begins &&
            (last->as.breath.phase != BREATH_OUT || e->as.breath.phase != BREATH_IN))
            FAIL(c, "a breath is torn at %.3f s", seconds(e->start_frame));
        period = next ? e->frames : period + e->frames;
        breaths += next;
        if (e->as.breath.phase == BREATH_OUT) {
            if (period < SECONDS_SIX || period > SECONDS_SLOWEST)
                FAIL(c, "a breath of %.3f s", seconds(period));
            if (e->frames * 2 < period)
                FAIL(c, "out shorter than in at %.3f s", seconds(e->start_frame));
        }
        if (e->as.breath.cycle >= e->as.breath.cycles)
            FAIL(c, "cycle %d of %d", e->as.breath.cycle, e->as.breath.cycles);
        last = e;
    }
    if (last && (last->as.breath.phase != BREATH_OUT ||
                 last->as.breath.cycle + 1 != last->as.breath.cycles))
        FAIL(c, "the last bout is not whole");
    if (breaths != t->breath_count)
        FAIL(c, "breath_count is %d, not %d", t->breath_count, breaths);
    return true;
}

// ---- Silence ------------------------------------------------------------------------------------

// Two lines that follow each other in the script, with nothing but pauses between, are parted by
// those pauses within their limits, or by the natural gap.
static bool check_pauses(struct law_case *c, const struct timeline *t)
{
    const struct event *last = NULL;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type != EVENT_SPEECH)
            continue;
        const struct node *n = last && last->as.speech.line ? last->as.speech.line->next : NULL;
        struct range limit = {FRAME_RATE / 2, 2 * FRAME_RATE};
        if (n && n->type == NODE_PAUSE)
            limit = (struct range){0, 0};
        for (; n && n->type == NODE_PAUSE; n = n->next) {
            limit.least += n->as.pause.frames.least;
            limit.most += n->as.pause.frames.most;
        }
        bool direct = n && n == e->as.speech.line && last->side == e->side &&
                      last->as.speech.level != LEVEL_PRESENCE;
        int64_t gap = last ? e->start_frame - end_of(last) : 0;
        if (direct && (gap < limit.least || gap > limit.most))
            FAIL(c, "%.3f s of pause before %.3f s", seconds(gap), seconds(e->start_frame));
        last = e;
    }
    return true;
}

static bool check_wait(struct law_case *c, const struct timeline *t)
{
    int64_t heard = t->lead_frames;
    int64_t wait = 0;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type != EVENT_SPEECH && e->type != EVENT_BREATH)
            continue;
        wait = e->start_frame - heard > wait ? e->start_frame - heard : wait;
        heard = end_of(e) > heard ? end_of(e) : heard;
        if (e->type == EVENT_SPEECH && e->as.speech.level == LEVEL_PRESENCE && e->as.speech.line &&
            i > 0 && t->events[i - 1].type == EVENT_SPEECH &&
            e->start_frame - end_of(&t->events[i - 1]) < 6 * FRAME_RATE)
            FAIL(c, "a presence line crowds at %.3f s", seconds(e->start_frame));
    }
    int64_t end = t->total_frames - t->tail_frames - heard;
    wait = end > wait && t->ending == ENDING_RETURN ? end : wait;
    if (wait != t->longest_wait_frames)
        FAIL(c, "longest wait is %.3f s, not %.3f", seconds(t->longest_wait_frames), seconds(wait));
    return true;
}

bool law_holds(struct law_case *c, const struct timeline *timeline, int64_t total_frames)
{
    if (!check_frame(c, timeline, total_frames) || !check_sleep(c, timeline) ||
        !check_speech(c, timeline) || !check_breath(c, timeline) || !check_bouts(c, timeline) ||
        !check_wait(c, timeline))
        return false;
    return c->refitted || (check_script(c, timeline) && check_timed(c, timeline) &&
                           check_sides(c, timeline) && check_pauses(c, timeline));
}

// ---- Growth -------------------------------------------------------------------------------------

static int count_spoken(const struct timeline *t, const struct node *line)
{
    int count = 0;
    for (size_t i = 0; i < t->event_count; i++)
        count += t->events[i].type == EVENT_SPEECH && t->events[i].as.speech.line == line;
    return count;
}

static int count_breaths(const struct timeline *t, const struct node *breathe)
{
    int count = 0;
    for (size_t i = 0; i < t->event_count; i++)
        count += t->events[i].type == EVENT_BREATH && t->events[i].as.breath.breathe == breathe &&
                 t->events[i].as.breath.phase == BREATH_OUT;
    return count;
}

static bool check_grown(struct law_case *c, const struct timeline *shorter,
                        const struct timeline *longer, const struct node *first)
{
    for (const struct node *n = first; n; n = n->next) {
        if (n->type == NODE_LINE && count_spoken(longer, n) < count_spoken(shorter, n))
            FAIL(c, "line %zu is spoken %d times at %.3f s, %d times at %.3f", n->as.line.index,
                 count_spoken(shorter, n), seconds(shorter->total_frames), count_spoken(longer, n),
                 seconds(longer->total_frames));
        if (n->type == NODE_BREATHE && count_breaths(longer, n) < count_breaths(shorter, n))
            FAIL(c, "fewer breaths at %.3f s than at %.3f", seconds(longer->total_frames),
                 seconds(shorter->total_frames));
        if (!check_grown(c, shorter, longer, n->children))
            return false;
    }
    return true;
}

static int64_t section_length(const struct timeline *t, size_t section)
{
    for (size_t i = 0; i < t->event_count; i++)
        if (t->events[i].type == EVENT_SECTION && t->events[i].section == (int)section)
            return t->events[i].frames;
    return 0;
}

bool law_grows(struct law_case *c, const struct timeline *shorter, const struct timeline *longer,
               bool sections)
{
    for (size_t i = 0; i < c->session->section_count; i++) {
        if (!check_grown(c, shorter, longer, c->session->sections[i].first))
            return false;
        if (sections && section_length(longer, i) < section_length(shorter, i))
            FAIL(c, "section %zu shrinks from %.4f s to %.4f between %.3f s and %.3f", i,
                 seconds(section_length(shorter, i)), seconds(section_length(longer, i)),
                 seconds(shorter->total_frames), seconds(longer->total_frames));
    }
    return true;
}
