// SPDX-License-Identifier: GPL-3.0-or-later
// A number with a unit counts where a verb of the body stands near it. In a script touch and
// movement have their times by directives.
#include "held_times.h"

#include "sentence.h"

// What is longer is meant for another time, or is no time for one touch; what is shorter, any gap
// is.
enum { LEAST_SECONDS = 5, MOST_SECONDS = 90 };

static bool is_done(enum danger_kind kind)
{
    switch (kind) {
    case DANGER_PRESS:
    case DANGER_RUB:
    case DANGER_LEAN:
    case DANGER_ROLL:
    case DANGER_STAY:
    case DANGER_EASE:
    case DANGER_TENSE:
    case DANGER_STRETCH:
    case DANGER_MOVE:
    case DANGER_HOLD:
        return true;
    default:
        return false;
    }
}

static bool asks(const struct sentence *sentence)
{
    for (size_t i = 0; i < sentence->count; i++)
        if (is_done(sentence->words[i].kind) && sentence_is_meant(&sentence->words[i]))
            return true;
    return false;
}

static int longest(const struct sentence *sentence)
{
    int most = 0;
    for (size_t i = 0; i < sentence->count; i++) {
        const struct sentence_word *word = &sentence->words[i];
        const struct sentence_word *unit;
        if ((word->kind != DANGER_NUMBER && word->kind != DANGER_FEW) || !sentence_is_meant(word))
            continue;
        const int seconds = sentence_seconds(sentence, word, &unit);
        if (seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS && seconds > most)
            most = seconds;
    }
    return most;
}

struct marking {
    const struct dangers *dangers;
    struct buffer said;
    bool asked; // by the line before
};

static bool mark(struct marking *marking, struct node *list)
{
    struct sentence sentence;
    for (struct node *node = list; node; node = node->next) {
        if (!mark(marking, node->children))
            return false;
        if (node->type != NODE_LINE)
            continue;
        buffer_clear(&marking->said);
        for (size_t i = 0; i < node->as.line.part_count; i++)
            buffer_add(&marking->said, node->as.line.parts[i].spoken);
        if (marking->said.failed)
            return false;
        sentence_read(&sentence, marking->dangers,
                      text_head(buffer_text(&marking->said), SENTENCE_BYTES_MAX), false);
        const bool now = asks(&sentence);
        const int64_t frames = now || marking->asked ? longest(&sentence) * (int64_t)FRAME_RATE : 0;
        if (frames > node->as.line.action_frames)
            node->as.line.action_frames = frames;
        marking->asked = now;
    }
    return true;
}

bool held_times_mark(const struct dangers *dangers, struct session *session)
{
    struct marking marking = {.dangers = dangers, .said = BUFFER_INIT};
    bool good = true;
    for (size_t i = 0; i < session->section_count && good; i++) {
        marking.asked = false;
        good = mark(&marking, session->sections[i].first);
    }
    buffer_free(&marking.said);
    return good;
}
