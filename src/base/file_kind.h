// SPDX-License-Identifier: GPL-3.0-or-later
// What kind of file begins with these bytes: recordings that are read and that are not, and others
// that are no text.
#ifndef LOOSEN_FILE_KIND_H
#define LOOSEN_FILE_KIND_H

#include "diagnostic.h"

enum file_kind_use {
    FILE_KIND_READ,  // a recording that may be one that is decoded
    FILE_KIND_SOUND, // one of a format that is not read
    FILE_KIND_OTHER, // no sound
};

struct file_kind {
    const char *name; // "an MP4 recording (AAC or ALAC)"
    enum file_kind_use use;
};

enum { FILE_KIND_HEAD = 128 }; // bytes by which a file is known; fewer tell of fewer kinds

// The kind of a file that begins with `head`; NULL: it may be a text.
const struct file_kind *file_kind_find(struct text head);

// What makes a recording of it that is read: "ffmpeg -i sea.m4a sea.flac". A name that a shell
// would not take as it is becomes FILE.
void file_kind_conversion(struct buffer *out, const char *path);

// Report what is no text, at the place of its first byte (rule "foreign-format"), with what can be
// made of it. False, and nothing is reported: it may be a text.
bool file_kind_report(struct text head, struct diagnostics *list);

#endif
