// SPDX-License-Identifier: GPL-3.0-or-later
// What the player's speaker and its worker agree upon: arguments, messages, layout of the memory.
#ifndef LOOSEN_SPEAKER_LINK_H
#define LOOSEN_SPEAKER_LINK_H

#include "speaker_memory.h"

// Arguments after `--worker speaker`: SPEAKER_PLAY, the latency in ms, the device's name if one is
// wanted; or SPEAKER_LIST.
#define SPEAKER_PLAY "play"
#define SPEAKER_LIST "list"

enum { SPEAKER_NAME_SIZE = 256, SPEAKER_LIST_SIZE = 65536 };

// From worker to player; nothing goes the other way. The same program on both ends: plain structs.
enum speaker_message {
    SPEAKER_OPENED,  // struct speaker_opened: the callback runs
    SPEAKER_FAILED,  // struct error: nothing to play on
    SPEAKER_DEVICES, // text, without terminator
};

struct speaker_opened {
    int32_t latency_frames; // session frames taken and not yet heard: of device and converter
    int32_t rate_hz;        // that the device runs at
    int32_t channels;       // that it is given: 1 or 2
    char name[SPEAKER_NAME_SIZE];
    char api[SPEAKER_NAME_SIZE]; // the audio system's
};

// Where in the shared memory the ring lies: behind the head, on a cache line of its own.
static inline size_t speaker_ring_offset(void)
{
    return (sizeof(struct speaker_memory) + 63) / 64 * 64;
}

#endif
