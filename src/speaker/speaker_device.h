// SPDX-License-Identifier: GPL-3.0-or-later
// Which of PortAudio's devices to play on. Only for the speaker's worker, after Pa_Initialize.
#ifndef LOOSEN_SPEAKER_DEVICE_H
#define LOOSEN_SPEAKER_DEVICE_H

#include "buffer.h"
#include "error.h"
#include <portaudio.h>

enum { SPEAKER_DEVICE_CHOICES = 2 };

// The devices to try, best first; returns how many; 0 with STATUS_NO_DEVICE in `error` and the
// devices that there are. With a name (ASCII case ignored): the one device called so, or "name,
// host API" as the list has it; else the one that has it in its name; else in "name, host API".
// Several: none is chosen. Without a name: JACK if the user named a JACK server in
// JACK_DEFAULT_SERVER and it runs, else ALSA's default (which is PulseAudio or PipeWire where they
// run), then JACK.
int speaker_device_choose(PaDeviceIndex choices[SPEAKER_DEVICE_CHOICES], const char *name,
                          struct error *error);

// One line a device, of fields with a tab behind each: name, host API, the most channels, the rate
// that it prefers, and "default" for the first of the defaults.
void speaker_device_list(struct buffer *out);

#endif
