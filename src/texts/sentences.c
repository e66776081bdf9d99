// SPDX-License-Identifier: GPL-3.0-or-later
// Where lines were broken only to fit a page, their sentences are put together again first.
#include "sentences.h"

#include "buffer.h"
#include "letter.h"
#include "number.h"
#include "scan.h"

#include <string.h>

enum {
    WRAPPED_LEAST = 45, // characters: a shorter line ends where its author wanted
    CLIP_MOST = 170,    // bytes of several sentences in one clip: about 12 s
    UNSIGNED_LINES = 3, // so many without a sign at their end are whole
    SENTENCE_MOST = 600 // bytes of one that is not cut
};

static bool ends_sentence(struct text view)
{
    while (view.size > 0 && strchr("\"')]*_", view.data[view.size - 1]))
        view.size--;
    if (view.size == 0)
        return true;
    return strchr(".!?:;", view.data[view.size - 1]) ||
           (view.size >= 3 && memcmp(view.data + view.size - 3, "\xE2\x80\xA6", 3) == 0) ||
           (view.size >= 3 && memcmp(view.data + view.size - 3, "\xE2\x80\x9D", 3) == 0);
}

// Whether the next line goes on with the sentence of this one.
static bool goes_on(const struct piece *piece, const struct piece *next, bool has_signs)
{
    if (!has_signs || piece->type != PIECE_TEXT || next->type != PIECE_TEXT || piece->whole ||
        ends_sentence(piece->text))
        return false;
    size_t at = 0;
    uint32_t first = letter_take(next->text, &at);
    bool small = letter_is(first) && letter_small(first) == first;
    return small || text_length(piece->text) >= WRAPPED_LEAST;
}

// Whether a word before a point is an abbreviation, which ends no sentence.
static bool is_abbreviation(struct text before)
{
    static const char *const known[] = {"e.g",    "i.e", "dr",  "mr",  "mrs", "ms", "st",
                                        "approx", "vs",  "z.b", "bzw", "ca",  "etc"};
    size_t start = before.size;
    while (start > 0 && before.data[start - 1] != ' ')
        start--;
    struct text word = text_skip(before, start);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (word.size == text_from(known[i]).size && scan_starts(word, known[i]))
            return true;
    bool unit = start > 1 && number_is_digit(before.data[start - 2]); // "40 s."
    return word.size == 1 && word.data[0] != 'I' && !unit;
}

// The bytes up to the end of the first sentence, with the blank behind it; more than SENTENCE_MOST
// when it is longer than that.
static size_t sentence_size(struct text view)
{
    view = text_head(view, SENTENCE_MOST + 1);
    for (size_t i = 0; i + 1 < view.size; i++) {
        if (!strchr(".!?", view.data[i]))
            continue;
        size_t end = i + 1; // behind a quote or parenthesis that closes there
        end += end + 1 < view.size && strchr(")\"'", view.data[end]);
        if (view.data[end] != ' ')
            continue;
        if (view.data[i] == '.' && is_abbreviation(text_head(view, i)))
            continue;
        return end + 1;
    }
    return view.size;
}

// Where a sentence that is too long is cut: behind the last comma, or the last word, that fits.
static size_t cut_size(struct text view)
{
    size_t comma = 0;
    size_t blank = 0;
    for (size_t i = 0; i + 1 < view.size && i < SENTENCE_MOST; i++) {
        if (view.data[i + 1] != ' ')
            continue;
        blank = i + 2;
        comma = strchr(",;:", view.data[i]) ? i + 2 : comma;
    }
    if (comma > SENTENCE_MOST / 4)
        return comma;
    if (blank > 0)
        return blank;
    size_t word = text_find(view, ' '); // longer than any sentence: the check tells
    return word < view.size ? word + 1 : view.size;
}

// A transcript of speech may have no signs and no capitals at all: its lines are its sentences.
static bool has_signs(const struct pieces *pieces)
{
    size_t lines = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        const struct piece *piece = &pieces->items[i];
        if (piece->type == PIECE_TEXT && piece->text.size > 0 &&
            strchr(".!?,;:", piece->text.data[piece->text.size - 1]))
            return true;
        lines += piece->type == PIECE_TEXT;
    }
    return lines < UNSIGNED_LINES;
}

// Some pieces of a list, joined with a blank between each two, and a walk along them.
struct joined {
    const struct piece *pieces;
    size_t count;
    struct text text;
    size_t at;     // which of the pieces the walk has reached
    size_t before; // bytes of the joined text before that piece
    size_t offset; // in that piece
    int column;    // of it
};

// The piece as it is from `offset` in the joined text on: where that comes from. Offsets ascend.
static struct piece piece_at(struct joined *joined, size_t offset)
{
    while (joined->at + 1 < joined->count &&
           offset > joined->before + joined->pieces[joined->at].text.size) {
        joined->before += joined->pieces[joined->at++].text.size + 1;
        joined->offset = 0;
        joined->column = joined->pieces[joined->at].column;
    }
    struct piece piece = joined->pieces[joined->at];
    struct text passed =
        text_head(text_skip(piece.text, joined->offset), offset - joined->before - joined->offset);
    joined->column += (int)text_length(passed);
    joined->offset = offset - joined->before;
    piece.column = joined->column;
    return piece;
}

static void add_clip(struct pieces *to, struct joined *joined, size_t start, size_t size)
{
    struct text clip = scan_trim(text_head(text_skip(joined->text, start), size));
    if (clip.size == 0)
        return;
    struct piece piece = piece_at(joined, (size_t)(clip.data - joined->text.data));
    piece.text = clip;
    pieces_add(to, piece);
}

static void add_clips(struct pieces *to, struct joined *joined)
{
    size_t start = 0;
    size_t size = 0; // of the clip so far
    while (start + size < joined->text.size) {
        struct text rest = text_skip(joined->text, start + size);
        size_t next = sentence_size(rest);
        if (next > SENTENCE_MOST)
            next = cut_size(rest);
        if (size > 0 && size + next > CLIP_MOST) {
            add_clip(to, joined, start, size);
            start += size;
            size = 0;
        }
        size += next;
    }
    add_clip(to, joined, start, size);
}

size_t sentences_first(struct text view)
{
    size_t size = sentence_size(view);
    return size > SENTENCE_MOST ? view.size : size;
}

// The joined text of items i to last of the list.
static struct text join(struct pieces *to, const struct piece *items, size_t count)
{
    if (count == 1)
        return items[0].text;
    struct buffer joined = BUFFER_INIT;
    for (size_t i = 0; i < count; i++) {
        buffer_add_c(&joined, i > 0 ? " " : "");
        buffer_add(&joined, items[i].text);
    }
    struct text copy = arena_copy(to->arena, buffer_text(&joined));
    to->failed |= joined.failed || !copy.data;
    buffer_free(&joined);
    return copy;
}

void sentences_arrange(struct pieces *to, const struct pieces *from)
{
    const bool signs = has_signs(from);
    for (size_t i = 0; i < from->count && !to->failed; i++) {
        const struct piece *first = &from->items[i];
        if (first->type != PIECE_TEXT) {
            pieces_add(to, *first);
            continue;
        }
        size_t count = 1;
        while (i + count < from->count && goes_on(&first[count - 1], &first[count], signs))
            count++;
        struct joined joined = {.pieces = first,
                                .count = count,
                                .text = join(to, first, count),
                                .column = first->column};
        if (joined.text.data)
            add_clips(to, &joined);
        i += count - 1;
    }
}
