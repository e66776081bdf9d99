// SPDX-License-Identifier: GPL-3.0-or-later
// A title for a file that has none, and a file's name for a title.
#ifndef LOOSEN_FILE_TITLE_H
#define LOOSEN_FILE_TITLE_H

#include "buffer.h"

// Add the title that a file's name (without its folder) stands for: "my-notes_2.txt" is "My notes
// 2". Nothing where the name has no more than blanks.
void file_title_read(struct buffer *title, struct text name);

// Add the name for a session of this title, which is UTF-8: "Müde, am Abend!" is
// "müde-am-abend.session". Capital letters beyond ASCII stay.
void file_title_name(struct buffer *name, struct text title);

#endif
