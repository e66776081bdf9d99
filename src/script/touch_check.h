// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the touch words of a language name what scripts know.
#ifndef LOOSEN_TOUCH_CHECK_H
#define LOOSEN_TOUCH_CHECK_H

#include "touch_words.h"

// Report each region, tool and surface that no @contact knows, and each movement that cannot be the
// name of a @move. "back" may stand for both of its parts.
void touch_check(const struct touch_words *words, struct diagnostics *list);

#endif
