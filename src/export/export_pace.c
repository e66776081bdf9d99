// SPDX-License-Identifier: GPL-3.0-or-later
// The speed so far gives the time that is left; the line drops parts until it fits.
#include "export_pace.h"

#include "duration.h"

// An estimate is worth showing once this much is behind it.
enum {
    SETTLED_MS = 1000,
    SETTLED_PERCENT = 2,
    PATIENCE_MS = 10000, // of a long batch, two percent may take an hour
};

struct export_estimate export_pace_estimate(struct export_pace *pace, int64_t now_ms,
                                            int64_t worked_frames, int64_t left_frames)
{
    struct export_estimate estimate = {.known = false};
    if (!pace->begun && worked_frames > 0)
        *pace = (struct export_pace){true, now_ms, worked_frames};
    const int64_t ms = now_ms - pace->begin_ms;
    const int64_t frames = worked_frames - pace->begin_frames;
    const bool enough = frames * 100 >= SETTLED_PERCENT * (worked_frames + left_frames);
    if (!pace->begun || ms < SETTLED_MS || frames <= 0 || (!enough && ms < PATIENCE_MS))
        return estimate;
    const double seconds = (double)ms / 1000;
    estimate.known = true;
    estimate.speed = seconds_from_frames(frames) / seconds;
    estimate.seconds_left = seconds * (double)left_frames / (double)frames;
    return estimate;
}

enum part { PART_PERCENT = 1, PART_FILES = 2, PART_LEFT = 4, PART_SPEED = 8 };

static void print_parts(struct buffer *out, const struct export_pace_line *line, int parts)
{
    if (parts & PART_FILES && line->files)
        buffer_printf(out, "%zu of %zu files  ", line->files_done, line->files);
    buffer_printf(out, "%3d %%", line->percent);
    if (!line->estimate.known)
        return;
    if (parts & PART_SPEED)
        buffer_printf(out, "  %.0f x real time", line->estimate.speed);
    if (parts & PART_LEFT) {
        buffer_add_c(out, "  ");
        // Rounded up: nothing is left only at the end.
        duration_print_clock(out,
                             (int64_t)(line->estimate.seconds_left * FRAME_RATE) + FRAME_RATE - 1);
        buffer_add_c(out, " left");
    }
}

void export_pace_print(struct buffer *out, const struct export_pace_line *line, int columns)
{
    static const int choices[] = {PART_PERCENT | PART_FILES | PART_LEFT | PART_SPEED,
                                  PART_PERCENT | PART_FILES | PART_LEFT, PART_PERCENT | PART_FILES,
                                  PART_PERCENT};
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        struct buffer text = BUFFER_INIT;
        print_parts(&text, line, choices[i]);
        bool fits = !text.failed && (int64_t)text.size < columns;
        if (fits)
            buffer_add(out, buffer_text(&text));
        buffer_free(&text);
        if (fits)
            return;
    }
}
