// Boxes of known length, walked in order of time, become events.
#ifndef LOOSEN_LAYOUT_H
#define LOOSEN_LAYOUT_H

#include "outline.h"

struct layout_config {
    const struct outline *outline; // boxes on and off, and their lengths, as wanted
    const struct utterances *utterances;
    const int64_t *clip_frames;
    const int64_t *section_frames; // one a section; above what the boxes fill: quiet at its end
};

// Fill the timeline's events, and all figures that follow from them. Its arena takes them.
enum status layout_build(struct timeline *timeline, const struct layout_config *config,
                         struct error *error);

#endif
