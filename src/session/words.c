// SPDX-License-Identifier: GPL-3.0-or-later
// Lengths in words: a pattern of the language, filled with its number.
#include "words.h"

void words_fill(struct text pattern, struct text placeholder, struct text value, struct buffer *out)
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
        words_fill(pattern, TEXT("{n}"), words->number[minutes], out);
        return;
    }
    struct buffer digits = BUFFER_INIT;
    buffer_printf(&digits, "%d", (int)minutes);
    out->failed |= digits.failed;
    words_fill(pattern, TEXT("{n}"), buffer_text(&digits), out);
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
        words_fill(words->about, TEXT("{length}"), buffer_text(&whole), out);
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

void words_range(const struct words *words, const int64_t minutes[WORDS_RANGE_COUNT],
                 struct buffer *out)
{
    static const char *const names[WORDS_RANGE_COUNT] = {"{least}", "{most}", "{natural}"};
    struct buffer filled[WORDS_RANGE_COUNT] = {BUFFER_INIT, BUFFER_INIT, BUFFER_INIT};
    struct text pattern = words->list_range;
    for (size_t i = 0; i < WORDS_RANGE_COUNT; i++) {
        struct buffer digits = BUFFER_INIT;
        buffer_printf(&digits, "%d", (int)minutes[i]);
        words_fill(pattern, text_from(names[i]), buffer_text(&digits), &filled[i]);
        out->failed |= digits.failed || filled[i].failed;
        buffer_free(&digits);
        pattern = buffer_text(&filled[i]);
    }
    buffer_add(out, pattern);
    for (size_t i = 0; i < WORDS_RANGE_COUNT; i++)
        buffer_free(&filled[i]);
}

struct text words_place(const struct words *words, struct text name)
{
    for (size_t i = 0; i < PLACE_COUNT; i++)
        if (text_equal_c(name, place_names[i]))
            return words->place[i];
    return name;
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
    words_fill(words->caption_quiet, TEXT("{length}"), buffer_text(&length), out);
    buffer_free(&length);
}
