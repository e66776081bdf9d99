// SPDX-License-Identifier: GPL-3.0-or-later
// Reads off a script how long a line is followed by silence.
#include "silence.h"

#include "breath.h"
#include "plan_config.h"

// Between two spoken lines when nothing is written: time to take in what was said.
static const struct span natural_gap = {PLAN_GAP_LEAST, PLAN_GAP_NATURAL, PLAN_GAP_MOST};

// The silence behind a line: the pauses written there (they go when the line goes), nothing before
// a rest that is always there and long enough, else the natural gap.
static struct span written(const struct node *line, const struct node **behind)
{
    struct span sum = {0, 0, 0};
    const struct node *node = line->next;
    for (; node && node->type == NODE_PAUSE; node = node->next) {
        struct range limit = node->as.pause.frames;
        int64_t natural = node->as.pause.natural;
        natural = natural < limit.least ? limit.least : natural;
        natural = natural > limit.most ? limit.most : natural;
        sum = span_add(sum, (struct span){limit.least, natural, limit.most});
    }
    bool written = node != line->next;
    *behind = node;
    while (node && node->type == NODE_SCENE)
        node = node->next;
    bool rests = node && node->type == NODE_REST && node->level == LEVEL_MUST &&
                 node->as.rest.frames.least >= natural_gap.least;
    return written || rests ? sum : natural_gap;
}

static bool is_spoken(const struct node *first)
{
    for (const struct node *node = first; node; node = node->next)
        if (node->type == NODE_LINE || is_spoken(node->children))
            return true;
    return false;
}

// Quiet that certainly follows a line and its pauses before anything else is heard: rests, and
// touches and movements in which nothing is said.
static int64_t quiet_behind(const struct node *behind, double rate)
{
    int64_t sum = 0;
    for (const struct node *node = behind; node; node = node->next) {
        const bool timed = node->type == NODE_CONTACT || node->type == NODE_MOVE;
        if (timed && node->level == LEVEL_MUST && !is_spoken(node->children))
            sum += breath_touch(node, rate, breath_touch_count(node, rate).least);
        else if (node->type == NODE_REST && node->level == LEVEL_MUST)
            sum += node->as.rest.frames.least;
        else if (node->type != NODE_SCENE && node->type != NODE_REST)
            break;
    }
    return sum;
}

// What a line asks of the body has its time behind it, at every length.
static struct span give_time(struct span silence, const struct node *line,
                             const struct node *behind, double rate)
{
    const int64_t least = line->as.line.action_frames - quiet_behind(behind, rate);
    silence.least = silence.least > least ? silence.least : least;
    silence.natural = silence.natural > silence.least ? silence.natural : silence.least;
    silence.most = silence.most > silence.natural ? silence.most : silence.natural;
    return silence;
}

struct span silence_behind(const struct node *line, double rate, const struct node **behind)
{
    const struct span silence = written(line, behind);
    return give_time(silence, line, *behind, rate);
}
