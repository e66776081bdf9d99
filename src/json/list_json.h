// SPDX-License-Identifier: GPL-3.0-or-later
// What there is, as JSON, through libjansson: {"sessions": [...]}, {"scenes": [...]}, {"devices":
// [...]}; docs/json.md names the keys. STATUS_NO_MEMORY is the only failure.
#ifndef LOOSEN_LIST_JSON_H
#define LOOSEN_LIST_JSON_H

#include "error.h"
#include "session_model.h"

// Whose it is: in the author's folder, and there in place of an installed one of the same name.
struct listed_owner {
    bool yours, replaces;
};

struct listed_scene {
    struct text name;
    struct text summary; // empty where a recipe has faults
    struct listed_owner owner;
};

struct listed_session {
    const struct session *session; // borrowed
    struct listed_owner owner;
};

enum status list_json_sessions(const struct listed_session *sessions, size_t count,
                               struct buffer *out, struct error *error);
enum status list_json_scenes(const struct listed_scene *scenes, size_t count, struct buffer *out,
                             struct error *error);

// `lines` as speaker_list gives them.
enum status list_json_devices(struct text lines, struct buffer *out, struct error *error);

#endif
