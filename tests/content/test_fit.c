// SPDX-License-Identifier: GPL-3.0-or-later
// Every shipped session at every whole minute it offers: nothing that must be said is missing, both
// sides get the same, breathing stays within its limits, and nobody is left waiting.
#include "rehearsal.h"
#include "table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define SECOND ((int64_t)FRAME_RATE)

typedef void check(const struct rehearsal *rehearsal, int minutes);

// Run the checks at every whole minute of every shipped session.
static void at_every_minute(struct reader *reader, check *run)
{
    struct shipped shipped;
    shipped_find(&shipped);
    for (size_t s = 0; s < shipped.count; s++) {
        struct rehearsal rehearsal;
        rehearsal_open(&rehearsal, reader, shipped.name[s]);
        for (int minutes = rehearsal_least(&rehearsal); minutes <= rehearsal_most(&rehearsal);
             minutes++) {
            rehearsal_plan(&rehearsal, minutes);
            run(&rehearsal, minutes);
        }
        rehearsal_close(&rehearsal);
    }
}

static const struct event *events_end(const struct rehearsal *rehearsal)
{
    return rehearsal->timeline.events + rehearsal->timeline.event_count;
}

// ---- What must be said --------------------------------------------------------------------------

// Walk the lines of `node` and its siblings that every length keeps, in the order of the script,
// and move *at behind each where it is spoken. Returns how many there are.
static size_t follow(const struct rehearsal *r, const struct node *node, enum pass pass,
                     const struct event **at, int minutes)
{
    size_t count = 0;
    for (; node; node = node->next) {
        if (node->level != LEVEL_MUST || node->breathing == BREATHING_NATURAL ||
            (node->pass != PASS_BOTH && node->pass != pass))
            continue;
        if (node->type == NODE_SIDES) {
            count += follow(r, node->children, PASS_FIRST, at, minutes);
            count += follow(r, node->children, PASS_SECOND, at, minutes);
        } else if (node->type == NODE_LINE) {
            const struct event *found = rehearsal_find(r, node, *at);
            if (!found)
                fail_msg("%.*s at %d min: line %d must be said, and in its place",
                         TEXT_ARG(r->session.file), minutes, node->place.line);
            else
                *at = found + 1;
            count++;
        } else {
            count += follow(r, node->children, pass, at, minutes);
        }
    }
    return count;
}

static void check_must_lines(const struct rehearsal *r, int minutes)
{
    const struct event *at = r->timeline.events;
    size_t count = 0;
    assert_int_equal(r->timeline.total_frames, minutes * MINUTE);
    for (size_t s = 0; s < r->session.section_count; s++)
        count += follow(r, r->session.sections[s].first, PASS_BOTH, &at, minutes);
    assert_true(count >= 10);
}

static void test_what_must_be_said_is_said(void **state)
{
    at_every_minute(*state, check_must_lines);
}

// ---- Nothing is taken back ----------------------------------------------------------------------

// Lines about the middle come and go: their place is not the middle at every length.
static void test_longer_keeps_what_shorter_said(void **state)
{
    struct shipped shipped;
    shipped_find(&shipped);
    for (size_t s = 0; s < shipped.count; s++) {
        struct rehearsal r;
        rehearsal_open(&r, *state, shipped.name[s]);
        int *said_at = calloc(r.session.line_count, sizeof *said_at);
        assert_non_null(said_at);
        for (int minutes = rehearsal_least(&r); minutes <= rehearsal_most(&r); minutes++) {
            rehearsal_plan(&r, minutes);
            for (const struct event *e = r.timeline.events; e < events_end(&r); e++)
                if (e->type == EVENT_SPEECH && e->as.speech.line &&
                    e->as.speech.level != LEVEL_PRESENCE && !e->as.speech.line->as.line.half)
                    said_at[e->as.speech.line->as.line.index] = minutes;
            for (size_t i = 0; i < r.session.line_count; i++)
                if (said_at[i] && said_at[i] != minutes)
                    fail_msg("%s: line %zu is said at %d min and not at %d", shipped.name[s], i,
                             said_at[i], minutes);
        }
        free(said_at);
        rehearsal_close(&r);
    }
}

// ---- Both sides ---------------------------------------------------------------------------------

#define CONTACT_MOST (90 * SECOND)   // one spot
#define PRESSURE_MOST (360 * SECOND) // a side
#define APART_MOST (2 * SECOND)      // between the sides

static void check_sides(const struct rehearsal *r, int minutes)
{
    enum { STATIONS_MAX = 64 };
    const struct event *station[SIDE_COUNT][STATIONS_MAX];
    size_t count[SIDE_COUNT] = {0};
    int64_t sum[SIDE_COUNT] = {0};
    for (const struct event *e = r->timeline.events; e < events_end(r); e++) {
        if (e->type != EVENT_CONTACT)
            continue;
        assert_true(e->frames > 0 && e->frames <= CONTACT_MOST);
        assert_true(count[e->side] < STATIONS_MAX);
        station[e->side][count[e->side]++] = e;
        sum[e->side] += e->frames;
    }
    assert_int_equal(count[SIDE_LEFT], count[SIDE_RIGHT]);
    for (size_t i = 0; i < count[SIDE_LEFT]; i++) {
        const struct event *left = station[SIDE_LEFT][i];
        const struct event *right = station[SIDE_RIGHT][i];
        assert_ptr_equal(left->as.contact.node, right->as.contact.node);
        assert_true(llabs(left->frames - right->frames) <= APART_MOST);
    }
    assert_true(sum[SIDE_LEFT] <= PRESSURE_MOST && sum[SIDE_RIGHT] <= PRESSURE_MOST);
    if (text_equal_c(r->session.notice, "pressure") && count[SIDE_LEFT] == 0)
        fail_msg("%.*s at %d min: no contact", TEXT_ARG(r->session.file), minutes);
}

static void test_both_sides_get_the_same(void **state)
{
    at_every_minute(*state, check_sides);
}

// ---- Breathing ----------------------------------------------------------------------------------

#define BREATH_LEAST (SECOND * 75 / 10) // one breath, after the ramp
#define BREATH_MOST (SECOND * 134 / 10) // likewise
#define RAMP_LEAST (6 * SECOND)         // one breath of a ramp
#define BOUT_MOST (600 * SECOND)        // of breaths without a free time between
#define FREE_LEAST (120 * SECOND)       // a free time

static void check_breath(const struct event *in, const struct event *end)
{
    int64_t phase[] = {[BREATH_IN] = 0, [BREATH_HOLD] = 0, [BREATH_OUT] = 0};
    for (const struct event *e = in; e < end; e++)
        if (e->type == EVENT_BREATH && e->as.breath.bout == in->as.breath.bout &&
            e->as.breath.cycle == in->as.breath.cycle)
            phase[e->as.breath.phase] += e->frames;
    int64_t period = phase[BREATH_IN] + phase[BREATH_HOLD] + phase[BREATH_OUT];
    bool ramp = in->as.breath.breathe->as.breathe.pattern.type == PATTERN_RAMP;
    assert_true(phase[BREATH_OUT] >= phase[BREATH_IN]);
    assert_true(phase[BREATH_HOLD] <= SECOND);
    assert_true(period >= (ramp ? RAMP_LEAST : BREATH_LEAST) && period <= BREATH_MOST);
}

// True when a line that lets the pattern go (E14) is spoken between two times.
static bool released(const struct rehearsal *r, int64_t from, int64_t to)
{
    const struct event *e = rehearsal_find_tagged(r, "E14", from);
    return e && e->start_frame <= to;
}

// One bout from `first` on, short free times within it apart: its length, what follows it. Returns
// the first breath of the next bout.
static const struct event *check_bout(const struct rehearsal *r, const struct event *first,
                                      int minutes)
{
    int64_t end = first->start_frame;
    int64_t paced = 0;
    const struct event *e = first;
    for (; e < events_end(r); e++) {
        if (e->type != EVENT_BREATH)
            continue;
        if (e->start_frame - end >= FREE_LEAST)
            break;
        if (e->as.breath.phase == BREATH_IN && e->start_frame >= end)
            check_breath(e, events_end(r));
        end = e->start_frame + e->frames;
        paced += e->frames;
    }
    assert_true(paced <= BOUT_MOST);
    int64_t next = e < events_end(r) ? e->start_frame : r->timeline.total_frames;
    if (!released(r, end, next))
        fail_msg("%.*s at %d min: the breath is not let go", TEXT_ARG(r->session.file), minutes);
    return e;
}

static void check_breathing(const struct rehearsal *r, int minutes)
{
    const struct event *e = r->timeline.events;
    while (e < events_end(r)) {
        if (e->type == EVENT_BREATH)
            e = check_bout(r, e, minutes);
        else
            e++;
    }
    assert_true(r->timeline.breath_count > 0 || minutes < rehearsal_natural(r));
}

static void test_breathing_is_gentle_and_let_go(void **state)
{
    at_every_minute(*state, check_breathing);
}

// ---- Waiting ------------------------------------------------------------------------------------

// The longest time between the first and the last word without voice or breath: waves that breathe
// under the hands are heard, too.
static double longest_wait_seconds(const struct rehearsal *r)
{
    int64_t longest = 0;
    int64_t heard = -1;
    for (const struct event *e = r->timeline.events; e < events_end(r); e++) {
        if (e->type != EVENT_SPEECH && e->type != EVENT_BREATH && e->type != EVENT_SWELL)
            continue;
        if (heard >= 0 && e->start_frame - heard > longest)
            longest = e->start_frame - heard;
        if (e->start_frame + e->frames > heard)
            heard = e->start_frame + e->frames;
    }
    return seconds_from_frames(longest);
}

// What pace.tsv allows at `minutes`: its rows, and straight lines between them.
static double longest_wait_allowed(const struct table *table, struct text id, int minutes)
{
    double from = 0, wait = 0;
    for (size_t i = 0; i < table->count; i++) {
        const char *const *field = table->field[i];
        if (!text_equal_c(id, field[0]))
            continue;
        double at = atoi(field[1]), most = atoi(field[4]);
        if (minutes <= at)
            return from > 0 ? wait + (most - wait) * (minutes - from) / (at - from) : most;
        from = at;
        wait = most;
    }
    return wait;
}

static void test_nobody_is_left_waiting(void **state)
{
    struct table table;
    struct shipped shipped;
    table_read(&table, "pace.tsv");
    shipped_find(&shipped);
    size_t faults = 0;
    for (size_t s = 0; s < shipped.count; s++) {
        struct rehearsal r;
        rehearsal_open(&r, *state, shipped.name[s]);
        for (int minutes = rehearsal_least(&r); minutes <= rehearsal_most(&r); minutes++) {
            rehearsal_plan(&r, minutes);
            double wait = longest_wait_seconds(&r);
            double most = longest_wait_allowed(&table, r.session.id, minutes);
            if (wait > most + 0.001) {
                print_error("%s at %d min: a wait of %.1f s, %.1f s allowed\n", shipped.name[s],
                            minutes, wait, most);
                faults++;
            }
        }
        rehearsal_close(&r);
    }
    table_free(&table);
    assert_int_equal(faults, 0);
}

// The share of the time in which waves lead the breath, or go on under a touch or a movement.
static double led_percent(const struct rehearsal *r)
{
    int64_t led = 0;
    for (const struct event *e = r->timeline.events; e < events_end(r); e++)
        led += e->type == EVENT_BREATH || e->type == EVENT_SWELL ? e->frames : 0;
    return 100.0 * (double)led / (double)r->timeline.total_frames;
}

// Rows of pace.tsv for this session that it misses.
static size_t judge_share(struct rehearsal *r, const struct table *table, const char *name)
{
    size_t faults = 0;
    for (size_t i = 0; i < table->count; i++) {
        const char *const *field = table->field[i];
        if (!text_equal_c(r->session.id, field[0]))
            continue;
        rehearsal_plan(r, atoi(field[1]));
        double share = 100.0 * (double)r->timeline.speech_frames / (double)r->timeline.total_frames;
        if (share < atoi(field[2]) || share > atoi(field[3])) {
            print_error("%s at %s min: %.1f %% speech, not %s to %s\n", name, field[1], share,
                        field[2], field[3]);
            faults++;
        }
        double led = led_percent(r);
        if (field[5] && field[6] && (led < atoi(field[5]) || led > atoi(field[6]))) {
            print_error("%s at %s min: %.1f %% led, not %s to %s\n", name, field[1], led, field[5],
                        field[6]);
            faults++;
        }
    }
    return faults;
}

static void test_speech_takes_its_share(void **state)
{
    struct table table;
    struct shipped shipped;
    table_read(&table, "pace.tsv");
    shipped_find(&shipped);
    size_t faults = 0;
    for (size_t s = 0; s < shipped.count; s++) {
        struct rehearsal r;
        rehearsal_open(&r, *state, shipped.name[s]);
        faults += judge_share(&r, &table, shipped.name[s]);
        rehearsal_close(&r);
    }
    table_free(&table);
    assert_int_equal(faults, 0);
}

// A presence line is heard again after 10 min at the earliest.
static void check_presence(const struct rehearsal *r, int minutes)
{
    for (const struct event *a = r->timeline.events; a < events_end(r); a++) {
        if (a->type != EVENT_SPEECH || a->as.speech.level != LEVEL_PRESENCE || !a->as.speech.line)
            continue;
        for (const struct event *b = a + 1; b < events_end(r); b++)
            if (b->type == EVENT_SPEECH && b->as.speech.utterance == a->as.speech.utterance &&
                b->start_frame - a->start_frame < BOUT_MOST)
                fail_msg("%.*s at %d min: line %d is said twice", TEXT_ARG(r->session.file),
                         minutes, a->as.speech.line->place.line);
    }
}

static void test_presence_lines_do_not_return(void **state)
{
    at_every_minute(*state, check_presence);
}

int main(int argc, char **argv)
{
    int result;
    if (reader_is_worker(argc, argv, &result))
        return result;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_must_be_said_is_said),
        cmocka_unit_test(test_longer_keeps_what_shorter_said),
        cmocka_unit_test(test_both_sides_get_the_same),
        cmocka_unit_test(test_breathing_is_gentle_and_let_go),
        cmocka_unit_test(test_nobody_is_left_waiting),
        cmocka_unit_test(test_speech_takes_its_share),
        cmocka_unit_test(test_presence_lines_do_not_return),
    };
    return cmocka_run_group_tests(tests, reader_set_up, reader_tear_down);
}
