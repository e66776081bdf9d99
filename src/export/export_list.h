// SPDX-License-Identifier: GPL-3.0-or-later
// All the files that one command line asks for: sessions x languages x lengths, each with its name.
// Whatever can be known to be wrong is found here, before any work.
#ifndef LOOSEN_EXPORT_LIST_H
#define LOOSEN_EXPORT_LIST_H

#include "arguments.h"
#include "catalogue.h"

enum { EXPORT_ITEMS_MAX = 10000 };

struct export_item {
    struct export_subject subject; // texts are the list's or argv's
    const char *path;              // in the list's arena
};

// What cannot be made as it was asked for. Texts are in the list's arena.
struct export_problem {
    struct export_problem *next;
    const char *file;     // NULL: it has no name
    const char *text;     // one sentence
    const char *left_out; // the same of what is only left out; NULL: it cannot be
};

struct export_list {
    struct arena arena;
    struct export_item *items;
    size_t count;
    struct export_problem *problems; // in the order in which they were found; in the arena
    struct export_problem *last;     // of them
    size_t impossible;               // combinations of which there is nothing to make
    size_t wrong;                    // other problems
    bool several_languages;          // were asked for
    struct text told;                // languages of which was told what is left out: ",en,de,"
};

// Whether the command line asks for more than one file, or for what only a batch does.
bool export_list_is_wanted(const struct settings *settings);

// STATUS_OK also when there are problems. Other statuses: a script has faults (told on stderr), a
// pattern has an unknown field, there is no such session in any language, out of memory.
enum status export_list_build(struct export_list *list, const struct settings *settings,
                              struct error *error);

// Add what is wrong with the file of the list that is to be `path`, unless it was just said. `text`
// is copied. STATUS_NO_MEMORY.
enum status export_list_add_wrong(struct export_list *list, const char *path, const char *text,
                                  struct error *error);

// Find names that are taken or cannot be written, and add them to the problems. A file that has a
// manifest is left to the job: it may be the very one. STATUS_OK also then, or STATUS_NO_MEMORY.
enum status export_list_check_files(struct export_list *list, const struct settings *settings,
                                    struct error *error);

// The words of the command that makes one item, whenever and wherever it is run.
void export_list_arguments(struct arguments *arguments, const struct export_item *item,
                           const struct settings *settings);

void export_list_free(struct export_list *list);

#endif
