// SPDX-License-Identifier: GPL-3.0-or-later
// The library is told the voice's settings, and its callback gathers samples and word marks.
#include "espeak_voice.h"

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NAME_MAX_BYTES = 128 };

static enum status initialise(struct error *error)
{
    espeak_ng_InitializePath(NULL);
    espeak_ng_ERROR_CONTEXT context = NULL;
    espeak_ng_STATUS status = espeak_ng_Initialize(&context);
    espeak_ng_ClearErrorContext(&context);
    if (status == ENS_OK)
        status = espeak_ng_InitializeOutput(ENOUTPUT_MODE_SYNCHRONOUS, 0, NULL);
    if (status == ENS_OK)
        return STATUS_OK;
    char reason[256] = "";
    espeak_ng_GetStatusCodeMessage(status, reason, sizeof reason);
    return error_set(error, STATUS_NARRATOR,
                     "the voice data of espeak-ng cannot be read (%s): "
                     "install the package espeak-ng-data",
                     reason);
}

// True when the loaded voice speaks `language`: a voice by properties is the nearest one, which for
// an unknown language is any. The list has a priority byte before each name.
static bool speaks(const espeak_VOICE *voice, const char *language)
{
    for (const char *entry = voice->languages; *entry != '\0'; entry += 2 + strlen(entry + 1))
        if (strcasecmp(entry + 1, language) == 0)
            return true;
    return false;
}

// "en-gb" is a language of the voice "gmw/en", not a name. The variant is appended to the name.
static bool load_by_language(const char *language, const char *variant)
{
    espeak_VOICE wanted = {.languages = language};
    if (espeak_ng_SetVoiceByProperties(&wanted) != ENS_OK)
        return false;
    const espeak_VOICE *found = espeak_GetCurrentVoice();
    if (!found || !found->identifier || !found->languages || !speaks(found, language))
        return false;
    char name[2 * NAME_MAX_BYTES];
    snprintf(name, sizeof name, "%s%s", found->identifier, variant);
    return espeak_ng_SetVoiceByName(name) == ENS_OK;
}

// An unknown variant is ignored by the library without an error: look at what was loaded.
static bool has_variant(const char *variant)
{
    const espeak_VOICE *loaded = espeak_GetCurrentVoice();
    if (!loaded || !loaded->identifier)
        return false;
    size_t have = strlen(loaded->identifier), want = strlen(variant);
    return have >= want && strcmp(loaded->identifier + have - want, variant) == 0;
}

static enum status load_by_name(const char *name, struct error *error)
{
    const char *plus = strchr(name, '+');
    const char *variant = plus ? plus : "";
    size_t base_size = strlen(name) - strlen(variant);
    char base[NAME_MAX_BYTES];
    // mbrola voices start another program, and "!v/..." are variants without a voice.
    if (base_size == 0 || strlen(name) >= sizeof base || strncmp(name, "mb", 2) == 0 ||
        name[0] == '!')
        return error_set(error, STATUS_NARRATOR, "there is no voice \"%s\"", name);
    snprintf(base, sizeof base, "%.*s", (int)base_size, name);
    if (espeak_ng_SetVoiceByName(name) != ENS_OK && !load_by_language(base, variant))
        return error_set(error, STATUS_NARRATOR, "there is no voice \"%s\"", name);
    if (!has_variant(variant))
        return error_set(error, STATUS_NARRATOR, "the voice \"%s\" has no variant \"%s\"", base,
                         plus ? plus + 1 : "");
    return STATUS_OK;
}

// Other languages say English words by the English dictionary, which is read when the first such
// word comes. Later no file can be opened: let it come now. The words are foreign in every language
// that has this rule.
static void load_second_language(void)
{
    const void *text = "Team, weekend, hello, email.";
    while (text)
        espeak_TextToPhonemes(&text, espeakCHARS_UTF8, 0);
}

enum status espeak_voice_load(const struct voice *voice, struct error *error)
{
    enum status status = initialise(error);
    THEN(status, load_by_name(voice->name, error));
    if (status != STATUS_OK)
        return status;
    const struct {
        espeak_PARAMETER parameter;
        int value;
    } settings[] = {
        {espeakRATE, voice->rate},        {espeakPITCH, voice->pitch},
        {espeakRANGE, voice->range},      {espeakWORDGAP, voice->word_gap},
        {espeakVOLUME, voice->amplitude},
    };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (espeak_ng_SetParameter(settings[i].parameter, settings[i].value, 0) != ENS_OK)
            return error_set(error, STATUS_NARRATOR, "the voice refuses its settings");
    load_second_language();
    return STATUS_OK;
}

// Positions count characters from 1. A word of no length is the end of a clause.
static void take_words(struct espeak_take *take, const espeak_EVENT *events)
{
    for (; events->type != espeakEVENT_LIST_TERMINATED; events++) {
        if (events->type != espeakEVENT_WORD || events->length <= 0 || events->text_position < 1 ||
            events->sample < 0)
            continue;
        if (take->word_count < take->word_capacity)
            take->words[take->word_count] = (struct narrator_word){
                (uint32_t)events->sample, (uint32_t)events->text_position - 1};
        take->word_count++;
    }
}

// Called by the library for every block; the end has no samples. `user_data` came with the text.
static int take_block(short *samples, int count, espeak_EVENT *events)
{
    struct espeak_take *take = events->user_data;
    if (!take)
        return 0;
    take_words(take, events);
    if (!samples || count <= 0)
        return 0;
    size_t room = take->capacity - take->count;
    size_t taken = (size_t)count < room ? (size_t)count : room;
    memcpy(take->samples + take->count, samples, taken * sizeof *samples);
    take->count += taken;
    take->full = taken < (size_t)count;
    return take->full;
}

bool espeak_voice_speak(const char *text, struct espeak_take *take)
{
    espeak_SetSynthCallback(take_block);
    espeak_ng_STATUS status = espeak_ng_Synthesize(text, strlen(text) + 1, 0, POS_CHARACTER, 0,
                                                   espeakCHARS_UTF8 | espeakPHONEMES, NULL, take);
    take->rate = espeak_ng_GetSampleRate();
    return status == ENS_OK || take->full;
}

const char *espeak_voice_version(void)
{
    return espeak_Info(NULL);
}

void espeak_voice_find_folder(void)
{
    const char *home = getenv("HOME");
    char *kept = home ? strdup(home) : NULL;
    if (home && !kept)
        return;
    unsetenv("HOME");
    espeak_ng_InitializePath(NULL);
    if (kept)
        setenv("HOME", kept, 1);
    free(kept);
}

const char *espeak_voice_folder(void)
{
    const char *folder = NULL;
    (void)espeak_Info(&folder);
    return folder;
}
