// The parser of scene recipes: one line, one "key: value"; values are comma-separated options, each a
// few words. Every fault is reported with its column and parsing goes on. docs/scenes.md is the
// language's reference.
#include "recipe.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 6, OPTIONS_MAX = 16 };

// One comma-separated piece of a value; the words point into the parser's line.
struct item {
    struct text words[WORDS_MAX];
    size_t count; // WORDS_MAX + 1 when there are more
    struct text whole;
};

struct parser {
    struct diagnostics *list;
    struct scene_recipe *recipe;
    struct text line;
    int line_number;
    bool has_scene, has_width;
};

static void fault(struct parser *parser, struct text at, const char *rule, const char *message)
{
    struct text before = text_head(parser->line, (size_t)(at.data - parser->line.data));
    diagnostics_add(parser->list, SEVERITY_ERROR, rule, parser->line_number,
                    1 + (int)text_length(before), "%s", message);
}

static void fault_word(struct parser *parser, struct text at, const char *rule, const char *message)
{
    char text[256];
    struct buffer line = BUFFER_INIT;
    buffer_printf(&line, "\"%.*s\" %s", TEXT_ARG(text_head(at, 60)), message);
    struct text whole = text_head(buffer_text(&line), sizeof text - 1);
    if (whole.size > 0)
        memcpy(text, whole.data, whole.size);
    text[whole.size] = '\0';
    buffer_free(&line);
    fault(parser, at, rule, text);
}

// ---- Words and numbers --------------------------------------------------------------------------

static struct item item_split(struct text whole)
{
    struct item item = {.whole = text_trim(whole)};
    for (struct text rest = item.whole; rest.size > 0;) {
        size_t size = 0;
        while (size < rest.size && rest.data[size] != ' ' && rest.data[size] != '\t')
            size++;
        if (item.count < WORDS_MAX)
            item.words[item.count] = text_head(rest, size);
        item.count += item.count <= WORDS_MAX;
        rest = text_trim(text_skip(rest, size));
    }
    return item;
}

// A decimal of at most three places, with a sign; faults are reported.
static bool number(struct parser *parser, struct text word, double least, double most,
                   const char *range, double *value)
{
    bool negative = text_starts_with(word, TEXT("-"));
    int64_t thousandths;
    if (!decimal_parse(text_skip(word, negative), &thousandths)) {
        fault_word(parser, word, "scene-number", "is not a number");
        return false;
    }
    *value = (double)(negative ? -thousandths : thousandths) / 1000;
    if (*value >= least && *value <= most)
        return true;
    fault_word(parser, word, "scene-range", range);
    return false;
}

static bool hertz(struct parser *parser, struct text word, double *value)
{
    return number(parser, word, RECIPE_HZ_LEAST, RECIPE_HZ_MOST, "is not in 20 .. 20000 Hz", value);
}

// The view before ".." and behind it; false when there is no "..".
static bool split_range(struct text word, struct text *low, struct text *high)
{
    for (size_t at = 0; at + 1 < word.size; at++) {
        if (word.data[at] == '.' && word.data[at + 1] == '.') {
            *low = text_head(word, at);
            *high = text_skip(word, at + 2);
            return true;
        }
    }
    return false;
}

static bool duration(struct parser *parser, struct text word, int64_t *frames)
{
    if (duration_parse(word, frames))
        return true;
    fault_word(parser, word, "scene-number", "is not a duration such as 9s or 0.8s");
    return false;
}

// ---- Options of a layer -------------------------------------------------------------------------
// Each sees an item whose word count the table has checked, and false means that it reported a
// fault.

static bool take_highpass(struct parser *parser, const struct item *item,
                          struct recipe_layer *layer)
{
    return number(parser, item->words[1], RECIPE_HIGHPASS_LEAST, RECIPE_HZ_MOST,
                  "is not in 40 .. 20000 Hz", &layer->highpass_hz);
}

static bool take_lowpass(struct parser *parser, const struct item *item, struct recipe_layer *layer)
{
    struct text low = item->words[1], high = low;
    bool swings = split_range(item->words[1], &low, &high);
    if (!hertz(parser, low, &layer->lowpass_hz[0]) || !hertz(parser, high, &layer->lowpass_hz[1]))
        return false;
    if (swings != (item->count == 4)) {
        fault(parser, item->whole, "scene-option",
              swings ? "a range of corners needs \"by swell\""
                     : "\"by swell\" needs a range of corners such as 900..2400");
        return false;
    }
    if (swings && layer->lowpass_hz[1] <= layer->lowpass_hz[0]) {
        fault_word(parser, item->words[1], "scene-range", "does not rise");
        return false;
    }
    return true;
}

static bool take_bandpass(struct parser *parser, const struct item *item,
                          struct recipe_layer *layer)
{
    double centre;
    if (!number(parser, item->words[1], 2 * RECIPE_HIGHPASS_LEAST, RECIPE_HZ_MOST / 2,
                "is not in 80 .. 10000 Hz", &centre))
        return false;
    double half = item->count == 3 ? 2 : 1.41421356237309505; // wide: four to one, else two to one
    layer->highpass_hz = centre / half;
    layer->lowpass_hz[0] = layer->lowpass_hz[1] = centre * half;
    return true;
}

static bool take_level(struct parser *parser, const struct item *item, struct recipe_layer *layer)
{
    return number(parser, item->words[1], -60, 0, "is not in -60 .. 0 dB", &layer->level_db);
}

static bool take_follow(struct parser *parser, const struct item *item, struct recipe_layer *layer)
{
    return number(parser, item->words[2], 0, RECIPE_BREATH_DB_MOST, "is not in 0 .. 8 dB",
                  &layer->breath_db);
}

static bool take_delay(struct parser *parser, const struct item *item, struct recipe_layer *layer)
{
    if (!duration(parser, item->words[1], &layer->delay_frames))
        return false;
    if (layer->delay_frames <= RECIPE_DELAY_MOST)
        return true;
    fault_word(parser, item->words[1], "scene-range", "is over 5s");
    return false;
}

// "swell A..B N dB", the period range in `range`.
static bool take_swell(struct parser *parser, struct text range, struct text depth,
                       struct recipe_layer *layer)
{
    struct text low, high;
    if (!split_range(range, &low, &high)) {
        fault_word(parser, range, "scene-number", "is not a range of periods such as 9s..13s");
        return false;
    }
    if (!duration(parser, low, &layer->free_frames[0]) ||
        !duration(parser, high, &layer->free_frames[1]))
        return false;
    if (layer->free_frames[0] < RECIPE_PERIOD_LEAST || layer->free_frames[1] > RECIPE_PERIOD_MOST ||
        layer->free_frames[1] < layer->free_frames[0]) {
        fault_word(parser, range, "scene-range", "is not a rising range in 4s .. 60s");
        return false;
    }
    return number(parser, depth, 0, RECIPE_FREE_DB_MOST, "is not in 0 .. 6 dB", &layer->free_db);
}

static bool take_free(struct parser *parser, const struct item *item, struct recipe_layer *layer)
{
    return take_swell(parser, item->words[1], item->words[2], layer);
}

static bool take_else(struct parser *parser, const struct item *item, struct recipe_layer *layer)
{
    return take_swell(parser, item->words[2], item->words[3], layer);
}

// A form is the option's words: "#" stands for a value, a word in brackets may be left out together
// with all that follow it.
struct option {
    const char *form[WORDS_MAX];
    size_t least, most;  // words
    const char *example; // for the hint
    unsigned sets;       // bits of what it sets, to find contradictions
    bool (*take)(struct parser *, const struct item *, struct recipe_layer *);
};

enum {
    SETS_HIGHPASS = 1,
    SETS_LOWPASS = 2,
    SETS_LEVEL = 4,
    SETS_BREATH = 8,
    SETS_FREE = 16,
    SETS_DELAY = 32
};

static const struct option options[] = {
    {{"lowpass", "#", "by", "swell"},
     2,
     4,
     "lowpass 900, or lowpass 900..2400 by swell",
     SETS_LOWPASS,
     take_lowpass},
    {{"highpass", "#"}, 2, 2, "highpass 60", SETS_HIGHPASS, take_highpass},
    {{"bandpass", "#", "wide"},
     2,
     3,
     "bandpass 3500, or bandpass 3500 wide",
     SETS_HIGHPASS | SETS_LOWPASS,
     take_bandpass},
    {{"level", "#", "dB"}, 3, 3, "level -14 dB", SETS_LEVEL, take_level},
    {{"follow", "breath", "#", "dB"}, 4, 4, "follow breath 7 dB", SETS_BREATH, take_follow},
    {{"else", "swell", "#", "#", "dB"}, 5, 5, "else swell 9s..13s 3 dB", SETS_FREE, take_else},
    {{"swell", "#", "#", "dB"}, 4, 4, "swell 9s..13s 3 dB", SETS_FREE, take_free},
    {{"delay", "#"}, 2, 2, "delay 0.8s", SETS_DELAY, take_delay},
};
enum { OPTION_COUNT = sizeof options / sizeof *options };

static bool fits(const struct option *option, const struct item *item)
{
    if (item->count != option->least && item->count != option->most)
        return false;
    for (size_t i = 0; i < item->count; i++)
        if (strcmp(option->form[i], "#") != 0 && !text_equal_c(item->words[i], option->form[i]))
            return false;
    return true;
}

static void hint_nearest(struct parser *parser, struct text word, const char *const *names,
                         size_t count, const char *all)
{
    const char *nearest = text_nearest(word, names, count);
    if (nearest)
        diagnostics_hint(parser->list, "did you mean \"%s\"?", nearest);
    else
        diagnostics_hint(parser->list, "%s", all);
}

static const struct option *find_option(struct parser *parser, const struct item *item)
{
    const char *names[OPTION_COUNT];
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        names[i] = options[i].form[0];
        if (!text_equal_c(item->words[0], names[i]))
            continue;
        if (fits(&options[i], item))
            return &options[i];
        fault_word(parser, item->whole, "scene-option", "is not complete, or has words too many");
        diagnostics_hint(parser->list, "write %s", options[i].example);
        return NULL;
    }
    fault_word(parser, item->words[0], "scene-option", "is not an option of a layer");
    hint_nearest(parser, item->words[0], names, OPTION_COUNT,
                 "options are lowpass, highpass, bandpass, level, follow breath, swell, else swell "
                 "and delay");
    return NULL;
}

static void take_option(struct parser *parser, const struct item *item, struct recipe_layer *layer,
                        unsigned *set)
{
    const struct option *option = find_option(parser, item);
    if (!option)
        return;
    if (*set & option->sets) {
        fault_word(parser, item->words[0], "scene-duplicate",
                   "was already set by an earlier option");
        return;
    }
    *set |= option->sets;
    option->take(parser, item, layer);
}

// ---- Lines --------------------------------------------------------------------------------------

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
        fault_word(parser, name, "scene-name", "is not a name: 1 to 32 of a-z, 0-9 and \"-\"");
        return false;
    }
    memcpy(memory, name.data, name.size);
    memory[name.size] = '\0';
    return true;
}

// The next comma-separated item of *rest; false after the last one.
static bool next_item(struct text *rest, struct item *item)
{
    if (!rest->data)
        return false;
    size_t size = text_find(*rest, ',');
    *item = item_split(text_head(*rest, size));
    *rest = size < rest->size ? text_skip(*rest, size + 1) : (struct text){NULL, 0};
    return true;
}

static void take_colour(struct parser *parser, const struct item *item, struct recipe_layer *layer)
{
    static const char *const names[] = {
        [NOISE_WHITE] = "white", [NOISE_PINK] = "pink", [NOISE_BROWN] = "brown"};
    for (int i = NOISE_WHITE; i <= NOISE_BROWN; i++) {
        if (text_equal_c(item->whole, names[i])) {
            layer->colour = (enum noise_colour)i;
            return;
        }
    }
    fault_word(parser, item->whole, "scene-kind", "is not a kind of layer");
    hint_nearest(parser, item->whole, names, 3, "kinds are white, pink and brown");
}

// What can only be judged when all options of the layer are known.
static void check_layer(struct parser *parser, struct text name, const struct recipe_layer *layer,
                        unsigned set)
{
    bool swings = layer->lowpass_hz[1] > layer->lowpass_hz[0];
    if (swings && layer->breath_db <= 0 && layer->free_db <= 0) {
        fault(parser, name, "scene-swell", "\"by swell\" needs a swell to go by");
        diagnostics_hint(parser->list, "add follow breath 7 dB, or swell 9s..13s 3 dB");
    }
    if (layer->delay_frames > 0 && !(set & (SETS_BREATH | SETS_FREE)))
        fault(parser, name, "scene-swell", "there is no swell to delay");
    double rise_s = seconds_from_frames(layer->free_frames[0]) / 2;
    if (layer->free_db > 0 && layer->free_db * 1.5708 > RECIPE_FREE_SLOPE_MOST * rise_s)
        fault(parser, name, "scene-slope", "the free swell is steeper than 2 dB a second");
}

static void take_layer(struct parser *parser, struct text name, struct text value)
{
    struct scene_recipe *recipe = parser->recipe;
    struct recipe_layer layer = {.highpass_hz = RECIPE_HIGHPASS_DEFAULT};
    if (recipe->layer_count == RECIPE_LAYERS_MAX) {
        fault(parser, name, "scene-layers", "a scene has at most 8 layers");
        return;
    }
    if (!take_name(parser, name, layer.name))
        return;
    for (int i = 0; i < recipe->layer_count; i++)
        if (strcmp(recipe->layers[i].name, layer.name) == 0)
            fault_word(parser, name, "scene-duplicate", "is the name of an earlier layer");
    struct item item;
    unsigned set = 0;
    for (bool first = true; next_item(&value, &item); first = false) {
        if (item.count == 0)
            fault(parser, item.whole, "scene-option", "something is missing between the commas");
        else if (first)
            take_colour(parser, &item, &layer);
        else
            take_option(parser, &item, &layer, &set);
    }
    check_layer(parser, name, &layer, set);
    recipe->layers[recipe->layer_count++] = layer;
}

// "0.7" or "0.7, drift 0.03 Hz"
static void take_width(struct parser *parser, struct text key, struct text value)
{
    if (parser->has_width)
        fault_word(parser, key, "scene-duplicate", "was given before");
    parser->has_width = true;
    struct item item;
    next_item(&value, &item);
    if (item.count == 1)
        number(parser, item.words[0], 0, 1, "is not in 0 .. 1", &parser->recipe->width);
    else
        fault(parser, item.whole, "scene-number", "the width is one number in 0 .. 1");
    while (next_item(&value, &item)) {
        if (item.count == 3 && text_equal_c(item.words[0], "drift") &&
            text_equal_c(item.words[2], "Hz")) {
            number(parser, item.words[1], 0.005, 0.1, "is not in 0.005 .. 0.1 Hz",
                   &parser->recipe->drift_hz);
            continue;
        }
        fault(parser, item.whole, "scene-option", "only a drift may follow the width");
        diagnostics_hint(parser->list, "write width: 0.7, drift 0.03 Hz");
    }
}

static void take_scene(struct parser *parser, struct text key, struct text value)
{
    if (parser->has_scene)
        fault_word(parser, key, "scene-duplicate", "was given before");
    parser->has_scene = true;
    take_name(parser, text_trim(value), parser->recipe->name);
}

static void take_line(struct parser *parser)
{
    struct text line = text_trim(parser->line);
    if (line.size == 0 || text_starts_with(line, TEXT("//")))
        return;
    size_t colon = text_find(line, ':');
    struct text key = text_head(line, colon), value = text_skip(line, colon + 1);
    struct item words = item_split(key);
    if (colon == line.size) {
        fault(parser, line, "scene-key", "a line is \"key: value\"");
    } else if (words.count == 1 && text_equal_c(words.words[0], "scene")) {
        take_scene(parser, words.words[0], value);
    } else if (words.count == 2 && text_equal_c(words.words[0], "layer")) {
        take_layer(parser, words.words[1], value);
    } else if (words.count == 1 && text_equal_c(words.words[0], "width")) {
        take_width(parser, words.words[0], value);
    } else {
        static const char *const keys[] = {"scene", "layer", "width"};
        fault_word(parser, words.whole, "scene-key", "is not a key of a scene");
        hint_nearest(parser, words.words[0], keys, 3, "keys are scene, layer NAME and width");
    }
}

// Strict UTF-8 without control characters; the first fault of a line is enough.
static bool check_characters(struct parser *parser)
{
    for (size_t at = 0; at < parser->line.size;) {
        size_t start = at;
        uint32_t character;
        if (!text_next(parser->line, &at, &character)) {
            fault(parser, text_skip(parser->line, start), "scene-encoding", "this is not UTF-8");
            return false;
        }
        if ((character < 32 && character != '\t') || (character >= 127 && character < 160)) {
            fault(parser, text_skip(parser->line, start), "scene-encoding",
                  "control characters are not allowed");
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
        parser->line = text_head(data, size);
        parser->line_number++;
        data = text_skip(data, size + 1);
        if (parser->line.size > 0 && parser->line.data[parser->line.size - 1] == '\r')
            parser->line.size--;
        if (parser->line.size > RECIPE_LINE_MAX)
            fault(parser, parser->line, "scene-size", "the line has more than 1024 bytes");
        else if (check_characters(parser))
            take_line(parser);
    }
}

static void check_whole(struct parser *parser)
{
    if (!parser->has_scene) {
        diagnostics_add(parser->list, SEVERITY_ERROR, "scene-missing", 1, 1,
                        "the scene has no name");
        diagnostics_hint(parser->list, "begin with scene: NAME");
    }
    if (parser->recipe->layer_count == 0) {
        diagnostics_add(parser->list, SEVERITY_ERROR, "scene-missing", 1, 1,
                        "the scene has no layer");
        diagnostics_hint(parser->list, "add a line such as layer bed: pink, lowpass 1200");
    }
}

enum status scene_recipe_parse(struct scene_recipe **out, struct text data,
                               struct diagnostics *list, struct error *error)
{
    struct scene_recipe *recipe = calloc(1, sizeof *recipe);
    if (!recipe)
        return error_no_memory(error);
    recipe->width = RECIPE_WIDTH_DEFAULT;
    struct parser parser = {.list = list, .recipe = recipe};
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
