// SPDX-License-Identifier: GPL-3.0-or-later
// Phrases are kept in chains by their first letter, so that each line is searched quickly.
#include "style_rules.h"

#include "letter.h"
#include "phrase_list.h"

// ---- Search -------------------------------------------------------------------------------------

// The words at the start of `view` that are the phrase, or nothing.
static struct text match(const struct phrase *phrase, struct text view)
{
    return text_head(view, letter_match(phrase->text, phrase->open, view));
}

static struct phrase *const *chain_of(const struct style_rules *phrases, uint32_t first)
{
    return &phrases->chains[letter_small(first) % PHRASE_CHAINS];
}

// What begins with the word at the start of `view`. `start`: of a sentence.
static void search_word(const struct style_rules *phrases, struct text view, uint32_t first,
                        bool start, struct phrase_found found[PHRASE_KINDS])
{
    for (const struct phrase *p = *chain_of(phrases, first); p; p = p->next) {
        if (found[p->kind].phrase || (p->at_start && !start))
            continue;
        struct text text = match(p, view);
        if (text.size > 0)
            found[p->kind] = (struct phrase_found){p, text};
    }
}

void style_rules_search(const struct style_rules *phrases, struct text view,
                        struct phrase_found found[PHRASE_KINDS])
{
    bool start = true; // of a sentence
    bool inside = false;
    for (size_t offset = 0; offset < view.size;) {
        struct text rest = text_skip(view, offset);
        uint32_t c = letter_take(view, &offset);
        bool letter = letter_is(c);
        if (letter && !inside)
            search_word(phrases, rest, c, start, found);
        start = letter ? false : start || c == '.' || c == '!' || c == '?';
        inside = letter;
    }
}

// ---- Reading ------------------------------------------------------------------------------------

struct kind_row {
    const char *name;
    enum phrase_kind kind;
    bool at_start;
    bool required; // no language goes without
};

static const struct kind_row rows[] = {
    {"claim", PHRASE_CLAIM, false, true},
    {"damage", PHRASE_DAMAGE, false, false},
    {"tone", PHRASE_TONE, false, false},
    {"misread", PHRASE_MISREAD, false, false},
    {"misread-start", PHRASE_MISREAD, true, false},
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

struct reading {
    struct style_rules *phrases;
    struct arena *arena;
    struct diagnostics *list;
    const struct lexeme *lexeme;
    bool given[ROW_COUNT];
    bool failed; // out of memory
};

static const struct kind_row *find_row(const struct reading *reading, struct text name)
{
    const char *names[ROW_COUNT];
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (text_equal_c(name, rows[i].name))
            return &rows[i];
        names[i] = rows[i].name;
    }
    phrase_list_report_name(reading->list, reading->lexeme, name, "phrases-kind",
                            "docs/session-language.md, Phrases, names them all", names, ROW_COUNT);
    return NULL;
}

// Words of letters, apart by one space.
static bool check_words(const struct reading *reading, struct text text)
{
    size_t good = letter_words(text);
    if (good == text.size)
        return true;
    lexeme_report_quoted(reading->list, reading->lexeme, text_skip(text, good), "phrases-word",
                         "expected words of letters, one space apart, found",
                         "a * stands at the end of a phrase only; commas separate phrases");
    return false;
}

// Hang the phrase in behind those of its first letter; a second one of its kind is a mistake.
static void add(struct reading *reading, struct text text, const struct kind_row *row,
                struct text hint)
{
    bool open = text.data[text.size - 1] == '*';
    struct phrase wanted = {
        text_head(text, text.size - open), row->kind, open, row->at_start, hint, NULL};
    if (wanted.text.size == 0 || !check_words(reading, wanted.text)) {
        if (wanted.text.size == 0)
            lexeme_report_quoted(reading->list, reading->lexeme, text, "phrases-empty",
                                 "there are no letters in", "write a word");
        return;
    }
    size_t offset = 0;
    const uint32_t first = letter_take(wanted.text, &offset);
    struct phrase **tail = &reading->phrases->chains[letter_small(first) % PHRASE_CHAINS];
    for (; *tail; tail = &(*tail)->next) {
        const struct phrase *p = *tail;
        if (p->kind == row->kind && p->at_start == row->at_start &&
            match(p, wanted.text).size == wanted.text.size) {
            lexeme_report_quoted(reading->list, reading->lexeme, text, "phrases-twice",
                                 "an earlier phrase of its kind covers", "delete it");
            return;
        }
    }
    *tail = arena_alloc(reading->arena, sizeof **tail);
    if (*tail)
        **tail = wanted;
    reading->failed |= !*tail;
}

static void take_line(struct reading *reading)
{
    struct text line = text_trim(reading->lexeme->line);
    size_t colon = text_find(line, ':');
    if (colon == line.size) {
        lexeme_report_quoted(reading->list, reading->lexeme, line, "phrases-line",
                             "expected \"kind: phrase = hint\", found",
                             "write a line such as \"claim: heals, healing = say settles\"");
        return;
    }
    const struct kind_row *row = find_row(reading, text_trim(text_head(line, colon)));
    if (!row)
        return;
    struct text list = text_skip(line, colon + 1);
    size_t equal = text_find(list, '=');
    struct text hint = text_trim(text_skip(list, equal + 1));
    if (hint.size == 0)
        lexeme_report_quoted(reading->list, reading->lexeme, line, "phrases-hint",
                             "there is no hint behind", "say what to write instead, behind a =");
    reading->given[row - rows] = true;
    struct phrase_list phrases = {
        .rest = text_head(list, equal),
        .lexeme = reading->lexeme,
        .list = reading->list,
        .rule = "phrases-empty",
        .hint = "phrases stand between commas, and = before the hint",
    };
    for (struct text phrase; phrase_list_next(&phrases, &phrase);)
        add(reading, phrase, row, hint);
}

static void check_missing(const struct reading *reading)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (!rows[i].required || reading->given[i])
            continue;
        phrase_list_report_missing(reading->list, reading->lexeme->number, "phrases-missing",
                                   rows[i].name);
    }
}

enum status style_rules_parse(struct style_rules *phrases, struct arena *arena, struct text data,
                              struct diagnostics *list)
{
    struct lexer lexer;
    struct lexeme lexeme = {.number = 1};
    struct reading reading = {.phrases = phrases, .arena = arena, .list = list, .lexeme = &lexeme};
    *phrases = (struct style_rules){{NULL}};
    lexer_init(&lexer, data, list);
    while (lexer_next_said(&lexer, &lexeme))
        take_line(&reading);
    if (list->errors == 0)
        check_missing(&reading);
    return reading.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
