// SPDX-License-Identifier: GPL-3.0-or-later
// The "key: value" lines in front of the first section.
#ifndef LOOSEN_HEADER_H
#define LOOSEN_HEADER_H

#include "lexer.h"
#include "session_model.h"

enum header_key {
    HEADER_TITLE,
    HEADER_SUMMARY,
    HEADER_WHEN,
    HEADER_LANGUAGE,
    HEADER_LENGTH,
    HEADER_POSITION,
    HEADER_NEEDS,
    HEADER_SCENE,
    HEADER_NOTICE,
    HEADER_ENDING,
    HEADER_BREATH,
    HEADER_NEED,
    HEADER_EFFORT,
    HEADER_VERSION, // of a notices file
    HEADER_KEYS,
};

enum header_kind { HEADER_SESSION, HEADER_NOTICES };

struct header {
    struct place places[HEADER_KEYS]; // of each value; line 0: not given
    bool lost;                        // a line could not be read: a missing key proves nothing
    bool stray; // lines or directives stand in the header: told once, as a missing section
};

// True when the line is "KEY: ..." with a key of a session's header: this is no plain text.
bool header_recognises(const struct lexeme *lexeme);

// Read one line into the session; faults are reported.
void header_line(struct header *header, enum header_kind kind, struct session *session,
                 const struct lexeme *lexeme, struct diagnostics *list);

// Report required keys that are missing, at `place`, where the header ends.
void header_check(const struct header *header, enum header_kind kind, struct place place,
                  struct diagnostics *list);

// Whether the session's positions (a list of words) name this one.
bool header_has_position(const struct session *session, const char *position);

#endif
