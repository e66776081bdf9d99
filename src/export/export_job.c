// SPDX-License-Identifier: GPL-3.0-or-later
// Metadata and chapters stand in front of the samples, so the plan comes before the file. The first
// seconds need no plan: they are mixed into memory while the narrator works, and written as soon as
// the file is open.
#include "export_job.h"

#include "clock.h"
#include "encoder.h"
#include "export_name.h"
#include "export_stems.h"
#include "export_target.h"
#include "inputs_manifest.h"
#include "interrupt.h"
#include "live_lines.h"
#include "master.h"
#include "overwrite.h"
#include "render.h"
#include "replay.h"
#include "safe_file.h"
#include "session_tags.h"
#include "sidecars.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LEAD_FRAMES = TIMELINE_LEAD_FRAMES / 2, // mixed ahead: far enough from the first word
};

struct export_job {
    const struct export_job_config *config;
    struct export_result *result;
    struct pipeline pipeline;
    struct replay replay;
    struct master master;
    struct master_controls controls;
    struct master_counters counters;
    struct export_target target;
    struct encoder *encoder; // NULL until the plan is there
    struct tags tags;        // what the encoder writes of them
    struct arena tags_memory;
    struct export_stems stems;
    struct sidecars sidecars;
    struct manifest manifest; // empty when nobody asked for it
    float *lead;              // stereo, [LEAD_FRAMES]
    int64_t mixed_frames;     // out of the master, without those that it lags behind
    int64_t rendered_frames;  // out of the engine
    int64_t until_frames;     // to be mixed now
    double checks_frames;     // what reading back takes, as frames that could be made in the time
    double checked_frames;    // of those, done
    int64_t start_ms;         // of the clock, when the job began
    bool completes;           // with settings->run.resume: makes all anew, since files are missing
    bool replace;             // what stands at the audio's name may go
};

static bool needs_manifest(const struct export_job *job)
{
    return job->config->settings->run.manifest || job->config->rehearsal;
}

static enum status note_inputs(struct export_job *job, struct error *error)
{
    if (!needs_manifest(job) || job->manifest.argument_count > 0)
        return STATUS_OK;
    return inputs_manifest_add_inputs(&job->manifest, &job->pipeline, job->config->session,
                                      job->target.format, error);
}

// A file that is there already: the very one that would be made, or another, which stays.
static enum status look_at_existing(struct export_job *job, struct error *error)
{
    struct buffer differences = BUFFER_INIT;
    enum inputs_manifest_match match = INPUTS_MANIFEST_DIFFERS;
    enum status status = note_inputs(job, error);
    THEN(status,
         inputs_manifest_matches(&match, &differences, &job->manifest, job->result->path, error));
    job->result->kept = match == INPUTS_MANIFEST_SAME;
    job->completes = match == INPUTS_MANIFEST_INCOMPLETE;
    if (status == STATUS_OK && match == INPUTS_MANIFEST_DIFFERS &&
        !job->config->settings->run.force) {
        struct text first = buffer_text(&differences);
        first = text_head(first, text_find(first, '\n'));
        status = error_set(error, STATUS_BAD_ARGUMENT,
                           "%s exists already and is not what this export makes (%.*s); --force "
                           "replaces it",
                           job->result->path, TEXT_ARG(first));
    }
    buffer_free(&differences);
    return status;
}

// Names that are taken are refused before any work.
static enum status check_files(struct export_job *job, struct error *error)
{
    const struct settings *settings = job->config->settings;
    const char *path = job->target.path;
    bool there = access(path, F_OK) == 0;
    enum status status = STATUS_OK;
    if (settings->run.resume && there)
        status = look_at_existing(job, error);
    if (status != STATUS_OK || job->result->kept)
        return status;
    const bool resumes = settings->run.resume && (!there || job->completes);
    const struct overwrite_guard guard = {&job->pipeline, path, resumes};
    status = overwrite_check(&guard, path, &job->replace, error);
    THEN(status, safe_file_check(path, job->replace, error));
    THEN(status, export_stems_init(&job->stems, settings, &guard, LEAD_FRAMES + RENDER_BLOCK_FRAMES,
                                   error));
    THEN(status, sidecars_open(&job->sidecars, settings, &guard, error));
    return status;
}

static enum status check_names(struct export_job *job, struct error *error)
{
    const struct settings *settings = job->config->settings;
    enum status status = export_target_choose(&job->target, &job->pipeline,
                                              export_name_usual(false, settings->what.from), error);
    if (status != STATUS_OK)
        return status;
    snprintf(job->result->path, sizeof job->result->path, "%s", job->target.path);
    if (!export_target_is_stream(&job->target))
        return check_files(job, error);
    status = export_target_check_stream(settings, error);
    THEN(status, export_stems_init(&job->stems, settings, NULL, 0, error));
    THEN(status, sidecars_open(&job->sidecars, settings, NULL, error));
    return status;
}

// ---- Progress -----------------------------------------------------------------------------------

static enum status tell_progress(const struct export_job *job, int64_t done_frames,
                                 struct error *error)
{
    const struct export_progress progress = {done_frames, job->pipeline.total_frames};
    if (!job->config->progress)
        return STATUS_OK;
    return job->config->progress(job->config->context, &progress, error);
}

// So many frames of all could have been finished, had each been read back at once.
static enum status tell_work(const struct export_job *job, struct error *error)
{
    const double total = (double)job->pipeline.total_frames;
    const double done = (double)job->mixed_frames + job->checked_frames;
    const int64_t frames = (int64_t)(total * done / (total + job->checks_frames));
    const int64_t unfinished = job->pipeline.total_frames - 1;
    return tell_progress(job, frames < unfinished ? frames : unfinished, error);
}

static double check_frames(const struct export_job *job, enum encoder_format format)
{
    return (double)job->pipeline.total_frames * encoder_format_check_percent(format) / 100;
}

static enum status note_checked(void *context, enum encoder_format format, double share,
                                struct error *error)
{
    struct export_job *job = context;
    if (interrupt_signal())
        return error_set(error, STATUS_INTERRUPTED, "interrupted");
    job->checked_frames += check_frames(job, format) * share;
    return tell_work(job, error);
}

static struct encoder_watch watch_checks(struct export_job *job)
{
    if (!export_target_is_stream(&job->target))
        job->checks_frames = check_frames(job, job->target.format);
    if (job->stems.wanted)
        job->checks_frames += STEM_COUNT * check_frames(job, EXPORT_STEMS_FORMAT);
    return (struct encoder_watch){note_checked, job};
}

// ---- Making -------------------------------------------------------------------------------------

static enum status open_encoder(struct export_job *job, const struct encoder_watch *watch,
                                struct error *error)
{
    const struct settings *settings = job->config->settings;
    enum status status = session_tags_build(&job->tags, &job->tags_memory, &job->pipeline.timeline,
                                            &job->pipeline.utterances, error);
    if (status != STATUS_OK)
        return status;
    const struct encoder_config config = {
        .path = export_target_is_stream(&job->target) ? "the standard output" : job->result->path,
        .descriptor = export_target_is_stream(&job->target) ? STDOUT_FILENO : 0,
        .format = job->target.format,
        .rate = settings->form.sample_rate,
        .mono = settings->form.mono,
        .total_frames = job->pipeline.total_frames,
        .constant_rate = settings->form.page, // browsers find their way in no other MP3
        .force = job->replace,
        .seed = settings->what.seed,
        .interrupt = interrupt_signal,
        .tags = &job->tags,
        .watch = *watch,
    };
    return encoder_open(&job->encoder, &config, error);
}

// Mixed frames go into memory until there is a file.
static enum status take_mixed(struct export_job *job, const float *stereo, size_t frames,
                              struct error *error)
{
    if (job->encoder) {
        enum status status = encoder_write(job->encoder, stereo, frames, error);
        if (status != STATUS_OK)
            return status;
    } else {
        memcpy(job->lead + 2 * job->mixed_frames, stereo, 2 * frames * sizeof *stereo);
    }
    job->mixed_frames += (int64_t)frames;
    return STATUS_OK;
}

// The sink's next block, up to what is to be mixed. The master lags behind by its latency: as many
// frames more have to be rendered.
static enum status want_frames(void *context, size_t most, size_t *frames, struct error *error)
{
    struct export_job *job = context;
    const int64_t frame = job->rendered_frames;
    const int64_t left = job->until_frames + master_latency_frames() - frame;
    *frames = 0;
    if (job->mixed_frames >= job->until_frames)
        return STATUS_OK;
    if (interrupt_signal())
        return error_set(error, STATUS_INTERRUPTED, "interrupted");
    enum status status = replay_apply(&job->replay, frame, &job->pipeline, &job->controls, error);
    *frames = replay_reach(&job->replay, frame, left < (int64_t)most ? (size_t)left : most);
    return status;
}

// What comes out of the master first is its latency, and is dropped.
static enum status take_frames(void *context, const float *stems, size_t frames,
                               struct error *error)
{
    struct export_job *job = context;
    float stereo[RENDER_BLOCK_FRAMES * 2];
    master_process(&job->master, &job->controls, &job->counters, stems, stereo, frames);
    if (job->rendered_frames == 0)
        job->result->first_block_ms = clock_ms() - job->start_ms;
    int64_t early = master_latency_frames() - job->rendered_frames;
    size_t drop = early <= 0 ? 0 : (size_t)early < frames ? (size_t)early : frames;
    job->rendered_frames += (int64_t)frames;
    enum status status = take_mixed(job, stereo + 2 * drop, frames - drop, error);
    THEN(status, export_stems_take(&job->stems, stems, frames, error));
    if (job->encoder) // how fast the lead comes says nothing of the rest
        THEN(status, tell_work(job, error));
    return status;
}

static enum status render_until(struct export_job *job, int64_t until_frames, struct error *error)
{
    const struct render_sink sink = {want_frames, take_frames, job};
    job->until_frames = until_frames;
    return render_run(job->pipeline.engine, &sink, error);
}

static enum status render_lead(struct export_job *job, struct error *error)
{
    job->lead = malloc(2 * LEAD_FRAMES * sizeof *job->lead);
    return job->lead ? render_until(job, LEAD_FRAMES, error) : error_no_memory(error);
}

static enum status plan(struct export_job *job, struct error *error)
{
    enum status status = note_inputs(job, error);
    THEN(status, pipeline_wait_voice(&job->pipeline, error));
    THEN(status, pipeline_plan(&job->pipeline, error));
    THEN(status, replay_plan(&job->replay, &job->pipeline, error));
    job->result->total_frames = job->pipeline.total_frames;
    job->result->planned_ms = clock_ms() - job->start_ms;
    job->result->missing_lines = job->pipeline.speech.report.lost;
    return status;
}

static enum status write_audio(struct export_job *job, struct error *error)
{
    const struct encoder_watch watch = watch_checks(job);
    enum status status = open_encoder(job, &watch, error);
    THEN(status, export_stems_open(&job->stems, &job->tags, &watch, error));
    THEN(status, encoder_write(job->encoder, job->lead, (size_t)job->mixed_frames, error));
    free(job->lead);
    job->lead = NULL;
    THEN(status, render_until(job, job->pipeline.total_frames, error));
    return status;
}

// The manifest gets its name first, the audio last: where the audio is, all that belongs to it is,
// too, and what a kill leaves in between is listed. Files that were replaced go only now; on
// failure they come back when the job is closed.
static enum status name_all(struct export_job *job, struct error *error)
{
    enum status status = sidecars_place(&job->sidecars, error);
    THEN(status, export_stems_place(&job->stems, error));
    THEN(status, encoder_place(job->encoder, error));
    if (status != STATUS_OK)
        return status;
    encoder_keep(job->encoder);
    job->encoder = NULL;
    export_stems_keep(&job->stems);
    sidecars_keep(&job->sidecars);
    return STATUS_OK;
}

// All but the names.
static enum status make_all(struct export_job *job, struct error *error)
{
    struct manifest *manifest = needs_manifest(job) ? &job->manifest : NULL;
    const char *path = job->result->path;
    enum status status = STATUS_OK;
    if (job->pipeline.line.node) // which has no lead of which all is known before
        status = plan(job, error);
    THEN(status, render_lead(job, error));
    if (!job->pipeline.line.node)
        THEN(status, plan(job, error));
    THEN(status, write_audio(job, error));
    THEN(status, manifest ? inputs_manifest_add_audio(manifest, job->encoder, path, error)
                          : encoder_verify(job->encoder, NULL, error));
    THEN(status, export_stems_verify(&job->stems, manifest, error));
    const struct sidecar_source source = {&job->pipeline, job->encoder, path, manifest};
    THEN(status, sidecars_write(&job->sidecars, &source, error));
    return status;
}

static enum status begin(struct export_job *job, struct error *error)
{
    struct pipeline *pipeline = &job->pipeline;
    struct export_result *result = job->result;
    enum status status =
        pipeline_open(pipeline, job->config->settings, job->config->session, error);
    result->total_frames = pipeline->total_frames;
    snprintf(result->session, sizeof result->session, "%.*s", TEXT_ARG(pipeline->session.id));
    THEN(status, check_names(job, error));
    if (status == STATUS_OK && !job->config->rehearsal) {
        pipeline_tell_warnings(pipeline);
        pipeline_tell_own_language(pipeline);
    }
    THEN(status, tell_progress(job, 0, error));
    return status;
}

static enum status run(struct export_job *job, struct error *error)
{
    enum status status = begin(job, error);
    if (status != STATUS_OK || job->result->kept)
        return status;
    if (job->replay.record) // what a player says at the end
        status = live_lines_add(&job->pipeline, error);
    THEN(status, pipeline_start_voice(&job->pipeline, SPEECH_CLIPS_OF_TIMELINE, error));
    THEN(status, pipeline_start_engine(&job->pipeline, error));
    THEN(status, make_all(job, error));
    THEN(status, tell_progress(job, job->pipeline.total_frames, error));
    if (status == STATUS_OK && !job->config->rehearsal)
        status = name_all(job, error);
    if (!job->pipeline.speech.running) // while the voice's thread runs, all of it is that thread's
        job->result->voice_cpu_s = job->pipeline.speech.report.cpu_s;
    return status;
}

// The manifest goes to whoever asked for a rehearsal.
static void close_job(struct export_job *job, enum status status)
{
    encoder_abort(job->encoder);
    arena_free(&job->tags_memory);
    export_stems_close(&job->stems);
    sidecars_close(&job->sidecars);
    free(job->lead);
    replay_close(&job->replay);
    pipeline_close(&job->pipeline);
    if (job->config->rehearsal && status == STATUS_OK)
        *job->config->rehearsal = job->manifest;
    else
        manifest_free(&job->manifest);
    free(job);
}

enum status export_job_run(struct export_result *result, const struct export_job_config *config,
                           struct error *error)
{
    struct export_job *job = calloc(1, sizeof *job);
    if (!job)
        return error_no_memory(error);
    *result = (struct export_result){.total_frames = 0};
    job->manifest = MANIFEST_INIT;
    job->tags_memory = ARENA_INIT;
    job->config = config;
    job->replay.record = config->replay;
    job->result = result;
    job->start_ms = clock_ms();
    master_init(&job->master);
    master_controls_init(&job->controls);
    master_counters_init(&job->counters);
    for (int stem = 0; stem < MASTER_STEMS; stem++)
        atomic_store(&job->controls.stem_db[stem], (float)config->settings->what.levels_db[stem]);
    enum status status = run(job, error);
    close_job(job, status);
    return status;
}
