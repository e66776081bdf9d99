// From a planned session to the text of its captions and its transcript.
#ifndef LOOSEN_CAPTIONING_H
#define LOOSEN_CAPTIONING_H

#include "pipeline.h"

enum caption_format { CAPTION_VTT, CAPTION_SRT, CAPTION_LRC, CAPTION_TRANSCRIPT };

// Append them to `out`, whose sticky error is the caller's to look at. `pipeline` is planned; a scene
// alone gives none. STATUS_NO_MEMORY or STATUS_OK.
enum status captioning_print(struct buffer *out, enum caption_format format,
                             const struct pipeline *pipeline, struct error *error);

#endif
