// SPDX-License-Identifier: GPL-3.0-or-later
// How hard, and how long, a sentence lets something press.
#ifndef LOOSEN_PROSE_AMOUNT_H
#define LOOSEN_PROSE_AMOUNT_H

struct prose_judge;

// Judge the times and weights that the sentence names; faults are reported.
void prose_amount_judge(struct prose_judge *judge);

#endif
