// SPDX-License-Identifier: GPL-3.0-or-later
// Where the files of a session's language lie.
#ifndef LOOSEN_SESSION_SOURCE_H
#define LOOSEN_SESSION_SOURCE_H

#include "buffer.h"
#include <stdbool.h>

struct session_source {
    const char *scripts_dir;    // installed: DIR/LANG/words and its like
    const char *own_dir;        // the same of the author; NULL: none
    const char *plain_language; // of texts without a header; NULL: English
};

// Add the path of the folder with the files of a language: the author's for a language of theirs
// alone, which has no words among the installed ones.
void session_source_add_folder(struct buffer *path, const struct session_source *source,
                               struct text language);

// Whether a language is installed; false also when out of memory.
bool session_source_is_installed(const struct session_source *source, struct text language);

#endif
