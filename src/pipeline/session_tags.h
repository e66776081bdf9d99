// SPDX-License-Identifier: GPL-3.0-or-later
// What an exported file says of itself (see tags.h), made from a planned session.
#ifndef LOOSEN_SESSION_TAGS_H
#define LOOSEN_SESSION_TAGS_H

#include "arena.h"
#include "error.h"
#include "tags.h"
#include "timeline.h"

struct utterances;

// Tags of a planned session. A chapter is a section in which something is said, touched, moved or
// breathed; one without such an event belongs to the chapter before it. The first chapter begins at
// 0, there is no gap, and the last possible one takes the rest. Texts are the session's, or in
// `arena`: both must outlive the tags. STATUS_NO_MEMORY or STATUS_OK.
enum status session_tags_build(struct tags *tags, struct arena *arena,
                               const struct timeline *timeline, const struct utterances *utterances,
                               struct error *error);

#endif
