#include "command.h"
#include "encoder.h"
#include "interrupt.h"
#include "master.h"
#include "pipeline.h"
#include "report.h"
#include "worker.h"
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { BLOCK_FRAMES = 4096 };

// One export under way.
struct export
{
    struct pipeline pipeline;
    struct encoder *encoder;
    struct master master;
    struct master_controls controls;
    struct master_counters counters;
    char path[CATALOGUE_PATH_MAX];
    int64_t rendered_frames; // stems taken from the engine, the master's latency included
    int64_t start_ms;        // when the command began
    int64_t first_block_ms;  // from start_ms to the first mixed block
    int64_t planned_ms;      // from start_ms to the finished plan
    bool progress;           // a progress line on the terminal
    int shown_percent;
};

// "wall-ball-10m.wav" in the present folder.
static enum status choose_path(struct export *export, struct error *error)
{
    const char *given = export->pipeline.settings->output;
    struct buffer name = BUFFER_INIT;
    if (given) {
        buffer_add_c(&name, given);
    } else {
        buffer_add(&name, export->pipeline.session.id);
        buffer_add_byte(&name, '-');
        duration_print(&name, export->pipeline.total_frames);
        buffer_add_c(&name, ".wav");
    }
    enum status status = STATUS_OK;
    if (name.failed)
        status = error_no_memory(error);
    else if (name.size < 4 || strcmp(name.data + name.size - 4, ".wav") != 0)
        status =
            error_set(error, STATUS_BAD_ARGUMENT,
                      "\"%s\" does not end in .wav, the format that can be written", name.data);
    else if (name.size >= sizeof export->path)
        status = error_set(error, STATUS_BAD_ARGUMENT, "the file's path is too long");
    else
        memcpy(export->path, name.data, name.size + 1);
    buffer_free(&name);
    return status;
}

static enum status open_encoder(struct export *export, struct error *error)
{
    const struct pipeline *pipeline = &export->pipeline;
    const struct settings *settings = pipeline->settings;
    struct encoder_config config = {
        .path = export->path,
        .format = settings->bits == 16   ? ENCODER_WAV_16
                  : settings->bits == 24 ? ENCODER_WAV_24
                                         : ENCODER_WAV_FLOAT,
        .total_frames = pipeline->total_frames,
        .force = settings->force,
        .seed = settings->seed,
    };
    struct buffer title = BUFFER_INIT;
    struct buffer summary = BUFFER_INIT;
    buffer_add(&title, pipeline->session.title);
    buffer_add(&summary, pipeline->session.summary);
    config.title = title.data;
    config.comment = summary.data;
    enum status status = title.failed || summary.failed
                             ? error_no_memory(error)
                             : encoder_open(&export->encoder, &config, error);
    buffer_free(&title);
    buffer_free(&summary);
    return status;
}

static void show_progress(struct export *export)
{
    int64_t total = export->pipeline.total_frames;
    int percent = (int)(export->rendered_frames * 100 / total);
    if (!export->progress || percent <= export->shown_percent)
        return;
    export->shown_percent = percent;
    double elapsed = (double)(worker_clock_ms() - export->start_ms) / 1000;
    double done = seconds_from_frames(export->rendered_frames);
    double left = elapsed * (seconds_from_frames(total) - done) / done;
    fprintf(stderr, "\r%3d %%  %.0f x real time  %.0f s left ", percent > 100 ? 100 : percent,
            elapsed > 0 ? done / elapsed : 0, left > 0 ? left : 0);
}

// Render and write until `until` frames are in the file (the master lags behind by its latency, so
// the first frames that come out of it are dropped).
static enum status render_until(struct export *export, int64_t until, struct error *error)
{
    float stems[BLOCK_FRAMES * STEM_CHANNELS];
    float stereo[BLOCK_FRAMES * 2];
    const int64_t latency = master_latency_frames();
    until += latency;
    while (export->rendered_frames < until) {
        if (interrupt_signal())
            return error_set(error, STATUS_INTERRUPTED, "interrupted");
        int64_t left = until - export->rendered_frames;
        size_t frames = left < BLOCK_FRAMES ? (size_t)left : BLOCK_FRAMES;
        engine_render(export->pipeline.engine, stems, frames);
        master_process(&export->master, &export->controls, &export->counters, stems, stereo,
                       frames);
        if (export->rendered_frames == 0)
            export->first_block_ms = worker_clock_ms() - export->start_ms;
        int64_t early = latency - export->rendered_frames;
        size_t drop = early <= 0 ? 0 : (size_t)early < frames ? (size_t)early : frames;
        enum status status =
            encoder_write(export->encoder, stereo + 2 * drop, frames - drop, error);
        if (status != STATUS_OK)
            return status;
        export->rendered_frames += (int64_t)frames;
        show_progress(export);
    }
    return STATUS_OK;
}

static enum status run_export(struct export *export, struct error *error)
{
    struct pipeline *pipeline = &export->pipeline;
    enum status status = pipeline_start_voice(pipeline, error);
    if (status == STATUS_OK)
        status = choose_path(export, error);
    if (status == STATUS_OK)
        status = open_encoder(export, error);
    if (status == STATUS_OK)
        status = pipeline_start_engine(pipeline, error);
    // The lead needs no voice: it is mixed while the narrator works.
    if (status == STATUS_OK)
        status = render_until(export, TIMELINE_LEAD_FRAMES / 2, error);
    if (status == STATUS_OK)
        status = pipeline_wait_voice(pipeline, error);
    if (status == STATUS_OK)
        status = pipeline_plan(pipeline, error);
    export->planned_ms = worker_clock_ms() - export->start_ms;
    if (status == STATUS_OK)
        status = render_until(export, pipeline->total_frames, error);
    if (status != STATUS_OK) {
        encoder_abort(export->encoder);
        return status;
    }
    return encoder_finish(export->encoder, error);
}

static void print_stats(const struct export *export)
{
    struct rusage self, children;
    getrusage(RUSAGE_SELF, &self);
    getrusage(RUSAGE_CHILDREN, &children);
    double cpu = (double)(self.ru_utime.tv_sec + self.ru_stime.tv_sec + children.ru_utime.tv_sec +
                          children.ru_stime.tv_sec) +
                 (double)(self.ru_utime.tv_usec + self.ru_stime.tv_usec +
                          children.ru_utime.tv_usec + children.ru_stime.tv_usec) /
                     1e6;
    fprintf(stderr,
            "first block %lld ms, plan %lld ms, wall %lld ms, cpu %.2f s, %.0f x real time, peak "
            "memory %ld MB\n",
            (long long)export->first_block_ms, (long long)export->planned_ms,
            (long long)(worker_clock_ms() - export->start_ms), cpu,
            seconds_from_frames(export->pipeline.total_frames) / cpu, self.ru_maxrss / 1024);
}

// What was written, in one line.
static void print_done(const struct export *export)
{
    struct buffer line = BUFFER_INIT;
    buffer_add_visible(&line, text_from(export->path));
    buffer_add_c(&line, "  ");
    duration_print_clock(&line, export->pipeline.total_frames);
    buffer_printf(&line, "  %lld frames", (long long)export->pipeline.total_frames);
    if (export->pipeline.voice_report.lost)
        buffer_printf(&line, "  %zu lines missing", export->pipeline.voice_report.lost);
    fprintf(stderr, "%s%s\n", export->progress ? "\r\033[K" : "", line.failed ? "" : line.data);
    buffer_free(&line);
}

int command_export(const struct settings *settings)
{
    struct error error;
    struct export export = {.start_ms = worker_clock_ms(), .shown_percent = -1};
    const char *session = settings->operand_count == 1 ? settings->operands[0] : NULL;
    if (!session && !settings->scene_only) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "export takes one session, such as: loosen export wall-ball -t 10");
        return report_error(&error);
    }
    export.progress = isatty(STDERR_FILENO);
    master_init(&export.master);
    master_controls_init(&export.controls);
    master_counters_init(&export.counters);
    for (int stem = 0; stem < MASTER_STEMS; stem++)
        atomic_store(&export.controls.stem_db[stem], (float)settings->levels_db[stem]);
    enum status status = pipeline_open(&export.pipeline, settings, session, &error);
    if (status == STATUS_OK)
        status = run_export(&export, &error);
    if (status == STATUS_OK)
        print_done(&export);
    else if (export.progress && export.shown_percent >= 0)
        fputs("\r\033[K", stderr);
    if (status == STATUS_OK && settings->stats)
        print_stats(&export);
    pipeline_close(&export.pipeline);
    return status == STATUS_OK ? EXIT_DONE : report_error(&error);
}
