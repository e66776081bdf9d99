// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of a session's safety notices, as they are shown.
#ifndef LOOSEN_NOTICE_LINES_H
#define LOOSEN_NOTICE_LINES_H

#include "utterances.h"

// Call `visit` with every line of the session's notices as captions show it, in order, wherever
// they stand.
void notice_lines_visit(const struct session *session, const struct utterances *utterances,
                        void (*visit)(void *context, struct text shown), void *context);

#endif
