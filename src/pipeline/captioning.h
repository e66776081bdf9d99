// SPDX-License-Identifier: GPL-3.0-or-later
// From a planned session to the text of its captions and its transcript.
#ifndef LOOSEN_CAPTIONING_H
#define LOOSEN_CAPTIONING_H

#include "captions.h"
#include "pipeline.h"

// Make the captions of a planned session. What they borrow beside `pipeline` lies in `arena`, which
// must outlive them; captions_free ends them. STATUS_NO_MEMORY or STATUS_OK.
enum status captioning_build(struct captions *captions, struct arena *arena,
                             const struct pipeline *pipeline, struct error *error);

// Append them to `out`, whose sticky error is the caller's to look at. `pipeline` is planned; a
// scene alone gives none. STATUS_NO_MEMORY or STATUS_OK.
enum status captioning_print(struct buffer *out, enum caption_format format,
                             const struct pipeline *pipeline, struct error *error);

#endif
