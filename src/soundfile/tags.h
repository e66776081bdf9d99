// SPDX-License-Identifier: GPL-3.0-or-later
// What a file says of itself besides its sound: plain data, which each format writes in its own
// way. No path and no clock are in it, so that the same session gives the same bytes.
#ifndef LOOSEN_TAGS_H
#define LOOSEN_TAGS_H

#include "text.h"
#include <stddef.h>
#include <stdint.h>

enum { TAGS_CHAPTERS_MAX = 255 }; // as many as the tightest format (ID3) can list

struct chapter {
    int64_t start_frame;
    int64_t end_frame; // > start_frame; the next one's start, or the end of the file
    struct text title;
};

// Texts are UTF-8 without null bytes, all borrowed; an empty one is left out of the file.
struct tags {
    struct text title;
    struct text language; // BCP 47: "en"
    struct text session;  // id: "wall-ball"
    struct text length;   // for people: "10:00"
    struct text comment;  // one line
    struct text notice;   // the safety notice as spoken, a line each; no newline at the end
    struct text software; // "loosen 0.1.0"
    const struct chapter *chapters;
    size_t chapter_count; // at most TAGS_CHAPTERS_MAX
    int64_t total_frames;
};

#endif
