// SPDX-License-Identifier: GPL-3.0-or-later
// Tags in a FLAC file that libsndfile writes, which knows only a few of them by itself.
#ifndef LOOSEN_FLAC_TAGS_H
#define LOOSEN_FLAC_TAGS_H

#include "safe_file.h"
#include "tags.h"

// A text to give to libsndfile as the comment, so that its block of comments has room for the tags:
// malloc'ed, NULL when memory is short.
char *flac_tags_room(const struct tags *tags);

// Put the tags in place of libsndfile's comments, padding behind them. STATUS_IO when the file is
// no FLAC file with that room, STATUS_NO_MEMORY.
enum status flac_tags_put(const struct tags *tags, struct safe_file *file, struct error *error);

#endif
