// SPDX-License-Identifier: GPL-3.0-or-later
// What lines ask of the body, and how long that takes, read from scripts/LANG/actions:
// "TIME: PHRASE, PHRASE ..." lines.
#ifndef LOOSEN_ACTIONS_H
#define LOOSEN_ACTIONS_H

#include "diagnostic.h"
#include "session_model.h"
#include "status.h"
#include "wording.h"

enum { ACTION_CHAINS = 128 };

enum action_kind {
    ACTION_ASKS, // for something that takes time
    ACTION_NONE, // only looks so
    ACTION_OPEN, // what is asked for may begin behind it
};

struct action {
    enum action_kind kind;
    struct wording
        wording;         // one that asks is looked for where a clause begins, unless it says else
    int64_t frames;      // ACTION_ASKS
    struct action *next; // in its chain
};

struct actions {
    struct action *chains[ACTION_CHAINS]; // by their first letter
};

// Parse `data`, which must live as long as `arena`, where the actions will be. Every fault goes to
// `list`; STATUS_NO_MEMORY, else STATUS_OK.
enum status actions_parse(struct actions *actions, struct arena *arena, struct text data,
                          struct diagnostics *list);

// How long what is asked for in `said` takes, the longest of it; 0 when nothing is.
int64_t actions_frames(const struct actions *actions, struct text said);

// Fill action_frames of all lines of the session, whose words and notices are in place. False when
// out of memory.
bool actions_mark(const struct actions *actions, struct session *session);

#endif
