// SPDX-License-Identifier: GPL-3.0-or-later
// Folders are read in the order in which they are looked in.
#include "name_list.h"

#include "data_folders.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct name_item *append(struct name_list *list)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : 64;
        struct name_item *items = arena_array(&list->arena, capacity, sizeof *items);
        if (!items)
            return NULL;
        if (list->count > 0)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->capacity = capacity;
    }
    return &list->items[list->count++];
}

// The item of that name among the first `count`, which are of other folders.
static struct name_item *find(struct name_list *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list->items[i].name, name) == 0)
            return &list->items[i];
    return NULL;
}

static enum status add_file(struct name_list *list, size_t before, const struct name_folder *folder,
                            struct text name, struct error *error)
{
    char path[DATA_PATH_MAX];
    const struct name_item item = {.name = arena_copy(&list->arena, name).data,
                                   .yours = folder->yours};
    if (!item.name)
        return error_no_memory(error);
    if (!data_folders_join(path, folder->path, item.name, folder->suffix) ||
        (folder->keep && !folder->keep(folder->context, path)))
        return STATUS_OK;
    struct name_item *earlier = find(list, before, item.name);
    if (earlier) {
        earlier->replaces |= earlier->yours && !folder->yours;
        return STATUS_OK;
    }
    struct name_item *added = append(list);
    if (!added)
        return error_no_memory(error);
    *added = item;
    added->path = arena_copy(&list->arena, text_from(path)).data;
    return added->path ? STATUS_OK : error_no_memory(error);
}

enum status name_list_add(struct name_list *list, const struct name_folder *folder,
                          struct error *error)
{
    DIR *dir = folder->path[0] ? opendir(folder->path) : NULL;
    if (!dir && folder->yours)
        return STATUS_OK;
    if (!dir)
        return error_set_at(error, STATUS_NOT_FOUND, folder->path, 0, 0, "cannot be read: %s",
                            strerror(errno));
    const size_t tail = strlen(folder->suffix);
    const size_t before = list->count;
    enum status status = STATUS_OK;
    struct dirent *entry;
    while (status == STATUS_OK && (entry = readdir(dir))) {
        struct text name = text_from(entry->d_name);
        if (name.size > tail && strcmp(entry->d_name + name.size - tail, folder->suffix) == 0)
            status = add_file(list, before, folder, text_head(name, name.size - tail), error);
    }
    closedir(dir);
    return status;
}

static int by_name(const void *a, const void *b)
{
    const struct name_item *x = a, *y = b;
    return strcmp(x->name, y->name);
}

void name_list_sort(struct name_list *list)
{
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, by_name);
}

const char *name_list_nearest(struct name_list *list, const char *name)
{
    const char **names = arena_array(&list->arena, list->count + 1, sizeof *names);
    for (size_t i = 0; names && i < list->count; i++)
        names[i] = list->items[i].name;
    return names ? text_nearest(text_from(name), names, list->count) : NULL;
}

void name_list_free(struct name_list *list)
{
    arena_free(&list->arena);
    *list = NAME_LIST_INIT;
}
