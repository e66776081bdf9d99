// SPDX-License-Identifier: GPL-3.0-or-later
// How the parts are joined: script -> session -> clips -> timeline -> engine. Read this first.
#ifndef LOOSEN_PIPELINE_H
#define LOOSEN_PIPELINE_H

#include "catalogue.h"
#include "clip.h"
#include "clip_maker.h"
#include "engine.h"
#include "lexicon.h"
#include "plan.h"
#include "scene_set.h"
#include "settings.h"
#include "utterances.h"
#include <pthread.h>

// Which clips get their sound. A listener may change what is said, an export says what its timeline
// does.
enum pipeline_clips { PIPELINE_CLIPS_ALL, PIPELINE_CLIPS_OF_TIMELINE };

// One session on its way from text to sound. Opened in steps, so that the scene's lead can sound
// while the voice is still being synthesised; closed as a whole from any step.
struct pipeline {
    const struct settings *settings; // borrowed
    int64_t begun_ms;                // when it was opened, by the monotonic clock
    struct data_folders folders;
    struct session session;
    struct utterances utterances;
    int64_t total_frames;
    struct lexicon lexicon;
    struct narrator *narrator;
    struct clip_bank bank;
    enum pipeline_clips clips;
    pthread_t voice_thread;
    bool voice_running;
    enum status voice_status;
    struct error voice_error;
    _Atomic int voice_stop; // set to end the thread early
    _Atomic int voice_done; // set by the thread when all is spoken
    struct clip_maker_report voice_report;
    struct timeline lead;
    struct timeline timeline; // complete after pipeline_plan
    struct scene_set ambience;
    struct engine *engine;
};

// Load the session and check the length; with settings->what.scene_only there is no session and
// `session_name` is not looked at. Diagnostics of the script go to stderr.
enum status pipeline_open(struct pipeline *pipeline, const struct settings *settings,
                          const char *session_name, struct error *error);

enum { PIPELINE_VOICE_NAME_MAX = 64 };

// The voice that speaks the session; `name` is memory for the language's own.
struct voice pipeline_voice(const struct pipeline *pipeline, char name[PIPELINE_VOICE_NAME_MAX]);

// Read every scene that the session can sound with. pipeline_start_engine does it, too.
enum status pipeline_load_scenes(struct pipeline *pipeline, struct error *error);

// Begin to synthesise every utterance, in a thread of its own. The planner wants to know the length
// of all clips; `clips` says which are finished.
enum status pipeline_start_voice(struct pipeline *pipeline, enum pipeline_clips clips,
                                 struct error *error);

// Make the engine, ready to render the lead (TIMELINE_LEAD_FRAMES frames).
enum status pipeline_start_engine(struct pipeline *pipeline, struct error *error);

// Whether pipeline_wait_voice would return at once.
bool pipeline_voice_is_ready(const struct pipeline *pipeline);

// Wait until every clip is there; STATUS_NARRATOR when lines are missing that must not be.
enum status pipeline_wait_voice(struct pipeline *pipeline, struct error *error);

// Plan with the clips' lengths, and hand the timeline to the engine if there is one.
enum status pipeline_plan(struct pipeline *pipeline, struct error *error);

// Let the engine follow a timeline of these clips, which is borrowed.
enum status pipeline_follow(struct pipeline *pipeline, const struct timeline *timeline,
                            struct error *error);

// How the session is planned, and the lengths of its clips, for plan_refit; the array is the
// caller's, NULL when out of memory.
struct plan_config pipeline_plan_config(const struct pipeline *pipeline);
int64_t *pipeline_clip_frames(const struct pipeline *pipeline);

void pipeline_close(struct pipeline *pipeline);

#endif
