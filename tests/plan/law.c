// SPDX-License-Identifier: GPL-3.0-or-later
#include "law.h"

#include "breath.h"
#include "utterances.h"

#include <stdio.h>
#include <stdlib.h>

#define SECONDS_SIX ((int64_t)6 * FRAME_RATE)                    // where a ramp begins
#define SECONDS_SLOWEST ((int64_t)FRAME_RATE * 60 * 10 / 45 + 1) // 4.5 a minute
#define LED_MOST ((int64_t)10 * 60 * FRAME_RATE)                 // of the breath, in one go
#define FREE_LEAST ((int64_t)2 * 60 * FRAME_RATE)                // before more of that
#define PRESSED_MOST ((int64_t)90 * FRAME_RATE)                  // one place
#define PHASE_MISSED ((int64_t)FRAME_RATE * 15 / 100)            // what nobody notices

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
    for (size_t i = 0; i < c->utterances->filler_count; i++)
        if (event->as.speech.utterance == c->utterances->filler[i] &&
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
            needed = needed && !n->as.line.half;
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

// One breath at the listener's pace, frames.
static int64_t pace_of(const struct law_case *c)
{
    return (int64_t)(60 * FRAME_RATE / c->rate + 0.5);
}

static bool is_timed(const struct event *event)
{
    return event->type == EVENT_CONTACT || event->type == EVENT_MOVE;
}

// What a script writes of a touch or a movement.
struct written {
    bool counted;
    struct range frames;
    int least, most; // breaths, when counted
};

static struct written written_of(const struct node *n)
{
    if (n->type == NODE_CONTACT)
        return (struct written){n->as.contact.counted, n->as.contact.frames,
                                n->as.contact.least_breaths, n->as.contact.most_breaths};
    return (struct written){n->as.move.counted, n->as.move.frames, n->as.move.least_breaths,
                            n->as.move.most_breaths};
}

// Whole breaths, as many as are written, or within the time that is written; where no whole number
// of them lies within, that time alone counts.
static bool check_length(struct law_case *c, const struct event *e)
{
    const struct written w = written_of(e->as.contact.node);
    const int64_t pace = pace_of(c);
    const int64_t breaths = e->frames / pace;
    const bool whole = e->frames % pace == 0;
    if (!w.counted) {
        const int64_t most = w.frames.most / pace;
        const bool any = most > 0 && most * pace >= w.frames.least;
        if (e->frames < w.frames.least || e->frames > w.frames.most || (any && !whole))
            FAIL(c, "a touch at %.3f s takes %.3f s, not whole breaths within %.3f..%.3f",
                 seconds(e->start_frame), seconds(e->frames), seconds(w.frames.least),
                 seconds(w.frames.most));
        return true;
    }
    const bool contact = e->type == EVENT_CONTACT;
    const bool pressed = contact && w.least * pace > PRESSED_MOST; // fewer than are written
    if (contact && e->frames > PRESSED_MOST)
        FAIL(c, "one place is pressed for %.3f s at %.3f s", seconds(e->frames),
             seconds(e->start_frame));
    if (!whole || breaths > w.most || (breaths < w.least && !pressed) ||
        (pressed && e->frames + pace <= PRESSED_MOST))
        FAIL(c, "a touch at %.3f s takes %.3f s, not %d to %d breaths", seconds(e->start_frame),
             seconds(e->frames), w.least, w.most);
    return true;
}

static int64_t least_pressure(const struct law_case *c, const struct node *first, bool must)
{
    int64_t sum = 0;
    for (const struct node *n = first; n; n = n->next) {
        bool needed = must && n->level == LEVEL_MUST;
        int64_t inside = least_pressure(c, n->children, needed);
        if (n->type == NODE_REPEAT)
            inside *= n->as.repeat.least;
        sum += inside;
        if (n->type == NODE_CONTACT && needed)
            sum += n->as.contact.counted ? n->as.contact.least_breaths * pace_of(c)
                                         : n->as.contact.frames.most;
    }
    return sum;
}

static bool check_timed(struct law_case *c, const struct timeline *t)
{
    int64_t pressure[SIDE_COUNT] = {0};
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (!is_timed(e))
            continue;
        if (!check_length(c, e))
            return false;
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
        must += least_pressure(c, c->session->sections[i].first, true);
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
        if (is_timed(e) && e->side == side)
            return e;
    }
    return NULL;
}

// Breaths that accompany a touch.
static int count_accompanied(const struct timeline *t, const struct event *touch)
{
    int count = 0;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        count += e->type == EVENT_SWELL && e->as.breath.phase == BREATH_OUT &&
                 e->start_frame >= touch->start_frame && end_of(e) <= end_of(touch);
    }
    return count;
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
        if (count_accompanied(t, left) != count_accompanied(t, right))
            FAIL(c, "%d breaths accompany the touch at %.3f s, %d the one at %.3f",
                 count_accompanied(t, left), seconds(left->start_frame),
                 count_accompanied(t, right), seconds(right->start_frame));
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

// ---- Breath that goes on under the hands --------------------------------------------------------

// The touch that nothing else lies around, at a frame; NULL: there is none.
static const struct event *touch_at(const struct timeline *t, int64_t frame)
{
    const struct event *found = NULL;
    for (size_t i = 0; i < t->event_count && !found; i++)
        if (is_timed(&t->events[i]) && t->events[i].start_frame <= frame &&
            frame < end_of(&t->events[i]))
            found = &t->events[i];
    return found;
}

// In and out by turns, one behind the other, from the touch's first frame to its last.
static bool check_swell(struct law_case *c, const struct timeline *t, const struct event *touch)
{
    int64_t at = touch->start_frame;
    int phases = 0;
    const struct event *last = NULL;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type != EVENT_SWELL || end_of(e) <= touch->start_frame ||
            e->start_frame >= end_of(touch))
            continue;
        const enum breath_phase phase = phases % 2 ? BREATH_OUT : BREATH_IN;
        if (e->start_frame != at || e->as.breath.phase != phase ||
            e->as.breath.cycle != phases / 2 || e->side != touch->side)
            FAIL(c, "a breath that accompanies is torn at %.3f s", seconds(e->start_frame));
        if (phase == BREATH_OUT &&
            (e->frames < last->frames || e->frames + last->frames < SECONDS_SIX))
            FAIL(c, "a breath of %.3f s accompanies at %.3f s", seconds(e->frames + last->frames),
                 seconds(last->start_frame));
        at = end_of(e);
        last = e;
        phases++;
    }
    if (last && (at != end_of(touch) || phases % 2 || last->as.breath.cycles != phases / 2))
        FAIL(c, "what accompanies the touch at %.3f s ends at %.3f s, not %.3f",
             seconds(touch->start_frame), seconds(at), seconds(end_of(touch)));
    return true;
}

// Every touch behind the first bout is accompanied, unless the breath is led for long otherwise.
static bool check_accompanied(struct law_case *c, const struct timeline *t)
{
    const bool none = c->natural || c->session->breathes_free;
    int64_t led = 0;
    bool begun = false;
    for (size_t i = 0; i < t->event_count; i++)
        if (t->events[i].type == EVENT_BREATH || is_timed(&t->events[i]))
            led += t->events[i].frames;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        begun = begun || e->type == EVENT_BREATH;
        if (e->type == EVENT_SWELL &&
            (none || !begun || !touch_at(t, e->start_frame) || e->as.breath.bout != -1))
            FAIL(c, "nothing should accompany at %.3f s", seconds(e->start_frame));
        if (!is_timed(e) || touch_at(t, e->start_frame) != e)
            continue;
        if (!check_swell(c, t, e))
            return false;
        if (!none && begun && led <= LED_MOST && e->frames >= SECONDS_SIX &&
            count_accompanied(t, e) == 0 && e->side == SIDE_NONE)
            FAIL(c, "nothing accompanies the touch at %.3f s", seconds(e->start_frame));
    }
    return true;
}

// Bouts and what accompanies together: 10 min at most before 2 min of free breath in all. A
// listener who goes back to a bout may have more: what accompanied before it was heard already.
static bool check_led(struct law_case *c, const struct timeline *t)
{
    if (c->refitted)
        return true;
    int64_t led = 0;
    int64_t accompanied = 0;
    int64_t free_frames = 0;
    int64_t end = 0;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type != EVENT_BREATH && e->type != EVENT_SWELL)
            continue;
        free_frames += e->start_frame - end;
        if (free_frames >= FREE_LEAST)
            led = accompanied = free_frames = 0;
        led += e->frames;
        accompanied += e->type == EVENT_SWELL ? e->frames : 0;
        end = end_of(e);
        if (led > LED_MOST && accompanied > 0)
            FAIL(c, "the breath is led for %.1f s in all at %.3f s", seconds(led), seconds(end));
    }
    return true;
}

// A line for a phase of the breath begins with such a phase, wherever one accompanies.
static bool check_marks(struct law_case *c, const struct timeline *t)
{
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type != EVENT_SPEECH || !e->as.speech.line ||
            e->as.speech.line->as.line.mark == MARK_ANYWHERE)
            continue;
        const struct event *touch = touch_at(t, e->start_frame);
        if (!touch || count_accompanied(t, touch) == 0)
            continue;
        const enum breath_phase phase =
            e->as.speech.line->as.line.mark == MARK_IN ? BREATH_IN : BREATH_OUT;
        bool good = false;
        for (size_t k = 0; k < t->event_count; k++)
            good = good ||
                   (t->events[k].type == EVENT_SWELL && t->events[k].as.breath.phase == phase &&
                    llabs(t->events[k].start_frame - e->start_frame) <= PHASE_MISSED);
        if (!good)
            FAIL(c, "line %zu misses its breath at %.3f s", e->as.speech.line->as.line.index,
                 seconds(e->start_frame));
    }
    return true;
}

// ---- Silence ------------------------------------------------------------------------------------

// Two lines that follow each other in the script, with nothing but pauses between, are parted by
// those pauses within their limits, or by a gap between two lines; and by what the first asks of
// the body. One that waits for its breath may wait longer.
static bool check_pauses(struct law_case *c, const struct timeline *t)
{
    const struct event *last = NULL;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type != EVENT_SPEECH)
            continue;
        const struct node *before = last ? last->as.speech.line : NULL;
        const struct node *n = before ? before->next : NULL;
        struct range limit = {PLAN_GAP_LEAST, PLAN_GAP_MOST};
        if (n && n->type == NODE_PAUSE)
            limit = (struct range){0, 0};
        for (; n && n->type == NODE_PAUSE; n = n->next) {
            limit.least += n->as.pause.frames.least;
            limit.most += n->as.pause.frames.most;
        }
        bool direct = n && n == e->as.speech.line && last->side == e->side &&
                      last->as.speech.level != LEVEL_PRESENCE;
        const int64_t action = before ? before->as.line.action_frames : 0;
        limit.most = limit.most > action ? limit.most : action;
        bool waits = direct && n->as.line.mark != MARK_ANYWHERE && touch_at(t, e->start_frame);
        int64_t gap = last ? e->start_frame - end_of(last) : 0;
        if (direct && (gap < limit.least || (gap > limit.most && !waits)))
            FAIL(c, "%.3f s of pause before %.3f s", seconds(gap), seconds(e->start_frame));
        last = e;
    }
    return true;
}

// What a line asks of the body has its time before anything further is said or led.
static bool check_actions(struct law_case *c, const struct timeline *t)
{
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        const struct node *line = e->type == EVENT_SPEECH ? e->as.speech.line : NULL;
        int64_t next = t->total_frames;
        for (size_t k = i + 1; k < t->event_count && line && next == t->total_frames; k++)
            if (t->events[k].type == EVENT_SPEECH || t->events[k].type == EVENT_BREATH)
                next = t->events[k].start_frame;
        if (line && next - end_of(e) < line->as.line.action_frames)
            FAIL(c, "line %zu at %.3f s has %.3f s for what takes %.3f", line->as.line.index,
                 seconds(e->start_frame), seconds(next - end_of(e)),
                 seconds(line->as.line.action_frames));
    }
    return true;
}

// What says that half of the time is over says so when it is.
static bool check_half(struct law_case *c, const struct timeline *t)
{
    if (c->refitted) // it was true when it was said
        return true;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type == EVENT_SPEECH && e->as.speech.line && e->as.speech.line->as.line.half &&
            (100 * e->start_frame < 45 * t->total_frames ||
             100 * e->start_frame > 55 * t->total_frames))
            FAIL(c, "half of %.3f s is said to be over at %.3f s", seconds(t->total_frames),
                 seconds(e->start_frame));
    }
    return true;
}

// ---- Sections -----------------------------------------------------------------------------------

// The shortest quiet that is written in a list, frames; `none` when there is none.
static int64_t least_quiet(const struct node *first, int64_t none)
{
    int64_t least = none;
    for (const struct node *n = first; n; n = n->next) {
        int64_t own = n->type == NODE_LINE ? none : least_quiet(n->children, none);
        if (n->type == NODE_LINE && n->as.line.half)
            own = 0; // where it would not be true, its time is left
        if (n->type == NODE_REST)
            own = n->as.rest.frames.least;
        if (n->type == NODE_PAUSE)
            own = n->as.pause.frames.least;
        if (n->type == NODE_BREATHE)
            own = n->as.breathe.frames.least;
        least = own < least ? own : least;
    }
    return least;
}

// No section has a heading for nothing: something happens in it, or it is as long as a quiet that
// its script has. The first and the last have the scene alone.
static bool check_sections(struct law_case *c, const struct timeline *t)
{
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type != EVENT_SECTION || e->section == 0 ||
            e->section + 1 == (int)c->session->section_count)
            continue;
        const struct node *first = c->session->sections[e->section].first;
        bool filled = least_quiet(first, INT64_MAX) <= e->frames;
        for (size_t k = 0; k < t->event_count && !filled; k++)
            filled = t->events[k].section == e->section && t->events[k].type != EVENT_SECTION &&
                     t->events[k].type != EVENT_SCENE;
        if (!filled)
            FAIL(c, "section %d at %.3f s is empty, %.3f s long", e->section,
                 seconds(e->start_frame), seconds(e->frames));
    }
    return true;
}

// ---- Waiting ------------------------------------------------------------------------------------

static bool check_wait(struct law_case *c, const struct timeline *t)
{
    int64_t heard = t->lead_frames;
    int64_t wait = 0;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type != EVENT_SPEECH && e->type != EVENT_BREATH && e->type != EVENT_SWELL &&
            e->type != EVENT_CHIME)
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
        !check_wait(c, timeline) || !check_led(c, timeline) || !check_half(c, timeline))
        return false;
    return c->refitted ||
           (check_script(c, timeline) && check_timed(c, timeline) && check_sides(c, timeline) &&
            check_accompanied(c, timeline) && check_marks(c, timeline) &&
            check_pauses(c, timeline) && check_actions(c, timeline) && check_sections(c, timeline));
}

// ---- Growth -------------------------------------------------------------------------------------

struct amount {
    int count;
    int64_t frames;
};

static bool is_less(struct amount a, struct amount b)
{
    return a.count < b.count || a.frames < b.frames;
}

// How often a line is spoken, and how many breaths a bout's rounds have in all, on one side.
static struct amount amount_of(const struct timeline *t, const struct node *n, enum side side)
{
    struct amount sum = {0, 0};
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        const bool spoken = e->type == EVENT_SPEECH && e->as.speech.line == n;
        const bool led = e->type == EVENT_BREATH && e->as.breath.breathe == n;
        if (e->side != side || (!spoken && !led))
            continue;
        sum.count += spoken || e->as.breath.phase == BREATH_OUT;
        sum.frames += e->frames;
    }
    return sum;
}

static const struct event *find_touch(const struct timeline *t, const struct node *n,
                                      enum side side, int round)
{
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (is_timed(e) && e->as.contact.node == n && e->side == side && round-- == 0)
            return e;
    }
    return NULL;
}

// Every round of a touch, one by one.
static bool check_touch_grown(struct law_case *c, const struct timeline *shorter,
                              const struct timeline *longer, const struct node *n, enum side side)
{
    for (int round = 0;; round++) {
        const struct event *before = find_touch(shorter, n, side, round);
        const struct event *after = find_touch(longer, n, side, round);
        if (!before)
            return true;
        if (!after || after->frames < before->frames)
            FAIL(c, "the touch at %.3f s of %.4f s is %.3f s long, of %.4f s %.3f",
                 seconds(before->start_frame), seconds(shorter->total_frames),
                 seconds(before->frames), seconds(longer->total_frames),
                 after ? seconds(after->frames) : 0);
    }
}

static bool check_grown(struct law_case *c, const struct timeline *shorter,
                        const struct timeline *longer, const struct node *first)
{
    for (const struct node *n = first; n; n = n->next) {
        for (int side = SIDE_NONE; side < SIDE_COUNT; side++) {
            const struct amount before = amount_of(shorter, n, (enum side)side);
            const struct amount after = amount_of(longer, n, (enum side)side);
            if (is_less(after, before) && !(n->type == NODE_LINE && n->as.line.half))
                FAIL(c, "%s %zu: %d times, %.3f s at %.4f s, %d times, %.3f s at %.4f",
                     n->type == NODE_LINE ? "line" : "breath",
                     n->type == NODE_LINE ? n->as.line.index : 0, before.count,
                     seconds(before.frames), seconds(shorter->total_frames), after.count,
                     seconds(after.frames), seconds(longer->total_frames));
            if (!check_touch_grown(c, shorter, longer, n, (enum side)side))
                return false;
        }
        if (!check_grown(c, shorter, longer, n->children))
            return false;
    }
    return true;
}

// What an author's shape wants of a section at a session length, as if every shape went on in
// proportion before its first point and stayed behind its last.
static double wanted(const struct section *section, double at)
{
    const struct shape_point *p = section->shape;
    const size_t count = section->shape_count;
    if (at <= (double)p[0].at_frames)
        return (double)p[0].target_frames * at / (double)p[0].at_frames;
    for (size_t i = 1; i < count; i++)
        if (at <= (double)p[i].at_frames)
            return (double)p[i - 1].target_frames +
                   (double)(p[i].target_frames - p[i - 1].target_frames) *
                       (at - (double)p[i - 1].at_frames) /
                       (double)(p[i].at_frames - p[i - 1].at_frames);
    return (double)p[count - 1].target_frames;
}

// Whether the author has anything shrink between two session lengths: a section by its shape, or
// all without a shape, since the shapes take more than there is more of.
static bool shapes_shrink_between(const struct session *session, double from, double to)
{
    double grown = 0;
    bool any_free = false;
    for (size_t i = 0; i < session->section_count; i++) {
        const struct section *section = &session->sections[i];
        any_free = any_free || section->shape_count == 0;
        if (section->shape_count == 0)
            continue;
        const double more = wanted(section, to) - wanted(section, from);
        if (more < 0)
            return true;
        grown += more;
    }
    return any_free && grown > to - from;
}

static bool shapes_shrink(const struct session *session)
{
    double from = 0;
    for (bool more = true; more;) {
        double to = 0;
        more = false;
        for (size_t i = 0; i < session->section_count; i++)
            for (size_t k = 0; k < session->sections[i].shape_count; k++) {
                const double at = (double)session->sections[i].shape[k].at_frames;
                if (at > from && (!more || at < to)) {
                    to = at;
                    more = true;
                }
            }
        if (more && shapes_shrink_between(session, from, to))
            return true;
        from = to;
    }
    return false;
}

// Of the sections first..end - 1.
static int64_t section_length(const struct timeline *t, size_t first, size_t end)
{
    int64_t sum = 0;
    for (size_t i = 0; i < t->event_count; i++)
        if (t->events[i].type == EVENT_SECTION && t->events[i].section >= (int)first &&
            t->events[i].section < (int)end)
            sum += t->events[i].frames;
    return sum;
}

// A section that is not there yet waits, if it must, at the end of the one before it, so the two
// are one there.

bool law_grows(struct law_case *c, const struct timeline *shorter, const struct timeline *longer)
{
    const bool shrinks = shapes_shrink(c->session);
    for (size_t i = 0; i < c->session->section_count; i++) {
        if (!check_grown(c, shorter, longer, c->session->sections[i].first))
            return false;
        if (section_length(shorter, i, i + 1) == 0)
            continue;
        size_t next = i + 1;
        while (next < c->session->section_count && section_length(shorter, next, next + 1) == 0)
            next++;
        const int64_t before = section_length(shorter, i, next);
        const int64_t after = section_length(longer, i, next);
        if (!shrinks && after < before)
            FAIL(c, "section %zu shrinks from %.4f s to %.4f between %.3f s and %.3f", i,
                 seconds(before), seconds(after), seconds(shorter->total_frames),
                 seconds(longer->total_frames));
    }
    return true;
}
