// SPDX-License-Identifier: GPL-3.0-or-later
// Scenes that change within a session, judged by what the engine renders.
#include "engine.h"
#include "scene_mixer.h"

#include "biquad.h"
#include "loudness.h"
#include "scene_recipe.h"
#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SCENES_MAX = 64 };

static struct engine_scene scenes[SCENES_MAX];
static struct scene_recipe *recipes[SCENES_MAX];
static char names[SCENES_MAX][64];
static size_t scene_count;

static bool load(const char *file)
{
    enum { FRAMES = 10 * FRAME_RATE };
    static float stereo[2 * FRAMES];
    char path[600];
    struct diagnostics list;
    struct error error;
    snprintf(path, sizeof path, LOOSEN_SOURCE_DIR "/audio/%s", file);
    snprintf(names[scene_count], sizeof *names, "%.*s", (int)(strlen(file) - 6), file);
    diagnostics_init(&list, path);
    bool done = scene_recipe_load(&recipes[scene_count], path, &list, &error) == STATUS_OK &&
                scene_recipe_sample(recipes[scene_count], stereo, FRAMES, &error) == STATUS_OK;
    diagnostics_free(&list);
    if (!done)
        return false;
    scenes[scene_count] = (struct engine_scene){text_from(names[scene_count]), recipes[scene_count],
                                                engine_scene_gain(loudness_of(stereo, FRAMES))};
    scene_count++;
    return true;
}

static int load_all(void **state)
{
    (void)state;
    DIR *dir = opendir(LOOSEN_SOURCE_DIR "/audio");
    struct dirent *entry;
    bool done = dir != NULL;
    while (done && (entry = readdir(dir)))
        if (strstr(entry->d_name, ".scene"))
            done = scene_count < SCENES_MAX && load(entry->d_name);
    if (dir)
        closedir(dir);
    return done && scene_count >= 6 ? 0 : -1;
}

static int free_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < scene_count; i++)
        scene_recipe_free(recipes[i]);
    return 0;
}

static struct engine_scene scene_named(const char *name)
{
    for (size_t i = 0; i < scene_count; i++)
        if (strcmp(names[i], name) == 0)
            return scenes[i];
    fail_msg("there is no %s", name);
    return scenes[0];
}

// A session without a word, and up to four changes of its scene.
struct changes {
    struct timeline timeline;
    struct event events[4];
};

static void changes_init(struct changes *changes, double seconds)
{
    *changes = (struct changes){.timeline = {.total_frames = (int64_t)(seconds * FRAME_RATE),
                                             .lead_frames = TIMELINE_LEAD_FRAMES,
                                             .tail_frames = 10 * (int64_t)FRAME_RATE}};
    changes->timeline.events = changes->events;
}

static void change(struct changes *changes, double at_s, const char *name)
{
    changes->events[changes->timeline.event_count++] =
        (struct event){.type = EVENT_SCENE,
                       .start_frame = (int64_t)(at_s * FRAME_RATE),
                       .as.scene.name = text_from(name)};
}

static struct engine *new_engine(const struct engine_scene *given, size_t count,
                                 const struct changes *changes)
{
    struct engine *engine;
    struct error error;
    const struct engine_config config = {.seed = 5, .scenes = given, .scene_count = count};
    assert_int_equal(engine_new(&engine, &config, &error), STATUS_OK);
    assert_int_equal(engine_set_timeline(engine, &changes->timeline, NULL, &error), STATUS_OK);
    return engine;
}

// Render the scene's stem in blocks of `block` frames, from `from` on.
static float *render_from(struct engine *engine, int64_t from, int64_t to, size_t block)
{
    float *stereo = malloc((size_t)(to - from) * 2 * sizeof *stereo);
    float *stems = malloc(block * STEM_CHANNELS * sizeof *stems);
    assert_non_null(stereo);
    assert_non_null(stems);
    if (from > 0)
        engine_seek(engine, from);
    for (int64_t at = from; at < to;) {
        size_t frames = to - at < (int64_t)block ? (size_t)(to - at) : block;
        engine_render(engine, stems, frames);
        for (size_t f = 0; f < frames; f++) {
            stereo[2 * ((size_t)(at - from) + f)] = stems[f * STEM_CHANNELS + 2 * STEM_SCENE];
            stereo[2 * ((size_t)(at - from) + f) + 1] =
                stems[f * STEM_CHANNELS + 2 * STEM_SCENE + 1];
        }
        at += (int64_t)frames;
    }
    free(stems);
    return stereo;
}

static float *render(const struct engine_scene *given, size_t count, const struct changes *changes)
{
    struct engine *engine = new_engine(given, count, changes);
    float *stereo = render_from(engine, 0, changes->timeline.total_frames, 4096);
    engine_free(engine);
    return stereo;
}

static bool same(const float *a, const float *b, double from_s, double to_s)
{
    size_t from = 2 * (size_t)(from_s * FRAME_RATE), to = 2 * (size_t)(to_s * FRAME_RATE);
    return memcmp(a + from, b + from, (to - from) * sizeof *a) == 0;
}

static void every_scene_is_as_loud(void **state)
{
    (void)state;
    struct changes changes;
    changes_init(&changes, 120);
    double sum = 0, lufs[SCENES_MAX];
    for (size_t i = 0; i < scene_count; i++) {
        float *stereo = render(&scenes[i], 1, &changes);
        lufs[i] = loudness_of(stereo + 2 * 15 * FRAME_RATE, 90 * FRAME_RATE);
        sum += lufs[i];
        print_message("%s %.2f LUFS\n", names[i], lufs[i]);
        free(stereo);
    }
    for (size_t i = 0; i < scene_count; i++)
        if (fabs(lufs[i] - sum / (double)scene_count) > 0.5)
            fail_msg("%s is at %.2f LUFS", names[i], lufs[i]);
}

static void changes_begin_at_their_frame_and_end(void **state)
{
    (void)state;
    const struct engine_scene given[] = {scene_named("shore"), scene_named("far-rain")};
    struct changes with, without;
    changes_init(&with, 60);
    changes_init(&without, 60);
    change(&with, 20, "far-rain");
    change(&with, 25, "far-rain"); // is on its way already
    change(&with, 40, "shore");
    float *changed = render(given, 2, &with), *shore = render(given, 2, &without);
    const struct engine_scene rain_alone[] = {given[1], given[0]};
    float *rain = render(rain_alone, 2, &without);
    assert_true(same(changed, shore, 0, 20));
    assert_false(same(changed, shore, 20, 20.1));
    // What was changed to stands alone at the end, begun at its own start.
    double rest = 0, power = 0;
    for (size_t i = 2 * 30 * FRAME_RATE; i < 2 * 40 * FRAME_RATE; i++) {
        rest += (double)(changed[i] * shore[i]);
        power += (double)(shore[i] * shore[i]);
    }
    assert_true(fabs(rest / power) < 0.05);
    assert_false(same(changed, rain, 30, 40));
    free(changed);
    free(shore);
    free(rain);
}

static void names_that_are_not_there_are_passed_over(void **state)
{
    (void)state;
    const struct engine_scene given[] = {scene_named("shore"), scene_named("pad")};
    struct changes with, without;
    changes_init(&with, 30);
    changes_init(&without, 30);
    change(&with, 12, "thunder");
    change(&with, 15, "shore"); // sounds already
    float *a = render(given, 2, &with), *b = render(given, 2, &without);
    assert_true(same(a, b, 0, 30));
    free(a);
    free(b);
}

static void bits_are_the_same_however_they_are_asked_for(void **state)
{
    (void)state;
    const struct engine_scene given[] = {scene_named("brook"), scene_named("pad")};
    struct changes changes;
    changes_init(&changes, 45);
    change(&changes, 14.3, "pad");
    change(&changes, 17, "brook"); // waits for the end of the one before
    float *whole = render(given, 2, &changes);
    const size_t blocks[] = {7, 512};
    for (size_t b = 0; b < 2; b++) {
        struct engine *engine = new_engine(given, 2, &changes);
        float *stereo = render_from(engine, 0, changes.timeline.total_frames, blocks[b]);
        assert_true(same(whole, stereo, 0, 45));
        free(stereo);
        stereo = render_from(engine, 18 * FRAME_RATE + 5, changes.timeline.total_frames, 512);
        assert_memory_equal(stereo, whole + 2 * (18 * FRAME_RATE + 5),
                            (size_t)(27 * FRAME_RATE - 5) * 2 * sizeof *stereo);
        free(stereo);
        engine_free(engine);
    }
    free(whole);
}

static void changes_wait_for_one_another(void **state)
{
    (void)state;
    const struct engine_scene given[] = {scene_named("shore"), scene_named("pad")};
    struct changes one, two;
    changes_init(&one, 40);
    change(&one, 14, "pad");
    two = one;
    two.timeline.events = two.events;
    change(&two, 17, "shore");
    float *a = render(given, 2, &one), *b = render(given, 2, &two);
    assert_true(same(a, b, 0, 24));
    assert_false(same(a, b, 24, 24.5));
    free(a);
    free(b);
}

static void plans_that_follow_a_lead_change_no_bit(void **state)
{
    (void)state;
    const struct engine_scene given[] = {scene_named("hush"), scene_named("brook")};
    struct changes lead, plan;
    struct error error;
    changes_init(&lead, 40);
    changes_init(&plan, 40);
    change(&plan, 10, "brook");
    float *whole = render(given, 2, &plan);
    struct engine *engine = new_engine(given, 2, &lead);
    float *first = render_from(engine, 0, 2 * FRAME_RATE + 11, 512);
    assert_int_equal(engine_set_timeline(engine, &plan.timeline, NULL, &error), STATUS_OK);
    float *all = malloc(2 * 38 * FRAME_RATE * sizeof *all);
    assert_non_null(all);
    float stems[11 * STEM_CHANNELS];
    for (size_t f = 0; f < 37 * FRAME_RATE; f += 11) {
        engine_render(engine, stems, 11);
        for (size_t i = 0; i < 11; i++)
            memcpy(all + 2 * (f + i), stems + i * STEM_CHANNELS + 2 * STEM_SCENE,
                   2 * sizeof *stems);
    }
    assert_memory_equal(first, whole, (2 * FRAME_RATE + 11) * 2 * sizeof *first);
    assert_memory_equal(all, whole + 2 * (2 * FRAME_RATE + 11), 37 * FRAME_RATE * 2 * sizeof *all);
    free(whole);
    free(first);
    free(all);
    engine_free(engine);
}

// From each scene to each other: the level of half a second above 150 Hz moves by less than 6 dB/s
// and stays near that of the scenes before and after.
static void fades_keep_the_level(void **state)
{
    (void)state;
    enum { STEP = FRAME_RATE / 2 };
    double lowest = 99, highest = -99, steepest = 0;
    for (size_t i = 0; i < scene_count; i++) {
        const struct engine_scene given[] = {scenes[i], scenes[(i + 1) % scene_count]};
        struct changes changes;
        changes_init(&changes, 60);
        change(&changes, 25, names[(i + 1) % scene_count]);
        float *stereo = render(given, 2, &changes);
        double around = loudness_of(stereo + 2 * 15 * FRAME_RATE, 10 * FRAME_RATE) / 2 +
                        loudness_of(stereo + 2 * 35 * FRAME_RATE, 10 * FRAME_RATE) / 2;
        for (double from = 25; from < 35; from += 1) {
            double now = loudness_of(stereo + 2 * (int)(from * FRAME_RATE), FRAME_RATE);
            lowest = fmin(lowest, now - around);
            highest = fmax(highest, now - around);
        }
        struct biquad highpass;
        biquad_highpass(&highpass, 150, 0.7);
        biquad_process_stereo(&highpass, stereo, 60 * FRAME_RATE);
        double before = 0;
        for (size_t at = 20 * FRAME_RATE; at < 40 * FRAME_RATE; at += STEP) {
            double power = 0;
            for (size_t f = 2 * at; f < 2 * (at + STEP); f++)
                power += (double)(stereo[f] * stereo[f]);
            double now = 10 * log10(power);
            if (at > 20 * FRAME_RATE)
                steepest = fmax(steepest, fabs(now - before) * 2);
            before = now;
        }
        free(stereo);
    }
    print_message("cross-fades: %.1f .. %.1f LU around the scenes, at most %.1f dB/s\n", lowest,
                  highest, steepest);
    assert_true(lowest > -3 && highest < 3 && steepest < 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scene_is_as_loud),
        cmocka_unit_test(changes_begin_at_their_frame_and_end),
        cmocka_unit_test(names_that_are_not_there_are_passed_over),
        cmocka_unit_test(bits_are_the_same_however_they_are_asked_for),
        cmocka_unit_test(changes_wait_for_one_another),
        cmocka_unit_test(plans_that_follow_a_lead_change_no_bit),
        cmocka_unit_test(fades_keep_the_level),
    };
    return cmocka_run_group_tests(tests, load_all, free_all);
}
