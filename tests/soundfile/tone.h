// SPDX-License-Identifier: GPL-3.0-or-later
// The signal that the encoder's tests write: loud, different in both channels, 0 at both ends.
#ifndef TEST_TONE_H
#define TEST_TONE_H

#include "encoder.h"

// Frame f is a function of f and frames alone.
void tone_fill(float *stereo, int64_t first_frame, size_t count, int64_t frames);

// All frames, in calls of uneven sizes.
enum status tone_write(struct encoder *encoder, int64_t frames, struct error *error);

// A whole export of it.
enum status tone_export(const struct encoder_config *config, struct error *error);

#endif
