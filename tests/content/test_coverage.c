// SPDX-License-Identifier: GPL-3.0-or-later
// Which guidance points each session conveys, by the tags of what it really speaks: coverage.tsv
// says "always" (at the shortest length already), "natural" (at the natural length), or "long" (at
// its longest length). A tag counts where the line says its point: points.tsv has the words of
// which some must be in a line that carries it.
#include "rehearsal.h"
#include "said.h"
#include "table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *level;
    int (*minutes)(const struct rehearsal *rehearsal);
} levels[] = {
    {"always", rehearsal_least},
    {"natural", rehearsal_natural},
    {"long", rehearsal_most},
};

enum { LEVEL_COUNT = sizeof levels / sizeof *levels };

// Rows of this session and of levels[0..level] that the newest plan misses; *rows counts all.
static size_t missing(const struct rehearsal *rehearsal, const struct table *table, size_t level,
                      size_t *rows)
{
    size_t count = 0;
    for (size_t i = 0; i < table->count; i++) {
        const char *const *field = table->field[i];
        if (!text_equal_c(rehearsal->session.id, field[0]))
            continue;
        for (size_t l = 0; l <= level; l++) {
            if (strcmp(field[2], levels[l].level) != 0)
                continue;
            ++*rows;
            if (!rehearsal_conveys(rehearsal, field[1])) {
                print_error("%.*s at %d min: %s is not said\n", TEXT_ARG(rehearsal->session.file),
                            levels[level].minutes(rehearsal), field[1]);
                count++;
            }
        }
    }
    return count;
}

static void test_guidance_points_are_said(void **state)
{
    struct table table;
    struct shipped shipped;
    table_read(&table, "coverage.tsv");
    shipped_find(&shipped);
    size_t faults = 0;
    for (size_t s = 0; s < shipped.count; s++) {
        struct rehearsal rehearsal;
        rehearsal_open(&rehearsal, *state, shipped.name[s]);
        for (size_t level = 0; level < LEVEL_COUNT; level++) {
            size_t rows = 0;
            rehearsal_plan(&rehearsal, levels[level].minutes(&rehearsal));
            faults += missing(&rehearsal, &table, level, &rows);
            if (rows == 0)
                fail_msg("coverage.tsv has no %s row for %s", levels[level].level, shipped.name[s]);
        }
        rehearsal_close(&rehearsal);
    }
    table_free(&table);
    assert_int_equal(faults, 0);
}

// Every session of touch names its stop signals (E8), where not to press (E1), equal sides (E7) and
// its own end (E23), at every length.
static void test_pressure_sessions_stay_careful(void **state)
{
    static const char *const tags[] = {"E1", "E5", "E7", "E8", "E9", "E10", "E14", "E18", "E23"};
    struct shipped shipped;
    shipped_find(&shipped);
    size_t checked = 0;
    for (size_t s = 0; s < shipped.count; s++) {
        struct rehearsal r;
        rehearsal_open(&r, *state, shipped.name[s]);
        if (text_equal_c(r.session.notice, "pressure")) {
            for (int minutes = rehearsal_least(&r); minutes <= rehearsal_most(&r); minutes++) {
                rehearsal_plan(&r, minutes);
                for (size_t t = 0; t < sizeof tags / sizeof *tags; t++, checked++)
                    if (!rehearsal_conveys(&r, tags[t]))
                        fail_msg("%s at %d min: %s is not said", shipped.name[s], minutes, tags[t]);
            }
        }
        rehearsal_close(&r);
    }
    assert_true(checked > 0);
}

// The words of points.tsv for a tag, or NULL.
static const char *words_of(const struct table *points, struct text tag, struct text language)
{
    for (size_t i = 0; i < points->count; i++)
        if (text_equal_c(tag, points->field[i][0]) && text_equal_c(language, points->field[i][1]))
            return points->field[i][2];
    return NULL;
}

// Tags in the list, to any depth, whose points their lines do not say; *tags counts all.
static size_t unsaid(const struct session *session, const struct node *list,
                     const struct table *points, size_t *tags)
{
    size_t count = 0;
    for (const struct node *node = list; node; node = node->next) {
        count += unsaid(session, node->children, points, tags);
        for (size_t t = 0; t < node->tag_count; t++, ++*tags) {
            const char *words = words_of(points, node->tags[t], session->language);
            if (words && said_line_has(node, words))
                continue;
            print_error("%.*s:%d: %.*s is not said in this line%s%s\n", TEXT_ARG(node->file),
                        node->place.line, TEXT_ARG(node->tags[t]),
                        words ? "; some of its words: " : ", and points.tsv has no row for it",
                        words ? words : "");
            count++;
        }
    }
    return count;
}

static void test_tags_are_true(void **state)
{
    struct table points;
    struct shipped shipped;
    size_t faults = 0;
    size_t tags = 0;
    table_read(&points, "points.tsv");
    shipped_find(&shipped);
    for (size_t s = 0; s < shipped.count; s++) {
        struct rehearsal r;
        rehearsal_open(&r, *state, shipped.name[s]);
        for (size_t i = 0; i < r.session.section_count; i++)
            faults += unsaid(&r.session, r.session.sections[i].first, &points, &tags);
        rehearsal_close(&r);
    }
    table_free(&points);
    assert_true(tags > 0);
    assert_int_equal(faults, 0);
}

int main(int argc, char **argv)
{
    int result;
    if (reader_is_worker(argc, argv, &result))
        return result;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guidance_points_are_said),
        cmocka_unit_test(test_tags_are_true),
        cmocka_unit_test(test_pressure_sessions_stay_careful),
    };
    return cmocka_run_group_tests(tests, reader_set_up, reader_tear_down);
}
