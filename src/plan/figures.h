// SPDX-License-Identifier: GPL-3.0-or-later
// The order of a timeline's events, and the figures that follow from all of them together.
#ifndef LOOSEN_FIGURES_H
#define LOOSEN_FIGURES_H

#include "timeline.h"

// By start, then by rank: section, scene, contact, move, breath, speech, chime. Equals stay as they
// are.
void figures_sort(struct timeline *timeline);

// Give every breath of a bout the bout's number of breaths.
void figures_count_cycles(struct timeline *timeline);

// The longest time without a voice or a breath, led or accompanying; and where.
void figures_find_wait(struct timeline *timeline);

// The fade of a session of this length that ends in sleep, frames.
int64_t figures_sleep_tail(int64_t total_frames);

#endif
