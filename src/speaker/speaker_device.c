// SPDX-License-Identifier: GPL-3.0-or-later
// Devices are ranked by their host API, and a name that was given picks one.
#include "speaker_device.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    LABEL_SIZE = 512,
    NAMES_MOST = 300, // bytes of names, after which an error names no more
};

// How well a name fits a device, from worst to best.
enum fit {
    FIT_NOT,
    FIT_LABEL, // part of "name, host API"
    FIT_NAME,  // part of the name
    FIT_WHOLE, // the name, or "name, host API"
};

// ALSA's plug-in PCM "jack" is left out: when its server dies it stands still without a word, and
// the JACK host API offers the same server.
static bool is_playable(const PaDeviceInfo *device)
{
    const PaHostApiInfo *api = device ? Pa_GetHostApiInfo(device->hostApi) : NULL;
    if (!api || device->maxOutputChannels < 1)
        return false;
    return api->type != paALSA || strcmp(device->name, "jack") != 0;
}

// What `list devices` calls it: "name, host API".
static void label(char text[LABEL_SIZE], const PaDeviceInfo *device)
{
    snprintf(text, LABEL_SIZE, "%s, %s", device->name, Pa_GetHostApiInfo(device->hostApi)->name);
}

static bool contains(const char *text, const char *wanted)
{
    size_t length = strlen(wanted);
    while (*text && strncasecmp(text, wanted, length) != 0)
        text++;
    return *text != '\0';
}

static enum fit fit_of(PaDeviceIndex index, const char *wanted)
{
    const PaDeviceInfo *device = Pa_GetDeviceInfo(index);
    char text[LABEL_SIZE];
    if (!is_playable(device))
        return FIT_NOT;
    label(text, device);
    if (strcasecmp(device->name, wanted) == 0 || strcasecmp(text, wanted) == 0)
        return FIT_WHOLE;
    return contains(device->name, wanted) ? FIT_NAME : contains(text, wanted) ? FIT_LABEL : FIT_NOT;
}

// The devices of at least that fit, in the words of `list devices`, as many as a sentence can hold.
static void add_names(struct buffer *out, const char *wanted, enum fit least)
{
    int left = 0;
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++) {
        char text[LABEL_SIZE];
        if (!is_playable(Pa_GetDeviceInfo(i)) || fit_of(i, wanted) < least)
            continue;
        if (out->size > NAMES_MOST) {
            left++;
            continue;
        }
        label(text, Pa_GetDeviceInfo(i));
        buffer_printf(out, "%s%.100s", out->size ? "; " : "", text);
    }
    if (left > 0)
        buffer_printf(out, "; and %d more (loosen list devices)", left);
}

static void refuse(const char *wanted, int found, enum fit best, struct error *error)
{
    struct buffer names = BUFFER_INIT;
    add_names(&names, wanted, best);
    buffer_add_byte(&names, '\0');
    const char *list = names.failed ? "" : names.data;
    if (found > 0)
        error_set(error, STATUS_NO_DEVICE, "\"%.80s\" could be one of several audio devices: %s",
                  wanted, list);
    else if (list[0])
        error_set(error, STATUS_NO_DEVICE,
                  "there is no audio device called \"%.80s\"; there are: %s", wanted, list);
    else
        error_set(error, STATUS_NO_DEVICE, "there is no audio device to play on");
    buffer_free(&names);
}

// The one device that fits the name best.
static PaDeviceIndex find_named(const char *wanted, struct error *error)
{
    enum fit best = FIT_NOT;
    PaDeviceIndex chosen = paNoDevice;
    int found = 0;
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++) {
        enum fit fit = fit_of(i, wanted);
        if (fit == FIT_NOT || fit < best)
            continue;
        found = fit > best ? 1 : found + 1;
        best = fit;
        chosen = i;
    }
    if (found == 1)
        return chosen;
    refuse(wanted, found, best, error);
    return paNoDevice;
}

static const PaHostApiInfo *find_api(PaHostApiTypeId type)
{
    PaHostApiIndex index = Pa_HostApiTypeIdToHostApiIndex(type);
    return index < 0 ? NULL : Pa_GetHostApiInfo(index);
}

// JACK's devices are its clients: the loudspeaker is "system", or under PipeWire the default sink.
static PaDeviceIndex find_jack(void)
{
    const PaHostApiInfo *api = find_api(paJACK);
    for (int i = 0; api && i < api->deviceCount; i++) {
        PaDeviceIndex index =
            Pa_HostApiDeviceIndexToDeviceIndex(Pa_HostApiTypeIdToHostApiIndex(paJACK), i);
        const PaDeviceInfo *device = Pa_GetDeviceInfo(index);
        if (is_playable(device) && strcmp(device->name, "system") == 0)
            return index;
    }
    return api ? api->defaultOutputDevice : paNoDevice;
}

static PaDeviceIndex find_alsa(void)
{
    const PaHostApiInfo *api = find_api(paALSA);
    return api ? api->defaultOutputDevice : paNoDevice;
}

static int add(PaDeviceIndex choices[SPEAKER_DEVICE_CHOICES], int count, PaDeviceIndex index)
{
    if (index < 0 || !is_playable(Pa_GetDeviceInfo(index)))
        return count;
    choices[count] = index;
    return count + 1;
}

int speaker_device_choose(PaDeviceIndex choices[SPEAKER_DEVICE_CHOICES], const char *name,
                          struct error *error)
{
    if (name)
        return add(choices, 0, find_named(name, error));
    bool jack_first = getenv("JACK_DEFAULT_SERVER") != NULL;
    int count = add(choices, 0, jack_first ? find_jack() : find_alsa());
    count = add(choices, count, jack_first ? find_alsa() : find_jack());
    if (count == 0)
        error_set(error, STATUS_NO_DEVICE, "there is no audio device to play on");
    return count;
}

void speaker_device_list(struct buffer *out)
{
    PaDeviceIndex choices[SPEAKER_DEVICE_CHOICES];
    PaDeviceIndex preferred =
        speaker_device_choose(choices, NULL, NULL) > 0 ? choices[0] : paNoDevice;
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++) {
        const PaDeviceInfo *device = Pa_GetDeviceInfo(i);
        if (!is_playable(device))
            continue;
        buffer_add_visible(out, text_from(device->name)); // no tab is left in it
        buffer_printf(out, "\t%s\t%d\t%.0f\t%s\t\n", Pa_GetHostApiInfo(device->hostApi)->name,
                      device->maxOutputChannels, device->defaultSampleRate,
                      i == preferred ? "default" : "");
    }
}
