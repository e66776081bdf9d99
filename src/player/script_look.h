// SPDX-License-Identifier: GPL-3.0-or-later
// Looks whether the script of a session that plays was saved, and tells what came of it.
#ifndef LOOSEN_SCRIPT_LOOK_H
#define LOOSEN_SCRIPT_LOOK_H

#include "display.h"
#include "script_watch.h"

struct script_look {
    struct script_watch *watch; // borrowed; NULL: nobody looks
    int64_t due_ms;             // when it is looked at next
};

// To be called often. True once a saved script is to take the place of the one that plays
// (`timeline`, of which heard_frame was heard).
bool script_look(struct script_look *look, const struct pipeline *pipeline,
                 const struct timeline *timeline, int64_t heard_frame, struct display *display);

#endif
