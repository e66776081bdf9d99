// SPDX-License-Identifier: GPL-3.0-or-later
// A text is written as the voice takes it, and its words are found again in what was shown.
// The voice counts characters of what it was given. Going through the lexicon once more, piece by
// piece, tells from which word of the text each of them came.
#include "narrator_text.h"

#include "speech_text.h"

#include <string.h>

static size_t said_size(const struct lexicon *lexicon, struct text view)
{
    struct lexicon_walk walk = {.offset = 0};
    struct lexicon_step step;
    size_t size = 0;
    while (lexicon_next(lexicon, view, &walk, &step))
        size += step.said.size;
    return size;
}

// With many long phonemes a text may be too long: without them it is said less well, but said.
static const struct lexicon *fitting(const struct lexicon *lexicon, struct text clean)
{
    return lexicon && said_size(lexicon, clean) <= NARRATOR_TEXT_MAX ? lexicon : NULL;
}

void narrator_text_prepare(const struct lexicon *lexicon, struct text view, struct buffer *out)
{
    struct buffer buffer = BUFFER_INIT;
    speech_text_clean(view, &buffer);
    out->failed |= buffer.failed;
    struct text clean = buffer_text(&buffer);
    const struct lexicon *used = fitting(lexicon, clean);
    if (used)
        lexicon_apply(used, clean, out);
    else
        buffer_add(out, clean);
    buffer_free(&buffer);
}

struct marking {
    struct narrator_mark *marks;
    size_t count;
    const struct narrator_result *result;
    struct text view;
};

static bool continues_character(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static size_t count_characters(struct text view)
{
    size_t count = 0;
    for (size_t i = 0; i < view.size; i++)
        count += !continues_character(view.data[i]);
    return count;
}

// The byte of the text that the piece's character number `index` stands for.
static size_t origin(const struct marking *marking, const struct lexicon_step *step, size_t index)
{
    size_t byte = 0;
    if (step->said.data == step->from.data)
        for (; byte < step->from.size; byte++)
            if (!continues_character(step->from.data[byte]) && index-- == 0)
                break;
    return (size_t)(step->from.data - marking->view.data) + byte;
}

static void mark(struct marking *marking, size_t sample, size_t offset)
{
    struct text word = speech_text_word(marking->view, offset);
    if (word.size == 0 || sample > marking->result->count)
        return;
    size_t first = (size_t)(word.data - marking->view.data);
    if (marking->count > 0) {
        const struct narrator_mark *last = &marking->marks[marking->count - 1];
        if (first <= last->first || sample < last->sample)
            return;
    }
    marking->marks[marking->count++] = (struct narrator_mark){sample, first, word.size};
}

static void mark_all(struct marking *marking, const struct lexicon *lexicon)
{
    const struct narrator_result *result = marking->result;
    struct lexicon_walk walk = {.offset = 0};
    struct lexicon_step step;
    size_t begin = 0; // character at which the piece begins
    size_t next = 0;  // word of the result
    while (next < result->word_count && lexicon_next(lexicon, marking->view, &walk, &step)) {
        size_t end = begin + count_characters(step.said);
        for (; next < result->word_count && result->words[next].character < end; next++)
            if (result->words[next].character >= begin)
                mark(marking, result->words[next].sample,
                     origin(marking, &step, result->words[next].character - begin));
        begin = end;
    }
}

size_t narrator_text_marks(struct narrator_mark *marks, const struct narrator_result *result,
                           const struct lexicon *lexicon, struct text view)
{
    struct buffer clean = BUFFER_INIT;
    speech_text_clean(view, &clean);
    struct marking marking = {
        .marks = marks, .result = result, .view = text_head(view, clean.size)};
    // A text over SPEECH_TEXT_MAX is cut: what is left is still its beginning.
    if (!clean.failed && text_equal(marking.view, buffer_text(&clean)))
        mark_all(&marking, fitting(lexicon, marking.view));
    buffer_free(&clean);
    return marking.count;
}
