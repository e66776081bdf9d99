// SPDX-License-Identifier: GPL-3.0-or-later
// Facts about the shipped recipes, measured on what they render.
#include "scene.h"

#include "loudness.h"
#include "recipe.h"
#include "scene_recipe.h"
#include "spectrum.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SECONDS = 40, FRAMES = SECONDS * FRAME_RATE };

static const double plain[2] = {1, 1}; // a gain that changes nothing
static float stereo[2 * FRAMES];

static void near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance))
        fail_msg("%.9g is not within %g of %.9g", a, tolerance, b);
}

static struct scene_recipe *load_shore(void)
{
    struct diagnostics list;
    diagnostics_init(&list, "shore.scene");
    struct scene_recipe *recipe = NULL;
    struct error error = {0};
    if (scene_recipe_load(&recipe, LOOSEN_SOURCE_DIR "/audio/shore.scene", &list, &error) !=
        STATUS_OK)
        fail_msg("%s", error.text);
    diagnostics_free(&list);
    return recipe;
}

// `frames` of the shore at a swell that stands still.
static void render(uint64_t seed, struct scene_swell swell, size_t frames)
{
    struct scene_recipe *recipe = load_shore();
    struct scene *scene;
    struct error error = {0};
    assert_int_equal(scene_new(&scene, recipe, seed, &error), STATUS_OK);
    scene_recipe_free(recipe);
    scene_reset(scene, &swell);
    assert_true(frames <= FRAMES);
    for (size_t at = 0; at < frames; at += SCENE_QUANTUM)
        scene_process(scene, &swell, plain, stereo + 2 * at);
    scene_free(scene);
}

static const struct scene_swell middle = {.breath = 0.5, .pacing = 1};

static void spectrum_falls_gently(void **state)
{
    (void)state;
    render(1, middle, FRAMES);
    double before = spectrum_density_db(stereo, FRAMES, 2, 125);
    double first = before;
    for (double hz = 250; hz <= 16000; hz *= 2) {
        double now = spectrum_density_db(stereo, FRAMES, 2, hz);
        double most = hz > 4000 ? 12 : 7; // roll-off above
        if (!(before - now > 1.5 && before - now < most))
            fail_msg("from %g to %g Hz the shore falls by %.1f dB", hz / 2, hz, before - now);
        if (hz == 4000)
            near((first - now) / 5, 4.5, 1.5); // 3 .. 6 dB an octave
        before = now;
    }
    // Nothing for small loudspeakers to choke on.
    near(spectrum_density_db(stereo, FRAMES, 2, 20) - first, -7, 4);
    near(spectrum_mean(stereo, FRAMES, 2), 0, 1e-5);
    near(spectrum_mean(stereo + 1, FRAMES, 2), 0, 1e-5);
}

static void channels_are_wide_but_not_apart(void **state)
{
    (void)state;
    render(1, middle, FRAMES);
    near(spectrum_correlation(stereo, stereo + 1, FRAMES, 2), 0.3, 0.05); // 1 - width
    near(spectrum_rms_db(stereo, FRAMES, 2) - spectrum_rms_db(stereo + 1, FRAMES, 2), 0, 1.9);
    // A slow drift: the balance differs between stretches, by no more than its 1.8 dB.
    double least = 99, most = -99;
    for (size_t at = 0; at + 2 * FRAME_RATE <= FRAMES; at += 2 * FRAME_RATE) {
        double balance = spectrum_rms_db(stereo + 2 * at, 2 * FRAME_RATE, 2) -
                         spectrum_rms_db(stereo + 2 * at + 1, 2 * FRAME_RATE, 2);
        least = fmin(least, balance);
        most = fmax(most, balance);
    }
    assert_true(most - least > 0.5 && most - least < 4.2);
}

static void breath_swings_6_to_8_lu_and_brightens(void **state)
{
    (void)state;
    render(1, (struct scene_swell){0, 1}, FRAMES);
    double trough = loudness_of(stereo, FRAMES);
    double dark =
        spectrum_density_db(stereo, FRAMES, 2, 4000) - spectrum_density_db(stereo, FRAMES, 2, 250);
    render(1, middle, FRAMES);
    double mid = loudness_of(stereo, FRAMES);
    render(1, (struct scene_swell){1, 1}, FRAMES);
    double crest = loudness_of(stereo, FRAMES);
    double bright =
        spectrum_density_db(stereo, FRAMES, 2, 4000) - spectrum_density_db(stereo, FRAMES, 2, 250);
    print_message("trough %.2f, middle %.2f, crest %.2f LUFS\n", trough, mid, crest);
    assert_true(crest - trough >= 6 && crest - trough <= 8);
    near(mid, (crest + trough) / 2, 0.3);
    assert_true(bright - dark > 3);
}

// Level of every 250 ms over ten minutes of free swell.
static size_t free_levels(uint64_t seed, double *levels, size_t most)
{
    struct scene_recipe *recipe = load_shore();
    struct scene *scene;
    struct error error = {0};
    assert_int_equal(scene_new(&scene, recipe, seed, &error), STATUS_OK);
    scene_recipe_free(recipe);
    const struct scene_swell free_swell = {0, 0};
    enum { STEP = FRAME_RATE / 4 - FRAME_RATE / 4 % SCENE_QUANTUM };
    for (size_t i = 0; i < most; i++) {
        for (size_t at = 0; at < STEP; at += SCENE_QUANTUM)
            scene_process(scene, &free_swell, plain, stereo + 2 * at);
        levels[i] = spectrum_rms_db(stereo, STEP, 2) / 2 + spectrum_rms_db(stereo + 1, STEP, 2) / 2;
    }
    scene_free(scene);
    return most;
}

static double autocorrelation(const double *levels, size_t count, size_t lag)
{
    double mean = 0, power = 0, product = 0;
    for (size_t i = 0; i < count; i++)
        mean += levels[i] / (double)count;
    for (size_t i = 0; i < count; i++)
        power += (levels[i] - mean) * (levels[i] - mean);
    for (size_t i = 0; i + lag < count; i++)
        product += (levels[i] - mean) * (levels[i + lag] - mean);
    return product / power * (double)count / (double)(count - lag);
}

static void free_swell_is_shallow_and_has_no_period(void **state)
{
    (void)state;
    enum { COUNT = 2400 };
    static double levels[COUNT];
    size_t count = free_levels(9, levels, COUNT);
    double low = 0, high = 0; // means of the quietest and loudest tenth: 3 dB and brightness
    double sorted[COUNT];
    memcpy(sorted, levels, sizeof sorted);
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && sorted[j] < sorted[j - 1]; j--) {
            double swap = sorted[j];
            sorted[j] = sorted[j - 1];
            sorted[j - 1] = swap;
        }
    for (size_t i = 0; i < COUNT / 10; i++) {
        low += sorted[i] / (COUNT / 10);
        high += sorted[COUNT - 1 - i] / (COUNT / 10);
    }
    print_message("free swell: %.2f dB between the quietest and loudest tenth\n", high - low);
    assert_true(high - low > 2.4 && high - low < 4.6);
    // Half a period of 11 s on the level is opposite. Periods near one another keep some
    // likeness for a while; what is left after two minutes differs from seed to seed.
    assert_true(autocorrelation(levels, count, 22) < -0.1);
    enum { SEEDS = 4, LAG_LEAST = 120 * 4, LAG_MOST = 300 * 4 };
    static double mean[LAG_MOST];
    for (uint64_t seed = 9; seed < 9 + SEEDS; seed++) {
        free_levels(seed, levels, COUNT);
        for (size_t lag = LAG_LEAST; lag < LAG_MOST; lag++)
            mean[lag] += autocorrelation(levels, count, lag) / SEEDS;
    }
    for (size_t lag = LAG_LEAST; lag < LAG_MOST; lag++)
        if (mean[lag] > 0.35)
            fail_msg("the level repeats itself after %g s: %.2f", (double)lag / 4, mean[lag]);
}

static void samples_do_not_repeat(void **state)
{
    (void)state;
    render(1, middle, FRAMES);
    // Second against second: independent noise of this bandwidth correlates below 0.05.
    for (size_t s = 1; s < SECONDS; s++)
        near(spectrum_correlation(stereo, stereo + 2 * s * FRAME_RATE, FRAME_RATE, 2), 0, 0.12);
}

static void seeds_repeat_and_differ(void **state)
{
    (void)state;
    enum { SHORT = 10 * FRAME_RATE };
    static float first[2 * SHORT];
    render(1, (struct scene_swell){0.3, 0.5}, SHORT);
    memcpy(first, stereo, sizeof first);
    render(1, (struct scene_swell){0.3, 0.5}, SHORT);
    assert_memory_equal(first, stereo, sizeof first);
    render(2, (struct scene_swell){0.3, 0.5}, SHORT);
    near(spectrum_correlation(first, stereo, SHORT, 2), 0, 0.05);
}

static void reset_starts_again(void **state)
{
    (void)state;
    struct scene_recipe *recipe = load_shore();
    struct scene *scene;
    struct error error = {0};
    assert_int_equal(scene_new(&scene, recipe, 1, &error), STATUS_OK);
    scene_recipe_free(recipe);
    float first[2 * SCENE_QUANTUM], again[2 * SCENE_QUANTUM];
    const struct scene_swell start = {0, 0};
    scene_process(scene, &start, plain, first);
    for (int i = 0; i < 5000; i++)
        scene_process(scene, &(struct scene_swell){0.8, 1}, plain, again);
    assert_memory_not_equal(first, again, sizeof first);
    scene_reset(scene, &start);
    scene_process(scene, &start, plain, again);
    assert_memory_equal(first, again, sizeof first);
    scene_free(scene);
}

// A step of the breath, which no timeline asks for, is followed by the surf within the quantum but
// by a delayed layer 0.8 s later.
static void delayed_layers_follow_later(void **state)
{
    (void)state;
    static const char text[] = "scene: late\n"
                               "layer a: white, follow breath 8 dB, delay 0.8s\n";
    struct diagnostics list;
    diagnostics_init(&list, "late");
    struct scene_recipe *recipe = NULL;
    struct error error = {0};
    assert_int_equal(scene_recipe_parse(&recipe, text_from(text), &list, &error), STATUS_OK);
    struct scene *scene;
    assert_int_equal(scene_new(&scene, recipe, 1, &error), STATUS_OK);
    scene_reset(scene, &(struct scene_swell){0, 1});
    double before = 0, after = 0;
    const size_t delay = 8 * FRAME_RATE / 10 / SCENE_QUANTUM; // 0.8 s, in quanta
    for (size_t i = 0; i < 2 * delay; i++)
        scene_process(scene, &(struct scene_swell){1, 1}, plain, stereo + 2 * i * SCENE_QUANTUM);
    before = spectrum_rms_db(stereo, delay * SCENE_QUANTUM, 2);
    after =
        spectrum_rms_db(stereo + 2 * (delay + 1) * SCENE_QUANTUM, (delay - 1) * SCENE_QUANTUM, 2);
    near(after - before, 8, 0.3);
    scene_free(scene);
    scene_recipe_free(recipe);
    diagnostics_free(&list);
}

static void sample_has_the_written_level(void **state)
{
    (void)state;
    struct error error = {0};
    struct scene_recipe *recipe = load_shore();
    memset(stereo, 0, sizeof stereo);
    assert_int_equal(scene_recipe_sample(recipe, stereo, 12345, &error), STATUS_OK);
    assert_true(stereo[2 * 12344] != 0 && stereo[2 * 12345] == 0);
    assert_int_equal(scene_recipe_sample(recipe, stereo, FRAMES, &error), STATUS_OK);
    double sampled = loudness_of(stereo, FRAMES);
    render(77, middle, FRAMES);
    near(loudness_of(stereo, FRAMES), sampled, 0.2); // what is calibrated holds for any seed
    scene_recipe_free(recipe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spectrum_falls_gently),
        cmocka_unit_test(channels_are_wide_but_not_apart),
        cmocka_unit_test(breath_swings_6_to_8_lu_and_brightens),
        cmocka_unit_test(free_swell_is_shallow_and_has_no_period),
        cmocka_unit_test(samples_do_not_repeat),
        cmocka_unit_test(seeds_repeat_and_differ),
        cmocka_unit_test(reset_starts_again),
        cmocka_unit_test(delayed_layers_follow_later),
        cmocka_unit_test(sample_has_the_written_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
