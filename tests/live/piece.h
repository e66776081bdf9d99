// SPDX-License-Identifier: GPL-3.0-or-later
// Where in a session a recording was made: the stretches of sound in it, each compared with the
// export of the session, sample by sample.
#ifndef LOOSEN_PIECE_H
#define LOOSEN_PIECE_H

#include "bed.h"

// A stretch between two silences or jumps that is the session from `first` on.
struct piece {
    size_t at;      // where it begins in the recording
    int64_t first;  // the session frame there
    int64_t frames; // that are exactly the session's, the whole of a rise from silence among them
    int64_t rest;   // after them, to the silence: a fade, or what is something else
    bool risen;     // it begins with master's rise, at the frame where the session went on
};

enum piece_kind {
    PIECE_NONE,    // no more sound
    PIECE_FOUND,   // `piece` is filled
    PIECE_SHORT,   // too short to be told; `piece->at`
    PIECE_FOREIGN, // not the session, or not exactly; `piece->at`
};

// The next stretch of sound from frame `*from` of the recording on; moves `*from` behind it.
enum piece_kind piece_next(struct piece *piece, const struct sound *recording, size_t *from,
                           const struct sound *session);

#endif
