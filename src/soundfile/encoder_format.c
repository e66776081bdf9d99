// SPDX-License-Identifier: GPL-3.0-or-later
// One row for each format says its extension, its sample type and its rates.
#include "encoder_format.h"

#include "buffer.h"
#include "duration.h"
#include <string.h>
#include <strings.h>

enum { RATE_LOWEST = 8000, RATE_HIGHEST = 192000 };

static const int rates[] = {8000,  11025, 12000, 16000, 22050,  24000, 32000,
                            44100, 48000, 88200, 96000, 176400, 192000};

static const struct format {
    const char *name;
    int lowest, highest; // Hz
    bool lossy;
    enum encoder_sample sample;
    int check_percent; // as measured
} formats[ENCODER_FORMATS] = {
    [ENCODER_WAV_16] = {"WAV", RATE_LOWEST, RATE_HIGHEST, false, ENCODER_SAMPLE_16, 4},
    [ENCODER_WAV_24] = {"WAV", RATE_LOWEST, RATE_HIGHEST, false, ENCODER_SAMPLE_24, 6},
    [ENCODER_WAV_FLOAT] = {"WAV", RATE_LOWEST, RATE_HIGHEST, false, ENCODER_SAMPLE_FLOAT, 10},
    [ENCODER_FLAC_16] = {"FLAC", RATE_LOWEST, RATE_HIGHEST, false, ENCODER_SAMPLE_16, 10},
    [ENCODER_FLAC_24] = {"FLAC", RATE_LOWEST, RATE_HIGHEST, false, ENCODER_SAMPLE_24, 10},
    // At other rates these formats save nothing worth having, and sound worse.
    [ENCODER_VORBIS] = {"Ogg Vorbis", 44100, 48000, true, ENCODER_SAMPLE_FLOAT, 12},
    [ENCODER_OPUS] = {"Opus", 48000, 48000, true, ENCODER_SAMPLE_FLOAT, 33},
    [ENCODER_MP3] = {"MP3", 44100, 48000, true, ENCODER_SAMPLE_FLOAT, 8},
};

// By sample format: 16 bits, 24 bits, float. ENCODER_FORMATS: there is none.
static const struct extension {
    const char *text;
    enum encoder_format with_bits[3];
} extensions[] = {
    {".wav", {ENCODER_WAV_16, ENCODER_WAV_24, ENCODER_WAV_FLOAT}},
    {".flac", {ENCODER_FLAC_16, ENCODER_FLAC_24, ENCODER_FORMATS}},
    {".ogg", {ENCODER_VORBIS, ENCODER_FORMATS, ENCODER_FORMATS}},
    {".opus", {ENCODER_OPUS, ENCODER_FORMATS, ENCODER_FORMATS}},
    {".mp3", {ENCODER_MP3, ENCODER_FORMATS, ENCODER_FORMATS}},
};

static bool ends_in(const char *path, const char *extension)
{
    size_t size = strlen(path), tail = strlen(extension);
    return size > tail && path[size - tail - 1] != '/' &&
           strcasecmp(path + size - tail, extension) == 0;
}

static const struct extension *find_extension(const char *path)
{
    if (strcmp(path, "-") == 0)
        return &extensions[0];
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        if (ends_in(path, extensions[i].text))
            return &extensions[i];
    return NULL;
}

enum status encoder_format_from_path(enum encoder_format *format, const char *path, int bits,
                                     struct error *error)
{
    const struct extension *extension = find_extension(path);
    if (!extension)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "\"%s\" does not end in .wav, .flac, .ogg, .opus or .mp3, the formats "
                         "that can be written",
                         path);
    enum encoder_format found = extension->with_bits[bits == 16 ? 0 : bits == 24 ? 1 : 2];
    if (found == ENCODER_FORMATS)
        return error_set(error, STATUS_BAD_ARGUMENT, "%s files cannot have %s",
                         encoder_format_name(extension->with_bits[0]),
                         bits == 24 ? "24 bits" : "float samples");
    *format = found;
    return STATUS_OK;
}

const char *encoder_format_name(enum encoder_format format)
{
    return formats[format].name;
}

bool encoder_format_is_lossy(enum encoder_format format)
{
    return formats[format].lossy;
}

enum encoder_sample encoder_format_sample(enum encoder_format format)
{
    return formats[format].sample;
}

int encoder_format_check_percent(enum encoder_format format)
{
    return formats[format].check_percent;
}

int encoder_format_sample_bytes(enum encoder_format format)
{
    return formats[format].sample == ENCODER_SAMPLE_16 ? 2 : 4;
}

static bool takes_rate(enum encoder_format format, int rate)
{
    return rate >= formats[format].lowest && rate <= formats[format].highest;
}

static enum status rate_failure(enum encoder_format format, int rate, struct error *error)
{
    struct buffer list = BUFFER_INIT;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        if (takes_rate(format, rates[i]))
            buffer_printf(&list, "%s%d", list.size ? ", " : "", rates[i]);
    enum status status =
        list.failed ? error_no_memory(error)
                    : error_set(error, STATUS_BAD_ARGUMENT,
                                "the sample rate of %s files cannot be %d Hz; it can be %s",
                                encoder_format_name(format), rate, list.data);
    buffer_free(&list);
    return status;
}

enum status encoder_format_check_rate(enum encoder_format format, int rate, struct error *error)
{
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        if (rates[i] == rate && takes_rate(format, rate))
            return STATUS_OK;
    return rate_failure(format, rate, error);
}

int64_t encoder_format_frames(int64_t frames, int rate)
{
    int64_t converted = (2 * frames * rate + FRAME_RATE) / (2 * (int64_t)FRAME_RATE);
    return converted > 0 ? converted : 1;
}
