// SPDX-License-Identifier: GPL-3.0-or-later
// Tags as Vorbis comments, in the packets of the formats that use them.
#ifndef LOOSEN_VORBIS_COMMENT_H
#define LOOSEN_VORBIS_COMMENT_H

#include "buffer.h"
#include "tags.h"

enum vorbis_comment_carrier {
    VORBIS_COMMENT_BARE,   // the comments alone: the body of a FLAC metadata block of type 4
    VORBIS_COMMENT_VORBIS, // second header packet of Ogg Vorbis
    VORBIS_COMMENT_OPUS,   // second header packet of Ogg Opus
};

// Append the comments: TITLE, LANGUAGE, DESCRIPTION, SESSION, LENGTH, NOTICE, ENCODER (the
// software) and CHAPTER000=hh:mm:ss.mmm with CHAPTER000NAME. `vendor` names the encoding library,
// as the formats require. `out` remembers a failure.
void vorbis_comment_build(const struct tags *tags, enum vorbis_comment_carrier carrier,
                          struct text vendor, struct buffer *out);

// The vendor in a comment packet of that carrier, pointing into it; empty when the packet is not
// one.
struct text vorbis_comment_vendor(enum vorbis_comment_carrier carrier, struct text packet);

#endif
