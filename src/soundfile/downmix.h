// SPDX-License-Identifier: GPL-3.0-or-later
// Any number of channels to left and right.
#ifndef LOOSEN_DOWNMIX_H
#define LOOSEN_DOWNMIX_H

#include "decoder_protocol.h"
#include <sndfile.h>
#include <stddef.h>

struct downmix {
    int channels;
    float left[DECODER_CHANNELS_MAX], right[DECODER_CHANNELS_MAX]; // gains of each channel
};

// By the places that the file names for its channels, or else by those that its format has for this
// number of them: centre and surround 3 dB down to the sides that they are between or behind (ITU-R
// BS.775), the low-frequency channel left out. One channel goes to both sides.
void downmix_init(struct downmix *downmix, SNDFILE *sound, const SF_INFO *info);

// Mix `frames` frames; a sample that is not finite counts as 0, one beyond DECODER_SAMPLE_MOST as
// that.
void downmix_process(const struct downmix *downmix, const float *from, float *stereo,
                     size_t frames);

#endif
