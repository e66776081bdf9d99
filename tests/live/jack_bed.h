// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests inside with_jack.sh share: recordings of what is heard, and servers of their own
// beside the bed's. All of it fails the test that is running when it does not succeed.
#ifndef LOOSEN_JACK_BED_H
#define LOOSEN_JACK_BED_H

#include "bed.h"

enum { RECORDER_LATE = 3 }; // the recorder's exit code

struct recording {
    char path[64];
    pid_t pid;
};

// With the device "recorder" it is connected before the first frame. `how`: see recorder.c, or
// NULL.
void recording_start(struct recording *recording, const char *how);

// Stop the recording and see whether it ends in the session from `first_frame` on. False when it
// does not, but the server was late: then it proves nothing.
bool recording_is_heard(struct recording *recording, int64_t first_frame, int64_t total_frames);

// Run a scenario that returns what recording_is_heard did, five times at most.
void recording_until_heard(bool (*scenario)(void));

// Another server under the name of JACK_DEFAULT_SERVER, at a rate in Hz; returns its process.
pid_t jack_start(const char *rate);

// A device that is not 48 kHz stereo: a server of its own at `rate`, with a recorder of `how` on
// it.
struct other {
    char name[64];
    char *before; // the name of the bed's server; owned
    pid_t server;
    struct recording recording;
};

void other_open(struct other *other, const char *rate, const char *how);

// Returns what was recorded, owned by the caller; NULL samples when the server was late.
struct sound other_close(struct other *other);

#endif
