// SPDX-License-Identifier: GPL-3.0-or-later
// How words are said that a voice misreads: scripts/LANG/lexicon, one entry a line.
//
//     # comment
//     psoas = so-az                                    respelling
//     fascia = [[f'aS@]]                               espeak-ng's phonemes
//     close before your the both a = [[kl'oUz]]        only with one of these words next to it
//     close after eyes eyelids = [[kl'oUz]]
//
// The first entry that fits wins. ASCII letters match in either case. "before" and "after" look at
// the neighbouring word, and nothing but blanks may lie between.
#ifndef LOOSEN_LEXICON_H
#define LOOSEN_LEXICON_H

#include "diagnostic.h"
#include "error.h"

struct lexicon_words {
    struct text *items;
    size_t count; // 0: no condition
};

struct lexicon_entry {
    struct text word;
    struct lexicon_words after;  // the word before must be one of these
    struct lexicon_words before; // the word behind must be one of these
    struct text said;            // replaces the word
    int line;                    // 1-based
};

struct lexicon {
    struct arena arena; // everything below
    struct lexicon_entry *entries;
    size_t count;
};

// Parse `data`; every fault goes to `list` with its place. On STATUS_OK *lexicon is filled and
// owned by the caller; on STATUS_BAD_INPUT (list->errors > 0) or STATUS_NO_MEMORY it is untouched.
enum status lexicon_parse(struct lexicon *lexicon, struct text data, struct diagnostics *list,
                          struct error *error);

// Read the file (at most 256 KiB) and lexicon_parse it. STATUS_NOT_FOUND when there is none: a
// language needs no lexicon. STATUS_IO; STATUS_BAD_INPUT with an empty list when it is no file to
// read.
enum status lexicon_load(struct lexicon *lexicon, const char *path, struct diagnostics *list,
                         struct error *error);

// Put the entries of `first` before those of `lexicon`, which then fit only where none of these
// does; `first` is empty afterwards. STATUS_NO_MEMORY, and both are as they were.
enum status lexicon_put_before(struct lexicon *lexicon, struct lexicon *first, struct error *error);

void lexicon_free(struct lexicon *lexicon);

// A piece of a text on its way through the lexicon: a word, or a byte of what stands between words.
struct lexicon_step {
    struct text from; // in the text
    struct text said; // what the voice is given for it
};

struct lexicon_walk {
    size_t offset;    // of the next piece; 0 at first
    struct text last; // the word before it; empty at first
};

// The next piece of `view`; false at its end. The pieces' `said` in order are what lexicon_apply
// appends. A NULL lexicon replaces nothing.
bool lexicon_next(const struct lexicon *lexicon, struct text view, struct lexicon_walk *walk,
                  struct lexicon_step *step);

// Append `view` to `out` with its words replaced. `view` is cleaned text (no "[["): what stands in
// brackets afterwards is the lexicon's alone.
void lexicon_apply(const struct lexicon *lexicon, struct text view, struct buffer *out);

#endif
