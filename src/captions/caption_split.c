// SPDX-License-Identifier: GPL-3.0-or-later
// A text that is too long or lasts too long is halved at the blank with the least cost, and each
// half again where it must be. The cost of a blank is how uneven the halves are, in characters, and
// more where no comma stands before it, where it cuts off a short word ("with an", "into the") from
// what it belongs to, or where the time is not known.
#include "caption_split.h"

#include "duration.h"

#include <string.h>

enum { // characters
    NO_COMMA_CUE_COST = 32,
    NO_COMMA_LINE_COST = 24, // a line is soon read on
    SHORT_WORD_COST = 8,
    NO_MARK_COST = 12,
};

static bool is_comma(char c)
{
    return c == ',' || c == ';' || c == ':';
}

// The last character of `view` ends with these bytes.
static bool ends_with(struct text view, const char *ending)
{
    struct text tail = text_from(ending);
    return view.size >= tail.size && text_equal(text_skip(view, view.size - tail.size), tail);
}

static bool ends_clause(struct text view)
{
    return view.size > 0 && (is_comma(view.data[view.size - 1]) ||
                             ends_with(view, "\xE2\x80\x94") || ends_with(view, "\xE2\x80\x93"));
}

static size_t distance(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

static bool ends_short(struct text view)
{
    size_t start = view.size;
    while (start > 0 && view.data[start - 1] != ' ')
        start--;
    return text_length(text_skip(view, start)) <= 3;
}

// What it costs to leave off behind `left`, with this many characters on either side.
static size_t cost_of(struct text left, size_t left_length, size_t right_length, size_t no_comma)
{
    size_t cost = distance(left_length, right_length);
    if (ends_clause(left))
        return cost;
    return cost + no_comma + (ends_short(left) ? SHORT_WORD_COST : 0);
}

// How much of a word that is longer than a line goes into one: up to a hyphen, a slash or the like,
// or as much as there is room for.
static size_t word_break(struct text view)
{
    size_t best = 0, size = 0, length = 0;
    for (; size < view.size && length < CAPTION_LINE_MOST; length++) {
        bool mark = strchr("-/_.@", view.data[size]);
        for (size++; size < view.size && ((unsigned char)view.data[size] & 0xC0) == 0x80;)
            size++;
        best = mark && length > 0 ? size : best;
    }
    return best ? best : size;
}

// The blank to break at; view.size when none will do.
static size_t blank_break(struct text view, size_t length)
{
    size_t best = view.size, least = SIZE_MAX, left = 0;
    for (size_t at = 0; at < view.size; at++) {
        if (((unsigned char)view.data[at] & 0xC0) == 0x80)
            continue;
        size_t right = length - left - 1;
        bool possible =
            view.data[at] == ' ' && left <= CAPTION_LINE_MOST && right <= CAPTION_LINE_MOST;
        size_t cost =
            possible ? cost_of(text_head(view, at), left, right, NO_COMMA_LINE_COST) : SIZE_MAX;
        if (cost < least) {
            least = cost;
            best = at;
        }
        left++;
    }
    return best;
}

static bool fits(struct text view)
{
    size_t length = text_length(view);
    return length <= CAPTION_LINE_MOST || blank_break(view, length) < view.size;
}

// Where no blank parts the rest into two lines: the last one within the first line, or in its first
// word.
static size_t hard_break(struct text rest)
{
    size_t blank = 0, length = 0;
    for (size_t at = 0; at < rest.size && length <= CAPTION_LINE_MOST; at++) {
        if (rest.data[at] == ' ')
            blank = at;
        length += ((unsigned char)rest.data[at] & 0xC0) != 0x80;
    }
    return blank > 0 ? blank : word_break(rest);
}

struct text caption_line(struct text *rest)
{
    const size_t length = text_length(*rest);
    size_t size = length <= CAPTION_LINE_MOST ? rest->size : blank_break(*rest, length);
    if (length > CAPTION_LINE_MOST && size == rest->size)
        size = hard_break(*rest);
    const struct text line = text_head(*rest, size);
    *rest = text_skip(*rest, size);
    if (text_starts_with(*rest, TEXT(" ")))
        *rest = text_skip(*rest, 1);
    return line;
}

// ---- Time ---------------------------------------------------------------------------------------

// How many words begin at or before `byte`.
static size_t words_until(const struct caption_clip *clip, size_t byte)
{
    size_t count = 0;
    while (count < clip->word_count && clip->words[count].first <= byte)
        count++;
    return count;
}

static bool has_mark(const struct caption_clip *clip, size_t byte)
{
    size_t count = words_until(clip, byte);
    return count > 0 && clip->words[count - 1].first == byte;
}

int64_t caption_time(const struct caption_clip *clip, struct text shown, size_t byte)
{
    const struct caption_word start = {0, 0, 0}, end = {clip->frames, shown.size, 0};
    size_t count = words_until(clip, byte);
    const struct caption_word *before = count > 0 ? &clip->words[count - 1] : &start;
    const struct caption_word *behind = count < clip->word_count ? &clip->words[count] : &end;
    if (before->first >= byte || behind->first <= before->first)
        return before->start_frame;
    return before->start_frame + (behind->start_frame - before->start_frame) *
                                     (int64_t)(byte - before->first) /
                                     (int64_t)(behind->first - before->first);
}

// ---- Cutting ------------------------------------------------------------------------------------

struct split {
    struct caption_piece *pieces;
    size_t most, count;
    struct text shown;
    const struct caption_clip *clip;
};

static struct text text_of(const struct split *split, struct caption_piece piece)
{
    return text_head(text_skip(split->shown, piece.first), piece.size);
}

static int64_t lasts(const struct split *split, struct caption_piece piece)
{
    return caption_time(split->clip, split->shown, piece.first + piece.size) -
           caption_time(split->clip, split->shown, piece.first);
}

static bool is_readable(const struct split *split, struct caption_piece piece)
{
    return fits(text_of(split, piece)) && lasts(split, piece) <= frames_from_ms(CAPTION_MOST_MS);
}

// The best blank to cut at, from the piece's start; 0 when it has none.
static size_t find_cut(const struct split *split, struct caption_piece piece)
{
    const struct text view = text_of(split, piece);
    const size_t length = text_length(view);
    size_t best = 0, least = SIZE_MAX, left = 0;
    for (size_t at = 0; at < view.size; at++) {
        if (((unsigned char)view.data[at] & 0xC0) == 0x80)
            continue;
        size_t cost = SIZE_MAX;
        if (view.data[at] == ' ')
            cost = cost_of(text_head(view, at), left, length - left - 1, NO_COMMA_CUE_COST) +
                   (has_mark(split->clip, piece.first + at + 1) ? 0 : NO_MARK_COST);
        if (cost < least) {
            least = cost;
            best = at;
        }
        left++;
    }
    return best;
}

static void add(struct split *split, struct caption_piece piece)
{
    if (split->count < split->most)
        split->pieces[split->count++] = piece;
}

// The piece as it is, or its halves. Each half is shorter, and a word is never cut.
static void cut(struct split *split, struct caption_piece piece)
{
    size_t at = is_readable(split, piece) ? 0 : find_cut(split, piece);
    if (at == 0) {
        add(split, piece);
        return;
    }
    cut(split, (struct caption_piece){piece.first, at});
    cut(split, (struct caption_piece){piece.first + at + 1, piece.size - at - 1});
}

// A full stop, and quotes or brackets behind it.
static bool ends_sentence(struct text view)
{
    static const char *const closing[] = {
        "\"", "'", ")", "\xE2\x80\x9D", "\xE2\x80\x9C", "\xE2\x80\x99", "\xC2\xBB", "\xC2\xAB"};
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        if (ends_with(view, closing[i]))
            view = text_head(view, view.size - text_from(closing[i]).size);
    return ends_with(view, ".") || ends_with(view, "!") || ends_with(view, "?") ||
           ends_with(view, "\xE2\x80\xA6");
}

// A sentence does not begin with a small letter: "e.g. this".
static bool begins_small(struct text view)
{
    return view.size > 0 && view.data[0] >= 'a' && view.data[0] <= 'z';
}

static size_t sentence_size(struct text view)
{
    for (size_t at = 0; at < view.size; at++)
        if (view.data[at] == ' ' && ends_sentence(text_head(view, at)) &&
            !begins_small(text_skip(view, at + 1)))
            return at;
    return view.size;
}

// ---- Putting together ---------------------------------------------------------------------------

// True when piece `index` took the next one in.
static bool join_next(struct split *split, size_t index)
{
    struct caption_piece *piece = &split->pieces[index];
    const struct caption_piece both = {piece->first, piece[1].first + piece[1].size - piece->first};
    if (!is_readable(split, both))
        return false;
    *piece = both;
    split->count--;
    for (size_t i = index + 1; i < split->count; i++)
        split->pieces[i] = split->pieces[i + 1];
    return true;
}

// Pieces over which the next one would come too soon join it, or the one before. The last piece is
// left: a pause follows.
static void join_short(struct split *split)
{
    const int64_t least = frames_from_ms(CAPTION_LEAST_MS + CAPTION_GAP_MS);
    for (size_t i = 0; i + 1 < split->count;) {
        if (lasts(split, split->pieces[i]) >= least)
            i++;
        else if (!join_next(split, i) && (i == 0 || !join_next(split, i - 1)))
            i++;
    }
}

size_t caption_split(struct caption_piece *pieces, size_t most, struct text shown,
                     const struct caption_clip *clip)
{
    struct split split = {.pieces = pieces, .most = most, .shown = shown, .clip = clip};
    for (size_t first = 0; first < shown.size;) {
        size_t size = sentence_size(text_skip(shown, first));
        cut(&split, (struct caption_piece){first, size});
        first += size + 1;
    }
    join_short(&split);
    return split.count;
}
