// Which of PortAudio's devices to play on. Only for the speaker's worker, after Pa_Initialize.
#ifndef LOOSEN_SPEAKER_DEVICE_H
#define LOOSEN_SPEAKER_DEVICE_H

#include "buffer.h"
#include <portaudio.h>

enum { SPEAKER_DEVICE_CHOICES = 2 };

// The devices to try, best first; returns how many. With a name: the device called so, else the first
// whose name contains it (ASCII case ignored). Without: JACK if the user named a JACK server in
// JACK_DEFAULT_SERVER and it runs, else ALSA's default (which is PulseAudio or PipeWire where they
// run), then JACK.
int speaker_device_choose(PaDeviceIndex choices[SPEAKER_DEVICE_CHOICES], const char *name);

// One line a device: "name, host API, channels, rate", the first default marked.
void speaker_device_list(struct buffer *out);

#endif
