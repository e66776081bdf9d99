// SPDX-License-Identifier: GPL-3.0-or-later
// What a layout knows while it walks through the boxes.
#ifndef LOOSEN_LAYOUT_STATE_H
#define LOOSEN_LAYOUT_STATE_H

#include "accompany.h"
#include "filler.h"
#include "outline.h"
#include "resume.h"

struct layout_config {
    const struct outline *outline; // boxes on and off, and their lengths, as wanted
    const struct utterances *utterances;
    const int64_t *clip_frames;
    const int64_t *section_frames; // one a section; above what the boxes fill: quiet at its end
    const struct resume *resume;   // NULL: from the start
};

// A layout under way.
struct layout {
    struct timeline *timeline;
    const struct layout_config *config;
    int64_t at;           // frames
    int64_t total_frames; // of the whole
    int section;
    enum side side;
    int bout; // of the last breath, -1 before the first
    int cycle;
    int cues;           // breaths that still get their words
    int64_t breath_end; // of the last breath
    struct filler filler;
    const struct box *block; // timed, around what is laid out
    struct accompany breath; // that goes on in it
    int64_t spare;           // what its lines may wait for their phases, frames
    int64_t reached;         // length of the last breath that was led, frames; 0: none was
    int64_t busy_end;        // until then the body does what the last line asked, frame
    int64_t swell_end;       // of the last breath that accompanied, frame
};

// A bout begins at this frame. Its first breaths get words, unless a line alone is between it and
// the one before.
void layout_begin_bout(struct layout *layout, int64_t start);

// Whether company is wanted in every quiet, also where lines are said and no breath is free.
bool layout_keeps_company(const struct layout *layout);

// Take over what comes before a resume.
void layout_take_over(struct layout *layout, const struct resume *resume);

// The event of a block that goes on behind a resume; NULL: it begins there.
struct event *layout_find_open(const struct layout *l, const struct node *node);

// The newest chapter; NULL: there is none.
struct event *layout_find_section(const struct layout *l);

#endif
