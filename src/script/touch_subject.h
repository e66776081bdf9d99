// SPDX-License-Identifier: GPL-3.0-or-later
// What a step of a text is about: which place is touched with what, or which movement is named.
#ifndef LOOSEN_TOUCH_SUBJECT_H
#define LOOSEN_TOUCH_SUBJECT_H

#include "touch_model.h"

// Whether the tool lies on something: ball, roller, towel.
bool touch_subject_is_laid(struct text tool);

// Whether the sentence names a touch or a movement by itself.
bool touch_subject_in(const struct touch_sentence *sentence);

// Fill in the kind of the step, its names, where they are, and why they are not clear.
void touch_subject_find(struct touch_step *step, const struct touch_source *source);

// The first sentence that says something of the subject, which is found.
size_t touch_subject_begin(const struct touch_step *step, const struct touch_source *source);

#endif
