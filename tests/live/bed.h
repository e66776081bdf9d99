// SPDX-License-Identifier: GPL-3.0-or-later
// What the live tests share: stems that are known, a player that sends them through a real speaker,
// and a look at what came out.
#ifndef LOOSEN_BED_H
#define LOOSEN_BED_H

#include "speaker.h"
#include <sys/types.h>

struct sound {
    float *stereo; // interleaved; owned
    size_t frames;
};

// Quiet noise, a function of the frame: the limiter has nothing to do.
void bed_stems(float *stems, int64_t first_frame, size_t frames);

// What master_process makes of the stems from `first_frame` to `total_frames`, without the latency.
struct sound bed_expected(int64_t first_frame, int64_t total_frames);

struct sound bed_load(const char *path);
void sound_free(struct sound *sound);

// Whether `whole` ends in exactly the samples of `part`, silence at both ends of both apart. Says
// on stderr where they differ.
bool bed_ends_in(const struct sound *whole, const struct sound *part);

// speaker_open and speaker_wait until that has an answer. *speaker is set only when it plays.
enum status bed_open(struct speaker **speaker, const struct speaker_config *config,
                     struct error *error);

// Write stems while there is space, for `limit_ms` at most, until the ring's consumer has reached
// `until_frame` (or, when that is -1, until all has left the device). False when the speaker was
// lost, or time was up; *lost says which.
bool bed_play(struct speaker *speaker, int64_t until_frame, int64_t limit_ms, bool *lost);

// Start a program (argv[0] is its path) with stdout on `output` (NULL: /dev/null); -1 on failure.
pid_t bed_start(const char *const *argv, const char *output);
// Send a signal and wait; returns the exit code, or -1 when a signal ended it.
int bed_end(pid_t pid, int signal_number);
// Wait until the file has any content, 5 s at most.
bool bed_wait_content(const char *path);

// The process id of our own child that is a worker; 0: none.
pid_t bed_worker_pid(void);

void bed_nap_ms(int ms);

#endif
