// SPDX-License-Identifier: GPL-3.0-or-later
// What a file says of itself besides its sound: plain data, which each format writes in its own
// way. No path and no clock are in it, so that the same session gives the same bytes.
#ifndef LOOSEN_TAGS_H
#define LOOSEN_TAGS_H

#include "error.h"
#include "timeline.h"

struct utterances;

enum { TAGS_CHAPTERS_MAX = 255 }; // as many as the tightest format (ID3) can list

struct chapter {
    int64_t start_frame;
    int64_t end_frame; // > start_frame; the next one's start, or the end of the file
    struct text title;
};

// Texts are UTF-8 without null bytes; an empty one is left out of the file.
struct tags {
    struct arena arena; // owns what tags_from_timeline made; ARENA_INIT for tags made by hand
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

// Tags of a planned session. A chapter is a section in which something is said, touched, moved or
// breathed; one without such an event belongs to the chapter before it. The first chapter begins at
// 0, there is no gap, and the last possible one takes the rest. Texts of the session are borrowed:
// it must outlive the tags. STATUS_NO_MEMORY or STATUS_OK. Free with tags_free.
enum status tags_from_timeline(struct tags *tags, const struct timeline *timeline,
                               const struct utterances *utterances, struct error *error);
void tags_free(struct tags *tags);

#endif
