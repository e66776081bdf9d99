// SPDX-License-Identifier: GPL-3.0-or-later
#include "guessed.h"

#include "pace.h"
#include "session_load.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void guessed_open(struct guessed *guessed, const char *path)
{
    static const struct session_source source = {.scripts_dir = LOOSEN_SOURCE_DIR "/scripts"};
    struct diagnostics list;
    struct error error;
    diagnostics_init(&list, path);
    assert_int_equal(session_load(&guessed->session, path, &source, &list, &error), STATUS_OK);
    diagnostics_free(&list);
    assert_int_equal(
        utterances_build(&guessed->utterances, &guessed->session, guessed->session.natural, NULL),
        STATUS_OK);
    assert_int_equal(utterances_add_filler(&guessed->utterances, &guessed->session, NULL),
                     STATUS_OK);
    guessed->clips = calloc(guessed->utterances.count + 1, sizeof *guessed->clips);
    assert_non_null(guessed->clips);
    for (size_t i = 0; i < guessed->utterances.count; i++)
        guessed->clips[i] = pace_guess_clip(guessed->utterances.items[i].spoken);
}

void guessed_close(struct guessed *guessed)
{
    free(guessed->clips);
    utterances_free(&guessed->utterances);
    session_free(&guessed->session);
}

struct range guessed_lengths(const struct guessed *guessed)
{
    struct range range;
    struct error error;
    assert_int_equal(plan_range(&range, &guessed->session, &guessed->utterances, guessed->clips,
                                &guessed->plan, &error),
                     STATUS_OK);
    range.most =
        range.most < guessed->session.length.most ? range.most : guessed->session.length.most;
    return range;
}

void guessed_each(void (*visit)(const char *path, void *context), void *context)
{
    static const char *const languages[] = {"en", "de"};
    for (int i = 0; i < 2; i++) {
        char path[512];
        snprintf(path, sizeof path, LOOSEN_SOURCE_DIR "/scripts/%s", languages[i]);
        DIR *folder = opendir(path);
        assert_non_null(folder);
        for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
            const char *ending = strstr(entry->d_name, ".session");
            if (!ending || ending[8])
                continue;
            snprintf(path, sizeof path, LOOSEN_SOURCE_DIR "/scripts/%s/%s", languages[i],
                     entry->d_name);
            visit(path, context);
        }
        assert_int_equal(closedir(folder), 0);
    }
}
