// SPDX-License-Identifier: GPL-3.0-or-later
// Tags as an ID3v2.4 tag, which stands in front of an MP3 file's sound.
#ifndef LOOSEN_ID3_TAG_H
#define LOOSEN_ID3_TAG_H

#include "buffer.h"
#include "tags.h"

// Append the whole tag: title (TIT2), language (TLAN), length in ms (TLEN), comment (COMM),
// software (TSSE), session, length and notice (TXXX), and chapters (CTOC, CHAP) with times in ms.
// `out` remembers a failure.
void id3_tag_build(const struct tags *tags, struct buffer *out);

#endif
