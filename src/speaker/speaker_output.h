// SPDX-License-Identifier: GPL-3.0-or-later
// The last step to a device: session frames, 48 kHz stereo, become frames of its rate and channels.
// Only for the speaker's worker.
//
// At 48 kHz stereo nothing is touched. Another rate goes through libsamplerate's medium sinc
// converter (pass band to 0.8 of half the lower rate within 0.01 dB, to 0.88 within 0.5 dB; images
// and aliases below -110 dB), which allocates nothing once it is made. A device with one channel
// gets the mean of both: no louder than the louder one.
#ifndef LOOSEN_SPEAKER_OUTPUT_H
#define LOOSEN_SPEAKER_OUTPUT_H

#include "error.h"
#include <stddef.h>

struct speaker_output;

// Where session frames come from: fill `frames` stereo frames. Called with as many as the device's
// block needs, in one piece unless that is longer than a third of a second.
struct speaker_feed {
    void (*pull)(void *context, float *stereo, size_t frames); // RT
    void *context;
};

// For a device of `rate_hz` with 1 or 2 channels. STATUS_UNSUPPORTED: nothing converts to that
// rate.
enum status speaker_output_new(struct speaker_output **output, int rate_hz, int channels,
                               struct error *error);
void speaker_output_free(struct speaker_output *output); // NULL is fine

// Session frames that have been pulled and not yet given to the device, after every block the same.
int speaker_output_delay_frames(const struct speaker_output *output);

// RT. Give the device its next `frames` frames. The result does not depend on the sizes of blocks;
// no sample is above MASTER_PEAK.
void speaker_output_render(struct speaker_output *output, const struct speaker_feed *renderer,
                           float *samples, size_t frames);

#endif
