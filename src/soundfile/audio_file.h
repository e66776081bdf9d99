// SPDX-License-Identifier: GPL-3.0-or-later
// One sound in a safe_file, in any of the formats, through libsndfile: written first, then read
// back.
//
// libsndfile says success on a full disk, so its word counts for nothing here: the file's own first
// failure does, and what is read back.
#ifndef LOOSEN_AUDIO_FILE_H
#define LOOSEN_AUDIO_FILE_H

#include "encoder_format.h"
#include "safe_file.h"

struct tags;

struct audio_file_config {
    struct safe_file *file; // borrowed, empty; no other use of it until audio_file_close
    enum encoder_format format;
    int rate;     // Hz
    int channels; // 1 or 2
    int64_t frames;
    bool constant_rate;      // as encoder_config has it
    uint64_t seed;           // of an Ogg stream's number
    const struct tags *tags; // borrowed until audio_file_complete
};

struct audio_file;

// Begin to write. STATUS_UNSUPPORTED: libsndfile has no encoder for this; STATUS_IO.
enum status audio_file_open(struct audio_file **audio, const struct audio_file_config *config,
                            struct error *error);

// Interleaved frames of the format's kind of samples, finite and within +-1. STATUS_IO.
enum status audio_file_write(struct audio_file *audio, const void *samples, size_t frames,
                             struct error *error);

// End the sound and put the tags in. The data may still be in memory. STATUS_IO.
enum status audio_file_complete(struct audio_file *audio, struct error *error);

// Open what the safe_file holds now for reading. STATUS_IO when it is no sound of the configured
// format, rate, number of channels and frames.
enum status audio_file_reopen(struct audio_file *audio, struct error *error);

// The next frames, at most `frames`; fewer only at the end and on failure.
size_t audio_file_read(struct audio_file *audio, void *samples, size_t frames);

// After reading: STATUS_IO when it did not reach the end without a fault.
enum status audio_file_read_status(const struct audio_file *audio, struct error *error);

// The safe_file stays. NULL is fine.
void audio_file_close(struct audio_file *audio);

#endif
