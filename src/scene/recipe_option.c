// SPDX-License-Identifier: GPL-3.0-or-later
// One row for each option says which kinds of layer take it, and how it is read.
#include "recipe_option.h"

#include <string.h>

static bool hertz(struct recipe_reader *reader, struct text word, double *value)
{
    return recipe_reader_number(reader, word, RECIPE_HZ_LEAST, RECIPE_HZ_MOST,
                                "is not in 20 .. 20000 Hz", value);
}

// Each take_* sees an item whose words fit the table's form, and reports what is wrong with its
// values.

static void take_highpass(struct recipe_reader *reader, const struct recipe_item *item,
                          struct recipe_layer *layer)
{
    recipe_reader_number(reader, item->words[1], RECIPE_HIGHPASS_LEAST, RECIPE_HZ_MOST,
                         "is not in 40 .. 20000 Hz", &layer->highpass_hz);
}

static void take_lowpass(struct recipe_reader *reader, const struct recipe_item *item,
                         struct recipe_layer *layer)
{
    struct text low = item->words[1], high = low;
    bool swings = recipe_range_split(item->words[1], &low, &high);
    if (!hertz(reader, low, &layer->lowpass_hz[0]) || !hertz(reader, high, &layer->lowpass_hz[1]))
        return;
    if (swings != (item->count == 4)) {
        recipe_reader_fault(reader, item->whole, "scene-option",
                            swings ? "a range of corners needs \"by swell\""
                                   : "\"by swell\" needs a range of corners such as 900..2400");
        return;
    }
    if (swings && layer->lowpass_hz[1] <= layer->lowpass_hz[0])
        recipe_reader_fault_word(reader, item->words[1], "scene-range", "does not rise");
}

static void take_bandpass(struct recipe_reader *reader, const struct recipe_item *item,
                          struct recipe_layer *layer)
{
    double centre;
    if (!recipe_reader_number(reader, item->words[1], 2 * RECIPE_HIGHPASS_LEAST, RECIPE_HZ_MOST / 2,
                              "is not in 80 .. 10000 Hz", &centre))
        return;
    double half = item->count == 3 ? 2 : 1.41421356237309505; // wide: four to one, else two to one
    layer->highpass_hz = centre / half;
    layer->lowpass_hz[0] = layer->lowpass_hz[1] = centre * half;
}

static void take_level(struct recipe_reader *reader, const struct recipe_item *item,
                       struct recipe_layer *layer)
{
    recipe_reader_number(reader, item->words[1], -60, 0, "is not in -60 .. 0 dB", &layer->level_db);
}

static void take_follow(struct recipe_reader *reader, const struct recipe_item *item,
                        struct recipe_layer *layer)
{
    recipe_reader_number(reader, item->words[2], 0, RECIPE_BREATH_DB_MOST, "is not in 0 .. 8 dB",
                         &layer->breath_db);
}

static void take_delay(struct recipe_reader *reader, const struct recipe_item *item,
                       struct recipe_layer *layer)
{
    if (!recipe_reader_duration(reader, item->words[1], &layer->delay_frames))
        return;
    if (layer->delay_frames > RECIPE_DELAY_MOST)
        recipe_reader_fault_word(reader, item->words[1], "scene-range", "is over 5s");
}

static void take_rate(struct recipe_reader *reader, const struct recipe_item *item,
                      struct recipe_layer *layer)
{
    recipe_reader_number(reader, item->words[1], 0.1, 40, "is not in 0.1 .. 40 drops a second",
                         &layer->grains.rate);
}

static void take_pitch(struct recipe_reader *reader, const struct recipe_item *item,
                       struct recipe_layer *layer)
{
    static const char range[] = "is not in 80 .. 4000 Hz";
    struct text low, high;
    double *hz = layer->grains.pitch_hz;
    if (!recipe_range_split(item->words[1], &low, &high)) {
        recipe_reader_fault_word(reader, item->words[1], "scene-number",
                                 "is not a range of pitches such as 400..1200");
        return;
    }
    if (recipe_reader_number(reader, low, 80, 4000, range, &hz[0]) &&
        recipe_reader_number(reader, high, 80, 4000, range, &hz[1]) && hz[1] < hz[0])
        recipe_reader_fault_word(reader, item->words[1], "scene-range", "does not rise");
}

static void take_time(struct recipe_reader *reader, struct text word, const int64_t bounds[2],
                      const char *range, int64_t *frames)
{
    if (recipe_reader_duration(reader, word, frames) &&
        (*frames < bounds[0] || *frames > bounds[1]))
        recipe_reader_fault_word(reader, word, "scene-range", range);
}

static void take_attack(struct recipe_reader *reader, const struct recipe_item *item,
                        struct recipe_layer *layer)
{
    const int64_t bounds[] = {RECIPE_ATTACK_LEAST, RECIPE_ATTACK_MOST};
    take_time(reader, item->words[1], bounds, "is not in 20ms .. 1s", &layer->grains.attack_frames);
}

static void take_decay(struct recipe_reader *reader, const struct recipe_item *item,
                       struct recipe_layer *layer)
{
    const int64_t bounds[] = {RECIPE_DECAY_LEAST, RECIPE_DECAY_MOST};
    take_time(reader, item->words[1], bounds, "is not in 40ms .. 3s", &layer->grains.decay_frames);
}

static void take_beat(struct recipe_reader *reader, const struct recipe_item *item,
                      struct recipe_layer *layer)
{
    recipe_reader_number(reader, item->words[1], 0.01, 0.3, "is not in 0.01 .. 0.3 Hz",
                         &layer->chord.beat_hz);
}

static void take_move(struct recipe_reader *reader, const struct recipe_item *item,
                      struct recipe_layer *layer)
{
    const int64_t bounds[] = {RECIPE_MOVE_LEAST, RECIPE_MOVE_MOST};
    take_time(reader, item->words[1], bounds, "is not in 10s .. 2m", &layer->chord.move_frames);
}

static void take_crossfade(struct recipe_reader *reader, const struct recipe_item *item,
                           struct recipe_layer *layer)
{
    const int64_t bounds[] = {RECORDING_FADE_LEAST, RECORDING_FADE_MOST};
    take_time(reader, item->words[1], bounds, "is not in 0.5s .. 10s", &layer->file.fade_frames);
}

// "swell A..B N dB", the period range in `range`.
static void take_swell(struct recipe_reader *reader, struct text range, struct text depth,
                       struct recipe_layer *layer)
{
    struct text low, high;
    if (!recipe_range_split(range, &low, &high)) {
        recipe_reader_fault_word(reader, range, "scene-number",
                                 "is not a range of periods such as 9s..13s");
        return;
    }
    if (!recipe_reader_duration(reader, low, &layer->free_frames[0]) ||
        !recipe_reader_duration(reader, high, &layer->free_frames[1]))
        return;
    if (layer->free_frames[0] < RECIPE_PERIOD_LEAST || layer->free_frames[1] > RECIPE_PERIOD_MOST ||
        layer->free_frames[1] < layer->free_frames[0]) {
        recipe_reader_fault_word(reader, range, "scene-range",
                                 "is not a rising range in 4s .. 60s");
        return;
    }
    recipe_reader_number(reader, depth, 0, RECIPE_FREE_DB_MOST, "is not in 0 .. 6 dB",
                         &layer->free_db);
}

static void take_free(struct recipe_reader *reader, const struct recipe_item *item,
                      struct recipe_layer *layer)
{
    take_swell(reader, item->words[1], item->words[2], layer);
}

static void take_else(struct recipe_reader *reader, const struct recipe_item *item,
                      struct recipe_layer *layer)
{
    take_swell(reader, item->words[2], item->words[3], layer);
}

// A form is the option's words: "#" stands for a value, a word in brackets may be left out together
// with all that follow it.
struct option {
    const char *form[RECIPE_WORDS_MAX];
    size_t least, most;  // words
    const char *example; // for the hint
    unsigned sets;       // bits of what it sets, to find contradictions
    unsigned kinds;      // bits of the kinds of layer that take it
    void (*take)(struct recipe_reader *, const struct recipe_item *, struct recipe_layer *);
};

enum {
    GRAINS = 1 << RECIPE_GRAINS,
    CHORD = 1 << RECIPE_CHORD,
    RECORDING = 1 << RECIPE_RECORDING,
    ANY = GRAINS | CHORD | RECORDING | 1 << RECIPE_NOISE
};

static const struct option options[] = {
    {{"lowpass", "#", "by", "swell"},
     2,
     4,
     "lowpass 900, or lowpass 900..2400 by swell",
     RECIPE_SETS_LOWPASS,
     ANY,
     take_lowpass},
    {{"highpass", "#"}, 2, 2, "highpass 60", RECIPE_SETS_HIGHPASS, ANY, take_highpass},
    {{"bandpass", "#", "wide"},
     2,
     3,
     "bandpass 3500, or bandpass 3500 wide",
     RECIPE_SETS_HIGHPASS | RECIPE_SETS_LOWPASS,
     ANY,
     take_bandpass},
    {{"level", "#", "dB"}, 3, 3, "level -14 dB", RECIPE_SETS_LEVEL, ANY, take_level},
    {{"follow", "breath", "#", "dB"},
     4,
     4,
     "follow breath 7 dB",
     RECIPE_SETS_BREATH,
     ANY,
     take_follow},
    {{"else", "swell", "#", "#", "dB"},
     5,
     5,
     "else swell 9s..13s 3 dB",
     RECIPE_SETS_FREE,
     ANY,
     take_else},
    {{"swell", "#", "#", "dB"}, 4, 4, "swell 9s..13s 3 dB", RECIPE_SETS_FREE, ANY, take_free},
    {{"delay", "#"}, 2, 2, "delay 0.8s", RECIPE_SETS_DELAY, ANY, take_delay},
    {{"rate", "#"}, 2, 2, "rate 4", RECIPE_SETS_RATE, GRAINS, take_rate},
    {{"pitch", "#"}, 2, 2, "pitch 400..1200", RECIPE_SETS_PITCH, GRAINS, take_pitch},
    {{"attack", "#"}, 2, 2, "attack 25ms", RECIPE_SETS_ATTACK, GRAINS, take_attack},
    {{"decay", "#"}, 2, 2, "decay 200ms", RECIPE_SETS_DECAY, GRAINS, take_decay},
    {{"beat", "#", "Hz"}, 3, 3, "beat 0.08 Hz", RECIPE_SETS_BEAT, CHORD, take_beat},
    {{"move", "#"}, 2, 2, "move 20s", RECIPE_SETS_MOVE, CHORD, take_move},
    {{"crossfade", "#"}, 2, 2, "crossfade 2s", RECIPE_SETS_FADE, RECORDING, take_crossfade},
};
enum { OPTION_COUNT = sizeof options / sizeof *options };

static bool fits(const struct option *option, const struct recipe_item *item)
{
    if (item->count != option->least && item->count != option->most)
        return false;
    for (size_t i = 0; i < item->count; i++)
        if (strcmp(option->form[i], "#") != 0 && !text_equal_c(item->words[i], option->form[i]))
            return false;
    return true;
}

static const struct option *find_option(struct recipe_reader *reader,
                                        const struct recipe_item *item)
{
    const char *names[OPTION_COUNT];
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        names[i] = options[i].form[0];
        if (!text_equal_c(item->words[0], names[i]))
            continue;
        if (fits(&options[i], item))
            return &options[i];
        recipe_reader_fault_word(reader, item->whole, "scene-option",
                                 "is not complete, or has words too many");
        diagnostics_hint(reader->list, "write %s", options[i].example);
        return NULL;
    }
    recipe_reader_fault_word(reader, item->words[0], "scene-option", "is not an option of a layer");
    recipe_reader_hint_nearest(
        reader, item->words[0], names, OPTION_COUNT,
        "options are lowpass, highpass, bandpass, level, follow breath, swell, else swell and "
        "delay; of grains also rate, pitch, attack and decay; of tones and chords beat and move; "
        "of a file "
        "crossfade");
    return NULL;
}

void recipe_option_take(struct recipe_reader *reader, const struct recipe_item *item,
                        struct recipe_layer *layer, unsigned *set)
{
    const struct option *option = find_option(reader, item);
    if (!option)
        return;
    if (!(option->kinds & 1U << layer->kind)) {
        recipe_reader_fault_word(reader, item->words[0], "scene-option",
                                 option->kinds == GRAINS  ? "is an option of grains only"
                                 : option->kinds == CHORD ? "is an option of tones and chords only"
                                                          : "is an option of a file only");
        return;
    }
    if (*set & option->sets) {
        recipe_reader_fault_word(reader, item->words[0], "scene-duplicate",
                                 "was already set by an earlier option");
        return;
    }
    *set |= option->sets;
    option->take(reader, item, layer);
}
