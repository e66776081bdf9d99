// SPDX-License-Identifier: GPL-3.0-or-later
// Which word of a clip sounds when.
#include "clip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_word_at(void **state)
{
    (void)state;
    struct clip_mark marks[] = {{1200, 0, 3}, {4000, 4, 3}, {4000, 8, 4}, {9000, 14, 5}};
    const struct clip clip = {.frames = 12000, .marks = marks, .mark_count = 4};
    assert_null(clip_word_at(&clip, 0));
    assert_null(clip_word_at(&clip, 1199));
    assert_ptr_equal(clip_word_at(&clip, 1200), &marks[0]);
    assert_ptr_equal(clip_word_at(&clip, 3999), &marks[0]);
    assert_ptr_equal(clip_word_at(&clip, 4000), &marks[2]); // the last of those that begin here
    assert_ptr_equal(clip_word_at(&clip, 8999), &marks[2]);
    assert_ptr_equal(clip_word_at(&clip, 9000), &marks[3]);
    assert_ptr_equal(clip_word_at(&clip, 99999), &marks[3]);
}

static void test_no_marks(void **state)
{
    (void)state;
    const struct clip clip = {.frames = 12000};
    assert_null(clip_word_at(&clip, 0));
    assert_null(clip_word_at(&clip, 11999));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_word_at),
        cmocka_unit_test(test_no_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
