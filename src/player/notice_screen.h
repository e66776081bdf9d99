// SPDX-License-Identifier: GPL-3.0-or-later
// What a listener sees before a session: its safety notice, once to be confirmed.
#ifndef LOOSEN_NOTICE_SCREEN_H
#define LOOSEN_NOTICE_SCREEN_H

#include "pipeline.h"

// Print the session's name, length and safety notice. On a terminal, until this version of the
// notice was confirmed once (or with --yes), wait for Return. False when the listener left instead
// (q, or a signal). The terminal must be open already, if there is one.
bool notice_screen_show(const struct pipeline *pipeline);

#endif
