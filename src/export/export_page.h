// SPDX-License-Identifier: GPL-3.0-or-later
// The page beside an export (see page.h).
#ifndef LOOSEN_EXPORT_PAGE_H
#define LOOSEN_EXPORT_PAGE_H

#include "encoder.h"
#include "pipeline.h"

// STATUS_BAD_ARGUMENT when audio of this name is nothing for a page, which takes what is small:
// Opus, Ogg Vorbis, and MP3, if that has a constant bit rate.
enum status export_page_check(const char *audio_path, struct error *error);

// Append the page of the planned session, with the verified audio inside, which has `audio_path`.
enum status export_page_print(struct buffer *out, const struct pipeline *pipeline,
                              struct encoder *audio, const char *audio_path, struct error *error);

#endif
