// SPDX-License-Identifier: GPL-3.0-or-later
// Folders are searched for sessions, scenes and languages, and names are turned into paths.
#include "catalogue.h"

#include "session_stream.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum status too_long(struct error *error)
{
    return error_set(error, STATUS_BAD_ARGUMENT, "a path is longer than %d bytes",
                     CATALOGUE_PATH_MAX - 1);
}

// ---- Where to look ------------------------------------------------------------------------------

enum { PLACE_OWN, PLACE_TOP, PLACE_INSTALLED, PLACES };

// The folders where one kind of thing may lie, in the order in which they are looked in.
struct search {
    const struct data_folders *folders;
    const char *what;
    const char *suffix;
    const char *language; // of sessions; NULL: scenes have none
    char paths[PLACES][CATALOGUE_PATH_MAX];
};

static enum status search_sessions(struct search *search, const struct data_folders *folders,
                                   const char *language, struct error *error)
{
    *search = (struct search){
        .folders = folders, .what = "session", .suffix = ".session", .language = language};
    memcpy(search->paths[PLACE_TOP], folders->own, sizeof folders->own);
    bool fits = data_folders_join(search->paths[PLACE_INSTALLED], folders->scripts, language, "") &&
                (!folders->own[0] ||
                 data_folders_join(search->paths[PLACE_OWN], folders->own_scripts, language, ""));
    return fits ? STATUS_OK : too_long(error);
}

static void search_scenes(struct search *search, const struct data_folders *folders)
{
    *search = (struct search){.folders = folders, .what = "scene", .suffix = ".scene"};
    memcpy(search->paths[PLACE_OWN], folders->own_audio, sizeof folders->own_audio);
    memcpy(search->paths[PLACE_TOP], folders->own, sizeof folders->own);
    memcpy(search->paths[PLACE_INSTALLED], folders->audio, sizeof folders->audio);
}

// The language of the script at `path`, in `arena`; empty: it has faults.
static struct text language_of(struct arena *arena, const struct data_folders *folders,
                               const char *path)
{
    struct session session;
    struct diagnostics faults;
    struct error ignored;
    struct text language = {"", 0};
    const struct session_source source = data_folders_source(folders);
    diagnostics_init(&faults, path);
    if (session_load(&session, path, &source, &faults, &ignored) == STATUS_OK) {
        language = arena_copy(arena, session.language);
        session_free(&session);
    }
    diagnostics_free(&faults);
    return language;
}

// At the top of the author's folder a script is of the language that it names. One with faults is
// of any: who asks for it learns what they are.
static bool is_of_language(const void *context, const char *path)
{
    const struct search *search = context;
    struct arena arena = ARENA_INIT;
    struct text language = language_of(&arena, search->folders, path);
    bool is = language.size == 0 || text_equal_c(language, search->language);
    arena_free(&arena);
    return is;
}

static enum status list_names(struct name_list *list, const struct search *search,
                              struct error *error)
{
    enum status status = STATUS_OK;
    for (int place = 0; place < PLACES; place++) {
        const struct name_folder folder = {
            .path = search->paths[place],
            .suffix = search->suffix,
            .yours = place != PLACE_INSTALLED,
            .keep = place == PLACE_TOP && search->language ? is_of_language : NULL,
            .context = search,
        };
        // A language may be the author's alone.
        if (place == PLACE_INSTALLED && search->language && !data_folders_is_folder(folder.path))
            continue;
        THEN(status, name_list_add(list, &folder, error));
    }
    name_list_sort(list);
    return status;
}

// ---- From a name to a path ----------------------------------------------------------------------

// None of that name: name what is nearest, or the language in which there is one.
static enum status not_found(const struct search *search, const char *name, struct error *error)
{
    char top[CATALOGUE_PATH_MAX];
    struct name_list names = NAME_LIST_INIT;
    struct text language = {"", 0};
    if (search->language && search->folders->own[0] &&
        data_folders_join(top, search->folders->own, name, search->suffix) &&
        data_folders_is_file(top))
        language = language_of(&names.arena, search->folders, top);
    enum status status = list_names(&names, search, error);
    const char *nearest = status == STATUS_OK ? name_list_nearest(&names, name) : NULL;
    if (status == STATUS_OK && language.size > 0)
        status = error_set(error, STATUS_NOT_FOUND,
                           "there is no session \"%s\" in \"%s\": --lang %.*s has one", name,
                           search->language, TEXT_ARG(language));
    else if (status == STATUS_OK && nearest)
        status = error_set(error, STATUS_NOT_FOUND, "there is no %s \"%s\", did you mean \"%s\"?",
                           search->what, name, nearest);
    else if (status == STATUS_OK)
        status = error_set(error, STATUS_NOT_FOUND,
                           "there is no %s \"%s\": loosen list %ss shows what there is",
                           search->what, name, search->what);
    name_list_free(&names);
    return status;
}

static enum status find_named(char path[CATALOGUE_PATH_MAX], const struct search *search,
                              const char *name, struct error *error)
{
    for (int place = 0; place < PLACES; place++) {
        if (!search->paths[place][0])
            continue;
        if (!data_folders_join(path, search->paths[place], name, search->suffix))
            return too_long(error);
        if (data_folders_is_file(path) &&
            (place != PLACE_TOP || !search->language || is_of_language(search, path)))
            return STATUS_OK;
    }
    return not_found(search, name, error);
}

// What a user names is a path as it stands when it looks like one, or is one.
static bool is_path(const char *name)
{
    return strchr(name, '/') || data_folders_is_file(name);
}

static enum status keep_path(char path[CATALOGUE_PATH_MAX], const char *name, struct error *error)
{
    return snprintf(path, CATALOGUE_PATH_MAX, "%s", name) < CATALOGUE_PATH_MAX ? STATUS_OK
                                                                               : too_long(error);
}

enum status catalogue_session_path(char path[CATALOGUE_PATH_MAX],
                                   const struct data_folders *folders, const char *language,
                                   const char *name, struct error *error)
{
    struct search search;
    if (is_path(name))
        return keep_path(path, name, error);
    enum status status = search_sessions(&search, folders, language, error);
    THEN(status, catalogue_check_language(folders, language, error));
    THEN(status, find_named(path, &search, name, error));
    return status;
}

enum status catalogue_scene_path(char path[CATALOGUE_PATH_MAX], const struct data_folders *folders,
                                 const char *name, struct error *error)
{
    struct search search;
    if (is_path(name))
        return keep_path(path, name, error);
    search_scenes(&search, folders);
    return find_named(path, &search, name, error);
}

enum status catalogue_scene_of(char path[CATALOGUE_PATH_MAX], const struct data_folders *folders,
                               const struct session *session, struct text name, struct error *error)
{
    char bare[CATALOGUE_PATH_MAX];
    struct search search;
    struct text file = session->file;
    while (file.size > 0 && file.data[file.size - 1] != '/')
        file.size--;
    if (snprintf(path, CATALOGUE_PATH_MAX, "%.*s%.*s.scene", TEXT_ARG(file), TEXT_ARG(name)) >=
        CATALOGUE_PATH_MAX)
        return too_long(error);
    if (!text_equal_c(session->file, session_stream_name("-")) && data_folders_is_file(path))
        return STATUS_OK;
    snprintf(bare, sizeof bare, "%.*s", TEXT_ARG(name));
    search_scenes(&search, folders);
    return find_named(path, &search, bare, error);
}

enum status catalogue_scenes(struct name_list *scenes, const struct data_folders *folders,
                             struct error *error)
{
    struct search search;
    *scenes = NAME_LIST_INIT;
    search_scenes(&search, folders);
    return list_names(scenes, &search, error);
}

// ---- Languages ----------------------------------------------------------------------------------

// A folder of a language has its words.
static bool has_words(const void *context, const char *path)
{
    char words[CATALOGUE_PATH_MAX];
    (void)context;
    return data_folders_join(words, path, "words", "") && data_folders_is_file(words);
}

// No folder of that language: name those that there are.
static enum status unknown_language(const struct data_folders *folders, const char *language,
                                    struct error *error)
{
    struct buffer known = BUFFER_INIT;
    struct name_list names = NAME_LIST_INIT;
    const struct name_folder own = {folders->own_scripts, "", true, has_words, NULL};
    const struct name_folder installed = {folders->scripts, "", false, has_words, NULL};
    enum status status = name_list_add(&names, &own, error);
    THEN(status, name_list_add(&names, &installed, error));
    name_list_sort(&names);
    for (size_t i = 0; status == STATUS_OK && i < names.count; i++) {
        buffer_add_c(&known, known.size ? ", " : "");
        buffer_add_visible(&known, text_from(names.items[i].name));
    }
    if (status == STATUS_OK && known.failed)
        status = error_no_memory(error);
    THEN(status, error_set(error, STATUS_NOT_FOUND, "there is no language \"%s\": there are %s",
                           language, known.data ? known.data : "none"));
    buffer_free(&known);
    name_list_free(&names);
    return status;
}

enum status catalogue_check_language(const struct data_folders *folders, const char *language,
                                     struct error *error)
{
    struct search search;
    enum status status = search_sessions(&search, folders, language, error);
    if (status != STATUS_OK)
        return status;
    return data_folders_is_folder(search.paths[PLACE_INSTALLED]) ||
                   (folders->own[0] && data_folders_is_folder(search.paths[PLACE_OWN]))
               ? STATUS_OK
               : unknown_language(folders, language, error);
}

// ---- All sessions -------------------------------------------------------------------------------

static int by_natural_length(const void *a, const void *b)
{
    const struct session *x = &((const struct catalogue_entry *)a)->session;
    const struct session *y = &((const struct catalogue_entry *)b)->session;
    if (x->natural != y->natural)
        return x->natural < y->natural ? -1 : 1;
    size_t shorter = x->id.size < y->id.size ? x->id.size : y->id.size;
    int order = memcmp(x->id.data, y->id.data, shorter);
    return order ? order : (x->id.size > y->id.size) - (x->id.size < y->id.size);
}

static void load_entry(struct catalogue *catalogue, const struct name_item *item,
                       const struct data_folders *folders)
{
    struct diagnostics faults;
    struct error ignored;
    struct catalogue_entry *entry = &catalogue->entries[catalogue->count];
    const struct session_source source = data_folders_source(folders);
    *entry = (struct catalogue_entry){.yours = item->yours, .replaces = item->replaces};
    diagnostics_init(&faults, item->path);
    if (session_load(&entry->session, item->path, &source, &faults, &ignored) == STATUS_OK)
        catalogue->count++;
    diagnostics_free(&faults);
}

enum status catalogue_open(struct catalogue *catalogue, const struct data_folders *folders,
                           const char *language, struct error *error)
{
    struct search search;
    struct name_list names = NAME_LIST_INIT;
    *catalogue = (struct catalogue){NULL, 0};
    enum status status = search_sessions(&search, folders, language, error);
    THEN(status, catalogue_check_language(folders, language, error));
    THEN(status, list_names(&names, &search, error));
    if (status == STATUS_OK) {
        catalogue->entries = calloc(names.count + 1, sizeof *catalogue->entries);
        if (!catalogue->entries)
            status = error_no_memory(error);
    }
    for (size_t i = 0; status == STATUS_OK && i < names.count; i++)
        load_entry(catalogue, &names.items[i], folders);
    name_list_free(&names);
    if (catalogue->count)
        qsort(catalogue->entries, catalogue->count, sizeof *catalogue->entries, by_natural_length);
    return status;
}

void catalogue_close(struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->count; i++)
        session_free(&catalogue->entries[i].session);
    free(catalogue->entries);
    *catalogue = (struct catalogue){NULL, 0};
}

void catalogue_fitting(const struct catalogue *catalogue, int64_t length_frames, struct buffer *out)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct session *session = &catalogue->entries[i].session;
        if (length_frames < session->length.least || length_frames > session->length.most)
            continue;
        if (out->size)
            buffer_add_c(out, ", ");
        buffer_add_visible(out, session->id);
    }
}
