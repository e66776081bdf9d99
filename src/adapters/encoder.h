// Audio files through libsndfile, safely: temporary file, sticky errors, fsync, read-back
// verification, link under the final name, fsync of the folder.
#ifndef LOOSEN_ENCODER_H
#define LOOSEN_ENCODER_H

#include "duration.h"
#include "error.h"
#include <stdbool.h>

enum encoder_format { ENCODER_WAV_16, ENCODER_WAV_24, ENCODER_WAV_FLOAT };

struct encoder_config {
    const char *path;
    enum encoder_format format;
    int64_t total_frames; // exactly so many will be written
    bool force;           // replace an existing file
    uint64_t seed;        // of the dither (TPDF, 16 bits only)
    const char *title;    // metadata; may be NULL
    const char *comment;
};

struct encoder;

// Create the temporary file in the target's folder. An existing target without `force` is
// STATUS_BAD_ARGUMENT; a missing or unwritable folder STATUS_IO.
enum status encoder_open(struct encoder **encoder, const struct encoder_config *config,
                         struct error *error);

// Write `frames` stereo frames (interleaved, 48 kHz). Non-finite samples become 0, overs are clamped.
enum status encoder_write(struct encoder *encoder, const float *stereo, size_t frames,
                          struct error *error);

// Finish: close, fsync, read back and compare frame count and samples, link into place, fsync the
// folder. The encoder is freed whatever happens; on failure no file appears and no other is changed.
enum status encoder_finish(struct encoder *encoder, struct error *error);

// Drop everything: the temporary file is removed. NULL is fine.
void encoder_abort(struct encoder *encoder);

#endif
