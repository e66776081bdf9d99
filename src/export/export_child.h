// SPDX-License-Identifier: GPL-3.0-or-later
// One job of a batch, in a process of its own, and what it says of itself.
#ifndef LOOSEN_EXPORT_CHILD_H
#define LOOSEN_EXPORT_CHILD_H

#include "buffer.h"
#include "child.h"
#include "export_list.h"

struct export_child {
    struct child child;             // pid 0: the place is free
    const struct export_item *item; // what it makes
    struct buffer line;             // an event that has not come whole
    struct buffer errors;           // its standard error
    int64_t done_frames;
    bool kept; // the file was there already, whole and the same
    bool told; // that it failed
};

#define EXPORT_CHILD_INIT ((struct export_child){.child = CHILD_INIT})

// Called with each event of a job, a line with its newline.
typedef void export_child_event(void *context, const struct buffer *line);

// Begin the process that makes `item`, which is borrowed. Fails as child_start does.
enum status export_child_start(struct export_child *job, const struct export_item *item,
                               const struct settings *settings, struct error *error);

// Take some of what it says on its standard output. True when that was closed: the job ends.
bool export_child_read_events(struct export_child *job, export_child_event *event, void *context);

// Take all that there is of its standard error.
void export_child_read_errors(struct export_child *job);

// The last line of its errors, which is why it failed, without the program's name; may be empty.
struct text export_child_last_words(const struct export_child *job);

// After child_wait: the place is free again.
void export_child_free(struct export_child *job);

#endif
