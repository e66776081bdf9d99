// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of arguments, facts and files are kept, and compared with those of another manifest.
#include "manifest.h"

#include <stdio.h>
#include <string.h>

static const char *keep(struct manifest *manifest, const char *string)
{
    struct text copy = arena_copy(&manifest->arena, text_from(string));
    manifest->failed |= !copy.data;
    return copy.data;
}

void manifest_add_argument(struct manifest *manifest, const char *argument)
{
    manifest->failed |= manifest->argument_count == MANIFEST_ARGUMENTS_MAX;
    if (!manifest->failed)
        manifest->arguments[manifest->argument_count++] = keep(manifest, argument);
}

void manifest_set_option(struct manifest *manifest, const char *name, const char *value)
{
    struct buffer option = BUFFER_INIT;
    buffer_printf(&option, "--%s=", name);
    const struct text head = buffer_text(&option);
    size_t i = 0;
    while (!option.failed && i < manifest->argument_count &&
           !text_starts_with(text_from(manifest->arguments[i]), head))
        i++;
    buffer_add_c(&option, value);
    manifest->failed |= option.failed;
    if (!manifest->failed && i < manifest->argument_count)
        manifest->arguments[i] = keep(manifest, option.data);
    else if (!manifest->failed)
        manifest_add_argument(manifest, option.data);
    buffer_free(&option);
}

void manifest_add_fact(struct manifest *manifest, const char *name, const char *value)
{
    manifest->failed |= manifest->fact_count == MANIFEST_FACTS_MAX;
    if (!manifest->failed)
        manifest->facts[manifest->fact_count++] =
            (struct manifest_fact){keep(manifest, name), keep(manifest, value)};
}

void manifest_add_number(struct manifest *manifest, const char *name, int64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)value);
    manifest_add_fact(manifest, name, text);
}

static struct manifest_file copy_file(struct manifest *manifest, const struct manifest_file *file)
{
    struct manifest_file copy = *file;
    copy.name = keep(manifest, file->name);
    return copy;
}

void manifest_add_input(struct manifest *manifest, const struct manifest_file *file)
{
    manifest->failed |= manifest->input_count == MANIFEST_INPUTS_MAX;
    if (!manifest->failed)
        manifest->inputs[manifest->input_count++] = copy_file(manifest, file);
}

void manifest_add_file(struct manifest *manifest, const struct manifest_file *file)
{
    manifest->failed |= manifest->file_count == MANIFEST_FILES_MAX;
    if (!manifest->failed)
        manifest->files[manifest->file_count++] = copy_file(manifest, file);
}

bool manifest_file_equal(const struct manifest_file *one, const struct manifest_file *other)
{
    return one->bytes == other->bytes && strcmp(one->sha256, other->sha256) == 0;
}

void manifest_free(struct manifest *manifest)
{
    arena_free(&manifest->arena);
    *manifest = MANIFEST_INIT;
}

// A new line of the report; returns 1, which is added to the count of differences.
static size_t begin(struct buffer *out)
{
    if (out->size)
        buffer_add_byte(out, '\n');
    return 1;
}

static size_t compare_arguments(const struct manifest *then, const struct manifest *now,
                                struct buffer *out)
{
    bool same = then->argument_count == now->argument_count;
    for (size_t i = 0; same && i < then->argument_count; i++)
        same = strcmp(then->arguments[i], now->arguments[i]) == 0;
    if (same)
        return 0;
    begin(out);
    buffer_add_c(out, "options: then");
    for (size_t i = 0; i < then->argument_count; i++)
        buffer_printf(out, " %s", then->arguments[i]);
    buffer_add_c(out, ", now");
    for (size_t i = 0; i < now->argument_count; i++)
        buffer_printf(out, " %s", now->arguments[i]);
    return 1;
}

static const char *find_fact(const struct manifest *manifest, const char *name)
{
    for (size_t i = 0; i < manifest->fact_count; i++)
        if (strcmp(manifest->facts[i].name, name) == 0)
            return manifest->facts[i].value;
    return NULL;
}

static size_t compare_facts(const struct manifest *then, const struct manifest *now,
                            struct buffer *out)
{
    size_t count = 0;
    for (size_t i = 0; i < then->fact_count; i++) {
        const struct manifest_fact *fact = &then->facts[i];
        const char *value = find_fact(now, fact->name);
        if (value && strcmp(value, fact->value) == 0)
            continue;
        count += begin(out);
        buffer_printf(out, "%s: %s then, %s now", fact->name, fact->value, value ? value : "none");
    }
    for (size_t i = 0; i < now->fact_count; i++) {
        if (find_fact(then, now->facts[i].name))
            continue;
        count += begin(out);
        buffer_printf(out, "%s: none then, %s now", now->facts[i].name, now->facts[i].value);
    }
    return count;
}

static const struct manifest_file *find_file(const struct manifest_file *files, size_t count,
                                             const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(files[i].name, name) == 0)
            return &files[i];
    return NULL;
}

struct file_list {
    const struct manifest_file *files;
    size_t count;
};

static size_t compare_lists(struct file_list then, struct file_list now, const char *missing,
                            const char *changed, struct buffer *out)
{
    size_t count = 0;
    for (size_t i = 0; i < then.count; i++) {
        const struct manifest_file *file = &then.files[i];
        const struct manifest_file *other = find_file(now.files, now.count, file->name);
        if (other && manifest_file_equal(other, file))
            continue;
        count += begin(out);
        buffer_printf(out, "%s: %s", file->name, other ? changed : missing);
    }
    for (size_t i = 0; i < now.count; i++) {
        if (find_file(then.files, then.count, now.files[i].name))
            continue;
        count += begin(out);
        buffer_printf(out, "%s: is new", now.files[i].name);
    }
    return count;
}

size_t manifest_compare_inputs(const struct manifest *then, const struct manifest *now,
                               struct buffer *out)
{
    size_t count = compare_arguments(then, now, out);
    count += compare_facts(then, now, out);
    return count + compare_lists((struct file_list){then->inputs, then->input_count},
                                 (struct file_list){now->inputs, now->input_count},
                                 "is not read any more", "has changed", out);
}

size_t manifest_compare_files(const struct manifest *then, const struct manifest *now,
                              struct buffer *out)
{
    return compare_lists((struct file_list){then->files, then->file_count},
                         (struct file_list){now->files, now->file_count}, "is not made any more",
                         "comes out differently", out);
}
