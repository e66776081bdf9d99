// SPDX-License-Identifier: GPL-3.0-or-later
// Editors replace a file as often as they write into it, so its name is looked at, not the file.
#include "script_watch.h"

#include "same_line.h"
#include "script_check.h"
#include "session_load.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

enum status script_watch_begin(struct script_watch *watch, const struct pipeline *pipeline,
                               struct error *error)
{
    const struct text file = pipeline->session.file;
    *watch = (struct script_watch){.line = 0};
    if (pipeline->origin.stream[0] || file.size >= sizeof watch->path)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "--watch takes a session that is a file, which can be read again");
    memcpy(watch->path, file.data, file.size);
    if (stat(watch->path, &watch->seen) != 0)
        return error_set(error, STATUS_IO, "cannot read %s: %s", watch->path, strerror(errno));
    watch->last = watch->seen;
    return STATUS_OK;
}

bool script_watch_saved(struct script_watch *watch)
{
    struct stat now;
    if (stat(watch->path, &now) != 0)
        return false; // it is being replaced
    const bool rests = is_same(&now, &watch->last);
    watch->last = now;
    if (!rests || is_same(&now, &watch->seen))
        return false;
    watch->seen = now;
    return true;
}

static enum status tell_first(const struct diagnostics *list, struct error *error)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct diagnostic *d = &list->items[i];
        if (d->severity == SEVERITY_ERROR)
            return error_set_at(error, STATUS_BAD_INPUT, list->file, d->line, d->column, "%.*s",
                                TEXT_ARG(d->message));
    }
    return error_no_memory(error);
}

static enum status check(const struct session *session, const struct pipeline *pipeline,
                         struct diagnostics *list, struct error *error)
{
    int64_t length;
    enum status status = script_check(session, &pipeline->folders, list, error);
    if (status == STATUS_OK && list->errors > 0)
        return tell_first(list, error);
    THEN(status, session_choice_length(&length, session, &pipeline->origin, pipeline->settings,
                                       &pipeline->folders, error));
    return status;
}

enum status script_watch_read(struct script_watch *watch, const struct pipeline *pipeline, int line,
                              struct error *error)
{
    struct session session;
    struct diagnostics list;
    const struct session_source source = data_folders_source(&pipeline->folders);
    diagnostics_init(&list, watch->path);
    enum status status = session_load(&session, watch->path, &source, &list, error);
    if (status == STATUS_OK) {
        status = check(&session, pipeline, &list, error);
        THEN(status, same_line_find(&watch->line, &pipeline->session, line, &session, error));
        session_free(&session);
    } else if (status == STATUS_BAD_INPUT && list.errors > 0) {
        (void)tell_first(&list, error);
    }
    diagnostics_free(&list);
    return status;
}
