// SPDX-License-Identifier: GPL-3.0-or-later
// What a session says, judged by the phrases of its language: claims that nobody may make, pictures
// of damage, what pushes, words that the voice says wrongly, and closed eyes where somebody stands.
#ifndef LOOSEN_STYLE_CHECK_H
#define LOOSEN_STYLE_CHECK_H

#include "session_model.h"
#include "style_rules.h"

// Judge all spoken lines of a session or of notices, at most one finding of each kind a line.
// `data` is the text that was parsed into it. The lines of @notice are left to their own file.
// Without `claims` those that are spoken are left to prose_check.h.
void style_check(const struct session *session, struct text data, const struct style_rules *phrases,
                 bool claims, struct diagnostics *list);

// Report a claim with its hint: an error, in a plain text a warning.
void style_check_report_claim(struct text claim, struct text hint, struct place place, bool plain,
                              struct diagnostics *list);

// Judge a text of the header, which is shown and not spoken: claims only.
void style_check_header(struct text value, struct place place, const struct session *session,
                        const struct style_rules *phrases, struct diagnostics *list);

#endif
