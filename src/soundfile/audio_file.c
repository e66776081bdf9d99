// SPDX-License-Identifier: GPL-3.0-or-later
// An encoded file as libsndfile writes it, with the tags around it.
// Where the tags go: WAV has them behind the sound; MP3 in front of it, so that libsndfile's file
// begins behind them; FLAC in a block for which room is kept; an Ogg stream is made anew on its
// way.
#include "audio_file.h"

#include "flac_tags.h"
#include "id3_tag.h"
#include "ogg_remux.h"
#include "wav_chunks.h"
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>

enum {
    MP3_CHANNEL_KBIT = 80, // a second, where the rate is constant
    MP3_LEAST_KBIT = 32,
    MP3_MOST_KBIT = 320,
};

static const struct coding {
    int container; // of libsndfile
    int coding;
    int bytes;    // of a sample in the file; 0: that varies
    double level; // of compression, 0: least, 1: most; < 0: none
} codings[ENCODER_FORMATS] = {
    [ENCODER_WAV_16] = {SF_FORMAT_WAV, SF_FORMAT_PCM_16, 2, -1},
    [ENCODER_WAV_24] = {SF_FORMAT_WAV, SF_FORMAT_PCM_24, 3, -1},
    [ENCODER_WAV_FLOAT] = {SF_FORMAT_WAV, SF_FORMAT_FLOAT, 4, -1},
    [ENCODER_FLAC_16] = {SF_FORMAT_FLAC, SF_FORMAT_PCM_16, 0, -1},
    [ENCODER_FLAC_24] = {SF_FORMAT_FLAC, SF_FORMAT_PCM_24, 0, -1},
    [ENCODER_VORBIS] = {SF_FORMAT_OGG, SF_FORMAT_VORBIS, 0, 0.5},       // -q 5
    [ENCODER_OPUS] = {SF_FORMAT_OGG, SF_FORMAT_OPUS, 0, 0.832},         // 48 kbit/s a channel
    [ENCODER_MP3] = {SF_FORMAT_MPEG, SF_FORMAT_MPEG_LAYER_III, 0, 0.3}, // VBR, -V 3
};

struct audio_file {
    struct audio_file_config config;
    const struct coding *coding;
    int file_format;         // as libsndfile has it: container and coding
    SNDFILE *sound;          // NULL: closed
    int64_t base;            // where libsndfile's file begins in ours
    struct ogg_remux *remux; // between libsndfile and the file, while writing Ogg
    int64_t remuxed;         // bytes that libsndfile gave to it
    int64_t left;            // frames still to be read
};

// libsndfile's view of the file.

static sf_count_t get_size(void *user)
{
    const struct audio_file *audio = user;
    return audio->remux ? audio->remuxed : safe_file_size(audio->config.file) - audio->base;
}

static sf_count_t get_position(void *user)
{
    const struct audio_file *audio = user;
    return audio->remux ? audio->remuxed : safe_file_position(audio->config.file) - audio->base;
}

static sf_count_t seek(sf_count_t offset, int whence, void *user)
{
    struct audio_file *audio = user;
    int64_t start = whence == SEEK_SET   ? 0
                    : whence == SEEK_CUR ? get_position(user)
                                         : get_size(user);
    if (!audio->remux)
        safe_file_seek(audio->config.file, audio->base + start + offset);
    return get_position(user);
}

static sf_count_t read_bytes(void *data, sf_count_t size, void *user)
{
    const struct audio_file *audio = user;
    return audio->remux ? 0 : safe_file_read(audio->config.file, data, size);
}

static sf_count_t write_bytes(const void *data, sf_count_t size, void *user)
{
    struct audio_file *audio = user;
    if (!audio->remux)
        return safe_file_write(audio->config.file, data, size);
    if (ogg_remux_write(audio->remux, data, (size_t)size, NULL) != STATUS_OK)
        return 0;
    audio->remuxed += size;
    return size;
}

static int64_t write_remuxed(void *context, const void *data, int64_t size)
{
    return safe_file_write(context, data, size);
}

static SNDFILE *open_sound(struct audio_file *audio, int mode, SF_INFO *info)
{
    SF_VIRTUAL_IO io = {get_size, seek, read_bytes, write_bytes, get_position};
    safe_file_seek(audio->config.file, audio->base);
    return sf_open_virtual(&io, mode, info, audio);
}

// The cause of libsndfile's trouble is the file's, when that has one.
static enum status write_failure(const struct audio_file *audio, const char *cause,
                                 struct error *error)
{
    const struct safe_file *file = audio->config.file;
    enum status status = safe_file_status(file, error);
    if (status != STATUS_OK)
        return status;
    return error_set(error, STATUS_IO, "cannot write %s: %s", safe_file_name(file), cause);
}

static enum status write_buffer(struct audio_file *audio, const struct buffer *bytes,
                                struct error *error)
{
    if (bytes->failed)
        return error_no_memory(error);
    (void)safe_file_write(audio->config.file, bytes->data, (int64_t)bytes->size);
    return safe_file_status(audio->config.file, error);
}

// Whatever of the tags stands in front of the sound.
static enum status begin_tags(struct audio_file *audio, struct error *error)
{
    const struct audio_file_config *config = &audio->config;
    enum status status = STATUS_OK;
    if (config->format == ENCODER_MP3) {
        struct buffer bytes = BUFFER_INIT;
        id3_tag_build(config->tags, &bytes);
        status = write_buffer(audio, &bytes, error);
        audio->base = safe_file_size(config->file);
        buffer_free(&bytes);
    } else if (audio->coding->container == SF_FORMAT_OGG) {
        const struct ogg_remux_config remux = {.tags = config->tags,
                                               .seed = config->seed,
                                               .sink = write_remuxed,
                                               .context = config->file};
        status = ogg_remux_new(&audio->remux, &remux, error);
    }
    return status;
}

// libsndfile goes from the most at level 0 to the least at 1, and cuts fractions off.
static double constant_rate_level(int channels)
{
    double kbit = MP3_CHANNEL_KBIT * channels + 0.5;
    return (MP3_MOST_KBIT - kbit) / (MP3_MOST_KBIT - MP3_LEAST_KBIT);
}

// The mode after the level: libsndfile refuses it the other way round.
static bool set_quality(struct audio_file *audio)
{
    const struct audio_file_config *config = &audio->config;
    bool constant = config->constant_rate && config->format == ENCODER_MP3;
    double level = constant ? constant_rate_level(config->channels) : audio->coding->level;
    int mode = constant ? SF_BITRATE_MODE_CONSTANT : SF_BITRATE_MODE_VARIABLE;
    if (level < 0)
        return true;
    if (!sf_command(audio->sound, SFC_SET_COMPRESSION_LEVEL, &level, sizeof level))
        return false;
    return audio->coding->container != SF_FORMAT_MPEG ||
           sf_command(audio->sound, SFC_SET_BITRATE_MODE, &mode, sizeof mode);
}

static enum status start_sound(struct audio_file *audio, struct error *error)
{
    const struct audio_file_config *config = &audio->config;
    SF_INFO info = {
        .samplerate = config->rate, .channels = config->channels, .format = audio->file_format};
    audio->sound = open_sound(audio, SFM_WRITE, &info);
    if (!audio->sound)
        return write_failure(audio, sf_strerror(NULL), error);
    // The PEAK chunk of float files holds the time of day.
    (void)sf_command(audio->sound, SFC_SET_ADD_PEAK_CHUNK, NULL, SF_FALSE);
    if (!set_quality(audio))
        return error_set(error, STATUS_UNSUPPORTED, "this libsndfile cannot set the quality of %s",
                         encoder_format_name(config->format));
    if (audio->coding->container != SF_FORMAT_FLAC)
        return STATUS_OK;
    char *room = flac_tags_room(config->tags);
    if (!room)
        return error_no_memory(error);
    int result = sf_set_string(audio->sound, SF_STR_COMMENT, room);
    free(room);
    return result ? write_failure(audio, sf_strerror(audio->sound), error) : STATUS_OK;
}

static int choose_format(const struct audio_file_config *config, const struct coding *coding)
{
    int64_t bytes = config->frames * config->channels * coding->bytes;
    bool large = coding->container == SF_FORMAT_WAV && wav_chunks_need_rf64(bytes);
    return (large ? SF_FORMAT_RF64 : coding->container) | coding->coding;
}

enum status audio_file_open(struct audio_file **out, const struct audio_file_config *config,
                            struct error *error)
{
    struct audio_file *audio = calloc(1, sizeof *audio);
    if (!audio)
        return error_no_memory(error);
    audio->config = *config;
    audio->coding = &codings[config->format];
    audio->file_format = choose_format(config, audio->coding);
    enum status status = begin_tags(audio, error);
    THEN(status, start_sound(audio, error));
    if (status != STATUS_OK) {
        audio_file_close(audio);
        return status;
    }
    *out = audio;
    return STATUS_OK;
}

enum status audio_file_write(struct audio_file *audio, const void *samples, size_t frames,
                             struct error *error)
{
    sf_count_t count = (sf_count_t)frames, written = 0;
    switch (encoder_format_sample(audio->config.format)) {
    case ENCODER_SAMPLE_16:
        written = sf_writef_short(audio->sound, samples, count);
        break;
    case ENCODER_SAMPLE_24:
        written = sf_writef_int(audio->sound, samples, count);
        break;
    case ENCODER_SAMPLE_FLOAT:
        written = sf_writef_float(audio->sound, samples, count);
        break;
    }
    if (written != count || sf_error(audio->sound) != SF_ERR_NO_ERROR ||
        safe_file_status(audio->config.file, NULL) != STATUS_OK)
        return write_failure(audio, sf_strerror(audio->sound), error);
    return STATUS_OK;
}

static enum status end_remux(struct audio_file *audio, struct error *error)
{
    struct error failure = {0};
    enum status status = ogg_remux_finish(audio->remux, &failure);
    ogg_remux_free(audio->remux);
    audio->remux = NULL;
    return status == STATUS_OK ? status : write_failure(audio, failure.text, error);
}

// For most readers it makes no difference; some complain.
static enum status complete_format(const struct audio_file *audio, struct error *error)
{
    struct safe_file *file = audio->config.file;
    unsigned char head[WAV_CHUNKS_FORMAT_BYTES];
    safe_file_seek(file, 0);
    if (safe_file_read(file, head, sizeof head) == sizeof head &&
        wav_chunks_complete_format(head)) {
        safe_file_seek(file, 0);
        (void)safe_file_write(file, head, sizeof head);
    }
    return safe_file_status(file, error);
}

static enum status append_chunks(struct audio_file *audio, struct error *error)
{
    struct safe_file *file = audio->config.file;
    unsigned char head[WAV_CHUNKS_HEAD_BYTES];
    struct buffer chunks = BUFFER_INIT;
    if (safe_file_size(file) % 2)
        buffer_add_byte(&chunks, '\0');
    wav_chunks_build(audio->config.tags, audio->config.rate, &chunks);
    safe_file_seek(file, safe_file_size(file));
    enum status status = write_buffer(audio, &chunks, error);
    buffer_free(&chunks);
    if (status != STATUS_OK)
        return status;
    safe_file_seek(file, 0);
    if (safe_file_read(file, head, sizeof head) != sizeof head ||
        !wav_chunks_fit(head, safe_file_size(file)))
        return write_failure(audio, "the header is not as it should be", error);
    safe_file_seek(file, 0);
    (void)safe_file_write(file, head, sizeof head);
    return encoder_format_sample(audio->config.format) == ENCODER_SAMPLE_FLOAT
               ? complete_format(audio, error)
               : safe_file_status(file, error);
}

static enum status end_tags(struct audio_file *audio, struct error *error)
{
    switch (audio->coding->container) {
    case SF_FORMAT_WAV:
        return append_chunks(audio, error);
    case SF_FORMAT_FLAC:
        return flac_tags_put(audio->config.tags, audio->config.file, error);
    case SF_FORMAT_OGG:
        return end_remux(audio, error);
    default:
        return STATUS_OK;
    }
}

enum status audio_file_complete(struct audio_file *audio, struct error *error)
{
    int result = sf_close(audio->sound);
    audio->sound = NULL;
    if (result != 0 || safe_file_status(audio->config.file, NULL) != STATUS_OK)
        return write_failure(audio, sf_error_number(result), error);
    return end_tags(audio, error);
}

static enum status read_failure(const struct audio_file *audio, const char *difference,
                                struct error *error)
{
    const struct safe_file *file = audio->config.file;
    enum status status = safe_file_status(file, error);
    if (status != STATUS_OK)
        return status;
    return error_set(error, STATUS_IO, "cannot write %s: reading it back gave %s",
                     safe_file_name(file), difference);
}

enum status audio_file_reopen(struct audio_file *audio, struct error *error)
{
    const struct audio_file_config *config = &audio->config;
    SF_INFO info = {0};
    audio->base = 0;
    audio->left = config->frames;
    audio->sound = open_sound(audio, SFM_READ, &info);
    if (!audio->sound)
        return read_failure(audio, "no audio file", error);
    if (info.format != audio->file_format || info.channels != config->channels ||
        info.samplerate != config->rate)
        return read_failure(audio, "another format", error);
    if (info.frames != config->frames)
        return read_failure(audio, "another length", error);
    return STATUS_OK;
}

size_t audio_file_read(struct audio_file *audio, void *samples, size_t frames)
{
    sf_count_t wanted = (sf_count_t)frames, count = 0;
    switch (encoder_format_sample(audio->config.format)) {
    case ENCODER_SAMPLE_16:
        count = sf_readf_short(audio->sound, samples, wanted);
        break;
    case ENCODER_SAMPLE_24:
        count = sf_readf_int(audio->sound, samples, wanted);
        break;
    case ENCODER_SAMPLE_FLOAT:
        count = sf_readf_float(audio->sound, samples, wanted);
        break;
    }
    if (count < 0)
        count = 0;
    audio->left -= count;
    return (size_t)count;
}

enum status audio_file_read_status(const struct audio_file *audio, struct error *error)
{
    if (audio->left != 0 || sf_error(audio->sound) != SF_ERR_NO_ERROR)
        return read_failure(audio, "another number of frames", error);
    return safe_file_status(audio->config.file, error);
}

void audio_file_close(struct audio_file *audio)
{
    if (!audio)
        return;
    if (audio->sound)
        (void)sf_close(audio->sound); // read from only, or dropped
    ogg_remux_free(audio->remux);
    free(audio);
}
