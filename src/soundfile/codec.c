// SPDX-License-Identifier: GPL-3.0-or-later
// The versions of the libraries that pack sound for libsndfile, asked of themselves.
// The libraries are there because libsndfile needs them: they are asked by name, so that building
// loosen takes nothing more.
#include "codec.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static const struct codec {
    const char *function; // const char *(void)
    const char *variable; // const char *
    const char *name;     // in front of a version that has none
} codecs[ENCODER_FORMATS] = {
    [ENCODER_FLAC_16] = {.variable = "FLAC__VENDOR_STRING"},
    [ENCODER_FLAC_24] = {.variable = "FLAC__VENDOR_STRING"},
    [ENCODER_VORBIS] = {.function = "vorbis_version_string"},
    [ENCODER_OPUS] = {.function = "opus_get_version_string"},
    [ENCODER_MP3] = {.function = "get_lame_version", .name = "LAME "},
};

static const char *ask(void *program, const struct codec *codec)
{
    const char *(*function)(void) = NULL;
    void *symbol = dlsym(program, codec->function ? codec->function : codec->variable);
    if (!symbol)
        return NULL;
    if (codec->variable)
        return *(const char *const *)symbol;
    memcpy(&function, &symbol, sizeof function); // ISO C has no cast for it
    return function();
}

bool codec_version(char version[CODEC_VERSION_MAX], enum encoder_format format)
{
    const struct codec *codec = &codecs[format];
    if (!codec->function && !codec->variable)
        return false;
    void *program = dlopen(NULL, RTLD_LAZY); // and all that it needs
    const char *answer = program ? ask(program, codec) : NULL;
    snprintf(version, CODEC_VERSION_MAX, "%s%s", answer && codec->name ? codec->name : "",
             answer ? answer : "unknown");
    if (program)
        (void)dlclose(program); // what it needs stays
    return true;
}
