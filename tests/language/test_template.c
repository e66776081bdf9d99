// SPDX-License-Identifier: GPL-3.0-or-later
// Parts are taken by what they are for, and faults are told in all of them.
#include "template.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define MINUTE ((int64_t)60 * FRAME_RATE)

static const struct template_choice touch_in_bed = {.title = {"Mine", 4},
                                                    .kind = TEMPLATE_TOUCH,
                                                    .place = PLACE_BED,
                                                    .natural = 8 * MINUTE,
                                                    .length = {5 * MINUTE, 12 * MINUTE},
                                                    .quiet = 20 * FRAME_RATE};

static void check_print(const char *data, const char *wanted)
{
    struct buffer out = BUFFER_INIT;
    struct diagnostics list;
    diagnostics_init(&list, "template");
    template_print(&out, text_from(data), &touch_in_bed, &list);
    assert_int_equal(list.count, 0);
    assert_string_equal(out.data ? out.data : "", wanted);
    diagnostics_free(&list);
    buffer_free(&out);
}

// One fault, with its rule and its line.
static void check_fault(const char *data, const char *rule, int line)
{
    struct buffer out = BUFFER_INIT;
    struct diagnostics list;
    diagnostics_init(&list, "template");
    template_print(&out, text_from(data), &touch_in_bed, &list);
    assert_int_equal(list.errors, 1);
    assert_string_equal(list.items[0].rule, rule);
    assert_int_equal(list.items[0].line, line);
    assert_true(list.items[0].hint.size > 0);
    diagnostics_free(&list);
    buffer_free(&out);
}

static void test_parts(void **state)
{
    (void)state;
    check_print("// for authors\ntitle: T\n\n[all]\na\n[touch]\nb\n[move breath]\nno\n"
                "[chair bed]\nc\n[touch chair]\nno\n[touch move standing bed]\nd\n",
                "a\nb\nc\nd\n");
    check_print("title: T\n[8m..]\na\n[..8m]\nno\n[..9m]\nb\n[9m..]\nno\n[6m.. ..10m]\nc\n",
                "a\nb\nc\n");
}

// Inside a part blank lines stay; those before the next part, and of parts that do not fit, do not.
static void test_blank_lines(void **state)
{
    (void)state;
    check_print("title: T\n\n[all]\n// said\n\n\n  a\n\n[move]\n\nno\n\n[all]\n\nb\n\n",
                "// said\n\n\n  a\n\nb\n");
}

static void test_values(void **state)
{
    (void)state;
    check_print(
        "title: T\n[all]\n<title>: <least>..<most>, natural <natural>, <position>, <quiet>\n",
        "Mine: 5m..12m, natural 8m, bed, 20s\n");
    assert_true(
        text_equal_c(template_title(TEXT("// x\ntitle:  My Time \n[all]\na\n")), "My Time"));
    assert_int_equal(template_title(TEXT("[all]\ntitle: T\n")).size, 0);
}

static void test_faults(void **state)
{
    (void)state;
    check_fault("title: T\n[all\na\n", "template-part", 2);
    check_fault("title: T\n[touch sofa]\na\n", "template-part", 2);
    check_fault("title: T\n[6m..8m]\na\n", "template-part", 2);
    check_fault("title: T\n[..]\na\n", "template-part", 2);
    check_fault("title: T\n[6..]\na\n", "template-part", 2);
    check_fault("title: T\nWelcome.\n[all]\na\n", "template-line", 2);
    check_fault("title: T\n[move]\nHere are <length>.\n", "template-value", 3);
    check_fault("title: T\n[all]\nless < more\n", "template-value", 3);
    check_fault("[all]\na\n", "template-title", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_blank_lines),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
