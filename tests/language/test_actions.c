// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions.h"

#include "fixture.h"
#include "session_load.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

// What the tests look for; one phrase of each form.
#define ACTIONS                            \
    "open: and, now, if you like\n"        \
    "15s: stand, steh ... auf\n"           \
    "10s: sit, sit up, roll ... side\n"    \
    "8s: set ... ball, ... easy breath*\n" \
    "4s: notice, sit tall, \xC3\xBC"       \
    "ber\n"                                \
    "none: stand up again in, before you stand, stand ... easily\n"

struct reading {
    struct arena arena;
    struct actions actions;
    struct diagnostics list;
};

static void read_actions(struct reading *reading, const char *data)
{
    *reading = (struct reading){.arena = ARENA_INIT};
    diagnostics_init(&reading->list, "actions");
    assert_int_equal(
        actions_parse(&reading->actions, &reading->arena, text_from(data), &reading->list),
        STATUS_OK);
}

static void close_reading(struct reading *reading)
{
    diagnostics_free(&reading->list);
    arena_free(&reading->arena);
}

static void expect(const struct reading *reading, const char *said, int seconds)
{
    int64_t frames = actions_frames(&reading->actions, text_from(said));
    if (frames != seconds * (int64_t)FRAME_RATE)
        fail_msg("\"%s\": %g s, not %d", said, (double)frames / FRAME_RATE, seconds);
}

static void test_where_clauses_begin(void **state)
{
    (void)state;
    struct reading r;
    read_actions(&r, ACTIONS);
    assert_int_equal(r.list.errors, 0);
    expect(&r, "Stand up.", 15);
    expect(&r, "STAND.", 15);
    expect(&r, "Wait, stand.", 15);
    expect(&r, "Wait. Stand.", 15);
    expect(&r, "Wait: stand.", 15);
    expect(&r, "Wait \xE2\x80\x93 stand.", 15);
    expect(&r, "Wait and stand.", 15);
    expect(&r, "If you like stand.", 15);
    expect(&r, "If you like, and now   stand.", 15);
    expect(&r, "They stand.", 0);
    expect(&r, "You may like it stand.", 0);
    expect(&r, "Standing, and standstill, stands.", 0);
    expect(&r,
           "\xC3\x9C"
           "ber allem.",
           4);
    expect(&r, "", 0);
    expect(&r, "...", 0);
    close_reading(&r);
}

static void test_words_between(void **state)
{
    (void)state;
    struct reading r;
    read_actions(&r, ACTIONS);
    expect(&r, "Steh langsam auf.", 15);
    expect(&r, "Steh auf.", 15);
    expect(&r, "Steh aufrecht.", 0);
    expect(&r, "Steh, und wach auf.", 0);
    expect(&r, "Steh", 0);
    expect(&r, "Roll to the left side.", 10);
    expect(&r, "Roll to the left. Side.", 0);
    expect(&r, "Set the soft ball down.", 8);
    expect(&r, "Stay for three easy breaths.", 8);
    expect(&r, "Stay for three easy, breaths.", 0);
    close_reading(&r);
}

// The longest time of several places; the longest phrase at one place.
static void test_longest(void **state)
{
    (void)state;
    struct reading r;
    read_actions(&r, ACTIONS);
    expect(&r, "Notice the ball, set the ball, sit up, notice.", 10);
    expect(&r, "Sit up, then notice. And stand.", 15);
    expect(&r, "Sit tall.", 4);
    expect(&r, "Sit taller.", 10);
    close_reading(&r);
}

static void test_exceptions(void **state)
{
    (void)state;
    struct reading r;
    read_actions(&r, ACTIONS);
    expect(&r, "Stand up again in half an hour.", 0);
    expect(&r, "Stand up again.", 15);
    expect(&r, "Sit up, and wait before you stand.", 10);
    expect(&r, "Stand very easily, and notice.", 4);
    expect(&r, "Stand easily, and stand.", 15);
    close_reading(&r);
}

static void test_longer_than_any_line(void **state)
{
    (void)state;
    struct reading r;
    struct buffer said = BUFFER_INIT;
    read_actions(&r, ACTIONS);
    for (int i = 0; i < 20000; i++)
        buffer_add_c(&said, "roll ");
    buffer_add_c(&said, "side, stand.");
    expect(&r, said.data, 0);
    buffer_free(&said);
    close_reading(&r);
}

static void expect_fault(const char *data, const char *rule, int column)
{
    struct reading r;
    read_actions(&r, data);
    assert_int_equal(r.list.errors, 1);
    assert_string_equal(r.list.items[0].rule, rule);
    assert_int_equal(r.list.items[0].column, column);
    close_reading(&r);
}

static void test_faults(void **state)
{
    (void)state;
    expect_fault("", "actions-missing", 1);
    expect_fault("none: stand\nopen: and\n// 10s: sit\n", "actions-missing", 1);
    expect_fault("10s sit\n", "actions-line", 1);
    expect_fault("10: sit\n", "actions-time", 1);
    expect_fault("0s: sit\n", "actions-time", 1);
    expect_fault("60001ms: sit\n", "actions-time", 1);
    expect_fault("nonee: sit\n", "actions-time", 1);
    expect_fault("10s: sit,, lie\n", "actions-empty", 10);
    expect_fault("10s:\n", "actions-empty", 5);
    expect_fault("10s: sit 2\n", "actions-word", 6);
    expect_fault("10s: sit  up\n", "actions-word", 6);
    expect_fault("10s: sit ...\n", "actions-word", 6);
    expect_fault("10s: ...\n", "actions-word", 6);
    expect_fault("10s: sit ... ... up\n", "actions-word", 6);
    expect_fault("10s: a ... b ... c ... d ... e\n", "actions-word", 6);
    expect_fault("10s: sit*s\n", "actions-word", 6);
    expect_fault("10s: *\n", "actions-word", 6);
    expect_fault("10s: sit ... up\n8s: sit ... up\n", "actions-twice", 5);
}

// Lines get their times when a session is parsed: in blocks and rests, with sides, and in notices.
static void test_lines_of_a_session(void **state)
{
    (void)state;
    struct session session;
    struct diagnostics list;
    assert_int_equal(
        fixture_parse(&session,
                      TEXT("title: T\nlanguage: en\nlength: 6m..60m, natural 10m\n"
                           "notice: movement\n== A\n@notice movement\nAnd sit up.\n"
                           "@sides left, right\nSet {length} {side} {other} ball.\n@end\n"
                           "@rest 1s..1h\n~ Notice.\n== B\nRest.\n"),
                      "test", &list),
        STATUS_OK);
    const struct node *node = session.sections[0].first;
    assert_int_equal(node->children->as.line.action_frames, 0);
    node = node->next;
    assert_int_equal(node->as.line.action_frames, 10 * FRAME_RATE);
    node = node->next;
    assert_int_equal(node->children->as.line.action_frames, 8 * FRAME_RATE);
    node = node->next;
    assert_int_equal(node->children->as.line.action_frames, 4 * FRAME_RATE);
    assert_int_equal(session.sections[1].first->as.line.action_frames, 0);
    diagnostics_free(&list);
    session_free(&session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_where_clauses_begin),
        cmocka_unit_test(test_words_between),
        cmocka_unit_test(test_longest),
        cmocka_unit_test(test_exceptions),
        cmocka_unit_test(test_longer_than_any_line),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_lines_of_a_session),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
