// SPDX-License-Identifier: GPL-3.0-or-later
// What the parser puts into the model, and what plain text becomes.
#include "fixture.h"
#include "session_limits.h"
#include "session_load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define HEAD "title: T\nlanguage: en\nlength: 6m..60m, natural 10m\nnotice: breath\n== A\n"
#define MS(ms) ((int64_t)(ms)*FRAMES_PER_MS)

static void parse(struct session *session, struct text script)
{
    struct diagnostics list;
    if (fixture_parse(session, script, "some/folder/my.session", &list) != STATUS_OK) {
        struct buffer out = BUFFER_INIT;
        diagnostics_print(&list, &out);
        fail_msg("%s", out.data);
    }
    diagnostics_free(&list);
}

static void test_header(void **state)
{
    (void)state;
    struct session session;
    parse(&session, TEXT(HEAD "@notice breath\nHi.\n"));
    assert_true(text_equal_c(session.file, "some/folder/my.session"));
    assert_true(text_equal_c(session.id, "my"));
    assert_int_equal(session.length.least, MS(360000));
    assert_int_equal(session.length.most, MS(3600000));
    assert_int_equal(session.natural, MS(600000));
    assert_int_equal(session.summary.size, 0);
    assert_false(session.plain);
    assert_int_equal(session.ending, ENDING_RETURN);
    session_free(&session);
    session_free(&session); // twice is harmless
    session_free(NULL);
}

static void test_pauses(void **state)
{
    (void)state;
    struct session session;
    parse(&session, TEXT(HEAD "@notice breath\n+ Hi.\n@pause 2s\n@pause 2s..5s\n@rest 3s\n"
                              "++ @rest 1s..1m\n~ Here.\n// comment\n\n~ Still.\nDone.\n"));
    const struct node *node = session.sections[0].first->next->next;
    assert_int_equal(node->as.pause.natural, MS(2000));
    assert_int_equal(node->as.pause.frames.least, MS(1200));
    assert_int_equal(node->as.pause.frames.most, MS(3200));
    assert_false(node->as.pause.ranged);
    assert_int_equal(node->level, LEVEL_CORE); // of the line before it
    node = node->next;
    assert_int_equal(node->as.pause.natural, MS(3500));
    assert_int_equal(node->as.pause.frames.least, MS(2000));
    assert_int_equal(node->as.pause.frames.most, MS(5000));
    assert_int_equal(node->level, LEVEL_CORE);
    node = node->next;
    assert_int_equal(node->as.rest.frames.least, MS(3000));
    assert_int_equal(node->as.rest.frames.most, MS(3000));
    node = node->next;
    assert_int_equal(node->level, LEVEL_EXTRA);
    assert_int_equal(node->children->level, LEVEL_PRESENCE);
    assert_int_equal(node->children->next->place.line, 15);
    assert_null(node->children->next->next);
    assert_int_equal(node->next->type, NODE_LINE);
    session_free(&session);
}

static void expect_bout(const struct node *node, enum pattern_type type, bool counted,
                        int64_t least, int64_t most)
{
    assert_int_equal(node->type, NODE_BREATHE);
    assert_int_equal(node->as.breathe.pattern.type, type);
    assert_int_equal(node->as.breathe.counted, counted);
    assert_int_equal(counted ? node->as.breathe.least_breaths : node->as.breathe.frames.least,
                     least);
    assert_int_equal(counted ? node->as.breathe.most_breaths : node->as.breathe.frames.most, most);
}

static void test_breaths(void **state)
{
    (void)state;
    struct session session;
    parse(&session, TEXT(HEAD "@notice breath\n@breathe ramp\n@breathe tide\n@breathe even 2m\n"
                              "@breathe dusk 3..6 breaths\n@breathe 4.5-0.5-7\n@breathe sigh\n"
                              "@breathe natural 1m..2m\nFree.  #E14\n"));
    const struct node *node = session.sections[0].first->next;
    expect_bout(node, PATTERN_RAMP, true, 3, 11);
    expect_bout(node = node->next, PATTERN_PACED, false, 0, SESSION_BOUT_MOST);
    assert_int_equal(node->as.breathe.pattern.in_frames, MS(4000));
    assert_int_equal(node->as.breathe.pattern.out_frames, MS(6000));
    expect_bout(node = node->next, PATTERN_PACED, false, MS(120000), MS(120000));
    expect_bout(node = node->next, PATTERN_PACED, true, 3, 6);
    assert_int_equal(node->as.breathe.pattern.out_frames, MS(7000));
    expect_bout(node = node->next, PATTERN_PACED, false, 0, SESSION_BOUT_MOST);
    assert_int_equal(node->as.breathe.pattern.in_frames, MS(4500));
    assert_int_equal(node->as.breathe.pattern.hold_frames, MS(500));
    assert_int_equal(node->as.breathe.pattern.out_frames, MS(7000));
    expect_bout(node = node->next, PATTERN_SIGH, true, 1, 3);
    expect_bout(node->next, PATTERN_NATURAL, false, MS(60000), MS(120000));
    session_free(&session);
}

static void test_places(void **state)
{
    (void)state;
    struct session session;
    parse(&session, TEXT(HEAD "@notice breath\n  ++ first\xC3\xA4, here.\n + @rest 1s\nHi.\n"));
    const struct node *node = session.sections[0].first->next;
    assert_int_equal(node->place.line, 7);
    assert_int_equal(node->place.column, 6);
    assert_int_equal(node->next->place.line, 8);
    assert_int_equal(node->next->place.column, 4);
    assert_true(text_equal_c(node->file, "some/folder/my.session"));
    session_free(&session);
}

// Quiet between paragraphs and at the end makes every length up to the longest possible.
static void test_plain(void **state)
{
    (void)state;
    struct session session;
    parse(&session,
          TEXT("My title\n\nOne.\nTwo.\n\n// note\nThree.\n@pause 3s\n@rest 1s\n\nFour.\n"));
    assert_true(session.plain);
    assert_true(text_equal_c(session.title, "My title"));
    assert_true(text_equal_c(session.language, "en"));
    assert_true(text_equal_c(session.notice, "none"));
    assert_int_equal(session.length.least, SESSION_LENGTH_LEAST);
    assert_int_equal(session.length.most, SESSION_LENGTH_MOST);
    static const enum node_type wanted[] = {NODE_LINE,  NODE_REST, NODE_LINE, NODE_REST, NODE_LINE,
                                            NODE_PAUSE, NODE_REST, NODE_LINE, NODE_REST};
    const struct node *node = session.sections[0].first;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++, node = node->next) {
        assert_non_null(node);
        assert_int_equal(node->type, wanted[i]);
    }
    assert_null(node);
    session_free(&session);
}

static void test_long_plain(void **state)
{
    (void)state;
    struct session session;
    struct buffer script = BUFFER_INIT;
    buffer_add_c(&script, "Long\n");
    for (int i = 0; i < 111; i++) // 10.4 minutes of speech
        buffer_add_c(&script, "Ten words are in here, and none of them matters.\n");
    parse(&session, buffer_text(&script));
    assert_int_equal(session.length.least, SESSION_LENGTH_LEAST); // the planner says what fits
    assert_in_range(session.natural / MS(60000), 20, 32);         // as much quiet as speech
    session_free(&session);
    buffer_free(&script);
}

static enum status load(const char *path, struct error *error)
{
    struct session session;
    struct diagnostics list;
    diagnostics_init(&list, path);
    enum status status = session_load(&session, path, &fixture_source, &list, error);
    if (status == STATUS_OK)
        session_free(&session);
    diagnostics_free(&list);
    return status;
}

static void test_load(void **state)
{
    (void)state;
    struct error error;
    struct buffer data = fixture_read("good/smallest.session"); // enters the folder too
    buffer_free(&data);
    assert_int_equal(load("good/smallest.session", &error), STATUS_OK);
    assert_int_equal(load("good/nothing.session", &error), STATUS_NOT_FOUND);
    assert_non_null(strstr(error.text, "good/nothing.session"));
    assert_int_equal(load("good", &error), STATUS_BAD_INPUT);
    assert_non_null(strstr(error.text, "regular"));
    assert_int_equal(load("bad/claims.session", &error), STATUS_BAD_INPUT);
    char fifo[] = "/tmp/loosen-test-XXXXXX";
    assert_non_null(mkdtemp(fifo));
    char path[64];
    snprintf(path, sizeof path, "%s/fifo", fifo);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(load(path, &error), STATUS_BAD_INPUT); // and does not wait for a writer
    assert_int_equal(unlink(path), 0);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(ftruncate(fileno(file), SESSION_FILE_MAX + 1), 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(load(path, &error), STATUS_BAD_INPUT);
    assert_non_null(strstr(error.text, "4 MiB"));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(fifo), 0);
}

static void test_file_limit(void **state)
{
    (void)state;
    struct session session;
    struct diagnostics list;
    char *data = malloc(SESSION_FILE_MAX + 1);
    assert_non_null(data);
    memset(data, '\n', SESSION_FILE_MAX + 1);
    assert_int_equal(
        fixture_parse(&session, (struct text){data, SESSION_FILE_MAX + 1}, "big", &list),
        STATUS_BAD_INPUT);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].rule, "file-limit");
    diagnostics_free(&list);
    free(data);
}

// A file of nothing but faults: all are counted, a thousand are kept.
static void test_many_faults(void **state)
{
    (void)state;
    struct session session;
    struct diagnostics list;
    struct buffer script = BUFFER_INIT;
    buffer_add_c(&script, HEAD "@notice breath\nHi.\n");
    for (int i = 0; i < 20000; i++)
        buffer_add_c(&script, "@pause x\n");
    assert_int_equal(fixture_parse(&session, buffer_text(&script), "many", &list),
                     STATUS_BAD_INPUT);
    assert_int_equal(list.errors, 20000);
    assert_int_equal(list.count, DIAGNOSTICS_MAX);
    diagnostics_free(&list);
    buffer_free(&script);
}

// A file of more lines than any timeline has events is not read to its end, and costs no more
// than its size: a hundred thousand lines below one @rest take no time that is felt.
static void test_event_limit(void **state)
{
    (void)state;
    struct session session;
    struct diagnostics list;
    struct buffer script = BUFFER_INIT;
    buffer_add_c(&script, HEAD "@notice breath\nHi.\n@rest 1m\n");
    for (int i = 3; i < SESSION_EVENTS_MAX; i++)
        buffer_add_c(&script, "~ a\n");
    assert_int_equal(fixture_parse(&session, buffer_text(&script), "many", &list), STATUS_OK);
    diagnostics_free(&list);
    session_free(&session);
    buffer_add_c(&script, "One more.\n");
    assert_int_equal(fixture_parse(&session, buffer_text(&script), "many", &list),
                     STATUS_BAD_INPUT);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].rule, "event-limit");
    assert_int_equal(list.items[0].line, 5 + SESSION_EVENTS_MAX + 1);
    diagnostics_free(&list);
    buffer_free(&script);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_header),      cmocka_unit_test(test_pauses),
        cmocka_unit_test(test_breaths),     cmocka_unit_test(test_places),
        cmocka_unit_test(test_plain),       cmocka_unit_test(test_long_plain),
        cmocka_unit_test(test_load),        cmocka_unit_test(test_file_limit),
        cmocka_unit_test(test_many_faults), cmocka_unit_test(test_event_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
