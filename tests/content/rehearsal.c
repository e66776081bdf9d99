// SPDX-License-Identifier: GPL-3.0-or-later
#include "rehearsal.h"

#include "said.h"
#include "session_load.h"
#include "utterances.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SCRIPTS LOOSEN_SOURCE_DIR "/scripts"

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void find_in(struct shipped *shipped, const char *language)
{
    static const char suffix[] = ".session";
    char path[512];
    snprintf(path, sizeof path, "%s/%s", SCRIPTS, language);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));) {
        size_t size = strlen(entry->d_name);
        if (size < sizeof suffix || strcmp(entry->d_name + size - sizeof suffix + 1, suffix) != 0)
            continue;
        assert_true(shipped->count < SHIPPED_MAX);
        int written = snprintf(shipped->name[shipped->count++], SHIPPED_NAME_MAX, "%s/%.*s",
                               language, (int)(size - sizeof suffix + 1), entry->d_name);
        assert_true(written < SHIPPED_NAME_MAX);
    }
    assert_int_equal(closedir(folder), 0);
}

void shipped_find(struct shipped *shipped)
{
    shipped->count = 0;
    DIR *folder = opendir(SCRIPTS);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            find_in(shipped, entry->d_name);
    assert_int_equal(closedir(folder), 0);
    assert_true(shipped->count > 0);
    qsort(shipped->name, shipped->count, sizeof shipped->name[0], compare_names);
}

void rehearsal_open(struct rehearsal *rehearsal, struct reader *reader, const char *name)
{
    const struct session_source source = {.scripts_dir = SCRIPTS};
    struct diagnostics list;
    struct error error = {STATUS_OK};
    char path[512];
    *rehearsal = (struct rehearsal){.reader = reader};
    snprintf(path, sizeof path, "%s/%s.session", SCRIPTS, name);
    diagnostics_init(&list, path);
    enum status status = session_load(&rehearsal->session, path, &source, &list, &error);
    if (status != STATUS_OK || list.warnings) {
        struct buffer text = BUFFER_INIT;
        diagnostics_print(&list, &text);
        fail_msg("%s: %s\n%s", path, error.text, text.data ? text.data : "");
    }
    diagnostics_free(&list);
}

static void forget_plan(struct rehearsal *rehearsal)
{
    if (!rehearsal->planned)
        return;
    timeline_free(&rehearsal->timeline);
    utterances_free(&rehearsal->utterances);
    free(rehearsal->clip_frames);
    rehearsal->planned = false;
}

static void measure(struct rehearsal *rehearsal)
{
    const struct utterances *utterances = &rehearsal->utterances;
    rehearsal->clip_frames = calloc(utterances->count, sizeof *rehearsal->clip_frames);
    assert_non_null(rehearsal->clip_frames);
    reader_measure(rehearsal->reader, rehearsal->session.language, utterances,
                   rehearsal->clip_frames);
}

void rehearsal_plan(struct rehearsal *rehearsal, int minutes)
{
    const struct plan_config config = {.total_frames = minutes * MINUTE,
                                       .breaths_per_minute = PLAN_BREATHS_DEFAULT};
    struct error error = {STATUS_OK};
    forget_plan(rehearsal);
    assert_int_equal(
        utterances_build(&rehearsal->utterances, &rehearsal->session, config.total_frames, &error),
        STATUS_OK);
    measure(rehearsal);
    if (plan_build(&rehearsal->timeline, &rehearsal->session, &rehearsal->utterances,
                   rehearsal->clip_frames, &config, &error) != STATUS_OK)
        fail_msg("%.*s at %d min: %s", TEXT_ARG(rehearsal->session.file), minutes, error.text);
    rehearsal->planned = true;
}

void rehearsal_close(struct rehearsal *rehearsal)
{
    forget_plan(rehearsal);
    session_free(&rehearsal->session);
}

int rehearsal_least(const struct rehearsal *rehearsal)
{
    return (int)((rehearsal->session.length.least + MINUTE - 1) / MINUTE);
}

int rehearsal_natural(const struct rehearsal *rehearsal)
{
    return (int)(rehearsal->session.natural / MINUTE);
}

int rehearsal_most(const struct rehearsal *rehearsal)
{
    return (int)(rehearsal->session.length.most / MINUTE);
}

const struct event *rehearsal_find(const struct rehearsal *rehearsal, const struct node *line,
                                   const struct event *from)
{
    const struct timeline *timeline = &rehearsal->timeline;
    const struct event *end = timeline->events + timeline->event_count;
    for (const struct event *e = from ? from : timeline->events; e < end; e++)
        if (e->type == EVENT_SPEECH && e->as.speech.line == line)
            return e;
    return NULL;
}

const struct event *rehearsal_find_tagged(const struct rehearsal *rehearsal, const char *tag,
                                          int64_t from)
{
    for (size_t i = 0; i < rehearsal->timeline.event_count; i++) {
        const struct event *e = &rehearsal->timeline.events[i];
        if (e->type == EVENT_SPEECH && e->start_frame >= from && e->as.speech.line &&
            said_is_tagged(e->as.speech.line, tag))
            return e;
    }
    return NULL;
}

bool rehearsal_conveys(const struct rehearsal *rehearsal, const char *tag)
{
    return rehearsal_find_tagged(rehearsal, tag, 0) != NULL;
}
