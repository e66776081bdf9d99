// The loudspeaker: a worker process that holds PortAudio and nothing else. Its callback runs
// master_callback on a ring in shared memory.
#ifndef LOOSEN_SPEAKER_H
#define LOOSEN_SPEAKER_H

#include "error.h"
#include "master.h"

// The head of the memory that player and worker share (one memfd); the ring lies behind it.
struct speaker_memory {
    struct master_controls controls;
    struct master_counters counters;
    int64_t total_frames;
};

struct speaker_config {
    const char *device;    // name or part of it; NULL: the default
    int64_t total_frames;  // of the session
    int64_t start_frame;   // where to begin (0, or a resume)
    double latency_s;      // asked of the device; 0: 0.5 s
    double ring_s;         // 0: 2 s
};

struct speaker;

// Start the worker and open the device; STATUS_NO_DEVICE with a clear text when there is none.
// Nothing is heard until speaker_start.
enum status speaker_open(struct speaker **speaker, const struct speaker_config *config,
                         struct error *error);
struct speaker_memory *speaker_memory(struct speaker *speaker);
struct ring *speaker_ring(struct speaker *speaker);
const char *speaker_device_name(const struct speaker *speaker); // what is being played on
int speaker_latency_frames(const struct speaker *speaker);      // of the device, clamped to 0 .. 2 s

// Let the callback take frames; call it once the ring holds enough.
enum status speaker_start(struct speaker *speaker, struct error *error);

// True while the worker lives and frames move (consumed, or played while paused): called at least every 100 ms;
// false once nothing moved for 2.5 s or the worker died.
bool speaker_alive(struct speaker *speaker);

// Replace a dead or stuck worker: kill it, start another at the consumed frame. The caller renders again
// from ring.consumed on (the ring is emptied).
enum status speaker_respawn(struct speaker *speaker, struct error *error);

// Kill the worker at once; nothing of PortAudio is waited for.
void speaker_close(struct speaker *speaker);

// Devices as lines of text ("name, host API, channels, rate"), through a worker with a deadline.
struct buffer;
enum status speaker_list(struct buffer *out, struct error *error);

// The worker's main; returns its exit code.
int speaker_worker(int argc, char **argv);

#endif
