// SPDX-License-Identifier: GPL-3.0-or-later
// A line is searched for phrases where its clauses begin: there stands what it asks for. Of several
// phrases at one place the one that reaches furthest counts, so an exception is only a longer
// phrase; of several places the longest time counts.
#include "actions.h"

#include "letter.h"
#include "line_text.h"
#include "phrase_list.h"
#include "session_limits.h"

// ---- Search -------------------------------------------------------------------------------------

struct search {
    const struct actions *actions;
    struct text said;
    size_t masked;  // what begins before this is part of an exception
    size_t opened;  // a clause begins here, behind an opening phrase
    int64_t frames; // the longest time so far
};

// The word at `offset`, which may begin a clause.
static void search_word(struct search *search, size_t offset, bool begins)
{
    size_t at = offset;
    uint32_t first = letter_small(letter_take(search->said, &at));
    const struct action *best = NULL;
    size_t best_end = 0;
    for (const struct action *a = search->actions->chains[first % ACTION_CHAINS]; a; a = a->next) {
        if (!begins && a->kind == ACTION_ASKS && !a->wording.anywhere)
            continue;
        size_t end = wording_match(&a->wording, search->said, offset);
        if (a->kind == ACTION_OPEN) {
            if (end > search->opened)
                search->opened = end;
        } else if (end > best_end) {
            best = a;
            best_end = end;
        }
    }
    if (!best)
        return;
    if (best->kind == ACTION_NONE && best_end > search->masked)
        search->masked = best_end;
    if (best->kind == ACTION_ASKS && best->frames > search->frames)
        search->frames = best->frames;
}

int64_t actions_frames(const struct actions *actions, struct text said)
{
    struct search search = {.actions = actions, .said = text_head(said, SESSION_UTTERANCE_MAX)};
    bool begins = true; // a clause
    bool inside = false;
    for (size_t offset = 0; offset < search.said.size;) {
        size_t at = offset;
        uint32_t c = letter_take(search.said, &offset);
        bool letter = letter_is(c);
        if (letter && !inside) {
            size_t gap = search.opened;
            while (gap < at && search.said.data[gap] == ' ')
                gap++;
            bool opened = search.opened > 0 && gap == at;
            if (at >= search.masked)
                search_word(&search, at, begins || opened);
            begins = false;
        }
        begins = begins || wording_ends_clause(c);
        inside = letter;
    }
    return search.frames;
}

// ---- Lines --------------------------------------------------------------------------------------

static bool mark_lines(const struct actions *actions, struct node *list, const struct words *words,
                       struct buffer *said)
{
    for (struct node *node = list; node; node = node->next) {
        if (!mark_lines(actions, node->children, words, said))
            return false;
        if (node->type != NODE_LINE)
            continue;
        buffer_clear(said);
        for (size_t i = 0; i < node->as.line.part_count; i++)
            buffer_add(said, line_text_said(&node->as.line.parts[i], words));
        if (said->failed)
            return false;
        node->as.line.action_frames = actions_frames(actions, buffer_text(said));
    }
    return true;
}

bool actions_mark(const struct actions *actions, struct session *session)
{
    struct buffer said = BUFFER_INIT;
    bool good = true;
    for (size_t i = 0; i < session->section_count && good; i++)
        good = mark_lines(actions, session->sections[i].first, &session->words, &said);
    buffer_free(&said);
    return good;
}

// ---- Reading ------------------------------------------------------------------------------------

#define ACTION_MOST ((int64_t)60 * FRAME_RATE)

struct reading {
    struct actions *actions;
    struct arena *arena;
    struct diagnostics *list;
    const struct lexeme *lexeme;
    bool given;  // a time
    bool failed; // out of memory
};

// What a line's phrases mean; false after a report.
static bool parse_key(const struct reading *reading, struct text key, struct action *action)
{
    if (text_equal_c(key, "none"))
        action->kind = ACTION_NONE;
    else if (text_equal_c(key, "open"))
        action->kind = ACTION_OPEN;
    else if (!duration_parse(key, &action->frames) || action->frames <= 0 ||
             action->frames > ACTION_MOST) {
        lexeme_report_quoted(reading->list, reading->lexeme, key, "actions-time",
                             "expected a time up to 60s, none or open, found",
                             "write a line such as \"10s: sit up, lie down\"");
        return false;
    }
    return true;
}

static void add(struct reading *reading, struct text phrase, struct action wanted)
{
    if (!wording_parse(&wanted.wording, phrase)) {
        lexeme_report_quoted(reading->list, reading->lexeme, phrase, "actions-word",
                             "expected words of letters, one space apart, found",
                             "other words may lie between, written ...; commas separate phrases");
        return;
    }
    struct action **tail =
        &reading->actions->chains[wording_first(&wanted.wording) % ACTION_CHAINS];
    for (; *tail; tail = &(*tail)->next) {
        // One that opens may ask for something, too.
        if (!text_equal((*tail)->wording.written, phrase) ||
            ((*tail)->kind == ACTION_OPEN) != (wanted.kind == ACTION_OPEN))
            continue;
        lexeme_report_quoted(reading->list, reading->lexeme, phrase, "actions-twice",
                             "this phrase is given a second time:", "keep one of them");
        return;
    }
    *tail = arena_alloc(reading->arena, sizeof **tail);
    if (*tail)
        **tail = wanted;
    reading->failed |= !*tail;
}

static void take_line(struct reading *reading)
{
    struct text line = text_trim(reading->lexeme->line);
    struct action action = {.kind = ACTION_ASKS};
    size_t colon = text_find(line, ':');
    if (colon == line.size) {
        lexeme_report_quoted(reading->list, reading->lexeme, line, "actions-line",
                             "expected \"time: phrase, phrase\", found",
                             "write a line such as \"10s: sit up, lie down\"");
        return;
    }
    if (!parse_key(reading, text_trim(text_head(line, colon)), &action))
        return;
    reading->given |= action.kind == ACTION_ASKS;
    struct phrase_list list = {
        .rest = text_skip(line, colon + 1),
        .lexeme = reading->lexeme,
        .list = reading->list,
        .rule = "actions-empty",
        .hint = "phrases stand between commas",
    };
    for (struct text phrase; phrase_list_next(&list, &phrase);)
        add(reading, phrase, action);
}

enum status actions_parse(struct actions *actions, struct arena *arena, struct text data,
                          struct diagnostics *list)
{
    struct lexer lexer;
    struct lexeme lexeme = {.number = 1};
    struct reading reading = {.actions = actions, .arena = arena, .list = list, .lexeme = &lexeme};
    *actions = (struct actions){{NULL}};
    lexer_init(&lexer, data, list);
    while (lexer_next_said(&lexer, &lexeme))
        take_line(&reading);
    if (list->errors == 0 && !reading.given) {
        diagnostics_add(list, SEVERITY_ERROR, "actions-missing", lexeme.number, 1,
                        "there is no line with a time");
        diagnostics_hint(list, "add a line such as \"10s: sit up, lie down\"");
    }
    return reading.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
