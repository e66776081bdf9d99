// SPDX-License-Identifier: GPL-3.0-or-later
// What an author's folder has for an installed language: words and a lexicon, which are read, and
// files that keep a language safe, which are not.
#ifndef LOOSEN_OWN_LANGUAGE_H
#define LOOSEN_OWN_LANGUAGE_H

#include "data_folders.h"
#include "diagnostic.h"

// Tell on stderr what of it is left out: words or a lexicon with faults, as a whole, with each
// fault; and files that are not read.
void own_language_tell(const struct data_folders *folders, struct text language);

// The installed language that the file at `path` is for, in `arena`; empty: the file is not in a
// folder of such a language of the author's.
struct text own_language_of(struct arena *arena, const struct data_folders *folders,
                            const char *path);

// What check says of such a file: "words", "lexicon" or one that is not read. STATUS_NO_MEMORY.
enum status own_language_check(const struct data_folders *folders, struct text language,
                               const char *name, struct diagnostics *list);

#endif
