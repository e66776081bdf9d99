// SPDX-License-Identifier: GPL-3.0-or-later
// Words, durations, ranges and counts are taken one by one, or told what was expected.
#include "cursor.h"

#include "number.h"
#include "typo_guess.h"

void cursor_init(struct cursor *cursor, const struct lexeme *lexeme, struct text text,
                 struct diagnostics *list, const char *usage)
{
    *cursor = (struct cursor){lexeme, text_trim(text), list, usage};
}

static void fault(const struct cursor *cursor, struct text at, const char *rule, const char *before,
                  const char *behind)
{
    struct place place = lexeme_place(cursor->lexeme, at.data);
    struct text found = lexeme_quote(at);
    diagnostics_add(cursor->list, SEVERITY_ERROR, rule, place.line, place.column, "%s\"%.*s\"%s",
                    before, TEXT_ARG(found), behind);
    diagnostics_hint(cursor->list, "write %s", cursor->usage);
}

static void expected(const struct cursor *cursor, struct text at, const char *rule,
                     const char *what, const char *quote)
{
    struct place place = lexeme_place(cursor->lexeme, at.data);
    struct text found = lexeme_quote(at);
    if (found.size > 0)
        diagnostics_add(cursor->list, SEVERITY_ERROR, rule, place.line, place.column,
                        "expected %s%s%s, found \"%.*s\"", quote, what, quote, TEXT_ARG(found));
    else
        diagnostics_add(cursor->list, SEVERITY_ERROR, rule, place.line, place.column,
                        "expected %s%s%s, found the end of the line", quote, what, quote);
    diagnostics_hint(cursor->list, "write %s", cursor->usage);
}

void cursor_expected(const struct cursor *cursor, struct text at, const char *rule,
                     const char *what)
{
    expected(cursor, at, rule, what, "");
}

struct text cursor_word(struct cursor *cursor)
{
    struct text rest = cursor->rest;
    size_t size = 0;
    while (size < rest.size && rest.data[size] != ' ' && rest.data[size] != '\t' &&
           rest.data[size] != ',')
        size++;
    cursor->rest = text_trim(text_skip(rest, size));
    return text_head(rest, size);
}

bool cursor_keyword(struct cursor *cursor, const char *word)
{
    struct text before = cursor->rest;
    struct text found = cursor_word(cursor);
    if (text_equal_c(found, word))
        return true;
    expected(cursor, found.size ? found : before, "syntax", word, "\"");
    return false;
}

bool cursor_comma(struct cursor *cursor)
{
    if (!text_starts_with(cursor->rest, TEXT(","))) {
        cursor_expected(cursor, cursor->rest, "syntax", "a comma");
        return false;
    }
    cursor->rest = text_trim(text_skip(cursor->rest, 1));
    return true;
}

bool cursor_end(struct cursor *cursor)
{
    if (cursor->rest.size == 0)
        return true;
    cursor_expected(cursor, cursor->rest, "syntax", "the end of the line");
    return false;
}

// Digits, dots and unit letters only: a duration in form, whatever its value.
static bool looks_like_duration(struct text word)
{
    if (word.size < 2 || word.data[0] < '0' || word.data[0] > '9')
        return false;
    for (size_t i = 0; i < word.size; i++) {
        char c = word.data[i];
        if ((c < '0' || c > '9') && c != '.' && c != 'h' && c != 'm' && c != 's')
            return false;
    }
    return word.data[word.size - 1] == 'h' || word.data[word.size - 1] == 'm' ||
           word.data[word.size - 1] == 's';
}

// A script may ask for at most so many decimal places: milliseconds are exact frame counts.
static bool too_fine(struct text word)
{
    size_t dot = text_find(word, '.');
    size_t digits = 0;
    for (size_t i = dot + 1; i < word.size && word.data[i] >= '0' && word.data[i] <= '9'; i++)
        digits++;
    return digits > 3;
}

// The units stand in the order h, m, s, ms, each at most once.
static bool units_in_order(struct text word)
{
    int rank = 4; // h 3, m 2, s 1, ms 0: falling
    for (size_t i = 0; i < word.size; i++) {
        char unit = word.data[i];
        if (unit != 'h' && unit != 'm' && unit != 's')
            continue;
        int now = unit == 'h' ? 3 : unit == 'm' ? 2 : 1;
        if (unit == 'm' && i + 1 < word.size && word.data[i + 1] == 's') {
            now = 0;
            i++;
        }
        if (now >= rank)
            return false;
        rank = now;
    }
    return true;
}

// Put the guess of what was meant, if there is one, in the place of the newest hint.
static void hint_slip(const struct cursor *cursor, struct text word)
{
    struct buffer guess = BUFFER_INIT;
    struct text meant = typo_guess_duration(word, cursor->rest, &guess);
    if (meant.size > 0)
        diagnostics_hint(cursor->list, "write %.*s, as in: %s", TEXT_ARG(lexeme_quote(meant)),
                         cursor->usage);
    cursor->list->failed |= guess.failed;
    buffer_free(&guess);
}

static void explain_duration(const struct cursor *cursor, struct text word)
{
    int64_t bare;
    if (word.size == 0)
        cursor_expected(cursor, word, "bad-duration", "a duration such as 40s or 1m30s");
    else if (number_parse(word, 3, &bare))
        fault(cursor, word, "bad-duration", "the duration ", " has no unit: ms, s, m or h");
    else if (!looks_like_duration(word))
        fault(cursor, word, "bad-duration", "", " is not a duration such as 40s or 1m30s");
    else if (too_fine(word))
        fault(cursor, word, "bad-duration", "the duration ", " has more than three decimals");
    else if (!units_in_order(word))
        fault(cursor, word, "bad-duration", "the duration ",
              " has its units not in the order h, m, s, ms");
    else
        fault(cursor, word, "duration-limit", "the duration ", " is longer than 24h");
    hint_slip(cursor, word);
}

bool cursor_duration(const struct cursor *cursor, struct text word, int64_t *frames)
{
    if (duration_parse(word, frames)) {
        // Milliseconds are exact frame counts and print back as they were written.
        if (*frames % FRAMES_PER_MS == 0)
            return true;
        fault(cursor, word, "bad-duration", "the duration ", " is finer than a millisecond");
        return false;
    }
    explain_duration(cursor, word);
    return false;
}

// Split "A..B"; false when there is no "..".
static bool split(struct text word, struct text *left, struct text *right)
{
    for (size_t i = 0; i + 1 < word.size; i++) {
        if (word.data[i] == '.' && word.data[i + 1] == '.') {
            *left = text_head(word, i);
            *right = text_skip(word, i + 2);
            return true;
        }
    }
    return false;
}

// A range with blanks around its points, or with a word for them; true after a report.
static bool check_apart(const struct cursor *cursor, struct text word)
{
    bool open = word.size > 2 && text_equal_c(text_skip(word, word.size - 2), "..");
    if (!(open && cursor->rest.size > 0) && !typo_guess_range(cursor->rest))
        return false;
    struct text whole = {word.data, (size_t)(cursor->rest.data + cursor->rest.size - word.data)};
    fault(cursor, whole, "bad-range", "", " is no range: two points join its ends");
    return true;
}

bool cursor_durations(struct cursor *cursor, struct range *range, bool *single,
                      struct text *written)
{
    struct text left, right;
    struct text word = cursor_word(cursor);
    *written = word;
    if (word.size > 0 && check_apart(cursor, word))
        return false;
    *single = !split(word, &left, &right);
    if (!*single && text_starts_with(right, TEXT("."))) {
        fault(cursor, word, "bad-range", "", " is no range: two points join its ends");
        hint_slip(cursor, word);
        return false;
    }
    if (*single) {
        if (!cursor_duration(cursor, word, &range->least))
            return false;
        range->most = range->least;
        return true;
    }
    if (!cursor_duration(cursor, left, &range->least) ||
        !cursor_duration(cursor, right, &range->most))
        return false;
    if (range->least > range->most) {
        fault(cursor, word, "bad-range", "the range ", " has its greater end first");
        *range = (struct range){range->most, range->least}; // what was meant, to read on
    }
    return true;
}

static bool whole_number(const struct cursor *cursor, struct text word, int least, int most,
                         int *value)
{
    int64_t number;
    if (!number_whole(word, 0, NUMBER_MOST, &number)) {
        cursor_expected(cursor, word, "bad-number", "a whole number");
        return false;
    }
    if (number < least || number > most) {
        struct place place = lexeme_place(cursor->lexeme, word.data);
        struct text found = lexeme_quote(word);
        diagnostics_add(cursor->list, SEVERITY_ERROR, "number-limit", place.line, place.column,
                        "the number %.*s is not between %d and %d", TEXT_ARG(found), least, most);
        diagnostics_hint(cursor->list, "write %s", cursor->usage);
        return false;
    }
    *value = (int)number;
    return true;
}

bool cursor_counts(struct cursor *cursor, int least, int most, int *from, int *to,
                   struct text *written)
{
    struct text left, right;
    struct text word = cursor_word(cursor);
    *written = word;
    if (!split(word, &left, &right)) {
        if (!whole_number(cursor, word, least, most, from))
            return false;
        *to = *from;
        return true;
    }
    if (!whole_number(cursor, left, least, most, from) ||
        !whole_number(cursor, right, least, most, to))
        return false;
    if (*from > *to) {
        fault(cursor, word, "bad-range", "the range ", " has its greater end first");
        int meant = *to;
        *to = *from;
        *from = meant;
    }
    return true;
}
