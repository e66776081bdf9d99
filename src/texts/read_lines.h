// SPDX-License-Identifier: GPL-3.0-or-later
// Prose and Markdown, captions, and SSML, each read into pieces.
#ifndef LOOSEN_READ_LINES_H
#define LOOSEN_READ_LINES_H

#include "diagnostic.h"
#include "pieces.h"

// Prose, with or without the marks of Markdown; *markdown tells whether it had them.
void read_lines(struct pieces *pieces, struct text data, bool *markdown, struct diagnostics *list);

// SubRip and WebVTT: the words, and quiet where the captions leave some.
void read_cues(struct pieces *pieces, struct text data, struct diagnostics *list);

// SSML: the words, with a paragraph's quiet behind <p>, and breaks of their length.
void read_ssml(struct pieces *pieces, struct text data, struct diagnostics *list);

#endif
