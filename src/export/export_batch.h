// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the jobs of an export list, several at once, each in a process of its own: a job that is
// killed or crashes harms no other. What they say of themselves comes back as events.
#ifndef LOOSEN_EXPORT_BATCH_H
#define LOOSEN_EXPORT_BATCH_H

#include "export_list.h"

struct export_batch_result {
    size_t made;
    size_t kept; // were there already, whole and the same
    size_t failed;
    size_t not_begun; // a signal came first
};

// Run all; a failed job is reported and the others go on. After a signal no job is begun, those
// that run are asked to end and waited for. STATUS_INTERRUPTED then; STATUS_IO when events cannot
// be written; STATUS_OK also when jobs failed.
enum status export_batch_run(struct export_batch_result *result, const struct export_list *list,
                             const struct settings *settings, struct error *error);

#endif
