// SPDX-License-Identifier: GPL-3.0-or-later
// The names of files of one kind in several folders, of which an earlier one hides those behind it.
#ifndef LOOSEN_NAME_LIST_H
#define LOOSEN_NAME_LIST_H

#include "arena.h"
#include "error.h"
#include <stdbool.h>

struct name_item {
    const char *name; // without suffix
    const char *path;
    bool yours;    // in the author's folder
    bool replaces; // and hides one of that name that is installed
};

struct name_list {
    struct arena arena; // of the names
    struct name_item *items;
    size_t count, capacity;
};

#define NAME_LIST_INIT ((struct name_list){.arena = ARENA_INIT})

// A folder to take names from.
struct name_folder {
    const char *path;   // empty: none
    const char *suffix; // such as ".session"
    bool yours;
    // Whether a file there counts; NULL: each does.
    bool (*keep)(const void *context, const char *path);
    const void *context;
};

// Add the names in a folder that are not in the list yet. STATUS_NOT_FOUND with the path that
// cannot be read, but for the author's, which need not be there; STATUS_NO_MEMORY.
enum status name_list_add(struct name_list *list, const struct name_folder *folder,
                          struct error *error);

// Sort by name.
void name_list_sort(struct name_list *list);

// The name nearest to a misspelt one; NULL: none is near, or out of memory.
const char *name_list_nearest(struct name_list *list, const char *name);

void name_list_free(struct name_list *list);

#endif
