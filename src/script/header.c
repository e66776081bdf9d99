// SPDX-License-Identifier: GPL-3.0-or-later
// One row for each key of the header says how its value is checked.
#include "header.h"

#include "cursor.h"
#include "session_limits.h"

struct key {
    const char *name;
    const char *usage;
    bool required[2]; // of HEADER_SESSION, HEADER_NOTICES
    bool allowed[2];
    void (*check)(struct session *session, struct cursor *cursor);
};

static const char *const notices[] = {"pressure", "movement", "short", "breath", "none"};
static const char *const endings[] = {[ENDING_RETURN] = "return", [ENDING_SLEEP] = "sleep"};
static const char *const breaths[] = {"led", "free"};
enum {
    BREATH_COUNT = sizeof breaths / sizeof *breaths,
    ENDING_COUNT = sizeof endings / sizeof *endings,
    NOTICE_COUNT = sizeof notices / sizeof *notices,
};

static void fault(const struct cursor *cursor, struct text at, const char *rule, const char *what,
                  const char *const *names, size_t count)
{
    cursor_expected(cursor, at, rule, what);
    const char *nearest = text_nearest(at, names, count);
    if (nearest)
        diagnostics_hint(cursor->list, "did you mean \"%s\"?", nearest);
}

static bool is_one_of(struct text word, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal_c(word, names[i]))
            return true;
    return false;
}

// The value names a folder, so nothing but letters, digits and inner dashes may be in it.
static void check_language(struct session *session, struct cursor *cursor)
{
    struct text word = cursor_word(cursor);
    size_t letters = 0;
    while (letters < word.size && word.data[letters] >= 'a' && word.data[letters] <= 'z')
        letters++;
    bool good = (letters == 2 || letters == 3) && (letters == word.size || word.size <= 12);
    for (size_t i = letters; i < word.size; i++) {
        char c = word.data[i];
        bool dash = c == '-' && word.data[i - 1] != '-' && i + 1 < word.size;
        good &= dash || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
    if (good && letters < word.size)
        good = word.data[letters] == '-';
    if (good && cursor_end(cursor)) {
        session->language = word;
    } else if (!good) {
        cursor_expected(cursor, word, "bad-language", "a language code such as en or pt-br");
        session->language = (struct text){NULL, 0};
    }
}

static void check_bounds(struct session *session, const struct cursor *cursor, struct text range,
                         struct text natural)
{
    struct range length = session->length;
    if (length.least < SESSION_LENGTH_LEAST || length.most > SESSION_LENGTH_MOST) {
        struct place place = lexeme_place(cursor->lexeme, range.data);
        diagnostics_add(
            cursor->list, SEVERITY_ERROR, "length-limit", place.line, place.column,
            "the length \"%.*s\" is not within " LIMIT_TEXT(
                LIMIT_LENGTH_LEAST_MINUTES) "m.." LIMIT_TEXT(LIMIT_LENGTH_MOST_MINUTES) "m",
            TEXT_ARG(range));
        diagnostics_hint(cursor->list, "a session is at least %d and at most %d minutes long",
                         LIMIT_LENGTH_LEAST_MINUTES, LIMIT_LENGTH_MOST_MINUTES);
    }
    if (session->natural < length.least || session->natural > length.most) {
        struct place place = lexeme_place(cursor->lexeme, natural.data);
        diagnostics_add(cursor->list, SEVERITY_ERROR, "length-natural", place.line, place.column,
                        "the natural length %.*s is outside %.*s", TEXT_ARG(natural),
                        TEXT_ARG(range));
        diagnostics_hint(cursor->list, "choose a natural length between the two");
    }
}

static void check_length(struct session *session, struct cursor *cursor)
{
    bool single;
    struct text range, natural;
    struct range length;
    if (!cursor_durations(cursor, &length, &single, &range))
        return;
    if (cursor->rest.size == 0) {
        cursor_expected(cursor, cursor->rest, "syntax", "a comma and the natural length");
        return;
    }
    if (!cursor_comma(cursor) || !cursor_keyword(cursor, "natural"))
        return;
    struct range usual;
    struct text at = cursor->rest;
    if (!cursor_durations(cursor, &usual, &single, &natural) || !cursor_end(cursor))
        return;
    if (!single) {
        cursor_expected(cursor, at, "bad-duration", "one natural length");
        return;
    }
    session->length = length;
    session->natural = usual.least;
    check_bounds(session, cursor, range, natural);
}

static void check_position(struct session *session, struct cursor *cursor)
{
    (void)session;
    while (true) {
        struct text before = cursor->rest;
        struct text word = cursor_word(cursor);
        if (!is_one_of(word, place_names, PLACE_COUNT)) {
            fault(cursor, word.size ? word : before, "bad-position",
                  "any, chair, standing, floor, lying, side-lying or bed", place_names,
                  PLACE_COUNT);
            return;
        }
        if (cursor->rest.size == 0 || !cursor_comma(cursor))
            return;
    }
}

// Which of the names the value is, or `count` after a report.
static size_t take_one_of(struct cursor *cursor, const char *rule, const char *what,
                          const char *const *names, size_t count)
{
    struct text word = cursor_word(cursor);
    size_t at = 0;
    while (at < count && !text_equal_c(word, names[at]))
        at++;
    if (at < count)
        cursor_end(cursor);
    else
        fault(cursor, word, rule, what, names, count);
    return at;
}

static void check_notice(struct session *session, struct cursor *cursor)
{
    if (take_one_of(cursor, "notice-kind", "pressure, movement, short, breath or none", notices,
                    NOTICE_COUNT) == NOTICE_COUNT)
        session->notice = (struct text){NULL, 0};
}

static void check_ending(struct session *session, struct cursor *cursor)
{
    size_t at = take_one_of(cursor, "bad-ending", "return or sleep", endings, ENDING_COUNT);
    session->ending = at == ENDING_SLEEP ? ENDING_SLEEP : ENDING_RETURN;
}

static void check_breath(struct session *session, struct cursor *cursor)
{
    session->breathes_free =
        take_one_of(cursor, "bad-breath", "led or free", breaths, BREATH_COUNT) == BREATH_COUNT - 1;
}

static void check_need(struct session *session, struct cursor *cursor)
{
    size_t at = take_one_of(cursor, "bad-need", "massage, move, rest, sleep, understand or other",
                            need_names, NEED_COUNT);
    session->need = at < NEED_COUNT ? (enum need)at : NEED_OTHER;
}

static void check_effort(struct session *session, struct cursor *cursor)
{
    size_t at = take_one_of(cursor, "bad-effort", "none, little or some",
                            effort_names + EFFORT_NONE, EFFORT_COUNT - EFFORT_NONE);
    at += EFFORT_NONE;
    session->effort = at < EFFORT_COUNT ? (enum effort)at : EFFORT_UNKNOWN;
}

static void check_scene(struct session *session, struct cursor *cursor)
{
    (void)session;
    struct text word = cursor_word(cursor);
    for (size_t i = 0; i < word.size; i++) {
        char c = word.data[i];
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
            cursor_expected(cursor, word, "bad-name", "the name of a scene (a-z, 0-9 and -)");
            return;
        }
    }
    cursor_end(cursor);
}

static void check_version(struct session *session, struct cursor *cursor)
{
    int to;
    struct text written;
    if (cursor_counts(cursor, 1, 1000000, &session->notice_version, &to, &written))
        cursor_end(cursor);
}

static const struct key keys[HEADER_KEYS] = {
    [HEADER_TITLE] =
        {"title", "title: the name as it is shown", {true, false}, {true, false}, NULL},
    [HEADER_SUMMARY] =
        {"summary", "summary: one sentence for lists", {false, false}, {true, false}, NULL},
    [HEADER_WHEN] = {"when", "when: after a long drive", {false, false}, {true, false}, NULL},
    [HEADER_LANGUAGE] = {"language", "language: en", {true, true}, {true, true}, check_language},
    [HEADER_LENGTH] =
        {"length", "length: 6m..30m, natural 10m", {true, false}, {true, false}, check_length},
    [HEADER_POSITION] = {"position",
                         "position: standing, or several, as in chair, standing",
                         {false, false},
                         {true, false},
                         check_position},
    [HEADER_NEEDS] = {"needs", "needs: a wall, a soft ball", {false, false}, {true, false}, NULL},
    [HEADER_SCENE] = {"scene", "scene: shore", {false, false}, {true, false}, check_scene},
    [HEADER_NOTICE] = {"notice", "notice: pressure", {true, false}, {true, false}, check_notice},
    [HEADER_ENDING] = {"ending", "ending: sleep", {false, false}, {true, false}, check_ending},
    [HEADER_BREATH] = {"breath", "breath: free", {false, false}, {true, false}, check_breath},
    [HEADER_NEED] = {"need", "need: rest", {false, false}, {true, false}, check_need},
    [HEADER_EFFORT] = {"effort", "effort: little", {false, false}, {true, false}, check_effort},
    [HEADER_VERSION] = {"version", "version: 1", {false, true}, {false, true}, check_version},
};

static struct text *field(struct session *session, enum header_key key)
{
    switch (key) {
    case HEADER_TITLE:
        return &session->title;
    case HEADER_SUMMARY:
        return &session->summary;
    case HEADER_WHEN:
        return &session->when;
    case HEADER_LANGUAGE:
        return &session->language;
    case HEADER_POSITION:
        return &session->position;
    case HEADER_NEEDS:
        return &session->needs;
    case HEADER_SCENE:
        return &session->scene;
    case HEADER_NOTICE:
        return &session->notice;
    case HEADER_LENGTH:
    case HEADER_ENDING:
    case HEADER_BREATH:
    case HEADER_NEED:
    case HEADER_EFFORT:
    case HEADER_VERSION:
    case HEADER_KEYS:
        break;
    }
    return NULL;
}

static struct text key_of(const struct lexeme *lexeme)
{
    struct text line = text_trim(lexeme->line);
    size_t colon = text_find(line, ':');
    return colon < line.size ? text_trim(text_head(line, colon)) : (struct text){line.data, 0};
}

static enum header_key find_key(struct text name, enum header_kind kind)
{
    for (int k = 0; k < HEADER_KEYS; k++)
        if (keys[k].allowed[kind] && text_equal_c(name, keys[k].name))
            return (enum header_key)k;
    return HEADER_KEYS;
}

bool header_recognises(const struct lexeme *lexeme)
{
    return find_key(key_of(lexeme), HEADER_SESSION) != HEADER_KEYS;
}

// What to do with a line that is from another format, or NULL.
static const char *other_markup_hint(struct text line)
{
    if (text_starts_with(line, TEXT("#")) || text_starts_with(line, TEXT(";")))
        return "a comment begins with //";
    if (text_starts_with(line, TEXT("---")))
        return "nothing encloses the header: delete this line";
    return NULL;
}

// A line without a key. Spoken lines in the header are one mistake, however many they are.
static void report_keyless(struct header *header, struct text line, struct place place,
                           struct diagnostics *list)
{
    const char *foreign = other_markup_hint(line);
    if (!foreign && header->stray)
        return;
    header->stray |= !foreign;
    diagnostics_add(list, SEVERITY_ERROR, "header", place.line, place.column,
                    "expected a header line \"key: value\", found \"%.*s\"",
                    TEXT_ARG(lexeme_quote(line)));
    diagnostics_hint(list, "%s",
                     foreign ? foreign
                             : "spoken lines come after the first section: write == Name before "
                               "this line");
}

static void report_unknown(struct text name, enum header_kind kind, const struct lexeme *lexeme,
                           struct diagnostics *list)
{
    struct place place = lexeme_place(lexeme, name.data);
    struct text quote = lexeme_quote(name);
    const char *names[HEADER_KEYS];
    size_t count = 0;
    for (int k = 0; k < HEADER_KEYS; k++)
        if (keys[k].allowed[kind])
            names[count++] = keys[k].name;
    diagnostics_add(list, SEVERITY_ERROR, "header-key", place.line, place.column,
                    "unknown header key \"%.*s\"", TEXT_ARG(quote));
    const char *nearest = text_nearest(name, names, count);
    if (nearest)
        diagnostics_hint(list, "did you mean \"%s\"?", nearest);
    else
        diagnostics_hint(list,
                         kind == HEADER_SESSION
                             ? "the keys are title, summary, when, language, length, "
                               "position, need, effort, needs, scene, notice, ending and breath"
                             : "the keys are language and version");
}

void header_line(struct header *header, enum header_kind kind, struct session *session,
                 const struct lexeme *lexeme, struct diagnostics *list)
{
    struct text line = text_trim(lexeme->line);
    struct text name = key_of(lexeme);
    enum header_key key = find_key(name, kind);
    if (key == HEADER_KEYS) {
        header->lost = true;
        if (name.size > 0)
            report_unknown(name, kind, lexeme, list);
        else
            report_keyless(header, line, lexeme_place(lexeme, line.data), list);
        return;
    }
    struct text value = text_trim(text_skip(line, text_find(line, ':') + 1));
    struct place place = lexeme_place(lexeme, value.data);
    struct cursor cursor;
    cursor_init(&cursor, lexeme, value, list, keys[key].usage);
    if (header->places[key].line) {
        diagnostics_add(list, SEVERITY_ERROR, "header-twice", lexeme->number,
                        lexeme_place(lexeme, name.data).column, "\"%s\" is given a second time",
                        keys[key].name);
        diagnostics_hint(list, "the first one is in line %d: keep one of them",
                         header->places[key].line);
        return;
    }
    header->places[key] = place;
    if (value.size == 0) {
        cursor_expected(&cursor, value, "header-empty", "a value");
        return;
    }
    if (field(session, key))
        *field(session, key) = value;
    if (keys[key].check)
        keys[key].check(session, &cursor);
}

void header_check(const struct header *header, enum header_kind kind, struct place place,
                  struct diagnostics *list)
{
    if (header->lost)
        return;
    for (int k = 0; k < HEADER_KEYS; k++) {
        if (!keys[k].required[kind] || header->places[k].line)
            continue;
        diagnostics_add(list, SEVERITY_ERROR, "header-missing", place.line, place.column,
                        "the header has no \"%s\"", keys[k].name);
        diagnostics_hint(list, "add a line such as \"%s\"", keys[k].usage);
    }
}

bool header_has_position(const struct session *session, const char *position)
{
    struct text rest = session->position;
    while (rest.size > 0) {
        size_t comma = text_find(rest, ',');
        if (text_equal_c(text_trim(text_head(rest, comma)), position))
            return true;
        rest = text_skip(rest, comma + 1);
    }
    return false;
}
