// SPDX-License-Identifier: GPL-3.0-or-later
// What is dangerous whatever else is said: a held or forced breath, pain as an aim, a forced
// stretch, closed eyes on one's feet, a sudden rise, a wheel in the hands, a promise to cure.
#ifndef LOOSEN_PROSE_ALONE_H
#define LOOSEN_PROSE_ALONE_H

struct prose_judge;

// Judge the sentence for all of these; faults are reported.
void prose_alone_judge(struct prose_judge *judge);

#endif
