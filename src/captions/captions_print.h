// SPDX-License-Identifier: GPL-3.0-or-later
// Captions as files: WebVTT, SubRip, LRC, and a transcript to read. All UTF-8, without byte order
// mark.
#ifndef LOOSEN_CAPTIONS_PRINT_H
#define LOOSEN_CAPTIONS_PRINT_H

#include "captions.h"

// What stands in front. Empty texts are left out.
struct captions_head {
    struct text title;
    struct text language; // "en"
    struct text notice;   // the safety notice, a line each
};

// WebVTT (https://www.w3.org/TR/webvtt1/). Title and notice as NOTE; words with their times where
// these are known.
void captions_print_vtt(const struct captions *captions, const struct captions_head *head,
                        struct buffer *out);

// SubRip, which has no place for a title or a notice and no way to escape: "-->" in a text becomes
// an arrow, angle brackets become the quotes that look like them, and braces round.
void captions_print_srt(const struct captions *captions, struct buffer *out);

// LRC: a line for each cue, and an empty one where it ends a second or more before the next. Round
// brackets for square ones, which would be read as marks.
void captions_print_lrc(const struct captions *captions, const struct captions_head *head,
                        const struct timeline *timeline, struct buffer *out);

// Title, notice, and all that is said, under the names of the sections and with times, in lines of
// at most 80 characters.
void captions_print_transcript(const struct captions *captions, const struct captions_head *head,
                               const struct timeline *timeline, struct buffer *out);

#endif
