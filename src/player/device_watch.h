// SPDX-License-Identifier: GPL-3.0-or-later
// The watch over the sound device: notices that it is gone, and brings it back.
#ifndef LOOSEN_DEVICE_WATCH_H
#define LOOSEN_DEVICE_WATCH_H

#include "renderer.h"

// All zeros: the device plays.
struct device_watch {
    int losses;            // so far
    int attempts;          // to bring the device back, since it last played
    int64_t retry_ms;      // when the next one is due; 0: one is under way, or none is needed
    int64_t played_frames; // by devices so far, when the last attempt began
    int64_t lost_ms;       // when it was lost
    char device[512];      // that was lost: its name and system
    bool held;             // the session is left paused, and nobody was told yet
};

enum {
    DEVICE_WATCH_PATIENCE_MS = 30000
}; // after a longer wait the session does not go on by itself

// Wait until a speaker that was opened can play, 8 s at most; after a second, say on stderr what is
// being waited for. STATUS_NO_DEVICE: it cannot. STATUS_INTERRUPTED: q was pressed or a signal
// came. The terminal must be open already, if there is one.
enum status device_watch_open(struct speaker *speaker, struct error *error);

// Look at the speaker, at least every 100 ms. Once it is lost it is replaced after 1, 2, 5 and then
// every 10 s, at the frame that was reached, for as long as this is called; that a try fails is no
// failure of the call. A session that waited long, or that another device would play, is left
// paused at its return: nobody wants a voice that begins to speak out of nowhere. STATUS_NO_MEMORY,
// STATUS_IO: there is no way to try.
enum status device_watch_look(struct device_watch *watch, struct renderer *renderer,
                              struct error *error);

// True while nothing can be heard because the device is gone.
bool device_watch_is_waiting(const struct device_watch *watch);

// True once after a device has come to play a session that was left paused.
bool device_watch_take_hold(struct device_watch *watch);

#endif
