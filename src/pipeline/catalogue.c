// SPDX-License-Identifier: GPL-3.0-or-later
// Folders are searched for sessions, scenes and languages, and names are turned into paths.
#include "catalogue.h"

#include "session_load.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status too_long(struct error *error)
{
    return error_set(error, STATUS_BAD_ARGUMENT, "a path is longer than %d bytes",
                     CATALOGUE_PATH_MAX - 1);
}

static bool join(char path[CATALOGUE_PATH_MAX], const char *folder, const char *name,
                 const char *suffix)
{
    int size = snprintf(path, CATALOGUE_PATH_MAX, "%s/%s%s", folder, name, suffix);
    return size > 0 && size < CATALOGUE_PATH_MAX;
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool is_file(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && !S_ISDIR(info.st_mode);
}

enum status data_folders_find(struct data_folders *folders, struct error *error)
{
    char base[CATALOGUE_PATH_MAX];
    const char *given = getenv("LOOSEN_DATA");
    if (given && given[0]) {
        if (!join(base, given, "", ""))
            return too_long(error);
    } else {
        char program[CATALOGUE_PATH_MAX];
        ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
        if (size <= 0)
            return error_set(error, STATUS_IO, "cannot read /proc/self/exe: %s", strerror(errno));
        program[size] = '\0';
        *strrchr(program, '/') = '\0';
        if (!join(base, program, "../share/loosen", ""))
            return too_long(error);
    }
    if (!join(folders->scripts, base, "scripts", "") || !join(folders->audio, base, "audio", ""))
        return too_long(error);
    if (!is_folder(folders->scripts))
        return error_set_at(error, STATUS_IO, folders->scripts, 0, 0,
                            "the folder of the sessions is missing: is loosen installed whole? "
                            "(LOOSEN_DATA names another place)");
    return STATUS_OK;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// A growing list of strings in an arena.
struct names {
    const char **items;
    size_t count, capacity;
};

static enum status add_name(struct arena *arena, struct names *names, struct text name,
                            struct error *error)
{
    if (names->count == names->capacity) {
        size_t capacity = names->capacity ? 2 * names->capacity : 64;
        const char **items = arena_array(arena, capacity, sizeof *items);
        if (!items)
            return error_no_memory(error);
        if (names->count > 0)
            memcpy(items, names->items, names->count * sizeof *items);
        names->items = items;
        names->capacity = capacity;
    }
    const char *copy = arena_copy(arena, name).data;
    if (!copy)
        return error_no_memory(error);
    names->items[names->count++] = copy;
    return STATUS_OK;
}

// Names in `folder` that end in `suffix`, without it, sorted.
static enum status list_names(struct arena *arena, const char *folder, const char *suffix,
                              struct names *names, struct error *error)
{
    *names = (struct names){NULL, 0, 0};
    DIR *dir = opendir(folder);
    if (!dir)
        return error_set_at(error, STATUS_NOT_FOUND, folder, 0, 0, "cannot be read: %s",
                            strerror(errno));
    const size_t tail = strlen(suffix);
    enum status status = STATUS_OK;
    struct dirent *entry;
    while (status == STATUS_OK && (entry = readdir(dir))) {
        struct text name = text_from(entry->d_name);
        if (name.size > tail && strcmp(entry->d_name + name.size - tail, suffix) == 0)
            status = add_name(arena, names, text_head(name, name.size - tail), error);
    }
    closedir(dir);
    if (status != STATUS_OK)
        return status;
    if (names->count > 0)
        qsort(names->items, names->count, sizeof *names->items, by_name);
    return STATUS_OK;
}

// Where a named thing is: a path as it stands, or FOLDER/NAME SUFFIX.
static enum status find_named(char path[CATALOGUE_PATH_MAX], const char *folder, const char *suffix,
                              const char *what, const char *name, struct error *error)
{
    if (strchr(name, '/') || is_file(name)) {
        if (snprintf(path, CATALOGUE_PATH_MAX, "%s", name) >= CATALOGUE_PATH_MAX)
            return too_long(error);
        return STATUS_OK;
    }
    if (!join(path, folder, name, suffix))
        return too_long(error);
    if (is_file(path))
        return STATUS_OK;
    struct arena arena = ARENA_INIT;
    struct names names;
    enum status status = list_names(&arena, folder, suffix, &names, error);
    if (status == STATUS_OK) {
        const char *nearest = text_nearest(text_from(name), names.items, names.count);
        status = nearest
                     ? error_set(error, STATUS_NOT_FOUND,
                                 "there is no %s \"%s\", did you mean \"%s\"?", what, name, nearest)
                     : error_set(error, STATUS_NOT_FOUND,
                                 "there is no %s \"%s\": loosen list %ss shows what there is", what,
                                 name, what);
    }
    arena_free(&arena);
    return status;
}

// No folder of that language: name those that there are.
static enum status unknown_language(const struct data_folders *folders, const char *language,
                                    struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct buffer known = BUFFER_INIT;
    struct names names;
    enum status status = list_names(&arena, folders->scripts, "", &names, error);
    for (size_t i = 0; status == STATUS_OK && i < names.count; i++) {
        char words[CATALOGUE_PATH_MAX];
        if (!join(words, folders->scripts, names.items[i], "/words") || !is_file(words))
            continue;
        buffer_add_c(&known, known.size ? ", " : "");
        buffer_add_visible(&known, text_from(names.items[i]));
    }
    if (status == STATUS_OK && known.failed)
        status = error_no_memory(error);
    THEN(status, error_set(error, STATUS_NOT_FOUND, "there is no language \"%s\": there are %s",
                           language, known.data ? known.data : "none"));
    buffer_free(&known);
    arena_free(&arena);
    return status;
}

enum status catalogue_check_language(const struct data_folders *folders, const char *language,
                                     struct error *error)
{
    char folder[CATALOGUE_PATH_MAX];
    if (!join(folder, folders->scripts, language, ""))
        return too_long(error);
    return is_folder(folder) ? STATUS_OK : unknown_language(folders, language, error);
}

enum status catalogue_session_path(char path[CATALOGUE_PATH_MAX],
                                   const struct data_folders *folders, const char *language,
                                   const char *name, struct error *error)
{
    char folder[CATALOGUE_PATH_MAX];
    if (!join(folder, folders->scripts, language, ""))
        return too_long(error);
    if (!strchr(name, '/') && !is_file(name)) {
        enum status status = catalogue_check_language(folders, language, error);
        if (status != STATUS_OK)
            return status;
    }
    return find_named(path, folder, ".session", "session", name, error);
}

enum status catalogue_scene_path(char path[CATALOGUE_PATH_MAX], const struct data_folders *folders,
                                 const char *name, struct error *error)
{
    return find_named(path, folders->audio, ".scene", "scene", name, error);
}

static int by_natural_length(const void *a, const void *b)
{
    const struct session *x = a, *y = b;
    if (x->natural != y->natural)
        return x->natural < y->natural ? -1 : 1;
    size_t shorter = x->id.size < y->id.size ? x->id.size : y->id.size;
    int order = memcmp(x->id.data, y->id.data, shorter);
    return order ? order : (x->id.size > y->id.size) - (x->id.size < y->id.size);
}

enum status catalogue_open(struct catalogue *catalogue, const struct data_folders *folders,
                           const char *language, struct error *error)
{
    struct arena arena = ARENA_INIT;
    char folder[CATALOGUE_PATH_MAX];
    struct names names;
    *catalogue = (struct catalogue){NULL, 0};
    if (!join(folder, folders->scripts, language, ""))
        return too_long(error);
    enum status status = catalogue_check_language(folders, language, error);
    if (status != STATUS_OK)
        return status;
    status = list_names(&arena, folder, ".session", &names, error);
    if (status == STATUS_OK) {
        catalogue->sessions = calloc(names.count + 1, sizeof *catalogue->sessions);
        if (!catalogue->sessions)
            status = error_no_memory(error);
    }
    const struct session_source source = {folders->scripts};
    for (size_t i = 0; status == STATUS_OK && i < names.count; i++) {
        char path[CATALOGUE_PATH_MAX];
        struct diagnostics faults;
        struct error ignored;
        diagnostics_init(&faults, names.items[i]);
        if (join(path, folder, names.items[i], ".session") &&
            session_load(&catalogue->sessions[catalogue->count], path, &source, &faults,
                         &ignored) == STATUS_OK)
            catalogue->count++;
        diagnostics_free(&faults);
    }
    arena_free(&arena);
    if (catalogue->count)
        qsort(catalogue->sessions, catalogue->count, sizeof *catalogue->sessions,
              by_natural_length);
    return status;
}

void catalogue_close(struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->count; i++)
        session_free(&catalogue->sessions[i]);
    free(catalogue->sessions);
    *catalogue = (struct catalogue){NULL, 0};
}

void catalogue_fitting(const struct catalogue *catalogue, int64_t length_frames, struct buffer *out)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct session *session = &catalogue->sessions[i];
        if (length_frames < session->length.least || length_frames > session->length.most)
            continue;
        if (out->size)
            buffer_add_c(out, ", ");
        buffer_add_visible(out, session->id);
    }
}
