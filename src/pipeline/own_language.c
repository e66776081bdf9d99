// SPDX-License-Identifier: GPL-3.0-or-later
// The files of an author are looked at one by one; a folder is known by what it is, not by how it
// is called.
#include "own_language.h"

#include "name_list.h"
#include "own_lexicon.h"
#include "own_words.h"
#include "report.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char *const unread[] = {"phrases", "actions", "dangers", "notices",
                                     "points",  "touch",   "template"};

enum { UNREAD_COUNT = sizeof unread / sizeof *unread };

// ---- What is left out ---------------------------------------------------------------------------

static void tell_left_out(struct diagnostics *faults)
{
    if (faults->errors == 0)
        return;
    diagnostics_sort(faults);
    report_diagnostics(faults);
    report_note("%s is left out as a whole until this is mended", faults->file);
}

static void tell_words(const struct data_folders *folders, struct text language)
{
    struct arena arena = ARENA_INIT;
    struct words own;
    struct diagnostics faults;
    const struct session_source source = data_folders_source(folders);
    diagnostics_init(&faults, NULL);
    if (own_words_load(&own, &arena, &source, language, &faults) == STATUS_OK)
        tell_left_out(&faults);
    diagnostics_free(&faults);
    arena_free(&arena);
}

static void tell_lexicon(const struct data_folders *folders, struct text language, const char *path)
{
    struct lexicon own = {.count = 0};
    struct diagnostics faults;
    struct error error;
    diagnostics_init(&faults, path);
    if (own_lexicon_load(&own, folders, language, path, &faults, &error) != STATUS_OK &&
        faults.errors == 0)
        diagnostics_add(&faults, SEVERITY_ERROR, "lexicon", 1, 1, "%s", error.text);
    tell_left_out(&faults);
    diagnostics_free(&faults);
    lexicon_free(&own);
}

void own_language_tell(const struct data_folders *folders, struct text language)
{
    char path[DATA_PATH_MAX];
    tell_words(folders, language);
    if (data_folders_own_file(path, folders, language, "lexicon"))
        tell_lexicon(folders, language, path);
    for (size_t i = 0; i < UNREAD_COUNT; i++)
        if (data_folders_own_file(path, folders, language, unread[i]))
            report_note("%s is not read: \"%.*s\" comes with loosen, and so do its rules", path,
                        TEXT_ARG(language));
}

// ---- Which file is whose ------------------------------------------------------------------------

struct folder_id {
    dev_t device;
    ino_t number;
};

static bool is_folder(const void *context, const char *path)
{
    const struct folder_id *id = context;
    struct stat info;
    return stat(path, &info) == 0 && info.st_dev == id->device && info.st_ino == id->number;
}

struct text own_language_of(struct arena *arena, const struct data_folders *folders,
                            const char *path)
{
    char folder[DATA_PATH_MAX];
    struct stat info;
    struct text language = {"", 0};
    struct name_list names = NAME_LIST_INIT;
    const struct session_source source = data_folders_source(folders);
    const char *slash = strrchr(path, '/');
    if (!source.own_dir ||
        snprintf(folder, sizeof folder, "%.*s.", slash ? (int)(slash + 1 - path) : 0, path) >=
            (int)sizeof folder ||
        stat(folder, &info) != 0)
        return language;
    const struct folder_id id = {info.st_dev, info.st_ino};
    const struct name_folder languages = {source.own_dir, "", true, is_folder, &id};
    struct error ignored;
    if (name_list_add(&names, &languages, &ignored) == STATUS_OK)
        for (size_t i = 0; i < names.count && language.size == 0; i++)
            if (names.items[i].name[0] != '.' &&
                session_source_is_installed(&source, text_from(names.items[i].name)))
                language = arena_copy(arena, text_from(names.items[i].name));
    name_list_free(&names);
    return language;
}

static enum status check_lexicon(const struct data_folders *folders, struct text language,
                                 struct diagnostics *list)
{
    struct lexicon own = {.count = 0};
    struct error error;
    enum status status = own_lexicon_load(&own, folders, language, list->file, list, &error);
    if (status != STATUS_OK && status != STATUS_NO_MEMORY && list->errors == 0)
        diagnostics_add(list, SEVERITY_ERROR, "lexicon", 1, 1, "%s", error.text);
    lexicon_free(&own);
    return status;
}

enum status own_language_check(const struct data_folders *folders, struct text language,
                               const char *name, struct diagnostics *list)
{
    struct arena arena = ARENA_INIT;
    struct words own;
    const struct session_source source = data_folders_source(folders);
    const char *file = list->file;
    enum status status = STATUS_OK;
    if (strcmp(name, "words") == 0) {
        status = own_words_load(&own, &arena, &source, language, list);
        list->file = file; // as it was named
    } else if (strcmp(name, "lexicon") == 0) {
        status = check_lexicon(folders, language, list);
    } else {
        diagnostics_add(list, SEVERITY_WARNING, "own-language", 1, 1,
                        "this file is not read: \"%.*s\" comes with loosen, and so do its rules",
                        TEXT_ARG(language));
        diagnostics_hint(list, "words and lexicon are yours to write, and whole languages");
    }
    arena_free(&arena);
    return status == STATUS_NO_MEMORY ? status : STATUS_OK;
}
