// SPDX-License-Identifier: GPL-3.0-or-later
// A request to fit the rest of a session again.
#ifndef LOOSEN_PLAN_REFIT_CONFIG_H
#define LOOSEN_PLAN_REFIT_CONFIG_H

#include "plan_config.h"
#include "plan_request.h"
#include "timeline.h"

struct utterances;

struct plan_refit_config {
    const struct timeline *present; // made by plan_build or plan_refit; must outlive the call only
    const struct utterances *utterances;
    const int64_t *clip_frames;     // all of this as it was given to plan_build
    const struct plan_config *plan; // likewise; its total_frames is not read
    enum plan_request request;
    int64_t now_frame; // from here on the timeline may change
    enum plan_end end; // later up to 90 min
};

#endif
