// SPDX-License-Identifier: GPL-3.0-or-later
// From a session to its outline.
#ifndef LOOSEN_OUTLINE_BUILD_H
#define LOOSEN_OUTLINE_BUILD_H

#include "outline.h"
#include "plan_config.h"
#include "utterances.h"

// The boxes with every choice at its least. STATUS_BAD_INPUT, with its place, when a block cannot
// hold what must be said in it, or the whole is over SESSION_EVENTS_MAX.
enum status outline_build(struct outline *outline, struct arena *arena,
                          const struct session *session, const struct utterances *utterances,
                          const int64_t *clip_frames, const struct plan_config *config,
                          struct error *error);

#endif
