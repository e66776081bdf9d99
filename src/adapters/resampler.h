// Sample-rate conversion through libsoxr.
#ifndef LOOSEN_RESAMPLER_H
#define LOOSEN_RESAMPLER_H

#include "error.h"
#include <stddef.h>
#include <stdint.h>

// Convert `count` mono samples from `rate` Hz to 48 kHz float, high quality (soxr HQ). *out is malloc'ed,
// owned by the caller; *out_count has exactly the delay-compensated length.
enum status resampler_convert(float **out, size_t *out_count, const int16_t *samples, size_t count,
                              int rate, struct error *error);

#endif
