// SPDX-License-Identifier: GPL-3.0-or-later
// The counters of a player become one JSON object.
#include "play_report_json.h"

#include <jansson.h>
#include <stdlib.h>

// Names of devices may be anything; what is not Unicode is told in escapes.
static json_t *name_json(struct text name)
{
    struct buffer visible = BUFFER_INIT;
    buffer_add_visible(&visible, name);
    json_t *json =
        visible.failed ? NULL : json_stringn(visible.size ? visible.data : "", visible.size);
    buffer_free(&visible);
    return json;
}

enum status play_report_json_print(const struct play_report *report, struct buffer *out,
                                   struct error *error)
{
    json_t *first = report->first_frame_ms < 0 ? json_null() : json_integer(report->first_frame_ms);
    json_t *device =
        json_pack("{so so si si si}", "name", name_json(text_from(report->device)), "api",
                  name_json(text_from(report->api)), "sample_rate", report->rate_hz, "channels",
                  report->channels, "latency_frames", report->latency_frames);
    json_t *root = json_pack(
        "{so sI sI so so si sI sI sI sI si sI}", "session", name_json(report->session),
        "total_frames", (json_int_t)report->total_frames, "heard_frames",
        (json_int_t)report->heard_frames, "first_frame_ms", first, "device", device,
        "device_losses", report->device_losses, "underruns", (json_int_t)report->underruns,
        "device_underruns", (json_int_t)report->device_underruns, "limited_blocks",
        (json_int_t)report->limited_blocks, "bad_frames", (json_int_t)report->bad_frames,
        "narrator_restarts", report->narrator_restarts, "lost_lines",
        (json_int_t)report->lost_lines);
    char *text = root ? json_dumps(root, JSON_INDENT(2)) : NULL;
    buffer_add_c(out, text ? text : "");
    buffer_add_byte(out, '\n');
    json_decref(root);
    free(text);
    return text && !out->failed ? STATUS_OK : error_no_memory(error);
}
