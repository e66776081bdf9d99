// SPDX-License-Identifier: GPL-3.0-or-later
// A line's words are gathered sentence by sentence.
#include "import_lines.h"

#include <stdarg.h>
#include <stdio.h>

// ---- Small things -------------------------------------------------------------------------------

void import_list_init(struct import_list *list)
{
    *list = (struct import_list){.first = NULL};
    list->tail = &list->first;
}

void import_list_add(struct import_list *list, struct node *node)
{
    *list->tail = node;
    while (*list->tail)
        list->tail = &(*list->tail)->next;
}

struct node *import_node(struct import_state *state, const struct node *from, enum node_type type)
{
    struct node *node = arena_alloc(&state->words.session->arena, sizeof *node);
    state->words.failed |= !node;
    if (node)
        *node = (struct node){.type = type, .place = from->place, .file = from->file};
    return node;
}

struct node *import_rest(struct import_state *state, const struct node *from, int64_t least,
                         int64_t most)
{
    struct node *rest = import_node(state, from, NODE_REST);
    if (rest)
        rest->as.rest.frames = (struct range){least, most};
    return rest;
}

void import_note(struct import_state *state, const struct node *line, const char *format, ...)
{
    char message[600];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    diagnostics_add(state->notes, SEVERITY_WARNING, "import", line ? line->place.line : 1, 1, "%s",
                    message);
}

// ---- Lines --------------------------------------------------------------------------------------

static bool in_parentheses(struct text text)
{
    struct text rest = text_skip(text, 1);
    size_t end = text_find(rest, ')');
    return text_starts_with(text, TEXT("(")) && end + 2 >= rest.size && end < rest.size;
}

enum level import_level(const struct touch_sentence *sentence)
{
    const struct mention *optional = mentions_find(sentence->mentions, TOUCH_OPTIONAL, 0);
    bool begins = optional && optional->index == 0;
    if (sentence->line && sentence->line->level != LEVEL_MUST)
        return sentence->line->level;
    return !sentence->mentions->denies && (begins || in_parentheses(sentence->text)) ? LEVEL_CORE
                                                                                     : LEVEL_MUST;
}

static struct text bare(struct text text)
{
    if (!in_parentheses(text))
        return text;
    text = text_skip(text, 1);
    return text_head(text, text_find(text, ')'));
}

static void flush(struct import_state *state, struct import_said *said)
{
    if (said->text.size > 0) {
        struct text text = arena_copy(&state->words.session->arena, buffer_text(&said->text));
        state->words.failed |= !text.data || said->text.failed;
        struct node *node =
            text.data ? import_words_line(&state->words, said->line, text, said->first) : NULL;
        if (node && said->rest_most > 0 && said->list->first)
            import_list_add(said->list, import_rest(state, said->line, 0, said->rest_most));
        for (struct node *n = node; n; n = n->next)
            n->level = said->level;
        if (node)
            import_list_add(said->list, node);
    }
    buffer_clear(&said->text);
}

void import_said_add(struct import_state *state, struct import_said *said,
                     const struct touch_sentence *sentence, struct text text)
{
    enum level level = import_level(sentence);
    if (sentence->line != said->line || level != said->level)
        flush(state, said);
    said->line = sentence->line;
    said->level = level;
    buffer_add_c(&said->text, said->text.size > 0 ? " " : "");
    buffer_add(&said->text, bare(text));
}

void import_said_end(struct import_state *state, struct import_said *said)
{
    flush(state, said);
    buffer_free(&said->text);
}

void import_lines_add(struct import_state *state, struct import_list *list,
                      const struct touch_sentence *sentences, size_t count, int64_t rest_most)
{
    struct import_said said = {.list = list, .text = BUFFER_INIT, .rest_most = rest_most};
    for (size_t i = 0; i < count; i++)
        import_said_add(state, &said, &sentences[i], sentences[i].text);
    import_said_end(state, &said);
}
