// SPDX-License-Identifier: GPL-3.0-or-later
// The course of a live session: what is still to come, and how a listener changes it.
#ifndef LOOSEN_REFIT_REQUEST_H
#define LOOSEN_REFIT_REQUEST_H

#include "pipeline.h"
#include "plan_request.h"
#include "renderer.h"

struct refit_request {
    struct pipeline *pipeline; // borrowed; its timeline and total_frames change
    struct renderer *renderer; // borrowed
};

// What the settings say of its end.
enum plan_end refit_request_end(const struct settings *settings);

// Fit the rest of the session again and let it be heard from renderer_next_frame on. STATUS_OK:
// *frame is the one given to plan_refit, where the engine took the new timeline.
// STATUS_BAD_ARGUMENT: it cannot be done, for the reason in `error`, one plain sentence for the
// listener; nothing has changed. STATUS_NO_MEMORY. Main thread; takes some milliseconds, up to half
// a second for a device that takes much at once (a signal ends that), and holds the feed for part
// of them.
enum status refit_request_make(const struct refit_request *course, enum plan_request request,
                               int64_t *frame, struct error *error);

#endif
