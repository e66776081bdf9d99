// SPDX-License-Identifier: GPL-3.0-or-later
// Which safety notice a listener has read: language and version, remembered in
// $XDG_STATE_HOME/loosen/notices (or ~/.local/state/loosen/notices), one "LANG VERSION" a line.
#ifndef LOOSEN_NOTICE_MEMORY_H
#define LOOSEN_NOTICE_MEMORY_H

#include "error.h"
#include "text.h"

// Whether this version, or a later one, was acknowledged. A file that is missing or damaged says
// no: then the notice is shown again.
bool notice_memory_given(struct text language, int version);

// Remember it. STATUS_IO when the file can't be written; the session can go on all the same.
enum status notice_memory_keep(struct text language, int version, struct error *error);

#endif
