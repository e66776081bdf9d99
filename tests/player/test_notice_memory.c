// SPDX-License-Identifier: GPL-3.0-or-later
#include "notice_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { DEADLINE_S = 10 };

struct fixture {
    char state[40];   // XDG_STATE_HOME
    char folder[60];  // of loosen in it
    char notices[80]; // the file
};

// A read that waits for a writer would wait for ever: the alarm ends the test.
static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    snprintf(f->state, sizeof f->state, "/tmp/loosen-state-XXXXXX");
    assert_non_null(mkdtemp(f->state));
    snprintf(f->folder, sizeof f->folder, "%s/loosen", f->state);
    snprintf(f->notices, sizeof f->notices, "%s/notices", f->folder);
    assert_int_equal(setenv("XDG_STATE_HOME", f->state, 1), 0);
    alarm(DEADLINE_S);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    alarm(0);
    (void)remove(f->notices); // not every test makes them
    (void)rmdir(f->folder);
    assert_int_equal(rmdir(f->state), 0);
    free(f);
    return 0;
}

static void write_notices(const struct fixture *f, const char *content)
{
    assert_int_equal(mkdir(f->folder, 0700), 0);
    FILE *file = fopen(f->notices, "w");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void remembers_each_language(void **state)
{
    (void)state;
    struct error error;
    assert_false(notice_memory_given(TEXT("en"), 1));
    assert_int_equal(notice_memory_keep(TEXT("en"), 2, &error), STATUS_OK);
    assert_int_equal(notice_memory_keep(TEXT("de"), 1, &error), STATUS_OK);
    assert_true(notice_memory_given(TEXT("en"), 1));
    assert_true(notice_memory_given(TEXT("en"), 2));
    assert_false(notice_memory_given(TEXT("en"), 3));
    assert_true(notice_memory_given(TEXT("de"), 1));
    assert_false(notice_memory_given(TEXT("de"), 2));
    assert_int_equal(notice_memory_keep(TEXT("en"), 3, &error), STATUS_OK);
    assert_true(notice_memory_given(TEXT("en"), 3));
    assert_true(notice_memory_given(TEXT("de"), 1));
}

static void skips_what_it_cannot_read(void **state)
{
    write_notices(*state, "nonsense\nen two\n 3\nde 4\nen 1\n");
    assert_true(notice_memory_given(TEXT("de"), 4));
    assert_true(notice_memory_given(TEXT("en"), 1));
    assert_false(notice_memory_given(TEXT("en"), 2));
}

static void a_file_that_is_too_long_says_nothing(void **state)
{
    const struct fixture *f = *state;
    write_notices(f, "en 9\n");
    assert_true(notice_memory_given(TEXT("en"), 9));
    assert_int_equal(truncate(f->notices, 4097), 0);
    assert_false(notice_memory_given(TEXT("en"), 1));
}

static void a_fifo_is_not_waited_for(void **state)
{
    const struct fixture *f = *state;
    struct error error;
    assert_int_equal(mkdir(f->folder, 0700), 0);
    assert_int_equal(mkfifo(f->notices, 0600), 0);
    assert_false(notice_memory_given(TEXT("en"), 1));
    assert_int_not_equal(notice_memory_keep(TEXT("en"), 1, &error), STATUS_OK);
    assert_non_null(strstr(error.text, "no regular file"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(remembers_each_language, set_up, tear_down),
        cmocka_unit_test_setup_teardown(skips_what_it_cannot_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_is_too_long_says_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_fifo_is_not_waited_for, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
