// SPDX-License-Identifier: GPL-3.0-or-later
// A tone for each word, as long as the word, stands in for a voice.
#include "narrator.h"

#include "speech_text.h"

#include <math.h>
#include <stdlib.h>

enum { TONE_RATE = 22050, BYTE_MS = 60, RAMP_MS = 10 };

static size_t samples_of(size_t bytes)
{
    return bytes * BYTE_MS * TONE_RATE / 1000;
}

// A tone whose pitch depends on the text, so that clips can be told apart: 200 .. 455 Hz.
static double tone_hz(struct text text)
{
    unsigned sum = 0;
    for (size_t i = 0; i < text.size; i++)
        sum = sum * 31 + (unsigned char)text.data[i];
    return 200.0 + sum % 256;
}

static int16_t *make_tone(struct text text, size_t *count)
{
    *count = samples_of(text.size);
    int16_t *samples = malloc(*count * sizeof *samples);
    if (!samples)
        return NULL;
    const double step = 2.0 * 3.14159265358979323846 * tone_hz(text) / TONE_RATE;
    const double ramp = RAMP_MS * TONE_RATE / 1000.0;
    for (size_t i = 0; i < *count; i++) {
        double edge = (double)(i < *count - i ? i : *count - i) / ramp;
        double gain = edge < 1.0 ? edge : 1.0;
        samples[i] = (int16_t)lrint(8000.0 * gain * sin(step * (double)i));
    }
    return samples;
}

// The words of the text; NULL when out of memory.
static struct narrator_mark *mark_words(struct text text, size_t *count)
{
    struct narrator_mark *marks = malloc((text.size + 1) * sizeof *marks);
    *count = 0;
    for (size_t offset = 0; marks && offset < text.size; offset++) {
        struct text word = speech_text_word(text, offset);
        size_t first = word.size > 0 ? (size_t)(word.data - text.data) : offset;
        if (word.size == 0 || first < offset)
            continue;
        marks[(*count)++] = (struct narrator_mark){samples_of(first), first, word.size};
        offset = first + word.size;
    }
    return marks;
}

static bool speak_one(struct text text, narrator_done *done, void *context, size_t index,
                      bool *no_memory)
{
    struct narrator_sound sound = {.sample_rate = TONE_RATE};
    if (text.size == 0)
        return done(context, index, STATUS_NARRATOR, &sound);
    int16_t *samples = make_tone(text, &sound.count);
    struct narrator_mark *marks = mark_words(text, &sound.mark_count);
    sound.samples = samples;
    sound.marks = marks;
    *no_memory = !samples || !marks;
    bool go_on = !*no_memory && done(context, index, STATUS_OK, &sound);
    free(samples);
    free(marks);
    return go_on;
}

static enum status tone_speak(struct narrator *narrator, const struct text *texts, size_t count,
                              narrator_done *done, void *context, struct error *error)
{
    (void)narrator;
    bool no_memory = false;
    for (size_t i = 0; i < count; i++)
        if (!speak_one(texts[i], done, context, i, &no_memory))
            return no_memory ? error_no_memory(error)
                             : error_set(error, STATUS_INTERRUPTED, "stopped while speaking");
    return STATUS_OK;
}

static void tone_free(struct narrator *narrator)
{
    free(narrator);
}

enum status tone_narrator_new(struct narrator **narrator, struct error *error)
{
    static const struct narrator_methods methods = {tone_speak, tone_free};
    struct narrator *made = calloc(1, sizeof *made);
    if (!made)
        return error_no_memory(error);
    made->methods = &methods;
    *narrator = made;
    return STATUS_OK;
}
