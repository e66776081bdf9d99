// SPDX-License-Identifier: GPL-3.0-or-later
// The sessions and scenes of the source tree, and what is not among them.
#include "catalogue.h"

#include "buffer.h"
#include "duration.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct data_folders folders;

static int find_data(void **state)
{
    (void)state;
    struct error error;
    setenv("LOOSEN_DATA", LOOSEN_SOURCE_DIR, 1);
    return data_folders_find(&folders, NULL, &error) != STATUS_OK;
}

static void test_folders(void **state)
{
    (void)state;
    struct data_folders none;
    struct error error;
    assert_string_equal(folders.scripts, LOOSEN_SOURCE_DIR "//scripts");
    assert_string_equal(folders.audio, LOOSEN_SOURCE_DIR "//audio");
    setenv("LOOSEN_DATA", "/nowhere", 1);
    assert_int_equal(data_folders_find(&none, NULL, &error), STATUS_IO);
    assert_string_equal(error.file, "/nowhere//scripts");
    setenv("LOOSEN_DATA", LOOSEN_SOURCE_DIR, 1);
}

static void test_names_and_paths(void **state)
{
    (void)state;
    char path[CATALOGUE_PATH_MAX];
    assert_int_equal(catalogue_session_path(path, &folders, "de", "slow-tide", NULL), STATUS_OK);
    assert_string_equal(path, LOOSEN_SOURCE_DIR "//scripts/de/slow-tide.session");
    assert_int_equal(catalogue_session_path(path, &folders, "xx", "./my", NULL), STATUS_OK);
    assert_string_equal(path, "./my");
    assert_int_equal(catalogue_scene_path(path, &folders, "shore", NULL), STATUS_OK);
    assert_string_equal(path, LOOSEN_SOURCE_DIR "//audio/shore.scene");
}

static void test_what_is_nearest_is_named(void **state)
{
    (void)state;
    char path[CATALOGUE_PATH_MAX];
    struct error error;
    assert_int_equal(catalogue_session_path(path, &folders, "en", "wal-ball", &error),
                     STATUS_NOT_FOUND);
    assert_non_null(strstr(error.text, "did you mean \"wall-ball\"?"));
    assert_int_equal(catalogue_session_path(path, &folders, "en", "qqqqqqqq", &error),
                     STATUS_NOT_FOUND);
    assert_non_null(strstr(error.text, "loosen list sessions shows"));
    assert_int_equal(catalogue_scene_path(path, &folders, "shor", &error), STATUS_NOT_FOUND);
    assert_non_null(strstr(error.text, "no scene \"shor\", did you mean \"shore\"?"));
    assert_int_equal(catalogue_session_path(path, &folders, "xx", "wall-ball", &error),
                     STATUS_NOT_FOUND);
    assert_string_equal(error.text, "there is no language \"xx\": there are de, en");
    assert_int_equal(catalogue_check_language(&folders, "en", &error), STATUS_OK);
}

static void test_sessions_are_sorted_by_length(void **state)
{
    (void)state;
    struct catalogue catalogue;
    struct error error;
    assert_int_equal(catalogue_open(&catalogue, &folders, "en", &error), STATUS_OK);
    assert_true(catalogue.count >= 10);
    for (size_t i = 1; i < catalogue.count; i++) {
        const struct session *a = &catalogue.entries[i - 1].session;
        const struct session *b = &catalogue.entries[i].session;
        assert_true(a->natural <= b->natural);
        assert_false(text_equal(a->id, b->id));
    }
    catalogue_close(&catalogue);
    assert_int_equal(catalogue.count, 0);
    assert_int_equal(catalogue_open(&catalogue, &folders, "xx", &error), STATUS_NOT_FOUND);
}

static bool is_listed(struct text list, struct text id)
{
    while (list.size > 0) {
        struct text item = text_head(list, text_find(list, ','));
        list = text_skip(list, item.size + 2);
        if (text_equal(item, id))
            return true;
    }
    return false;
}

static void test_fitting_sessions_are_all_that_fit(void **state)
{
    (void)state;
    struct catalogue catalogue;
    assert_int_equal(catalogue_open(&catalogue, &folders, "en", NULL), STATUS_OK);
    for (int minutes = 1; minutes <= 91; minutes += 5) {
        struct buffer out = BUFFER_INIT;
        const int64_t length = (int64_t)minutes * 60 * FRAME_RATE;
        catalogue_fitting(&catalogue, length, &out);
        for (size_t i = 0; i < catalogue.count; i++) {
            const struct session *session = &catalogue.entries[i].session;
            const bool fits = length >= session->length.least && length <= session->length.most;
            assert_int_equal(is_listed(buffer_text(&out), session->id), fits);
        }
        buffer_free(&out);
    }
    catalogue_close(&catalogue);
}

// Where the author's folder is, by the environment alone; none needs to be there.
static void test_own_folder(void **state)
{
    (void)state;
    struct data_folders found;
    struct error error;
    setenv("XDG_DATA_HOME", "/data//", 1);
    setenv("HOME", "/home/me", 1);
    assert_int_equal(data_folders_find(&found, NULL, &error), STATUS_OK);
    assert_string_equal(found.own, "/data///loosen");
    assert_string_equal(data_folders_own_part(&found, "/data///loosen/a.scene"), "a.scene");
    assert_null(data_folders_own_part(&found, "/data///loosen2/a.scene"));
    setenv("XDG_DATA_HOME", "data", 1);
    assert_int_equal(data_folders_find(&found, NULL, &error), STATUS_OK);
    assert_string_equal(found.own, "/home/me/.local/share/loosen");
    setenv("HOME", "", 1);
    assert_int_equal(data_folders_find(&found, NULL, &error), STATUS_OK);
    assert_string_equal(found.own, "");
    assert_null(data_folders_own_part(&found, "/a.scene"));
    assert_int_equal(data_folders_find(&found, LOOSEN_SOURCE_DIR "/", &error), STATUS_OK);
    assert_string_equal(found.own, LOOSEN_SOURCE_DIR);
    assert_int_equal(data_folders_find(&found, "/nowhere", &error), STATUS_BAD_ARGUMENT);
    assert_string_equal(error.text, "--data takes a folder: /nowhere is none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folders),
        cmocka_unit_test(test_names_and_paths),
        cmocka_unit_test(test_what_is_nearest_is_named),
        cmocka_unit_test(test_sessions_are_sorted_by_length),
        cmocka_unit_test(test_fitting_sessions_are_all_that_fit),
        cmocka_unit_test(test_own_folder),
    };
    return cmocka_run_group_tests(tests, find_data, NULL);
}
