// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions put together in code, with clips of stated lengths: what the planner takes, without
// parser and voice.
#ifndef LOOSEN_SKETCH_H
#define LOOSEN_SKETCH_H

#include "plan.h"
#include "session_limits.h"
#include "utterances.h"

enum { SKETCH_LINES_MAX = 400 };

#define SKETCH_SECONDS(s) ((int64_t)((s)*FRAME_RATE))

struct sketch {
    struct session session;
    struct utterances utterances;
    int64_t clips[SKETCH_LINES_MAX + 2]; // one a line, then the words "in" and "out"
    int lines[SKETCH_LINES_MAX * SIDE_COUNT];
    int company[1];
    struct utterance items[SKETCH_LINES_MAX + 2];
    struct node **end[SESSION_NESTING_MAX]; // where the next node goes, by depth
    int depth;
};

void sketch_init(struct sketch *sketch, size_t sections);
void sketch_free(struct sketch *sketch);

// Nodes that follow go into this section.
void sketch_section(struct sketch *sketch, size_t index);

// "target at session length", seconds.
struct sketch_point {
    double target, at;
};

void sketch_shape(struct sketch *sketch, size_t index, const struct sketch_point *points,
                  size_t count);

struct node *sketch_line(struct sketch *sketch, enum level level, double seconds);
struct node *sketch_pause(struct sketch *sketch, double least, double natural, double most);
struct node *sketch_breathe(struct sketch *sketch, enum pattern_type type, int in_s, int out_s,
                            double least, double most);
struct node *sketch_breaths(struct sketch *sketch, enum pattern_type type, int in_s, int out_s,
                            int least, int most);

// The word "in" keeps company where a breath is left to itself. Behind the last line.
void sketch_company(struct sketch *sketch);

// Blocks: what follows goes inside, until sketch_end.
struct node *sketch_rest(struct sketch *sketch, double least, double most);
struct node *sketch_contact(struct sketch *sketch, double least, double most);
struct node *sketch_move(struct sketch *sketch, double least, double most);
struct node *sketch_sides(struct sketch *sketch);
struct node *sketch_repeat(struct sketch *sketch, int least, int most);
void sketch_end(struct sketch *sketch);

struct node *sketch_mark(struct sketch *sketch, enum node_type type);

enum status sketch_range(const struct sketch *sketch, double rate, bool natural,
                         struct range *range);
enum status sketch_plan(const struct sketch *sketch, double rate, bool natural,
                        int64_t total_frames, struct timeline *timeline, struct error *error);

#endif
