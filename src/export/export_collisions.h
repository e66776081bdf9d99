// SPDX-License-Identifier: GPL-3.0-or-later
// Exports of one list that would write the same file: audio, or something beside it ("calm.vtt"
// beside "calm.wav" and "calm.flac"; "calm.voice.wav", a stem of the one and the audio of the
// other).
#ifndef LOOSEN_EXPORT_COLLISIONS_H
#define LOOSEN_EXPORT_COLLISIONS_H

#include "export_list.h"

// Add a problem to the list for each two. STATUS_NO_MEMORY.
enum status export_collisions_find(struct export_list *list, const struct settings *settings,
                                   struct error *error);

#endif
