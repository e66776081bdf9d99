// SPDX-License-Identifier: GPL-3.0-or-later
// Tags as the chunks of a WAV or RF64 file. They stand behind the sound, so that they can be
// written when all is known.
#ifndef LOOSEN_WAV_CHUNKS_H
#define LOOSEN_WAV_CHUNKS_H

#include "buffer.h"
#include "tags.h"
#include <stdbool.h>
#include <stdint.h>

enum {
    WAV_CHUNKS_HEAD_BYTES = 28,        // of a file, as much as wav_chunks_fit needs
    WAV_CHUNKS_FORMAT_BYTES = 58,      // as much as wav_chunks_complete_format needs
    WAV_CHUNKS_REST_MAX = 1024 * 1024, // bytes beside the samples: more than tags can need
};

// Whether so many bytes of samples take RF64: plain WAV counts all that is in the file with 32
// bits.
static inline bool wav_chunks_need_rf64(int64_t sample_bytes)
{
    return sample_bytes > (int64_t)UINT32_MAX - WAV_CHUNKS_REST_MAX;
}

// Append, for a file of `rate_hz` sample frames a second:
// - "cue " and LIST "adtl": a point at each chapter's first sample frame with label and length
// - LIST "INFO": title (INAM), session (ISBJ), language (ILNG), comment, length in brackets and
//   notice in one line (ICMT), software (ISFT)
// The file must be of even length before. `out` remembers a failure.
void wav_chunks_build(const struct tags *tags, int rate_hz, struct buffer *out);

// Correct the size in the file's first bytes for a file that has become `file_bytes` long. False,
// leaving them alone, when they are no RIFF or RF64 head, or the size does not fit a RIFF file.
bool wav_chunks_fit(unsigned char head[WAV_CHUNKS_HEAD_BYTES], int64_t file_bytes);

// Give a file of floats the two bytes that are due behind its format, "0 more": libsndfile leaves
// them out and has room for them a little further on. False, leaving all alone, when the head is
// not as it makes it for WAV: RF64 has them.
bool wav_chunks_complete_format(unsigned char head[WAV_CHUNKS_FORMAT_BYTES]);

#endif
