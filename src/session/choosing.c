// SPDX-License-Identifier: GPL-3.0-or-later
// The names of what listeners choose by, as scripts write them.
#include "choosing.h"

const char *const need_names[NEED_COUNT] = {"massage", "move",       "rest",
                                            "sleep",   "understand", "other"};
const char *const effort_names[EFFORT_COUNT] = {"", "none", "little", "some"};
const char *const place_names[PLACE_COUNT] = {"any",   "chair",      "standing", "floor",
                                              "lying", "side-lying", "bed"};
