// SPDX-License-Identifier: GPL-3.0-or-later
// Known ways to mistype a duration or a directive are tried in turn.
#include "typo_guess.h"

struct spelling {
    const char *written, *unit;
};

static const struct spelling units[] = {
    {"sec", "s"},  {"secs", "s"},   {"second", "s"},        {"seconds", "s"}, {"min", "m"},
    {"mins", "m"}, {"minute", "m"}, {"minutes", "m"},       {"hr", "h"},      {"hrs", "h"},
    {"hour", "h"}, {"hours", "h"},  {"msec", "ms"},         {"s", "s"},       {"m", "m"},
    {"h", "h"},    {"ms", "ms"},    {"milliseconds", "ms"}, {"S", "s"},       {"M", "m"},
    {"H", "h"},    {"Sec", "s"},    {"Min", "m"},
};

// What people write between two ends: longer ones first.
static const char *const dashes[] = {"...",          "..",           "\xE2\x80\xA6",
                                     "\xE2\x80\x93", "\xE2\x80\x94", "-"};

static size_t number_size(struct text view)
{
    size_t size = 0;
    while (size < view.size &&
           ((view.data[size] >= '0' && view.data[size] <= '9') || view.data[size] == '.'))
        size++;
    return size;
}

static const char *find_unit(struct text word)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (text_equal_c(word, units[i].written))
            return units[i].unit;
    return NULL;
}

static struct text first_word(struct text view)
{
    size_t size = 0;
    while (size < view.size && view.data[size] != ' ' && view.data[size] != '\t' &&
           view.data[size] != ',')
        size++;
    return text_head(view, size);
}

// "2sec", and with its neighbour "2 s".
static bool add_with_unit(struct text word, struct text behind, struct buffer *out)
{
    size_t digits = number_size(word);
    const char *unit =
        find_unit(digits == word.size ? first_word(behind) : text_skip(word, digits));
    if (digits == 0 || word.data[0] == '.' || !unit ||
        text_equal_c(text_skip(word, digits), unit)) // nothing to mend
        return false;
    buffer_printf(out, "%.*s%s", TEXT_ARG(text_head(word, digits)), unit);
    return true;
}

// "1,5s": the comma ended the word.
static bool add_decimal(struct text word, struct text behind, struct buffer *out)
{
    struct text fraction = first_word(text_skip(behind, 1));
    size_t digits = number_size(fraction);
    if (!text_starts_with(behind, TEXT(",")) || number_size(word) != word.size || digits == 0 ||
        digits == fraction.size)
        return false;
    buffer_printf(out, "%.*s.%.*s", TEXT_ARG(word), TEXT_ARG(fraction));
    return true;
}

static void add_end(struct text end, struct buffer *out)
{
    if (!add_with_unit(end, (struct text){end.data, 0}, out))
        buffer_add(out, end);
}

// "1m-2m", "1m...2m".
static bool add_range(struct text word, struct buffer *out)
{
    for (size_t d = 0; d < sizeof dashes / sizeof *dashes; d++) {
        struct text dash = text_from(dashes[d]);
        for (size_t i = 1; i + dash.size < word.size; i++) {
            if (!text_starts_with(text_skip(word, i), dash))
                continue;
            add_end(text_head(word, i), out);
            buffer_add_c(out, "..");
            add_end(text_skip(word, i + dash.size), out);
            return true;
        }
    }
    return false;
}

struct text typo_guess_duration(struct text word, struct text behind, struct buffer *out)
{
    if (word.size > 0 && (add_decimal(word, behind, out) || add_range(word, out) ||
                          add_with_unit(word, behind, out)))
        return buffer_text(out);
    return (struct text){NULL, 0};
}

bool typo_guess_range(struct text behind)
{
    struct text word = first_word(behind);
    if (text_equal_c(word, "to"))
        return true;
    for (size_t d = 0; d < sizeof dashes / sizeof *dashes; d++)
        if (text_starts_with(behind, text_from(dashes[d])))
            return true;
    return false;
}

const char *typo_guess_directive(struct text name)
{
    static const char *const meant[][2] = {
        {"wait", "pause"},     {"hold", "pause"},     {"break", "pause"},    {"silence", "rest"},
        {"quiet", "rest"},     {"stay", "rest"},      {"sleep", "rest"},     {"inhale", "breathe"},
        {"exhale", "breathe"}, {"touch", "contact"},  {"press", "contact"},  {"massage", "contact"},
        {"roll", "contact"},   {"stretch", "move"},   {"movement", "move"},  {"exercise", "move"},
        {"loop", "repeat"},    {"times", "repeat"},   {"rounds", "repeat"},  {"both", "sides"},
        {"left", "sides"},     {"right", "sides"},    {"bell", "chime"},     {"gong", "chime"},
        {"sound", "scene"},    {"music", "scene"},    {"ambience", "scene"}, {"safety", "notice"},
        {"warning", "notice"}, {"caution", "notice"},
    };
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++)
        if (text_equal_c(name, meant[i][0]))
            return meant[i][1];
    return NULL;
}
