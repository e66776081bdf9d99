// SPDX-License-Identifier: GPL-3.0-or-later
// What a listener sees of a playing session: one screen, or plain lines where there is no terminal
// to draw on, or a screen reader to read them.
#ifndef LOOSEN_DISPLAY_H
#define LOOSEN_DISPLAY_H

#include "key.h"
#include "narration.h"
#include "nonblocking_writer.h"
#include "painter.h"
#include "view.h"

struct utterances;

struct display {
    bool lines;          // plain lines, not a screen
    enum view_mode mode; // shown last
    struct narration narration;
    struct nonblocking_writer
        writer; // lines: standard output; screen: the terminal while it is taken
    bool taken; // the terminal's screen is ours
    struct painter painter;
    struct glyph_rules rules;
    char note[160]; // what the last key did
    int64_t note_until_ms;
    int help_page;  // of all keys, which take the sentence's place; 0: none
    int help_pages; // there were when the screen was drawn last
};

// A screen if standard output is the terminal that keys come from and it is not a dumb one; plain
// lines otherwise, and when `plain` is set. The terminal must be open already, if there is one.
void display_open(struct display *display, bool plain);

// Say on what it plays, and the keys that matter.
struct speaker;
void display_begin(struct display *display, const struct speaker *speaker);

// Bring what is seen up to `state`. Cheap when nothing changed. `timeline` and `utterances` are
// what is told as lines.
void display_show(struct display *display, const struct view_state *state,
                  const struct timeline *timeline, const struct utterances *utterances);

// Tell what just happened, or the answer to a key: a line, or some seconds on the screen.
void display_note(struct display *display, int64_t heard_frame, const char *what);

// All keys: as lines; or on the screen, in as many pages as it needs, one behind the other until
// all were seen.
void display_help(struct display *display);

// Give the terminal's screen back; display_show takes it again as soon as the terminal is ours.
// Before terminal_close.
void display_leave(struct display *display);

// The end: give the terminal back and say how far it went.
void display_close(struct display *display, const struct view_state *state);

#endif
