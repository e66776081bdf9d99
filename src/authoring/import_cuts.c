// SPDX-License-Identifier: GPL-3.0-or-later
// Parts are cut out between commas; what is left is put together as a sentence.
#include "import_cuts.h"

#include "letter.h"

#include <string.h>

static struct text trim_signs(struct text text)
{
    while (text.size > 0 && strchr(" ,;:.!-", text.data[text.size - 1]))
        text.size--;
    while (text.size > 0 && strchr(" ,;:.!-", text.data[0]))
        text = text_skip(text, 1);
    return text;
}

// `head` and `tail` as one sentence.
static struct text join(struct import_words *words, struct text head, struct text tail)
{
    struct buffer joined = BUFFER_INIT;
    struct text parts[] = {trim_signs(head), trim_signs(tail)};
    for (size_t i = 0; i < 2; i++) {
        buffer_add_c(&joined, i > 0 && parts[0].size > 0 && parts[1].size > 0 ? ", " : "");
        buffer_add(&joined, parts[i]);
    }
    if (joined.size > 0) {
        letter_raise(joined.data, joined.size);
        buffer_add_byte(&joined, '.');
    }
    struct text made = import_words_keep(words, &joined);
    buffer_free(&joined);
    return made;
}

// What of a clause is covered by an amount.
static void cover_amounts(const struct mentions *m, bool *covered)
{
    struct amount amount;
    for (size_t next = 0; mentions_amount(m, &next, &amount);)
        for (size_t i = 0; i < m->count; i++)
            if (amount.unit != AMOUNT_OF_TEN && m->items[i].at >= amount.at &&
                m->items[i].at < amount.end)
                covered[i] = true;
}

// Whether the mention is a part of words that say nothing beside a block.
static bool is_quiet(const struct mentions *m, const bool *covered, size_t at, bool sides)
{
    const struct mention *w = &m->items[at];
    for (size_t i = 0; i < m->count; i++) {
        const struct mention *o = &m->items[i];
        bool says = covered[i] || o->kind == TOUCH_ONLY || (o->kind == TOUCH_BOTH && sides);
        if (says && o->at <= w->at && w->end <= o->end)
            return true;
    }
    return false;
}

// Whether the clause says only what a block says.
static bool is_said(const struct mentions *m, const bool *covered, int clause, bool sides)
{
    bool said = false;
    for (size_t i = 0; i < m->count; i++) {
        const struct mention *w = &m->items[i];
        if (w->clause != clause)
            continue;
        if (!is_quiet(m, covered, i, sides))
            return false;
        said |= covered[i] || (w->kind == TOUCH_BOTH && sides);
    }
    return said;
}

// Where the clause lies in its sentence.
static bool clause_bounds(const struct mentions *m, int clause, size_t *start, size_t *end)
{
    *start = m->text.size;
    *end = m->text.size;
    for (size_t i = 0; i < m->count; i++) {
        if (m->items[i].clause == clause && m->items[i].at < *start)
            *start = m->items[i].at;
        if (m->items[i].clause > clause && m->items[i].at < *end)
            *end = m->items[i].at;
    }
    return *start < m->text.size;
}

struct text import_cuts_said(struct import_words *words, struct text sentence, bool sides)
{
    struct mentions mentions;
    bool again = true;
    while (again && sentence.size > 0) {
        again = false;
        bool covered[MENTIONS_MAX] = {false};
        size_t start, end;
        import_words_read(&mentions, words, sentence);
        cover_amounts(&mentions, covered);
        for (int clause = 0; clause < mentions.clauses && !again; clause++) {
            if (!is_said(&mentions, covered, clause, sides) ||
                !clause_bounds(&mentions, clause, &start, &end))
                continue;
            sentence = join(words, text_head(sentence, start), text_skip(sentence, end));
            again = true;
        }
    }
    return sentence;
}

struct text import_cuts_other(struct import_words *words, struct text sentence)
{
    struct mentions mentions;
    import_words_read(&mentions, words, sentence);
    const struct mention *other = mentions_find(&mentions, TOUCH_OTHER, 0);
    if (!other)
        return sentence;
    size_t start = other->at;
    for (const struct mention *m = other; m-- > mentions.items && m->clause == other->clause;) {
        if (m->kind != TOUCH_ONLY && m->kind != TOUCH_TO && m->at < other->at)
            break;
        start = m->at < start ? m->at : start;
    }
    for (const struct mention *m = other; m < mentions.items + mentions.count; m++)
        if (m->at >= other->end && m->kind == MENTION_WORD)
            return sentence; // it says more
    return join(words, text_head(sentence, start), TEXT(""));
}

bool import_cuts_release(struct import_words *words, struct text *sentence, struct text *release)
{
    struct mentions mentions;
    size_t start, end;
    import_words_read(&mentions, words, *sentence);
    const struct mention *found = NULL;
    for (size_t i = 0; i < mentions.count; i++)
        if (mentions.items[i].kind == TOUCH_RELEASE && mentions.items[i].meant)
            found = &mentions.items[i];
    if (!found || found->clause == 0 ||
        found->clause != mentions.items[mentions.count - 1].clause ||
        !clause_bounds(&mentions, found->clause, &start, &end))
        return false;
    *release = join(words, text_skip(*sentence, start), TEXT(""));
    *sentence = join(words, text_head(*sentence, start), TEXT(""));
    return true;
}
