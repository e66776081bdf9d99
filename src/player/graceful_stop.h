// SPDX-License-Identifier: GPL-3.0-or-later
// The gentle end of a live session: the sentence to its end, a few words, a long fade.
#ifndef LOOSEN_GRACEFUL_STOP_H
#define LOOSEN_GRACEFUL_STOP_H

#include "pipeline.h"
#include "renderer.h"
#include "transport.h"

// All zeros: nobody wants to leave.
struct graceful_stop {
    struct timeline
        timeline;       // what is seen then; owned. Its session is NULL while it is the pipeline's
    bool begun;         // it is played, too
    int64_t from_frame; // up to here the session was followed
    int64_t fade_frame; // the frame at whose taking the fade begins
};

// Begin: with words if `speak`, there is a plan, and the session has time for them; else with the
// fade. The words of a voice that is off are shown while it fades.
void graceful_stop_begin(struct graceful_stop *stop, struct pipeline *pipeline,
                         struct renderer *renderer, struct transport *transport, bool speak);

// At every look: the fade begins when the words have been taken by the device.
void graceful_stop_look(const struct graceful_stop *stop, struct transport *transport);

// After renderer_stop.
void graceful_stop_free(struct graceful_stop *stop);

#endif
