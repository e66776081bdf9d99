#include "play_report.h"

#include "play_report_json.h"
#include "report.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

static struct play_report collect(const struct play_report_sources *sources)
{
    const struct pipeline *pipeline = sources->pipeline;
    struct speaker *speaker = sources->transport->speaker;
    const struct master_counters *counters = &speaker_memory(speaker)->counters;
    // While the voice's thread runs, all of it is that thread's.
    bool spoken = !pipeline->voice_running && pipeline->narrator;
    int64_t first_ms = atomic_load(&sources->feed->first_ms);
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
        .narrator_restarts = spoken ? pipeline->narrator->restarts : 0,
        .lost_lines = spoken ? (int64_t)pipeline->voice_report.lost : 0,
    };
}

static enum status write_file(const char *path, struct text text, struct error *error)
{
    FILE *file = fopen(path, "we");
    bool written = file && fwrite(text.data, 1, text.size, file) == text.size;
    if (file && fclose(file) != 0)
        written = false;
    return written ? STATUS_OK
                   : error_set_at(error, STATUS_IO, path, 0, 0, "cannot be written: %s",
                                  strerror(errno));
}

enum status play_report_write(const struct play_report_sources *sources, struct error *error)
{
    struct play_report report = collect(sources);
    if (report.underruns)
        report_note("%lld %s because this computer was too busy", (long long)report.underruns,
                    report.underruns == 1 ? "gap" : "gaps");
    const char *path = sources->pipeline->settings->report;
    if (!path)
        return STATUS_OK;
    struct buffer out = BUFFER_INIT;
    enum status status = play_report_json_print(&report, &out, error);
    if (status == STATUS_OK)
        status = write_file(path, buffer_text(&out), error);
    buffer_free(&out);
    return status;
}
