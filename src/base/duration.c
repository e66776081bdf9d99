// SPDX-License-Identifier: GPL-3.0-or-later
// Durations and lengths are read digit by digit and printed, without the C library's locale.
#include "duration.h"

#include "number.h"

bool duration_parse(struct text view, int64_t *frames)
{
    static const struct {
        struct text name;
        int64_t ms;
    } units[] = {{{"h", 1}, 3600000}, {{"ms", 2}, 1}, {{"m", 1}, 60000}, {{"s", 1}, 1000}};
    int64_t total = 0; // microseconds
    int64_t smallest = INT64_MAX;
    if (view.size == 0)
        return false;
    while (view.size > 0) {
        int64_t thousandths;
        if (!number_take(&view, 3, &thousandths))
            return false;
        size_t u = 0;
        while (u < sizeof units / sizeof *units && !text_starts_with(view, units[u].name))
            u++;
        if (u == sizeof units / sizeof *units || units[u].ms >= smallest)
            return false;
        smallest = units[u].ms;
        view = text_skip(view, units[u].name.size);
        if (thousandths > DURATION_MAX)
            return false;
        total += thousandths * units[u].ms;
        if (total / 1000 > DURATION_MAX / FRAMES_PER_MS)
            return false;
    }
    *frames = total * FRAMES_PER_MS / 1000;
    return true;
}

// "M:SS" or "H:MM:SS"; the parts behind the first have two digits below 60.
static bool parse_clock(struct text view, int64_t *frames)
{
    int64_t seconds = 0;
    int parts = 0;
    while (true) {
        struct text part = text_head(view, text_find(view, ':'));
        int64_t value;
        if (!number_parse(part, 0, &value))
            return false;
        if (parts > 0 && (part.size != 2 || value >= 60))
            return false;
        if (value > DURATION_MAX / FRAME_RATE)
            return false;
        seconds = seconds * 60 + value;
        parts++;
        if (part.size == view.size)
            break;
        view = text_skip(view, part.size + 1);
    }
    if (parts < 2 || parts > 3 || seconds > DURATION_MAX / FRAME_RATE)
        return false;
    *frames = seconds * FRAME_RATE;
    return true;
}

bool duration_parse_length(struct text view, int64_t *frames)
{
    int64_t minutes; // in thousandths
    if (number_parse(view, 3, &minutes)) {
        if (minutes > DURATION_MAX / FRAME_RATE / 60 * 1000)
            return false;
        *frames = minutes * 60 * FRAMES_PER_MS;
        return true;
    }
    return parse_clock(view, frames) || duration_parse(view, frames);
}

void duration_print_clock(struct buffer *out, int64_t frames)
{
    int64_t seconds = frames / FRAME_RATE;
    if (seconds >= 3600)
        buffer_printf(out, "%d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                      (int)(seconds % 60));
    else
        buffer_printf(out, "%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

void duration_print_left(struct buffer *out, int64_t frame, int64_t total_frames)
{
    int64_t seconds = total_frames / FRAME_RATE - frame / FRAME_RATE;
    duration_print_clock(out, seconds > 0 ? seconds * FRAME_RATE : 0);
}

void duration_print(struct buffer *out, int64_t frames)
{
    int64_t ms = ms_from_frames(frames);
    if (ms >= 3600000)
        buffer_printf(out, "%dh", (int)(ms / 3600000));
    if (ms / 60000 % 60)
        buffer_printf(out, "%dm", (int)(ms / 60000 % 60));
    int64_t rest = ms % 60000;
    if (rest == 0 && ms > 0)
        return;
    if (rest % 1000 == 0) {
        buffer_printf(out, "%ds", (int)(rest / 1000));
        return;
    }
    int thousandths = (int)(rest % 1000);
    int places = thousandths % 10 ? 3 : thousandths % 100 ? 2 : 1;
    int divisor = places == 3 ? 1 : places == 2 ? 10 : 100;
    buffer_printf(out, "%d.%0*ds", (int)(rest / 1000), places, thousandths / divisor);
}
