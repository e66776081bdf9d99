// SPDX-License-Identifier: GPL-3.0-or-later
// What the callback, the renderer and the watch have counted is printed as JSON when playing ends.
#include "play_report.h"

#include "overwrite.h"
#include "play_report_json.h"
#include "report.h"
#include <string.h>

static struct play_report collect(const struct play_report_sources *sources)
{
    const struct pipeline *pipeline = sources->pipeline;
    struct speaker *speaker = sources->transport->speaker;
    const struct master_counters *counters = &speaker_memory(speaker)->counters;
    // While the voice's thread runs, all of it is that thread's.
    bool spoken = !pipeline->speech.running && pipeline->speech.narrator;
    int64_t first_ms = atomic_load(&sources->renderer->first_ms);
    return (struct play_report){
        .session = pipeline->session.id,
        .total_frames = pipeline->total_frames,
        .heard_frames = sources->transport->heard_frames,
        .first_frame_ms = first_ms ? first_ms - pipeline->begun_ms : -1,
        .device = speaker_device_name(speaker),
        .api = speaker_device_api(speaker),
        .rate_hz = speaker_device_rate_hz(speaker),
        .channels = speaker_device_channels(speaker),
        .latency_frames = speaker_latency_frames(speaker),
        .device_losses = sources->watch->losses,
        .underruns = atomic_load(&counters->underruns),
        .device_underruns = atomic_load(&counters->device_underruns),
        .limited_blocks = atomic_load(&counters->limited_blocks),
        .bad_frames = atomic_load(&counters->bad_frames),
        .narrator_restarts = spoken ? pipeline->speech.narrator->restarts : 0,
        .lost_lines = spoken ? (int64_t)pipeline->speech.report.lost : 0,
    };
}

enum status play_report_open(struct safe_file **file, struct pipeline *pipeline,
                             struct error *error)
{
    const char *path = pipeline->settings->run.report;
    const struct overwrite_guard guard = {.pipeline = pipeline};
    bool replace;
    *file = NULL;
    if (!path)
        return STATUS_OK;
    if (strcmp(path, "-") == 0)
        return error_set(error, STATUS_BAD_ARGUMENT, "--report takes the name of a file");
    enum status status = overwrite_check(&guard, path, &replace, error);
    return status == STATUS_OK ? safe_file_open(file, path, replace, error) : status;
}

static void tell_gaps(const struct play_report *report)
{
    if (report->underruns)
        report_note("%lld %s because this computer was too busy", (long long)report->underruns,
                    report->underruns == 1 ? "gap" : "gaps");
}

enum status play_report_write(struct safe_file *file, const struct play_report_sources *sources,
                              struct error *error)
{
    struct play_report report = collect(sources);
    const struct overwrite_guard guard = {.pipeline = sources->pipeline};
    struct buffer out = BUFFER_INIT;
    bool replace;
    tell_gaps(&report);
    if (!file)
        return STATUS_OK;
    enum status status = play_report_json_print(&report, &out, error);
    // Once more: the record has come since the name was looked at.
    THEN(status, overwrite_check(&guard, sources->pipeline->settings->run.report, &replace, error));
    if (status == STATUS_OK) {
        (void)safe_file_write(file, out.data, (int64_t)out.size); // a failure is remembered
        status = safe_file_commit(file, error);
    } else {
        safe_file_abort(file);
    }
    buffer_free(&out);
    return status;
}
