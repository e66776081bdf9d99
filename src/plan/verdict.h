// Whether a plan that was fitted again can be given to a listener.
#ifndef LOOSEN_VERDICT_H
#define LOOSEN_VERDICT_H

#include "plan.h"

enum verdict { VERDICT_GOOD, VERDICT_LONG_BOUT, VERDICT_LONG_SILENCE, VERDICT_LONG_TAIL };

struct verdict_case {
    const struct timeline *present; // that `made` takes the place of
    const struct timeline *made;
    enum plan_request request;
    int64_t at; // frame from which it is another
};

enum verdict verdict_find(const struct verdict_case *c);

#endif
