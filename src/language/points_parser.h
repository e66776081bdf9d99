// SPDX-License-Identifier: GPL-3.0-or-later
// Reads scripts/LANG/points: "G24: what it means" lines, one for each point.
#ifndef LOOSEN_POINTS_PARSER_H
#define LOOSEN_POINTS_PARSER_H

#include "diagnostic.h"
#include "points.h"

// Parse `data` (which must live as long as the points); every fault goes to `list`, also each point
// that is missing.
void points_parse(struct points *points, struct text data, struct diagnostics *list);

#endif
