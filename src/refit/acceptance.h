// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a plan that was fitted again can be given to a listener.
#ifndef LOOSEN_ACCEPTANCE_H
#define LOOSEN_ACCEPTANCE_H

#include "plan_request.h"
#include "timeline.h"

enum acceptance {
    ACCEPTANCE_GOOD,
    ACCEPTANCE_LONG_BOUT,
    ACCEPTANCE_LONG_SILENCE,
    ACCEPTANCE_LONG_TAIL
};

struct acceptance_case {
    const struct timeline *present; // that `made` takes the place of
    const struct timeline *made;
    enum plan_request request;
    int64_t at; // frame from which it is another
};

enum acceptance acceptance_find(const struct acceptance_case *c);

#endif
