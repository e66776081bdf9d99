// SPDX-License-Identifier: GPL-3.0-or-later
// An author's own words of an installed language: some of its keys, read from their folder.
#ifndef LOOSEN_OWN_WORDS_H
#define LOOSEN_OWN_WORDS_H

#include "arena.h"
#include "diagnostic.h"
#include "session_source.h"
#include "status.h"
#include "words.h"

// Read them into `arena`. What they say is judged as the lines of a session are, by the language
// itself, and it asks for no touch and no movement, which need their notice. Every fault goes to
// `list`, of which this sets the file: with one nothing of them is to be used. STATUS_NOT_FOUND:
// there are none, or the language is not installed; STATUS_NO_MEMORY.
enum status own_words_load(struct words *own, struct arena *arena,
                           const struct session_source *source, struct text language,
                           struct diagnostics *list);

#endif
