// SPDX-License-Identifier: GPL-3.0-or-later
// Around the touch or movement stand its rounds, and around these its sides.
#include "import_block.h"

#include "import_places.h"
#include "pace.h"

#define SECOND ((int64_t)FRAME_RATE)

enum {
    BREATH_LEAST = 7,    // seconds, at the fastest pace
    BREATH_SECONDS = 10, // as written
    GAP_SECONDS = 2,     // behind a line
    ACTION_SECONDS = 8,  // that one of them may ask for
    PRESSURE_LEAST = 3,  // where none is said
    PRESSURE_MOST = 4,
};

static void add_part(struct import_places *maker, struct import_list *list, enum import_place part,
                     int64_t rest_most)
{
    struct import_said said = {.list = list,
                               .text = BUFFER_INIT,
                               .first = part == IMPORT_PLACE_SETUP || part == IMPORT_PLACE_INSIDE ||
                                                part == IMPORT_PLACE_END
                                            ? maker->first
                                            : SIDE_NONE,
                               .rest_most = rest_most};
    for (size_t i = 0; i < maker->count; i++)
        if (maker->places[i] == part)
            import_said_add(maker->state, &said, &maker->sentences[i], maker->texts[i]);
    import_said_end(maker->state, &said);
}

static const struct node *line_of(const struct import_places *maker)
{
    size_t at = maker->step->subject == TOUCH_STEP_NO_SENTENCE ? 0 : maker->step->subject;
    return maker->sentences[at].line;
}

static int64_t most_frames(const struct touch_step *step)
{
    return (step->counted ? BREATH_SECONDS : 1) * step->most * SECOND;
}

static struct node *timed_node(struct import_places *maker)
{
    const struct touch_step *step = maker->step;
    const bool touch = step->kind == TOUCH_STEP_CONTACT;
    struct node *node = import_node(maker->state, line_of(maker), touch ? NODE_CONTACT : NODE_MOVE);
    if (!node)
        return NULL;
    const struct range frames = {(step->counted ? BREATH_SECONDS : 1) * step->least * SECOND,
                                 most_frames(step)};
    if (!touch) {
        node->as.move.name = step->move;
        node->as.move.counted = step->counted;
        node->as.move.frames = frames;
        node->as.move.least_breaths = step->least;
        node->as.move.most_breaths = step->most;
        return node;
    }
    node->as.contact.region = step->region;
    node->as.contact.tool = step->tool;
    node->as.contact.surface = step->surface;
    node->as.contact.pressure_least =
        step->pressure_most > 0 ? step->pressure_least : PRESSURE_LEAST;
    node->as.contact.pressure_most = step->pressure_most > 0 ? step->pressure_most : PRESSURE_MOST;
    node->as.contact.counted = step->counted;
    node->as.contact.frames = frames;
    node->as.contact.least_breaths = step->least;
    node->as.contact.most_breaths = step->most;
    return node;
}

// What is quiet in it at least: a voice may take longer than the guess, and so does a body.
static int64_t quiet_frames(const struct import_places *maker)
{
    const struct touch_step *step = maker->step;
    int64_t least = (step->counted ? BREATH_LEAST : 1) * step->least * SECOND;
    for (size_t i = 0; i < maker->count; i++)
        if (maker->places[i] == IMPORT_PLACE_INSIDE)
            least -= pace_guess_clip(maker->texts[i]) * 5 / 4 + GAP_SECONDS * SECOND;
    least -= import_places_have(maker, IMPORT_PLACE_INSIDE) ? ACTION_SECONDS * SECOND : 0;
    return least > 0 ? least / SECOND * SECOND : 0;
}

// The touch or movement, with what is said in it and quiet in which somebody speaks up. In a
// further round it is quiet.
static struct node *make_timed(struct import_places *maker, bool again)
{
    struct import_state *state = maker->state;
    const int64_t most = most_frames(maker->step);
    struct node *node = timed_node(maker);
    struct node *rest = import_rest(state, line_of(maker), quiet_frames(maker), most);
    if (!node || !rest)
        return NULL;
    struct import_list inside;
    import_list_init(&inside);
    if (!again)
        add_part(maker, &inside, IMPORT_PLACE_INSIDE, 0);
    import_list_add(&inside, rest);
    node->children = inside.first;
    return node;
}

static void add_end(struct import_places *maker, struct import_list *list, bool ended)
{
    struct import_state *state = maker->state;
    const struct text *words = state->words.language->touch.say;
    bool said = maker->release.size > 0 || (ended && !maker->sides);
    if (maker->release.size > 0)
        import_list_add(
            list, import_words_line(&state->words, line_of(maker), maker->release, maker->first));
    for (size_t i = 0; i < maker->count; i++)
        said |= maker->places[i] == IMPORT_PLACE_END;
    add_part(maker, list, IMPORT_PLACE_END, 0);
    if (said)
        return;
    struct text end =
        words[maker->step->kind == TOUCH_STEP_CONTACT ? SAY_CONTACT_END : SAY_MOVE_END];
    import_list_add(list, import_words_say(&state->words, line_of(maker), end));
    if (!state->told_end)
        import_note(
            state, line_of(maker),
            "\"%.*s\" is said where the text has no word for the end of a touch or movement",
            TEXT_ARG(end));
    state->told_end = true;
}

// Who lies with closed eyes hears which side is on.
static void add_passes(struct import_places *maker, struct import_list *list)
{
    struct import_state *state = maker->state;
    const struct text *words = state->words.language->touch.say;
    if (!maker->sides || maker->names_sides)
        return;
    struct node *second = import_words_say(&state->words, line_of(maker), words[SAY_SECOND]);
    struct node *first = import_words_say(&state->words, line_of(maker), words[SAY_FIRST]);
    if (!first || !second)
        return;
    first->pass = PASS_FIRST;
    second->pass = PASS_SECOND;
    if (!import_places_have(maker, IMPORT_PLACE_FIRST))
        import_list_add(list, first);
    if (!import_places_have(maker, IMPORT_PLACE_SECOND))
        import_list_add(list, second);
}

static void add_pass(struct import_places *maker, struct import_list *list, enum import_place place,
                     enum pass pass)
{
    struct import_list lines;
    import_list_init(&lines);
    add_part(maker, &lines, place, 0);
    for (struct node *n = lines.first; n; n = n->next)
        n->pass = pass;
    import_list_add(list, lines.first);
}

// Further rounds, each with a word that it begins.
static void add_rounds(struct import_places *maker, struct import_list *list, bool ended)
{
    struct import_state *state = maker->state;
    const struct text again = state->words.language->touch.say[SAY_AGAIN];
    const int further = maker->step->rounds - 1;
    if (further == 0)
        return;
    struct import_list round;
    import_list_init(&round);
    import_list_add(&round, import_rest(state, line_of(maker), 5 * SECOND, 15 * SECOND));
    import_list_add(&round, import_words_say(&state->words, line_of(maker), again));
    import_list_add(&round, make_timed(maker, true));
    add_end(maker, &round, ended);
    struct node *repeat = further > 1 ? import_node(state, line_of(maker), NODE_REPEAT) : NULL;
    if (repeat) {
        repeat->as.repeat.least = repeat->as.repeat.most = further;
        repeat->children = round.first;
    }
    import_list_add(list, repeat ? repeat : round.first);
}

// What each side gets.
static struct node *make_side(struct import_places *maker, bool ended)
{
    struct import_list side;
    import_list_init(&side);
    add_passes(maker, &side);
    add_pass(maker, &side, IMPORT_PLACE_SECOND, PASS_SECOND);
    add_part(maker, &side, IMPORT_PLACE_SETUP, 0);
    add_pass(maker, &side, IMPORT_PLACE_FIRST, PASS_FIRST);
    import_list_add(&side, make_timed(maker, false));
    add_end(maker, &side, ended && maker->step->rounds == 1);
    add_rounds(maker, &side, ended);
    return side.first;
}

// ---- What is told of it -------------------------------------------------------------------------

static void tell(struct import_places *maker)
{
    struct import_state *state = maker->state;
    const struct touch_step *step = maker->step;
    const struct node *line = line_of(maker);
    if (step->kind == TOUCH_STEP_CONTACT && step->pressure_most == 0)
        import_note(state, line, "how hard is not said: pressure %d..%d is supposed",
                    PRESSURE_LEAST, PRESSURE_MOST);
    if (step->sides_guessed)
        import_note(state, line, "no side is said: both get the same");
    if (step->repetitions)
        import_note(state, line, "repetitions are slow ones: together %d to %d seconds%s",
                    step->least, step->most,
                    step->sides == TOUCH_STEP_SIDES_TURN ? ", to both sides in turn" : "");
    if (step->from_pause)
        import_note(state, line, "it lasts as long as the text is quiet behind it");
}

// What may be left out is left out as a whole: the block is marked, and not what is in it.
static void set_level(struct node *nodes, enum level level)
{
    for (struct node *n = nodes; n; n = n->next) {
        n->level = level;
        if (n->type != NODE_REST)
            set_level(n->children, LEVEL_MUST);
    }
}

void import_block_make(struct import_state *state, struct import_list *list,
                       const struct touch_step *step, const struct touch_source *source, bool ended)
{
    struct import_places maker = {.state = state,
                                  .step = step,
                                  .sentences = source->sentences,
                                  .count = source->count,
                                  .first = SIDE_NONE};
    if (source->count > IMPORT_PLACES_MAX) {
        import_lines_add(state, list, source->sentences, source->count, 0);
        return;
    }
    import_places_share(&maker);
    tell(&maker);
    add_part(&maker, list, IMPORT_PLACE_BEFORE, 0);
    struct node *made = make_side(&maker, ended);
    struct node *sides = maker.sides ? import_node(state, line_of(&maker), NODE_SIDES) : NULL;
    if (sides) {
        enum side first = maker.first == SIDE_NONE ? SIDE_LEFT : maker.first;
        sides->as.sides.order[0] = first;
        sides->as.sides.order[1] = first == SIDE_LEFT ? SIDE_RIGHT : SIDE_LEFT;
        sides->children = made;
    }
    const bool optional = step->subject != TOUCH_STEP_NO_SENTENCE &&
                          import_level(&source->sentences[step->subject]) != LEVEL_MUST;
    if (optional)
        set_level(sides ? sides : made, LEVEL_CORE);
    import_list_add(list, sides ? sides : made);
    add_part(&maker, list, IMPORT_PLACE_BEHIND, IMPORT_LINE_REST_MOST);
    state->contact |= step->kind == TOUCH_STEP_CONTACT;
    state->move |= step->kind == TOUCH_STEP_MOVE;
}
