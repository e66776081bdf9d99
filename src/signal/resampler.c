// SPDX-License-Identifier: GPL-3.0-or-later
// Streams and whole sounds go through libsoxr, and all of its failures become statuses.
#include "resampler.h"

#include "duration.h"

#include <soxr.h>
#include <stdlib.h>
#include <string.h>

struct resampler {
    soxr_t soxr; // owned
    int rate;    // Hz, of what is converted
};

static enum status make(struct resampler **resampler, int from, int to, unsigned channels,
                        struct error *error)
{
    struct resampler *made = calloc(1, sizeof *made);
    if (!made)
        return error_no_memory(error);
    const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    const soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
    soxr_error_t failure = NULL;
    made->soxr = soxr_create(from, to, channels, &failure, NULL, &quality, &runtime);
    if (failure || !made->soxr) {
        free(made);
        return error_set(error, STATUS_UNSUPPORTED, "cannot convert from %d Hz to %d Hz: %s", from,
                         to, failure ? failure : "out of memory");
    }
    made->rate = from;
    *resampler = made;
    return STATUS_OK;
}

enum status resampler_new(struct resampler **resampler, int rate, struct error *error)
{
    return make(resampler, rate, FRAME_RATE, 1, error);
}

enum status resampler_new_stereo(struct resampler **resampler, int from, int to,
                                 struct error *error)
{
    return make(resampler, from, to, 2, error);
}

void resampler_free(struct resampler *resampler)
{
    if (!resampler)
        return;
    soxr_delete(resampler->soxr);
    free(resampler);
}

// Feed everything, then drain until `wanted` samples are there.
static soxr_error_t run(struct resampler *resampler, float *out, size_t wanted,
                        const float *samples, size_t count)
{
    soxr_error_t failure = soxr_clear(resampler->soxr);
    size_t used = 0, made = 0;
    while (!failure && made < wanted) {
        size_t taken = 0, given = 0;
        const float *rest = used < count ? samples + used : NULL; // NULL: the end of the input
        failure = soxr_process(resampler->soxr, rest, count - used, &taken, out + made,
                               wanted - made, &given);
        used += taken;
        made += given;
        if (given == 0 && taken == 0)
            break;
    }
    memset(out + made, 0, (wanted - made) * sizeof *out);
    return failure;
}

size_t resampler_frames(size_t count, int rate)
{
    return (count * FRAME_RATE + (size_t)rate - 1) / (size_t)rate;
}

enum status resampler_convert(struct resampler *resampler, float **out, size_t *out_count,
                              const float *samples, size_t count, struct error *error)
{
    size_t wanted = resampler_frames(count, resampler->rate);
    float *made = malloc((wanted + 1) * sizeof *made);
    if (!made)
        return error_no_memory(error);
    soxr_error_t failure = run(resampler, made, wanted, samples, count);
    if (failure) {
        free(made);
        return error_set(error, STATUS_NO_MEMORY, "converting the sample rate: %s", failure);
    }
    *out = made;
    *out_count = wanted;
    return STATUS_OK;
}

enum status resampler_stream(struct resampler *resampler, const struct resampler_block *block,
                             size_t *used, size_t *made, struct error *error)
{
    *used = *made = 0;
    soxr_error_t failure = soxr_process(resampler->soxr, block->frames > 0 ? block->in : NULL,
                                        block->frames, used, block->out, block->capacity, made);
    if (failure)
        return error_set(error, STATUS_NO_MEMORY, "converting the sample rate: %s", failure);
    return STATUS_OK;
}

const char *resampler_library(void)
{
    return soxr_version();
}
