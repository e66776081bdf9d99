// SPDX-License-Identifier: GPL-3.0-or-later
// What people read of a timeline. Text from scripts is made visible before it is printed.
#ifndef LOOSEN_TIMELINE_PRINT_H
#define LOOSEN_TIMELINE_PRINT_H

#include "timeline.h"

struct points;
struct utterances;

// A table: time, what, text; then what was left out and why; then speech share and longest wait.
// With `points`, each line that has tags is followed by what they mean; NULL: by nothing.
void timeline_print_table(const struct timeline *timeline, const struct utterances *utterances,
                          const struct points *points, struct buffer *out);

// A picture of the session: sections, voice, breath waves, contact per side.
void timeline_print_svg(const struct timeline *timeline, const struct utterances *utterances,
                        struct buffer *out);

#endif
