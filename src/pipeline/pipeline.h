// SPDX-License-Identifier: GPL-3.0-or-later
// How the parts are joined: script -> session -> clips -> timeline -> engine. Read this first.
#ifndef LOOSEN_PIPELINE_H
#define LOOSEN_PIPELINE_H

#include "engine.h"
#include "entry_choice.h"
#include "line_lookup.h"
#include "planning.h"
#include "scene_set.h"
#include "session_choice.h"
#include "speech.h"

// The stages, each with those that must have been reached before. Voice and scenes get ready beside
// each other. A call out of order, or twice, fails an assertion.
enum pipeline_stage {
    PIPELINE_OPENED = 1,
    PIPELINE_SPEAKING = 2, // opened
    PIPELINE_VOICED = 4,   // speaking
    PIPELINE_PLANNED = 8,  // voiced
    PIPELINE_SCENES = 16,  // opened
    PIPELINE_ENGINE = 32,  // scenes
};

// One session on its way from text to sound. It goes in stages, so that the scene's lead can sound
// while the voice is still being synthesised; it is closed as a whole from any of them.
struct pipeline {
    int stages;                      // enum pipeline_stage that were reached
    const struct settings *settings; // borrowed
    int64_t begun_ms;                // when it was opened, by the monotonic clock
    struct data_folders folders;
    struct session session; // opened: these seven
    struct session_origin origin;
    struct utterances utterances;
    int64_t total_frames;
    struct entry_choice entry;
    struct found_line line;   // the only one that is said; node NULL: all are
    struct timeline lead;     // what sounds before there is a plan
    struct speech speech;     // voiced: a clip for each utterance
    struct timeline timeline; // planned: complete
    struct scene_set scene_set;
    struct engine *engine; // NULL: none
};

// Load the session and check the length; with --scene-only there is no session and `session_name`
// is not looked at. Diagnostics of the script go to stderr.
enum status pipeline_open(struct pipeline *pipeline, const struct settings *settings,
                          const char *session_name, struct error *error);

// Tell on stderr in one line that an opened session of the user's own has warnings. With --json,
// which programs read, nothing is said: they have `check --json`.
void pipeline_tell_warnings(const struct pipeline *pipeline);

// Tell on stderr what is left out of the author's words and lexicon of its language, and why; with
// --json nothing, as above.
void pipeline_tell_own_language(const struct pipeline *pipeline);

// Read every scene that the session can sound with; again: nothing is done.
enum status pipeline_load_scenes(struct pipeline *pipeline, struct error *error);

// Load the scenes and make the engine, ready to render the lead (TIMELINE_LEAD_FRAMES frames).
enum status pipeline_start_engine(struct pipeline *pipeline, struct error *error);

// Begin to synthesise every utterance, in a thread of its own.
enum status pipeline_start_voice(struct pipeline *pipeline, enum speech_clips clips,
                                 struct error *error);

// Whether pipeline_wait_voice would return at once.
bool pipeline_voice_is_ready(const struct pipeline *pipeline);

// Wait until every clip is there; fails as speech_wait does.
enum status pipeline_wait_voice(struct pipeline *pipeline, struct error *error);

// Plan with the clips' lengths, and hand the timeline to the engine if there is one. total_frames
// is then that of the timeline, which may be entered later than at its beginning.
enum status pipeline_plan(struct pipeline *pipeline, struct error *error);

// Once planned: let the engine follow another timeline of these clips, which is borrowed.
enum status pipeline_follow(struct pipeline *pipeline, const struct timeline *timeline,
                            struct error *error);

void pipeline_close(struct pipeline *pipeline);

#endif
