// SPDX-License-Identifier: GPL-3.0-or-later
// What kind of file a text is, by its first bytes and lines.
#ifndef LOOSEN_FORMAT_H
#define LOOSEN_FORMAT_H

#include "text.h"

enum format {
    FORMAT_LINES, // prose, or Markdown: they are read alike
    FORMAT_CUES,  // SubRip, WebVTT
    FORMAT_SSML,
    FORMAT_REFUSED,
};

// Of FORMAT_REFUSED: what it is, and a way to make text of it. Otherwise only the name.
struct format_found {
    enum format format;
    const char *name; // "SubRip captions"; NULL of prose
    const char *hint;
};

struct format_found format_find(struct text data);

// Whether a line is the time of a caption: "00:00:01,000 --> 00:00:04,000".
bool format_is_cue_time(struct text line);

#endif
