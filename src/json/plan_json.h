// SPDX-License-Identifier: GPL-3.0-or-later
// A timeline as JSON, through libjansson.
#ifndef LOOSEN_PLAN_JSON_H
#define LOOSEN_PLAN_JSON_H

#include "error.h"
#include "timeline.h"

struct points;
struct utterances;

// What is told besides the timeline.
struct plan_json_config {
    uint64_t seed;
    const struct points *points; // what the tags mean; NULL: it is not told
};

// {session, language, ending (return, sleep), sample_rate, total_frames, lead_frames, tail_frames,
// seed, sections[], events[], left_out[], speech_share, longest_wait_frames, breaths}, and, where
// their meanings are known, points[] {point, meaning}: those of the lines that are said. Every
// event has type, section, start_frame and frames, and by type:
//   speech:   text, level (must, core, extra, presence, cue), tags[], side
//   breath:   phase (in, hold, out), bout, cycle, pattern
//   contact:  region, tool, surface, side, pressure [least, most]
//   move:     name, side
//   scene:    name; section: name
// side is null outside @sides. STATUS_NO_MEMORY is the only failure.
enum status plan_json_print(const struct timeline *timeline, const struct utterances *utterances,
                            const struct plan_json_config *config, struct buffer *out,
                            struct error *error);

#endif
