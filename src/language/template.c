// SPDX-License-Identifier: GPL-3.0-or-later
// The lines are gone through once; those of parts that fit are copied.
#include "template.h"

#include "lexer.h"

const char *const template_kind_names[TEMPLATE_KINDS] = {"touch", "move", "breath", "rest"};

static const struct text title_key = {"title:", 6};

// What a part is for: a set that is empty allows all.
struct condition {
    unsigned kinds;      // 1 << enum template_kind
    unsigned places;     // 1 << enum place_kind
    int64_t from, below; // usual length, frames; below 0: any
};

// One run through a template.
struct filling {
    struct buffer *out;
    const struct template_choice *choice;
    struct diagnostics *list;
    bool inside; // behind the first part's line
    bool fits;   // the part that is open
    int blanks;  // lines that are copied if the part goes on
};

static int find_name(struct text word, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (text_equal_c(word, names[i]))
            return i;
    return -1;
}

// "6m.." or "..6m".
static bool take_length(struct condition *condition, struct text word)
{
    const struct text dots = TEXT("..");
    const size_t at = text_find_text(word, dots);
    if (at == word.size)
        return false;
    const struct text before = text_head(word, at);
    const struct text behind = text_skip(word, at + dots.size);
    if (before.size > 0 && behind.size > 0)
        return false;
    return before.size > 0 ? duration_parse(before, &condition->from)
                           : duration_parse(behind, &condition->below);
}

static bool take_word(struct condition *condition, struct text word)
{
    const int kind = find_name(word, template_kind_names, TEMPLATE_KINDS);
    const int place = find_name(word, place_names, PLACE_COUNT);
    if (kind >= 0)
        condition->kinds |= 1U << kind;
    else if (place >= 0)
        condition->places |= 1U << place;
    else
        return text_equal_c(word, "all") || take_length(condition, word);
    return true;
}

// "[touch chair 6m..]"
static struct condition read_condition(const struct lexeme *lexeme, struct text line,
                                       struct diagnostics *list)
{
    struct condition condition = {0};
    struct text rest = text_skip(line, 1);
    if (line.data[line.size - 1] == ']')
        rest.size--;
    else
        lexeme_report_quoted(list, lexeme, line, "template-part", "a part's line that does not end",
                             "write ] at its end");
    for (rest = text_trim(rest); rest.size > 0; rest = text_trim(rest)) {
        const struct text word = text_head(rest, text_find(rest, ' '));
        if (!take_word(&condition, word))
            lexeme_report_quoted(list, lexeme, word, "template-part",
                                 "no kind, position or length:",
                                 "write all, touch, move, breath, rest, a position, or lengths "
                                 "such as 6m.. or ..6m");
        rest = text_skip(rest, word.size);
    }
    return condition;
}

static bool fits(const struct condition *condition, const struct template_choice *choice)
{
    return (!condition->kinds || condition->kinds & 1U << choice->kind) &&
           (!condition->places || condition->places & 1U << choice->place) &&
           choice->natural >= condition->from &&
           (!condition->below || choice->natural < condition->below);
}

// What stands for `name`; false: nothing of that name does.
static bool print_value(struct buffer *out, const struct template_choice *choice, struct text name)
{
    if (text_equal_c(name, "title"))
        buffer_add(out, choice->title);
    else if (text_equal_c(name, "position"))
        buffer_add_c(out, place_names[choice->place]);
    else if (text_equal_c(name, "least"))
        duration_print(out, choice->length.least);
    else if (text_equal_c(name, "natural"))
        duration_print(out, choice->natural);
    else if (text_equal_c(name, "most"))
        duration_print(out, choice->length.most);
    else if (text_equal_c(name, "quiet"))
        duration_print(out, choice->quiet);
    else
        return false;
    return true;
}

static void take_content(struct filling *filling, const struct lexeme *lexeme)
{
    struct buffer line = BUFFER_INIT;
    struct text rest = lexeme->line;
    while (rest.size > 0) {
        const size_t begin = text_find(rest, '<');
        buffer_add(&line, text_head(rest, begin));
        rest = text_skip(rest, begin);
        if (rest.size == 0)
            break;
        const size_t end = text_find(rest, '>');
        const struct text name = text_head(text_skip(rest, 1), end - 1);
        if (!print_value(&line, filling->choice, name))
            lexeme_report_quoted(filling->list, lexeme, rest, "template-value",
                                 "nothing stands for",
                                 "there are <title>, <position>, <least>, <natural>, <most> and "
                                 "<quiet>");
        rest = text_skip(rest, end + 1);
    }
    for (; filling->fits && filling->blanks > 0; filling->blanks--)
        buffer_add_byte(filling->out, '\n');
    filling->blanks = 0;
    if (filling->fits) {
        buffer_add(filling->out, buffer_text(&line));
        buffer_add_byte(filling->out, '\n');
    }
    filling->out->failed |= line.failed;
    buffer_free(&line);
}

static void take_line(struct filling *filling, const struct lexeme *lexeme)
{
    const struct text line = text_trim(lexeme->line);
    if (text_starts_with(line, TEXT("["))) {
        const struct condition condition = read_condition(lexeme, line, filling->list);
        filling->inside = true;
        filling->fits = fits(&condition, filling->choice);
        filling->blanks = 0;
    } else if (filling->inside && line.size == 0) {
        filling->blanks++;
    } else if (filling->inside) {
        take_content(filling, lexeme);
    } else if (lexeme->type != LEXEME_BLANK && !text_starts_with(line, title_key)) {
        lexeme_report_quoted(filling->list, lexeme, line, "template-line",
                             "a line above the first part:",
                             "begin the part with a line such as [all] or [touch chair 6m..]");
    }
}

struct text template_title(struct text data)
{
    struct lexer lexer;
    struct lexeme lexeme;
    lexer_init(&lexer, data, NULL);
    if (!lexer_next_said(&lexer, &lexeme))
        return TEXT("");
    const struct text line = text_trim(lexeme.line);
    return text_starts_with(line, title_key) ? text_trim(text_skip(line, title_key.size))
                                             : TEXT("");
}

void template_print(struct buffer *out, struct text data, const struct template_choice *choice,
                    struct diagnostics *list)
{
    struct filling filling = {.out = out, .choice = choice, .list = list};
    struct lexer lexer;
    struct lexeme lexeme;
    if (template_title(data).size == 0) {
        diagnostics_add(list, SEVERITY_ERROR, "template-title", 1, 1, "there is no title");
        diagnostics_hint(list, "write a line \"title: ...\" above the first part");
    }
    lexer_init(&lexer, data, list);
    while (lexer_next(&lexer, &lexeme))
        if (lexeme.type != LEXEME_BAD)
            take_line(&filling, &lexeme);
}
