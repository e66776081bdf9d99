// SPDX-License-Identifier: GPL-3.0-or-later
// Items, numbers, ranges and durations of one line are read, with the column of each fault.
#include "recipe_reader.h"

#include "duration.h"
#include "number.h"

enum { QUOTE_MAX = 60 }; // bytes of a word that a message repeats

int recipe_reader_column(const struct recipe_reader *reader, struct text at)
{
    return 1 + (int)text_length(text_head(reader->line, (size_t)(at.data - reader->line.data)));
}

void recipe_reader_fault(struct recipe_reader *reader, struct text at, const char *rule,
                         const char *message)
{
    diagnostics_add(reader->list, SEVERITY_ERROR, rule, reader->line_number,
                    recipe_reader_column(reader, at), "%s", message);
}

void recipe_reader_fault_word(struct recipe_reader *reader, struct text word, const char *rule,
                              const char *message)
{
    diagnostics_add(reader->list, SEVERITY_ERROR, rule, reader->line_number,
                    recipe_reader_column(reader, word), "\"%.*s\" %s",
                    TEXT_ARG(text_head(word, QUOTE_MAX)), message);
}

struct recipe_item recipe_item_split(struct text whole)
{
    struct recipe_item item = {.whole = text_trim(whole)};
    for (struct text rest = item.whole; rest.size > 0;) {
        size_t size = 0;
        if (rest.data[0] == '"') // with its blanks, up to the other one
            size = text_find(text_skip(rest, 1), '"') + 1;
        while (size < rest.size && rest.data[size] != ' ' && rest.data[size] != '\t')
            size++;
        if (item.count < RECIPE_WORDS_MAX)
            item.words[item.count] = text_head(rest, size);
        item.count += item.count <= RECIPE_WORDS_MAX;
        rest = text_trim(text_skip(rest, size));
    }
    return item;
}

bool recipe_reader_number(struct recipe_reader *reader, struct text word, double least, double most,
                          const char *range, double *value)
{
    int64_t thousandths;
    if (!number_parse_signed(word, 3, &thousandths)) {
        recipe_reader_fault_word(reader, word, "scene-number", "is not a number");
        return false;
    }
    *value = (double)thousandths / 1000;
    if (*value >= least && *value <= most)
        return true;
    recipe_reader_fault_word(reader, word, "scene-range", range);
    return false;
}

bool recipe_range_split(struct text word, struct text *low, struct text *high)
{
    for (size_t at = 0; at + 1 < word.size; at++) {
        if (word.data[at] == '.' && word.data[at + 1] == '.') {
            *low = text_head(word, at);
            *high = text_skip(word, at + 2);
            return true;
        }
    }
    return false;
}

bool recipe_reader_duration(struct recipe_reader *reader, struct text word, int64_t *frames)
{
    if (duration_parse(word, frames))
        return true;
    recipe_reader_fault_word(reader, word, "scene-number", "is not a duration such as 9s or 0.8s");
    return false;
}

void recipe_reader_hint_nearest(struct recipe_reader *reader, struct text word,
                                const char *const *names, size_t count, const char *all)
{
    const char *nearest = text_nearest(word, names, count);
    if (nearest)
        diagnostics_hint(reader->list, "did you mean \"%s\"?", nearest);
    else
        diagnostics_hint(reader->list, "%s", all);
}
