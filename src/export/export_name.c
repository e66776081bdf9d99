// SPDX-License-Identifier: GPL-3.0-or-later
// Fields are replaced by what they stand for, reduced to characters that every file system takes.
#include "export_name.h"

#include <string.h>

static bool is_plain(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '.' || byte == '_';
}

// Each run of other bytes becomes one hyphen, none at the ends. False when nothing is left.
static bool add_reduced(struct buffer *out, struct text value)
{
    bool begun = false, gap = false;
    for (size_t i = 0; i < value.size; i++) {
        char byte = value.data[i];
        if (!is_plain(byte)) {
            gap = begun;
            continue;
        }
        buffer_add_c(out, gap ? "-" : "");
        buffer_add_byte(out, (char)(!begun && byte == '.' ? '_' : byte));
        begun = true;
        gap = false;
    }
    return begun;
}

static void add_session(struct buffer *out, const struct export_name *fields)
{
    if (!add_reduced(out, fields->session))
        buffer_add_c(out, "session");
}

static void add_title(struct buffer *out, const struct export_name *fields)
{
    if (!add_reduced(out, fields->title))
        add_session(out, fields);
}

// "10", "7.5", "2.167"
static void add_minutes(struct buffer *out, int64_t frames)
{
    const int64_t minute = (int64_t)60 * FRAME_RATE;
    int64_t thousandths = (frames * 1000 + minute / 2) / minute;
    buffer_printf(out, "%lld", (long long)(thousandths / 1000));
    int places = 3;
    int64_t rest = thousandths % 1000;
    for (; rest > 0 && rest % 10 == 0; rest /= 10)
        places--;
    if (rest > 0)
        buffer_printf(out, ".%0*lld", places, (long long)rest);
}

static void add_from(struct buffer *out, const struct export_name *fields)
{
    if (!fields->from || !add_reduced(out, text_from(fields->from)))
        buffer_add_c(out, "start");
}

static bool add_field(struct buffer *out, struct text name, const struct export_name *fields)
{
    if (text_equal_c(name, "session"))
        add_session(out, fields);
    else if (text_equal_c(name, "title"))
        add_title(out, fields);
    else if (text_equal_c(name, "lang"))
        (void)add_reduced(out, fields->language); // a code is never empty
    else if (text_equal_c(name, "minutes"))
        add_minutes(out, fields->length_frames);
    else if (text_equal_c(name, "length"))
        duration_print(out, fields->length_frames);
    else if (text_equal_c(name, "from"))
        add_from(out, fields);
    else
        return false;
    return true;
}

const char *export_name_usual(bool several_languages, bool entered)
{
    static const char *const patterns[2][2] = {
        {"{session}-{length}.wav", "{session}-{length}-from-{from}.wav"},
        {"{session}-{lang}-{length}.wav", "{session}-{lang}-{length}-from-{from}.wav"}};
    return patterns[several_languages][entered];
}

enum status export_name_fill(struct buffer *out, const char *pattern,
                             const struct export_name *fields, struct error *error)
{
    struct text rest = text_from(pattern);
    while (rest.size > 0) {
        char byte = rest.data[0];
        bool doubled = rest.size > 1 && rest.data[1] == byte;
        if ((byte != '{' && byte != '}') || doubled) {
            buffer_add_byte(out, byte);
            rest = text_skip(rest, byte == '{' || byte == '}' ? 2 : 1);
            continue;
        }
        size_t end = text_find(rest, '}');
        struct text name = byte == '{' ? text_skip(text_head(rest, end), 1) : TEXT("");
        if (end == rest.size || !add_field(out, name, fields))
            return error_set(error, STATUS_BAD_ARGUMENT,
                             "\"%s\": there is no field {%.*s}, only {session} {lang} {minutes} "
                             "{length} {title} {from}; a brace itself is written twice",
                             pattern, TEXT_ARG(name));
        rest = text_skip(rest, end + 1);
    }
    return out->failed ? error_no_memory(error) : STATUS_OK;
}

void export_name_quote(struct buffer *out, const char *name)
{
    for (; *name; name++) {
        if (*name == '{' || *name == '}')
            buffer_add_byte(out, *name);
        buffer_add_byte(out, *name);
    }
}
