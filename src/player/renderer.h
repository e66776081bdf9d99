// SPDX-License-Identifier: GPL-3.0-or-later
// The render thread: keeps the speaker's ring filled with the engine's stems.
#ifndef LOOSEN_RENDERER_H
#define LOOSEN_RENDERER_H

#include "checkpoints.h"
#include "engine.h"
#include "speaker.h"
#include <pthread.h>

struct renderer {
    struct engine *engine;          // borrowed
    struct checkpoints checkpoints; // of the engine
    struct speaker *speaker;        // borrowed
    pthread_t thread;
    bool running;
    pthread_mutex_t lock;    // guards the engine and the ring's producer side, and what follows
    int64_t rendered_frames; // given to the ring: the session frame that is rendered next
    int64_t limit_frames;    // rendered no farther: the lead, then the whole session
    bool seek;               // the engine is to be set to rendered_frames first
    _Atomic bool stop;
    _Atomic int64_t first_ms; // when the device had taken the first frame; 0: not yet
};

// Render `engine` into the ring of `speaker` from frame 0 up to `limit_frames`; both are borrowed
// until renderer_stop. Nothing is rendered before renderer_start. STATUS_NO_MEMORY.
enum status renderer_init(struct renderer *renderer, struct engine *engine, struct speaker *speaker,
                          int64_t limit_frames, struct error *error);

// Fill the ring, let the speaker begin, and keep the ring filled from a thread of its own.
enum status renderer_start(struct renderer *renderer, struct error *error);

// Between the two, nothing is rendered: engine, ring and the fields above are the caller's. To be
// held shortly: the ring runs dry after about two seconds.
void renderer_hold(struct renderer *renderer);
void renderer_release(struct renderer *renderer);

// While held: render up to `limit_frames`. A device that comes there before the session's end,
// because what follows is not ready, pauses with a fade until this is called again.
void renderer_extend(struct renderer *renderer, int64_t limit_frames);

// While held: go on from where the ring's writer stands now (after speaker_respawn). The engine is
// moved there by the render thread: at once, if it is no more than 10 s back.
void renderer_resume(struct renderer *renderer);

// Where another timeline can begin: the first quantum that the device does not take within half a
// second and one block. While held; it may not be rendered yet.
int64_t renderer_next_frame(const struct renderer *renderer);

// While held: render `timeline` from `frame` on, a quantum that was rendered already: what the ring
// holds beyond is taken back and rendered again. `timeline` and `bank` are borrowed as by
// engine_set_timeline. STATUS_TIMEOUT: the device takes that frame already; nothing has changed.
enum status renderer_change(struct renderer *renderer, const struct timeline *timeline,
                            const struct clip_bank *bank, int64_t frame, struct error *error);

// End the thread, if there is one; after a renderer_init that failed too. The engine is the
// caller's again.
void renderer_stop(struct renderer *renderer);

#endif
