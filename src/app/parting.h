// The gentle end of a live session: the sentence to its end, a few words, a long fade.
#ifndef LOOSEN_PARTING_H
#define LOOSEN_PARTING_H

#include "feed.h"
#include "pipeline.h"
#include "transport.h"

// All zeros: nobody wants to leave.
struct parting {
    struct timeline
        timeline;       // what is seen then; owned. Its session is NULL while it is the pipeline's
    bool begun;         // it is played, too
    int64_t from_frame; // up to here the session was followed
    int64_t fade_frame; // the frame at whose taking the fade begins
};

enum { PARTING_FADE_MS = 8000 };

// Let the voice have ready what keys may ask for: the few words of an end, and lines that keep company in a
// rest that becomes long. Before pipeline_start_voice.
enum status parting_prepare(struct pipeline *pipeline, struct error *error);

// Begin: with words if `speak`, there is a plan, and the session has time for them; else with the fade. The
// words of a voice that is off are shown while it fades.
void parting_begin(struct parting *parting, struct pipeline *pipeline, struct feed *feed,
                   struct transport *transport, bool speak);

// At every look: the fade begins when the words have been taken by the device.
void parting_look(const struct parting *parting, struct transport *transport);

// After feed_stop.
void parting_free(struct parting *parting);

#endif
