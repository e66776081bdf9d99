// SPDX-License-Identifier: GPL-3.0-or-later
// What is playing, as a tape machine's keys: pause, close, and the place that the listener hears.
#ifndef LOOSEN_TRANSPORT_H
#define LOOSEN_TRANSPORT_H

#include "speaker.h"

// Only what the speaker's shared memory does not hold; the rest is asked of it.
struct transport {
    struct speaker *speaker; // borrowed
    int64_t heard_frames;    // of the last transport_listen
    int64_t seen_frames;     // the count of consumed frames that was seen last ...
    int64_t seen_ms;         // ... and when
    int64_t step_frames;     // by which it grew then
};

void transport_init(struct transport *transport, struct speaker *speaker);

// The session frame that leaves the loudspeaker now: what the callback took, less what the device
// and the limiter still hold; all of it once they are empty. Between two callbacks the clock goes
// on by itself, so that what is shown moves evenly. Never goes back. Call it at every look.
int64_t transport_listen(struct transport *transport);

// What the master is told, in the speaker's memory.
struct master_controls *transport_controls(const struct transport *transport);

// Pause with a short fade, or go on; the position is kept.
void transport_set_paused(struct transport *transport, bool paused);
bool transport_is_paused(const struct transport *transport);

// Fade out over `fade_ms` (10 at least) and stay silent; there is no way back. Again, with less:
// faster.
void transport_close(struct transport *transport, int fade_ms);
bool transport_is_closing(const struct transport *transport);

// After a pause or a close: wait until silence was heard, for 4 s at most, whatever the device
// does.
void transport_settle(const struct transport *transport);

// Fade out for good, at once.
void transport_fade_out(struct transport *transport);

#endif
