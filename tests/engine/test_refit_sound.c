// SPDX-License-Identifier: GPL-3.0-or-later
// The sound of a plan that is fitted again: at hundreds of frames of a real session, with and
// without. Voice clips are tones, so that a step in level would be a step in the samples.
#include "engine.h"

#include "pace.h"
#include "plan.h"
#include "plan_refit.h"
#include "random.h"
#include "scene_recipe.h"
#include "session_load.h"
#include "utterances.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    SWAPS = 160,
    AROUND = 4 * FRAME_RATE,  // rendered behind each
    WINDOW = FRAME_RATE / 20, // 50 ms
    CHANNELS = 2,             // of a stem
};

#define TONE_HZ 200.0
// Between with and without, dB a second: in both, bed and swell move by 6 together.
#define SLOPE_MOST 15.0
#define STEP_MOST_DB 1.0 // from one window to the next, where noise counts most

struct stage {
    struct session session;
    struct utterances utterances;
    struct clip_bank bank;
    int64_t *lengths;
    struct plan_config plan;
    struct timeline present;
    struct scene_recipe *recipes[2];
    struct engine *engine;
    struct engine_state *state;
    float *with, *without;   // AROUND frames of stems
    double step[STEM_COUNT]; // the largest between two samples without any re-fit
};

static void load_scene(struct scene_recipe **recipe, const char *name)
{
    char path[600];
    struct diagnostics list;
    struct error error;
    snprintf(path, sizeof path, LOOSEN_SOURCE_DIR "/audio/%s.scene", name);
    diagnostics_init(&list, path);
    assert_int_equal(scene_recipe_load(recipe, path, &list, &error), STATUS_OK);
    diagnostics_free(&list);
}

static void make_bank(struct stage *s)
{
    s->bank.count = s->utterances.count;
    s->bank.clips = calloc(s->bank.count, sizeof *s->bank.clips);
    s->lengths = calloc(s->bank.count, sizeof *s->lengths);
    assert_true(s->bank.clips && s->lengths);
    for (size_t i = 0; i < s->bank.count; i++) {
        struct clip *clip = &s->bank.clips[i];
        clip->frames = s->lengths[i] = pace_guess_clip(s->utterances.items[i].spoken);
        clip->samples = malloc((size_t)clip->frames * sizeof *clip->samples);
        assert_non_null(clip->samples);
        for (int64_t f = 0; f < clip->frames; f++)
            clip->samples[f] =
                (int16_t)lrint(4600 * cos(6.283185307 * TONE_HZ / FRAME_RATE * (double)f));
    }
}

static void open_stage(struct stage *s, const char *name)
{
    static const struct session_source source = {.scripts_dir = LOOSEN_SOURCE_DIR "/scripts"};
    char path[600];
    struct diagnostics list;
    struct error error;
    *s = (struct stage){.plan = {.breaths_per_minute = PLAN_BREATHS_DEFAULT}};
    snprintf(path, sizeof path, LOOSEN_SOURCE_DIR "/scripts/en/%s.session", name);
    diagnostics_init(&list, path);
    assert_int_equal(session_load(&s->session, path, &source, &list, &error), STATUS_OK);
    diagnostics_free(&list);
    s->plan.total_frames = s->session.natural;
    assert_int_equal(utterances_build(&s->utterances, &s->session, s->session.natural, NULL),
                     STATUS_OK);
    make_bank(s);
    assert_int_equal(
        plan_build(&s->present, &s->session, &s->utterances, s->lengths, &s->plan, &error),
        STATUS_OK);
    load_scene(&s->recipes[0], "shore");
    load_scene(&s->recipes[1], "hush");
    const struct engine_scene scenes[] = {{s->session.scene, s->recipes[0], 0.1},
                                          {TEXT("other"), s->recipes[1], 0.1}};
    const struct engine_config config = {
        .seed = 1, .scenes = scenes, .scene_count = 2, .breath_tone = true};
    assert_int_equal(engine_new(&s->engine, &config, &error), STATUS_OK);
    assert_int_equal(engine_set_timeline(s->engine, &s->present, &s->bank, &error), STATUS_OK);
    assert_int_equal(engine_state_new(&s->state, s->engine, &error), STATUS_OK);
    s->with = malloc(AROUND * STEM_CHANNELS * sizeof *s->with);
    s->without = malloc(AROUND * STEM_CHANNELS * sizeof *s->without);
    assert_true(s->with && s->without);
}

static void close_stage(struct stage *s)
{
    engine_state_free(s->state);
    engine_free(s->engine);
    for (int i = 0; i < 2; i++)
        scene_recipe_free(s->recipes[i]);
    for (size_t i = 0; i < s->bank.count; i++)
        free(s->bank.clips[i].samples);
    free(s->bank.clips);
    free(s->lengths);
    free(s->with);
    free(s->without);
    timeline_free(&s->present);
    utterances_free(&s->utterances);
    session_free(&s->session);
}

static double step_of(const float *stems, int64_t frames, int stem)
{
    double most = 0;
    for (int64_t f = 1; f < frames; f++)
        for (int c = 0; c < CHANNELS; c++) {
            const float *now = stems + f * STEM_CHANNELS + stem * CHANNELS + c;
            most = fmax(most, fabs((double)now[0] - (double)now[-STEM_CHANNELS]));
        }
    return most;
}

static double level_of(const float *stems, int64_t from)
{
    double sum = 1e-12;
    for (int64_t f = from; f < from + WINDOW; f++)
        for (int c = 0; c < CHANNELS; c++) {
            double x = (double)stems[f * STEM_CHANNELS + STEM_SCENE * CHANNELS + c];
            sum += x * x;
        }
    return 10 * log10(sum);
}

// How fast the scene's level moves against that without the re-fit, dB a second over three windows;
// and by how much from one window to the next.
static double slope_between(const struct stage *s, double *step_db)
{
    double before[3] = {0}, most = 0;
    for (int64_t f = 0; f + WINDOW <= AROUND; f += WINDOW) {
        double now = level_of(s->with, f) - level_of(s->without, f);
        most = fmax(most, fabs(now - before[2]) * FRAME_RATE / (3 * WINDOW));
        *step_db = fmax(*step_db, fabs(now - before[0]));
        before[2] = before[1];
        before[1] = before[0];
        before[0] = now;
    }
    return most;
}

static void measure_session(struct stage *s)
{
    for (int64_t at = 0; at < s->present.total_frames; at += AROUND) {
        engine_render(s->engine, s->without, AROUND);
        for (int stem = 0; stem < STEM_COUNT; stem++)
            s->step[stem] = fmax(s->step[stem], step_of(s->without, AROUND, stem));
    }
}

// Render on from `frame` with a plan that was fitted again there, and without. False: it cannot be.
static bool swap_at(struct stage *s, int64_t frame, enum plan_request request)
{
    struct error error;
    struct timeline made;
    const struct plan_refit_config config = {.present = &s->present,
                                             .utterances = &s->utterances,
                                             .clip_frames = s->lengths,
                                             .plan = &s->plan,
                                             .request = request,
                                             .now_frame = frame};
    if (plan_refit(&made, &config, &error) != STATUS_OK)
        return false;
    while (engine_position(s->engine) < frame)
        engine_render(s->engine, s->with, SCENE_QUANTUM);
    engine_save(s->engine, s->state);
    engine_render(s->engine, s->without, AROUND);
    engine_restore(s->engine, s->state);
    assert_int_equal(engine_set_timeline(s->engine, &made, &s->bank, &error), STATUS_OK);
    engine_render(s->engine, s->with, AROUND);
    assert_int_equal(engine_set_timeline(s->engine, &s->present, &s->bank, &error), STATUS_OK);
    engine_restore(s->engine, s->state);
    timeline_free(&made);
    return true;
}

static void no_swap_is_heard_as_a_click(void **state)
{
    (void)state;
    struct stage s;
    open_stage(&s, "floor-release");
    measure_session(&s);
    engine_seek(s.engine, 0);
    int done = 0, cut = 0;
    double slope = 0, step_db = 0, step[STEM_COUNT] = {0};
    for (uint64_t i = 0; i < SWAPS; i++) {
        const int64_t room = s.present.total_frames - TIMELINE_LEAD_FRAMES - AROUND;
        int64_t frame = TIMELINE_LEAD_FRAMES + (int64_t)((double)room * ((double)i + 0.5) / SWAPS);
        frame = frame / SCENE_QUANTUM * SCENE_QUANTUM;
        if (!swap_at(&s, frame, (enum plan_request)(random_at(9, i) % 4)))
            continue;
        done++;
        cut += memcmp(s.with, s.without, FRAME_RATE * STEM_CHANNELS * sizeof *s.with) != 0;
        slope = fmax(slope, slope_between(&s, &step_db));
        for (int stem = 0; stem < STEM_COUNT; stem++)
            step[stem] = fmax(step[stem], step_of(s.with, AROUND, stem));
    }
    print_message("%d re-fits, %d heard within a second; scene moves by %.1f dB/s at most; largest "
                  "steps %.5f %.5f %.5f, without %.5f %.5f %.5f\n",
                  done, cut, slope, step[0], step[1], step[2], s.step[0], s.step[1], s.step[2]);
    assert_true(done > SWAPS / 2 && cut > done / 3);
    assert_true(slope < SLOPE_MOST && step_db < STEP_MOST_DB);
    assert_true(step[STEM_VOICE] < 1.1 * s.step[STEM_VOICE]);
    assert_true(step[STEM_SCENE] < 1.1 * s.step[STEM_SCENE]);
    assert_true(step[STEM_CUE] < 1.1 * s.step[STEM_CUE]);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_swap_is_heard_as_a_click)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
