// SPDX-License-Identifier: GPL-3.0-or-later
// What a page is made from.
#ifndef LOOSEN_PAGE_SOURCE_H
#define LOOSEN_PAGE_SOURCE_H

#include "captions.h"
#include "tags.h"
#include "timeline.h"

// All borrowed, and only read.
struct page_source {
    const struct timeline *timeline;
    const struct captions *captions; // of this timeline
    const struct tags *tags;         // likewise
    const char *audio_type;          // media type: "audio/ogg; codecs=opus"
    // Bytes of the audio file from `offset` on: fewer than `size` only at its end.
    int64_t (*read_audio)(void *context, int64_t offset, void *data, int64_t size);
    void *context; // for read_audio
};

#endif
