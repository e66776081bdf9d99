// SPDX-License-Identifier: GPL-3.0-or-later
// Every shipped script, every 10 s of the range that it promises, at three breath rates, led and
// with natural breathing, where nobody waits longer for the voice than where the breath is led,
// or than the length allows.
#include "filler.h"
#include "law.h"
#include "pace.h"
#include "presence.h"
#include "session_load.h"
#include "utterances.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define STEP ((int64_t)10 * FRAME_RATE)
// The lengths at which rests are looked at for what they need to be said in them.
#define WAIT_STEP ((int64_t)30 * FRAME_RATE)
#define WAIT_OVER ((int64_t)6 * FRAME_RATE) // where one line more would crowd

struct tally {
    int sessions, plans, refused, company;
};

static void load(struct session *session, const char *name)
{
    static const struct session_source source = {.scripts_dir = LOOSEN_SOURCE_DIR "/scripts"};
    char path[2048];
    struct diagnostics list;
    struct error error;
    snprintf(path, sizeof path, LOOSEN_SOURCE_DIR "/scripts/%s", name);
    diagnostics_init(&list, path);
    enum status status = session_load(session, path, &source, &list, &error);
    if (status) {
        struct buffer faults = BUFFER_INIT;
        diagnostics_print(&list, &faults);
        print_error("%s: %s\n%.*s", name, error.text, (int)faults.size, faults.data);
    }
    diagnostics_free(&list);
    assert_int_equal(status, STATUS_OK);
}

static int64_t *guess_clips(const struct utterances *utterances)
{
    int64_t *clips = calloc(utterances->count + 1, sizeof *clips);
    assert_non_null(clips);
    for (size_t i = 0; i < utterances->count; i++)
        clips[i] = pace_guess_clip(utterances->items[i].spoken);
    return clips;
}

struct script {
    struct session session;
    struct utterances utterances; // of its natural length: "{length}" alike at all lengths, since
    int64_t *clips;               // laws of growth hold for the same clips only
};

// As the longest wait, but that what accompanies a touch is no company.
static int64_t longest_silence(const struct timeline *t)
{
    int64_t heard = t->lead_frames;
    int64_t most = 0;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type != EVENT_SPEECH && e->type != EVENT_BREATH)
            continue;
        most = e->start_frame - heard > most ? e->start_frame - heard : most;
        heard = e->start_frame + e->frames > heard ? e->start_frame + e->frames : heard;
    }
    return most;
}

// What a breath left to itself adds to the longest wait, when its lines stand as they should.
static void judge_wait(const struct script *s, struct plan_config config,
                       const struct timeline *made, struct tally *tally)
{
    struct timeline paced;
    struct error error;
    int64_t most = presence_wait(config.total_frames);
    config.natural_breath = false;
    if (plan_build(&paced, &s->session, &s->utterances, s->clips, &config, &error) == STATUS_OK) {
        const int64_t wait = longest_silence(&paced);
        most = most > wait ? most : wait;
        timeline_free(&paced);
    }
    for (size_t i = 0; i < made->event_count; i++)
        tally->company +=
            made->events[i].type == EVENT_SPEECH && made->events[i].as.speech.line == &filler_line;
    if (made->longest_wait_frames > most + WAIT_OVER)
        fail_msg("%.*s at %.0f s, natural: a wait of %.1f s at %.1f s, %.1f are allowed",
                 TEXT_ARG(s->session.id), seconds_from_frames(config.total_frames),
                 seconds_from_frames(made->longest_wait_frames),
                 seconds_from_frames(made->longest_wait_start), seconds_from_frames(most));
}

// One length; the timeline takes the place of `before`.
static void judge(const struct script *s, struct plan_config config, struct tally *tally,
                  struct timeline *before)
{
    struct error error;
    struct timeline made;
    enum status status = plan_build(&made, &s->session, &s->utterances, s->clips, &config, &error);
    tally->plans++;
    if (status) {
        // Another pace, and another voice than the one that is guessed, may move the range's ends.
        assert_true(status == STATUS_BAD_ARGUMENT || status == STATUS_BAD_INPUT);
        tally->refused++;
        return;
    }
    struct law_case c = {&s->session,           &s->utterances, s->clips, config.breaths_per_minute,
                         config.natural_breath, false,          ""};
    if (!law_holds(&c, &made, config.total_frames) ||
        (before->event_count && !law_grows(&c, before, &made)))
        fail_msg("%.*s at %.0f s, %.1f a minute: %s", TEXT_ARG(s->session.id),
                 seconds_from_frames(config.total_frames), config.breaths_per_minute, c.why);
    // Natural breathing has no pace: it is planned at the default one.
    if (config.natural_breath && config.breaths_per_minute == PLAN_BREATHS_DEFAULT &&
        config.total_frames % WAIT_STEP == 0)
        judge_wait(s, config, &made, tally);
    timeline_free(before);
    *before = made;
}

static void judge_session(const char *name, struct tally *tally)
{
    static const double rates[] = {PLAN_BREATHS_DEFAULT, PLAN_BREATHS_LEAST, PLAN_BREATHS_MOST};
    const size_t rate_count = sizeof rates / sizeof *rates;
    struct script s;
    load(&s.session, name);
    assert_int_equal(utterances_build(&s.utterances, &s.session, s.session.natural, NULL),
                     STATUS_OK);
    assert_int_equal(utterances_add_filler(&s.utterances, &s.session, NULL), STATUS_OK);
    s.clips = guess_clips(&s.utterances);
    tally->sessions++;
    for (size_t r = 0; r < 2 * rate_count; r++) {
        struct timeline before = {.event_count = 0};
        for (int64_t at = s.session.length.least; at <= s.session.length.most; at += STEP)
            judge(&s, (struct plan_config){at, rates[r % rate_count], r >= rate_count}, tally,
                  &before);
        timeline_free(&before);
    }
    free(s.clips);
    utterances_free(&s.utterances);
    session_free(&s.session);
}

static void judge_language(const char *language, struct tally *tally)
{
    char path[512], name[1024];
    snprintf(path, sizeof path, LOOSEN_SOURCE_DIR "/scripts/%s", language);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        const char *ending = strstr(entry->d_name, ".session");
        if (!ending || ending[8])
            continue;
        snprintf(name, sizeof name, "%s/%s", language, entry->d_name);
        judge_session(name, tally);
    }
    assert_int_equal(closedir(folder), 0);
}

static void test_shipped_scripts(void **state)
{
    (void)state;
    struct tally tally = {0, 0, 0, 0};
    DIR *folder = opendir(LOOSEN_SOURCE_DIR "/scripts");
    assert_non_null(folder);
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
        if (entry->d_name[0] != '.')
            judge_language(entry->d_name, &tally);
    assert_int_equal(closedir(folder), 0);
    print_message("%d scripts, %d plans, %d refused, %d lines of company\n", tally.sessions,
                  tally.plans, tally.refused, tally.company);
    assert_true(tally.sessions > 0);
    assert_true(tally.company > 0);
    assert_true(tally.refused < tally.plans / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_shipped_scripts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
