// SPDX-License-Identifier: GPL-3.0-or-later
// Folders are walked in order of name, and a file's kind follows from its extension and place.
#include "script_walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_SIZE = 4096, DEPTH_MAX = 32 };

struct walk {
    script_visit *visit;
    void *context;
    struct error *error;
    int visited;
    bool ended;
};

static bool ends_in(const char *name, const char *suffix)
{
    size_t size = strlen(name);
    size_t tail = strlen(suffix);
    return size > tail && strcmp(name + size - tail, suffix) == 0;
}

enum script_kind script_kind(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (ends_in(name, ".session"))
        return SCRIPT_SESSION;
    if (ends_in(name, ".scene"))
        return SCRIPT_SCENE;
    return strcmp(name, "words") == 0      ? SCRIPT_WORDS
           : strcmp(name, "phrases") == 0  ? SCRIPT_PHRASES
           : strcmp(name, "actions") == 0  ? SCRIPT_ACTIONS
           : strcmp(name, "dangers") == 0  ? SCRIPT_DANGERS
           : strcmp(name, "notices") == 0  ? SCRIPT_NOTICES
           : strcmp(name, "lexicon") == 0  ? SCRIPT_LEXICON
           : strcmp(name, "points") == 0   ? SCRIPT_POINTS
           : strcmp(name, "touch") == 0    ? SCRIPT_TOUCH
           : strcmp(name, "template") == 0 ? SCRIPT_TEMPLATE
                                           : SCRIPT_OTHER;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static enum status walk_folder(struct walk *walk, const char *folder, int depth);

static enum status walk_entry(struct walk *walk, const char *folder, const char *name, int depth)
{
    char path[PATH_SIZE];
    struct stat info;
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return error_set_at(walk->error, STATUS_IO, folder, 0, 0, "a path below it is too long");
    if (lstat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return walk_folder(walk, path, depth + 1);
    if (script_kind(name) != SCRIPT_OTHER) {
        walk->visited++;
        walk->ended = !walk->visit(walk->context, path);
    }
    return STATUS_OK;
}

static enum status walk_folder(struct walk *walk, const char *folder, int depth)
{
    struct dirent **entries;
    if (depth > DEPTH_MAX)
        return error_set_at(walk->error, STATUS_IO, folder, 0, 0, "folders are nested too deeply");
    int count = scandir(folder, &entries, is_visible, by_name);
    if (count < 0)
        return error_set_at(walk->error, STATUS_IO, folder, 0, 0, "cannot be read: %s",
                            strerror(errno));
    enum status status = STATUS_OK;
    for (int i = 0; i < count; i++) {
        if (status == STATUS_OK && !walk->ended)
            status = walk_entry(walk, folder, entries[i]->d_name, depth);
        free(entries[i]);
    }
    free(entries);
    return status;
}

enum status script_walk(const char *path, script_visit *visit, void *context, struct error *error)
{
    struct walk walk = {visit, context, error, 0, false};
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISDIR(info.st_mode)) {
        visit(context, path);
        return STATUS_OK;
    }
    enum status status = walk_folder(&walk, path, 0);
    if (status == STATUS_OK && walk.visited == 0)
        status = error_set_at(error, STATUS_NOT_FOUND, path, 0, 0,
                              "holds no session, scene or file of a language");
    return status;
}
