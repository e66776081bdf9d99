// SPDX-License-Identifier: GPL-3.0-or-later
// What a listener may ask of a plan while it plays.
#ifndef LOOSEN_PLAN_REQUEST_H
#define LOOSEN_PLAN_REQUEST_H

// What a listener may ask for while a session plays. A step is a touch or a movement with all that
// is said in it; a bout of paced breathing; a rest of 15 s or more; else a line with the pause
// behind it. More is refused where it would make a silence the longest of all and a minute longer
// than it should be; next only where nothing but the end follows, and never in a touch, a movement
// or a breath that is led.
enum plan_request {
    PLAN_NEXT, // leave this step; a bout ends with the breath that is under way, and a line that
               // every session says is said to its end
    PLAN_PREVIOUS, // this step again; within its first 3 s the one before
    PLAN_AGAIN,    // say the last line again, and go on
    PLAN_MORE,     // two more breaths in a bout, a touch or a movement, else 20 s more of this step
};

// When the session ends after a request that takes time.
enum plan_end {
    PLAN_END_KEPT,   // as it was chosen; where the rest cannot be shorter, later
    PLAN_END_LATER,  // later by what the request takes; the rest stays as it is
    PLAN_END_STRICT, // never later than it was chosen
};

#endif
