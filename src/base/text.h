// SPDX-License-Identifier: GPL-3.0-or-later
// A view of UTF-8 text owned by somebody else: the currency of the parsers.
#ifndef LOOSEN_TEXT_H
#define LOOSEN_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    const char *data; // not null-terminated; may be NULL when size is 0
    size_t size;      // bytes
};

#define TEXT(literal) ((struct text){"" literal, sizeof(literal) - 1})
// For printf: printf("%.*s", TEXT_ARG(name))
#define TEXT_ARG(view) (int)(view).size, (view).data

struct text text_from(const char *string); // "" for NULL
bool text_equal(struct text a, struct text b);
bool text_equal_c(struct text a, const char *b);
bool text_starts_with(struct text view, struct text prefix);
struct text text_trim(struct text view);                     // spaces and tabs off both ends
struct text text_skip(struct text view, size_t bytes);       // the rest after `bytes` (or nothing)
struct text text_head(struct text view, size_t bytes);       // the first `bytes` (or all)
size_t text_find(struct text view, char byte);               // offset, or view.size
size_t text_find_text(struct text view, struct text needle); // likewise

// Decode one strict UTF-8 character (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF)
// at *offset and advance. Returns false, leaving *offset alone, at the end or at a bad byte.
bool text_next(struct text view, size_t *offset, uint32_t *character);

// Characters in the view; a bad byte counts as one. A column is 1 + text_length of what is before.
size_t text_length(struct text view);

// Edit distance (Damerau-Levenshtein, optimal string alignment; ASCII case ignored) of two short
// words, for "did you mean"; words over 63 bytes are infinitely far apart (SIZE_MAX).
size_t text_distance(struct text a, struct text b);

// The entry of names[0..count) nearest to `word`, or NULL when none is within a third of its
// length (at least 1 edit).
const char *text_nearest(struct text word, const char *const *names, size_t count);

#endif
