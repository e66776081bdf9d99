// SPDX-License-Identifier: GPL-3.0-or-later
// How long a plain text takes is guessed as for all scripts; what fits, the planner says.
#include "plain.h"

#include "header.h"
#include "pace.h"
#include "session_limits.h"

// "== Name": a row of nothing but = underlines a heading of Markdown.
static bool is_section(const struct lexeme *lexeme)
{
    size_t at = 0;
    while (at < lexeme->content.size && lexeme->content.data[at] == '=')
        at++;
    return lexeme->type == LEXEME_SECTION && (at == 0 || at < lexeme->content.size);
}

bool plain_recognises(struct text data)
{
    struct lexer lexer;
    struct lexeme lexeme;
    bool header = false;
    bool enclosed = false; // by ---, as headers of other formats are
    bool first = true;
    lexer_init(&lexer, data, NULL);
    while (lexer_next(&lexer, &lexeme)) {
        if (is_section(&lexeme))
            return false;
        if (lexeme.type == LEXEME_BLANK)
            continue;
        enclosed |= first && text_equal(lexeme.content, TEXT("---"));
        header |= !enclosed && lexeme.type == LEXEME_TEXT && header_recognises(&lexeme);
        first = false;
    }
    return !header;
}

static int64_t line_frames(const struct node *line)
{
    int64_t frames = 0;
    for (size_t i = 0; i < line->as.line.part_count; i++)
        frames += pace_guess_clip(line->as.line.parts[i].spoken);
    return frames;
}

// About how long what is said takes, with a natural gap behind each line.
static int64_t estimate(const struct node *list)
{
    enum { GAP_SECONDS = 3 };
    int64_t frames = 0;
    for (const struct node *n = list; n; n = n->next) {
        if (n->type == NODE_LINE)
            frames += line_frames(n) + GAP_SECONDS * (int64_t)FRAME_RATE;
        if (n->type == NODE_PAUSE)
            frames += n->as.pause.natural;
        if (n->type != NODE_REST)
            frames += estimate(n->children);
    }
    return frames;
}

static int64_t whole_minutes_up(int64_t frames)
{
    const int64_t minute = 60 * (int64_t)FRAME_RATE;
    return (frames + minute - 1) / minute * minute;
}

static int64_t clamp(int64_t value, int64_t least, int64_t most)
{
    return value < least ? least : value > most ? most : value;
}

// The kind of the first @notice that the text speaks.
static struct text spoken_notice(const struct session *session)
{
    for (size_t i = 0; i < session->section_count; i++)
        for (const struct node *n = session->sections[i].first; n; n = n->next)
            if (n->type == NODE_NOTICE && n->as.notice.kind.size > 0)
                return n->as.notice.kind;
    return TEXT("none");
}

void plain_complete(struct session *session, struct diagnostics *list)
{
    int64_t speech = 0;
    for (size_t i = 0; i < session->section_count; i++)
        speech += estimate(session->sections[i].first);
    session->length = (struct range){SESSION_LENGTH_LEAST, SESSION_LENGTH_MOST};
    session->natural =
        clamp(whole_minutes_up(2 * speech), SESSION_LENGTH_LEAST, SESSION_LENGTH_MOST);
    session->notice = spoken_notice(session);
    if (speech == 0)
        return; // told as an error
    struct place place = session->length_place;
    diagnostics_add(list, SEVERITY_WARNING, "plain-text", place.line, place.column,
                    "a plain text: its lines are spoken with quiet between them, and its title is "
                    "\"%.*s\"",
                    TEXT_ARG(lexeme_quote(session->title)));
    diagnostics_hint(list, "a header (title, language, length, notice) and sections (== Name) let "
                           "it breathe, change sides and fit more lengths");
}
