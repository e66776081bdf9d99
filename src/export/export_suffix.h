// SPDX-License-Identifier: GPL-3.0-or-later
// The name of a file beside another.
#ifndef LOOSEN_EXPORT_SUFFIX_H
#define LOOSEN_EXPORT_SUFFIX_H

#include "catalogue.h"

// "calm.flac" and ".voice.wav" are "calm.voice.wav": the suffix takes the place of the extension,
// if there is one. STATUS_BAD_ARGUMENT when that is too long.
enum status export_suffix_replace(char path[CATALOGUE_PATH_MAX], const char *audio_path,
                                  const char *suffix, struct error *error);

#endif
