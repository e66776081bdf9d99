// SPDX-License-Identifier: GPL-3.0-or-later
// A WAV file down a pipe. libsndfile refuses that, because it corrects the header at the end; here
// the length is known from the start. Tags and chapters stand in front of the sound, where a reader
// of the pipe finds them in time.
#ifndef LOOSEN_WAV_STREAM_H
#define LOOSEN_WAV_STREAM_H

#include "encoder_format.h"
#include <stddef.h>

struct tags;

struct wav_stream_config {
    int descriptor;             // borrowed; SIGPIPE must be ignored
    const char *name;           // for messages; copied, cut at 300 bytes
    enum encoder_format format; // ENCODER_WAV_...
    int rate;                   // Hz
    int channels;               // 1 or 2
    int64_t frames;             // RF64 when their bytes need more than 32 bits
    const struct tags *tags;    // used during the call only
    int (*interrupt)(void);     // asked when nothing could be written: not 0: give up; NULL: go on
};

struct wav_stream;

// STATUS_NO_MEMORY or STATUS_OK; nothing is written yet.
enum status wav_stream_open(struct wav_stream **stream, const struct wav_stream_config *config,
                            struct error *error);

// Interleaved frames of the format's kind of samples. STATUS_IO with the cause, such as a broken
// pipe, or STATUS_INTERRUPTED; every later call fails in the same way.
enum status wav_stream_write(struct wav_stream *stream, const void *samples, size_t frames,
                             struct error *error);

// Write what waits. The statuses of wav_stream_write.
enum status wav_stream_end(struct wav_stream *stream, struct error *error);

// NULL is fine. The descriptor stays open.
void wav_stream_free(struct wav_stream *stream);

#endif
