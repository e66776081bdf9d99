// SPDX-License-Identifier: GPL-3.0-or-later
// Which session is meant, and how long it is to be.
#ifndef LOOSEN_SESSION_CHOICE_H
#define LOOSEN_SESSION_CHOICE_H

#include "catalogue.h"
#include "error.h"
#include "session_model.h"
#include "session_origin.h"
#include "settings.h"

// Load the session called `name`, a name or a path, and say where it comes from. Faults that stop
// it go to stderr; that there are warnings, session_origin_tell says. Free with session_free.
enum status session_choice_load(struct session *session, struct session_origin *origin,
                                const char *name, const struct settings *settings,
                                const struct data_folders *folders, struct error *error);

// The length that was asked for, or the session's own. STATUS_BAD_ARGUMENT, which names what is
// possible, and what else is shipped or what the writer of an own session can do: it is outside the
// session's range; *total_frames is set also then.
enum status session_choice_length(int64_t *total_frames, const struct session *session,
                                  const struct session_origin *origin,
                                  const struct settings *settings,
                                  const struct data_folders *folders, struct error *error);

// A scene alone: a session without a word, called as the scene is, and its length as above.
enum status session_choice_scene_only(struct session *session, int64_t *total_frames,
                                      const struct settings *settings, struct error *error);

#endif
