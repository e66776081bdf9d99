// SPDX-License-Identifier: GPL-3.0-or-later
// What the voice must have ready for a session that a listener can change while it plays.
#ifndef LOOSEN_LIVE_LINES_H
#define LOOSEN_LIVE_LINES_H

#include "pipeline.h"

// Let the voice have ready what keys may ask for: the few words of an end, and lines that fill
// a rest that becomes long. Before pipeline_start_voice. STATUS_NO_MEMORY or STATUS_OK.
enum status live_lines_add(struct pipeline *pipeline, struct error *error);

#endif
