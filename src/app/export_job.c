// Metadata and chapters stand in front of the samples, so the plan comes before the file. The first
// seconds need no plan: they are mixed into memory while the narrator works, and written as soon as
// the file is open.
#include "export_job.h"

#include "encoder.h"
#include "interrupt.h"
#include "master.h"
#include "safe_file.h"
#include "sidecars.h"
#include "tags.h"
#include "worker.h"
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_FRAMES = 4096,
    LEAD_FRAMES = TIMELINE_LEAD_FRAMES / 2, // mixed ahead: far enough from the first word
};

struct export_job {
    const struct export_job_config *config;
    struct export_result *result;
    struct pipeline pipeline;
    struct master master;
    struct master_controls controls;
    struct master_counters counters;
    struct encoder *encoder; // NULL until the plan is there
    struct sidecars sidecars;
    float *lead;             // stereo, [LEAD_FRAMES]
    int64_t mixed_frames;    // out of the master, without those that it lags behind
    int64_t rendered_frames; // out of the engine
    int64_t start_ms;        // of the clock, when the job began
};

// "wall-ball-10m.wav" in the present folder.
static enum status choose_path(struct export_job *job, struct error *error)
{
    const char *given = job->config->settings->output;
    struct buffer name = BUFFER_INIT;
    if (given) {
        buffer_add_c(&name, given);
    } else {
        buffer_add(&name, job->pipeline.session.id);
        buffer_add_byte(&name, '-');
        duration_print(&name, job->pipeline.total_frames);
        buffer_add_c(&name, ".wav");
    }
    enum status status = STATUS_OK;
    if (name.failed)
        status = error_no_memory(error);
    else if (name.size < 4 || strcmp(name.data + name.size - 4, ".wav") != 0)
        status =
            error_set(error, STATUS_BAD_ARGUMENT,
                      "\"%s\" does not end in .wav, the format that can be written", name.data);
    else if (name.size >= sizeof job->result->path)
        status = error_set(error, STATUS_BAD_ARGUMENT, "the file's path is too long");
    else
        memcpy(job->result->path, name.data, name.size + 1);
    buffer_free(&name);
    return status;
}

static enum status open_encoder(struct export_job *job, struct error *error)
{
    const struct settings *settings = job->config->settings;
    const struct tags tags = {.title = job->pipeline.session.title,
                              .comment = job->pipeline.session.summary};
    const struct encoder_config config = {
        .path = job->result->path,
        .format = settings->bits == 16   ? ENCODER_WAV_16
                  : settings->bits == 24 ? ENCODER_WAV_24
                                         : ENCODER_WAV_FLOAT,
        .total_frames = job->pipeline.total_frames,
        .force = settings->force,
        .seed = settings->seed,
        .tags = &tags,
    };
    return encoder_open(&job->encoder, &config, error);
}

// Names that are taken are refused before any work.
static enum status check_names(struct export_job *job, struct error *error)
{
    const struct settings *settings = job->config->settings;
    enum status status = choose_path(job, error);
    if (status == STATUS_OK)
        status = safe_file_check(job->result->path, settings->force, error);
    if (status == STATUS_OK)
        status = sidecars_open(&job->sidecars, settings, job->result->path, error);
    return status;
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

static void tell_progress(const struct export_job *job)
{
    const struct export_progress progress = {job->mixed_frames, job->pipeline.total_frames};
    if (job->config->progress)
        job->config->progress(job->config->context, &progress);
}

// Render until `until` frames are mixed. The master lags behind by its latency: as many frames that
// come out of it first are dropped.
static enum status render_until(struct export_job *job, int64_t until, struct error *error)
{
    float stems[BLOCK_FRAMES * STEM_CHANNELS];
    float stereo[BLOCK_FRAMES * 2];
    const int64_t latency = master_latency_frames();
    while (job->mixed_frames < until) {
        if (interrupt_signal())
            return error_set(error, STATUS_INTERRUPTED, "interrupted");
        int64_t left = until + latency - job->rendered_frames;
        size_t frames = left < BLOCK_FRAMES ? (size_t)left : BLOCK_FRAMES;
        engine_render(job->pipeline.engine, stems, frames);
        master_process(&job->master, &job->controls, &job->counters, stems, stereo, frames);
        if (job->rendered_frames == 0)
            job->result->first_block_ms = worker_clock_ms() - job->start_ms;
        int64_t early = latency - job->rendered_frames;
        size_t drop = early <= 0 ? 0 : (size_t)early < frames ? (size_t)early : frames;
        job->rendered_frames += (int64_t)frames;
        enum status status = take_mixed(job, stereo + 2 * drop, frames - drop, error);
        if (status != STATUS_OK)
            return status;
        tell_progress(job);
    }
    return STATUS_OK;
}

static enum status render_lead(struct export_job *job, struct error *error)
{
    job->lead = malloc(2 * LEAD_FRAMES * sizeof *job->lead);
    return job->lead ? render_until(job, LEAD_FRAMES, error) : error_no_memory(error);
}

static enum status plan(struct export_job *job, struct error *error)
{
    enum status status = pipeline_wait_voice(&job->pipeline, error);
    if (status == STATUS_OK)
        status = pipeline_plan(&job->pipeline, error);
    job->result->planned_ms = worker_clock_ms() - job->start_ms;
    job->result->missing_lines = job->pipeline.voice_report.lost;
    return status;
}

static enum status write_audio(struct export_job *job, struct error *error)
{
    enum status status = open_encoder(job, error);
    if (status == STATUS_OK)
        status = encoder_write(job->encoder, job->lead, (size_t)job->mixed_frames, error);
    free(job->lead);
    job->lead = NULL;
    if (status == STATUS_OK)
        status = render_until(job, job->pipeline.total_frames, error);
    if (status == STATUS_OK)
        status = encoder_verify(job->encoder, error);
    return status;
}

// The audio gets its name last: where it is, all that belongs to it is, too.
static enum status name_all(struct export_job *job, struct error *error)
{
    const struct sidecar_source source = {&job->pipeline, job->encoder, job->result->path};
    enum status status = sidecars_write(&job->sidecars, &source, error);
    if (status == STATUS_OK)
        status = sidecars_commit(&job->sidecars, error);
    if (status != STATUS_OK)
        return status;
    status = encoder_finish(job->encoder, error);
    job->encoder = NULL;
    if (status != STATUS_OK)
        sidecars_withdraw(&job->sidecars);
    return status;
}

static enum status run(struct export_job *job, struct error *error)
{
    struct pipeline *pipeline = &job->pipeline;
    enum status status =
        pipeline_open(pipeline, job->config->settings, job->config->session, error);
    job->result->total_frames = pipeline->total_frames;
    if (status == STATUS_OK)
        status = check_names(job, error);
    if (status == STATUS_OK)
        status = pipeline_start_voice(pipeline, error);
    if (status == STATUS_OK)
        status = pipeline_start_engine(pipeline, error);
    if (status == STATUS_OK)
        status = render_lead(job, error);
    if (status == STATUS_OK)
        status = plan(job, error);
    if (status == STATUS_OK)
        status = write_audio(job, error);
    if (status == STATUS_OK)
        status = name_all(job, error);
    return status;
}

enum status export_job_run(struct export_result *result, const struct export_job_config *config,
                           struct error *error)
{
    struct export_job *job = calloc(1, sizeof *job);
    if (!job)
        return error_no_memory(error);
    *result = (struct export_result){.total_frames = 0};
    job->config = config;
    job->result = result;
    job->start_ms = worker_clock_ms();
    master_init(&job->master);
    master_controls_init(&job->controls);
    master_counters_init(&job->counters);
    for (int stem = 0; stem < MASTER_STEMS; stem++)
        atomic_store(&job->controls.stem_db[stem], (float)config->settings->levels_db[stem]);
    enum status status = run(job, error);
    encoder_abort(job->encoder);
    sidecars_close(&job->sidecars);
    free(job->lead);
    pipeline_close(&job->pipeline);
    free(job);
    return status;
}
