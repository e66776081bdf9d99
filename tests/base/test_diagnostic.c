// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnostic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void expect_print(const struct diagnostics *list, const char *wanted)
{
    struct buffer out = BUFFER_INIT;
    diagnostics_print(list, &out);
    assert_string_equal(out.data, wanted);
    buffer_free(&out);
}

static void test_list(void **state)
{
    (void)state;
    struct diagnostics list;
    diagnostics_init(&list, "my\nfile");
    diagnostics_hint(&list, "no diagnostic yet: ignored");
    diagnostics_add(&list, SEVERITY_ERROR, "rule-b", 2, 1, "found %d", 2);
    diagnostics_hint(&list, "do %s", "this");
    diagnostics_add(&list, SEVERITY_WARNING, "rule-c", 1, 9, "found \x1B");
    diagnostics_add(&list, SEVERITY_ERROR, "rule-d", 2, 1, "second at one place");
    diagnostics_add(&list, SEVERITY_ERROR, "rule-a", 1, 3, "first");
    diagnostics_sort(&list);
    assert_int_equal(list.errors, 3);
    assert_int_equal(list.warnings, 1);
    expect_print(&list, "my\\x0Afile:1:3: error: first [rule-a]\n"
                        "my\\x0Afile:1:9: warning: found \\x1B [rule-c]\n"
                        "my\\x0Afile:2:1: error: found 2 [rule-b]\n"
                        "    hint: do this\n"
                        "my\\x0Afile:2:1: error: second at one place [rule-d]\n");
    diagnostics_free(&list);
    diagnostics_free(&list);
}

static void test_cap(void **state)
{
    (void)state;
    struct diagnostics list;
    diagnostics_init(&list, "f");
    for (int i = 0; i < DIAGNOSTICS_MAX + 5; i++) {
        diagnostics_add(&list, SEVERITY_ERROR, "rule", i + 1, 1, "m%d", i);
        diagnostics_hint(&list, "h%d", i);
    }
    assert_int_equal(list.count, DIAGNOSTICS_MAX);
    assert_int_equal(list.errors, DIAGNOSTICS_MAX + 5);
    assert_true(text_equal_c(list.items[DIAGNOSTICS_MAX - 1].hint, "h999"));
    struct buffer out = BUFFER_INIT;
    diagnostics_print(&list, &out);
    assert_non_null(strstr(out.data, "f: 5 more not shown\n"));
    buffer_free(&out);
    diagnostics_free(&list);
}

// A message that is cut stays text, wherever the cut falls.
static void test_long_message(void **state)
{
    (void)state;
    struct diagnostics list;
    char text[3001];
    for (size_t i = 0; i < sizeof text - 1; i += 2)
        memcpy(text + i, "\xC3\xA4", 2);
    text[3000] = '\0';
    diagnostics_init(&list, "f");
    diagnostics_add(&list, SEVERITY_ERROR, "rule", 1, 1, "%s", text);
    diagnostics_add(&list, SEVERITY_ERROR, "rule", 1, 1, ".%s", text);
    for (size_t i = 0; i < 2; i++) {
        struct text message = text_skip(list.items[i].message, i);
        assert_in_range(message.size, 1000, 1023);
        size_t offset = 0;
        uint32_t character;
        while (text_next(message, &offset, &character))
            assert_int_equal(character, 0xE4);
        assert_int_equal(offset, message.size);
    }
    diagnostics_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_cap),
        cmocka_unit_test(test_long_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
