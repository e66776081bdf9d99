// SPDX-License-Identifier: GPL-3.0-or-later
// What happened while a session played, as JSON; docs/json.md describes it.
#ifndef LOOSEN_PLAY_REPORT_JSON_H
#define LOOSEN_PLAY_REPORT_JSON_H

#include "buffer.h"
#include "error.h"

struct play_report {
    struct text session;  // id
    int64_t total_frames; // of the session, as it was at its end
    int64_t heard_frames;
    int64_t first_frame_ms; // from the command to the first frame that the device took; -1: none
    const char *device, *api;
    int rate_hz, channels; // of the device
    int latency_frames;    // of the device
    int device_losses;
    int64_t underruns;        // of ours: times the ring was empty
    int64_t device_underruns; // as the device says
    int64_t limited_blocks;   // in which the limiter acted
    int64_t bad_frames;       // that were replaced
    int narrator_restarts;
    int64_t lost_lines; // that the voice could not speak
};

// Append it. STATUS_NO_MEMORY.
enum status play_report_json_print(const struct play_report *report, struct buffer *out,
                                   struct error *error);

#endif
