// SPDX-License-Identifier: GPL-3.0-or-later
// Reads scripts/LANG/template: the parts of which `loosen new` puts a session together.
//
// Above the first part stands "title: ...", the title of a session that nobody gave one. A part
// begins with a line such as "[touch move chair 6m..]", which says for what it is: any of the kinds
// that it names, any of the positions, and usual lengths from 6 minutes on ("..6m": below them). It
// says nothing of what it does not name; "[all]" names nothing. The lines of a part are those of a
// script, in which <title>, <position>, <least>, <natural>, <most> and <quiet> are filled in. Blank
// lines before the next part are for the eye alone.
#ifndef LOOSEN_TEMPLATE_H
#define LOOSEN_TEMPLATE_H

#include "choosing.h"
#include "diagnostic.h"
#include "node.h"

// What is done in the session.
enum template_kind {
    TEMPLATE_TOUCH,
    TEMPLATE_MOVE,
    TEMPLATE_BREATH,
    TEMPLATE_REST,
    TEMPLATE_KINDS
};

extern const char *const template_kind_names[TEMPLATE_KINDS];

// What is to be put together.
struct template_choice {
    struct text title;
    enum template_kind kind;
    enum place_kind place;
    int64_t natural;     // frames
    struct range length; // frames
    int64_t quiet;       // frames for which nothing need be heard
};

// The title that the template gives; empty: none.
struct text template_title(struct text data);

// Add the parts that fit `choice` to `out`, in order. Every fault of the template goes to `list`,
// also in parts that do not fit.
void template_print(struct buffer *out, struct text data, const struct template_choice *choice,
                    struct diagnostics *list);

#endif
