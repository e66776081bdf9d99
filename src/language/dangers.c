// SPDX-License-Identifier: GPL-3.0-or-later
// Phrases are kept in chains by their first letter, as other files of a language keep theirs.
#include "dangers.h"

#include "letter.h"
#include "phrase_list.h"

bool danger_is_place(enum danger_kind kind)
{
    return kind >= DANGER_SPINE && kind <= DANGER_LOW_BACK;
}

bool danger_is_tool(enum danger_kind kind)
{
    return kind == DANGER_BALL || kind == DANGER_ROLLER || kind == DANGER_FIST;
}

// ---- Search -------------------------------------------------------------------------------------

// The first two letters, so that the chains are short.
static size_t chain_of(struct text word)
{
    size_t offset = 0;
    uint32_t first = letter_small(letter_take(word, &offset));
    uint32_t second = 0;
    if (offset < word.size)
        second = letter_small(letter_take(word, &offset));
    return (first * 31 + (letter_is(second) ? second : 0)) % DANGER_CHAINS;
}

void dangers_search(const struct dangers *dangers, struct text said, size_t offset,
                    struct danger_found *found)
{
    *found = (struct danger_found){.longest = 0};
    for (const struct danger *d = dangers->chains[chain_of(text_skip(said, offset))]; d;
         d = d->next) {
        size_t end = wording_match(&d->wording, said, offset);
        if (end <= found->ends[d->kind])
            continue;
        found->ends[d->kind] = end;
        if (end > found->longest)
            found->longest = end;
        bool grammar = d->kind < DANGER_PRESS && d->kind != DANGER_INSIST;
        if (d->wording.part_count == 1 && !grammar && end > found->whole)
            found->whole = end;
        if (d->kind == DANGER_NUMBER)
            found->number = d;
        if (d->kind == DANGER_CLAIM)
            found->claim = d;
    }
}

// ---- Reading ------------------------------------------------------------------------------------

struct kind_row {
    const char *name; // NULL: not in the file
    bool required;    // no language goes without
};

static const struct kind_row rows[DANGER_KINDS] = {
    [DANGER_NOT] = {"not", true},
    [DANGER_NOT_AFTER] = {"not-after", false},
    [DANGER_INSIST] = {"insist", false},
    [DANGER_BUT] = {"but", false},
    [DANGER_OR] = {"or", false},
    [DANGER_IF] = {"if", true},
    [DANGER_TELLS] = {"tells", false},
    [DANGER_FINE] = {"fine", false},
    [DANGER_SENSE] = {"sense", false},
    [DANGER_NEAR] = {"near", false},
    [DANGER_BESIDE] = {"beside", true},
    [DANGER_TARGET] = {"target", true},
    [DANGER_IT] = {"it", false},
    [DANGER_IMAGINE] = {"imagine", false},
    [DANGER_SOFT] = {"soft", false},
    [DANGER_PRESS] = {"press", true},
    [DANGER_RUB] = {"rub", false},
    [DANGER_LEAN] = {"lean", false},
    [DANGER_ROLL] = {"roll", false},
    [DANGER_BALL] = {"ball", true},
    [DANGER_ROLLER] = {"roller", true},
    [DANGER_FIST] = {"fist", false},
    [DANGER_FINGER] = {"finger", false},
    [DANGER_DEEP] = {"deep", false},
    [DANGER_STAY] = {"stay", true},
    [DANGER_EASE] = {"ease", false},
    [DANGER_AWAY] = {"away", false},
    [DANGER_TENSE] = {"tense", false},
    [DANGER_STRETCH] = {"stretch", true},
    [DANGER_MOVE] = {"move", true},
    [DANGER_SPINE] = {"spine", true},
    [DANGER_THROAT] = {"throat", true},
    [DANGER_NECK] = {"neck", true},
    [DANGER_BELLY] = {"belly", true},
    [DANGER_GROIN] = {"groin", true},
    [DANGER_KNEE] = {"knee-hollow", true},
    [DANGER_BONE] = {"bone", true},
    [DANGER_KIDNEYS] = {"kidneys", true},
    [DANGER_LOW_BACK] = {"low-back", true},
    [DANGER_FLOOR] = {"floor", true},
    [DANGER_WALL] = {"wall", true},
    [DANGER_UNDER] = {"under", true},
    [DANGER_STAND] = {"stand", true},
    [DANGER_SIT] = {"sit", true},
    [DANGER_LIE] = {"lie", true},
    [DANGER_HARD] = {"hard", true},
    [DANGER_WEIGHT] = {"weight", false},
    [DANGER_SCALE] = {"scale", false},
    [DANGER_PRESSURE] = {"pressure", false},
    [DANGER_SECOND] = {"second", true},
    [DANGER_MINUTE] = {"minute", true},
    [DANGER_HOUR] = {"hour", false},
    [DANGER_LONG] = {"long", false},
    [DANGER_EVERY] = {"every", false},
    [DANGER_FEW] = {"few", false},
    [DANGER_BREATH] = {"breath", true},
    [DANGER_INHALE] = {"inhale", false},
    [DANGER_EXHALE] = {"exhale", false},
    [DANGER_FAST] = {"fast", true},
    [DANGER_HOLD] = {"hold", false},
    [DANGER_COUNT] = {"count", false},
    [DANGER_BREATH_HELD] = {"breath-held", true},
    [DANGER_BREATH_FORCED] = {"breath-forced", false},
    [DANGER_PAIN] = {"pain", true},
    [DANGER_PAIN_PERHAPS] = {"pain-perhaps", false},
    [DANGER_SYMPTOM] = {"symptom", false},
    [DANGER_GO_ON] = {"go-on", false},
    [DANGER_FORCE] = {"force", true},
    [DANGER_FORCE_PERHAPS] = {"force-perhaps", false},
    [DANGER_RISE] = {"rise", false},
    [DANGER_SUDDEN] = {"sudden", false},
    [DANGER_LEAP] = {"leap", true},
    [DANGER_DRIVE] = {"drive", true},
    [DANGER_CURE] = {"cure", true},
    [DANGER_EYES] = {"eyes", true},
    [DANGER_CLOSE] = {"close", true},
};

struct reading {
    struct dangers *dangers;
    struct arena *arena;
    struct diagnostics *list;
    const struct lexeme *lexeme;
    bool given[DANGER_KINDS];
    bool failed; // out of memory
};

// The kind of that name; DANGER_KINDS after a report.
static enum danger_kind find_kind(const struct reading *reading, struct text name)
{
    const char *names[DANGER_KINDS];
    size_t count = 0;
    for (size_t i = 0; i < DANGER_KINDS; i++) {
        if (!rows[i].name)
            continue;
        if (text_equal_c(name, rows[i].name))
            return (enum danger_kind)i;
        names[count++] = rows[i].name;
    }
    phrase_list_report_name(reading->list, reading->lexeme, name, "dangers-kind",
                            "docs/session-language.md, Dangers, names them all", names, count);
    return DANGER_KINDS;
}

// The tail of the chain; NULL when the same phrase of the same kind is in it.
static struct danger **tail_of(struct dangers *dangers, const struct danger *wanted)
{
    struct danger **tail = &dangers->chains[chain_of(wanted->wording.parts[0])];
    for (; *tail; tail = &(*tail)->next)
        if ((*tail)->kind == wanted->kind &&
            text_equal((*tail)->wording.written, wanted->wording.written))
            return NULL;
    return tail;
}

static void add(struct reading *reading, struct text phrase, enum danger_kind kind)
{
    struct danger wanted = {.kind = kind};
    size_t letters = 0;
    if (!wording_parse(&wanted.wording, phrase) || wanted.wording.anywhere ||
        (letter_take(wanted.wording.parts[0], &letters),
         letters == wanted.wording.parts[0].size && wanted.wording.open_ended[0])) {
        lexeme_report_quoted(reading->list, reading->lexeme, phrase, "dangers-word",
                             "expected words of letters, one space apart, found",
                             "other words may lie between, written ...; commas separate phrases");
        return;
    }
    struct danger **tail = tail_of(reading->dangers, &wanted);
    if (!tail) {
        lexeme_report_quoted(reading->list, reading->lexeme, phrase, "dangers-twice",
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
    size_t colon = text_find(line, ':');
    if (colon == line.size) {
        lexeme_report_quoted(reading->list, reading->lexeme, line, "dangers-line",
                             "expected \"kind: phrase, phrase\", found",
                             "write a line such as \"spine: spine, backbone\"");
        return;
    }
    enum danger_kind kind = find_kind(reading, text_trim(text_head(line, colon)));
    if (kind == DANGER_KINDS)
        return;
    reading->given[kind] = true;
    struct phrase_list list = {
        .rest = text_skip(line, colon + 1),
        .lexeme = reading->lexeme,
        .list = reading->list,
        .rule = "dangers-empty",
        .hint = "phrases stand between commas",
    };
    for (struct text phrase; phrase_list_next(&list, &phrase);)
        add(reading, phrase, kind);
}

static void check_missing(const struct reading *reading)
{
    for (size_t i = 0; i < DANGER_KINDS; i++) {
        if (!rows[i].required || reading->given[i])
            continue;
        phrase_list_report_missing(reading->list, reading->lexeme->number, "dangers-missing",
                                   rows[i].name);
    }
}

enum status dangers_parse(struct dangers *dangers, struct arena *arena, struct text data,
                          struct diagnostics *list)
{
    struct lexer lexer;
    struct lexeme lexeme = {.number = 1};
    struct reading reading = {.dangers = dangers, .arena = arena, .list = list, .lexeme = &lexeme};
    *dangers = (struct dangers){{NULL}};
    lexer_init(&lexer, data, list);
    while (lexer_next_said(&lexer, &lexeme))
        take_line(&reading);
    if (list->errors == 0)
        check_missing(&reading);
    return reading.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

// What is there already is left as it is.
static enum status add_known(struct dangers *dangers, struct arena *arena,
                             const struct danger *wanted)
{
    struct danger **tail = tail_of(dangers, wanted);
    if (!tail)
        return STATUS_OK;
    *tail = arena_alloc(arena, sizeof **tail);
    if (!*tail)
        return STATUS_NO_MEMORY;
    **tail = *wanted;
    return STATUS_OK;
}

enum status dangers_add_numbers(struct dangers *dangers, struct arena *arena,
                                const struct words *words)
{
    enum status status = STATUS_OK;
    for (int n = 1; n < (int)(sizeof words->number / sizeof *words->number); n++) {
        struct danger wanted = {.kind = DANGER_NUMBER, .number = n};
        if (wording_parse(&wanted.wording, words->number[n]))
            THEN(status, add_known(dangers, arena, &wanted));
    }
    return status;
}

enum status dangers_add_claims(struct dangers *dangers, struct arena *arena,
                               const struct style_rules *phrases)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < PHRASE_CHAINS; i++)
        for (const struct phrase *p = phrases->chains[i]; p; p = p->next) {
            struct danger wanted = {.kind = DANGER_CLAIM, .hint = p->hint};
            if (p->kind != PHRASE_CLAIM || !wording_parse(&wanted.wording, p->text))
                continue;
            wanted.wording.open_ended[0] = p->open;
            THEN(status, add_known(dangers, arena, &wanted));
        }
    return status;
}
