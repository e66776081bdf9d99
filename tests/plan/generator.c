// SPDX-License-Identifier: GPL-3.0-or-later
#include "generator.h"

#include "random.h"

struct dice {
    uint64_t seed, counter;
    bool calm;
};

static int roll(struct dice *dice, int least, int most)
{
    double unit = random_unit(random_at(dice->seed, dice->counter++));
    return least + (int)(unit * (most - least + 1));
}

static bool chance(struct dice *dice, int percent)
{
    return roll(dice, 1, 100) <= percent;
}

static double tenths(struct dice *dice, int least, int most)
{
    return roll(dice, least * 10, most * 10) / 10.0;
}

static enum level any_level(struct dice *dice)
{
    static const enum level levels[] = {LEVEL_MUST, LEVEL_MUST, LEVEL_CORE, LEVEL_CORE,
                                        LEVEL_EXTRA};
    return levels[roll(dice, 0, 4)];
}

// What surrounds the nodes that are made.
struct around {
    bool sides, touch;
    int depth;
};

static void add_line(struct sketch *s, struct dice *dice, struct around around)
{
    struct node *line = sketch_line(s, any_level(dice), tenths(dice, 1, 7));
    const bool sides = around.sides;
    if (around.touch && chance(dice, 30))
        line->as.line.mark = chance(dice, 50) ? MARK_IN : MARK_OUT;
    if (!around.touch && !sides && around.depth == 0 && chance(dice, 5))
        line->as.line.half = true;
    if (chance(dice, 15))
        line->as.line.action_frames = SKETCH_SECONDS(roll(dice, 4, around.touch ? 8 : 15));
    if (chance(dice, 15))
        line->breathing = chance(dice, 50) ? BREATHING_PACED : BREATHING_NATURAL;
    if (sides && chance(dice, 40))
        line->pass = chance(dice, 50) ? PASS_FIRST : PASS_SECOND;
    if (!chance(dice, 50))
        return;
    double least = tenths(dice, 0, 1);
    double natural = least + tenths(dice, 0, 1);
    sketch_pause(s, least, natural, natural + tenths(dice, 0, chance(dice, 10) ? 20 : 2));
}

static void add_rest(struct sketch *s, struct dice *dice)
{
    double least = tenths(dice, 0, dice->calm ? 3 : chance(dice, 20) ? 60 : 9);
    int most = chance(dice, 20) ? 600 : chance(dice, 40) ? 150 : 20;
    struct node *rest = sketch_rest(s, least, least + tenths(dice, 0, most));
    if (chance(dice, 40))
        rest->level = chance(dice, 50) ? LEVEL_CORE : LEVEL_EXTRA;
    for (int i = chance(dice, 50) ? roll(dice, 1, 6) : 0; i > 0; i--)
        sketch_line(s, LEVEL_PRESENCE, tenths(dice, 1, 4));
    sketch_end(s);
}

static void add_breathe(struct sketch *s, struct dice *dice)
{
    static const int paces[][2] = {{4, 6}, {5, 5}, {4, 7}, {3, 5}};
    const int *pace = paces[roll(dice, 0, 3)];
    struct node *node;
    int least = roll(dice, 0, 3);
    switch (roll(dice, 0, 5)) {
    case 0:
        node = sketch_breaths(s, PATTERN_RAMP, 0, 0, 6, 11);
        break;
    case 1:
        node = sketch_breaths(s, PATTERN_SIGH, 0, 0, 1, 3);
        break;
    case 2:
        node = sketch_breathe(s, PATTERN_NATURAL, 0, 0, least, least + roll(dice, 0, 100));
        break;
    case 3:
        node = sketch_breaths(s, PATTERN_PACED, pace[0], pace[1], least, least + roll(dice, 0, 20));
        break;
    default:
        node = sketch_breathe(s, PATTERN_PACED, pace[0], pace[1], 10 * least,
                              chance(dice, 50) ? 600 : 90);
        break;
    }
    if (chance(dice, 20) && !dice->calm)
        node->level = LEVEL_CORE;
}

// A touch or a movement, by time or by breaths.
static struct node *begin_timed(struct sketch *s, struct dice *dice)
{
    const bool counted = chance(dice, 30);
    const int breaths = roll(dice, 1, 5);
    const int more = roll(dice, 0, 5);
    double least = counted ? 10 * breaths : tenths(dice, 20, 50);
    double most = least + (counted ? 10 * more : tenths(dice, 0, 40));
    struct node *node =
        chance(dice, 60) ? sketch_contact(s, least, most) : sketch_move(s, least, most);
    if (node->type == NODE_CONTACT) {
        node->as.contact.counted = counted;
        node->as.contact.least_breaths = counted ? breaths : 0;
        node->as.contact.most_breaths = counted ? breaths + more : 0;
    } else {
        node->as.move.counted = counted;
        node->as.move.least_breaths = counted ? breaths : 0;
        node->as.move.most_breaths = counted ? breaths + more : 0;
    }
    return node;
}

static void add_timed(struct sketch *s, struct dice *dice, struct around around)
{
    struct node *node = begin_timed(s, dice);
    if (chance(dice, 30) && !dice->calm)
        node->level = chance(dice, 50) ? LEVEL_CORE : LEVEL_EXTRA;
    for (int i = roll(dice, 0, 4); i > 0; i--) {
        if (chance(dice, 70))
            add_line(s, dice, (struct around){around.sides, true, around.depth + 1});
        else
            add_rest(s, dice);
    }
    sketch_end(s);
}

static void add_items(struct sketch *s, struct dice *dice, int count, struct around around);

static void add_block(struct sketch *s, struct dice *dice, struct around around)
{
    bool both = !around.sides && (dice->calm || chance(dice, 60));
    struct node *node = both ? sketch_sides(s) : sketch_repeat(s, roll(dice, 1, 2), 2);
    if (!both)
        node->as.repeat.most = node->as.repeat.least + roll(dice, 0, 3);
    if (chance(dice, 30) && !dice->calm)
        node->level = chance(dice, 50) ? LEVEL_CORE : LEVEL_EXTRA;
    add_items(s, dice, roll(dice, 1, 4),
              (struct around){around.sides || both, false, around.depth + 1});
    sketch_end(s);
}

static void add_items(struct sketch *s, struct dice *dice, int count, struct around around)
{
    const int depth = around.depth;
    while (count-- > 0 && s->session.line_count < SKETCH_LINES_MAX - 40) {
        int kind = roll(dice, 1, 100);
        if (kind <= 55)
            add_line(s, dice, around);
        else if (kind <= 67)
            add_rest(s, dice);
        else if (kind <= 77 && !(dice->calm && depth > 0))
            add_breathe(s, dice);
        else if (kind <= 87)
            add_timed(s, dice, around);
        else if (kind <= 90)
            sketch_mark(s, chance(dice, 50) ? NODE_SCENE : NODE_CHIME);
        else if (depth < (dice->calm ? 1 : 3))
            add_block(s, dice, around);
    }
}

static void add_shape(struct sketch *s, struct dice *dice, size_t section)
{
    struct sketch_point points[4];
    size_t count = (size_t)roll(dice, 1, 4);
    double at = 0;
    double target = 0;
    for (size_t i = 0; i < count; i++) {
        at += 60 * roll(dice, 1, 15);
        target += roll(dice, dice->calm || chance(dice, 80) ? 0 : -60, 200);
        target = target < 0 ? 0 : target;
        points[i] = (struct sketch_point){target, at};
    }
    sketch_shape(s, section, points, count);
}

static void add_sleep(struct sketch *s, struct dice *dice)
{
    s->session.ending = ENDING_SLEEP;
    for (int i = roll(dice, 1, 3); i > 0; i--) {
        double least = tenths(dice, 0, chance(dice, 20) ? 100 : 20);
        sketch_rest(s, least, least + tenths(dice, 0, chance(dice, 80) ? 4000 : 900));
        sketch_end(s);
    }
}

void generator_make(struct sketch *s, uint64_t seed, bool calm)
{
    struct dice dice = {seed, 0, calm};
    size_t sections = (size_t)roll(&dice, 1, 6);
    int shaped = calm ? (chance(&dice, 50) ? 100 : 0) : 50;
    bool sleeps = chance(&dice, 25);
    sections += sleeps;
    sketch_init(s, sections);
    s->session.breathes_free = chance(&dice, 10);
    for (size_t i = 0; i < sections; i++) {
        sketch_section(s, i);
        if (sleeps && i + 1 == sections)
            add_sleep(s, &dice);
        else
            add_items(s, &dice, roll(&dice, 1, 9), (struct around){false, false, 0});
        if (chance(&dice, shaped))
            add_shape(s, &dice, i);
    }
    if (s->session.line_count > 0)
        sketch_company(s);
}
