// SPDX-License-Identifier: GPL-3.0-or-later
// What the guidance points mean, from the files of a language. Only who asks for it needs them: a
// language without the file plays as any other.
#ifndef LOOSEN_POINT_MEANINGS_H
#define LOOSEN_POINT_MEANINGS_H

#include "arena.h"
#include "catalogue.h"
#include "points.h"

// Read scripts/LANG/points into `arena`. STATUS_NOT_FOUND or STATUS_IO as file_read;
// STATUS_BAD_INPUT: it has faults, which went to stderr.
enum status point_meanings_load(struct points *points, struct arena *arena,
                                const struct data_folders *folders, struct text language,
                                struct error *error);

#endif
