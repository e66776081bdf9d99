// SPDX-License-Identifier: GPL-3.0-or-later
// Builds the model of one file, section by section and block by block. Used for sessions and for
// the notices of a language; what the nodes mean together is judged by rules.h.
#ifndef LOOSEN_PARSER_H
#define LOOSEN_PARSER_H

#include "header.h"
#include "status.h"

// What the rules must know of the parse beyond the model.
struct parse_facts {
    struct header header;
    bool lines_lost;  // some line was no text: what is missing may have stood there
    bool notice_lost; // the same, or a @notice or unknown directive could not be read
    int last_line;    // of the file
};

// Parse what the lexer reads (which must live as long as the session) into `session`, whose tables
// are taken from `arena`. Every fault goes to the lexer's list. STATUS_NO_MEMORY.
enum status parser_parse(struct session *session, struct arena *arena, struct lexer *lexer,
                         enum header_kind kind, struct parse_facts *facts);

#endif
