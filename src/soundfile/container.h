// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a recording is all there, by what its container says of itself. What it says is compared
// with the file and never believed: nothing is allocated or read by it beyond the file's end.
#ifndef LOOSEN_CONTAINER_H
#define LOOSEN_CONTAINER_H

#include <stddef.h>
#include <stdint.h>

// A file. `read` gives the bytes from `at` on, fewer at the end or on failure.
struct container_file {
    int64_t size;
    size_t (*read)(void *context, int64_t at, uint8_t *data, size_t size);
    void *context;
};

enum container_state {
    CONTAINER_WHOLE,   // or nothing speaks against it
    CONTAINER_UNSIZED, // it does not say how long it is: a recorder lost its power, or it was piped
    CONTAINER_CUT_OFF, // it ends before its own end
};

struct container {
    enum container_state state;
    // Of a WAV without a size: where its 32 bits stand, and what they must be for a reader that
    // believes them. 0: nothing is to be replaced.
    int64_t size_at;
    uint8_t size[4];
};

// Look at a WAV, RF64, AIFF, Ogg or MP3 file. FLAC counts its samples: its decoder tells.
struct container container_look(const struct container_file *file);

#endif
