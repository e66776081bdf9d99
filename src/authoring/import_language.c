// SPDX-License-Identifier: GPL-3.0-or-later
// The session was loaded before, so its dangers have no faults; touch words are optional.
#include "import_language.h"

#include "catalogue.h"
#include "data_folders.h"
#include "file_read.h"
#include "report.h"
#include "session_limits.h"
#include "touch_check.h"

static enum status read_file(struct text *data, char *path, struct session *session,
                             const struct session_source *source, const char *name,
                             struct error *error)
{
    struct buffer folder = BUFFER_INIT;
    session_source_add_folder(&folder, source, session->language);
    const bool failed = folder.failed;
    const bool fits = !failed && data_folders_join(path, folder.data, name, "");
    buffer_free(&folder);
    if (failed)
        return error_no_memory(error);
    if (!fits)
        return error_set(error, STATUS_IO, "the path of the file \"%s\" is too long", name);
    return file_read(data, &session->arena, path, SESSION_FILE_MAX, error);
}

static enum status finish(enum status status, struct diagnostics *list, struct error *error)
{
    if (status == STATUS_NO_MEMORY || list->failed)
        status = error_no_memory(error);
    if (status == STATUS_OK && list->errors > 0) {
        report_faults(list, error);
        status = STATUS_BAD_INPUT;
    }
    diagnostics_free(list);
    return status;
}

static enum status load_dangers(struct import_language *language, struct session *session,
                                const struct session_source *source, struct error *error)
{
    char path[CATALOGUE_PATH_MAX];
    struct text data;
    struct diagnostics list;
    enum status status = read_file(&data, path, session, source, "dangers", error);
    if (status != STATUS_OK)
        return status;
    diagnostics_init(&list, path);
    status = dangers_parse(&language->dangers, &session->arena, data, &list);
    THEN(status, dangers_add_numbers(&language->dangers, &session->arena, &session->words));
    return finish(status, &list, error);
}

enum status import_language_load(struct import_language *language, struct session *session,
                                 const struct session_source *source, struct error *error)
{
    char path[CATALOGUE_PATH_MAX];
    struct text data;
    struct diagnostics list;
    *language = (struct import_language){.given = false};
    enum status status = read_file(&data, path, session, source, "touch", error);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status != STATUS_OK)
        return status;
    diagnostics_init(&list, path);
    status = touch_words_parse(&language->touch, &session->arena, data, &list);
    if (status == STATUS_OK)
        touch_check(&language->touch, &list);
    status = finish(status, &list, error);
    THEN(status, load_dangers(language, session, source, error));
    language->given = status == STATUS_OK;
    return status;
}
