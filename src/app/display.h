// What a listener sees of a playing session: one short line for everything that happens.
#ifndef LOOSEN_DISPLAY_H
#define LOOSEN_DISPLAY_H

#include "narration.h"

struct display {
    struct narration narration;
};

// The line that says where it plays, and the keys.
void display_begin(const char *device);

// Tell what began up to `heard_frame` and was not told yet.
void display_follow(struct display *display, const struct timeline *timeline,
                    const struct utterances *utterances, int64_t heard_frame);

// Tell what just happened, with the time: "  1:02  Paused. Space goes on."
void display_say(int64_t heard_frame, const char *what);

#endif
