// SPDX-License-Identifier: GPL-3.0-or-later
// A record on its way through an export: the session that was heard, made again. The plan is fitted
// again at the frames at which it was, by the same function, and levels move where the callback
// moved them.
#ifndef LOOSEN_REPLAY_H
#define LOOSEN_REPLAY_H

#include "pipeline.h"
#include "record.h"

struct replay {
    const struct record *record; // borrowed; NULL: nothing is replayed
    struct timeline *timelines;  // one a change: the plan behind it, if that is another
    struct timeline first;       // that of the pipeline, before what was heard took its place
    size_t next;                 // first change that was not applied yet
};

// What a record was made with, as settings of an export; those of `settings` that decide where to
// and in which form stay. Texts are borrowed from the record.
enum status replay_settings(struct settings *merged, const struct settings *settings,
                            struct record *record, struct error *error);

// Fit the planned pipeline again for every request. Its timeline becomes the one that was heard, up
// to where a closing fade ended, and its total_frames those of the file; the engine keeps what it
// follows. STATUS_BAD_INPUT: session or voice are not what they were.
enum status replay_plan(struct replay *replay, struct pipeline *pipeline, struct error *error);

// Frames that can be rendered from `frame` on before the next change, `most` at most.
size_t replay_reach(const struct replay *replay, int64_t frame, size_t most);

// Do what is due at `frame`, the next that will be rendered.
enum status replay_apply(struct replay *replay, int64_t frame, struct pipeline *pipeline,
                         struct master_controls *controls, struct error *error);

void replay_close(struct replay *replay);

#endif
