// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON form of a manifest, through libjansson. A manifest is a file like any other: what is
// read from it is checked, not believed.
#include "file_read.h"
#include "manifest.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { MANIFEST_VERSION = 1 };

static json_t *files_json(const struct manifest_file *files, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < count; i++) {
        json_t *file = json_pack("{ss sI ss}", "name", files[i].name, "bytes",
                                 (json_int_t)files[i].bytes, "sha256", files[i].sha256);
        if (json_array_append_new(list, file) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *arguments_json(const struct manifest *manifest)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < manifest->argument_count; i++)
        if (json_array_append_new(list, json_string(manifest->arguments[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    return list;
}

static json_t *facts_json(const struct manifest *manifest)
{
    json_t *object = json_object();
    for (size_t i = 0; object && i < manifest->fact_count; i++)
        if (json_object_set_new(object, manifest->facts[i].name,
                                json_string(manifest->facts[i].value)) != 0) {
            json_decref(object);
            return NULL;
        }
    return object;
}

enum status manifest_print(const struct manifest *manifest, struct buffer *out, struct error *error)
{
    if (manifest->failed)
        return error_no_memory(error);
    json_t *root = json_pack("{si so so so so}", "manifest", (int)MANIFEST_VERSION, "arguments",
                             arguments_json(manifest), "made_with", facts_json(manifest), "inputs",
                             files_json(manifest->inputs, manifest->input_count), "files",
                             files_json(manifest->files, manifest->file_count));
    char *text = root ? json_dumps(root, JSON_INDENT(2)) : NULL;
    if (text)
        buffer_printf(out, "%s\n", text);
    bool good = text && !out->failed;
    free(text);
    json_decref(root);
    // json_pack refuses names that are not UTF-8, too.
    return good ? STATUS_OK
                : error_set(error, STATUS_UNSUPPORTED,
                            "a manifest cannot hold a name that is not UTF-8");
}

static bool read_arguments(struct manifest *manifest, const json_t *list)
{
    size_t index;
    const json_t *item;
    json_array_foreach(list, index, item)
    {
        if (!json_is_string(item))
            return false;
        manifest_add_argument(manifest, json_string_value(item));
    }
    return json_is_array(list) && manifest->argument_count > 0;
}

static bool read_facts(struct manifest *manifest, json_t *object)
{
    const char *name;
    const json_t *value;
    json_object_foreach(object, name, value)
    {
        if (!json_is_string(value))
            return false;
        manifest_add_fact(manifest, name, json_string_value(value));
    }
    return json_is_object(object);
}

static bool read_files(struct manifest *manifest, const json_t *list,
                       void (*add)(struct manifest *, const struct manifest_file *))
{
    size_t index;
    const json_t *item;
    json_array_foreach(list, index, item)
    {
        struct manifest_file file = {.name = json_string_value(json_object_get(item, "name"))};
        const char *sha256 = json_string_value(json_object_get(item, "sha256"));
        file.bytes = json_integer_value(json_object_get(item, "bytes"));
        if (!file.name || !sha256 || strlen(sha256) != DIGEST_SIZE - 1)
            return false;
        memcpy(file.sha256, sha256, DIGEST_SIZE);
        add(manifest, &file);
    }
    return json_is_array(list);
}

static bool read_root(struct manifest *manifest, const json_t *root)
{
    return json_integer_value(json_object_get(root, "manifest")) == MANIFEST_VERSION &&
           read_arguments(manifest, json_object_get(root, "arguments")) &&
           read_facts(manifest, json_object_get(root, "made_with")) &&
           read_files(manifest, json_object_get(root, "inputs"), manifest_add_input) &&
           read_files(manifest, json_object_get(root, "files"), manifest_add_file) &&
           manifest->file_count > 0 && !manifest->failed;
}

enum status manifest_read(struct manifest *manifest, const char *path, struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct text data;
    json_error_t fault;
    *manifest = MANIFEST_INIT;
    enum status status = file_read(&data, &arena, path, MANIFEST_SIZE_MAX, error);
    if (status == STATUS_OK) {
        json_t *root = json_loadb(data.data, data.size, JSON_REJECT_DUPLICATES, &fault);
        if (!root || !read_root(manifest, root))
            status =
                error_set_at(error, STATUS_BAD_INPUT, path, 0, 0, "is no manifest of an export");
        json_decref(root);
    }
    arena_free(&arena);
    if (status != STATUS_OK)
        manifest_free(manifest);
    return status;
}
