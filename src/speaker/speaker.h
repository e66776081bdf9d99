// SPDX-License-Identifier: GPL-3.0-or-later
// The loudspeaker: a worker process that holds PortAudio and nothing else. Its callback runs
// master_callback on a ring in shared memory; the player watches that it moves. Whatever an audio
// library does (hang, spin, abort), it does it in the worker, which is then killed and replaced.
//
// How to play: speaker_open; speaker_wait; write stems into speaker_ring; speaker_start; go on
// writing; call speaker_alive at least every 100 ms. False: stop writing, speaker_respawn (again
// after 1, 2, 5, 10 s while that fails), write from the ring's `written` on. speaker_finished: all
// was heard; speaker_close. One thread writes the ring, one other calls the functions.
#ifndef LOOSEN_SPEAKER_H
#define LOOSEN_SPEAKER_H

#include "error.h"
#include "ring.h"
#include "speaker_memory.h"

struct speaker_config {
    const char *device;   // name or part of it (see speaker_device.h); NULL: the default
    int64_t total_frames; // of the session
    int64_t start_frame;  // where to begin (0, or a resume)
    double latency_s;     // asked of the device; 0: 0.5 s
    double ring_s;        // 0: 2 s
};

struct speaker;

// Start the worker, which opens the device by itself; returns at once. Nothing is heard until
// speaker_start.
enum status speaker_open(struct speaker **speaker, const struct speaker_config *config,
                         struct error *error);

// Wait up to `wait_ms` for the device: STATUS_OK when it is open, STATUS_TIMEOUT while it is not
// (to be called again), STATUS_NO_DEVICE with a clear text when there is none, when `device` names
// none or several, when it cannot play, or when nothing came in 8 s. A device that does not take 48
// kHz or stereo gets the sound converted; all counters stay those of the session.
enum status speaker_wait(struct speaker *speaker, int wait_ms, struct error *error);

// True once the present worker has opened its device, as speaker_wait and speaker_alive hear of it.
bool speaker_is_open(const struct speaker *speaker);

struct speaker_memory *speaker_memory(struct speaker *speaker);
struct ring *speaker_ring(struct speaker *speaker);
const char *speaker_device_name(const struct speaker *speaker); // what is being played on
const char *speaker_device_api(const struct speaker *speaker);  // the audio system it belongs to
int speaker_device_rate_hz(const struct speaker *speaker);      // that it runs at
int speaker_device_channels(const struct speaker *speaker);     // that it is given: 1 or 2

// Session frames that were taken from the ring and are not heard yet, those inside the master
// apart: of the device and the conversion for it, clamped to 0 .. 2 s.
int speaker_latency_frames(const struct speaker *speaker);

// At most how many session frames were taken and not heard, the master's included: what a new
// worker plays again. Rather a little too many, so that nothing is left out.
int64_t speaker_unheard_frames(const struct speaker *speaker);

// The session ends at another frame than was said at first, not before what the ring holds.
void speaker_set_total(struct speaker *speaker, int64_t total_frames);
int64_t speaker_total(const struct speaker *speaker);

// Let the callback take frames. It begins as soon as the ring holds a block of the device
// (up to half the latency) and MASTER_REFILL_FRAMES more.
void speaker_start(struct speaker *speaker);

// True while the worker opens its device (for at most 8 s) or gives frames to it (also silence,
// when paused). False once that stood still for 2.5 s or the worker died; the worker has then been
// killed.
bool speaker_alive(struct speaker *speaker);

// Replace a lost worker by another, which opens the device meanwhile (speaker_alive tells whether
// it succeeds) and begins by itself when the ring is filled, unless `started` was taken back
// before. What the device had not played yet (speaker_unheard_frames) is played again: the ring is
// empty and its counters stand at the frame to render from. Nobody may be using the ring during the
// call. While the lost worker does not end, nothing is done (the next speaker_alive is false): it
// may still use the ring.
enum status speaker_respawn(struct speaker *speaker, struct error *error);

// True once everything, to the session's end or to the end of a closing fade, has left the device.
bool speaker_finished(const struct speaker *speaker);

// Kill the worker at once; nothing of PortAudio is waited for. NULL is fine.
void speaker_close(struct speaker *speaker);

#endif
