// SPDX-License-Identifier: GPL-3.0-or-later
// Texts as people have them, made into a script: notes, pages of Markdown, captions, SSML. What is
// to be heard becomes lines, what is to be silent becomes quiet, and headings become sections.
#ifndef LOOSEN_TEXT_SCRIPT_H
#define LOOSEN_TEXT_SCRIPT_H

#include "diagnostic.h"
#include "status.h"

// A script, and of each of its lines where it comes from in the text.
struct text_origin {
    int line;   // 1-based
    int column; // where the script's line would begin there, so that what was in the text stays in
                // its place: 1-based, in characters; less than 1 behind what the script adds
    int most;   // the column behind the line's last character: a sentence may go on in the next
};

struct text_script {
    struct text script; // with header and sections, in the arena
    const struct text_origin *origins;
    size_t line_count;
    bool untitled; // its title is made of `name`
};

struct text_source {
    struct text name;     // for a title, where the text has none
    struct text language; // in which it is spoken
};

// `data` is no script: neither a section nor a header line is in it. What is odd is told as a
// warning; a format that is not read, as an error, and then, or where the text is no UTF-8,
// `made->script` is empty. STATUS_NO_MEMORY.
enum status text_script_read(struct text_script *made, struct arena *arena, struct text data,
                             const struct text_source *source, struct diagnostics *list);

#endif
