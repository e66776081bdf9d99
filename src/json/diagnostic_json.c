// SPDX-License-Identifier: GPL-3.0-or-later
// Diagnostics become JSON objects, file by file.
#include "diagnostic_json.h"

#include <jansson.h>
#include <stdlib.h>

struct diagnostic_json {
    json_t *list;
    json_t *sessions;
    bool failed;
};

struct diagnostic_json *diagnostic_json_new(void)
{
    struct diagnostic_json *document = calloc(1, sizeof *document);
    if (!document)
        return NULL;
    document->list = json_array();
    document->sessions = json_array();
    if (document->list && document->sessions)
        return document;
    diagnostic_json_free(document);
    return NULL;
}

void diagnostic_json_free(struct diagnostic_json *document)
{
    if (!document)
        return;
    json_decref(document->list);
    json_decref(document->sessions);
    free(document);
}

// JSON holds Unicode: text that is not goes through the same escapes as on a terminal.
static json_t *text_json(struct text view)
{
    json_t *json = json_stringn(view.data ? view.data : "", view.size);
    if (json)
        return json;
    struct buffer visible = BUFFER_INIT;
    buffer_add_visible(&visible, view);
    json = visible.failed ? NULL : json_string(visible.data);
    buffer_free(&visible);
    return json;
}

void diagnostic_json_add(struct diagnostic_json *document, const struct diagnostics *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct diagnostic *d = &list->items[i];
        json_t *item = json_pack(
            "{so si si ss ss so so}", "file", text_json(text_from(list->file)), "line", d->line,
            "column", d->column, "severity", d->severity == SEVERITY_ERROR ? "error" : "warning",
            "rule", d->rule, "message", text_json(d->message), "hint", text_json(d->hint));
        if (json_array_append_new(document->list, item) != 0)
            document->failed = true;
    }
}

void diagnostic_json_add_session(struct diagnostic_json *document,
                                 const struct checked_session *checked)
{
    json_t *item = json_pack("{so sf sf sf sf sf}", "file", text_json(checked->file), "min_seconds",
                             seconds_from_frames(checked->length.least), "natural_seconds",
                             seconds_from_frames(checked->total_frames), "max_seconds",
                             seconds_from_frames(checked->length.most), "speech_share",
                             (double)checked->speech_frames / (double)checked->total_frames,
                             "longest_quiet_seconds", seconds_from_frames(checked->quiet_frames));
    if (json_array_append_new(document->sessions, item) != 0)
        document->failed = true;
}

enum status diagnostic_json_print(const struct diagnostic_json *document, struct buffer *out,
                                  struct error *error)
{
    json_t *root =
        json_pack("{sO sO}", "diagnostics", document->list, "sessions", document->sessions);
    char *text = root && !document->failed ? json_dumps(root, JSON_INDENT(2)) : NULL;
    if (text)
        buffer_printf(out, "%s\n", text);
    bool good = text && !out->failed;
    free(text);
    json_decref(root);
    return good ? STATUS_OK : error_no_memory(error);
}
