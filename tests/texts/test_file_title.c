// SPDX-License-Identifier: GPL-3.0-or-later
#include "file_title.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void check_title(const char *name, const char *wanted)
{
    struct buffer title = BUFFER_INIT;
    file_title_read(&title, text_from(name));
    assert_string_equal(title.data ? title.data : "", wanted);
    buffer_free(&title);
}

static void check_name(const char *title, const char *wanted)
{
    struct buffer name = BUFFER_INIT;
    file_title_name(&name, text_from(title));
    assert_string_equal(name.data, wanted);
    buffer_free(&name);
}

static void test_title_of_a_file(void **state)
{
    (void)state;
    check_title("my-notes_2.txt", "My notes 2");
    check_title("evening.session", "Evening");
    check_title("Evening", "Evening");
    check_title("a.b.session", "A.b");
    check_title("---.session", "");
    check_title(".session", ".session");
}

static void test_file_of_a_title(void **state)
{
    (void)state;
    check_name("My Evening", "my-evening.session");
    check_name("  What's up -- at 5?  ", "whats-up-at-5.session");
    check_name("What’s up…", "whats-up.session");
    check_name("Müde, am Abend!", "müde-am-abend.session");
    check_name("../../etc/passwd", "etc-passwd.session");
    check_name("-t 10", "t-10.session");
    check_name("?!", "session.session");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_title_of_a_file),
        cmocka_unit_test(test_file_of_a_title),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
