// SPDX-License-Identifier: GPL-3.0-or-later
// The planner: one script, any length, exact to the frame. Pure: no I/O, no clock, no voice.
#ifndef LOOSEN_PLAN_H
#define LOOSEN_PLAN_H

#include "timeline.h"

struct plan_config {
    int64_t total_frames;
    double breaths_per_minute; // 4.5 .. 8, the pace of paced bouts; 6 as scripts are written
    bool natural_breath;       // no paced bouts: their time becomes quiet, with a line of the
                               // language (utterances_add_company) where it would be too long
};

#define PLAN_BREATHS_DEFAULT 6.0
#define PLAN_BREATHS_LEAST 4.5
#define PLAN_BREATHS_MOST 8.0

// Fit `session` to config->total_frames. clip_frames[u] is the length of utterance u's clip.
// STATUS_OK: *timeline is filled, free it with timeline_free; it borrows the session. With the same
// clips a longer session says and breathes at least what a shorter one does. STATUS_BAD_ARGUMENT:
// the length cannot be filled exactly (the error names the shortest and longest that can), or the
// rate is out of its bounds. STATUS_BAD_INPUT, with line and column: what must be said in a timed
// block is longer than the block may be with this voice; the quiet of a session that ends in sleep
// cannot be half as long as what comes before; or there are too many events. STATUS_NO_MEMORY.
// Presence lines are placed in rests that stand directly in a section.
enum status plan_build(struct timeline *timeline, const struct session *session,
                       const struct utterances *utterances, const int64_t *clip_frames,
                       const struct plan_config *config, struct error *error);

// The true range that these clips allow, at this pace (total_frames is not read).
enum status plan_range(struct range *range, const struct session *session,
                       const struct utterances *utterances, const int64_t *clip_frames,
                       const struct plan_config *config, struct error *error);

// ---- Re-fitting ---------------------------------------------------------------------------------

// What a listener may ask for while a session plays. A step is a touch or a movement with all that
// is said in it; a bout of paced breathing; a rest of 15 s or more; else a line with the pause
// behind it. More is refused where it would make a silence the longest of all and a minute longer
// than it should be; next only where nothing but the end follows, and never in a touch, a movement
// or a breath that is led.
enum plan_request {
    PLAN_NEXT, // leave this step; a bout ends with the breath that is under way, and a line that
               // every session says is said to its end
    PLAN_PREVIOUS, // this step again; within its first 3 s the one before
    PLAN_AGAIN,    // say the last line again, and go on
    PLAN_MORE,     // two more breaths in a bout, else 20 s more of this step
};

struct plan_refit_config {
    const struct timeline *present; // made by plan_build or plan_refit; must outlive the call only
    const struct utterances *utterances;
    const int64_t *clip_frames;     // all of this as it was given to plan_build
    const struct plan_config *plan; // likewise; its total_frames is not read
    enum plan_request request;
    int64_t now_frame; // from here on the timeline may change
    bool flex;         // what takes longer ends later, up to 90 min, instead of shortening the rest
};

// Fit the rest of the session again after a request. STATUS_OK: *timeline, to be freed with
// timeline_free, is as the present one for all that begins before now_frame (a clip or block under
// way there may end early), and has the length that was chosen exactly, or a longer one: with flex,
// or where what follows PLAN_NEXT is at its shortest. Where what follows PLAN_NEXT cannot fill the
// time that this frees, with lines that keep company in long rests, the session ends earlier, by
// few whole seconds (one that ends in sleep has more quiet at its end instead); what is asked for
// later may use that time again. STATUS_BAD_ARGUMENT: it cannot be done; the error's text is one
// plain sentence for the listener, and nothing has changed. STATUS_NO_MEMORY.
//
// What holds of every plan holds of what was done and what follows together, but for what the
// listener left or repeated: a touch that is left early is as short on the second side; a longer
// one is as long there; both within the limits of the place. Lines that every session says are
// dropped only with the touch, movement or breath that was left. Waits for the voice stay within
// the bound of the session's length or as they were, but for quiet that the listener asked for.
enum status plan_refit(struct timeline *timeline, const struct plan_refit_config *config,
                       struct error *error);

// A guess of a clip's length from its text, for checks without a voice: the measured pace of the
// default voice (frames).
int64_t plan_guess_clip(struct text spoken);

#endif
