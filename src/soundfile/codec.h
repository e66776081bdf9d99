// SPDX-License-Identifier: GPL-3.0-or-later
// The libraries that pack sound for libsndfile, which does not tell their versions: the bytes of a
// file depend on these more than on its own.
#ifndef LOOSEN_CODEC_H
#define LOOSEN_CODEC_H

#include "encoder_format.h"

enum { CODEC_VERSION_MAX = 80 };

// Name and version of the library that packs this format: "libopus 1.3.1"; "unknown" where
// libsndfile was built with it inside. False for WAV, which needs none.
bool codec_version(char version[CODEC_VERSION_MAX], enum encoder_format format);

#endif
