// SPDX-License-Identifier: GPL-3.0-or-later
// Facts that hold for every scene in audio/, found there by name.
#include "recipe.h"

#include "biquad.h"
#include "loudness.h"
#include "scene.h"
#include "scene_recipe.h"
#include "spectrum.h"
#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { SECONDS = 60, FRAMES = SECONDS * FRAME_RATE, SCENES_MAX = 64 };

static struct scene_recipe *recipes[SCENES_MAX];
static size_t recipe_count;
static const double plain[2] = {1, 1}; // a gain that changes nothing
static float stereo[2 * FRAMES], filtered[2 * FRAMES];

static const struct scene_swell middle = {.breath = 0.5, .pacing = 1}, unpaced = {0, 0};

static int load_all(void **state)
{
    (void)state;
    DIR *dir = opendir(LOOSEN_SOURCE_DIR "/audio");
    struct dirent *entry;
    while (dir && (entry = readdir(dir)) && recipe_count < SCENES_MAX) {
        char path[600];
        struct diagnostics list;
        struct error error;
        if (!strstr(entry->d_name, ".scene"))
            continue;
        snprintf(path, sizeof path, LOOSEN_SOURCE_DIR "/audio/%s", entry->d_name);
        diagnostics_init(&list, path);
        if (scene_recipe_load(&recipes[recipe_count], path, &list, &error) != STATUS_OK) {
            print_error("%s: %s\n", path, error.text);
            return -1;
        }
        recipe_count++;
        diagnostics_free(&list);
    }
    if (dir)
        closedir(dir);
    return recipe_count >= 6 ? 0 : -1;
}

static int free_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < recipe_count; i++)
        scene_recipe_free(recipes[i]);
    return 0;
}

static void between(const char *scene, const char *what, double value, double least, double most)
{
    if (!(value >= least && value <= most))
        fail_msg("%s: %s is %.3g, not in %g .. %g", scene, what, value, least, most);
}

static bool has(const struct scene_recipe *recipe, enum recipe_kind kind)
{
    for (int i = 0; i < recipe->layer_count; i++)
        if (recipe->layers[i].kind == kind)
            return true;
    return false;
}

static struct scene *start(const struct scene_recipe *recipe, uint64_t seed,
                           struct scene_swell swell)
{
    struct scene *scene;
    struct error error;
    assert_int_equal(scene_new(&scene, recipe, seed, &error), STATUS_OK);
    scene_reset(scene, &swell);
    return scene;
}

static void render(const struct scene_recipe *recipe, uint64_t seed, struct scene_swell swell)
{
    struct scene *scene = start(recipe, seed, swell);
    for (size_t at = 0; at < FRAMES; at += SCENE_QUANTUM)
        scene_process(scene, &swell, plain, stereo + 2 * at);
    scene_free(scene);
}

static void each(void (*check)(const struct scene_recipe *))
{
    for (size_t i = 0; i < recipe_count; i++)
        check(recipes[i]);
}

// ---- Spectrum and image -------------------------------------------------------------------------

// Noise falls by 3 to 6 dB an octave from 250 Hz to 4 kHz and rolls off gently above. A chord has
// its lines up to 1 kHz; the noise above them falls alike.
static void check_spectrum(const struct scene_recipe *recipe)
{
    const char *name = recipe->name;
    render(recipe, 1, middle);
    const double first = has(recipe, RECIPE_CHORD) ? 1000 : 250;
    double start_db = spectrum_density_db(stereo, FRAMES / 2, 2, first), before = start_db;
    for (double hz = 2 * first; hz <= 16000; hz *= 2) {
        double now = spectrum_density_db(stereo, FRAMES / 2, 2, hz);
        if (hz <= 4000)
            between(name, "the fall in an octave", before - now, 1.5, 9.5);
        else
            between(name, "the roll-off in an octave", before - now, 6, 13);
        if (hz > 3999 && hz < 4001)
            between(name, "the mean fall", (start_db - now) / log2(hz / first), 3, 6);
        before = now;
    }
    for (int c = 0; c < 2; c++)
        between(name, "DC", spectrum_mean(stereo + c, FRAMES, 2), -1e-5, 1e-5);
    between(name, "10 Hz under 60 Hz",
            spectrum_density_db(stereo, FRAMES / 2, 2, 60) -
                spectrum_density_db(stereo, FRAMES / 2, 2, 10),
            5, 80);
}

static void check_image(const struct scene_recipe *recipe)
{
    render(recipe, 3, unpaced);
    double tolerance = has(recipe, RECIPE_CHORD) ? 0.2 : 0.08; // few lines average slowly
    between(recipe->name, "the correlation of left and right, less 1 - width",
            spectrum_correlation(stereo, stereo + 1, FRAMES, 2) - (1 - recipe->width), -tolerance,
            tolerance);
    between(recipe->name, "the balance",
            spectrum_rms_db(stereo, FRAMES, 2) - spectrum_rms_db(stereo + 1, FRAMES, 2), -1.5, 1.5);
}

static void spectra_fall_gently(void **state)
{
    (void)state;
    each(check_spectrum);
}

static void images_are_as_wide_as_written(void **state)
{
    (void)state;
    each(check_image);
}

// ---- Events -------------------------------------------------------------------------------------

static double power_of(const float *samples, size_t frames)
{
    double sum = 0;
    for (size_t i = 0; i < 2 * frames; i++)
        sum += (double)samples[i] * (double)samples[i];
    return sum / (double)(2 * frames);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// As fast as a bout begins: 2.4 s in, 3.6 s out.
static double breath_at(size_t frame)
{
    double seconds = fmod((double)frame / FRAME_RATE, 6);
    double x = seconds < 2.4 ? seconds / 2.4 : 1 - (seconds - 2.4) / 3.6;
    return (1 - cos(3.14159265358979 * x)) / 2;
}

static void render_paced(const struct scene_recipe *recipe, uint64_t seed)
{
    struct scene_swell swell = {.breath = 0, .pacing = 1};
    struct scene *scene = start(recipe, seed, swell);
    for (size_t at = 0; at < FRAMES; at += SCENE_QUANTUM) {
        swell.breath = breath_at(at + SCENE_QUANTUM);
        scene_process(scene, &swell, plain, stereo + 2 * at);
    }
    scene_free(scene);
}

enum { TWENTIETH = FRAME_RATE / 20, TWENTIETHS = FRAMES / TWENTIETH };

struct slopes {
    double second_db; // between the means of neighbouring seconds, the most
    double sudden_db; // 50 ms over the second before them, the most
};

// The whole spectrum, wherever a second begins in steps of 50 ms.
static struct slopes slopes_of(const float *samples)
{
    static double power[TWENTIETHS];
    struct slopes slopes = {0, 0};
    for (size_t w = 0; w < TWENTIETHS; w++)
        power[w] = power_of(samples + 2 * w * TWENTIETH, TWENTIETH);
    for (size_t w = 20; w + 20 <= TWENTIETHS; w++) {
        double before = 0, after = 0;
        for (size_t i = 0; i < 20; i++) {
            before += power[w - 1 - i];
            after += power[w + i];
        }
        slopes.second_db = fmax(slopes.second_db, fabs(10 * log10(after / before)));
        slopes.sudden_db = fmax(slopes.sudden_db, 10 * log10(20 * power[w] / before));
    }
    return slopes;
}

// Noise sways by itself, brown noise most; what startles is a rise over what was heard before.
static void check_slope(const struct scene_recipe *recipe)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        render(recipe, seed, unpaced);
        struct slopes own = slopes_of(stereo);
        render_paced(recipe, seed);
        struct slopes paced = slopes_of(stereo);
        print_message("%s: in a second %.1f dB, paced %.1f; 50 ms over the second before %.1f dB, "
                      "paced %.1f\n",
                      recipe->name, own.second_db, paced.second_db, own.sudden_db, paced.sudden_db);
        between(recipe->name, "a second over the one before, dB", own.second_db, 0.1, 2);
        between(recipe->name, "the same in a fast breath", paced.second_db, 2, 4.5);
        between(recipe->name, "50 ms over the second before", own.sudden_db, 0.1, 4);
        between(recipe->name, "50 ms of a breath over the second before", paced.sudden_db, 1, 5.5);
    }
}

// In no octave does a window of 20 ms stand more than 10 dB above the usual level there.
static void check_drops(const struct scene_recipe *recipe)
{
    render(recipe, 5, unpaced);
    for (double hz = 500; hz <= 8000; hz *= 2) {
        memcpy(filtered, stereo, sizeof stereo);
        struct biquad band;
        for (int i = 0; i < 2; i++) {
            biquad_bandpass(&band, hz, 1.2);
            biquad_process_stereo(&band, filtered, FRAMES);
        }
        enum { WINDOW = FRAME_RATE / 50, COUNT = FRAMES / WINDOW };
        static double levels[COUNT];
        for (size_t w = 0; w < COUNT; w++)
            levels[w] = 10 * log10(power_of(filtered + 2 * w * WINDOW, WINDOW));
        qsort(levels, COUNT, sizeof *levels, ascending);
        between(recipe->name, "the loudest 20 ms of an octave over the median",
                levels[COUNT - 1] - levels[COUNT / 2], 0, 10);
    }
}

// A click is a sample far outside the noise above 8 kHz around it.
static void check_clicks(const struct scene_recipe *recipe)
{
    render(recipe, 7, unpaced);
    struct biquad highpass;
    for (int i = 0; i < 2; i++) {
        biquad_highpass(&highpass, 8000, 0.7);
        biquad_process_stereo(&highpass, stereo, FRAMES);
    }
    enum { WINDOW = FRAME_RATE / 2 };
    for (size_t at = WINDOW; at + WINDOW <= FRAMES; at += WINDOW) {
        double rms = sqrt(power_of(stereo + 2 * at, WINDOW)), most = 0;
        for (size_t i = 2 * at; i < 2 * (at + WINDOW); i++)
            most = fmax(most, fabs((double)stereo[i]));
        between(recipe->name, "the highest sample over the noise around", most / rms, 0, 6.5);
    }
}

static void nothing_rises_suddenly(void **state)
{
    (void)state;
    each(check_slope);
}

static void drops_stay_near_the_bed(void **state)
{
    (void)state;
    each(check_drops);
}

static void nothing_clicks(void **state)
{
    (void)state;
    each(check_clicks);
}

// One drop at a time: how long each takes from a tenth of its crest to the crest.
static void drops_begin_softly(void **state)
{
    (void)state;
    static const char text[] =
        "scene: drops\n"
        "layer a: grains, rate 1, pitch 1500..3000, attack 20ms, decay 300ms\nwidth: 0\n";
    struct diagnostics list;
    struct error error;
    struct scene_recipe *recipe = NULL;
    diagnostics_init(&list, "drops");
    assert_int_equal(scene_recipe_parse(&recipe, text_from(text), &list, &error), STATUS_OK);
    render(recipe, 1, middle);
    enum { WINDOW = FRAME_RATE / 1000, COUNT = FRAMES / WINDOW };
    static double level[COUNT];
    for (size_t w = 0; w < COUNT; w++)
        level[w] = sqrt(power_of(stereo + 2 * w * WINDOW, WINDOW));
    int drops = 0;
    for (size_t w = 400; w + 400 < COUNT; w++) {
        bool crest = level[w] > 0.02;
        for (size_t i = w - 100; i < w + 100 && crest; i++)
            crest = level[i] <= level[w];
        if (!crest)
            continue;
        size_t begin = w;
        while (level[begin] > level[w] / 10)
            begin--;
        between("drops", "ms from a tenth to the crest", (double)(w - begin), 12, 30);
        between("drops", "the crest", level[w], 0.03, 0.15);
        drops++;
    }
    between("drops", "the count", drops, 0.8 * SECONDS, 1.2 * SECONDS);
    scene_recipe_free(recipe);
    diagnostics_free(&list);
}

// ---- Time ---------------------------------------------------------------------------------------

// Means over seeds of a level's autocorrelation: likeness by chance differs from seed to seed.
enum { SEEDS = 3 };

static void add_autocorrelation(const double *levels, size_t count, size_t lags, double *sums)
{
    double mean = 0, power = 0;
    for (size_t i = 0; i < count; i++)
        mean += levels[i] / (double)count;
    for (size_t i = 0; i < count; i++)
        power += (levels[i] - mean) * (levels[i] - mean) / (double)count;
    for (size_t lag = 0; lag < lags; lag++) {
        double product = 0;
        for (size_t i = 0; i + lag < count; i++)
            product += (levels[i] - mean) * (levels[i + lag] - mean);
        sums[lag] += product / power / (double)(count - lag) / SEEDS;
    }
}

// Levels of `count` stretches of `step` frames.
static void measure_levels(const struct scene_recipe *recipe, uint64_t seed, size_t step,
                           double *levels, size_t count)
{
    struct scene *scene = start(recipe, seed, unpaced);
    struct biquad highpass;
    biquad_highpass(&highpass, 150, 0.7);
    for (size_t i = 0; i < count; i++) {
        for (size_t at = 0; at < step; at += SCENE_QUANTUM)
            scene_process(scene, &unpaced, plain, stereo + 2 * at);
        biquad_process_stereo(&highpass, stereo, step);
        levels[i] = 10 * log10(power_of(stereo, step));
    }
    scene_free(scene);
}

static void check_long_periods(const struct scene_recipe *recipe)
{
    enum { STEP = 750 * SCENE_QUANTUM, COUNT = 480, LEAST = 150, MOST = 300 }; // of 1 s
    static double levels[COUNT];
    double sums[MOST] = {0};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        measure_levels(recipe, seed, STEP, levels, COUNT);
        add_autocorrelation(levels, COUNT, MOST, sums);
    }
    for (size_t lag = LEAST; lag < MOST; lag++)
        if (sums[lag] > 0.45)
            fail_msg("%s: the level returns after %zu s: %.2f", recipe->name, lag, sums[lag]);
}

// Fast ones, after the swell has been taken out: drops must not tick.
static void check_short_periods(const struct scene_recipe *recipe)
{
    enum { STEP = 18 * SCENE_QUANTUM, COUNT = 3000, AROUND = 20, LEAST = 8, MOST = 200 }; // 24 ms
    static double levels[COUNT], fast[COUNT - 2 * AROUND];
    double sums[MOST] = {0};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        measure_levels(recipe, seed, STEP, levels, COUNT);
        for (size_t i = AROUND; i + AROUND < COUNT; i++) {
            double mean = 0;
            for (size_t j = i - AROUND; j <= i + AROUND; j++)
                mean += levels[j] / (2 * AROUND + 1);
            fast[i - AROUND] = levels[i] - mean;
        }
        add_autocorrelation(fast, COUNT - 2 * AROUND, MOST, sums);
    }
    for (size_t lag = LEAST; lag < MOST; lag++)
        if (sums[lag] > 0.12)
            fail_msg("%s: the level ticks every %zu ms: %.2f", recipe->name, lag * 24, sums[lag]);
}

static void levels_do_not_return(void **state)
{
    (void)state;
    each(check_long_periods);
}

static void nothing_ticks(void **state)
{
    (void)state;
    for (size_t i = 0; i < recipe_count; i++)
        if (!has(recipes[i], RECIPE_CHORD)) // its differences of pitch are within one window
            check_short_periods(recipes[i]);
}

static void check_seeds(const struct scene_recipe *recipe)
{
    render(recipe, 11, unpaced);
    memcpy(filtered, stereo, sizeof filtered);
    render(recipe, 11, unpaced);
    assert_memory_equal(filtered, stereo, sizeof filtered);
    render(recipe, 12, unpaced);
    double most = has(recipe, RECIPE_CHORD) ? 0.9 : 0.1; // the same notes in other phases
    between(recipe->name, "the likeness of two seeds",
            spectrum_correlation(filtered, stereo, FRAMES, 2), -most, most);
}

static void seeds_repeat_and_differ(void **state)
{
    (void)state;
    each(check_seeds);
}

// ---- Loudness, summary, cost --------------------------------------------------------------------

// What ten seconds are calibrated to holds for two minutes of another seed, with the free swell.
static void check_loudness(const struct scene_recipe *recipe)
{
    struct error error;
    enum { SAMPLE = 10 * FRAME_RATE };
    assert_int_equal(scene_recipe_sample(recipe, stereo, SAMPLE, &error), STATUS_OK);
    double sampled = loudness_of(stereo, SAMPLE);
    render(recipe, 21, unpaced);
    between(recipe->name, "LU over the sample", loudness_of(stereo, FRAMES) - sampled, -0.5, 0.5);
    assert_true(strlen(scene_recipe_summary(recipe)) > 0);
}

static void loudness_is_as_sampled(void **state)
{
    (void)state;
    each(check_loudness);
}

static double cost_ns(const struct scene_recipe *recipe)
{
    enum { QUANTA = 1500, RUNS = 5 };
    struct scene *scene = start(recipe, 1, unpaced);
    double best = 1e9;
    for (int run = 0; run < RUNS; run++) {
        struct timespec from, to;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        for (int i = 0; i < QUANTA; i++)
            scene_process(scene, &unpaced, plain, stereo);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
        double ns = 1e9 * (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec);
        best = fmin(best, ns / (QUANTA * SCENE_QUANTUM));
    }
    scene_free(scene);
    return best;
}

// A layer's cost is that of a scene of it alone, less that of an almost empty scene.
static void check_cost(const struct scene_recipe *recipe)
{
    double whole = cost_ns(recipe);
    print_message("%s: %.1f ns a frame;", recipe->name, whole);
    struct scene_recipe *alone = malloc(sizeof *alone);
    assert_non_null(alone);
    for (int i = 0; i < recipe->layer_count; i++) {
        *alone = *recipe;
        alone->layers[0] = recipe->layers[i];
        alone->layer_count = 1;
        print_message(" %s alone %.1f", recipe->layers[i].name, cost_ns(alone));
    }
    free(alone);
    print_message("\n");
    between(recipe->name, "ns a frame", whole, 0.1, 2000); // even under a sanitizer
}

static void speed_is_told(void **state)
{
    (void)state;
    each(check_cost);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spectra_fall_gently),     cmocka_unit_test(images_are_as_wide_as_written),
        cmocka_unit_test(nothing_rises_suddenly),  cmocka_unit_test(drops_stay_near_the_bed),
        cmocka_unit_test(nothing_clicks),          cmocka_unit_test(drops_begin_softly),
        cmocka_unit_test(levels_do_not_return),    cmocka_unit_test(nothing_ticks),
        cmocka_unit_test(seeds_repeat_and_differ), cmocka_unit_test(loudness_is_as_sampled),
        cmocka_unit_test(speed_is_told),
    };
    return cmocka_run_group_tests(tests, load_all, free_all);
}
