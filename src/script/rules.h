// SPDX-License-Identifier: GPL-3.0-or-later
// The rules that a whole session keeps: order of notice, touch, breath and release, budgets, the
// way back at the end. What one line alone can break is judged where it is read (body.h, pattern.h,
// lint.h).
#ifndef LOOSEN_RULES_H
#define LOOSEN_RULES_H

#include "parser.h"

// Judge the session, whose notices have been copied in (`notices_known`) or could not be read.
void rules_check(const struct session *session, const struct parse_facts *facts, bool notices_known,
                 struct diagnostics *list);

#endif
