// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings to samples: audio files are not to be trusted, so a process without rights (see
// decoder_worker.h) reads an open descriptor and sends what it decodes.
#ifndef LOOSEN_DECODER_H
#define LOOSEN_DECODER_H

#include "decoder_protocol.h"
#include "error.h"
#include "text.h"
#include <stddef.h>
#include <stdint.h>

// True when a file that begins with these bytes (FILE_KIND_HEAD of them) may be one that
// decoder_read can read: WAV (RIFF or RF64), FLAC, Ogg, MP3, AIFF.
bool decoder_knows(struct text head);

// The next stereo frames at 48 kHz, interleaved, all finite and within DECODER_SAMPLE_MOST; valid
// during the call. No frames: nothing has come for a while. Return false to stop.
typedef bool decoder_take(void *context, const float *stereo, size_t frames);

// Decode the regular file behind `fd` (open for reading; stays open) to at most DECODER_FRAMES_MAX
// frames: WAV, RF64 and AIFF with integer or float samples, FLAC, Ogg Vorbis and Opus, MP3; 1 to 8
// channels, folded down to stereo; 8 to 192 kHz. STATUS_OK: end->frames > 0. STATUS_BAD_INPUT: the
// file cannot be used, the text says why; STATUS_IO: reading failed, or the process did;
// STATUS_INTERRUPTED: `take` stopped. The text does not name the file.
enum status decoder_read(struct decoder_end *end, int fd, decoder_take *take, void *context,
                         struct error *error);

#endif
