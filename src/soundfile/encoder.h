// SPDX-License-Identifier: GPL-3.0-or-later
// From the mix to a file, safely (see safe_file.h for how it appears), or to a stream.
//
// Samples are quantised here, not by libsndfile: what is written is known, so that it can be
// compared with what is read back.
#ifndef LOOSEN_ENCODER_H
#define LOOSEN_ENCODER_H

#include "duration.h"
#include "encoder_format.h"

struct digest;
struct tags;

// Somebody who is told while a file is read back.
struct encoder_watch {
    // The share of the file that was read since the last call; all of them make 1. Anything but
    // STATUS_OK is a failure. NULL: nobody.
    enum status (*checked)(void *context, enum encoder_format format, double share,
                           struct error *error);
    void *context;
};

struct encoder_config {
    const char *path;           // used during encoder_open only
    int descriptor;             // > 0: a stream to write to instead, WAV only; `path` is its name
    int (*interrupt)(void);     // asked when a signal stops writing to it: not 0: give up; or NULL
    enum encoder_format format; // WAV from 4 GiB - 1 MiB of samples on is RF64
    int rate;                   // Hz, as encoder_format_check_rate allows; 0: 48 kHz
    bool mono;                  // the mean of both channels
    bool unclamped;             // 32-bit float at 48 kHz only: samples may be beyond +-1
    int64_t total_frames;       // at 48 kHz, exactly so many will be written; 1 .. DURATION_MAX
    bool constant_rate;         // MP3: as many bits every second; else as many as the sound needs
    bool force;                 // replace a regular file that has the name already
    uint64_t seed;              // of the dither (16 bits) and of an Ogg stream's serial number
    const struct tags *tags;    // metadata, borrowed until encoder_verify; may be NULL
    struct encoder_watch watch; // of reading back
};

struct encoder;

// Begin the file or the stream. STATUS_BAD_ARGUMENT: the name is taken or cannot be (see
// safe_file_open), total_frames is out of range, or format, rate and descriptor do not go together;
// STATUS_IO: the disk refuses.
enum status encoder_open(struct encoder **encoder, const struct encoder_config *config,
                         struct error *error);

// Write `frames` stereo frames (interleaved, 48 kHz). Non-finite samples become 0, overs are
// clamped unless that is unwanted, a sample that is exactly 0 stays 0. How frames are split into
// calls changes no bit. After a failure every further call fails in the same way.
enum status encoder_write(struct encoder *encoder, const float *stereo, size_t frames,
                          struct error *error);

// Exactly total_frames must have been written. Close, sync to disk, read back, compare: every byte
// with what was written; the frame count; where the format keeps them, every sample, and else the
// sound (see lossy_check.h). Then the file is whole, and only its name is missing. A stream cannot
// be read back: there, everything was given to the system. The first call adds all bytes of the
// file to `digest` as they are read back; NULL: nobody wants that.
enum status encoder_verify(struct encoder *encoder, struct digest *digest, struct error *error);

// Of the verified file, in bytes; 0: a stream.
int64_t encoder_size(const struct encoder *encoder);

// Bytes of the verified file from `offset` on. Fewer than `size` only at its end or on failure,
// which encoder_place then reports. A stream has none.
int64_t encoder_read(struct encoder *encoder, int64_t offset, void *data, int64_t size);

// Verify unless that is done, and give the file its name, which can still be taken back: by
// encoder_abort, which must follow on failure. As safe_file_place.
enum status encoder_place(struct encoder *encoder, struct error *error);

// What was placed stays. The encoder is freed. NULL is fine.
void encoder_keep(struct encoder *encoder);

// Place and keep. The encoder is freed whatever happens; on failure no file appears and no other is
// changed.
enum status encoder_finish(struct encoder *encoder, struct error *error);

// Drop everything: no file remains that was not kept. NULL is fine.
void encoder_abort(struct encoder *encoder);

// Name and version of the library that writes the files.
const char *encoder_library(void);

#endif
