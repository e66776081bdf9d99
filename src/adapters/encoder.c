// libsndfile says success on a full disk and writes what it likes of a NaN, so it gets neither: it
// writes into a safe_file, whose first failure stays, and it gets samples that are quantised
// already. A hash over those samples is compared with one over what a second libsndfile reads back
// from the disk.
//
// No clock and no path go into the file: the same input gives the same bytes.
#include "encoder.h"

#include "quantiser.h"
#include "safe_file.h"
#include "tags.h"
#include "word_hash.h"
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHANNELS = 2,
    BLOCK_FRAMES = 8192,      // a multiple of QUANTISER_BLOCK_FRAMES
    HEADER_MAX = 1024 * 1024, // more than metadata can need
    SOFTWARE_MAX = 64         // bytes of the metadata entry
};

// How the samples of a format are held: as 16-bit, 32-bit or float values for libsndfile.
enum sample { SAMPLE_16, SAMPLE_24, SAMPLE_FLOAT };

static const struct format {
    int container; // of libsndfile
    int coding;
    enum sample sample;
    int bytes; // of a sample in the file
} formats[] = {
    [ENCODER_WAV_16] = {SF_FORMAT_WAV, SF_FORMAT_PCM_16, SAMPLE_16, 2},
    [ENCODER_WAV_24] = {SF_FORMAT_WAV, SF_FORMAT_PCM_24, SAMPLE_24, 3},
    [ENCODER_WAV_FLOAT] = {SF_FORMAT_WAV, SF_FORMAT_FLOAT, SAMPLE_FLOAT, 4},
    [ENCODER_FLAC_16] = {SF_FORMAT_FLAC, SF_FORMAT_PCM_16, SAMPLE_16, 2},
    [ENCODER_FLAC_24] = {SF_FORMAT_FLAC, SF_FORMAT_PCM_24, SAMPLE_24, 3},
};

// Samples as the file has them.
union block {
    uint64_t words[BLOCK_FRAMES]; // of 8 bytes a frame, or half as many of 4 bytes
    int16_t s16[CHANNELS * BLOCK_FRAMES];
    int32_t s24[CHANNELS * BLOCK_FRAMES];
    float f32[CHANNELS * BLOCK_FRAMES];
};

struct encoder {
    struct safe_file *file;
    SNDFILE *sound; // the writing libsndfile; NULL once closed
    const struct format *format;
    int file_format; // as libsndfile has it: container and coding
    int64_t total_frames;
    int64_t frames; // quantised and given to libsndfile
    uint64_t seed;
    uint64_t hash;       // of all samples given to libsndfile
    size_t filled;       // frames in `input`
    bool verified;       // only the name is missing
    enum status failure; // sticky
    struct error error;  // its text
    float input[CHANNELS * BLOCK_FRAMES];
    union block block;
};

// libsndfile's view of the file.

static sf_count_t get_size(void *user)
{
    return safe_file_size(user);
}

static sf_count_t get_position(void *user)
{
    return safe_file_position(user);
}

static sf_count_t seek(sf_count_t offset, int whence, void *user)
{
    int64_t start = whence == SEEK_SET   ? 0
                    : whence == SEEK_CUR ? safe_file_position(user)
                                         : safe_file_size(user);
    safe_file_seek(user, start + offset);
    return safe_file_position(user);
}

static sf_count_t read_bytes(void *data, sf_count_t size, void *user)
{
    return safe_file_read(user, data, size);
}

static sf_count_t write_bytes(const void *data, sf_count_t size, void *user)
{
    return safe_file_write(user, data, size);
}

static SNDFILE *open_sound(struct safe_file *file, int mode, SF_INFO *info)
{
    SF_VIRTUAL_IO io = {get_size, seek, read_bytes, write_bytes, get_position};
    safe_file_seek(file, 0);
    return sf_open_virtual(&io, mode, info, file);
}

// The cause of libsndfile's trouble is the file's, when that has one.
static enum status sound_failure(const struct encoder *encoder, const char *cause,
                                 struct error *error)
{
    enum status status = safe_file_status(encoder->file, error);
    if (status != STATUS_OK)
        return status;
    return error_set(error, STATUS_IO, "cannot write %s: %s", safe_file_name(encoder->file), cause);
}

// Blocks are hashed as words: the last one is padded with zeros.
static uint64_t hash_block(uint64_t hash, union block *block, size_t frames, enum sample sample)
{
    size_t frame_bytes = CHANNELS * (sample == SAMPLE_16 ? sizeof(int16_t) : sizeof(int32_t));
    size_t bytes = frames * frame_bytes;
    size_t words = (bytes + sizeof(uint64_t) - 1) / sizeof(uint64_t);
    memset((char *)block + bytes, 0, words * sizeof(uint64_t) - bytes);
    return word_hash_add(hash, block->words, words);
}

static void quantise(struct encoder *encoder)
{
    union block *block = &encoder->block;
    size_t frames = encoder->filled;
    switch (encoder->format->sample) {
    case SAMPLE_16:
        quantiser_to_16(block->s16, encoder->input, frames, encoder->seed, encoder->frames);
        break;
    case SAMPLE_24:
        quantiser_to_24(block->s24, encoder->input, CHANNELS * frames);
        break;
    case SAMPLE_FLOAT:
        quantiser_to_float(block->f32, encoder->input, CHANNELS * frames);
        break;
    }
}

static sf_count_t write_sound(SNDFILE *sound, const union block *block, size_t frames,
                              enum sample sample)
{
    switch (sample) {
    case SAMPLE_16:
        return sf_writef_short(sound, block->s16, (sf_count_t)frames);
    case SAMPLE_24:
        return sf_writef_int(sound, block->s24, (sf_count_t)frames);
    case SAMPLE_FLOAT:
        return sf_writef_float(sound, block->f32, (sf_count_t)frames);
    }
    return 0;
}

static sf_count_t read_sound(SNDFILE *sound, union block *block, enum sample sample)
{
    switch (sample) {
    case SAMPLE_16:
        return sf_readf_short(sound, block->s16, BLOCK_FRAMES);
    case SAMPLE_24:
        return sf_readf_int(sound, block->s24, BLOCK_FRAMES);
    case SAMPLE_FLOAT:
        return sf_readf_float(sound, block->f32, BLOCK_FRAMES);
    }
    return 0;
}

static enum status flush_input(struct encoder *encoder, struct error *error)
{
    size_t frames = encoder->filled;
    if (frames == 0)
        return STATUS_OK;
    quantise(encoder);
    encoder->hash = hash_block(encoder->hash, &encoder->block, frames, encoder->format->sample);
    sf_count_t written =
        write_sound(encoder->sound, &encoder->block, frames, encoder->format->sample);
    if (written != (sf_count_t)frames || sf_error(encoder->sound) != SF_ERR_NO_ERROR ||
        safe_file_status(encoder->file, NULL) != STATUS_OK)
        return sound_failure(encoder, sf_strerror(encoder->sound), error);
    encoder->frames += written;
    encoder->filled = 0;
    return STATUS_OK;
}

// Plain WAV counts its bytes with 32 bits.
static int choose_format(const struct format *format, int64_t total_frames)
{
    int64_t bytes = total_frames * CHANNELS * format->bytes;
    bool large = format->container == SF_FORMAT_WAV && bytes > UINT32_MAX - HEADER_MAX;
    return (large ? SF_FORMAT_RF64 : format->container) | format->coding;
}

static enum status set_string(struct encoder *encoder, int id, struct text value,
                              struct error *error)
{
    if (value.size == 0)
        return STATUS_OK;
    char *string = strndup(value.data, value.size);
    if (!string)
        return error_no_memory(error);
    int result = sf_set_string(encoder->sound, id, string);
    free(string);
    return result ? sound_failure(encoder, sf_strerror(encoder->sound), error) : STATUS_OK;
}

// Set before the first sample, so that they stand in front of the data.
static enum status set_metadata(struct encoder *encoder, const struct tags *tags,
                                struct error *error)
{
    enum status status =
        set_string(encoder, SF_STR_SOFTWARE, text_from("loosen " LOOSEN_VERSION), error);
    if (status == STATUS_OK && tags)
        status = set_string(encoder, SF_STR_TITLE, tags->title, error);
    if (status == STATUS_OK && tags)
        status = set_string(encoder, SF_STR_COMMENT, tags->comment, error);
    return status;
}

static enum status start_sound(struct encoder *encoder, const struct encoder_config *config,
                               struct error *error)
{
    SF_INFO info = {.samplerate = FRAME_RATE, .channels = CHANNELS, .format = encoder->file_format};
    encoder->sound = open_sound(encoder->file, SFM_WRITE, &info);
    if (!encoder->sound)
        return sound_failure(encoder, sf_strerror(NULL), error);
    // The PEAK chunk of float files holds the time of day.
    (void)sf_command(encoder->sound, SFC_SET_ADD_PEAK_CHUNK, NULL, SF_FALSE);
    return set_metadata(encoder, config->tags, error);
}

enum status encoder_open(struct encoder **out, const struct encoder_config *config,
                         struct error *error)
{
    if (config->total_frames < 1 || config->total_frames > DURATION_MAX)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "cannot write a file of %lld frames: 1 to %lld are possible",
                         (long long)config->total_frames, (long long)DURATION_MAX);
    int rate = config->rate ? config->rate : FRAME_RATE;
    if (encoder_format_is_lossy(config->format) || rate != FRAME_RATE || config->mono ||
        config->descriptor > 0)
        return error_set(error, STATUS_UNSUPPORTED, "%s files at %d Hz cannot be written yet",
                         encoder_format_name(config->format), rate);
    struct encoder *encoder = calloc(1, sizeof *encoder);
    if (!encoder)
        return error_no_memory(error);
    encoder->format = &formats[config->format];
    encoder->file_format = choose_format(encoder->format, config->total_frames);
    encoder->total_frames = config->total_frames;
    encoder->seed = config->seed;
    enum status status = safe_file_open(&encoder->file, config->path, config->force, error);
    if (status == STATUS_OK)
        status = start_sound(encoder, config, error);
    if (status != STATUS_OK) {
        encoder_abort(encoder);
        return status;
    }
    *out = encoder;
    return STATUS_OK;
}

static enum status take_frames(struct encoder *encoder, const float *stereo, size_t frames,
                               struct error *error)
{
    int64_t left = encoder->total_frames - encoder->frames - (int64_t)encoder->filled;
    if ((int64_t)frames > left)
        return error_set(error, STATUS_BAD_ARGUMENT, "more than the %lld frames announced for %s",
                         (long long)encoder->total_frames, safe_file_name(encoder->file));
    while (frames > 0) {
        size_t space = BLOCK_FRAMES - encoder->filled;
        size_t part = frames < space ? frames : space;
        memcpy(encoder->input + CHANNELS * encoder->filled, stereo,
               CHANNELS * part * sizeof *stereo);
        encoder->filled += part;
        stereo += CHANNELS * part;
        frames -= part;
        enum status status =
            encoder->filled == BLOCK_FRAMES ? flush_input(encoder, error) : STATUS_OK;
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status encoder_write(struct encoder *encoder, const float *stereo, size_t frames,
                          struct error *error)
{
    if (encoder->failure == STATUS_OK)
        encoder->failure = take_frames(encoder, stereo, frames, &encoder->error);
    if (encoder->failure != STATUS_OK && error)
        *error = encoder->error;
    return encoder->failure;
}

static enum status verify_failure(const struct encoder *encoder, const char *difference,
                                  struct error *error)
{
    enum status status = safe_file_status(encoder->file, error);
    if (status != STATUS_OK)
        return status;
    return error_set(error, STATUS_IO, "cannot write %s: reading it back gave %s",
                     safe_file_name(encoder->file), difference);
}

static enum status compare(struct encoder *encoder, SNDFILE *sound, const SF_INFO *info,
                           struct error *error)
{
    if (info->format != encoder->file_format || info->channels != CHANNELS ||
        info->samplerate != FRAME_RATE)
        return verify_failure(encoder, "another format", error);
    if (info->frames != encoder->total_frames)
        return verify_failure(encoder, "another length", error);
    uint64_t hash = 0;
    int64_t frames = 0;
    for (;;) {
        sf_count_t count = read_sound(sound, &encoder->block, encoder->format->sample);
        if (count <= 0)
            break;
        hash = hash_block(hash, &encoder->block, (size_t)count, encoder->format->sample);
        frames += count;
    }
    if (frames != encoder->total_frames || sf_error(sound) != SF_ERR_NO_ERROR)
        return verify_failure(encoder, "another number of frames", error);
    if (hash != encoder->hash)
        return verify_failure(encoder, "other samples", error);
    return safe_file_verify(encoder->file, error);
}

static enum status verify(struct encoder *encoder, struct error *error)
{
    SF_INFO info = {0};
    SNDFILE *sound = open_sound(encoder->file, SFM_READ, &info);
    if (!sound)
        return verify_failure(encoder, "no audio file", error);
    enum status status = compare(encoder, sound, &info, error);
    (void)sf_close(sound); // it was read from only
    return status;
}

static enum status close_sound(struct encoder *encoder, struct error *error)
{
    int result = sf_close(encoder->sound);
    encoder->sound = NULL;
    if (result != 0 || safe_file_status(encoder->file, NULL) != STATUS_OK)
        return sound_failure(encoder, sf_error_number(result), error);
    return STATUS_OK;
}

static enum status complete(struct encoder *encoder, struct error *error)
{
    enum status status = flush_input(encoder, error);
    if (status == STATUS_OK && encoder->frames != encoder->total_frames)
        status = error_set(error, STATUS_BAD_ARGUMENT, "only %lld of %lld frames came for %s",
                           (long long)encoder->frames, (long long)encoder->total_frames,
                           safe_file_name(encoder->file));
    if (status == STATUS_OK)
        status = close_sound(encoder, error);
    if (status == STATUS_OK)
        status = safe_file_sync(encoder->file, error);
    if (status == STATUS_OK)
        status = verify(encoder, error);
    return status;
}

enum status encoder_verify(struct encoder *encoder, struct error *error)
{
    if (encoder->failure == STATUS_OK && !encoder->verified) {
        encoder->failure = complete(encoder, &encoder->error);
        encoder->verified = encoder->failure == STATUS_OK;
    }
    if (encoder->failure != STATUS_OK && error)
        *error = encoder->error;
    return encoder->failure;
}

int64_t encoder_read(struct encoder *encoder, int64_t offset, void *data, int64_t size)
{
    safe_file_seek(encoder->file, offset);
    return safe_file_read(encoder->file, data, size);
}

enum status encoder_finish(struct encoder *encoder, struct error *error)
{
    enum status status = encoder_verify(encoder, error);
    if (status == STATUS_OK) {
        status = safe_file_commit(encoder->file, error);
        encoder->file = NULL;
    }
    encoder_abort(encoder);
    return status;
}

void encoder_abort(struct encoder *encoder)
{
    if (!encoder)
        return;
    if (encoder->sound)
        (void)sf_close(encoder->sound); // whatever it writes is dropped below
    safe_file_abort(encoder->file);
    free(encoder);
}

const char *encoder_library(void)
{
    return sf_version_string();
}
