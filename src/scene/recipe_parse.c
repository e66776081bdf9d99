// SPDX-License-Identifier: GPL-3.0-or-later
// The parser of scene recipes: one line, one "key: value"; values are comma-separated options, each
// a few words. Every fault is reported with its column and parsing goes on. docs/scenes.md is the
// language's reference.
#include "recipe_kind.h"
#include "recipe_option.h"
#include "scene_recipe.h"
#include "unicode.h"

#include <stdlib.h>
#include <string.h>

struct parser {
    struct recipe_reader reader;
    struct scene_recipe *recipe;
    bool has_scene, has_summary, has_width;
};

static bool is_name(struct text name)
{
    if (name.size == 0 || name.size > RECIPE_NAME_MAX)
        return false;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return true;
}

static bool take_name(struct parser *parser, struct text name, char *memory)
{
    if (!is_name(name)) {
        recipe_reader_fault_word(&parser->reader, name, "scene-name",
                                 "is not a name: 1 to 32 of a-z, 0-9 and \"-\"");
        return false;
    }
    memcpy(memory, name.data, name.size);
    memory[name.size] = '\0';
    return true;
}

// The place of the first comma that is not between quotes.
static size_t find_comma(struct text view)
{
    bool quoted = false;
    for (size_t i = 0; i < view.size; i++) {
        if (view.data[i] == ',' && !quoted)
            return i;
        quoted = quoted != (view.data[i] == '"');
    }
    return view.size;
}

// The next comma-separated item of *rest; false after the last one.
static bool next_item(struct text *rest, struct recipe_item *item)
{
    if (!rest->data)
        return false;
    size_t size = find_comma(*rest);
    *item = recipe_item_split(text_head(*rest, size));
    *rest = size < rest->size ? text_skip(*rest, size + 1) : (struct text){NULL, 0};
    return true;
}

// What can only be judged when all options of the layer are known.
static void check_layer(struct parser *parser, struct text name, const struct recipe_layer *layer,
                        unsigned set)
{
    bool swings = layer->lowpass_hz[1] > layer->lowpass_hz[0];
    if (swings && layer->breath_db <= 0 && layer->free_db <= 0) {
        recipe_reader_fault(&parser->reader, name, "scene-swell",
                            "\"by swell\" needs a swell to go by");
        diagnostics_hint(parser->reader.list, "add follow breath 7 dB, or swell 9s..13s 3 dB");
    }
    if (layer->delay_frames > 0 && !(set & (RECIPE_SETS_BREATH | RECIPE_SETS_FREE)))
        recipe_reader_fault(&parser->reader, name, "scene-swell", "there is no swell to delay");
    double rise_s = seconds_from_frames(layer->free_frames[0]) / 2;
    if (layer->free_db > 0 && layer->free_db * 1.5708 > RECIPE_FREE_SLOPE_MOST * rise_s)
        recipe_reader_fault(&parser->reader, name, "scene-slope",
                            "the free swell is steeper than 2 dB a second");
    const struct recipe_grains *grains = &layer->grains;
    double length_s = seconds_from_frames(grains->attack_frames + grains->decay_frames);
    if (layer->kind == RECIPE_GRAINS && grains->rate * length_s > RECIPE_GRAINS_MAX)
        recipe_reader_fault(&parser->reader, name, "scene-range",
                            "more than 10 drops would sound at once: lower rate or decay");
}

static int count_files(const struct scene_recipe *recipe)
{
    int count = 0;
    for (int i = 0; i < recipe->layer_count; i++)
        count += recipe->layers[i].kind == RECIPE_RECORDING;
    return count;
}

static void take_layer(struct parser *parser, struct text name, struct text value)
{
    struct scene_recipe *recipe = parser->recipe;
    struct recipe_layer layer = {.highpass_hz = RECIPE_HIGHPASS_DEFAULT};
    if (recipe->layer_count == RECIPE_LAYERS_MAX) {
        recipe_reader_fault(&parser->reader, name, "scene-layers", "a scene has at most 8 layers");
        return;
    }
    if (!take_name(parser, name, layer.name))
        return;
    layer.line = parser->reader.line_number;
    for (int i = 0; i < recipe->layer_count; i++)
        if (strcmp(recipe->layers[i].name, layer.name) == 0)
            recipe_reader_fault_word(&parser->reader, name, "scene-duplicate",
                                     "is the name of an earlier layer");
    struct recipe_item item;
    unsigned set = 0;
    for (bool first = true; next_item(&value, &item); first = false) {
        if (item.count == 0)
            recipe_reader_fault(&parser->reader, item.whole, "scene-option",
                                "something is missing between the commas");
        else if (first)
            recipe_kind_take(&parser->reader, &item, &layer);
        else
            recipe_option_take(&parser->reader, &item, &layer, &set);
    }
    check_layer(parser, name, &layer, set);
    if (layer.kind == RECIPE_RECORDING && count_files(recipe) == RECIPE_FILES_MAX) {
        recipe_reader_fault(&parser->reader, name, "scene-layers",
                            "a scene has at most 2 recordings");
        return;
    }
    recipe->layers[recipe->layer_count++] = layer;
}

// "0.7" or "0.7, drift 0.03 Hz"
static void take_width(struct parser *parser, struct text key, struct text value)
{
    if (parser->has_width)
        recipe_reader_fault_word(&parser->reader, key, "scene-duplicate", "was given before");
    parser->has_width = true;
    struct recipe_item item;
    next_item(&value, &item);
    if (item.count == 1)
        recipe_reader_number(&parser->reader, item.words[0], 0, 1, "is not in 0 .. 1",
                             &parser->recipe->width);
    else
        recipe_reader_fault(&parser->reader, item.whole, "scene-number",
                            "the width is one number in 0 .. 1");
    while (next_item(&value, &item)) {
        if (item.count == 3 && text_equal_c(item.words[0], "drift") &&
            text_equal_c(item.words[2], "Hz")) {
            recipe_reader_number(&parser->reader, item.words[1], 0.005, 0.1,
                                 "is not in 0.005 .. 0.1 Hz", &parser->recipe->drift_hz);
            continue;
        }
        recipe_reader_fault(&parser->reader, item.whole, "scene-option",
                            "only a drift may follow the width");
        diagnostics_hint(parser->reader.list, "write width: 0.7, drift 0.03 Hz");
    }
}

static void take_scene(struct parser *parser, struct text key, struct text value)
{
    if (parser->has_scene)
        recipe_reader_fault_word(&parser->reader, key, "scene-duplicate", "was given before");
    parser->has_scene = true;
    take_name(parser, text_trim(value), parser->recipe->name);
}

static void take_summary(struct parser *parser, struct text key, struct text value)
{
    value = text_trim(value);
    if (parser->has_summary)
        recipe_reader_fault_word(&parser->reader, key, "scene-duplicate", "was given before");
    parser->has_summary = true;
    if (value.size == 0 || value.size > RECIPE_SUMMARY_MAX) {
        recipe_reader_fault(&parser->reader, key, "scene-summary",
                            "a summary is one line of 1 to 100 bytes");
        return;
    }
    memcpy(parser->recipe->summary, value.data, value.size);
}

static void take_line(struct parser *parser)
{
    struct text line = text_trim(parser->reader.line);
    if (line.size == 0 || text_starts_with(line, TEXT("//")))
        return;
    size_t colon = text_find(line, ':');
    struct text key = text_head(line, colon), value = text_skip(line, colon + 1);
    struct recipe_item words = recipe_item_split(key);
    if (colon == line.size) {
        recipe_reader_fault(&parser->reader, line, "scene-key", "a line is \"key: value\"");
    } else if (words.count == 1 && text_equal_c(words.words[0], "scene")) {
        take_scene(parser, words.words[0], value);
    } else if (words.count == 1 && text_equal_c(words.words[0], "summary")) {
        take_summary(parser, words.words[0], value);
    } else if (words.count == 2 && text_equal_c(words.words[0], "layer")) {
        take_layer(parser, words.words[1], value);
    } else if (words.count == 1 && text_equal_c(words.words[0], "layer")) {
        recipe_reader_fault(&parser->reader, line, "scene-name", "a layer needs a name");
        diagnostics_hint(parser->reader.list, "write layer surf: pink, lowpass 900");
    } else if (words.count == 1 && text_equal_c(words.words[0], "width")) {
        take_width(parser, words.words[0], value);
    } else {
        static const char *const keys[] = {"scene", "summary", "layer", "width"};
        recipe_reader_fault_word(&parser->reader, words.whole, "scene-key",
                                 "is not a key of a scene");
        recipe_reader_hint_nearest(&parser->reader, words.words[0], keys, 4,
                                   "keys are scene, summary, layer NAME and width");
    }
}

// Strict UTF-8 without control characters; the first fault of a line is enough.
static bool check_characters(struct parser *parser)
{
    for (size_t at = 0; at < parser->reader.line.size;) {
        size_t start = at;
        uint32_t character;
        if (!text_next(parser->reader.line, &at, &character)) {
            recipe_reader_fault(&parser->reader, text_skip(parser->reader.line, start),
                                "scene-encoding", "this is not UTF-8");
            return false;
        }
        if (unicode_is_control(character) && character != '\t') {
            recipe_reader_fault(&parser->reader, text_skip(parser->reader.line, start),
                                "scene-encoding", "control characters are not allowed");
            return false;
        }
    }
    return true;
}

static void take_lines(struct parser *parser, struct text data)
{
    if (text_starts_with(data, TEXT("\xEF\xBB\xBF")))
        data = text_skip(data, 3);
    while (data.size > 0) {
        size_t size = text_find(data, '\n');
        parser->reader.line = text_head(data, size);
        parser->reader.line_number++;
        data = text_skip(data, size + 1);
        if (parser->reader.line.size > 0 &&
            parser->reader.line.data[parser->reader.line.size - 1] == '\r')
            parser->reader.line.size--;
        if (parser->reader.line.size > RECIPE_LINE_MAX)
            recipe_reader_fault(&parser->reader, parser->reader.line, "scene-size",
                                "the line has more than 1024 bytes");
        else if (check_characters(parser))
            take_line(parser);
    }
}

static void check_whole(struct parser *parser)
{
    if (!parser->has_scene) {
        diagnostics_add(parser->reader.list, SEVERITY_ERROR, "scene-missing", 1, 1,
                        "the scene has no name");
        diagnostics_hint(parser->reader.list, "begin with scene: NAME");
    }
    if (parser->recipe->layer_count == 0) {
        diagnostics_add(parser->reader.list, SEVERITY_ERROR, "scene-missing", 1, 1,
                        "the scene has no layer");
        diagnostics_hint(parser->reader.list, "add a line such as layer bed: pink, lowpass 1200");
    }
}

enum status scene_recipe_parse(struct scene_recipe **out, struct text data,
                               struct diagnostics *list, struct error *error)
{
    struct scene_recipe *recipe = calloc(1, sizeof *recipe);
    if (!recipe)
        return error_no_memory(error);
    recipe->width = RECIPE_WIDTH_DEFAULT;
    struct parser parser = {.reader = {.list = list}, .recipe = recipe};
    if (data.size > SCENE_FILE_MAX)
        diagnostics_add(list, SEVERITY_ERROR, "scene-size", 1, 1, "the file has more than %d bytes",
                        SCENE_FILE_MAX);
    else
        take_lines(&parser, data);
    if (list->errors == 0)
        check_whole(&parser);
    diagnostics_sort(list);
    if (!list->failed && list->errors == 0) {
        *out = recipe;
        return STATUS_OK;
    }
    scene_recipe_free(recipe);
    if (list->failed)
        return error_no_memory(error);
    return error_set_at(error, STATUS_BAD_INPUT, list->file ? list->file : "", list->items[0].line,
                        list->items[0].column, "the scene has faults");
}
