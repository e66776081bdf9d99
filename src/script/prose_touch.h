// SPDX-License-Identifier: GPL-3.0-or-later
// Where a sentence lets something press: spine, throat, belly, the low back on the floor.
#ifndef LOOSEN_PROSE_TOUCH_H
#define LOOSEN_PROSE_TOUCH_H

struct prose_judge;

// Judge the places that the sentence names; faults are reported.
void prose_touch_judge(struct prose_judge *judge);

#endif
