// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions, scenes and devices become arrays of JSON objects.
#include "list_json.h"

#include "speaker.h"
#include "speaker_list.h"
#include <jansson.h>
#include <stdlib.h>

static json_t *text_json(struct text view)
{
    return json_stringn(view.data ? view.data : "", view.size);
}

// {"NAME": [...]} of `list`, now owned; `count` items it must have.
static enum status print(const char *name, json_t *list, size_t count, struct buffer *out,
                         struct error *error)
{
    bool whole = json_array_size(list) == count;
    json_t *root = json_pack("{so}", name, list);
    char *text = root && whole ? json_dumps(root, JSON_INDENT(2)) : NULL;
    buffer_add_c(out, text ? text : "");
    buffer_add_byte(out, '\n');
    free(text);
    json_decref(root);
    return text && !out->failed ? STATUS_OK : error_no_memory(error);
}

static json_t *session_json(const struct listed_session *listed)
{
    const struct session *session = listed->session;
    return json_pack("{so so so so so ss ss sf sf sf so so so so sb sb}", "id",
                     text_json(session->id), "title", text_json(session->title), "summary",
                     text_json(session->summary), "when", text_json(session->when), "language",
                     text_json(session->language), "need", need_names[session->need], "effort",
                     effort_names[session->effort], "min_seconds",
                     seconds_from_frames(session->length.least), "natural_seconds",
                     seconds_from_frames(session->natural), "max_seconds",
                     seconds_from_frames(session->length.most), "position",
                     text_json(session->position), "needs", text_json(session->needs), "notice",
                     text_json(session->notice), "scene", text_json(session->scene), "yours",
                     listed->owner.yours, "replaces", listed->owner.replaces);
}

enum status list_json_sessions(const struct listed_session *sessions, size_t count,
                               struct buffer *out, struct error *error)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, session_json(&sessions[i]));
    return print("sessions", list, count, out, error);
}

enum status list_json_scenes(const struct listed_scene *scenes, size_t count, struct buffer *out,
                             struct error *error)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("{so so sb sb}", "name", text_json(scenes[i].name),
                                              "summary", text_json(scenes[i].summary), "yours",
                                              scenes[i].owner.yours, "replaces",
                                              scenes[i].owner.replaces));
    return print("scenes", list, count, out, error);
}

enum status list_json_devices(struct text lines, struct buffer *out, struct error *error)
{
    struct speaker_listed device;
    json_t *list = json_array();
    size_t count = 0;
    for (; speaker_listed_next(&lines, &device); count++)
        json_array_append_new(list, json_pack("{so so si si sb}", "name", text_json(device.name),
                                              "api", text_json(device.api), "channels",
                                              device.channels, "sample_rate", device.rate_hz,
                                              "default", device.preferred));
    return print("devices", list, count, out, error);
}
