// SPDX-License-Identifier: GPL-3.0-or-later
// The worker is started with its arguments and as little of the environment as it needs.
#include "speaker_spawn.h"

// What audio libraries read; the worker gets nothing else of the player's environment.
static const char *const environment[] = {"HOME",
                                          "XDG_RUNTIME_DIR",
                                          "XDG_CONFIG_HOME",
                                          "DBUS_SESSION_BUS_ADDRESS",
                                          "LD_LIBRARY_PATH", // pw-jack puts its library there
                                          "ALSA_CONFIG_PATH",
                                          "ALSA_CONFIG_DIR",
                                          "ALSA_CARD",
                                          "AUDIODEV",
                                          "PULSE_SERVER",
                                          "PULSE_SINK",
                                          "PULSE_RUNTIME_PATH",
                                          "PULSE_STATE_PATH",
                                          "PULSE_COOKIE",
                                          "PULSE_CLIENTCONFIG",
                                          "PULSE_CONFIG_PATH",
                                          "PULSE_LATENCY_MSEC",
                                          "JACK_DEFAULT_SERVER",
                                          "JACK_NO_AUDIO_RESERVATION",
                                          "JACK_PROMISCUOUS_SERVER",
                                          "JACK_NO_START_SERVER=1",
                                          "PIPEWIRE_REMOTE",
                                          "PIPEWIRE_RUNTIME_DIR",
                                          "PIPEWIRE_CONFIG_DIR",
                                          "PIPEWIRE_LATENCY",
                                          "PIPEWIRE_NODE",
                                          "PIPEWIRE_PROPS",
                                          NULL};

enum status speaker_spawn(struct worker *worker, const char *const *args, int memory_fd,
                          struct error *error)
{
    return worker_start(worker, "speaker", args, environment, memory_fd, error);
}
