// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of body work and of the course of a session: one table with a stable id, the reason in
// words, and what to do instead. tests/script/test_session_rules.c holds a failing and a passing
// example of each.
#ifndef LOOSEN_RULE_H
#define LOOSEN_RULE_H

#include "diagnostic.h"
#include "node.h"

enum rule {
    RULE_SPINE,
    RULE_BELLY,
    RULE_GROIN,
    RULE_THROAT,
    RULE_KIDNEYS,
    RULE_BONE,
    RULE_NECK,
    RULE_LOW_BACK_FLOOR,
    RULE_LOW_BACK_ROLLER,
    RULE_SURFACE,
    RULE_PRESSURE,
    RULE_SPOT,
    RULE_BUDGET,
    RULE_ROUNDS,
    RULE_ONE_SIDED,
    RULE_NOTICE_TOUCH,
    RULE_NOTICE_MOVE,
    RULE_NOTICE_BREATH,
    RULE_NOTICE_HEADER,
    RULE_STOP_CUE,
    RULE_RELEASE,
    RULE_DUSK,
    RULE_EYES,
    RULE_RISE,
    RULE_LATE,
    RULE_SLEEP_TOLD,
    RULE_SLEEP_QUIET,
    // Of what is said: no directive can break these.
    RULE_KNEE,
    RULE_BREATH_HELD,
    RULE_BREATH_FORCED,
    RULE_PAIN,
    RULE_FORCE,
    RULE_SUDDEN,
    RULE_DRIVING,
    RULE_CURE,
    RULE_NOTICE_ADDED,
    RULE_COUNT,
};

struct rule_row {
    const char *id; // stable, kebab-case
    enum severity severity;
    const char *why; // completes "FOUND: ..."
    const char *hint;
    const char *say; // instead, where words break it; NULL: the hint fits
};

const struct rule_row *rule_row(enum rule rule);

// Report a breach at `place`: "FOUND: why [id]" and its hint.
void rule_report(struct diagnostics *list, enum rule rule, struct place place, const char *found);

// The same of what is said. Not `certain`: a warning, whatever the rule.
void rule_report_said(struct diagnostics *list, enum rule rule, bool certain, struct place place,
                      const char *found);

#endif
