// SPDX-License-Identifier: GPL-3.0-or-later
// Options that differ from their defaults become words again, and words are quoted for a shell.
#include "arguments.h"

#include "duration.h"
#include <string.h>

static void add_word(struct arguments *arguments, struct text word)
{
    arguments->failed |= arguments->count == ARGUMENTS_MAX;
    if (arguments->failed)
        return;
    const char *copy = arena_copy(&arguments->arena, word).data;
    arguments->failed |= !copy;
    arguments->words[arguments->count++] = copy;
    arguments->words[arguments->count] = NULL;
}

void arguments_add(struct arguments *arguments, const char *name, const char *value)
{
    struct buffer word = BUFFER_INIT;
    buffer_printf(&word, "--%s%s", name, value ? "=" : "");
    buffer_add_c(&word, value ? value : "");
    arguments->failed |= word.failed;
    add_word(arguments, buffer_text(&word));
    buffer_free(&word);
}

// What makes sure that a name is taken for no option. ("-" is the standard input.)
static const char *before_operand(const char *name)
{
    return name[0] == '-' && name[1] ? "./" : "";
}

void arguments_init(struct arguments *arguments, const struct settings *settings,
                    const struct export_subject *subject)
{
    *arguments = (struct arguments){.arena = ARENA_INIT};
    struct buffer word = BUFFER_INIT;
    if (subject->session) {
        buffer_add_c(&word, before_operand(subject->session));
        buffer_add_c(&word, subject->session);
        add_word(arguments, buffer_text(&word));
    }
    buffer_clear(&word);
    duration_print(&word, subject->length_frames);
    arguments->failed |= word.failed;
    if (!arguments->failed)
        arguments_add(arguments, "length", word.data);
    arguments_add(arguments, "lang", subject->language);
    for (size_t i = 0; i < settings->given_count; i++) {
        const struct given_option *given = &settings->given[i];
        if (given->group == GROUP_WHAT || given->group == GROUP_FORM)
            arguments_add(arguments, given->name, given->value);
    }
    buffer_free(&word);
}

static void print_word(const char *word, struct buffer *out)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "%+,-./:=@_";
    if (word[0] && word[strspn(word, plain)] == '\0') {
        buffer_add_c(out, word);
        return;
    }
    buffer_add_byte(out, '\'');
    for (; *word; word++)
        if (*word == '\'')
            buffer_add_c(out, "'\\''");
        else
            buffer_add_byte(out, *word);
    buffer_add_byte(out, '\'');
}

void arguments_print(const struct arguments *arguments, struct buffer *out)
{
    for (size_t i = 0; i < arguments->count && !arguments->failed; i++) {
        if (i > 0)
            buffer_add_byte(out, ' ');
        print_word(arguments->words[i], out);
    }
}

void arguments_print_operand(const char *name, struct buffer *out)
{
    buffer_add_c(out, before_operand(name));
    print_word(name, out);
}

void arguments_free(struct arguments *arguments)
{
    arena_free(&arguments->arena);
    *arguments = (struct arguments){.arena = ARENA_INIT};
}
