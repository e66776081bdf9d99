// SPDX-License-Identifier: GPL-3.0-or-later
// One pass over the line copies what is spoken, and stops at each direction.
#include "inline_marks.h"

#include "pause_words.h"
#include "scan.h"

#include <string.h>

struct cut {
    struct pieces *pieces;
    struct diagnostics *list;
    struct text rest;     // not yet read
    struct buffer spoken; // since the last direction
    int line;
    int column; // of `spoken`; 1 once something before it was cut
};

// A full stop behind a direction closes the sentence before it.
static struct text skip_signs(struct text view)
{
    size_t at = 0;
    while (at < view.size && strchr(".,;:!? ", view.data[at]))
        at++;
    return text_skip(view, at);
}

static void flush(struct cut *cut)
{
    struct text spoken = skip_signs(scan_trim(buffer_text(&cut->spoken)));
    if (spoken.size > 0) {
        struct text copy = arena_copy(cut->pieces->arena, spoken);
        cut->pieces->failed |= !copy.data;
        pieces_add(cut->pieces,
                   (struct piece){
                       .type = PIECE_TEXT, .line = cut->line, .column = cut->column, .text = copy});
    }
    cut->pieces->failed |= cut->spoken.failed;
    buffer_clear(&cut->spoken);
    cut->column = 1;
}

static void add_pause(struct cut *cut, int64_t ms)
{
    flush(cut);
    if (cut->pieces->count > 0)
        cut->pieces->items[cut->pieces->count - 1].whole = true;
    pieces_add(cut->pieces,
               (struct piece){.type = PIECE_PAUSE, .line = cut->line, .column = 1, .ms = ms});
}

// What is between `open` at the start of the rest and `close`; false: it is not closed soon. A
// direction or a link is no longer than that, and a line of nothing but brackets takes no time.
static bool take_inside(struct cut *cut, size_t open, const char *close, struct text *inside)
{
    enum { INSIDE_MAX = 300 };
    struct text behind = text_head(text_skip(cut->rest, open), INSIDE_MAX);
    size_t end = text_find_text(behind, text_from(close));
    if (end == behind.size)
        return false;
    *inside = text_head(behind, end);
    return true;
}

static void skip(struct cut *cut, size_t bytes)
{
    cut->rest = text_skip(cut->rest, bytes);
}

// (pause), [pause 5s], {silence}, *pause*: true when it was one, and is behind us.
static bool take_direction(struct cut *cut)
{
    static const struct {
        const char *open, *close;
    } brackets[] = {{"[", "]"}, {"(", ")"}, {"{", "}"}, {"**", "**"}, {"*", "*"}, {"_", "_"}};
    for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
        struct text inside;
        size_t open = text_from(brackets[i].open).size;
        if (!text_starts_with(cut->rest, text_from(brackets[i].open)) ||
            !take_inside(cut, open, brackets[i].close, &inside))
            continue;
        int64_t ms = pause_words_ms(inside);
        if (ms < 0)
            continue;
        skip(cut, open + inside.size + text_from(brackets[i].close).size);
        add_pause(cut, ms);
        return true;
    }
    return false;
}

// <break time="3s"/> and <break strength="strong"/>.
static bool take_break_tag(struct cut *cut)
{
    enum { BREAK_MS = 1000 };
    struct text inside;
    if (!scan_starts(cut->rest, "<break") || !take_inside(cut, 1, ">", &inside))
        return false;
    struct text time = text_skip(inside, text_find_text(inside, TEXT("time=")));
    time = text_skip(time, TEXT("time=").size + 1);
    size_t end = 0;
    while (end < time.size && time.data[end] != '"' && time.data[end] != '\'')
        end++;
    int64_t ms = pause_words_time(text_head(time, end));
    skip(cut, inside.size + 2);
    add_pause(cut, ms >= 0 ? ms : BREAK_MS);
    return true;
}

// "/2s", as some teleprompters write it.
static bool take_slash(struct cut *cut)
{
    if (!text_starts_with(cut->rest, TEXT("/")))
        return false;
    size_t size = 1;
    while (size < cut->rest.size && cut->rest.data[size] != ' ')
        size++;
    int64_t ms = pause_words_time(text_head(text_skip(cut->rest, 1), size - 1));
    if (ms < 0)
        return false;
    skip(cut, size);
    add_pause(cut, ms);
    return true;
}

// ![picture](file) goes; [words](address) keeps its words; [soft music] is told and left out.
static bool take_square(struct cut *cut)
{
    enum { QUOTE_MAX = 60 };
    bool picture = text_starts_with(cut->rest, TEXT("!["));
    struct text inside;
    struct text address;
    if ((!picture && !text_starts_with(cut->rest, TEXT("["))) ||
        !take_inside(cut, picture ? 2 : 1, "]", &inside))
        return false;
    skip(cut, inside.size + (picture ? 3 : 2));
    bool link = text_starts_with(cut->rest, TEXT("(")) && take_inside(cut, 1, ")", &address);
    if (link) {
        skip(cut, address.size + 2);
        if (!picture)
            buffer_add(&cut->spoken, inside);
        return true;
    }
    diagnostics_add(cut->list, SEVERITY_WARNING, "direction", cut->line, 1,
                    "\"[%.*s]\" is a direction that loosen does not know: it is left out",
                    inside.size <= QUOTE_MAX ? (int)inside.size : 0, inside.data);
    diagnostics_hint(cut->list, "write [pause 5s] for quiet, or the words without brackets");
    return true;
}

// A run of * or ` goes, and _ at the edge of a word.
static bool take_emphasis(struct cut *cut)
{
    char mark = cut->rest.data[0];
    if (mark != '*' && mark != '`' && mark != '_')
        return false;
    size_t run = 0;
    while (run < cut->rest.size && cut->rest.data[run] == mark)
        run++;
    bool before = cut->spoken.size > 0 && cut->spoken.data[cut->spoken.size - 1] != ' ';
    bool behind = run < cut->rest.size && cut->rest.data[run] != ' ';
    if ((!before && !behind) || (mark == '_' && before && behind))
        return false; // it stands alone, or in a name_like_this
    skip(cut, run);
    return true;
}

static bool take_tag_or_comment(struct cut *cut)
{
    struct text inside;
    if (text_starts_with(cut->rest, TEXT("<!--")) && take_inside(cut, 4, "-->", &inside)) {
        skip(cut, inside.size + 7);
        return true;
    }
    if (cut->rest.size < 3 || cut->rest.data[0] != '<')
        return false;
    char first = cut->rest.data[1];
    bool tag = first == '/' || (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
    if (!tag || !take_inside(cut, 1, ">", &inside))
        return false;
    skip(cut, inside.size + 2);
    return true;
}

void inline_marks_cut(struct pieces *pieces, struct text text, int line, int column,
                      struct diagnostics *list)
{
    struct cut cut = {pieces, list, text, BUFFER_INIT, line, column};
    while (cut.rest.size > 0) {
        if (take_break_tag(&cut) || take_direction(&cut) || take_slash(&cut) || take_square(&cut) ||
            take_emphasis(&cut) || take_tag_or_comment(&cut))
            continue;
        buffer_add_byte(&cut.spoken, cut.rest.data[0]);
        skip(&cut, 1);
    }
    flush(&cut);
    buffer_free(&cut.spoken);
}
