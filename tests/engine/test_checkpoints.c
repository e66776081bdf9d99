// SPDX-License-Identifier: GPL-3.0-or-later
// Going back to a recent moment of the engine, judged bit by bit.
#include "checkpoints.h"

#include "random.h"
#include "scene_recipe.h"
#include "score.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SCENES = 3, LENGTH = 150 * FRAME_RATE, BLOCK = 1000 };

static const char *const names[SCENES] = {"brook", "pad", "shore"}; // grains, chords, delays
static struct scene_recipe *recipes[SCENES];
static struct engine_scene scenes[SCENES];

static int load_scenes(void **state)
{
    (void)state;
    struct error error;
    for (int i = 0; i < SCENES; i++) {
        char path[600];
        struct diagnostics list;
        snprintf(path, sizeof path, LOOSEN_SOURCE_DIR "/audio/%s.scene", names[i]);
        diagnostics_init(&list, path);
        enum status status = scene_recipe_load(&recipes[i], path, &list, &error);
        diagnostics_free(&list);
        if (status != STATUS_OK)
            return -1;
        scenes[i] = (struct engine_scene){text_from(names[i]), recipes[i], 0.1};
    }
    return 0;
}

static int free_scenes(void **state)
{
    (void)state;
    for (int i = 0; i < SCENES; i++)
        scene_recipe_free(recipes[i]);
    return 0;
}

// Voice, bouts and chimes of a random score, and a change of the scene every 17 s.
static struct score *make_score(uint64_t seed)
{
    struct score *score = malloc(sizeof *score);
    assert_non_null(score);
    score_random(score, seed);
    struct timeline *timeline = &score->timeline;
    size_t change = 0;
    for (size_t i = 0; i < timeline->event_count; i++) {
        int64_t due = (int64_t)(change + 1) * 17 * FRAME_RATE;
        if (timeline->events[i].start_frame < due)
            continue;
        assert_true(timeline->event_count < SCORE_EVENTS_MAX);
        memmove(&timeline->events[i + 1], &timeline->events[i],
                (timeline->event_count++ - i) * sizeof *timeline->events);
        timeline->events[i] = (struct event){.type = EVENT_SCENE,
                                             .start_frame = due,
                                             .as.scene.name = text_from(names[++change % SCENES])};
    }
    assert_true(change > 5 && timeline->total_frames > LENGTH);
    return score;
}

static struct engine *make_engine(const struct score *score)
{
    struct engine *engine;
    struct error error;
    const struct engine_config config = {
        .seed = 5, .scenes = scenes, .scene_count = SCENES, .breath_tone = true};
    assert_int_equal(engine_new(&engine, &config, &error), STATUS_OK);
    assert_int_equal(engine_set_timeline(engine, &score->timeline, &score->bank, &error),
                     STATUS_OK);
    return engine;
}

static void free_score(struct score *score)
{
    score_deinit(score);
    free(score);
}

static void the_same_bits_follow_wherever_it_goes_back_to(void **state)
{
    (void)state;
    static float whole[LENGTH * STEM_CHANNELS];
    float block[BLOCK * STEM_CHANNELS];
    struct score *score = make_score(3);
    struct engine *engine = make_engine(score);
    struct checkpoints checkpoints;
    engine_render(engine, whole, LENGTH);
    engine_seek(engine, 0);
    assert_int_equal(checkpoints_init(&checkpoints, engine, NULL), STATUS_OK);
    int returns = 0;
    for (uint64_t turn = 0; engine_position(engine) + BLOCK <= LENGTH; turn++) {
        int64_t at = engine_position(engine);
        engine_render(engine, block, BLOCK);
        assert_memory_equal(block, whole + at * STEM_CHANNELS, sizeof block);
        checkpoints_keep(&checkpoints);
        if (turn % 60 != 59)
            continue;
        uint64_t most = FRAME_RATE / 2 * (returns % 8 == 0 ? 15 : 1);
        int64_t back = (int64_t)(random_at(7, turn) % most);
        int64_t frame = back < engine_position(engine) ? engine_position(engine) - back : 0;
        checkpoints_return(&checkpoints, frame);
        assert_int_equal(engine_position(engine), frame);
        returns++;
    }
    assert_true(returns > 100);
    assert_true(checkpoints.count == CHECKPOINTS_STATES); // none of this came from a seek
    checkpoints_deinit(&checkpoints);
    engine_free(engine);
    free_score(score);
}

static void beyond_its_reach_it_begins_anew(void **state)
{
    (void)state;
    static float whole[60 * FRAME_RATE * STEM_CHANNELS];
    float block[BLOCK * STEM_CHANNELS];
    struct score *score = make_score(4);
    struct engine *engine = make_engine(score);
    struct checkpoints checkpoints;
    assert_int_equal(checkpoints_init(&checkpoints, engine, NULL), STATUS_OK);
    for (int64_t at = 0; at < 60 * FRAME_RATE; at += BLOCK) {
        engine_render(engine, whole + at * STEM_CHANNELS, BLOCK);
        checkpoints_keep(&checkpoints);
    }
    checkpoints_return(&checkpoints, 30 * FRAME_RATE + 7);
    assert_int_equal(checkpoints.count, 0);
    engine_render(engine, block, BLOCK);
    assert_memory_equal(block, whole + (30 * FRAME_RATE + 7) * STEM_CHANNELS, sizeof block);
    checkpoints_deinit(&checkpoints);
    engine_free(engine);
    free_score(score);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_bits_follow_wherever_it_goes_back_to),
        cmocka_unit_test(beyond_its_reach_it_begins_anew),
    };
    return cmocka_run_group_tests(tests, load_scenes, free_scenes);
}
