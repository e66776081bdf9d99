// SPDX-License-Identifier: GPL-3.0-or-later
// Events are printed as a JSON line, and such a line is read into an event again.
#include "export_event.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const type_names[EXPORT_EVENT_TYPES] = {
    [EXPORT_STARTED] = "started", [EXPORT_PROGRESS] = "progress", [EXPORT_DONE] = "done",
    [EXPORT_FAILED] = "failed",   [EXPORT_FINISHED] = "finished",
};

static json_t *text_json(const char *string)
{
    if (!string)
        return json_null();
    json_t *json = json_string(string);
    if (json)
        return json;
    struct buffer visible = BUFFER_INIT;
    buffer_add_visible(&visible, text_from(string));
    json = visible.failed ? NULL : json_string(visible.data);
    buffer_free(&visible);
    return json;
}

// To the tenth: more would only be noise.
static json_t *tenths_json(double value)
{
    return json_real(isfinite(value) ? round(value * 10) / 10 : 0);
}

static json_t *estimate_json(const struct export_event *event, double value)
{
    return event->estimated ? tenths_json(value) : json_null();
}

static json_t *progress_json(const struct export_event *event)
{
    double percent = event->total_frames > 0
                         ? 100.0 * (double)event->done_frames / (double)event->total_frames
                         : 0;
    return json_pack("{ss so sI sI so so so}", "event", "progress", "file", text_json(event->file),
                     "done_frames", (json_int_t)event->done_frames, "total_frames",
                     (json_int_t)event->total_frames, "percent", tenths_json(percent), "speed",
                     estimate_json(event, event->speed), "seconds_left",
                     estimate_json(event, event->seconds_left));
}

static json_t *event_json(const struct export_event *event)
{
    const char *type = type_names[event->type];
    switch (event->type) {
    case EXPORT_STARTED:
        return json_pack("{ss so so so sI}", "event", type, "file", text_json(event->file),
                         "session", text_json(event->session), "language",
                         text_json(event->language), "total_frames",
                         (json_int_t)event->total_frames);
    case EXPORT_PROGRESS:
        return progress_json(event);
    case EXPORT_DONE:
        return json_pack("{ss so sI sb sI}", "event", type, "file", text_json(event->file),
                         "total_frames", (json_int_t)event->total_frames, "kept", (int)event->kept,
                         "missing_lines", (json_int_t)event->missing_lines);
    case EXPORT_FAILED:
        return json_pack("{ss so si so}", "event", type, "file", text_json(event->file),
                         "exit_code", event->exit_code, "message", text_json(event->message));
    case EXPORT_FINISHED:
        return json_pack("{ss sI sI sI sI sI}", "event", type, "jobs", (json_int_t)event->jobs,
                         "made", (json_int_t)event->made, "kept", (json_int_t)event->kept_jobs,
                         "failed", (json_int_t)event->failed, "not_begun",
                         (json_int_t)event->not_begun);
    case EXPORT_EVENT_TYPES:
        break;
    }
    return NULL;
}

enum status export_event_print(const struct export_event *event, struct buffer *out,
                               struct error *error)
{
    json_t *json = event_json(event);
    char *text = json ? json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(12)) : NULL;
    if (text)
        buffer_printf(out, "%s\n", text);
    bool good = text && !out->failed;
    free(text);
    json_decref(json);
    return good ? STATUS_OK : error_no_memory(error);
}

bool export_event_read(struct export_event *event, struct text line)
{
    json_error_t fault;
    json_t *json = json_loadb(line.data, line.size, 0, &fault);
    const char *name = json_string_value(json_object_get(json, "event"));
    int type = 0;
    while (name && type < EXPORT_EVENT_TYPES && strcmp(name, type_names[type]) != 0)
        type++;
    bool good = name && type < EXPORT_EVENT_TYPES;
    if (good)
        *event = (struct export_event){
            .type = (enum export_event_type)type,
            .done_frames = json_integer_value(json_object_get(json, "done_frames")),
            .total_frames = json_integer_value(json_object_get(json, "total_frames")),
            .kept = json_is_true(json_object_get(json, "kept")),
        };
    json_decref(json);
    return good;
}
