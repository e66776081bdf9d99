// SPDX-License-Identifier: GPL-3.0-or-later
// Boxes of known length, walked in order of time, become events.
#ifndef LOOSEN_LAYOUT_H
#define LOOSEN_LAYOUT_H

#include "error.h"
#include "layout_state.h"

// Fill the timeline's events, and all figures that follow from them; its arena takes them. Boxes
// learn where they were placed. Before a resume nothing is laid out: boxes that are over are passed
// by, and those that go on take what is left of them.
enum status layout_build(struct timeline *timeline, const struct layout_config *config,
                         struct error *error);

#endif
