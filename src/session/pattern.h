// SPDX-License-Identifier: GPL-3.0-or-later
// The breath patterns of the session language.
#ifndef LOOSEN_PATTERN_H
#define LOOSEN_PATTERN_H

#include "node.h"

// What a bout of this pattern is limited to when the script does not say. *counted: as breaths
// least..most; else as *frames.
void pattern_limits(const struct pattern *pattern, bool *counted, struct range *frames, int *least,
                    int *most);

// One breath of the pattern at the script's own pace, the longest for a ramp.
int64_t pattern_period(const struct pattern *pattern);

// False for natural breathing, which has no cue and needs no caution or release.
bool pattern_is_paced(const struct pattern *pattern);

#endif
