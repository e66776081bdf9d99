// SPDX-License-Identifier: GPL-3.0-or-later
// What an import knows of the language of its text: touch words, and what takes them back.
#ifndef LOOSEN_IMPORT_LANGUAGE_H
#define LOOSEN_IMPORT_LANGUAGE_H

#include "dangers.h"
#include "error.h"
#include "session_model.h"
#include "session_source.h"
#include "touch_words.h"

struct import_language {
    struct touch_words touch;
    struct dangers dangers;
    bool given; // the language has a file of touch words; without it nothing is recognised
};

// Read them for the session's language from its folder, into the session's arena.
// STATUS_BAD_INPUT: a file of the language has faults, which are told.
enum status import_language_load(struct import_language *language, struct session *session,
                                 const struct session_source *source, struct error *error);

#endif
