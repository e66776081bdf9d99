// The course of a live session: what is still to come, and how a listener changes it.
#ifndef LOOSEN_COURSE_H
#define LOOSEN_COURSE_H

#include "feed.h"
#include "pipeline.h"

struct course {
    struct pipeline *pipeline; // borrowed; its timeline and total_frames change
    struct feed *feed;         // borrowed
};

// One change of course, for those who keep a log.
struct course_change {
    int64_t frame; // given to plan_refit, and where the engine took the new timeline
    enum plan_request request;
};

// Fit the rest of the session again and let it be heard COURSE_SWAP_MS after what the device has taken.
// STATUS_OK: *change says what was done. STATUS_BAD_ARGUMENT: it cannot be done, for the reason in
// `error`, one plain sentence for the listener; nothing has changed. STATUS_NO_MEMORY. Main thread;
// takes some milliseconds, and holds the feed for part of them.
enum status course_request(const struct course *course, enum plan_request request,
                           struct course_change *change, struct error *error);

enum { COURSE_SWAP_MS = 500 };

#endif
