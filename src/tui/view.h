// SPDX-License-Identifier: GPL-3.0-or-later
// The screen of a playing session, as a pure function of what is to be shown.
#ifndef LOOSEN_VIEW_H
#define LOOSEN_VIEW_H

#include "canvas.h"
#include "now.h"

enum view_mode {
    VIEW_PREPARING, // the voice is not ready; the scene sounds
    VIEW_PLAYING,
    VIEW_PAUSED,
    VIEW_CLOSING, // the gentle end
    VIEW_WAITING, // for a device that is gone
};

enum { VIEW_LEVELS = 3 }; // voice, scene, cue

// All that the screen shows. Texts are as they came; they are made visible here.
struct view_state {
    enum view_mode mode;
    struct text title;
    int64_t frame; // that is heard now
    int64_t total_frames;
    struct now moment;
    const struct session *session; // names of sections; NULL: none
    struct text sentence;          // spoken now or last
    size_t word_start, word_end;   // bytes of the word being spoken in it; equal: none
    double levels_db[VIEW_LEVELS];
    bool voice_off;
    struct text note; // what the last key did, for a while; may be empty
    int help_page;    // of all keys, that is to be shown; 0: none
};

// What a mode says for itself; "" while it plays.
const char *view_mode_says(enum view_mode mode);

// What to do meanwhile with a touch or movement in which the session stands still; "" when there is
// none. The time of a touch is limited, and does not run on in a pause.
const char *view_meanwhile(const struct view_state *state);

// How many pages all keys take on a canvas of this size.
int view_help_pages(const struct canvas *canvas);

// Draw onto an empty canvas, whatever its size. The more rows there are the more is shown, the
// sentence first. All keys leave what the next key does, and a device that is lost, to be seen.
void view_draw(const struct view_state *state, struct canvas *canvas);

#endif
