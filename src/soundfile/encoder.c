// SPDX-License-Identifier: GPL-3.0-or-later
// A mix on its way into a file: converted, quantised, written, and hashed as it goes.
// output_converter -> quantiser -> audio_file or wav_stream. A hash over the quantised samples, or
// a picture of them where the format has losses, is compared with what a second libsndfile reads
// back from the disk.
//
// No clock and no path go into the file: the same input gives the same bytes.
#include "encoder.h"

#include "audio_file.h"
#include "lossy_check.h"
#include "output_converter.h"
#include "quantiser.h"
#include "tags.h"
#include "wav_stream.h"
#include "word_hash.h"
#include <assert.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHANNELS_MAX = 2,
    BLOCK_FRAMES = OUTPUT_CONVERTER_BLOCK_FRAMES,
    BLOCK_SAMPLES = CHANNELS_MAX * BLOCK_FRAMES
};

_Static_assert(BLOCK_FRAMES % QUANTISER_BLOCK == 0, "dither goes by whole blocks");

// Samples as the file has them.
union block {
    uint64_t words[BLOCK_SAMPLES * sizeof(int32_t) / sizeof(uint64_t)];
    int16_t s16[BLOCK_SAMPLES];
    int32_t s24[BLOCK_SAMPLES];
    float f32[BLOCK_SAMPLES];
};

struct encoder {
    enum encoder_format format;
    int channels;
    bool unclamped;
    uint64_t seed;
    struct encoder_watch watch;
    struct output_converter *converter;
    struct safe_file *file; // NULL for a stream, as is `audio`
    struct audio_file *audio;
    struct wav_stream *stream;       // NULL for a file
    struct lossy_check *lossy_check; // NULL where every sample is compared
    uint64_t hash;                   // of all samples given to the format
    int64_t frames;                  // likewise
    bool verified;                   // only the name is missing
    enum status failure;             // sticky
    struct error error;              // its text
    union block block;
};

// Blocks are hashed as words: the last one is padded with zeros.
static uint64_t hash_block(const struct encoder *encoder, uint64_t hash, union block *block,
                           size_t frames)
{
    size_t bytes =
        frames * (size_t)(encoder->channels * encoder_format_sample_bytes(encoder->format));
    size_t words = (bytes + sizeof(uint64_t) - 1) / sizeof(uint64_t);
    memset((char *)block + bytes, 0, words * sizeof(uint64_t) - bytes);
    return word_hash_add(hash, block->words, words);
}

static void quantise(struct encoder *encoder, const float *samples, size_t frames)
{
    union block *block = &encoder->block;
    size_t count = frames * (size_t)encoder->channels;
    switch (encoder_format_sample(encoder->format)) {
    case ENCODER_SAMPLE_16:
        quantiser_to_16(block->s16, samples, count, encoder->seed,
                        encoder->frames * encoder->channels);
        break;
    case ENCODER_SAMPLE_24:
        quantiser_to_24(block->s24, samples, count);
        break;
    case ENCODER_SAMPLE_FLOAT:
        if (encoder->unclamped)
            quantiser_to_float_unclamped(block->f32, samples, count);
        else
            quantiser_to_float(block->f32, samples, count);
        break;
    }
}

static enum status put(struct encoder *encoder, size_t frames, struct error *error)
{
    if (encoder->stream)
        return wav_stream_write(encoder->stream, &encoder->block, frames, error);
    if (encoder->lossy_check)
        lossy_check_note(encoder->lossy_check, encoder->block.f32, frames);
    else
        encoder->hash = hash_block(encoder, encoder->hash, &encoder->block, frames);
    return audio_file_write(encoder->audio, &encoder->block, frames, error);
}

static enum status take_block(void *context, const float *samples, size_t frames,
                              struct error *error)
{
    struct encoder *encoder = context;
    quantise(encoder, samples, frames);
    enum status status = put(encoder, frames, error);
    encoder->frames += (int64_t)frames;
    return status;
}

static const struct tags no_tags;

static const struct tags *tags_of(const struct encoder_config *config)
{
    return config->tags ? config->tags : &no_tags;
}

static enum status open_stream(struct encoder *encoder, const struct encoder_config *config,
                               int rate, struct error *error)
{
    const struct wav_stream_config stream = {.descriptor = config->descriptor,
                                             .name = config->path,
                                             .format = config->format,
                                             .rate = rate,
                                             .channels = encoder->channels,
                                             .frames = output_converter_frames(encoder->converter),
                                             .tags = tags_of(config),
                                             .interrupt = config->interrupt};
    return wav_stream_open(&encoder->stream, &stream, error);
}

static enum status open_file(struct encoder *encoder, const struct encoder_config *config, int rate,
                             struct error *error)
{
    enum status status = safe_file_open(&encoder->file, config->path, config->force, error);
    if (status != STATUS_OK)
        return status;
    const struct audio_file_config audio = {.file = encoder->file,
                                            .format = config->format,
                                            .rate = rate,
                                            .channels = encoder->channels,
                                            .frames = output_converter_frames(encoder->converter),
                                            .constant_rate = config->constant_rate,
                                            .seed = config->seed,
                                            .tags = tags_of(config)};
    status = audio_file_open(&encoder->audio, &audio, error);
    const struct lossy_check_config lossy_check = {rate, encoder->channels, audio.frames};
    if (status == STATUS_OK && encoder_format_is_lossy(config->format))
        status = lossy_check_new(&encoder->lossy_check, &lossy_check, error);
    return status;
}

static enum status check_config(const struct encoder_config *config, int rate, struct error *error)
{
    if (config->total_frames < 1 || config->total_frames > DURATION_MAX)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "cannot write a file of %lld frames: 1 to %lld are possible",
                         (long long)config->total_frames, (long long)DURATION_MAX);
    if (config->descriptor > 0 && config->format > ENCODER_WAV_FLOAT)
        return error_set(error, STATUS_BAD_ARGUMENT, "%s cannot be written to a stream; WAV can",
                         encoder_format_name(config->format));
    return encoder_format_check_rate(config->format, rate, error);
}

enum status encoder_open(struct encoder **out, const struct encoder_config *config,
                         struct error *error)
{
    int rate = config->rate ? config->rate : FRAME_RATE;
    enum status status = check_config(config, rate, error);
    if (status != STATUS_OK)
        return status;
    struct encoder *encoder = calloc(1, sizeof *encoder);
    if (!encoder)
        return error_no_memory(error);
    encoder->format = config->format;
    encoder->channels = config->mono ? 1 : 2;
    encoder->unclamped = config->unclamped;
    encoder->seed = config->seed;
    encoder->watch = config->watch;
    const struct output_converter_config converter = {.rate = rate,
                                                      .channels = encoder->channels,
                                                      .total_frames = config->total_frames,
                                                      .take = take_block,
                                                      .context = encoder};
    status = output_converter_new(&encoder->converter, &converter, error);
    THEN(status, config->descriptor > 0 ? open_stream(encoder, config, rate, error)
                                        : open_file(encoder, config, rate, error));
    if (status != STATUS_OK) {
        encoder_abort(encoder);
        return status;
    }
    *out = encoder;
    return STATUS_OK;
}

static enum status keep_failure(struct encoder *encoder, enum status status, struct error *error)
{
    encoder->failure = status;
    if (status != STATUS_OK && error)
        *error = encoder->error;
    return status;
}

enum status encoder_write(struct encoder *encoder, const float *stereo, size_t frames,
                          struct error *error)
{
    enum status status = encoder->failure;
    THEN(status, output_converter_write(encoder->converter, stereo, frames, &encoder->error));
    return keep_failure(encoder, status, error);
}

static enum status difference(const struct encoder *encoder, const char *what, struct error *error)
{
    return error_set(error, STATUS_IO, "cannot write %s: reading it back gave %s",
                     safe_file_name(encoder->file), what);
}

static enum status tell_checked(const struct encoder *encoder, size_t frames, struct error *error)
{
    const struct encoder_watch *watch = &encoder->watch;
    if (!watch->checked)
        return STATUS_OK;
    return watch->checked(watch->context, encoder->format, (double)frames / (double)encoder->frames,
                          error);
}

static enum status compare(struct encoder *encoder, struct error *error)
{
    uint64_t hash = 0;
    size_t count;
    enum status status = STATUS_OK;
    while (status == STATUS_OK &&
           (count = audio_file_read(encoder->audio, &encoder->block, BLOCK_FRAMES)) > 0) {
        if (encoder->lossy_check)
            lossy_check_compare(encoder->lossy_check, encoder->block.f32, count);
        else
            hash = hash_block(encoder, hash, &encoder->block, count);
        status = tell_checked(encoder, count, error);
    }
    THEN(status, audio_file_read_status(encoder->audio, error));
    if (status != STATUS_OK)
        return status;
    if (encoder->lossy_check)
        return lossy_check_judge(encoder->lossy_check).same
                   ? STATUS_OK
                   : difference(encoder, "another sound", error);
    return hash == encoder->hash ? STATUS_OK : difference(encoder, "other samples", error);
}

static enum status complete_file(struct encoder *encoder, struct digest *digest,
                                 struct error *error)
{
    enum status status = audio_file_complete(encoder->audio, error);
    THEN(status, safe_file_sync(encoder->file, error));
    safe_file_digest(encoder->file, digest);
    THEN(status, audio_file_reopen(encoder->audio, error));
    THEN(status, compare(encoder, error));
    audio_file_close(encoder->audio);
    encoder->audio = NULL;
    THEN(status, safe_file_verify(encoder->file, error));
    safe_file_digest(encoder->file, NULL); // it was only borrowed
    return status;
}

static enum status complete(struct encoder *encoder, struct digest *digest, struct error *error)
{
    enum status status = output_converter_end(encoder->converter, error);
    if (status != STATUS_OK)
        return status;
    return encoder->stream ? wav_stream_end(encoder->stream, error)
                           : complete_file(encoder, digest, error);
}

enum status encoder_verify(struct encoder *encoder, struct digest *digest, struct error *error)
{
    enum status status = encoder->failure;
    assert(!digest || !encoder->verified);
    if (status == STATUS_OK && !encoder->verified) {
        status = complete(encoder, digest, &encoder->error);
        encoder->verified = status == STATUS_OK;
    }
    return keep_failure(encoder, status, error);
}

int64_t encoder_size(const struct encoder *encoder)
{
    return encoder->file ? safe_file_size(encoder->file) : 0;
}

int64_t encoder_read(struct encoder *encoder, int64_t offset, void *data, int64_t size)
{
    if (!encoder->file)
        return 0;
    safe_file_seek(encoder->file, offset);
    return safe_file_read(encoder->file, data, size);
}

enum status encoder_place(struct encoder *encoder, struct error *error)
{
    enum status status = encoder_verify(encoder, NULL, error);
    return status == STATUS_OK && encoder->file ? safe_file_place(encoder->file, error) : status;
}

void encoder_keep(struct encoder *encoder)
{
    if (encoder) {
        safe_file_keep(encoder->file);
        encoder->file = NULL;
    }
    encoder_abort(encoder);
}

enum status encoder_finish(struct encoder *encoder, struct error *error)
{
    enum status status = encoder_place(encoder, error);
    if (status == STATUS_OK)
        encoder_keep(encoder);
    else
        encoder_abort(encoder);
    return status;
}

void encoder_abort(struct encoder *encoder)
{
    if (!encoder)
        return;
    audio_file_close(encoder->audio); // whatever it writes is dropped below
    safe_file_abort(encoder->file);
    wav_stream_free(encoder->stream);
    lossy_check_free(encoder->lossy_check);
    output_converter_free(encoder->converter);
    free(encoder);
}

const char *encoder_library(void)
{
    return sf_version_string();
}
