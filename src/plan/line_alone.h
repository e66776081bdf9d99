// SPDX-License-Identifier: GPL-3.0-or-later
// One line of a script by itself, as it will sound: on both sides, where it is said on both.
#ifndef LOOSEN_LINE_ALONE_H
#define LOOSEN_LINE_ALONE_H

#include "error.h"
#include "line_lookup.h"
#include "timeline.h"
#include "utterances.h"

// Keep of the utterances what this line says, so that nothing else has to be spoken. The order is
// that of the sides.
void line_alone_keep(struct utterances *utterances, const struct found_line *line);

// A timeline of those utterances over the session's scene: no lead but a short fade.
// STATUS_NO_MEMORY. Free with timeline_free.
enum status line_alone_build(struct timeline *timeline, const struct session *session,
                             const struct found_line *line, const int64_t *clip_frames,
                             size_t clip_count, struct error *error);

#endif
