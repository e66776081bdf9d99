// SPDX-License-Identifier: GPL-3.0-or-later
// A clip as captions see it, and the measures of captions.
#ifndef LOOSEN_CAPTION_CLIP_H
#define LOOSEN_CAPTION_CLIP_H

#include "text.h"
#include <stdint.h>

enum {
    CAPTION_LINE_MOST = 42, // characters
    CAPTION_GAP_MS = 84,    // two frames at 24 a second
    CAPTION_SPEED = 17,     // characters a second of what is told besides speech
    CAPTION_LEAST_MS = 1000,
    CAPTION_MOST_MS = 7000,
    CAPTION_LINGER_MS = 1000,     // into the pause behind the words
    CAPTION_QUIET_MS = 45 * 1000, // a quiet of this length is told
};

// Where a word of an utterance begins to sound.
struct caption_word {
    int64_t start_frame; // from the clip's first frame; in a cue: from the session's first
    size_t first;        // byte of the shown text; in a cue: of the cue's text
    size_t size;         // bytes
};

// One utterance's clip.
struct caption_clip {
    int64_t frames;
    const struct caption_word *words; // ascending in time and text
    size_t word_count; // 0: words are placed in proportion to the letters before them
};

#endif
