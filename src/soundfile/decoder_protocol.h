// SPDX-License-Identifier: GPL-3.0-or-later
// What the decoder process says to the player: messages of message.h whose bodies are these
// structs, in the byte order of the machine, since both ends are one program. The player says
// nothing.
#ifndef LOOSEN_DECODER_PROTOCOL_H
#define LOOSEN_DECODER_PROTOCOL_H

#include "duration.h"

enum decoder_message {
    DECODER_SAMPLES, // stereo frames at 48 kHz, interleaved floats; 1 .. DECODER_BLOCK_FRAMES
    DECODER_END,     // struct decoder_end: all has been sent
    DECODER_FAILED,  // body: text for the user
};

enum {
    DECODER_BLOCK_FRAMES = 4096,
    DECODER_REASON_MAX = 200, // bytes of DECODER_FAILED
    DECODER_CHANNELS_MAX = 8,
    DECODER_RATE_LEAST = 8000, // Hz
    DECODER_RATE_MOST = 192000,
    DECODER_SECONDS_MAX = 300, // of sound; what is beyond is not decoded
    DECODER_CPU_S = 60,
    DECODER_MEMORY_MIB = 256, // beyond what the process had before
    DECODER_SAMPLE_MOST = 8,  // 18 dB over full scale: a float file may have it
};

#define DECODER_FRAMES_MAX ((int64_t)DECODER_SECONDS_MAX * FRAME_RATE)

struct decoder_end {
    int64_t frames;   // that were sent, at 48 kHz
    uint32_t cut;     // 1: the recording is longer
    uint32_t damaged; // 1: the decoder stopped at a fault
    uint32_t unsized; // 1: its header does not say how long it is: all there was is used
    uint32_t cut_off; // 1: it ends before its own end
};

#endif
