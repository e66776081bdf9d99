// SPDX-License-Identifier: GPL-3.0-or-later
// Tags with all that makes trouble in a file format, and the sound of small files that libsndfile
// wrote.
#ifndef TEST_SAMPLE_H
#define TEST_SAMPLE_H

#include "buffer.h"
#include "duration.h"
#include "tags.h"

enum {
    SAMPLE_FRAMES = 5 * 48000 + 7, // of the sound
    SAMPLE_CHAPTERS = 3,
};

// Texts outside ASCII, of even and odd length; chapters between whole milliseconds.
struct tags sample_tags(void);

// A whole file of `format` (SF_FORMAT_...), stereo at 48 kHz, as libsndfile writes it.
struct buffer sample_file(int format);

#endif
