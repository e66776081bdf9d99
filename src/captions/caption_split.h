// SPDX-License-Identifier: GPL-3.0-or-later
// Cutting what is spoken into pieces that can be read at one glance.
#ifndef LOOSEN_CAPTION_SPLIT_H
#define LOOSEN_CAPTION_SPLIT_H

#include "caption_clip.h"

// A cue's part of an utterance.
struct caption_piece {
    size_t first; // byte of the shown text
    size_t size;
};

// Cut `shown` into pieces[0..most): sentences, parts of sentences, or short sentences together.
// What lies between two pieces is a blank. Returns their number.
size_t caption_split(struct caption_piece *pieces, size_t most, struct text shown,
                     const struct caption_clip *clip);

// When the clip comes to this byte of `shown`, in frames from its first.
int64_t caption_time(const struct caption_clip *clip, struct text shown, size_t byte);

// The first line of what is left of a cue's text, which loses it, and the blank behind it. A cue
// has at most two lines; only a word that is longer than a line is broken in itself, and may take
// more.
struct text caption_line(struct text *rest);

#endif
