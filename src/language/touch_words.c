// SPDX-License-Identifier: GPL-3.0-or-later
// Phrases are kept in chains by their first letter, as other files of a language keep theirs.
#include "touch_words.h"

#include "letter.h"
#include "number.h"
#include "phrase_list.h"

enum naming { NAMING_NONE, NAMING_NAME, NAMING_NUMBER, NAMING_MAY_NUMBER };

static const struct kind_row {
    const char *name;
    enum naming naming;
} rows[TOUCH_KINDS] = {
    [TOUCH_REGION] = {"region", NAMING_NAME},
    [TOUCH_TOOL] = {"tool", NAMING_NAME},
    [TOUCH_SURFACE] = {"surface", NAMING_NAME},
    [TOUCH_MOVE] = {"move", NAMING_NAME},
    [TOUCH_LEFT] = {"left", NAMING_NONE},
    [TOUCH_RIGHT] = {"right", NAMING_NONE},
    [TOUCH_ONE] = {"one-side", NAMING_NONE},
    [TOUCH_BOTH] = {"both-sides", NAMING_NONE},
    [TOUCH_OTHER] = {"other-side", NAMING_NONE},
    [TOUCH_ALTERNATE] = {"alternate", NAMING_NONE},
    [TOUCH_SPOTS] = {"each-spot", NAMING_NONE},
    [TOUCH_BREATHS] = {"breaths", NAMING_NONE},
    [TOUCH_TIMES] = {"times", NAMING_MAY_NUMBER},
    [TOUCH_RATE] = {"rate", NAMING_NONE},
    [TOUCH_SECONDS] = {"seconds", NAMING_NUMBER},
    [TOUCH_NUMBER] = {"number", NAMING_NUMBER},
    [TOUCH_TO] = {"to", NAMING_NONE},
    [TOUCH_SCALE] = {"out-of", NAMING_NONE},
    [TOUCH_MOST] = {"at-most", NAMING_NONE},
    [TOUCH_RELEASE] = {"release", NAMING_NONE},
    [TOUCH_OPTIONAL] = {"optional", NAMING_NONE},
    [TOUCH_ELSE] = {"something-else", NAMING_NONE},
    [TOUCH_ONLY] = {"only", NAMING_NONE},
};

static const char *const say_names[SAY_COUNT] = {
    [SAY_FIRST] = "first",       [SAY_SECOND] = "second",   [SAY_CONTACT_END] = "contact-end",
    [SAY_MOVE_END] = "move-end", [SAY_AGAIN] = "again",     [SAY_AFTERWARDS] = "afterwards",
    [SAY_REST] = "rest",         [SAY_SECONDS] = "seconds", [SAY_MINUTE] = "minute",
    [SAY_MINUTES] = "minutes",   [SAY_TO] = "to",           [SAY_TIMES] = "times",
    [SAY_OF_TEN] = "of-ten",     [SAY_BALL] = "ball",       [SAY_ROLLER] = "roller",
    [SAY_TOWEL] = "towel",       [SAY_WALL] = "wall",       [SAY_CHAIR] = "chair",
    [SAY_MAT] = "mat",
};

// ---- Search -------------------------------------------------------------------------------------

static size_t chain_of(uint32_t first)
{
    return letter_small(first) % TOUCH_CHAINS;
}

void touch_words_search(const struct touch_words *words, struct text said, size_t offset,
                        struct touch_found *found)
{
    size_t at = offset;
    *found = (struct touch_found){.words = {NULL}};
    for (const struct touch_word *w = words->chains[chain_of(letter_take(said, &at))]; w;
         w = w->next) {
        size_t end = wording_match(&w->wording, said, offset);
        if (end <= found->ends[w->kind])
            continue;
        found->ends[w->kind] = end;
        found->words[w->kind] = w;
    }
}

// ---- Reading ------------------------------------------------------------------------------------

struct reading {
    struct touch_words *words;
    struct arena *arena;
    struct diagnostics *list;
    const struct lexeme *lexeme;
    bool failed; // out of memory
};

static void add(struct reading *reading, struct text phrase, struct touch_word wanted)
{
    if (!wording_parse(&wanted.wording, phrase) || wanted.wording.anywhere) {
        lexeme_report_quoted(reading->list, reading->lexeme, phrase, "touch-word",
                             "expected words of letters, one space apart, found",
                             "other words may lie between, written ...; commas separate phrases");
        return;
    }
    struct touch_word **tail = &reading->words->chains[chain_of(wording_first(&wanted.wording))];
    for (; *tail; tail = &(*tail)->next) {
        if ((*tail)->kind != wanted.kind || !text_equal((*tail)->wording.written, phrase))
            continue;
        lexeme_report_quoted(reading->list, reading->lexeme, phrase, "touch-twice",
                             "this phrase is given a second time:", "keep one of them");
        return;
    }
    *tail = arena_alloc(reading->arena, sizeof **tail);
    if (*tail)
        **tail = wanted;
    reading->failed |= !*tail;
}

static enum touch_kind find_kind(const struct reading *reading, struct text name)
{
    const char *names[TOUCH_KINDS];
    for (size_t i = 0; i < TOUCH_KINDS; i++) {
        if (text_equal_c(name, rows[i].name))
            return (enum touch_kind)i;
        names[i] = rows[i].name;
    }
    phrase_list_report_name(reading->list, reading->lexeme, name, "touch-kind",
                            "docs/session-language.md, Touch words, names them all", names,
                            TOUCH_KINDS);
    return TOUCH_KINDS;
}

// The name behind the kind; false after a report.
static bool take_name(const struct reading *reading, struct text kind, struct text name,
                      struct touch_word *wanted)
{
    const enum naming naming = rows[wanted->kind].naming;
    int64_t value = 0;
    bool given = name.size > 0;
    bool good = naming == NAMING_NONE                   ? !given
                : naming == NAMING_NAME                 ? given && text_find(name, ' ') == name.size
                : naming == NAMING_MAY_NUMBER && !given ? true
                                                        : number_whole(name, 1, 3600, &value);
    wanted->name = naming == NAMING_NAME ? name : (struct text){NULL, 0};
    wanted->value = (int)value;
    if (good)
        return true;
    lexeme_report_quoted(reading->list, reading->lexeme, given ? name : kind, "touch-name",
                         naming == NAMING_NONE   ? "this kind has no name:"
                         : naming == NAMING_NAME ? "expected one name, found"
                                                 : "expected a whole number, found",
                         "write lines such as \"region low-back: lower back\", \"times 2: twice\" "
                         "or \"both-sides: each side\"");
    return false;
}

static void take_say(struct reading *reading, struct text key, struct text value)
{
    for (size_t i = 0; i < SAY_COUNT; i++) {
        if (!text_equal_c(key, say_names[i]))
            continue;
        if (reading->words->say[i].size > 0)
            lexeme_report_quoted(reading->list, reading->lexeme, key, "touch-twice",
                                 "this is given a second time:", "keep one of them");
        else if (value.size == 0)
            lexeme_report_quoted(reading->list, reading->lexeme, key, "touch-empty",
                                 "there is nothing to say for", "write it behind the colon");
        reading->words->say[i] = value;
        return;
    }
    phrase_list_report_name(reading->list, reading->lexeme, key, "touch-kind",
                            "docs/session-language.md, Touch words, names them all", say_names,
                            SAY_COUNT);
}

// Forms of a side are also kept in their order, so that those of the other one are found.
static void keep_form(struct reading *reading, struct touch_word *wanted, struct text phrase)
{
    const enum side side = wanted->kind == TOUCH_LEFT ? SIDE_LEFT : SIDE_RIGHT;
    int *count = &reading->words->form_count[side];
    wanted->order = *count;
    if (*count < TOUCH_SIDE_FORMS_MAX)
        reading->words->forms[side][(*count)++] = phrase;
}

static void take_line(struct reading *reading)
{
    struct text line = text_trim(reading->lexeme->line);
    size_t colon = text_find(line, ':');
    if (colon == line.size) {
        lexeme_report_quoted(reading->list, reading->lexeme, line, "touch-line",
                             "expected \"kind: phrase, phrase\", found",
                             "write a line such as \"region low-back: low back, lower back\"");
        return;
    }
    struct text key = text_trim(text_head(line, colon));
    struct text kind = text_head(key, text_find(key, ' '));
    struct text name = text_trim(text_skip(key, kind.size));
    if (text_equal_c(kind, "say")) {
        take_say(reading, name, text_trim(text_skip(line, colon + 1)));
        return;
    }
    struct touch_word wanted = {.kind = find_kind(reading, kind)};
    if (wanted.kind == TOUCH_KINDS || !take_name(reading, kind, name, &wanted))
        return;
    wanted.place = lexeme_place(reading->lexeme, name.size > 0 ? name.data : kind.data);
    struct phrase_list list = {
        .rest = text_skip(line, colon + 1),
        .lexeme = reading->lexeme,
        .list = reading->list,
        .rule = "touch-empty",
        .hint = "phrases stand between commas",
    };
    for (struct text phrase; phrase_list_next(&list, &phrase);) {
        if (wanted.kind == TOUCH_LEFT || wanted.kind == TOUCH_RIGHT)
            keep_form(reading, &wanted, phrase);
        add(reading, phrase, wanted);
    }
}

static void check_missing(const struct reading *reading)
{
    const struct touch_words *words = reading->words;
    const int last = reading->lexeme->number;
    for (size_t i = 0; i < SAY_COUNT; i++) {
        char name[32] = "say ";
        size_t size = 4;
        for (const char *c = say_names[i]; *c && size + 1 < sizeof name; c++)
            name[size++] = *c;
        if (words->say[i].size == 0)
            phrase_list_report_missing(reading->list, last, "touch-missing", name);
    }
    if (words->form_count[SIDE_LEFT] == words->form_count[SIDE_RIGHT] &&
        words->form_count[SIDE_LEFT] > 0)
        return;
    diagnostics_add(reading->list, SEVERITY_ERROR, "touch-missing", last, 1,
                    "\"left\" has %d forms, and \"right\" has %d", words->form_count[SIDE_LEFT],
                    words->form_count[SIDE_RIGHT]);
    diagnostics_hint(reading->list, "give both the same forms, in the same order");
}

enum status touch_words_parse(struct touch_words *words, struct arena *arena, struct text data,
                              struct diagnostics *list)
{
    struct lexer lexer;
    struct lexeme lexeme = {.number = 1};
    struct reading reading = {.words = words, .arena = arena, .list = list, .lexeme = &lexeme};
    *words = (struct touch_words){.chains = {NULL}};
    lexer_init(&lexer, data, list);
    while (lexer_next_said(&lexer, &lexeme))
        take_line(&reading);
    if (list->errors == 0)
        check_missing(&reading);
    return reading.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
