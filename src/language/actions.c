// SPDX-License-Identifier: GPL-3.0-or-later
// A line is searched for phrases where its clauses begin: there stands what it asks for. Of several
// phrases at one place the one that reaches furthest counts, so an exception is only a longer
// phrase; of several places the longest time counts.
#include "actions.h"

#include "letter.h"
#include "lexer.h"
#include "session_limits.h"

// ---- Search -------------------------------------------------------------------------------------

struct search {
    const struct actions *actions;
    struct text said;
    size_t masked;  // what begins before this is part of an exception
    size_t opened;  // a clause begins here, behind an opening phrase
    int64_t frames; // the longest time so far
};

static bool ends_clause(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == ',' || c == ';' || c == ':' || c == 0x2013 ||
           c == 0x2014 || c == 0x2026;
}

// Where the next word begins that belongs to the same clause; the end of the text when none does.
static size_t next_word(struct text said, size_t offset)
{
    bool inside = true;
    while (offset < said.size) {
        size_t at = offset;
        uint32_t c = letter_take(said, &offset);
        if (letter_is(c) && !inside)
            return at;
        if (ends_clause(c))
            break;
        inside = letter_is(c);
    }
    return said.size;
}

// Where the phrase ends that begins at `offset`; 0 when it does not.
static size_t match(const struct action *action, struct text said, size_t offset)
{
    for (size_t part = 0; part < action->part_count; part++) {
        size_t size;
        while ((size = letter_match(action->parts[part], action->open_ended[part],
                                    text_skip(said, offset))) == 0) {
            offset = part > 0 ? next_word(said, offset) : said.size;
            if (offset == said.size)
                return 0;
        }
        offset += size;
        if (part + 1 < action->part_count && (offset = next_word(said, offset)) == said.size)
            return 0;
    }
    return offset;
}

// The word at `offset`, which may begin a clause.
static void search_word(struct search *search, size_t offset, bool begins)
{
    size_t at = offset;
    uint32_t first = letter_small(letter_take(search->said, &at));
    const struct action *best = NULL;
    size_t best_end = 0;
    for (const struct action *a = search->actions->chains[first % ACTION_CHAINS]; a; a = a->next) {
        if (!begins && !a->anywhere)
            continue;
        size_t end = match(a, search->said, offset);
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
        begins = begins || ends_clause(c);
        inside = letter;
    }
    return search.frames;
}

// ---- Lines --------------------------------------------------------------------------------------

static struct text said_for(const struct part *part, const struct words *words)
{
    switch (part->type) {
    case PART_LENGTH:
    case PART_LEFT:
        return words->one_minute;
    case PART_SIDE:
        return words->side[SIDE_LEFT];
    case PART_OTHER:
        return words->side[SIDE_RIGHT];
    case PART_LITERAL:
        break;
    }
    return part->spoken;
}

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
            buffer_add(said, said_for(&node->as.line.parts[i], words));
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
    action->anywhere = action->kind != ACTION_ASKS;
    return true;
}

// Cut the first part off the phrase, with its star; false when it is no words.
static bool take_part(struct text *rest, struct action *action)
{
    size_t end = 0;
    while (end < rest->size && !text_starts_with(text_skip(*rest, end), TEXT("...")))
        end++;
    struct text part = text_trim(text_head(*rest, end));
    *rest = text_skip(*rest, end + 3);
    bool open = part.size > 0 && part.data[part.size - 1] == '*';
    part.size -= open;
    if (action->part_count == ACTION_PARTS_MAX || letter_words(part) < part.size || part.size == 0)
        return false;
    action->parts[action->part_count] = part;
    action->open_ended[action->part_count++] = open;
    return true;
}

static void add(struct reading *reading, struct text phrase, struct action wanted)
{
    struct text rest = phrase;
    wanted.written = phrase;
    if (text_starts_with(rest, TEXT("..."))) {
        wanted.anywhere = true;
        rest = text_skip(rest, 3);
    }
    bool good = rest.size > 0;
    while (good && rest.size > 0)
        good = take_part(&rest, &wanted);
    if (!good || text_equal_c(text_skip(phrase, phrase.size > 3 ? phrase.size - 3 : 0), "...")) {
        lexeme_report_quoted(reading->list, reading->lexeme, phrase, "actions-word",
                             "expected words of letters, one space apart, found",
                             "other words may lie between, written ...; commas separate phrases");
        return;
    }
    size_t offset = 0;
    uint32_t first = letter_small(letter_take(wanted.parts[0], &offset));
    struct action **tail = &reading->actions->chains[first % ACTION_CHAINS];
    for (; *tail; tail = &(*tail)->next) {
        // One that opens may ask for something, too.
        if (!text_equal((*tail)->written, phrase) ||
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
    for (struct text list = text_skip(line, colon + 1);;) {
        size_t comma = text_find(list, ',');
        struct text phrase = text_trim(text_head(list, comma));
        if (phrase.size > 0)
            add(reading, phrase, action);
        else
            lexeme_report_quoted(reading->list, reading->lexeme, list, "actions-empty",
                                 "there is no phrase before", "phrases stand between commas");
        if (comma == list.size)
            return;
        list = text_skip(list, comma + 1);
    }
}

enum status actions_parse(struct actions *actions, struct arena *arena, struct text data,
                          struct diagnostics *list)
{
    struct lexer lexer;
    struct lexeme lexeme = {.number = 1};
    struct reading reading = {.actions = actions, .arena = arena, .list = list, .lexeme = &lexeme};
    *actions = (struct actions){{NULL}};
    lexer_init(&lexer, data, list);
    while (lexer_next(&lexer, &lexeme))
        if (lexeme.type != LEXEME_BLANK && lexeme.type != LEXEME_BAD)
            take_line(&reading);
    if (list->errors == 0 && !reading.given) {
        diagnostics_add(list, SEVERITY_ERROR, "actions-missing", lexeme.number, 1,
                        "there is no line with a time");
        diagnostics_hint(list, "add a line such as \"10s: sit up, lie down\"");
    }
    return reading.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
