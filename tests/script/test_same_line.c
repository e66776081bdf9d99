// SPDX-License-Identifier: GPL-3.0-or-later
// Where a line went when its script was edited.
#include "same_line.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

// The first spoken line is line 6.
#define HEAD "title: T\nlanguage: en\nlength: 2m..60m, natural 10m\nnotice: none\n== A\n"

static void parse(struct session *session, const char *script)
{
    struct diagnostics list;
    assert_int_equal(fixture_parse(session, text_from(script), "my.session", &list), STATUS_OK);
    diagnostics_free(&list);
}

static int find(const char *before, int line, const char *after)
{
    struct session old, new;
    int found = 0;
    parse(&old, before);
    parse(&new, after);
    assert_int_equal(same_line_find(&found, &old, line, &new, NULL), STATUS_OK);
    session_free(&old);
    session_free(&new);
    return found;
}

static const char script[] = HEAD "One.\nTwo.\n@rest 1s..60m\nThree.\nTwo.\n";

static void a_line_stays(void **state)
{
    (void)state;
    for (int line = 6; line <= 10; line++)
        assert_int_equal(find(script, line, script),
                         line == 8 ? 7 : line); // of a rest, the one above
}

static void lines_move(void **state)
{
    (void)state;
    assert_int_equal(find(script, 9, HEAD "// Why\nZero.\nOne.\nTwo.\n@rest 1s..60m\nThree.\n"),
                     11);
    assert_int_equal(find(script, 9, HEAD "@rest 1s..60m\n+ first of all: Three.\nThree.  #E1\n"),
                     8);
}

static void of_several_the_nearest(void **state)
{
    (void)state;
    assert_int_equal(find(script, 10, script), 10);
    assert_int_equal(find(script, 7, script), 7);
}

static void a_changed_line_is_behind_the_one_above(void **state)
{
    (void)state;
    assert_int_equal(find(script, 9, HEAD "One.\nTwo.\n@rest 1s..60m\nThree, slowly.\nTwo.\n"), 9);
    assert_int_equal(find(script, 6, HEAD "First.\nTwo.\n@rest 1s..60m\n"), 6);
    assert_int_equal(find(script, 9, HEAD "One.\n@rest 1s..60m\nTwo.\n"), 8); // removed, at the end
}

static void nothing_is_left(void **state)
{
    (void)state;
    assert_int_equal(find(script, 9, HEAD "@rest 1s..60m\nOther.\n"), 7);
    assert_int_equal(find(script, 0, script), 6); // before the first line
    assert_int_equal(find(script, 9, HEAD "@chime\n@rest 1s..60m\n"), 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_stays),
        cmocka_unit_test(lines_move),
        cmocka_unit_test(of_several_the_nearest),
        cmocka_unit_test(a_changed_line_is_behind_the_one_above),
        cmocka_unit_test(nothing_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
