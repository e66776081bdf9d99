#include "speaker_device.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// ALSA's plug-in PCM "jack" is left out: when its server dies it stands still without a word, and the
// JACK host API offers the same server.
static bool is_playable(const PaDeviceInfo *device)
{
    const PaHostApiInfo *api = device ? Pa_GetHostApiInfo(device->hostApi) : NULL;
    if (!api || device->maxOutputChannels < 2)
        return false;
    return api->type != paALSA || strcmp(device->name, "jack") != 0;
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

// Length of the part of `string` that equals `wanted`: all of it when that ends early.
static size_t equal_length(const char *string, const char *wanted)
{
    size_t length = 0;
    while (wanted[length] && lower(string[length]) == lower(wanted[length]))
        length++;
    return length;
}

static bool is_called(const char *name, const char *wanted, bool whole)
{
    size_t length = strlen(wanted);
    if (whole)
        return strlen(name) == length && equal_length(name, wanted) == length;
    for (; *name; name++)
        if (equal_length(name, wanted) == length)
            return true;
    return false;
}

static PaDeviceIndex find_named(const char *wanted, bool whole)
{
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++) {
        const PaDeviceInfo *device = Pa_GetDeviceInfo(i);
        if (is_playable(device) && is_called(device->name, wanted, whole))
            return i;
    }
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

int speaker_device_choose(PaDeviceIndex choices[SPEAKER_DEVICE_CHOICES], const char *name)
{
    if (name) {
        PaDeviceIndex whole = find_named(name, true);
        return add(choices, 0, whole >= 0 ? whole : find_named(name, false));
    }
    bool jack_first = getenv("JACK_DEFAULT_SERVER") != NULL;
    int count = add(choices, 0, jack_first ? find_jack() : find_alsa());
    return add(choices, count, jack_first ? find_alsa() : find_jack());
}

void speaker_device_list(struct buffer *out)
{
    PaDeviceIndex choices[SPEAKER_DEVICE_CHOICES];
    PaDeviceIndex preferred = speaker_device_choose(choices, NULL) > 0 ? choices[0] : paNoDevice;
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++) {
        const PaDeviceInfo *device = Pa_GetDeviceInfo(i);
        if (!is_playable(device))
            continue;
        buffer_add_visible(out, text_from(device->name));
        buffer_printf(out, ", %s, %d channels, %.0f Hz%s\n",
                      Pa_GetHostApiInfo(device->hostApi)->name, device->maxOutputChannels,
                      device->defaultSampleRate, i == preferred ? " (default)" : "");
    }
}
