// How a line is written: claims nobody may make, characters and words the voice misreads, sentences
// too long for the ear.
#ifndef LOOSEN_LINT_H
#define LOOSEN_LINT_H

#include "lexer.h"

// Judge one parsed line, reporting at most one finding of each kind. `notice`: a line of a safety
// notice, whose sentences may be two words longer.
void lint_line(const struct node *line, const struct lexeme *lexeme, const struct session *session,
               bool notice, struct diagnostics *list);

// Judge a text of the header, which is shown and not spoken: claims only.
void lint_header(struct text value, struct place place, const struct session *session,
                 struct diagnostics *list);

#endif
