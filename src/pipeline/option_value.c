// SPDX-License-Identifier: GPL-3.0-or-later
// One function for each kind of value reads it into the field of its row.
#include "option_value.h"

#include "duration.h"
#include "number.h"
#include <string.h>

static bool parse_integer(int *field, const struct option_row *row, const char *value)
{
    int64_t number;
    if (!number_whole(text_from(value), row->least, row->most, &number))
        return false;
    *field = (int)number;
    return true;
}

// The row's name that `name` is; NULL: none.
static const struct option_name *find_name(const struct option_row *row, struct text name)
{
    for (const struct option_name *known = row->names; known && known->name; known++)
        if (text_equal_c(name, known->name))
            return known;
    return NULL;
}

static bool parse_decimal(double *field, const struct option_row *row, const char *value)
{
    int64_t thousandths = 0;
    const bool named = find_name(row, text_from(value));
    if (!named && (!number_parse(text_from(value), 3, &thousandths) || thousandths < row->least ||
                   thousandths > row->most))
        return false;
    *field = (double)thousandths / 1000;
    return true;
}

static bool parse_enum(int *field, const struct option_row *row, const char *value)
{
    const struct option_name *name = find_name(row, text_from(value));
    if (name)
        *field = name->value;
    return name;
}

// The item up to the next comma, which `rest` then begins behind.
static struct text next_item(struct text *rest)
{
    struct text item = text_head(*rest, text_find(*rest, ','));
    *rest = text_skip(*rest, item.size + 1);
    return item;
}

// Neither empty, nor with a comma behind its last item.
static bool is_list(const char *value)
{
    return value[0] && value[strlen(value) - 1] != ',';
}

static bool parse_set(int *field, const struct option_row *row, const char *value)
{
    struct text rest = text_from(value);
    *field = 0;
    while (rest.size > 0) {
        const struct option_name *name = find_name(row, next_item(&rest));
        if (!name || (*field & 1 << name->value))
            return false;
        *field |= 1 << name->value;
    }
    return is_list(value);
}

// "-2.5", "+3", "0": a sign may stand in front.
static bool parse_level(double *field, const struct option_row *row, struct text level)
{
    int64_t thousandths;
    const bool plus = text_starts_with(level, TEXT("+"));
    if (!(plus ? number_parse(text_skip(level, 1), 3, &thousandths)
               : number_parse_signed(level, 3, &thousandths)))
        return false;
    *field = (double)thousandths / 1000;
    return thousandths >= row->least && thousandths <= row->most;
}

static bool parse_levels(double *field, const struct option_row *row, const char *value)
{
    struct text rest = text_from(value);
    int seen = 0;
    while (rest.size > 0) {
        struct text item = next_item(&rest);
        const size_t sign = text_find(item, '=');
        const struct option_name *name = find_name(row, text_head(item, sign));
        if (!name || (seen & 1 << name->value) ||
            !parse_level(&field[name->value], row, text_skip(item, sign + 1)))
            return false;
        seen |= 1 << name->value;
    }
    return value[0];
}

static bool parse_lengths(struct length_choice *field, const char *value)
{
    struct text rest = text_from(value);
    *field = (struct length_choice){.list = value};
    while (rest.size > 0) {
        int64_t length;
        if (!duration_parse_length(next_item(&rest), &length) || length <= 0)
            return false;
        if (field->first_frames == 0)
            field->first_frames = length;
    }
    return is_list(value);
}

// A language code names a folder: letters and hyphens only.
static bool parse_languages(const char **field, const char *value)
{
    *field = value;
    for (const char *code = value;; code++) {
        size_t size = strspn(code, "abcdefghijklmnopqrstuvwxyz-");
        code += size;
        if (size == 0 || size > 16 || (*code && *code != ','))
            return false;
        if (!*code)
            return true;
    }
}

bool option_value_parse(struct settings *settings, const struct option_row *row, const char *value)
{
    void *field = (char *)settings + row->offset;
    const bool one_of_several =
        (row->kind == KIND_LENGTHS || row->kind == KIND_LANGUAGES) && !row->several;
    if (one_of_several && strchr(value, ','))
        return false;
    switch (row->kind) {
    case KIND_FLAG:
        *(bool *)field = true;
        return true;
    case KIND_TEXT:
        *(const char **)field = value;
        return value[0];
    case KIND_INTEGER:
        return parse_integer(field, row, value);
    case KIND_DECIMAL:
        return parse_decimal(field, row, value);
    case KIND_ENUM:
        return parse_enum(field, row, value);
    case KIND_SET:
        return parse_set(field, row, value);
    case KIND_LEVELS:
        return parse_levels(field, row, value);
    case KIND_LENGTHS:
        return parse_lengths(field, value);
    case KIND_LANGUAGES:
        return parse_languages(field, value);
    }
    return false;
}
