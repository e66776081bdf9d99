// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine renders, judged by its samples.
#include "engine.h"

#include "automation.h"
#include "cue.h"
#include "loudness.h"
#include "random.h"
#include "recording.h"
#include "score.h"
#include "spectrum.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance))
        fail_msg("%.9g is not within %g of %.9g", a, tolerance, b);
}

// ---- Allocations are counted: the linker puts these before the C library's ----------------------

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);

static int allocations;

void *__wrap_malloc(size_t size)
{
    allocations++;
    return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    allocations++;
    return __real_calloc(count, size);
}

// ---- Rendering ----------------------------------------------------------------------------------

static struct scene_recipe *shore;
static struct engine_scene shore_scene;

static int load_shore(void **state)
{
    (void)state;
    struct diagnostics list;
    diagnostics_init(&list, "shore.scene");
    struct error error = {0};
    enum status status =
        scene_recipe_load(&shore, LOOSEN_SOURCE_DIR "/audio/shore.scene", &list, &error);
    diagnostics_free(&list);
    enum { FRAMES = 20 * FRAME_RATE };
    float *stereo = malloc(2 * FRAMES * sizeof *stereo);
    if (status != STATUS_OK || !stereo ||
        scene_recipe_sample(shore, stereo, FRAMES, &error) != STATUS_OK)
        return -1;
    shore_scene = (struct engine_scene){.name = TEXT("shore"),
                                        .recipe = shore,
                                        .gain = engine_scene_gain(loudness_of(stereo, FRAMES))};
    free(stereo);
    return 0;
}

static int free_shore(void **state)
{
    (void)state;
    scene_recipe_free(shore);
    return 0;
}

static struct engine_config config_with_scene(void)
{
    return (struct engine_config){.seed = 5, .scenes = &shore_scene, .scene_count = 1};
}

static struct engine *new_engine(const struct engine_config *config, const struct score *score)
{
    struct engine *engine;
    struct error error = {0};
    assert_int_equal(engine_new(&engine, config, &error), STATUS_OK);
    if (score)
        assert_int_equal(engine_set_timeline(engine, &score->timeline, &score->bank, &error),
                         STATUS_OK);
    return engine;
}

static float *stems_for(int64_t frames)
{
    float *stems = malloc((size_t)frames * STEM_CHANNELS * sizeof *stems);
    assert_non_null(stems);
    for (int64_t i = 0; i < frames * STEM_CHANNELS; i++)
        stems[i] = NAN; // every sample must be written
    return stems;
}

static float *render(const struct engine_config *config, const struct score *score)
{
    struct engine *engine = new_engine(config, score);
    float *stems = stems_for(score->timeline.total_frames);
    engine_render(engine, stems, (size_t)score->timeline.total_frames);
    engine_free(engine);
    return stems;
}

static float at(const float *stems, int64_t frame, int channel)
{
    return stems[frame * STEM_CHANNELS + channel];
}

static double stem_lufs(const float *stems, int stem, double from_s, double to_s)
{
    size_t frames = (size_t)((to_s - from_s) * FRAME_RATE);
    int64_t first = (int64_t)(from_s * FRAME_RATE);
    float *stereo = malloc(2 * frames * sizeof *stereo);
    assert_non_null(stereo);
    for (size_t i = 0; i < 2 * frames; i++)
        stereo[i] = at(stems, first + (int64_t)i / 2, 2 * stem + (int)(i % 2));
    double lufs = loudness_of(stereo, frames);
    free(stereo);
    return lufs;
}

static double stem_rms_db(const float *stems, int stem, int64_t from, int64_t frames)
{
    double sum = 0;
    for (int64_t f = from; f < from + frames; f++)
        for (int c = 2 * stem; c < 2 * stem + 2; c++)
            sum += (double)at(stems, f, c) * (double)at(stems, f, c);
    return 10 * log10(sum / (2 * (double)frames));
}

// A minute with everything in it; its length is no multiple of a quantum.
static struct score *minute(void)
{
    struct score *score = malloc(sizeof *score);
    assert_non_null(score);
    score_init(score);
    score_say(score, SCORE_LINE); // 6 .. 8
    score_wait(score, 1.00123);
    score_say(score, SCORE_WORD);
    score_wait(score, 6);
    score_chime(score, 3);
    score_wait(score, 1);
    score_bout(score);
    score_breathe(score, 3, 2.4, 3.6, true);
    score_wait(score, 0.7);
    score_say(score, SCORE_LINE);
    score_accompany(score, 3, 2.4, 3.6, 2);
    score_end(score, 8.0327);
    assert_true(score->timeline.total_frames % SCENE_QUANTUM != 0);
    return score;
}

static void free_score(struct score *score)
{
    score_deinit(score);
    free(score);
}

// ---- Bits ---------------------------------------------------------------------------------------

static void any_block_size_gives_the_same_bits(void **state)
{
    (void)state;
    struct score *score = minute();
    struct engine_config config = config_with_scene();
    config.breath_tone = true;
    const int64_t total = score->timeline.total_frames;
    const size_t size = (size_t)total * STEM_CHANNELS * sizeof(float);
    float *whole = render(&config, score);
    const size_t blocks[] = {1, 7, 64, 512, 4096, 0};
    for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++) {
        struct engine *engine = new_engine(&config, score);
        float *stems = stems_for(total);
        for (int64_t done = 0; done < total;) {
            size_t block =
                blocks[b] ? blocks[b] : (size_t)(random_at(1, (uint64_t)done) % 1000 + 1);
            if ((int64_t)block > total - done)
                block = (size_t)(total - done);
            engine_render(engine, stems + done * STEM_CHANNELS, block);
            done += (int64_t)block;
            assert_int_equal(engine_position(engine), done);
        }
        assert_memory_equal(whole, stems, size);
        engine_free(engine);
        free(stems);
    }
    free(whole);
    free_score(score);
}

static void swap_the_lead(enum ending ending)
{
    struct score *score = minute();
    score->timeline.ending = ending;
    const struct engine_config config = config_with_scene();
    const int64_t total = score->timeline.total_frames;
    float *whole = render(&config, score);
    struct timeline lead = score->timeline;
    lead.event_count = 0;
    lead.tail_frames = 0; // not known yet
    const int64_t swaps[] = {0, 1, 64, 100000, TIMELINE_LEAD_FRAMES - 1, TIMELINE_LEAD_FRAMES};
    for (size_t i = 0; i < sizeof swaps / sizeof *swaps; i++) {
        struct error error = {0};
        struct engine *engine = new_engine(&config, NULL);
        assert_int_equal(engine_set_timeline(engine, &lead, NULL, &error), STATUS_OK);
        float *stems = stems_for(total);
        engine_render(engine, stems, (size_t)swaps[i]);
        assert_int_equal(engine_set_timeline(engine, &score->timeline, &score->bank, &error),
                         STATUS_OK);
        engine_render(engine, stems + swaps[i] * STEM_CHANNELS, (size_t)(total - swaps[i]));
        assert_memory_equal(whole, stems, (size_t)total * STEM_CHANNELS * sizeof *stems);
        engine_free(engine);
        free(stems);
    }
    free(whole);
    free_score(score);
}

static void swapping_the_lead_for_the_plan_changes_no_bit(void **state)
{
    (void)state;
    swap_the_lead(ENDING_RETURN);
    swap_the_lead(ENDING_SLEEP);
}

static void seek_everywhere(enum ending ending, struct engine_config config)
{
    struct score *score = minute();
    score->timeline.ending = ending;
    config.breath_tone = true;
    const int64_t total = score->timeline.total_frames;
    float *whole = render(&config, score);
    struct engine *engine = new_engine(&config, score);
    float stems[1000 * STEM_CHANNELS];
    const int64_t targets[] = {1234567, 30, 0, 64, total - 1000, total - 999, 999999};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        engine_seek(engine, targets[i]);
        assert_int_equal(engine_position(engine), targets[i]);
        int64_t count = total - targets[i] < 1000 ? total - targets[i] : 1000;
        engine_render(engine, stems, (size_t)count);
        assert_memory_equal(whole + targets[i] * STEM_CHANNELS, stems,
                            (size_t)count * STEM_CHANNELS * sizeof *stems);
    }
    engine_free(engine);
    free(whole);
    free_score(score);
}

static void seeking_leads_to_the_same_bits(void **state)
{
    (void)state;
    seek_everywhere(ENDING_RETURN, config_with_scene());
    seek_everywhere(ENDING_SLEEP, config_with_scene());
}

// ---- Recordings ---------------------------------------------------------------------------------

// Noise of 14 s, 30 dB louder within a sample at 7 s, for a tenth of a second.
static struct scene_recipe *recipe_of_recording(void)
{
    enum { FRAMES = 14 * FRAME_RATE, SHOT = 7 * FRAME_RATE };
    static const char text[] = "scene: r\nlayer a: file \"a.wav\", follow breath 5 dB\nwidth: 1\n";
    struct diagnostics list;
    struct error error;
    struct scene_recipe *recipe = NULL;
    struct recording *recording = NULL;
    struct recording_report report;
    diagnostics_init(&list, "r");
    assert_int_equal(scene_recipe_parse(&recipe, text_from(text), &list, &error), STATUS_OK);
    float *stereo = malloc(2 * FRAMES * sizeof *stereo);
    assert_non_null(stereo);
    for (size_t i = 0; i < 2 * FRAMES; i++) {
        float noise = (float)((double)(random_at(3, i) >> 40) / (1 << 24) - 0.5) * 0.02f;
        stereo[i] = i / 2 >= SHOT && i / 2 < SHOT + FRAME_RATE / 10 ? noise * 31 : noise;
    }
    assert_int_equal(recording_new(&recording, stereo, FRAMES, FRAME_RATE, &report, &error),
                     STATUS_OK);
    assert_true(report.sudden.sudden_db > 20);
    free(stereo);
    scene_recipe_set_recording(recipe, 0, recording);
    return recipe;
}

static void recordings_sound_the_same_from_anywhere(void **state)
{
    (void)state;
    struct scene_recipe *recipe = recipe_of_recording();
    const struct engine_scene scene = {.recipe = recipe, .gain = 0.1};
    seek_everywhere(ENDING_RETURN,
                    (struct engine_config){.seed = 5, .scenes = &scene, .scene_count = 1});
    scene_recipe_free(recipe);
}

// Whatever the session does, 50 ms of the scene are never far above the second before.
static void shots_in_recordings_do_not_startle(void **state)
{
    (void)state;
    struct scene_recipe *recipe = recipe_of_recording();
    const struct engine_scene scene = {.recipe = recipe, .gain = 0.1};
    const struct engine_config config = {.seed = 5, .scenes = &scene, .scene_count = 1};
    struct score *score = minute();
    float *stems = render(&config, score);
    const int64_t window = FRAME_RATE / 20;
    double most = 0;
    for (int64_t f = 14 * FRAME_RATE; f + window < 45 * FRAME_RATE; f += window) {
        double before = 0;
        for (int i = 1; i <= 20; i++)
            before += stem_rms_db(stems, STEM_SCENE, f - i * window, window) / 20;
        most = fmax(most, stem_rms_db(stems, STEM_SCENE, f, window) - before);
    }
    print_message("the greatest rise over the second before: %.1f dB\n", most);
    assert_true(most > 3 && most < 6 + 3); // the bed's own slope is the rest
    free(stems);
    free_score(score);
    scene_recipe_free(recipe);
}

static void seeds_make_other_scenes_and_the_same_voice(void **state)
{
    (void)state;
    struct score *score = minute();
    struct engine_config config = config_with_scene();
    float *first = render(&config, score);
    config.seed = 6;
    float *second = render(&config, score);
    int other = 0;
    for (int64_t f = 1; f + 1 < score->timeline.total_frames; f++) {
        assert_true(at(first, f, 0) == at(second, f, 0));
        other += at(first, f, 2) != at(second, f, 2);
    }
    assert_true(other > score->timeline.total_frames * 9 / 10);
    free(first);
    free(second);
    free_score(score);
}

static void nothing_is_allocated_while_rendering(void **state)
{
    (void)state;
    struct score *score = minute();
    struct engine_config config = config_with_scene();
    config.breath_tone = true;
    int before = allocations;
    struct engine *engine = new_engine(&config, score);
    assert_true(allocations > before); // the count counts
    float stems[512 * STEM_CHANNELS];
    before = allocations;
    for (int64_t f = 0; f < score->timeline.total_frames + 1000; f += 512)
        engine_render(engine, stems, 512);
    assert_int_equal(allocations, before);
    engine_free(engine);
    free_score(score);
}

// ---- Ends ---------------------------------------------------------------------------------------

static void session_begins_and_ends_with_zero(void **state)
{
    (void)state;
    struct score *score = minute();
    struct engine_config config = config_with_scene();
    config.breath_tone = true;
    const int64_t total = score->timeline.total_frames;
    struct engine *engine = new_engine(&config, score);
    float *stems = stems_for(total + 500);
    engine_render(engine, stems, (size_t)total + 500);
    for (int c = 0; c < STEM_CHANNELS; c++) {
        assert_true(at(stems, 0, c) == 0);
        for (int64_t f = total - 1; f < total + 500; f++)
            assert_true(at(stems, f, c) == 0);
    }
    assert_true(at(stems, 10, 2) != 0 && at(stems, total - 10, 2) != 0);
    // Straight in dB from and to -60 dB, but for what the free swell does meanwhile.
    double full = stem_rms_db(stems, STEM_SCENE, 5 * FRAME_RATE, FRAME_RATE);
    near(stem_rms_db(stems, STEM_SCENE, FRAME_RATE / 2, FRAME_RATE) - full, -45, 4.5);
    near(stem_rms_db(stems, STEM_SCENE, 0, FRAME_RATE / 10) - full, -55, 5);
    near(stem_rms_db(stems, STEM_SCENE, total - FRAME_RATE / 10, FRAME_RATE / 10) - full, -54,
         6); // the bed is 3 dB higher here
    free(stems);
    engine_free(engine);
    free_score(score);
}

static void without_a_timeline_there_is_silence(void **state)
{
    (void)state;
    const struct engine_config config = config_with_scene();
    struct engine *engine = new_engine(&config, NULL);
    float *stems = stems_for(1000);
    engine_render(engine, stems, 1000);
    for (int i = 0; i < 1000 * STEM_CHANNELS; i++)
        assert_true(stems[i] == 0);
    free(stems);
    engine_free(engine);
}

// ---- Voice --------------------------------------------------------------------------------------

static void voice_is_placed_at_the_exact_frame(void **state)
{
    (void)state;
    struct score *score = malloc(sizeof *score);
    assert_non_null(score);
    score_init(score);
    score_say(score, SCORE_LINE);
    score_wait(score, 1.0001);
    score_say(score, SCORE_LINE); // plain
    score_wait(score, 0);
    score_say(score, SCORE_WORD); // without a gap
    score_wait(score, 30.5);
    score_say(score, SCORE_LINE); // begins softly
    score_end(score, 8);
    const struct engine_config config = {.seed = 1};
    float *stems = render(&config, score);
    const double levels[] = {pow(10, -3 / 20.0), 1, 1, 1};
    int64_t silent_from = 0;
    for (size_t e = 0; e < 4; e++) {
        const struct event *event = &score->events[e];
        const struct clip *clip = &score->clips[event->as.speech.utterance];
        for (int64_t f = silent_from; f < event->start_frame; f++)
            assert_true(at(stems, f, 0) == 0 && at(stems, f, 1) == 0);
        for (int64_t i = 0; i < clip->frames; i++) {
            double expected = (double)clip->samples[i] / 32768 * levels[e];
            int64_t edge = i < clip->frames - 1 - i ? i : clip->frames - 1 - i;
            double ramp = edge < 1200 ? (double)edge / 1200 : 1;
            expected *= ramp * ramp * (3 - 2 * ramp); // 25 ms
            if (e == 3) {
                double risen = fmin(1, fmax(0, ((double)i / FRAME_RATE - 0.6) / 0.5));
                double low = pow(10, -4 / 20.0);
                expected *= low + (1 - low) * risen * risen * (3 - 2 * risen);
            }
            near((double)at(stems, event->start_frame + i, 0), expected, 1e-6);
            assert_true(at(stems, event->start_frame + i, 0) ==
                        at(stems, event->start_frame + i, 1));
        }
        silent_from = event->start_frame + clip->frames;
    }
    for (int64_t f = silent_from; f < score->timeline.total_frames; f++)
        assert_true(at(stems, f, 0) == 0);
    free(stems);
    free_score(score);
}

static void utterances_without_clips_are_silent(void **state)
{
    (void)state;
    struct score *score = minute();
    score->events[0].as.speech.utterance = 99;
    score->bank.count = 1; // the word is missing too
    const struct engine_config config = {.seed = 1};
    float *stems = render(&config, score);
    assert_true(stem_rms_db(stems, STEM_VOICE, 0, 30 * FRAME_RATE) < -300);
    assert_true(stem_rms_db(stems, STEM_VOICE, 0, score->timeline.total_frames) > -60);
    free(stems);
    free_score(score);
}

// ---- Levels -------------------------------------------------------------------------------------

static struct score *levels_score(void)
{
    struct score *score = malloc(sizeof *score);
    assert_non_null(score);
    score_init(score);
    for (int i = 0; i < 15; i++) { // 6 .. 51 s: speech with short gaps
        score_say(score, SCORE_LINE);
        score_wait(score, 1);
    }
    score_wait(score, 59); // .. 110 s: a pause
    score_say(score, SCORE_LINE);
    score_wait(score, 1); // 113 s: a bout with words, 24 s of ramp and 120 s of tide
    score_bout(score);
    score_breathe(score, 2, 4, 6, true);
    score_breathe(score, 12, 4, 6, false);
    score_wait(score, 1);
    score_say(score, SCORE_LINE); // 254 .. 256
    score_end(score, 10);
    return score;
}

static void scene_is_20_lu_below_speech_and_rises_between(void **state)
{
    (void)state;
    struct score *score = levels_score();
    const struct engine_config config = config_with_scene();
    float *stems = render(&config, score);
    double speech = stem_lufs(stems, STEM_VOICE, 9, 50);
    double under = stem_lufs(stems, STEM_SCENE, 9, 50);
    double pause = stem_lufs(stems, STEM_SCENE, 54, 107);
    double bout = stem_lufs(stems, STEM_SCENE, 143, 243);
    print_message("speech %.1f, scene under it %.1f, in a pause %.1f, in a bout %.1f LUFS\n",
                  speech, under, pause, bout);
    near(speech, ENGINE_SPEECH_LUFS, 1);
    assert_true(under <= -38 && under >= -41);
    near(pause - under, ENGINE_SCENE_RISE_DB, 1);
    near(bout - under, ENGINE_SCENE_RISE_DB, 2);
    for (double from = 9; from < 48; from += 0.5) // at every moment
        assert_true(stem_lufs(stems, STEM_SCENE, from, from + 0.5) <= -37);
    // Words of a bout, spoken at trough and crest.
    const double words[] = {113, 117, 123, 127};
    for (size_t i = 0; i < 4; i++)
        assert_true(stem_lufs(stems, STEM_SCENE, words[i], words[i] + 0.5) <= -37);
    free(stems);
    struct engine_config clear = config;
    clear.clear = true;
    stems = render(&clear, score);
    near(stem_lufs(stems, STEM_SCENE, 9, 50) - under, -3, 0.01);
    free(stems);
    free_score(score);
}

// How much more of the scene is at 3 kHz than at 300 Hz, around the second after `second`.
static double tilt_db(const float *stems, int second)
{
    const float *left = stems + (size_t)second * FRAME_RATE * STEM_CHANNELS + 2 * STEM_SCENE;
    return spectrum_density_db(left, FRAME_RATE * 2, STEM_CHANNELS, 3000) -
           spectrum_density_db(left, FRAME_RATE * 2, STEM_CHANNELS, 300);
}

// Four minutes that end in sleep: words up to 2:22, and quiet that fades over the last minute.
static struct score *sleep_score(void)
{
    struct score *score = malloc(sizeof *score);
    assert_non_null(score);
    score_init(score);
    score->timeline.ending = ENDING_SLEEP;
    for (int i = 0; i < 8; i++) { // 6 .. 30 s
        score_say(score, SCORE_LINE);
        score_wait(score, 1);
    }
    score_chime(score, 3);
    score_wait(score, 7);
    score_bout(score);
    score_breathe(score, 8, 4, 6, false); // 40 .. 120 s
    score_wait(score, 1);
    for (int i = 0; i < 7; i++) { // 121 .. 142 s
        score_say(score, SCORE_LINE);
        score_wait(score, 1);
    }
    score_wait(score, 38);
    score_end(score, 60); // 180 .. 240 s
    return score;
}

// How much less there is of the scene at 10 kHz than at 150 Hz, in dB, from second to second.
static double darkness(const float *stems, int from, int to)
{
    const float *left = stems + (size_t)from * FRAME_RATE * STEM_CHANNELS + 2 * STEM_SCENE;
    size_t frames = (size_t)(to - from) * FRAME_RATE;
    return spectrum_density_db(left, frames, STEM_CHANNELS, 10000) -
           spectrum_density_db(left, frames, STEM_CHANNELS, 150);
}

static void scene_is_darker_under_words(void **state)
{
    (void)state;
    struct score *score = levels_score();
    const struct engine_config config = config_with_scene();
    float *stems = render(&config, score);
    near(darkness(stems, 9, 50) - darkness(stems, 57, 104), AUTOMATION_SHADE_DB, 0.7);
    free(stems);
    free_score(score);
}

static void sleep_starts_softer_and_falls_by_6_db(void **state)
{
    (void)state;
    struct score *score = sleep_score();
    struct engine_config config = config_with_scene();
    config.breath_tone = true;
    float *sleep = render(&config, score);
    score->timeline.ending = ENDING_RETURN;
    float *wake = render(&config, score);
    const int64_t total = score->timeline.total_frames;
    assert_int_equal(total, 240 * FRAME_RATE);
    // Speech as measured, around 0:19.5 and 2:11.5: 1.5 dB a minute.
    double first = stem_lufs(sleep, STEM_VOICE, 9, 30);
    double last = stem_lufs(sleep, STEM_VOICE, 121, 142);
    print_message("speech %.2f LUFS at 0:19, %.2f at 2:11; the scene under it %.2f and %.2f\n",
                  first, last, stem_lufs(sleep, STEM_SCENE, 9, 30),
                  stem_lufs(sleep, STEM_SCENE, 121, 142));
    near(first, ENGINE_SPEECH_LUFS + AUTOMATION_SLEEP_DB, 1.2);
    near(first - stem_lufs(wake, STEM_VOICE, 9, 30), -4 - 1.5 * 19.5 / 60, 0.05);
    near(last - stem_lufs(wake, STEM_VOICE, 121, 142), -4 - 1.5 * 131.5 / 60, 0.05);
    for (double from = 9; from < 142; from = from == 29 ? 122 : from + 1) // at every word
        assert_true(stem_lufs(sleep, STEM_SCENE, from, from + 1) <= -38 + 1 - 4 - 6 * from / 240);
    // Voice and cue have nothing but the level: exact to the frame, and so without a step. The
    // scene also loses what lies above the shade's corner.
    for (int64_t f = 0; f < total; f++) {
        double gain = pow(10, (-4 - 6 * (double)(f + 1) / (double)total) / 20);
        for (int c = 0; c < STEM_CHANNELS; c++) {
            if (c / 2 == STEM_SCENE)
                continue;
            double before = (double)at(wake, f, c);
            if (fabs((double)at(sleep, f, c) - gain * before) > 2e-5 * fabs(before) + 1e-12)
                fail_msg("frame %d, channel %d", (int)f, c);
        }
    }
    for (int64_t f = 10 * FRAME_RATE; f + FRAME_RATE < total; f += FRAME_RATE) {
        double part = (double)f / (double)total;
        double lost = stem_rms_db(sleep, STEM_SCENE, f, FRAME_RATE) -
                      stem_rms_db(wake, STEM_SCENE, f, FRAME_RATE) - (-4 - 6 * part);
        assert_true(lost < 0.1 && lost > AUTOMATION_SLEEP_SHADE_DB * part - 0.1);
    }
    double darker = darkness(sleep, 200, 230) - darkness(wake, 200, 230);
    assert_true(darker < AUTOMATION_SLEEP_SHADE_DB / 2 && darker > AUTOMATION_SLEEP_SHADE_DB);
    free(sleep);
    free(wake);
    free_score(score);
}

// A minute of fade: 1 dB a second, but for what the free swell does meanwhile.
static void sleep_fades_out_slowly(void **state)
{
    (void)state;
    struct score *score = sleep_score();
    const struct engine_config config = config_with_scene();
    float *stems = render(&config, score);
    assert_true(stem_rms_db(stems, STEM_VOICE, 143 * FRAME_RATE, 97 * FRAME_RATE) < -300);
    double full = stem_rms_db(stems, STEM_SCENE, 160 * FRAME_RATE, 20 * FRAME_RATE);
    for (int second = 180; second < 236; second++) {
        double now = stem_rms_db(stems, STEM_SCENE, (int64_t)second * FRAME_RATE, FRAME_RATE);
        near(now - full, -(second + 0.5 - 180) - 1.5 * (second + 0.5 - 170) / 60, 3);
    }
    free(stems);
    free_score(score);
}

static void scene_breathes_in_phase(void **state)
{
    (void)state;
    struct score *score = levels_score();
    const struct engine_config config = config_with_scene();
    float *stems = render(&config, score);
    // Ten breaths of 10 s from 143 s on, laid over one another in windows of 0.1 s.
    double level[100], least = 99, most = -99;
    int trough = 0, crest = 0;
    for (int w = 0; w < 100; w++) {
        double power = 0;
        for (int b = 0; b < 10; b++)
            power += pow(10, stem_rms_db(stems, STEM_SCENE,
                                         (int64_t)(143 + 10 * b) * FRAME_RATE + w * 4800, 4800) /
                                 10);
        level[w] = 10 * log10(power / 10);
        if (level[w] > most) {
            most = level[w];
            crest = w;
        }
        if (level[w] < least) {
            least = level[w];
            trough = w;
        }
    }
    print_message("breath: %.1f dB, crest at %.1f s, trough at %.1f s\n", most - least,
                  crest / 10.0, trough / 10.0);
    near(most - least, 7, 1.5);
    near(crest, 40, 6); // the curve is flat at its turns, and this is noise
    assert_true(trough <= 6 || trough >= 94);
    near(level[20], (least + most) / 2, 0.8); // half way in
    near(level[70], (least + most) / 2, 0.8); // half way out
    free(stems);
    free_score(score);
}

// A touch of twelve breaths without words from 20 s on, a free half minute, and one of four breaths
// with a line in each, from 170 s on.
static struct score *touch_score(void)
{
    struct score *score = malloc(sizeof *score);
    assert_non_null(score);
    score_init(score);
    score_say(score, SCORE_LINE); // 6 .. 8 s
    score_wait(score, 12);
    score_accompany(score, 12, 4, 6, 0); // 20 .. 140
    score_wait(score, 30);
    score_accompany(score, 4, 4, 6, 1); // 170 .. 210
    score_wait(score, 20);
    score_end(score, 10);
    return score;
}

// Depth of ten breaths of 10 s from `from_s` on, laid over one another in windows of 0.1 s, and
// where the crest is, from the start of a breath.
static double depth_db(const float *stems, int stem, int from_s, double *crest_s)
{
    double least = 99, most = -99;
    for (int w = 0; w < 100; w++) {
        double power = 0;
        for (int b = 0; b < 10; b++)
            power += pow(10, stem_rms_db(stems, stem,
                                         (int64_t)(from_s + 10 * b) * FRAME_RATE + w * 4800, 4800) /
                                 10);
        double level = 10 * log10(power / 10);
        least = fmin(least, level);
        if (level > most) {
            most = level;
            *crest_s = w / 10.0;
        }
    }
    return most - least;
}

// Two thirds as deep as in a bout, loudness and brightness alike, and in phase.
static void scene_accompanies_a_touch(void **state)
{
    (void)state;
    struct score *touch = touch_score(), *bout = levels_score();
    const struct engine_config config = config_with_scene();
    float *stems = render(&config, touch), *paced = render(&config, bout);
    double crest_s, paced_crest_s;
    double depth = depth_db(stems, STEM_SCENE, 30, &crest_s);
    double full = depth_db(paced, STEM_SCENE, 143, &paced_crest_s);
    print_message("a touch: %.1f dB, crest at %.1f s; a bout: %.1f dB\n", depth, crest_s, full);
    near(depth, 4.7, 0.8);
    near(depth / full, TIMELINE_SWELL_DEPTH, 0.12);
    near(crest_s, 4, 0.8); // the curve is flat at its turns, and this is noise
    // The first second around a crest is brighter than around a trough, by less than in a bout.
    double bright = 0, paced_bright = 0;
    for (int b = 0; b < 10; b++) {
        bright += tilt_db(stems, 30 + 10 * b + 3) - tilt_db(stems, 30 + 10 * b + 9);
        paced_bright += tilt_db(paced, 143 + 10 * b + 3) - tilt_db(paced, 143 + 10 * b + 9);
    }
    print_message("brighter at the crest: %.1f dB, in a bout %.1f dB\n", bright / 10,
                  paced_bright / 10);
    near(bright / paced_bright, TIMELINE_SWELL_DEPTH, 0.2);
    // Words are as clear as elsewhere: each stands over the whole of the scene under it.
    for (int line = 0; line < 4; line++) {
        double from = 170.5 + 10 * line;
        assert_true(stem_lufs(stems, STEM_SCENE, from, from + 2) <= -38);
        for (double part = from; part < from + 2; part += 0.5)
            assert_true(stem_lufs(stems, STEM_SCENE, part, part + 0.5) <= -37);
    }
    free(stems);
    free(paced);
    free_score(touch);
    free_score(bout);
}

// Bouts at the fastest and the slowest pace, with words from the first breath on, soon after a line
// and after a pause, and with a line in the midst.
static struct score *paced_score(void)
{
    const double periods[] = {6, 7.5, 10, 13.3};
    struct score *score = malloc(sizeof *score);
    assert_non_null(score);
    score_init(score);
    for (size_t i = 0; i < 4; i++) {
        const double in_s = periods[i] * 0.4, out_s = periods[i] * 0.6;
        score_say(score, SCORE_LINE);
        score_wait(score, i % 2 ? 1 : 12);
        score_bout(score);
        score_breathe(score, 2, in_s, out_s, true);
        score_breathe(score, 2, in_s, out_s, false);
        score_breathe(score, 1, in_s, out_s, true);
        score_breathe(score, 2, in_s, out_s, false);
    }
    score_wait(score, 1);
    score_say(score, SCORE_LINE);
    score_end(score, 10);
    return score;
}

// How much louder it is around the end of an event than around its beginning.
static double change_db(const float *stems, int stem, const struct event *event)
{
    const int64_t window = FRAME_RATE * 4 / 10, start = event->start_frame - window / 2;
    return stem_rms_db(stems, stem, start + event->frames, window) -
           stem_rms_db(stems, stem, start, window);
}

// From the first breath on, also while words keep the bed down and while it comes back.
static void check_every_breath(const struct engine_config *config, int stem)
{
    struct score *score = paced_score();
    float *stems = render(config, score);
    double least[2] = {99, 99};
    int breaths = 0;
    for (size_t i = 0; i < score->timeline.event_count; i++) {
        const struct event *event = &score->events[i];
        if (event->type != EVENT_BREATH)
            continue;
        bool in = event->as.breath.phase == BREATH_IN;
        double wave_db = change_db(stems, stem, event) * (in ? 1 : -1);
        if (wave_db < 4.5)
            fail_msg("stem %d: breath %s at %.1f s: %.1f dB", stem, in ? "in" : "out",
                     seconds_from_frames(event->start_frame), wave_db);
        least[in] = fmin(least[in], wave_db);
        breaths += in;
    }
    print_message("stem %d: every breath rises by %.1f dB or more and falls by %.1f or more\n",
                  stem, least[1], least[0]);
    assert_int_equal(breaths, 28);
    free(stems);
    free_score(score);
}

static void every_breath_is_heard(void **state)
{
    (void)state;
    const struct engine_config scene = config_with_scene(), tone = {.seed = 1};
    check_every_breath(&scene, STEM_SCENE);
    check_every_breath(&tone, STEM_CUE);
}

// A plan re-fitted while the old one is under way is joined without a jump in level: the ratio of
// the samples with and without the swap is that of the levels.
static void refitting_joins_smoothly(void **state)
{
    (void)state;
    struct score *before = levels_score(), *after = malloc(sizeof *after);
    assert_non_null(after);
    score_init(after);
    for (int i = 0; i < 15; i++) {
        score_say(after, SCORE_LINE);
        score_wait(after, 1);
    }
    score_wait(after, 9.6); // the new plan speaks half a second after the swap at 60 s
    score_say(after, SCORE_LINE);
    score_wait(after, 100);
    after->now = before->timeline.total_frames - before->timeline.tail_frames;
    score_end(after, 10);
    // Nothing but the bed moves, and all lies above the shade's corner.
    static const char text[] = "scene: flat\nlayer a: white, highpass 8000\n";
    struct diagnostics list;
    diagnostics_init(&list, "flat");
    struct scene_recipe *recipe = NULL;
    struct error error = {0};
    assert_int_equal(scene_recipe_parse(&recipe, text_from(text), &list, &error), STATUS_OK);
    const struct engine_scene flat = {.recipe = recipe, .gain = 1};
    const struct engine_config config = {.seed = 5, .scenes = &flat, .scene_count = 1};
    float *reference = render(&config, before);
    struct engine *engine = new_engine(&config, before);
    const int64_t swap = 60 * FRAME_RATE, frames = 80 * FRAME_RATE;
    float *stems = stems_for(frames);
    engine_render(engine, stems, (size_t)swap);
    assert_int_equal(engine_set_timeline(engine, &after->timeline, &after->bank, &error),
                     STATUS_OK);
    engine_render(engine, stems + swap * STEM_CHANNELS, (size_t)(frames - swap));
    const int64_t window = FRAME_RATE / 100; // its bed and its shade move by 0.07 dB at most
    double before_db = 0, lowest = 0;
    for (int64_t f = swap; f < 68 * FRAME_RATE; f += window) { // the reference stays level here
        double db = stem_rms_db(stems, STEM_SCENE, f, window) -
                    stem_rms_db(reference, STEM_SCENE, f, window);
        if (fabs(db - before_db) > 0.1)
            fail_msg("%.3f dB in 10 ms at %.2f s", db - before_db, seconds_from_frames(f));
        before_db = db;
        lowest = fmin(lowest, db);
    }
    assert_true(lowest < -ENGINE_SCENE_RISE_DB - 2);
    assert_true(lowest > -ENGINE_SCENE_RISE_DB + AUTOMATION_SHADE_DB - 0.1);
    engine_free(engine);
    free(reference);
    free(stems);
    scene_recipe_free(recipe);
    diagnostics_free(&list);
    free_score(before);
    free_score(after);
}

// ---- Cues ---------------------------------------------------------------------------------------

// Steepest change of the level between neighbouring windows of 100 ms, where both are above -60 dB.
// Of a tone at 200 Hz shorter ones differ by more than its level does: they hold no whole count of
// periods.
static double steepest_db(const float *stems, const int *channels, int count, int64_t from,
                          int64_t to)
{
    enum { WINDOW = FRAME_RATE / 10 };
    double before = -999, steepest = 0;
    for (int64_t f = from; f + WINDOW <= to; f += WINDOW) {
        double power = 0;
        for (int64_t i = f; i < f + WINDOW; i++) {
            double sum = 0;
            for (int c = 0; c < count; c++)
                sum += (double)at(stems, i, channels[c]);
            power += sum * sum;
        }
        double now = 10 * log10(power / WINDOW);
        if (now > -60 && before > -60)
            steepest = fmax(steepest, fabs(now - before) * 10);
        before = now;
    }
    return steepest;
}

static void breath_tone_paces_without_a_scene(void **state)
{
    (void)state;
    struct score *score = levels_score();
    const struct engine_config config = {.seed = 1};
    float *stems = render(&config, score);
    assert_true(stem_rms_db(stems, STEM_SCENE, 0, score->timeline.total_frames) < -300);
    assert_true(stem_rms_db(stems, STEM_CUE, 0, 106 * FRAME_RATE) < -300); // no bout is near
    double bout = stem_lufs(stems, STEM_CUE, 143, 243);
    const int left = 2 * STEM_CUE;
    double steepest = steepest_db(stems, &left, 1, 113 * FRAME_RATE, 253 * FRAME_RATE);
    print_message("breath tone: %.1f LUFS, at most %.1f dB/s\n", bout, steepest);
    near(bout, -31, 4);
    assert_true(steepest <= SWELL_SLOPE_DB && steepest > 2);
    double crest = stem_rms_db(stems, STEM_CUE, 157 * FRAME_RATE - 2400, 4800);
    double trough = stem_rms_db(stems, STEM_CUE, 163 * FRAME_RATE - 2400, 4800);
    near(crest - trough, 7, 0.3);
    for (int64_t f = 1; f < score->timeline.total_frames; f++) // no step
        assert_true(fabsf(at(stems, f, left) - at(stems, f - 1, left)) < 0.004f);
    const double words[] = {113, 117, 123, 127};
    for (size_t i = 0; i < 4; i++)
        assert_true(stem_lufs(stems, STEM_CUE, words[i], words[i] + 0.5) <= -37);
    free(stems);
    free_score(score);
}

static void breath_tone_accompanies_a_touch(void **state)
{
    (void)state;
    struct score *score = touch_score();
    const struct engine_config config = {.seed = 1};
    float *stems = render(&config, score);
    assert_true(stem_rms_db(stems, STEM_CUE, 0, 20 * FRAME_RATE) < -300);
    assert_true(stem_rms_db(stems, STEM_CUE, 141 * FRAME_RATE, 28 * FRAME_RATE) < -300);
    const int left = 2 * STEM_CUE;
    for (int breath = 1; breath < 11; breath++) { // each one but the first and the last
        int64_t crest = (24 + 10 * breath) * FRAME_RATE, trough = crest + 6 * FRAME_RATE;
        double depth = stem_rms_db(stems, STEM_CUE, crest - 2400, 4800) -
                       stem_rms_db(stems, STEM_CUE, trough - 2400, 4800);
        if (breath < 10) // the last trough is that of the fade
            near(depth, CUE_TONE_BREATH_DB * TIMELINE_SWELL_DEPTH, 0.2);
    }
    double within = steepest_db(stems, &left, 1, 30 * FRAME_RATE, 130 * FRAME_RATE);
    double coming = steepest_db(stems, &left, 1, 20 * FRAME_RATE, 140 * FRAME_RATE);
    print_message("breath tone in a touch: at most %.1f dB/s, as it comes and goes %.1f\n", within,
                  coming);
    assert_true(within <= SWELL_SLOPE_DB && within > 1);
    assert_true(coming <= 10);                                 // as of any cue
    for (int64_t f = 1; f < score->timeline.total_frames; f++) // no step
        assert_true(fabsf(at(stems, f, left) - at(stems, f - 1, left)) < 0.004f);
    for (int line = 0; line < 4; line++)
        assert_true(stem_lufs(stems, STEM_CUE, 170.5 + 10 * line, 172.5 + 10 * line) <= -37);
    free(stems);
    free_score(score);
}

static void tone_beside_the_scene_only_when_asked(void **state)
{
    (void)state;
    struct score *score = minute();
    score->timeline.event_count--; // whatever the last line
    struct engine_config config = config_with_scene();
    float *stems = render(&config, score);
    int64_t bout = 25 * FRAME_RATE;
    assert_true(stem_rms_db(stems, STEM_CUE, bout, 10 * FRAME_RATE) < -300);
    free(stems);
    config.breath_tone = true;
    stems = render(&config, score);
    assert_true(stem_rms_db(stems, STEM_CUE, bout, 10 * FRAME_RATE) > -70);
    free(stems);
    free_score(score);
}

static void chime_is_soft(void **state)
{
    (void)state;
    const double lengths[] = {0.8, 2, 3, 5};
    for (size_t i = 0; i < 4; i++) {
        struct score *score = malloc(sizeof *score);
        assert_non_null(score);
        score_init(score);
        score_say(score, SCORE_LINE);
        score_wait(score, 12);
        score_chime(score, lengths[i]); // from 20 s on
        score_wait(score, 10);
        score_end(score, 8);
        const struct engine_config config = config_with_scene();
        float *stems = render(&config, score);
        double scene = stem_rms_db(stems, STEM_SCENE, 12 * FRAME_RATE, 7 * FRAME_RATE);
        double highest = -999, before = -999, steepest = 0;
        enum { WINDOW = FRAME_RATE / 20 };
        for (int64_t f = 19 * FRAME_RATE; f < 27 * FRAME_RATE; f += WINDOW) {
            // Over a still scene: its noise would hide the chime's own slope.
            double chime = pow(10, stem_rms_db(stems, STEM_CUE, f, WINDOW) / 10);
            double now = 10 * log10(pow(10, scene / 10) + chime);
            if (before > -999)
                steepest = fmax(steepest, fabs(now - before) * 20);
            before = now;
            highest = fmax(highest, 10 * log10(chime + 1e-30));
        }
        print_message("chime of %.1f s: %.1f dB over the scene, at most %.1f dB/s\n", lengths[i],
                      highest - scene, steepest);
        assert_true(highest - scene <= 10 && steepest <= 10 && highest - scene > -20);
        assert_true(stem_rms_db(stems, STEM_CUE, 0, 20 * FRAME_RATE) < -300);
        free(stems);
        free_score(score);
    }
}

static void speed_is_told(void **state)
{
    (void)state;
    struct score *score = levels_score();
    const struct engine_config config = config_with_scene();
    struct engine *engine = new_engine(&config, score);
    float stems[1024 * STEM_CHANNELS];
    struct timespec from, to;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (int64_t f = 0; f < score->timeline.total_frames; f += 1024)
        engine_render(engine, stems, 1024);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    double ns = 1e9 * (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec);
    ns /= (double)score->timeline.total_frames;
    print_message("%.1f ns of CPU a frame: %.0f times real time\n", ns, 1e9 / FRAME_RATE / ns);
    assert_true(ns > 0 && ns < 2000); // ten times real time even under a sanitizer
    engine_free(engine);
    free_score(score);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_block_size_gives_the_same_bits),
        cmocka_unit_test(swapping_the_lead_for_the_plan_changes_no_bit),
        cmocka_unit_test(seeking_leads_to_the_same_bits),
        cmocka_unit_test(recordings_sound_the_same_from_anywhere),
        cmocka_unit_test(shots_in_recordings_do_not_startle),
        cmocka_unit_test(seeds_make_other_scenes_and_the_same_voice),
        cmocka_unit_test(nothing_is_allocated_while_rendering),
        cmocka_unit_test(session_begins_and_ends_with_zero),
        cmocka_unit_test(without_a_timeline_there_is_silence),
        cmocka_unit_test(voice_is_placed_at_the_exact_frame),
        cmocka_unit_test(utterances_without_clips_are_silent),
        cmocka_unit_test(scene_is_20_lu_below_speech_and_rises_between),
        cmocka_unit_test(scene_is_darker_under_words),
        cmocka_unit_test(sleep_starts_softer_and_falls_by_6_db),
        cmocka_unit_test(sleep_fades_out_slowly),
        cmocka_unit_test(scene_breathes_in_phase),
        cmocka_unit_test(scene_accompanies_a_touch),
        cmocka_unit_test(every_breath_is_heard),
        cmocka_unit_test(refitting_joins_smoothly),
        cmocka_unit_test(breath_tone_paces_without_a_scene),
        cmocka_unit_test(breath_tone_accompanies_a_touch),
        cmocka_unit_test(tone_beside_the_scene_only_when_asked),
        cmocka_unit_test(chime_is_soft),
        cmocka_unit_test(speed_is_told),
    };
    return cmocka_run_group_tests(tests, load_shore, free_shore);
}
