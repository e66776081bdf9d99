// SPDX-License-Identifier: GPL-3.0-or-later
// An author's own lexicon for an installed language: how words are said, but for the words of the
// safety notices, which sound as they come with loosen.
#ifndef LOOSEN_OWN_LEXICON_H
#define LOOSEN_OWN_LEXICON_H

#include "data_folders.h"
#include "diagnostic.h"
#include "lexicon.h"

// Read the file at `path`. Every fault goes to `list`: with one nothing of it is to be used. On
// STATUS_OK *own is the caller's. STATUS_BAD_INPUT; STATUS_NOT_FOUND, STATUS_IO, STATUS_NO_MEMORY.
enum status own_lexicon_load(struct lexicon *own, const struct data_folders *folders,
                             struct text language, const char *path, struct diagnostics *list,
                             struct error *error);

#endif
