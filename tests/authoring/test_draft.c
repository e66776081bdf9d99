// SPDX-License-Identifier: GPL-3.0-or-later
// What the templates make: every combination passes the check without a warning, is heard at least,
// usual and most length, and has what a session must have.
#include "draft.h"

#include "guess.h"
#include "plan.h"
#include "script_check.h"
#include "session_load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MINUTE ((int64_t)60 * FRAME_RATE)

static const enum place_kind places[] = {PLACE_CHAIR, PLACE_STANDING, PLACE_FLOOR, PLACE_LYING,
                                         PLACE_BED};
enum { PLACES = sizeof places / sizeof *places };

static const char *const languages[] = {"en", "de"};

static struct data_folders folders;

static int find_data(void **state)
{
    (void)state;
    struct error error;
    setenv("LOOSEN_DATA", LOOSEN_SOURCE_DIR, 1);
    return data_folders_find(&folders, NULL, &error) != STATUS_OK;
}

// The script of a draft, parsed and checked: nothing may be told of it.
static void check_draft(struct session *session, const struct draft *draft)
{
    struct buffer script = BUFFER_INIT, told = BUFFER_INIT;
    struct diagnostics list;
    struct error error;
    const struct session_source source = data_folders_source(&folders);
    diagnostics_init(&list, "draft");
    assert_int_equal(draft_print(&script, draft, &folders, &error), STATUS_OK);
    assert_int_equal(session_parse(session, buffer_text(&script), &source, &list, &error),
                     STATUS_OK);
    assert_int_equal(script_check(session, &folders, &list, &error), STATUS_OK);
    diagnostics_print(&list, &told);
    if (list.count > 0)
        fail_msg("%s, %s, %s, %d minutes: %s", draft->language,
                 template_kind_names[draft->choice.kind], place_names[draft->choice.place],
                 (int)(draft->choice.natural / MINUTE), told.data);
    assert_int_equal(session->natural, draft->choice.natural);
    assert_true(session->length.least < session->length.most);
    assert_true(text_equal_c(session->position, place_names[draft->choice.place]));
    diagnostics_free(&list);
    buffer_free(&told);
    buffer_free(&script);
}

// The share of the time in which the voice speaks.
static double talk_at(const struct session *session, int64_t length)
{
    struct guess guess;
    struct timeline timeline;
    struct error error;
    const struct plan_config config = {.total_frames = length,
                                       .breaths_per_minute = PLAN_BREATHS_DEFAULT};
    assert_int_equal(guess_build(&guess, session, length, false, &error), STATUS_OK);
    assert_int_equal(
        plan_build(&timeline, session, &guess.utterances, guess.clip_frames, &config, &error),
        STATUS_OK);
    assert_int_equal(timeline.total_frames, length);
    const double share = (double)timeline.speech_frames / (double)length;
    timeline_free(&timeline);
    guess_free(&guess);
    return share;
}

static void check_at(struct draft *draft, int minutes)
{
    struct session session;
    draft->choice.natural = minutes * MINUTE;
    check_draft(&session, draft);
    session_free(&session);
}

static void open_draft(struct draft *draft, const char *language)
{
    struct error error;
    assert_int_equal(draft_open(draft, &folders, language, &error), STATUS_OK);
    assert_true(draft->choice.title.size > 0);
}

static void test_every_kind_and_position(void **state)
{
    (void)state;
    static const int minutes[] = {2, 3, 5, 7, 8, 10, 12, 16, 24, 45, 90};
    for (size_t l = 0; l < 2; l++) {
        struct draft draft;
        open_draft(&draft, languages[l]);
        for (int kind = 0; kind < TEMPLATE_KINDS; kind++)
            for (int place = 0; place < PLACES; place++)
                for (size_t m = 0; m < sizeof minutes / sizeof *minutes; m++) {
                    draft.choice.kind = (enum template_kind)kind;
                    draft.choice.place = places[place];
                    check_at(&draft, minutes[m]);
                }
        draft_close(&draft);
    }
}

static void test_every_minute(void **state)
{
    (void)state;
    for (int kind = 0; kind < TEMPLATE_KINDS; kind++) {
        struct draft draft;
        open_draft(&draft, languages[kind % 2]);
        draft.choice.kind = (enum template_kind)kind;
        draft.choice.place = places[kind];
        for (int minutes = 2; minutes <= 90; minutes++)
            check_at(&draft, minutes);
        draft_close(&draft);
    }
}

// The voice is there, and leaves time, at the least, the usual and the most length.
static void test_talk_and_quiet(void **state)
{
    (void)state;
    static const int minutes[] = {2, 5, 10, 20, 60};
    for (int kind = 0; kind < TEMPLATE_KINDS; kind++)
        for (size_t m = 0; m < sizeof minutes / sizeof *minutes; m++) {
            struct draft draft;
            struct session session;
            open_draft(&draft, "en");
            draft.choice.kind = (enum template_kind)kind;
            draft.choice.place = PLACE_CHAIR;
            draft.choice.natural = minutes[m] * MINUTE;
            check_draft(&session, &draft);
            const int64_t lengths[] = {session.length.least, session.natural, session.length.most};
            for (int i = 0; i < 3; i++) {
                const double talk = talk_at(&session, lengths[i]);
                if (talk < 0.03 || talk > 0.45)
                    fail_msg("%s, %d minutes: %.3f at %d s", template_kind_names[kind], minutes[m],
                             talk, (int)(lengths[i] / FRAME_RATE));
            }
            session_free(&session);
            draft_close(&draft);
        }
}

// Every tag that `nodes` say at every length, as "#E16 ".
static void add_tags(struct buffer *out, const struct node *nodes)
{
    for (const struct node *node = nodes; node; node = node->next) {
        for (size_t i = 0; i < node->tag_count; i++)
            buffer_printf(out, "#%.*s ", TEXT_ARG(node->tags[i]));
        add_tags(out, node->children);
    }
}

static void check_tags(const struct session *session, const char *tag)
{
    struct buffer tags = BUFFER_INIT;
    for (size_t i = 0; i < session->section_count; i++)
        add_tags(&tags, session->sections[i].first);
    if (!strstr(tags.data, tag))
        fail_msg("%.*s, %s: no %s", TEXT_ARG(session->notice), session->position.data, tag);
    buffer_free(&tags);
}

// A stop cue, the release of a led breath, a staged rise and an ending, where they belong.
static void test_what_keeps_it_safe(void **state)
{
    (void)state;
    for (size_t l = 0; l < 2; l++)
        for (int kind = 0; kind < TEMPLATE_KINDS; kind++)
            for (int place = 0; place < PLACES; place++) {
                struct draft draft;
                struct session session;
                open_draft(&draft, languages[l]);
                draft.choice.kind = (enum template_kind)kind;
                draft.choice.place = places[place];
                draft.choice.natural = 10 * MINUTE;
                check_draft(&session, &draft);
                check_tags(&session, "#E23 ");
                if (kind != TEMPLATE_REST)
                    check_tags(&session, "#E8 ");
                if (kind == TEMPLATE_BREATH)
                    check_tags(&session, "#E14 ");
                if (kind == TEMPLATE_TOUCH || kind == TEMPLATE_MOVE)
                    check_tags(&session, "#E7 ");
                if (places[place] != PLACE_CHAIR && places[place] != PLACE_STANDING)
                    check_tags(&session, "#E16 ");
                session_free(&session);
                draft_close(&draft);
            }
}

// The titles that a script may not have are told before it is made.
static void test_titles(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "  ", "A\nlength: 1m..2m", "Heals your back", "A\tB\x01"};
    struct draft draft;
    struct error error;
    open_draft(&draft, "en");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        draft.choice.title = text_from(bad[i]);
        assert_int_equal(draft_check_title(&draft, &folders, &error), STATUS_BAD_ARGUMENT);
    }
    draft.choice.title = TEXT("An Evening, <least> and {side}");
    assert_int_equal(draft_check_title(&draft, &folders, &error), STATUS_OK);
    draft_close(&draft);
    assert_int_equal(draft_open(&draft, &folders, "xx", &error), STATUS_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_and_position),
        cmocka_unit_test(test_every_minute),
        cmocka_unit_test(test_talk_and_quiet),
        cmocka_unit_test(test_what_keeps_it_safe),
        cmocka_unit_test(test_titles),
    };
    return cmocka_run_group_tests(tests, find_data, NULL);
}
