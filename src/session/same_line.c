// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of both versions are listed; from the one that is looked for, the search goes up until
// some line is in both.
#include "same_line.h"

#include "session_print.h"

struct listed_line {
    int line;
    struct text words;
};

struct list {
    struct arena arena;
    struct listed_line *lines;
    size_t count;
    bool failed;
};

static void add_lines(struct list *list, const struct session *session, const struct node *nodes)
{
    for (const struct node *node = nodes; node; node = node->next) {
        if (node->type == NODE_LINE && text_equal(node->file, session->file)) {
            struct buffer words = BUFFER_INIT;
            session_print_words(node, &words);
            const struct text copy = arena_copy(&list->arena, buffer_text(&words));
            list->failed |= words.failed || !copy.data;
            list->lines[list->count++] = (struct listed_line){node->place.line, copy};
            buffer_free(&words);
        }
        add_lines(list, session, node->children);
    }
}

static void list_lines(struct list *list, const struct session *session)
{
    *list = (struct list){.arena = ARENA_INIT};
    list->lines = arena_array(&list->arena, session->line_count + 1, sizeof *list->lines);
    list->failed = !list->lines;
    for (size_t i = 0; i < session->section_count && !list->failed; i++)
        add_lines(list, session, session->sections[i].first);
}

static int apart(int a, int b)
{
    return a < b ? b - a : a - b;
}

// Index of what says the same nearest to `line`; list->count: nothing does.
static size_t find_words(const struct list *list, struct text words, int line)
{
    size_t found = list->count;
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->lines[i].words, words) &&
            (found == list->count ||
             apart(list->lines[i].line, line) < apart(list->lines[found].line, line)))
            found = i;
    return found;
}

static int find(const struct list *before, int line, const struct list *after)
{
    size_t from = 0;
    while (from + 1 < before->count && before->lines[from + 1].line <= line)
        from++;
    if (before->count == 0 || after->count == 0)
        return line > 0 ? line : 1;
    for (size_t up = 0; up <= from; up++) {
        const struct listed_line *wanted = &before->lines[from - up];
        const size_t found = find_words(after, wanted->words, wanted->line);
        if (found == after->count)
            continue;
        const size_t next = found + (up > 0);
        return after->lines[next < after->count ? next : found].line;
    }
    return after->lines[0].line;
}

enum status same_line_find(int *found, const struct session *before, int line,
                           const struct session *after, struct error *error)
{
    struct list old, new;
    list_lines(&old, before);
    list_lines(&new, after);
    const bool failed = old.failed || new.failed;
    *found = failed ? line : find(&old, line, &new);
    arena_free(&old.arena);
    arena_free(&new.arena);
    return failed ? error_no_memory(error) : STATUS_OK;
}
