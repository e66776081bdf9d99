// SPDX-License-Identifier: GPL-3.0-or-later
// What the judges of a sentence know: the sentence, and what was said before it.
#ifndef LOOSEN_PROSE_JUDGE_H
#define LOOSEN_PROSE_JUDGE_H

#include "dangers.h"
#include "prose.h"
#include "prose_needs.h"
#include "rule.h"
#include "sentence.h"

enum { PROSE_LONG_AGO = 99 };

enum prose_posture { POSTURE_UNKNOWN, POSTURE_STANDING, POSTURE_SITTING, POSTURE_LYING };

struct prose_judge {
    const struct session *session;
    const struct dangers *dangers;
    struct text data;
    struct diagnostics *list;
    struct prose_needs *needs;
    // This sentence.
    const struct prose_sentence *prose;
    struct sentence sentence;
    // What was said before it.
    int since[DANGER_KINDS]; // sentences ago that the kind was meant, at most PROSE_LONG_AGO
    enum danger_kind place;  // the newest one, and how many sentences ago
    int place_ago;
    int symptom_ago; // since a sign to stop that nothing answered
    enum prose_posture posture;
    bool standing; // the header says so
    bool not_open; // a list of what not to do goes on
    // What was told of the newest line.
    const struct node *told_node;
    uint64_t told; // one bit a rule
};

// Report the rule at words [from, to] of the sentence, once a line. Not `certain`: as a warning.
void prose_judge_report(struct prose_judge *judge, enum rule rule, bool certain,
                        const struct sentence_word *from, const struct sentence_word *to);

// Whether the rule was told of the line of `word` already; from now on it was.
bool prose_judge_was_told(struct prose_judge *judge, enum rule rule,
                          const struct sentence_word *word);

// Whether one of `count` kinds is meant in this sentence, or was in the `ago` before it; -1: only
// in this one.
bool prose_judge_said(const struct prose_judge *judge, const enum danger_kind *kinds, size_t count,
                      int ago);

// The same of a tool, and of anything that presses.
bool prose_judge_tool(const struct prose_judge *judge, int ago);
bool prose_judge_presses(const struct prose_judge *judge, int ago);

#endif
