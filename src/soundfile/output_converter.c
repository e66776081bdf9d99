// SPDX-License-Identifier: GPL-3.0-or-later
// The mix is brought to the rate and the channels of a file.
// soxr takes in blocks of one size, so that its arithmetic is the same however the mix came.
#include "output_converter.h"

#include "duration.h"
#include "encoder_format.h"
#include "quantiser.h"
#include "resampler.h"
#include <stdlib.h>
#include <string.h>

enum { MIX_CHANNELS = 2, MIX_FRAMES = 4096 };

struct output_converter {
    struct output_converter_config config;
    struct resampler *resampler;                               // NULL: the rate stays
    int64_t taken;                                             // frames of the mix
    int64_t made;                                              // frames at the file's rate
    int64_t wanted;                                            // of those, in the end
    size_t mixed;                                              // frames in `mix`
    size_t filled;                                             // frames in `block`
    float mix[MIX_CHANNELS * MIX_FRAMES];                      // waiting for the resampler
    float converted[MIX_CHANNELS * MIX_FRAMES];                // out of it
    float block[MIX_CHANNELS * OUTPUT_CONVERTER_BLOCK_FRAMES]; // waiting to be taken
};

enum status output_converter_new(struct output_converter **out,
                                 const struct output_converter_config *config, struct error *error)
{
    struct output_converter *converter = calloc(1, sizeof *converter);
    if (!converter)
        return error_no_memory(error);
    converter->config = *config;
    converter->wanted = encoder_format_frames(config->total_frames, config->rate);
    enum status status = STATUS_OK;
    if (config->rate != FRAME_RATE)
        status = resampler_new_stereo(&converter->resampler, FRAME_RATE, config->rate, error);
    if (status != STATUS_OK) {
        output_converter_free(converter);
        return status;
    }
    *out = converter;
    return STATUS_OK;
}

int64_t output_converter_frames(const struct output_converter *converter)
{
    return converter->wanted;
}

static enum status flush(struct output_converter *converter, struct error *error)
{
    size_t frames = converter->filled;
    converter->filled = 0;
    if (frames == 0)
        return STATUS_OK;
    return converter->config.take(converter->config.context, converter->block, frames, error);
}

static void fill_block(struct output_converter *converter, const float *stereo, size_t frames)
{
    size_t channels = (size_t)converter->config.channels;
    float *block = converter->block + channels * converter->filled;
    if (channels == MIX_CHANNELS)
        memcpy(block, stereo, MIX_CHANNELS * frames * sizeof *stereo);
    else
        for (size_t i = 0; i < frames; i++)
            block[i] = 0.5f * (stereo[2 * i] + stereo[2 * i + 1]);
    converter->filled += frames;
}

// Frames at the file's rate.
static enum status put(struct output_converter *converter, const float *stereo, size_t frames,
                       struct error *error)
{
    while (frames > 0) {
        size_t space = OUTPUT_CONVERTER_BLOCK_FRAMES - converter->filled;
        size_t part = frames < space ? frames : space;
        fill_block(converter, stereo, part);
        stereo += MIX_CHANNELS * part;
        frames -= part;
        converter->made += (int64_t)part;
        enum status status = part == space ? flush(converter, error) : STATUS_OK;
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

// What came out of the resampler: as much of it as there is to be, silent at both ends.
static enum status put_converted(struct output_converter *converter, size_t frames,
                                 struct error *error)
{
    const size_t frame_bytes = MIX_CHANNELS * sizeof *converter->converted;
    int64_t left = converter->wanted - converter->made;
    if ((int64_t)frames > left)
        frames = (size_t)left;
    if (frames > 0 && converter->made == 0)
        memset(converter->converted, 0, frame_bytes);
    if (frames > 0 && (int64_t)frames == left)
        memset(converter->converted + MIX_CHANNELS * (frames - 1), 0, frame_bytes);
    return put(converter, converter->converted, frames, error);
}

// Through the resampler with what is in `mix`; nothing in it is the end.
static enum status convert(struct output_converter *converter, struct error *error)
{
    size_t done = 0, used = 0, made = 1;
    bool end = converter->mixed == 0;
    while (done < converter->mixed || made > 0) {
        const struct resampler_block block = {converter->mix + MIX_CHANNELS * done,
                                              converter->mixed - done, converter->converted,
                                              MIX_FRAMES};
        if (block.frames == 0 && !end)
            break;
        enum status status = resampler_stream(converter->resampler, &block, &used, &made, error);
        THEN(status, put_converted(converter, made, error));
        if (status != STATUS_OK)
            return status;
        done += used;
    }
    converter->mixed = 0;
    return STATUS_OK;
}

// The resampler would spread a sample that is no number over many.
static enum status collect(struct output_converter *converter, const float *stereo, size_t frames,
                           struct error *error)
{
    while (frames > 0) {
        size_t space = MIX_FRAMES - converter->mixed;
        size_t part = frames < space ? frames : space;
        quantiser_to_float(converter->mix + MIX_CHANNELS * converter->mixed, stereo,
                           MIX_CHANNELS * part);
        converter->mixed += part;
        stereo += MIX_CHANNELS * part;
        frames -= part;
        enum status status = part == space ? convert(converter, error) : STATUS_OK;
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status output_converter_write(struct output_converter *converter, const float *stereo,
                                   size_t frames, struct error *error)
{
    int64_t total = converter->config.total_frames;
    if ((int64_t)frames > total - converter->taken)
        return error_set(error, STATUS_BAD_ARGUMENT, "more than the %lld frames announced",
                         (long long)total);
    converter->taken += (int64_t)frames;
    return converter->resampler ? collect(converter, stereo, frames, error)
                                : put(converter, stereo, frames, error);
}

// soxr may hold back a frame at the end: its count is rounded in another way than ours.
static enum status pad(struct output_converter *converter, struct error *error)
{
    memset(converter->converted, 0, sizeof converter->converted);
    while (converter->made < converter->wanted) {
        enum status status = put_converted(converter, MIX_FRAMES, error);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status output_converter_end(struct output_converter *converter, struct error *error)
{
    enum status status = STATUS_OK;
    if (converter->taken != converter->config.total_frames)
        return error_set(error, STATUS_BAD_ARGUMENT, "only %lld of %lld frames came",
                         (long long)converter->taken, (long long)converter->config.total_frames);
    if (converter->resampler) {
        if (converter->mixed > 0)
            status = convert(converter, error);
        THEN(status, convert(converter, error));
        THEN(status, pad(converter, error));
    }
    return status == STATUS_OK ? flush(converter, error) : status;
}

void output_converter_free(struct output_converter *converter)
{
    if (!converter)
        return;
    resampler_free(converter->resampler);
    free(converter);
}
