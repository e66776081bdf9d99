// SPDX-License-Identifier: GPL-3.0-or-later
// Each line is checked for characters that can't be seen, and classified by how it begins.
#include "lexer.h"

#include "session_limits.h"
#include "unicode.h"
#include <stdio.h>

void lexer_init(struct lexer *lexer, struct text data, struct diagnostics *list)
{
    struct text mark = TEXT("\xEF\xBB\xBF");
    if (text_starts_with(data, mark))
        data = text_skip(data, mark.size);
    *lexer = (struct lexer){.rest = data, .list = list};
}

void lexer_init_text(struct lexer *lexer, const struct text_script *made, struct diagnostics *list)
{
    *lexer = (struct lexer){.rest = made->script, .list = list, .origins = made->origins};
}

struct place lexeme_place(const struct lexeme *lexeme, const char *at)
{
    struct text before = text_head(lexeme->line, (size_t)(at - lexeme->line.data));
    int column = lexeme->column + (int)text_length(before);
    if (lexeme->column_most > 0 && column > lexeme->column_most)
        column = lexeme->column_most;
    return (struct place){lexeme->number, column > 1 ? column : 1};
}

struct text lexeme_quote(struct text view)
{
    enum { QUOTE_MAX = 60 }; // bytes: fits a line of a terminal together with the message
    size_t end = 0;
    uint32_t character;
    size_t offset = 0;
    while (text_next(view, &offset, &character) && offset <= QUOTE_MAX)
        end = offset;
    return text_head(view, end);
}

void lexeme_report(struct diagnostics *list, const struct lexeme *lexeme, const char *at,
                   const char *rule, const char *message, const char *hint)
{
    if (!list)
        return;
    // A line may hold thousands of faults: those that will only be counted need no exact column.
    bool kept = list->count < DIAGNOSTICS_MAX;
    struct place place = kept ? lexeme_place(lexeme, at) : (struct place){lexeme->number, 1};
    diagnostics_add(list, SEVERITY_ERROR, rule, place.line, place.column, "%s", message);
    diagnostics_hint(list, "%s", hint);
}

void lexeme_report_quoted(struct diagnostics *list, const struct lexeme *lexeme, struct text at,
                          const char *rule, const char *message, const char *hint)
{
    char text[256]; // the quote is short
    snprintf(text, sizeof text, "%s \"%.*s\"", message, TEXT_ARG(lexeme_quote(at)));
    lexeme_report(list, lexeme, at.data, rule, text, hint);
}

// A byte-order mark of UTF-16, of either order.
static bool begins_utf16(const struct lexeme *lexeme)
{
    return lexeme->number == 1 && (text_starts_with(lexeme->line, TEXT("\xFF\xFE")) ||
                                   text_starts_with(lexeme->line, TEXT("\xFE\xFF")));
}

static void report_byte(struct lexer *lexer, const struct lexeme *lexeme, size_t offset)
{
    const char *at = lexeme->line.data + offset;
    unsigned byte = (unsigned char)*at;
    bool utf16 = offset == 0 && begins_utf16(lexeme);
    if (utf16)
        lexer->rest.size = 0;
    if (!lexer->list)
        return;
    struct place place = lexeme_place(lexeme, at);
    diagnostics_add(lexer->list, SEVERITY_ERROR, "bad-utf8", place.line, place.column,
                    "byte 0x%02X is not UTF-8 text here", byte);
    diagnostics_hint(lexer->list, utf16 ? "the file looks like UTF-16: save it as UTF-8"
                                        : "save the file as UTF-8");
}

// The first character of the line that no script may hold; one report a line, and none behind a
// zero byte, which only files hold that are no text.
static bool check_characters(struct lexer *lexer, const struct lexeme *lexeme)
{
    size_t offset = 0;
    uint32_t before = 0;
    size_t zero = text_find(lexeme->line, '\0');
    if (zero < lexeme->line.size && !begins_utf16(lexeme)) {
        lexeme_report(lexer->list, lexeme, lexeme->line.data + zero, "control-character",
                      "a zero byte: this is no text",
                      "save the script as UTF-8 text; nothing behind here is read");
        lexer->rest.size = 0;
        return false;
    }
    while (offset < lexeme->line.size) {
        const char *at = lexeme->line.data + offset;
        if (*at >= 0x20 && *at < 0x7F) { // nearly all of a script
            before = (unsigned char)*at;
            offset++;
            continue;
        }
        uint32_t c;
        if (!text_next(lexeme->line, &offset, &c)) {
            report_byte(lexer, lexeme, offset);
            return false;
        }
        if (unicode_is_control(c) && c != '\t') {
            lexeme_report(
                lexer->list, lexeme, at, "control-character", "a control character in the text",
                c == '\r' ? "lines end with LF or CR LF, not with CR alone" : "delete it");
            return false;
        }
        if (unicode_is_hidden(c, before)) {
            lexeme_report(lexer->list, lexeme, at, "invisible-character",
                          "an invisible or private character, which can hide what a line says",
                          "delete it");
            return false;
        }
        before = c;
    }
    return true;
}

static bool is_blank_at(struct text view, size_t offset)
{
    return offset >= view.size || view.data[offset] == ' ' || view.data[offset] == '\t';
}

// Cut `size` bytes of mark off the content; what follows must stand apart from it.
static void cut_mark(struct lexer *lexer, struct lexeme *lexeme, size_t size)
{
    struct text content = lexeme->content;
    if (!is_blank_at(content, size))
        lexeme_report(lexer->list, lexeme, content.data + size, "mark-space",
                      "a space is missing behind the mark",
                      "put a space there, or a \\ before the mark to speak it");
    lexeme->content = text_trim(text_skip(content, size));
}

static void take_level(struct lexer *lexer, struct lexeme *lexeme)
{
    struct text content = lexeme->content;
    size_t size = 0;
    while (size < content.size && content.data[size] == '+')
        size++;
    if (size > 2) {
        lexeme_report(lexer->list, lexeme, content.data, "level-mark",
                      "a level mark of more than two \"+\"", "write + for core or ++ for extra");
        lexeme->level = LEVEL_EXTRA;
    } else if (size > 0) {
        lexeme->level = size == 1 ? LEVEL_CORE : LEVEL_EXTRA;
    } else if (content.size > 0 && content.data[0] == '~') {
        lexeme->level = LEVEL_PRESENCE;
        size = 1;
    }
    if (size > 0)
        cut_mark(lexer, lexeme, size);
}

// Marks of lines, in the order in which they stand: one of each slot.
enum { SLOT_PASS, SLOT_BREATHING, SLOT_MOMENT, SLOTS };

static const struct mark {
    const char *text;
    int slot;
    int value; // of the enum; half: is one more than those of a breath
} marks[] = {
    {"first:", SLOT_PASS, PASS_FIRST},
    {"second:", SLOT_PASS, PASS_SECOND},
    {"paced:", SLOT_BREATHING, BREATHING_PACED},
    {"natural:", SLOT_BREATHING, BREATHING_NATURAL},
    {"in:", SLOT_MOMENT, MARK_IN},
    {"out:", SLOT_MOMENT, MARK_OUT},
    {"half:", SLOT_MOMENT, MARK_OUT + 1},
};

// The mark of the slot (SLOTS: of any) that the content begins with, or NULL.
static const struct mark *find_mark(struct text content, int slot)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if ((slot == SLOTS || slot == marks[i].slot) &&
            text_starts_with(content, text_from(marks[i].text)))
            return &marks[i];
    return NULL;
}

static void take_marks(struct lexer *lexer, struct lexeme *lexeme)
{
    int values[SLOTS] = {0};
    for (int slot = 0; slot < SLOTS; slot++) {
        const struct mark *mark = find_mark(lexeme->content, slot);
        if (!mark)
            continue;
        values[slot] = mark->value;
        cut_mark(lexer, lexeme, text_from(mark->text).size);
    }
    lexeme->pass = (enum pass)values[SLOT_PASS];
    lexeme->breathing = (enum breathing)values[SLOT_BREATHING];
    lexeme->half = values[SLOT_MOMENT] > MARK_OUT;
    lexeme->mark = lexeme->half ? MARK_ANYWHERE : (enum breath_mark)values[SLOT_MOMENT];
    lexeme->late_mark =
        (values[SLOT_BREATHING] || values[SLOT_MOMENT]) &&
        (find_mark(lexeme->content, SLOTS) || text_starts_with(lexeme->content, TEXT("+")) ||
         text_starts_with(lexeme->content, TEXT("~")));
}

static void classify(struct lexer *lexer, struct lexeme *lexeme)
{
    lexeme->comment = text_starts_with(lexeme->content, TEXT("//"));
    if (lexeme->content.size == 0 || lexeme->comment)
        return;
    if (text_starts_with(lexeme->content, TEXT("=="))) {
        lexeme->type = LEXEME_SECTION;
        lexeme->content = text_skip(lexeme->content, 2);
        return;
    }
    take_level(lexer, lexeme);
    take_marks(lexer, lexeme);
    lexeme->type = LEXEME_TEXT;
    if (text_starts_with(lexeme->content, TEXT("@"))) {
        lexeme->type = LEXEME_DIRECTIVE;
        lexeme->content = text_skip(lexeme->content, 1);
    } else if (text_starts_with(lexeme->content, TEXT("\\"))) {
        lexeme->content = text_trim(text_skip(lexeme->content, 1));
        lexeme->escaped = true;
    }
}

// Blanks between words of a directive, and before any mark, must be plain ones: others look the
// same and would make another word of it.
static bool check_blanks(struct lexer *lexer, const struct lexeme *lexeme)
{
    size_t offset = 0;
    struct text content = lexeme->content;
    while (offset < content.size) {
        const char *at = content.data + offset;
        uint32_t c;
        if (lexeme->type == LEXEME_TEXT && offset > 0)
            return true;
        if (!text_next(content, &offset, &c) || !unicode_is_odd_blank(c))
            continue;
        lexeme_report(lexer->list, lexeme, at, "odd-blank",
                      "a blank that is no plain space, though it looks so",
                      "type a space in its place");
        return false;
    }
    return true;
}

bool lexer_next(struct lexer *lexer, struct lexeme *lexeme)
{
    if (lexer->rest.size == 0)
        return false;
    size_t end = text_find(lexer->rest, '\n');
    struct text line = text_head(lexer->rest, end);
    lexer->rest = text_skip(lexer->rest, end + 1);
    if (line.size > 0 && line.data[line.size - 1] == '\r')
        line.size--;
    *lexeme =
        (struct lexeme){.type = LEXEME_BLANK, .number = ++lexer->number, .column = 1, .line = line};
    if (lexer->origins) {
        const struct text_origin *origin = &lexer->origins[lexer->number - 1];
        lexeme->number = origin->line;
        lexeme->column = origin->column;
        lexeme->column_most = origin->most;
    }
    if (line.size > SESSION_LINE_MAX) {
        lexeme_report(lexer->list, lexeme, line.data, "line-too-long",
                      "a line of more than " LIMIT_TEXT(LIMIT_LINE_KIB) " KiB",
                      "one line is one spoken clip: cut it into sentences");
        lexeme->type = LEXEME_BAD;
    } else if (!check_characters(lexer, lexeme)) {
        lexeme->type = LEXEME_BAD;
    } else {
        lexeme->content = text_trim(line);
        classify(lexer, lexeme);
        if (lexeme->type != LEXEME_SECTION && !check_blanks(lexer, lexeme))
            lexeme->type = LEXEME_BAD;
    }
    return true;
}

bool lexer_next_said(struct lexer *lexer, struct lexeme *lexeme)
{
    while (lexer_next(lexer, lexeme))
        if (lexeme->type != LEXEME_BLANK && lexeme->type != LEXEME_BAD)
            return true;
    return false;
}
