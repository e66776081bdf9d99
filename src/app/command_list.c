// SPDX-License-Identifier: GPL-3.0-or-later
// The command "list" prints sessions, scenes or devices; without a command the sessions are shown.
#include "catalogue.h"
#include "command.h"
#include "list_json.h"
#include "report.h"
#include "scene.h"
#include "scene_recipe.h"
#include "shelf.h"
#include "speaker.h"
#include "speaker_list.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ID_WIDTH = 15 };

static void pad_to(struct buffer *out, size_t start, size_t width)
{
    struct text line = text_skip(buffer_text(out), start);
    for (size_t length = text_length(line); length < width; length++)
        buffer_add_byte(out, ' ');
    buffer_add_byte(out, ' ');
}

// Bring those that fit to the front, in their order, and return how many they are.
static size_t sort_fitting(struct catalogue *catalogue, int64_t length_frames)
{
    size_t count = 0;
    for (size_t i = 0; i < catalogue->count; i++)
        if (shelf_fits(&catalogue->entries[i].session, length_frames)) {
            struct catalogue_entry other = catalogue->entries[count];
            catalogue->entries[count++] = catalogue->entries[i];
            catalogue->entries[i] = other;
        }
    return count;
}

// Nothing has that length: which length is nearest, and who has it.
static void tell_nearest(const struct catalogue *catalogue, int64_t length_frames)
{
    const struct session *nearest = NULL;
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct session *session = &catalogue->entries[i].session;
        int64_t apart = length_frames < session->length.least
                            ? session->length.least - length_frames
                            : length_frames - session->length.most;
        if (apart >= least)
            continue;
        least = apart;
        nearest = session;
    }
    if (!nearest)
        return;
    struct buffer length = BUFFER_INIT;
    duration_print(&length, length_frames < nearest->length.least ? nearest->length.least
                                                                  : nearest->length.most);
    if (!length.failed)
        report_note("no session has that length: the nearest is %.*s with %s",
                    TEXT_ARG(nearest->id), length.data);
    buffer_free(&length);
}

static enum status sessions_json(const struct catalogue *catalogue, size_t count,
                                 struct buffer *out, struct error *error)
{
    struct listed_session *listed = calloc(count + 1, sizeof *listed);
    for (size_t i = 0; listed && i < count; i++) {
        const struct catalogue_entry *entry = &catalogue->entries[i];
        listed[i] = (struct listed_session){&entry->session, {entry->yours, entry->replaces}};
    }
    enum status status =
        listed ? list_json_sessions(listed, count, out, error) : error_no_memory(error);
    free(listed);
    return status;
}

static int list_sessions(const struct settings *settings, const struct data_folders *folders)
{
    struct catalogue catalogue;
    struct error error;
    struct buffer out = BUFFER_INIT;
    enum status status = catalogue_open(&catalogue, folders, settings->what.language, &error);
    size_t count =
        status == STATUS_OK ? sort_fitting(&catalogue, settings->what.length.first_frames) : 0;
    if (status == STATUS_OK && settings->run.json)
        status = sessions_json(&catalogue, count, &out, &error);
    const struct shelf_config config = {true, settings->what.length.first_frames};
    if (status == STATUS_OK && !settings->run.json)
        shelf_print(&out, &catalogue, &config);
    if (status == STATUS_OK && count == 0)
        tell_nearest(&catalogue, config.length_frames);
    catalogue_close(&catalogue);
    if (status != STATUS_OK) {
        buffer_free(&out);
        return report_error(&error);
    }
    return report_output(&out);
}

// What a scene says of itself, in `arena`; a faulty recipe has only its name, `loosen check` tells
// why.
static struct listed_scene read_scene(struct arena *arena, const struct name_item *item)
{
    struct diagnostics faults;
    struct error ignored;
    struct scene_recipe *recipe = NULL;
    struct listed_scene scene = {.name = text_from(item->name),
                                 .owner = {item->yours, item->replaces}};
    diagnostics_init(&faults, item->path);
    if (scene_recipe_load(&recipe, item->path, &faults, &ignored) == STATUS_OK)
        scene.summary = arena_copy(arena, text_from(scene_recipe_summary(recipe)));
    scene_recipe_free(recipe);
    diagnostics_free(&faults);
    return scene;
}

static void print_scenes(struct buffer *out, const struct listed_scene *scenes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t start = out->size;
        buffer_add_c(out, "  ");
        buffer_add_visible(out, scenes[i].name);
        if (scenes[i].summary.size > 0) {
            pad_to(out, start, ID_WIDTH);
            buffer_add_visible(out, scenes[i].summary);
        }
        if (scenes[i].owner.yours)
            buffer_printf(out, " (yours%s)",
                          scenes[i].owner.replaces ? ", in place of the one that comes with loosen"
                                                   : "");
        buffer_add_byte(out, '\n');
    }
}

static int list_scenes(const struct settings *settings, const struct data_folders *folders)
{
    struct name_list names;
    struct error error;
    struct buffer out = BUFFER_INIT;
    enum status status = catalogue_scenes(&names, folders, &error);
    struct listed_scene *scenes = arena_array(&names.arena, names.count + 1, sizeof *scenes);
    if (status == STATUS_OK && !scenes)
        status = error_no_memory(&error);
    for (size_t i = 0; status == STATUS_OK && i < names.count; i++)
        scenes[i] = read_scene(&names.arena, &names.items[i]);
    if (status == STATUS_OK && settings->run.json)
        status = list_json_scenes(scenes, names.count, &out, &error);
    else if (status == STATUS_OK)
        print_scenes(&out, scenes, names.count);
    name_list_free(&names);
    if (status == STATUS_OK)
        return report_output(&out);
    buffer_free(&out);
    return report_error(&error);
}

static void print_devices(struct buffer *out, struct text lines)
{
    struct speaker_listed device;
    while (speaker_listed_next(&lines, &device))
        buffer_printf(out, "%.*s, %.*s, %d channel%s, %d Hz%s\n", TEXT_ARG(device.name),
                      TEXT_ARG(device.api), device.channels, device.channels == 1 ? "" : "s",
                      device.rate_hz, device.preferred ? " (default)" : "");
}

static int list_devices(const struct settings *settings)
{
    struct error error;
    struct buffer lines = BUFFER_INIT;
    struct buffer out = BUFFER_INIT;
    enum status status = speaker_list(&lines, &error);
    if (status == STATUS_OK && settings->run.json)
        status = list_json_devices(buffer_text(&lines), &out, &error);
    else if (status == STATUS_OK)
        print_devices(&out, buffer_text(&lines));
    if (status == STATUS_OK && lines.size == 0)
        report_note("there is no audio device");
    buffer_free(&lines);
    if (status == STATUS_OK)
        return report_output(&out);
    buffer_free(&out);
    return report_error(&error);
}

int command_list(const struct settings *settings)
{
    struct data_folders folders;
    struct error error;
    const char *what = settings->operand_count ? settings->operands[0] : "sessions";
    if (settings->operand_count > 1) {
        error_set(&error, STATUS_BAD_ARGUMENT, "list takes one of: sessions, scenes, devices");
        return report_error(&error);
    }
    if (strcmp(what, "devices") == 0)
        return list_devices(settings);
    if (data_folders_find(&folders, settings->what.data, &error) != STATUS_OK)
        return report_error(&error);
    if (strcmp(what, "sessions") == 0)
        return list_sessions(settings, &folders);
    if (strcmp(what, "scenes") == 0)
        return list_scenes(settings, &folders);
    error_set(&error, STATUS_BAD_ARGUMENT,
              "list takes one of: sessions, scenes, devices, not \"%s\"", what);
    return report_error(&error);
}

int command_overview(void)
{
    struct data_folders folders;
    struct catalogue catalogue;
    struct error error;
    struct buffer out = BUFFER_INIT;
    if (data_folders_find(&folders, NULL, &error) != STATUS_OK)
        return report_error(&error);
    if (catalogue_open(&catalogue, &folders, "en", &error) != STATUS_OK) {
        catalogue_close(&catalogue);
        return report_error(&error);
    }
    const struct session *first = shelf_newcomer(&catalogue);
    const struct shelf_config config = {.whole = false};
    if (first)
        buffer_printf(&out, "%.*s\n", TEXT_ARG(first->words.list_title));
    shelf_print(&out, &catalogue, &config);
    if (first && text_equal(first->id, first->words.newcomer))
        buffer_printf(&out, "  * %.*s loosen play %.*s\n", TEXT_ARG(first->words.list_newcomer),
                      TEXT_ARG(first->id));
    buffer_add_c(
        &out, "Play:  loosen play NAME -t MINUTES   To a file:  loosen export NAME -o FILE.wav\n"
              "More:  loosen list   What fits five minutes:  loosen list -t 5   loosen --help\n");
    catalogue_close(&catalogue);
    return report_output(&out);
}
