// SPDX-License-Identifier: GPL-3.0-or-later
// Every law of a timeline, over generated sessions at many lengths. A session that breaks one is
// shrunk to the few lines that still do, and printed as a script.
#include "generator.h"
#include "law.h"
#include "random.h"
#include "session_limits.h"
#include "session_print.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { LENGTHS = 7, SESSIONS = 20000 }; // of either kind half of them

struct trial {
    uint64_t seed;
    bool calm;
    double rate;
    bool natural;
    int planned; // timelines that were judged
};

// Lengths from least to most, the ends among them and two close together.
static void choose_lengths(const struct trial *trial, struct range range, int64_t *lengths)
{
    int64_t most = range.most > SESSION_LENGTH_MOST ? SESSION_LENGTH_MOST : range.most;
    if (most < range.least)
        most = range.least;
    double width = (double)(most - range.least);
    for (int i = 0; i < LENGTHS; i++) {
        double unit = random_unit(random_at(trial->seed, 1000000 + (uint64_t)i));
        lengths[i] = range.least + (int64_t)(width * unit * unit);
    }
    lengths[0] = range.least;
    lengths[1] = lengths[2] + (lengths[2] < most);
    lengths[LENGTHS - 1] = most;
    for (int i = 1; i < LENGTHS; i++)
        for (int k = i; k > 0 && lengths[k - 1] > lengths[k]; k--) {
            int64_t swap = lengths[k];
            lengths[k] = lengths[k - 1];
            lengths[k - 1] = swap;
        }
}

static bool same(const struct timeline *a, const struct timeline *b)
{
    if (a->event_count != b->event_count || a->left_count != b->left_count)
        return false;
    for (size_t i = 0; i < a->event_count; i++)
        if (a->events[i].type != b->events[i].type ||
            a->events[i].start_frame != b->events[i].start_frame ||
            a->events[i].frames != b->events[i].frames)
            return false;
    return true;
}

static bool judge_length(const struct sketch *sketch, struct trial *trial, struct law_case *c,
                         int64_t total, struct timeline *before)
{
    struct timeline made, again;
    struct error error;
    if (sketch_plan(sketch, trial->rate, trial->natural, total, &made, &error)) {
        snprintf(c->why, sizeof c->why, "no plan at %.4f s: %s", seconds_from_frames(total),
                 error.text);
        return false;
    }
    trial->planned++;
    bool good = law_holds(c, &made, total);
    if (good && before->event_count)
        good = law_grows(c, before, &made);
    if (good && trial->seed % 16 == 0) {
        good = !sketch_plan(sketch, trial->rate, trial->natural, total, &again, &error);
        if (good && !same(&made, &again)) {
            snprintf(c->why, sizeof c->why, "the same inputs gave another timeline");
            good = false;
        }
        timeline_free(&again);
    }
    timeline_free(before);
    *before = made;
    return good;
}

// All lengths of one session; false with `why` when a law is broken.
static bool judge(const struct sketch *sketch, struct trial *trial, struct law_case *c)
{
    struct range range;
    *c = (struct law_case){.session = &sketch->session,
                           .utterances = &sketch->utterances,
                           .clips = sketch->clips,
                           .rate = trial->rate,
                           .natural = trial->natural};
    if (sketch_range(sketch, trial->rate, trial->natural, &range) != STATUS_OK)
        return true; // a timed block is too short for its musts
    int64_t lengths[LENGTHS];
    choose_lengths(trial, range, lengths);
    struct timeline before = {.event_count = 0};
    bool good = true;
    for (int i = 0; i < LENGTHS && good; i++)
        good = judge_length(sketch, trial, c, lengths[i], &before);
    timeline_free(&before);
    return good;
}

// Take away one node after the other, wherever the rest still breaks a law.
static bool shrink_list(struct sketch *sketch, struct trial *trial, struct node **link)
{
    struct law_case c;
    bool smaller = false;
    while (*link) {
        struct node *node = *link;
        *link = node->next;
        if (!judge(sketch, trial, &c)) {
            smaller = true;
            continue;
        }
        *link = node;
        smaller = shrink_list(sketch, trial, &node->children) || smaller;
        link = &node->next;
    }
    return smaller;
}

static void shrink(struct sketch *sketch, struct trial *trial)
{
    struct law_case c;
    bool smaller = true;
    while (smaller) {
        smaller = false;
        for (size_t i = 0; i < sketch->session.section_count; i++) {
            struct section *section = &sketch->session.sections[i];
            struct section whole = *section;
            section->shape = NULL;
            section->shape_count = 0;
            if (judge(sketch, trial, &c))
                *section = whole;
            smaller = shrink_list(sketch, trial, &section->first) || smaller;
        }
    }
}

static void report(struct sketch *sketch, struct trial *trial)
{
    struct law_case c;
    struct buffer script = BUFFER_INIT;
    judge(sketch, trial, &c);
    session_print(&sketch->session, &script);
    print_error("seed %llu, %.1f breaths a minute%s%s: %s\n%.*s", (unsigned long long)trial->seed,
                trial->rate, trial->natural ? ", natural" : "", trial->calm ? ", calm" : "", c.why,
                (int)script.size, script.data);
    for (size_t i = 0; i < sketch->session.line_count; i++)
        print_error("line %zu: %.1f s%s", i, seconds_from_frames(sketch->clips[i]),
                    i % 8 == 7 ? "\n" : "  ");
    print_error("\n");
    buffer_free(&script);
}

static void run(bool calm, uint64_t first_seed, uint64_t sessions)
{
    static const double rates[] = {6, 4.5, 8, 5.3};
    int planned = 0;
    int refused = 0;
    struct sketch *sketch = malloc(sizeof *sketch);
    assert_non_null(sketch);
    for (uint64_t seed = first_seed; seed < first_seed + sessions; seed++) {
        struct trial trial = {seed, calm, rates[seed % 4], seed % 11 == 0, 0};
        struct law_case c;
        generator_make(sketch, seed, calm);
        bool good = judge(sketch, &trial, &c);
        if (!good) {
            print_error("before shrinking: %s\n", c.why);
            shrink(sketch, &trial);
            report(sketch, &trial);
        }
        planned += trial.planned;
        refused += trial.planned == 0;
        sketch_free(sketch);
        if (!good)
            break;
        if (seed + 1 == first_seed + sessions) {
            free(sketch);
            // No test may pass by judging nothing.
            print_message("%d timelines judged, %d sessions refused\n", planned, refused);
            assert_true((uint64_t)planned > sessions * (LENGTHS - 1) * 9 / 10);
            assert_true((uint64_t)refused < sessions / 10);
            return;
        }
    }
    free(sketch);
    fail();
}

static void test_any_session(void **state)
{
    run(false, 1, *(const uint64_t *)*state / 2);
}

static void test_calm_session(void **state)
{
    run(true, 1000000000, *(const uint64_t *)*state / 2);
}

// An argument is the number of sessions.
int main(int count, char **args)
{
    uint64_t sessions = count > 1 ? strtoull(args[1], NULL, 10) : SESSIONS;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(test_any_session, &sessions),
        cmocka_unit_test_prestate(test_calm_session, &sessions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
