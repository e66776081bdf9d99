// SPDX-License-Identifier: GPL-3.0-or-later
// One session laid out at one length: sorted events with exact frames. Everything that is shown,
// written or heard is made from this: table, JSON, SVG, captions, screen and engine.
#ifndef LOOSEN_TIMELINE_H
#define LOOSEN_TIMELINE_H

#include "session_model.h"

enum event_type {
    EVENT_SECTION, // spans its whole section
    EVENT_SPEECH,  // one clip
    EVENT_BREATH,  // one phase of one breath of a paced bout
    EVENT_CONTACT, // spans a timed touch
    EVENT_MOVE,    // spans a movement
    EVENT_SCENE,   // from here on this ambient scene
    EVENT_CHIME,   // one cue
    EVENT_SWELL, // one phase of a breath that accompanies a touch or a movement: nothing to follow
};

enum breath_phase { BREATH_IN, BREATH_HOLD, BREATH_OUT };

struct event {
    enum event_type type;
    int64_t start_frame;
    int64_t
        frames;  // 0 for EVENT_SCENE; TIMELINE_CHIME_FRAMES for EVENT_CHIME; of EVENT_SPEECH less
                 // than its clip where a re-fit cut it off
    int section; // index into session.sections
    enum side side; // of the @sides pass it lies in
    union {
        struct {
            const struct node
                *line; // NULL for a breath's cue word; filler and closing words are of no script
            int utterance; // index of text and clip
            enum level level;
        } speech;
        struct {
            enum breath_phase phase;
            int bout;   // 0-based in the session; @breathe right after @breathe is one bout
            int cycle;  // 0-based in the bout
            int cycles; // in the bout
            float from; // swell at the phase's start, 0 trough .. 1 crest: two sips in rise in two
            float to;   // steps; swell at its end
            const struct node *breathe;
        } breath; // of EVENT_SWELL bout is -1, cycles are those of the touch, and breathe is NULL
        struct {
            const struct node *node;
        } contact; // and move
        struct {
            struct text name;
        } scene;
    } as;
};

// A line, block, breath or round that did not fit, and why.
enum left_reason {
    LEFT_NO_ROOM,        // the section's share at this length is used up
    LEFT_CONTACT_BUDGET, // more would exceed the pressure allowed per side
    LEFT_BLOCK_LIMIT,    // its timed block would be longer than it may be
    LEFT_BOUT_LIMIT,     // more than 10 min of paced breathing without 2 min free
    LEFT_SPACING,        // presence lines would stand too close
};

struct left_out {
    const struct node *node;
    int section;
    enum left_reason reason;
    int count; // lines 1; rounds and breaths: how many
    bool kept; // a touch or a movement is there itself, and `count` more breaths of it are not
};

struct plan_state; // see plan_state.h

struct timeline {
    struct arena arena;
    const struct plan_state
        *plan_state;               // how it was laid out, for plan_refit; NULL: not by the planner
    const struct session *session; // borrowed; outlives the timeline
    enum ending ending;
    int64_t total_frames;
    int64_t lead_frames;  // before anything else: scene alone, fading in
    int64_t tail_frames;  // after everything else: scene fading out
    struct event *events; // sorted by start, then: section, scene, contact, move, breath, speech
    size_t event_count;
    struct left_out *left_out;
    size_t left_count;
    int64_t speech_frames;       // sum of all clips placed
    int64_t longest_wait_frames; // longest stretch without voice, breath cue or chime, lead and
                                 // tail apart, and the quiet that a session ends in for sleep
    int64_t longest_wait_start;  // where it begins
    int breath_count;
};

// A session that ends in sleep fades over its last tenth, within these bounds, and nothing is heard
// but the scene in its last third.
#define TIMELINE_SLEEP_TAIL_LEAST ((int64_t)60 * FRAME_RATE)
#define TIMELINE_SLEEP_TAIL_MOST ((int64_t)180 * FRAME_RATE)

// The scene sounds alone before the first word, so that the first seconds of every session are
// known before its plan is: playing starts while the voice is still being synthesised.
#define TIMELINE_LEAD_FRAMES ((int64_t)6 * FRAME_RATE)

// How deep a breath that accompanies a touch is, heard and shown, of one of a bout.
#define TIMELINE_SWELL_DEPTH (2.0 / 3)

#define TIMELINE_CHIME_FRAMES ((int64_t)3 * FRAME_RATE) // one cue, from attack to silence

// Whether it spans a touch or a movement.
bool event_is_timed(const struct event *event);

void timeline_free(struct timeline *timeline);

// The breaths that accompany touch and movement and end after `start_frame`, up to `end_frame`.
int timeline_accompanied(const struct timeline *timeline, int64_t start_frame, int64_t end_frame);

// A timeline of `total_frames` that knows only its lead: no events.
void timeline_init_lead(struct timeline *timeline, const struct session *session,
                        int64_t total_frames);

#endif
