// SPDX-License-Identifier: GPL-3.0-or-later
// How the settings want a session planned, and what the planner is told of its clips.
#ifndef LOOSEN_PLANNING_H
#define LOOSEN_PLANNING_H

#include "line_lookup.h"
#include "plan.h"
#include "settings.h"
#include "speech.h"

struct plan_config planning_config(const struct settings *settings, int64_t total_frames);

// Plan a session of which all is spoken. Fails as plan_build does; an error names the options that
// may be its cause. Free with timeline_free.
enum status planning_build(struct timeline *timeline, const struct session *session,
                           const struct speech *speech, int64_t total_frames, struct error *error);

// The timeline of one line alone, of which all is spoken. STATUS_NO_MEMORY.
enum status planning_line(struct timeline *timeline, const struct session *session,
                          const struct speech *speech, const struct found_line *line,
                          struct error *error);

// Add to the error of a length that cannot be had what the session's writer can do, and return its
// status.
enum status planning_advise(const struct session *session, const struct speech *speech,
                            int64_t total_frames, struct error *error);

// The timeline of a scene alone, which goes as slowly as it comes, and a little more so.
void planning_scene_only(struct timeline *timeline, const struct session *session,
                         int64_t total_frames);

#endif
