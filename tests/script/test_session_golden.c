// SPDX-License-Identifier: GPL-3.0-or-later
// The suites good/, pretty/ and bad/: see their README files. UPDATE_GOLDEN=1 rewrites what is
// expected; read the difference before it is committed.
#include "fixture.h"
#include "session_print.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void check_messages(const struct diagnostics *list, const char *folder, const char *name)
{
    struct buffer path = BUFFER_INIT, out = BUFFER_INIT;
    diagnostics_print(list, &out);
    buffer_printf(&path, "%s/%s.messages", folder, name);
    fixture_golden(path.data, buffer_text(&out));
    buffer_free(&path);
    buffer_free(&out);
}

// What is printed parses again to the same model, and prints to the same text.
static void check_round_trip(const struct session *session, struct text printed)
{
    struct session again;
    struct diagnostics list;
    assert_int_equal(fixture_parse(&again, printed, "printed.session", &list), STATUS_OK);
    fixture_same_session(session, &again);
    struct buffer out = BUFFER_INIT;
    session_print(&again, &out);
    assert_true(text_equal(buffer_text(&out), printed));
    buffer_free(&out);
    diagnostics_free(&list);
    session_free(&again);
}

static void check_print(const struct session *session, const char *folder, const char *name)
{
    struct buffer path = BUFFER_INIT, out = BUFFER_INIT;
    session_print(session, &out);
    assert_false(out.failed);
    buffer_printf(&path, "%s/%s.print", folder, name);
    fixture_golden(path.data, buffer_text(&out));
    buffer_free(&path);
    check_round_trip(session, buffer_text(&out));
    buffer_free(&out);
}

static void run_file(const char *folder, const char *name, enum status wanted)
{
    struct buffer path = BUFFER_INIT, file = BUFFER_INIT;
    buffer_printf(&path, "%s/%s.session", folder, name);
    buffer_printf(&file, "%s.session", name);
    struct buffer data = fixture_read(path.data);
    struct session session;
    struct diagnostics list;
    enum status status = fixture_parse(&session, buffer_text(&data), file.data, &list);
    check_messages(&list, folder, name);
    if (status != wanted)
        fail_msg("%s: status %d", path.data, (int)status);
    if (status == STATUS_OK) {
        check_print(&session, folder, name);
        session_free(&session);
    }
    diagnostics_free(&list);
    buffer_free(&data);
    buffer_free(&file);
    buffer_free(&path);
}

static void run_folder(const char *folder, enum status wanted)
{
    static char names[FIXTURE_NAMES_MAX][FIXTURE_NAME_SIZE];
    size_t count = fixture_names(names, folder, ".session");
    for (size_t i = 0; i < count; i++)
        run_file(folder, names[i], wanted);
}

static void test_good(void **state)
{
    (void)state;
    run_folder("good", STATUS_OK);
}

static void test_pretty(void **state)
{
    (void)state;
    run_folder("pretty", STATUS_OK);
}

static void test_bad(void **state)
{
    (void)state;
    run_folder("bad", STATUS_BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_pretty),
        cmocka_unit_test(test_bad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
