// SPDX-License-Identifier: GPL-3.0-or-later
// One row for each kind of layer says which words follow it.
#include "recipe_kind.h"

#include "curve.h"
#include <string.h>

#define TONE_HZ_LEAST 50
#define TONE_HZ_MOST 2000

static void take_noise(struct recipe_reader *reader, const struct recipe_item *item,
                       struct recipe_layer *layer, enum noise_colour colour)
{
    layer->kind = RECIPE_NOISE;
    layer->colour = colour;
    if (item->count > 1)
        recipe_reader_fault_word(reader, item->words[1], "scene-kind",
                                 "is too much: a comma comes before an option");
}

static void take_white(struct recipe_reader *reader, const struct recipe_item *item,
                       struct recipe_layer *layer)
{
    take_noise(reader, item, layer, NOISE_WHITE);
}

static void take_pink(struct recipe_reader *reader, const struct recipe_item *item,
                      struct recipe_layer *layer)
{
    take_noise(reader, item, layer, NOISE_PINK);
}

static void take_brown(struct recipe_reader *reader, const struct recipe_item *item,
                       struct recipe_layer *layer)
{
    take_noise(reader, item, layer, NOISE_BROWN);
}

static void take_grains(struct recipe_reader *reader, const struct recipe_item *item,
                        struct recipe_layer *layer)
{
    take_noise(reader, item, layer, NOISE_WHITE); // no words may follow here either
    layer->kind = RECIPE_GRAINS;
    layer->grains = (struct recipe_grains){.rate = 4,
                                           .pitch_hz = {400, 1200},
                                           .attack_frames = frames_from_ms(25),
                                           .decay_frames = frames_from_ms(200)};
}

// "A2", "C#4", "Bb3": equal temperament, A4 = 440 Hz. 0: not a note.
static double note_hz(struct text word)
{
    static const int semitones['G' - 'A' + 1] = {9, 11, 0, 2, 4, 5, 7};
    if (word.size < 2 || word.size > 3 || word.data[0] < 'A' || word.data[0] > 'G')
        return 0;
    char sign = word.size == 3 ? word.data[1] : ' ', octave = word.data[word.size - 1];
    if ((sign != ' ' && sign != '#' && sign != 'b') || octave < '1' || octave > '6')
        return 0;
    int semitone = semitones[word.data[0] - 'A'] + (sign == '#') - (sign == 'b');
    return 440 * curve_exp2((octave - '4') + (semitone - 9) / 12.0);
}

static double read_note(struct recipe_reader *reader, struct text word)
{
    double hz = note_hz(word);
    if (hz <= 0)
        recipe_reader_fault_word(reader, word, "scene-number",
                                 "is not a note such as A2, C#4 or Bb3");
    return hz;
}

static double read_tone(struct recipe_reader *reader, struct text word)
{
    double hz = 0;
    recipe_reader_number(reader, word, TONE_HZ_LEAST, TONE_HZ_MOST, "is not in 50 .. 2000 Hz", &hz);
    return hz;
}

// Both begin with the lowest: it is the one to which the others are weighted.
static void take_notes(struct recipe_reader *reader, const struct recipe_item *item,
                       struct recipe_layer *layer,
                       double (*read)(struct recipe_reader *, struct text))
{
    struct recipe_chord *chord = &layer->chord;
    layer->kind = RECIPE_CHORD;
    *chord = (struct recipe_chord){.beat_hz = 0.08, .move_frames = (int64_t)20 * FRAME_RATE};
    if (item->count < 2 || item->count > RECIPE_NOTES_MAX + 1) {
        recipe_reader_fault(reader, item->whole, "scene-kind", "1 to 8 of them are needed");
        diagnostics_hint(reader->list, "write tones 110 165 220, or chord A2 E3 C#4");
        return;
    }
    for (size_t i = 1; i < item->count; i++) {
        double hz = read(reader, item->words[i]);
        if (i > 1 && hz > 0 && hz <= chord->note_hz[i - 2])
            recipe_reader_fault_word(reader, item->words[i], "scene-range",
                                     "is not above the one before it");
        chord->note_hz[chord->note_count++] = hz;
    }
}

static void take_tones(struct recipe_reader *reader, const struct recipe_item *item,
                       struct recipe_layer *layer)
{
    take_notes(reader, item, layer, read_tone);
}

static void take_chord(struct recipe_reader *reader, const struct recipe_item *item,
                       struct recipe_layer *layer)
{
    take_notes(reader, item, layer, read_note);
    layer->chord.overtones = true;
}

// Below the recipe's folder: no absolute path, no "..", no "." and nothing empty between slashes. A
// scene that somebody shared must not reach into other folders.
static bool stays_below(struct text path)
{
    while (path.data) {
        size_t size = text_find(path, '/');
        struct text part = text_head(path, size);
        if (part.size == 0 || text_equal_c(part, ".") || text_equal_c(part, ".."))
            return false;
        path = size < path.size ? text_skip(path, size + 1) : (struct text){NULL, 0};
    }
    return true;
}

static void take_file(struct recipe_reader *reader, const struct recipe_item *item,
                      struct recipe_layer *layer)
{
    layer->kind = RECIPE_RECORDING;
    layer->file.fade_frames = RECORDING_FADE_DEFAULT;
    struct text word = item->count == 2 ? item->words[1] : item->whole;
    if (item->count != 2 || word.size < 3 || word.data[0] != '"' ||
        text_find(text_skip(word, 1), '"') != word.size - 2) {
        recipe_reader_fault(reader, word, "scene-file",
                            "one name of a recording is needed, quoted");
        diagnostics_hint(reader->list, "write file \"sea.flac\"");
        return;
    }
    struct text path = text_head(text_skip(word, 1), word.size - 2);
    if (path.size > RECIPE_PATH_MAX) {
        recipe_reader_fault(reader, word, "scene-file", "the name has more than 200 bytes");
    } else if (!stays_below(path)) {
        recipe_reader_fault(reader, word, "scene-file",
                            "a recording lies in the recipe's folder or below it");
        diagnostics_hint(reader->list,
                         "put it there, or name it on the command line: --scene FILE");
    } else {
        memcpy(layer->file.path, path.data, path.size);
        layer->file.column = recipe_reader_column(reader, word);
    }
}

static const struct kind {
    const char *name;
    void (*take)(struct recipe_reader *, const struct recipe_item *, struct recipe_layer *);
} kinds[] = {
    {"white", take_white}, {"pink", take_pink},   {"brown", take_brown}, {"grains", take_grains},
    {"tones", take_tones}, {"chord", take_chord}, {"file", take_file},
};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

void recipe_kind_take(struct recipe_reader *reader, const struct recipe_item *item,
                      struct recipe_layer *layer)
{
    const char *names[KIND_COUNT];
    for (size_t i = 0; i < KIND_COUNT; i++) {
        names[i] = kinds[i].name;
        if (text_equal_c(item->words[0], names[i])) {
            kinds[i].take(reader, item, layer);
            return;
        }
    }
    recipe_reader_fault_word(reader, item->words[0], "scene-kind", "is not a kind of layer");
    recipe_reader_hint_nearest(reader, item->words[0], names, KIND_COUNT,
                               "kinds are white, pink, brown, grains, tones, chord and file");
}
