// SPDX-License-Identifier: GPL-3.0-or-later
// What the words of a session ask of the body.
#ifndef LOOSEN_PROSE_NEEDS_H
#define LOOSEN_PROSE_NEEDS_H

#include "node.h"

struct prose_needs {
    bool touch, movement; // said somewhere
    struct place touch_place, movement_place;
};

#endif
