// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a page that have a time: chapters, what is said, and the breath. Times are seconds
// with three places, in attributes that page.js reads.
#ifndef LOOSEN_PAGE_CONTENTS_H
#define LOOSEN_PAGE_CONTENTS_H

#include "page_source.h"

// "12.345"
void page_contents_seconds(struct buffer *out, int64_t frame);

// A list item with a button for each chapter.
void page_contents_chapters(const struct page_source *source, struct buffer *out);

// A heading for each chapter, a paragraph for each line that is spoken, in pieces as captions show
// them, and paragraphs in brackets for scenes, long quiets and bouts of paced breaths.
void page_contents_transcript(const struct page_source *source, struct buffer *out);

// "START END FROM TO" for each phase of a breath, with commas between: the swell goes from one
// value to the other, 0 trough to 1 crest. Behind it " 1" where the breath accompanies a touch: it
// goes to two thirds.
void page_contents_breaths(const struct page_source *source, struct buffer *out);

#endif
