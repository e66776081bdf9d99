#include "narrator.h"

#include <math.h>
#include <stdlib.h>

enum { TONE_RATE = 22050, BYTE_MS = 60, RAMP_MS = 10 };

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
    *count = text.size * BYTE_MS * TONE_RATE / 1000;
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

static enum status tone_speak(struct narrator *narrator, const struct text *texts, size_t count,
                              narrator_done *done, void *context, struct error *error)
{
    (void)narrator;
    for (size_t i = 0; i < count; i++) {
        bool go_on;
        if (texts[i].size == 0) {
            go_on = done(context, i, STATUS_NARRATOR, NULL, 0, TONE_RATE);
        } else {
            size_t samples_count;
            int16_t *samples = make_tone(texts[i], &samples_count);
            if (!samples)
                return error_no_memory(error);
            go_on = done(context, i, STATUS_OK, samples, samples_count, TONE_RATE);
            free(samples);
        }
        if (!go_on)
            return error_set(error, STATUS_INTERRUPTED, "stopped while speaking");
    }
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
