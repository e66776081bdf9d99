// SPDX-License-Identifier: GPL-3.0-or-later
// Durations and lengths are read digit by digit and printed, without the C library's locale.
#include "duration.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

// Digits with at most three decimals at the start of the view; what is behind goes to *rest.
static bool take_decimal(struct text view, int64_t *thousandths, struct text *rest)
{
    const int64_t bound = 1000000000000; // keeps the sum far below INT64_MAX
    int64_t value = 0;
    size_t at = 0;
    while (at < view.size && is_digit(view.data[at])) {
        value = value * 10 + (view.data[at++] - '0');
        if (value > bound)
            return false;
    }
    if (at == 0)
        return false;
    value *= 1000;
    if (at + 1 < view.size && view.data[at] == '.' && is_digit(view.data[at + 1])) {
        at++;
        for (int64_t place = 100; at < view.size && is_digit(view.data[at]); place /= 10) {
            if (place == 0)
                return false;
            value += place * (view.data[at++] - '0');
        }
    }
    *thousandths = value;
    *rest = text_skip(view, at);
    return true;
}

bool decimal_parse(struct text view, int64_t *thousandths)
{
    struct text rest;
    return take_decimal(view, thousandths, &rest) && rest.size == 0;
}

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
        if (!take_decimal(view, &thousandths, &view))
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
        if (text_find(part, '.') < part.size || !decimal_parse(part, &value))
            return false;
        value /= 1000;
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
    int64_t minutes;
    if (decimal_parse(view, &minutes)) {
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
