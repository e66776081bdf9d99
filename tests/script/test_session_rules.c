// SPDX-License-Identifier: GPL-3.0-or-later
// Every rule of the table in rule.c: a script that breaks it and nothing else, and its neighbour
// that keeps it.
#include "fixture.h"
#include "rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct example {
    enum rule rule;
    const char *header; // lines besides title, language and length
    const char *bad;    // what stands between the first and the last section
    const char *good;
};

#define PRESSURE "notice: pressure\n"
#define NOTICE "@notice pressure\n"
#define CONTACT(words) NOTICE "@contact " words "\n@end\n"
#define BREATH "notice: breath\n"
#define BREATHE "@notice breath\n"
#define RELEASE "Free again.  #E14\n"
#define SLEEP "position: lying\nending: sleep\n"
#define MOVEMENT "notice: movement\n"
#define SILENT "== A\nSilent soon.  #E23\n"

static const struct example examples[] = {
    {RULE_SPINE, PRESSURE, CONTACT("spine with fingers, pressure 3, 20s"),
     CONTACT("upper-back with fingers, pressure 3, 20s")},
    {RULE_BELLY, PRESSURE, CONTACT("belly with hands, pressure 1, 20s"),
     CONTACT("glutes with hands, pressure 1, 20s")},
    {RULE_GROIN, PRESSURE, CONTACT("groin with ball on floor, pressure 3, 20s"),
     NOTICE "@move hip-opener, 20s\n@end\n"},
    {RULE_THROAT, PRESSURE, CONTACT("throat with fingers, pressure 1, 20s"),
     CONTACT("neck with fingers, pressure 1, 20s")},
    {RULE_KIDNEYS, PRESSURE, CONTACT("low-ribs with ball on wall, pressure 3, 20s"),
     CONTACT("low-back with ball on wall, pressure 3, 20s")},
    {RULE_BONE, PRESSURE, CONTACT("sacrum with knuckles, pressure 3, 20s"),
     CONTACT("sacrum with palms, pressure 3, 20s")},
    {RULE_NECK, PRESSURE, CONTACT("neck with ball on wall, pressure 3, 20s"),
     CONTACT("neck with hands, pressure 3, 20s")},
    {RULE_LOW_BACK_FLOOR, PRESSURE, CONTACT("low-back with ball on floor, pressure 4, 20s"),
     CONTACT("glutes with ball on floor, pressure 4, 20s")},
    {RULE_LOW_BACK_FLOOR, PRESSURE, CONTACT("low-back with ball on mat, pressure 4, 20s"),
     CONTACT("low-back with ball on chair, pressure 4, 20s")},
    {RULE_LOW_BACK_ROLLER, PRESSURE, CONTACT("low-back with roller on wall, pressure 4, 20s"),
     CONTACT("hamstrings with roller on floor, pressure 4, 20s")},
    {RULE_SURFACE, PRESSURE, CONTACT("glutes with ball, pressure 4, 20s"),
     CONTACT("glutes with ball on chair, pressure 4, 20s")},
    {RULE_PRESSURE, PRESSURE, CONTACT("glutes with ball on floor, pressure 5..7, 20s"),
     CONTACT("glutes with ball on floor, pressure 5..6, 20s")},
    {RULE_SPOT, PRESSURE, CONTACT("glutes with ball on floor, pressure 4, 60s..91s"),
     CONTACT("glutes with ball on floor, pressure 4, 60s..90s")},
    {RULE_BUDGET, PRESSURE,
     NOTICE "@repeat 1..2\n@contact glutes with ball on floor, pressure 4, 90s\n@end\n"
            "@contact hamstrings with ball on floor, pressure 4, 90s\n@end\n@end\n"
            "@contact feet with ball on floor, pressure 4, 1s\n@end\n",
     NOTICE "@repeat 1..2\n@contact glutes with ball on floor, pressure 4, 90s\n@end\n"
            "@contact hamstrings with ball on floor, pressure 4, 90s\n@end\n@end\n"
            "@contact feet with palms, pressure 4, 1s\n@end\n"},
    {RULE_BUDGET, PRESSURE,
     NOTICE "@sides left, right\n@contact glutes with ball on floor, pressure 4, 90s\n@end\n"
            "@contact hamstrings with ball on floor, pressure 4, 90s\n@end\n"
            "@contact feet with ball on floor, pressure 4, 90s\n@end\n"
            "@contact calves with ball on floor, pressure 4, 90s\n@end\n"
            "@contact thighs with ball on floor, pressure 4, 1s\n@end\n@end\n",
     NOTICE "@sides left, right\n@contact glutes with ball on floor, pressure 4, 90s\n@end\n"
            "@contact hamstrings with ball on floor, pressure 4, 90s\n@end\n"
            "@contact feet with ball on floor, pressure 4, 90s\n@end\n"
            "@contact calves with ball on floor, pressure 4, 90s\n@end\n@end\n"},
    {RULE_ROUNDS, PRESSURE,
     NOTICE "@repeat 1..3\n@contact glutes with ball on floor, pressure 4, 30s\n@end\n@end\n",
     NOTICE "@repeat 1..2\n@contact glutes with ball on floor, pressure 4, 30s\n@end\n@end\n"},
    {RULE_ONE_SIDED, PRESSURE, CONTACT("left-glutes with hands, pressure 3, 20s"),
     NOTICE "@sides left, right\n@contact glutes with hands, pressure 3, 20s\n@end\n@end\n"},
    {RULE_NOTICE_TOUCH, "notice: breath\n",
     "@notice breath\nStop when it is sharp.  #E8\n"
     "@contact glutes with hands, pressure 3, 20s\n@end\n",
     "@notice breath\n@notice pressure\n@contact glutes with hands, pressure 3, 20s\n@end\n"},
    {RULE_NOTICE_MOVE, "notice: none\n", "Stop when it is sharp.  #E8\n@move sway, 20s\n@end\n",
     "Slowly.\n@chime\n@scene shore\n"},
    {RULE_NOTICE_MOVE, "notice: short\n",
     "@move sway, 20s\n@end\n@notice short\n@move sway, 20s\n@end\n",
     "@notice short\n@move sway, 20s\n@end\n"},
    {RULE_NOTICE_BREATH, PRESSURE, NOTICE "+ Lightly.  #E11\n@breathe tide\n" RELEASE,
     NOTICE "Lightly.  #E11\n@breathe tide\n" RELEASE},
    {RULE_NOTICE_BREATH, PRESSURE, NOTICE "natural: Lightly.  #E11\n@breathe tide\n" RELEASE,
     NOTICE "paced: Lightly.  #E11\n@breathe tide\n" RELEASE},
    {RULE_NOTICE_HEADER, PRESSURE, "@notice breath\n", NOTICE},
    {RULE_NOTICE_HEADER, "notice: none\n", NOTICE, "Quiet.\n"},
    {RULE_RELEASE, BREATH, BREATHE "@breathe tide\n+ Free again.  #E14\n",
     BREATHE "@breathe ramp\n@breathe tide\n" RELEASE},
    {RULE_RELEASE, BREATH, BREATHE "@repeat 2\n@breathe tide\n@end\n" RELEASE,
     BREATHE "@repeat 1\n@breathe tide\n@end\n" RELEASE},
    {RULE_RELEASE, BREATH, BREATHE "@sides left, right\n@breathe tide\nfirst: Free.  #E14\n@end\n",
     BREATHE "@sides left, right\n@breathe tide\n" RELEASE "@end\n"},
    {RULE_RELEASE, BREATH, BREATHE "+ @breathe tide\nSaid.\n++ Free.  #E14\n",
     BREATHE "+ @breathe tide\nSaid.\n+ Free.  #E14\n"},
    {RULE_RELEASE, BREATH, BREATHE "+ @breathe ramp\n@breathe tide\n+ Free.  #E14\n",
     BREATHE "@breathe ramp\n+ @breathe tide\nFree.  #E14\n"},
    {RULE_RELEASE, BREATH, BREATHE "@breathe tide\nnatural: Free.  #E14\n",
     BREATHE "@breathe tide\npaced: Free.  #E14\n"},
    {RULE_DUSK, BREATH, BREATHE "@breathe dusk\n" RELEASE,
     BREATHE "@breathe tide\n@breathe dusk\n" RELEASE},
    {RULE_EYES, "notice: none\nposition: standing\n", "Let both eyes be closed.\n",
     "The eyes stay open. Close to the wall.\n"},
    {RULE_SPINE, PRESSURE, NOTICE "Roll the ball up and down your spine.\n",
     NOTICE "Roll the ball up and down beside your spine, never on it.\n"},
    {RULE_KNEE, PRESSURE, NOTICE "Press a thumb into the hollow behind the knee.\n",
     NOTICE "Press a thumb into the calf, and stop well below the hollow behind the knee.\n"},
    {RULE_BREATH_HELD, "notice: none\n", "Breathe in.\nHold it, and count to ten.\n",
     "Breathe in, and don't hold it.\n"},
    {RULE_BREATH_FORCED, "notice: none\n", "Breathe out as hard as it will go.\n",
     "Breathe out, not hard, only long.\n"},
    {RULE_PAIN, PRESSURE, NOTICE "Lean on the ball until it hurts.\n",
     NOTICE "Lean on the ball, and ease off before it hurts.\n"},
    {RULE_FORCE, MOVEMENT, "@notice movement\nBounce a little in the stretch.\n",
     "@notice movement\nStay in the stretch, without bouncing.\n"},
    {RULE_SUDDEN, "notice: none\n", "Now get up at once.\n",
     "Do not get up at once.\nGet up in your own time.\n"},
    {RULE_DRIVING, "notice: none\n", "You can do this while driving.\n",
     "This is not for you while you are driving.\n"},
    {RULE_CURE, "notice: none\n", "It will heal your back.\n", "It will not heal your back.\n"},
    {RULE_NOTICE_ADDED, "notice: none\n", "Take the ball.\n", "No ball is needed.\n"},
    {RULE_RISE, "notice: none\nposition: lying\n", "paced: Rise slowly.  #E16\nSaid.\n",
     "Rise slowly.  #E16\n"},
    {RULE_RISE, "notice: none\nposition: chair, side-lying\n", "+ Rise slowly.  #E16\n",
     "Rise slowly.  #E16\n"},
};

// Scripts as they stand, broken and kept.
static const struct example whole[] = {
    {RULE_SLEEP_TOLD, SLEEP, "== A\nHush.\n+ Silent soon.  #E23\n== B\n@rest 5m..50m\n",
     "== A\nHush.\nSilent soon.  #E23\n== B\n@rest 5m..50m\n@rest 1s\n"},
    {RULE_SLEEP_QUIET, SLEEP, SILENT "== B\n@rest 5m..50m\nStill here.\nAnd here.\n",
     SILENT "Still here.\n== B\n@rest 5m..50m\n"},
    {RULE_SLEEP_QUIET, SLEEP, SILENT "== B\n@rest 5m..50m\n~ Still here.\n",
     SILENT "@rest 5m..50m\n~ Still here.\n== B\n@rest 5m..50m\n"},
    {RULE_SLEEP_QUIET, SLEEP, SILENT "== B\n@rest 5m..50m\n+ @rest 1m\n",
     SILENT "+ @rest 1m\n== B\n@rest 5m..50m\n"},
    {RULE_SLEEP_QUIET, SLEEP, SILENT "== B\n@chime\n@rest 5m..50m\n",
     SILENT "@chime\n== B\n@rest 5m..50m\n"},
    {RULE_SLEEP_QUIET, SLEEP, SILENT "== B\n@scene shore\n@rest 5m..50m\n",
     SILENT "@scene shore\n== B\n@rest 5m..50m\n"},
    {RULE_SLEEP_QUIET, SLEEP, SILENT "== B\n@breathe natural 1m\n@rest 5m..50m\n",
     SILENT "@breathe natural 1m\n== B\n@rest 5m..50m\n"},
    {RULE_SLEEP_QUIET, SLEEP MOVEMENT,
     SILENT "@notice movement\n== B\n@move sway, 20s\n@end\n@rest 5m..50m\n",
     SILENT "@notice movement\n@move sway, 20s\n@end\n== B\n@rest 5m..50m\n"},
    {RULE_RISE, "position: lying\nending: return\n", SILENT "== B\nEnd.\n",
     SILENT "== B\nRise slowly.  #E16\n"},
};

enum {
    EXAMPLE_COUNT = sizeof examples / sizeof *examples,
    WHOLE_COUNT = sizeof whole / sizeof *whole,
};

static void parse(const struct example *example, const char *body, struct diagnostics *list)
{
    struct buffer script = BUFFER_INIT;
    struct session session;
    buffer_printf(&script,
                  "title: T\nlanguage: en\nlength: 6m..60m, natural 10m\n%s== First\nSaid.\n"
                  "%s\n== Last\nGoodbye.\n",
                  example->header, body);
    if (fixture_parse(&session, buffer_text(&script), "example", list) == STATUS_OK)
        session_free(&session);
    buffer_free(&script);
}

static void parse_whole(const struct example *example, const char *body, struct diagnostics *list)
{
    struct buffer script = BUFFER_INIT;
    struct session session;
    buffer_printf(&script, "title: T\nlanguage: en\nlength: 6m..60m, natural 10m\n%s%s%s",
                  strstr(example->header, "notice:") ? "" : "notice: none\n", example->header,
                  body);
    if (fixture_parse(&session, buffer_text(&script), "example", list) == STATUS_OK)
        session_free(&session);
    buffer_free(&script);
}

static void fail_with(const struct example *example, const struct diagnostics *list,
                      const char *what)
{
    struct buffer out = BUFFER_INIT;
    diagnostics_print(list, &out);
    fail_msg("rule %s, %s:\n%s\n%s", rule_row(example->rule)->id, what, example->bad,
             out.data ? out.data : "(nothing)");
}

static void try_examples(const struct example *from, size_t count,
                         void (*parse_example)(const struct example *, const char *,
                                               struct diagnostics *))
{
    struct diagnostics list;
    for (size_t i = 0; i < count; i++) {
        const struct example *example = &from[i];
        const struct rule_row *row = rule_row(example->rule);
        parse_example(example, example->bad, &list);
        if (list.count != 1 || strcmp(list.items[0].rule, row->id) != 0 ||
            list.items[0].severity != row->severity || list.items[0].hint.size == 0)
            fail_with(example, &list, "broken");
        diagnostics_free(&list);
        parse_example(example, example->good, &list);
        if (list.count != 0)
            fail_with(example, &list, "kept");
        diagnostics_free(&list);
    }
}

static void test_each_rule(void **state)
{
    (void)state;
    try_examples(examples, EXAMPLE_COUNT, parse);
    try_examples(whole, WHOLE_COUNT, parse_whole);
}

// In a language whose notices name no stop cue, the script has to.
static void test_stop_cue(void **state)
{
    (void)state;
    static const char head[] = "title: T\nlanguage: nn\nlength: 6m..60m, natural 10m\n"
                               "notice: movement\n== First\n@notice movement\n";
    static const char tail[] = "@move sway, 20s\n@end\n== Last\nGoodbye.\n";
    struct buffer script = BUFFER_INIT;
    struct session session;
    struct diagnostics list;
    buffer_printf(&script, "%s+ Stop when sharp.  #E8\n%s", head, tail);
    assert_int_equal(fixture_parse(&session, buffer_text(&script), "stop", &list),
                     STATUS_BAD_INPUT);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].rule, "stop-cue");
    assert_int_equal(list.items[0].line, 8);
    diagnostics_free(&list);
    buffer_clear(&script);
    buffer_printf(&script, "%sStop when sharp.  #E8\n%s", head, tail);
    assert_int_equal(fixture_parse(&session, buffer_text(&script), "stop", &list), STATUS_OK);
    diagnostics_free(&list);
    session_free(&session);
    buffer_free(&script);
}

static void test_late_technique(void **state)
{
    (void)state;
    struct session session;
    struct diagnostics list;
    struct text script = TEXT("title: T\nlanguage: en\nlength: 6m..60m, natural 10m\n"
                              "notice: movement\n== First\n@notice movement\n"
                              "@move sway, 20s\n@end\n== Last\nGoodbye.\n@move sway, 20s\n@end\n");
    assert_int_equal(fixture_parse(&session, script, "late", &list), STATUS_BAD_INPUT);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].rule, "late-technique");
    assert_int_equal(list.items[0].line, 11);
    diagnostics_free(&list);
}

static void test_every_rule_has_an_example(void **state)
{
    (void)state;
    bool seen[RULE_COUNT] = {[RULE_LATE] = true, [RULE_STOP_CUE] = true}; // tested by themselves
    for (size_t i = 0; i < EXAMPLE_COUNT; i++)
        seen[examples[i].rule] = true;
    for (size_t i = 0; i < WHOLE_COUNT; i++)
        seen[whole[i].rule] = true;
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        const struct rule_row *row = rule_row((enum rule)rule);
        assert_non_null(row->id);
        assert_non_null(row->why);
        assert_non_null(row->hint);
        if (!seen[rule])
            fail_msg("no example for %s", row->id);
    }
}

// A plain text is somebody's own: a claim in it is pointed out, in a script it is refused.
static void test_claim_severity(void **state)
{
    (void)state;
    struct session session;
    struct diagnostics list;
    assert_int_equal(fixture_parse(&session, TEXT("Title\n\nThis heals.\n"), "plain.txt", &list),
                     STATUS_OK);
    assert_int_equal(list.warnings, 2);
    diagnostics_free(&list);
    session_free(&session);
    struct text script = TEXT("title: T\nlanguage: en\nlength: 6m..60m, natural 10m\n"
                              "notice: none\n== First\nThis heals.\n");
    assert_int_equal(fixture_parse(&session, script, "claim", &list), STATUS_BAD_INPUT);
    assert_int_equal(list.errors, 1);
    assert_string_equal(list.items[0].rule, "claim");
    diagnostics_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_rule),      cmocka_unit_test(test_stop_cue),
        cmocka_unit_test(test_late_technique), cmocka_unit_test(test_every_rule_has_an_example),
        cmocka_unit_test(test_claim_severity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
