// SPDX-License-Identifier: GPL-3.0-or-later
// Lengths in words: a pattern of the language, filled with its number.
#include "words.h"

// `pattern` with its placeholder replaced.
static void fill_in(struct text pattern, struct text placeholder, struct text value,
                    struct buffer *out)
{
    size_t at = text_find_text(pattern, placeholder);
    buffer_add(out, text_head(pattern, at));
    if (at < pattern.size) {
        buffer_add(out, value);
        buffer_add(out, text_skip(pattern, at + placeholder.size));
    }
}

static void print_minutes(const struct words *words, struct text pattern, int64_t minutes,
                          struct buffer *out)
{
    if (minutes <= WORDS_NUMBER_MOST) {
        fill_in(pattern, TEXT("{n}"), words->number[minutes], out);
        return;
    }
    struct buffer digits = BUFFER_INIT;
    buffer_printf(&digits, "%d", (int)minutes);
    out->failed |= digits.failed;
    fill_in(pattern, TEXT("{n}"), buffer_text(&digits), out);
    buffer_free(&digits);
}

static void print_whole(const struct words *words, int64_t minutes, struct buffer *out)
{
    if (minutes == 1)
        buffer_add(out, words->one_minute);
    else
        print_minutes(words, words->minutes, minutes, out);
}

void words_length(const struct words *words, int64_t length_frames, struct buffer *out)
{
    const int64_t minute = 60 * (int64_t)FRAME_RATE;
    int64_t minutes = length_frames / minute;
    int64_t rest = length_frames % minute;
    if (rest == 0 && minutes > 0) {
        print_whole(words, minutes, out);
    } else if (rest == minute / 2 && minutes > 0) {
        print_minutes(words, words->minutes_half, minutes, out);
    } else {
        struct buffer whole = BUFFER_INIT;
        int64_t nearest = (length_frames + minute / 2) / minute;
        print_whole(words, nearest > 0 ? nearest : 1, &whole);
        out->failed |= whole.failed;
        fill_in(words->about, TEXT("{length}"), buffer_text(&whole), out);
        buffer_free(&whole);
    }
}

void words_left(const struct words *words, int64_t length_frames, struct buffer *out)
{
    const int64_t minute = 60 * (int64_t)FRAME_RATE;
    int64_t left = length_frames / 2;
    int64_t step = left < 4 * minute ? minute / 2 : minute;
    int64_t steps = (left + step / 2) / step;
    words_length(words, steps * step > minute ? steps * step : minute, out);
}

struct text words_scene(const struct words *words, struct text name)
{
    for (size_t i = 0; i < words->scene_count; i++)
        if (text_equal(words->scenes[i].name, name))
            return words->scenes[i].text;
    return (struct text){NULL, 0};
}

void words_quiet(const struct words *words, int64_t length_frames, struct buffer *out)
{
    const int64_t half = 30 * (int64_t)FRAME_RATE;
    struct buffer length = BUFFER_INIT;
    int64_t halves = (length_frames + half / 2) / half;
    words_length(words, (halves > 2 ? halves : 2) * half, &length);
    out->failed |= length.failed;
    fill_in(words->caption_quiet, TEXT("{length}"), buffer_text(&length), out);
    buffer_free(&length);
}
