// SPDX-License-Identifier: GPL-3.0-or-later
// Where a session is entered, as --from says it.
#ifndef LOOSEN_ENTRY_CHOICE_H
#define LOOSEN_ENTRY_CHOICE_H

#include "error.h"
#include "timeline.h"

enum entry_kind { ENTRY_BEGINNING, ENTRY_TIME, ENTRY_SECTION, ENTRY_LINE };

struct entry_choice {
    enum entry_kind kind;
    int64_t frame; // ENTRY_TIME
    int section;   // ENTRY_SECTION: index into session.sections
    int line;      // ENTRY_LINE: 1-based, of the script
    bool again;    // after a change of the script, in the same sitting: at just this line, and the
                   // safety notice was heard
};

// Read `from`: a time ("3:00", "90s"), the name of a section or its beginning, or a line of the
// script (":23"); NULL: the beginning. STATUS_BAD_ARGUMENT says what there is.
enum status entry_choice_read(struct entry_choice *choice, const char *from,
                              const struct session *session, int64_t total_frames,
                              struct error *error);

// Let `timeline`, a whole session, begin there. STATUS_BAD_ARGUMENT, STATUS_NO_MEMORY; the timeline
// is then as it was.
enum status entry_choice_apply(struct timeline *timeline, const struct entry_choice *choice,
                               struct error *error);

#endif
