// SPDX-License-Identifier: GPL-3.0-or-later
// --report: the counters of a playing session, for whoever wants to know how it went.
#ifndef LOOSEN_PLAY_REPORT_H
#define LOOSEN_PLAY_REPORT_H

#include "device_watch.h"
#include "pipeline.h"
#include "safe_file.h"
#include "transport.h"

struct play_report_sources {
    struct pipeline *pipeline;
    const struct renderer *renderer; // stopped
    const struct transport *transport;
    const struct device_watch *watch;
};

// Begin the file of --report before anything is heard, so that a name that can't be had is known at
// once: *file, or NULL where no report is wanted. STATUS_BAD_ARGUMENT: something stands there that
// must stay. STATUS_IO.
enum status play_report_open(struct safe_file **file, struct pipeline *pipeline,
                             struct error *error);

// Write the report into `file`, unless it is NULL, and give it its name; tell on stderr of gaps.
// The file is freed whatever happens. STATUS_IO, STATUS_NO_MEMORY, STATUS_BAD_ARGUMENT as above.
enum status play_report_write(struct safe_file *file, const struct play_report_sources *sources,
                              struct error *error);

#endif
