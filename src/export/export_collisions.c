// SPDX-License-Identifier: GPL-3.0-or-later
// The names of all outcomes are sorted, and equal neighbours are the collisions.
#include "export_collisions.h"

#include "export_paths.h"
#include <stdlib.h>
#include <string.h>

// A file that a job writes.
struct outcome {
    const char *path;
    const struct export_item *item;
};

struct outcomes {
    struct outcome *all; // [room], owned
    size_t room;
    size_t count;
};

static enum status add_outcome(struct outcomes *outcomes, const char *path,
                               const struct export_item *item, struct error *error)
{
    if (outcomes->count == outcomes->room) {
        size_t room = outcomes->room ? 2 * outcomes->room : 64;
        struct outcome *all = realloc(outcomes->all, room * sizeof *all);
        if (!all)
            return error_no_memory(error);
        outcomes->all = all;
        outcomes->room = room;
    }
    outcomes->all[outcomes->count++] = (struct outcome){path, item};
    return path ? STATUS_OK : error_no_memory(error);
}

// The audio and what lies beside it. A path that is too long is told by the check of files.
static enum status add_outcomes(struct export_list *list, const struct settings *settings,
                                const struct export_item *item, struct outcomes *outcomes,
                                struct error *error)
{
    struct export_paths beside;
    enum status status = add_outcome(outcomes, item->path, item, error);
    if (export_paths_list(&beside, settings, item->path, NULL) != STATUS_OK)
        return status;
    for (size_t i = 0; i < beside.count && status == STATUS_OK; i++) {
        const char *path = arena_copy(&list->arena, text_from(beside.paths[i])).data;
        status = add_outcome(outcomes, path, item, error);
    }
    return status;
}

static int by_path(const void *a, const void *b)
{
    const struct outcome *x = a;
    const struct outcome *y = b;
    int order = strcmp(x->path, y->path);
    return order ? order : strcmp(x->item->path, y->item->path);
}

static enum status tell_twins(struct export_list *list, const struct outcome *one,
                              const struct outcome *other, struct error *error)
{
    struct buffer line = BUFFER_INIT;
    bool same = strcmp(one->item->path, other->item->path) == 0;
    if (same && one->path != one->item->path)
        return STATUS_OK; // as the audio that it lies beside, which is told
    if (same)
        buffer_printf(&line,
                      "more than one export would be %s: give it other fields, such as "
                      "{session}-{lang}-{length}",
                      one->path);
    else
        buffer_printf(&line, "%s and %s would both write %s: give them other names",
                      one->item->path, other->item->path, one->path);
    enum status status = line.failed
                             ? error_no_memory(error)
                             : export_list_add_wrong(list, other->item->path, line.data, error);
    buffer_free(&line);
    return status;
}

enum status export_collisions_find(struct export_list *list, const struct settings *settings,
                                   struct error *error)
{
    struct outcomes outcomes = {.all = NULL};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < list->count && status == STATUS_OK; i++)
        status = add_outcomes(list, settings, &list->items[i], &outcomes, error);
    if (status == STATUS_OK && outcomes.count > 0)
        qsort(outcomes.all, outcomes.count, sizeof *outcomes.all, by_path);
    for (size_t i = 1; i < outcomes.count && status == STATUS_OK; i++)
        if (strcmp(outcomes.all[i - 1].path, outcomes.all[i].path) == 0)
            status = tell_twins(list, &outcomes.all[i - 1], &outcomes.all[i], error);
    free(outcomes.all);
    return status;
}
