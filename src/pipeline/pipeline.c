// SPDX-License-Identifier: GPL-3.0-or-later
// Each stage makes one thing of what the stages before have made, and reports its own failure.
#include "pipeline.h"

#include "clock.h"
#include "line_alone.h"
#include "own_language.h"
#include "session_load.h"
#include <assert.h>

static bool has_reached(const struct pipeline *pipeline, enum pipeline_stage stage)
{
    return pipeline->stages & (int)stage;
}

// What every stage begins with: `before` was reached, and itself was not.
static void enter(const struct pipeline *pipeline, enum pipeline_stage before,
                  enum pipeline_stage stage)
{
    assert(has_reached(pipeline, before));
    assert(!has_reached(pipeline, stage));
    (void)pipeline, (void)before, (void)stage;
}

// And what it ends with.
static enum status leave(struct pipeline *pipeline, enum pipeline_stage stage, enum status status)
{
    if (status == STATUS_OK)
        pipeline->stages |= (int)stage;
    return status;
}

// ---- From a name to a session and its utterances ------------------------------------------------

static enum status choose_line(struct pipeline *pipeline, struct error *error)
{
    enum status status =
        line_lookup(&pipeline->line, &pipeline->session, pipeline->settings->what.line, error);
    if (status == STATUS_OK)
        line_alone_keep(&pipeline->utterances, &pipeline->line);
    return status;
}

static enum status open_session(struct pipeline *pipeline, const char *name, struct error *error)
{
    const struct settings *settings = pipeline->settings;
    struct session *session = &pipeline->session;
    enum status status =
        session_choice_load(session, &pipeline->origin, name, settings, &pipeline->folders, error);
    THEN(status, session_choice_length(&pipeline->total_frames, session, &pipeline->origin,
                                       settings, &pipeline->folders, error));
    THEN(status, entry_choice_read(&pipeline->entry, settings->what.from, session,
                                   pipeline->total_frames, error));
    THEN(status, utterances_build(&pipeline->utterances, session, pipeline->total_frames, error));
    if (status == STATUS_OK && (settings->what.breaths == 0 || session_keeps_company(session)))
        status = utterances_add_filler(&pipeline->utterances, session, error);
    if (settings->what.line > 0)
        THEN(status, choose_line(pipeline, error));
    return status;
}

enum status pipeline_open(struct pipeline *pipeline, const struct settings *settings,
                          const char *session_name, struct error *error)
{
    *pipeline = (struct pipeline){.settings = settings, .begun_ms = clock_ms()};
    enum status status = data_folders_find(&pipeline->folders, settings->what.data, error);
    if (settings->what.scene_only)
        THEN(status, session_choice_scene_only(&pipeline->session, &pipeline->total_frames,
                                               settings, error));
    else
        THEN(status, open_session(pipeline, session_name, error));
    if (status == STATUS_OK)
        timeline_init_lead(&pipeline->lead, &pipeline->session, pipeline->total_frames);
    return leave(pipeline, PIPELINE_OPENED, status);
}

void pipeline_tell_warnings(const struct pipeline *pipeline)
{
    if (!pipeline->settings->run.json)
        session_origin_tell(&pipeline->origin, &pipeline->session, pipeline->settings->what.data);
}

void pipeline_tell_own_language(const struct pipeline *pipeline)
{
    if (!pipeline->settings->run.json && !pipeline->settings->what.scene_only)
        own_language_tell(&pipeline->folders, pipeline->session.language);
}

// ---- From utterances to clips -------------------------------------------------------------------

enum status pipeline_start_voice(struct pipeline *pipeline, enum speech_clips clips,
                                 struct error *error)
{
    enter(pipeline, PIPELINE_OPENED, PIPELINE_SPEAKING);
    const struct speech_config config = {
        .settings = pipeline->settings,
        .folders = &pipeline->folders,
        .language = pipeline->session.language,
        .utterances = &pipeline->utterances,
        .clips = clips,
    };
    enum status status = STATUS_OK;
    if (!pipeline->settings->what.scene_only) // where nobody speaks
        status = speech_start(&pipeline->speech, &config, error);
    return leave(pipeline, PIPELINE_SPEAKING, status);
}

bool pipeline_voice_is_ready(const struct pipeline *pipeline)
{
    return pipeline->settings->what.scene_only || speech_is_ready(&pipeline->speech);
}

enum status pipeline_wait_voice(struct pipeline *pipeline, struct error *error)
{
    enter(pipeline, PIPELINE_SPEAKING, PIPELINE_VOICED);
    enum status status = STATUS_OK;
    if (!pipeline->settings->what.scene_only)
        status = speech_wait(&pipeline->speech, error);
    return leave(pipeline, PIPELINE_VOICED, status);
}

// ---- From clips to a timeline -------------------------------------------------------------------

static enum status build_timeline(struct pipeline *pipeline, struct error *error)
{
    enum status status = STATUS_OK;
    if (pipeline->settings->what.scene_only)
        planning_scene_only(&pipeline->timeline, &pipeline->session, pipeline->total_frames);
    else if (pipeline->line.node)
        status = planning_line(&pipeline->timeline, &pipeline->session, &pipeline->speech,
                               &pipeline->line, error);
    else
        status = planning_build(&pipeline->timeline, &pipeline->session, &pipeline->speech,
                                pipeline->total_frames, error);
    return status;
}

enum status pipeline_plan(struct pipeline *pipeline, struct error *error)
{
    enter(pipeline, PIPELINE_VOICED, PIPELINE_PLANNED);
    enum status status = build_timeline(pipeline, error);
    if (status == STATUS_BAD_ARGUMENT && pipeline->origin.own && error)
        status =
            planning_advise(&pipeline->session, &pipeline->speech, pipeline->total_frames, error);
    THEN(status, entry_choice_apply(&pipeline->timeline, &pipeline->entry, error));
    if (status == STATUS_OK)
        pipeline->total_frames = pipeline->timeline.total_frames;
    status = leave(pipeline, PIPELINE_PLANNED, status);
    if (has_reached(pipeline, PIPELINE_ENGINE))
        THEN(status, pipeline_follow(pipeline, &pipeline->timeline, error));
    return status;
}

// ---- From scenes and timeline to an engine ------------------------------------------------------

// A scene that the listener chose stays: what the script asks for is then not among the scenes.
enum status pipeline_load_scenes(struct pipeline *pipeline, struct error *error)
{
    if (has_reached(pipeline, PIPELINE_SCENES))
        return STATUS_OK;
    enter(pipeline, PIPELINE_OPENED, PIPELINE_SCENES);
    const struct what *what = &pipeline->settings->what;
    const char *chosen = what->scene_only ? what->scene_only : what->scene;
    enum status status = STATUS_OK;
    if (chosen && !what->no_scene)
        status = scene_set_add(&pipeline->scene_set, &pipeline->folders, chosen, error);
    else if (!what->no_scene)
        status = scene_set_add_session(&pipeline->scene_set, &pipeline->folders, &pipeline->session,
                                       error);
    return leave(pipeline, PIPELINE_SCENES, status);
}

enum status pipeline_start_engine(struct pipeline *pipeline, struct error *error)
{
    enum status status = pipeline_load_scenes(pipeline, error);
    if (status != STATUS_OK)
        return status;
    enter(pipeline, PIPELINE_SCENES, PIPELINE_ENGINE);
    const struct engine_config config = {
        .seed = (uint64_t)pipeline->settings->what.seed,
        .clear = pipeline->settings->what.clear,
        .scenes = pipeline->scene_set.scenes,
        .scene_count = pipeline->scene_set.count,
    };
    status = engine_new(&pipeline->engine, &config, error);
    THEN(status,
         engine_set_timeline(pipeline->engine, &pipeline->lead, &pipeline->speech.bank, error));
    return leave(pipeline, PIPELINE_ENGINE, status);
}

enum status pipeline_follow(struct pipeline *pipeline, const struct timeline *timeline,
                            struct error *error)
{
    assert(has_reached(pipeline, PIPELINE_PLANNED) && has_reached(pipeline, PIPELINE_ENGINE));
    enum status status = speech_finish(&pipeline->speech, timeline, error);
    THEN(status, engine_set_timeline(pipeline->engine, timeline, &pipeline->speech.bank, error));
    return status;
}

void pipeline_close(struct pipeline *pipeline)
{
    engine_free(pipeline->engine);
    scene_set_free(&pipeline->scene_set);
    timeline_free(&pipeline->timeline);
    timeline_free(&pipeline->lead);
    speech_free(&pipeline->speech); // whose thread reads what follows
    utterances_free(&pipeline->utterances);
    session_free(&pipeline->session);
    *pipeline = (struct pipeline){.settings = NULL};
}
