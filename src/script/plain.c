// SPDX-License-Identifier: GPL-3.0-or-later
// A plain text's title, lines and pauses become a session of one section, with an estimated length.
#include "plain.h"

#include "header.h"
#include "session_limits.h"

// Words a minute with the gaps between lines: measured with the default voice.
enum { WORDS_A_MINUTE = 107 };

bool plain_recognises(struct text data, size_t *section_count)
{
    struct lexer lexer;
    struct lexeme lexeme;
    bool header = false;
    *section_count = 0;
    lexer_init(&lexer, data, NULL);
    while (lexer_next(&lexer, &lexeme)) {
        *section_count += lexeme.type == LEXEME_SECTION;
        header |= lexeme.type == LEXEME_TEXT && *section_count == 0 && header_recognises(&lexeme);
    }
    return !header && *section_count == 0;
}

struct range plain_rest(void)
{
    return (struct range){2 * (int64_t)FRAME_RATE, SESSION_LENGTH_MOST};
}

static size_t count_words(struct text view)
{
    size_t words = 0;
    bool before = false;
    for (size_t i = 0; i < view.size; i++) {
        bool now = view.data[i] != ' ' && view.data[i] != '\t';
        words += now && !before;
        before = now;
    }
    return words;
}

// About how long what is said takes, notices included, with its least pauses.
static int64_t estimate(const struct node *nodes)
{
    int64_t frames = 0;
    for (const struct node *n = nodes; n; n = n->next) {
        size_t words = 0;
        if (n->type == NODE_LINE)
            for (size_t i = 0; i < n->as.line.part_count; i++)
                words += count_words(n->as.line.parts[i].spoken);
        frames += (int64_t)words * 60 * FRAME_RATE / WORDS_A_MINUTE;
        if (n->type == NODE_PAUSE)
            frames += n->as.pause.frames.least;
        if (n->type == NODE_REST)
            frames += n->as.rest.frames.least;
        if (n->type == NODE_NOTICE)
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
    for (const struct node *n = session->sections[0].first; n; n = n->next)
        if (n->type == NODE_NOTICE && n->as.notice.kind.size > 0)
            return n->as.notice.kind;
    return TEXT("none");
}

static bool says_nothing(const struct session *session)
{
    for (const struct node *n = session->sections[0].first; n; n = n->next)
        if (n->type != NODE_REST)
            return false;
    return true;
}

void plain_complete(struct session *session, struct diagnostics *list)
{
    // A voice may be a fifth slower than the estimate; twice the speech leaves as much quiet.
    int64_t speech = estimate(session->sections[0].first);
    session->length.least =
        clamp(whole_minutes_up(speech + speech / 5), SESSION_LENGTH_LEAST, SESSION_LENGTH_MOST);
    session->length.most = SESSION_LENGTH_MOST;
    session->natural =
        clamp(whole_minutes_up(2 * speech), session->length.least, SESSION_LENGTH_MOST);
    session->notice = spoken_notice(session);
    if (says_nothing(session))
        return; // told as an error
    struct place place = session->sections[0].place;
    diagnostics_add(list, SEVERITY_WARNING, "plain-text", place.line, place.column,
                    "a plain text: the first line is the title, every other line is spoken, with "
                    "quiet at blank lines");
    diagnostics_hint(list, "a header (title, language, length, notice) and sections (== Name) let "
                           "it breathe, change sides and fit more lengths");
}
