// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe.h"
#include "scene.h"
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

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot open %s", path);
    char *data = calloc(1, 100000);
    assert_non_null(data);
    size_t size = fread(data, 1, 99999, file);
    assert_true(size > 0 && !ferror(file));
    fclose(file);
    return data;
}

static void write_file(const char *path, struct text text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.data, 1, text.size, file), text.size);
    assert_int_equal(fclose(file), 0);
}

static void check_bad(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/bad/%s.scene", GOLDEN_DIR, name);
    struct diagnostics list;
    diagnostics_init(&list, name);
    struct scene_recipe *recipe = NULL;
    struct error error = {0};
    assert_int_equal(scene_recipe_load(&recipe, path, &list, &error), STATUS_BAD_INPUT);
    assert_null(recipe);
    assert_true(list.errors > 0);
    assert_int_equal(error.line, list.items[0].line);
    struct buffer printed = BUFFER_INIT;
    diagnostics_print(&list, &printed);
    snprintf(path, sizeof path, "%s/bad/%s.expected", GOLDEN_DIR, name);
    if (getenv("UPDATE_GOLDEN"))
        write_file(path, buffer_text(&printed));
    char *expected = read_file(path);
    buffer_add_byte(&printed, '\0');
    assert_string_equal(printed.data, expected);
    free(expected);
    buffer_free(&printed);
    diagnostics_free(&list);
}

static void check_good(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/good/%s.scene", GOLDEN_DIR, name);
    struct diagnostics list;
    diagnostics_init(&list, name);
    struct scene_recipe *recipe = NULL;
    struct error error = {0};
    assert_int_equal(scene_recipe_load(&recipe, path, &list, &error), STATUS_OK);
    assert_non_null(recipe);
    assert_int_equal(list.count, 0);
    assert_string_equal(recipe->name, name);
    scene_recipe_free(recipe);
    diagnostics_free(&list);
}

static int each(const char *folder, void (*check)(const char *))
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", GOLDEN_DIR, folder);
    DIR *dir = opendir(path);
    assert_non_null(dir);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char name[300];
        snprintf(name, sizeof name, "%s", entry->d_name);
        char *end = strstr(name, ".scene");
        if (!end)
            continue;
        *end = '\0';
        check(name);
        count++;
    }
    closedir(dir);
    return count;
}

static void bad_recipes_give_their_messages(void **state)
{
    (void)state;
    assert_int_equal(each("bad", check_bad), 15);
}

static void good_recipes_parse(void **state)
{
    (void)state;
    assert_int_equal(each("good", check_good), 5);
}

static struct scene_recipe *parse(const char *text)
{
    struct diagnostics list;
    diagnostics_init(&list, "text");
    struct scene_recipe *recipe = NULL;
    struct error error = {0};
    if (scene_recipe_parse(&recipe, text_from(text), &list, &error) != STATUS_OK)
        fail_msg("%s:%d:%d: %.*s", error.file, error.line, error.column,
                 TEXT_ARG(list.items[0].message));
    diagnostics_free(&list);
    return recipe;
}

static void the_model_is_what_was_written(void **state)
{
    (void)state;
    char *text = read_file(GOLDEN_DIR "/good/full.scene");
    struct scene_recipe *recipe = parse(text);
    free(text);
    assert_int_equal(recipe->layer_count, 4);
    const struct recipe_layer *surf = &recipe->layers[0];
    assert_string_equal(surf->name, "surf");
    assert_int_equal(surf->colour, NOISE_PINK);
    assert_true(surf->lowpass_hz[0] == 900 && surf->lowpass_hz[1] == 2400);
    assert_true(surf->highpass_hz == 45 && surf->level_db == -1.5);
    assert_true(surf->breath_db == 7 && surf->free_db == 3);
    assert_int_equal(surf->free_frames[0], 9 * FRAME_RATE);
    assert_int_equal(surf->free_frames[1], 13 * FRAME_RATE);
    assert_int_equal(surf->delay_frames, 8 * FRAME_RATE / 10);
    assert_true(recipe->layers[1].highpass_hz == 1750 && recipe->layers[1].lowpass_hz[1] == 7000);
    assert_int_equal(recipe->layers[2].colour, NOISE_WHITE);
    assert_int_equal(recipe->layers[3].colour, NOISE_BROWN);
    assert_true(recipe->layers[3].highpass_hz == RECIPE_HIGHPASS_DEFAULT);
    assert_true(recipe->width == 0.5 && recipe->drift_hz == 0.03);
    struct scene_movement movement = scene_recipe_movement(recipe);
    assert_true(movement.breath_db == 7 && movement.free_db == 6);
    assert_true(movement.free_slope_db > 1.88 && movement.free_slope_db < 1.89); // pi * 6 / 10
    scene_recipe_free(recipe);
}

static void near(double a, double b)
{
    if (!(fabs(a - b) <= 0.01))
        fail_msg("%.9g is not %.9g", a, b);
}

static void kinds_are_what_was_written(void **state)
{
    (void)state;
    char *text = read_file(GOLDEN_DIR "/good/kinds.scene");
    struct scene_recipe *recipe = parse(text);
    free(text);
    assert_string_equal(scene_recipe_summary(recipe), "every kind of layer");
    assert_int_equal(recipe->layers[0].kind, RECIPE_NOISE);
    const struct recipe_grains *grains = &recipe->layers[1].grains;
    assert_int_equal(recipe->layers[1].kind, RECIPE_GRAINS);
    assert_true(grains->rate == 6 && grains->pitch_hz[0] == 400 && grains->pitch_hz[1] == 1200);
    assert_int_equal(grains->attack_frames, frames_from_ms(30));
    assert_int_equal(grains->decay_frames, frames_from_ms(250));
    assert_true(recipe->layers[1].level_db == -8);
    const struct recipe_chord *tones = &recipe->layers[2].chord, *chord = &recipe->layers[3].chord;
    assert_int_equal(recipe->layers[2].kind, RECIPE_CHORD);
    assert_true(tones->note_count == 2 && tones->note_hz[1] == 165.5 && !tones->overtones);
    assert_true(tones->beat_hz == 0.05);
    assert_int_equal(tones->move_frames, 30 * FRAME_RATE);
    assert_true(chord->note_count == 3 && chord->overtones);
    near(chord->note_hz[0], 116.54); // equal temperament, from tables
    near(chord->note_hz[1], 277.18);
    near(chord->note_hz[2], 440);
    assert_true(recipe->layers[3].lowpass_hz[1] == 900);
    assert_int_equal(recipe->layers[4].kind, RECIPE_GRAINS); // defaults
    assert_true(recipe->layers[4].grains.rate == 4);
    scene_recipe_free(recipe);
}

static void recordings_are_what_was_written(void **state)
{
    (void)state;
    char *text = read_file(GOLDEN_DIR "/good/recordings.scene");
    struct scene_recipe *recipe = parse(text);
    free(text);
    struct scene_file file;
    assert_true(scene_recipe_file(recipe, 0, &file));
    assert_string_equal(file.path, "waves, far/sea of 2024.flac");
    assert_int_equal(file.line, 2);
    assert_int_equal(file.column, 17);
    assert_int_equal(file.fade_frames, frames_from_ms(1500));
    assert_true(scene_recipe_file(recipe, 1, &file));
    assert_string_equal(file.path, "rain.ogg");
    assert_int_equal(file.fade_frames, RECORDING_FADE_DEFAULT);
    assert_false(scene_recipe_file(recipe, 2, &file));
    struct scene *scene;
    struct error error;
    assert_int_equal(scene_new(&scene, recipe, 1, &error), STATUS_BAD_ARGUMENT);
    assert_non_null(strstr(error.text, "not loaded"));
    scene_recipe_free(recipe);
}

// "```scene" blocks of docs/scenes.md are whole recipes, and its table of rules has all that the
// bad recipes are refused for.
static void the_page_tells_the_truth(void **state)
{
    (void)state;
    char *page = read_file(LOOSEN_SOURCE_DIR "/docs/scenes.md");
    static const char fence[] = "```scene\n";
    int examples = 0;
    for (char *at = page; (at = strstr(at, fence)) != NULL; examples++) {
        char *start = at + strlen(fence);
        char *end = strstr(start, "```");
        assert_non_null(end);
        *end = '\0';
        scene_recipe_free(parse(start));
        at = end + 1;
    }
    assert_int_equal(examples, 4);
    free(page);
}

static void check_rules(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/bad/%s.expected", GOLDEN_DIR, name);
    char *messages = read_file(path), *page = read_file(LOOSEN_SOURCE_DIR "/docs/scenes.md");
    for (char *at = messages; (at = strstr(at, "[scene-")) != NULL; at++) {
        char rule[64];
        snprintf(rule, sizeof rule, "`%.*s`", (int)strcspn(at + 1, "]"), at + 1);
        if (!strstr(page, rule))
            fail_msg("the page does not name %s", rule);
    }
    free(messages);
    free(page);
}

static void the_page_names_every_rule(void **state)
{
    (void)state;
    assert_true(each("bad", check_rules) > 0);
}

static void files_that_can_not_be_read(void **state)
{
    (void)state;
    struct diagnostics list;
    diagnostics_init(&list, "none");
    struct scene_recipe *recipe = NULL;
    struct error error = {0};
    assert_int_equal(scene_recipe_load(&recipe, GOLDEN_DIR "/none.scene", &list, &error),
                     STATUS_NOT_FOUND);
    assert_non_null(strstr(error.text, "none.scene"));
    assert_int_equal(scene_recipe_load(&recipe, GOLDEN_DIR, &list, &error), STATUS_BAD_INPUT);
    assert_int_equal(scene_recipe_load(&recipe, "/dev/zero", &list, &error), STATUS_BAD_INPUT);
    char *text = malloc(SCENE_FILE_MAX + 1);
    assert_non_null(text);
    memset(text, '\n', SCENE_FILE_MAX + 1);
    assert_int_equal(
        scene_recipe_parse(&recipe, (struct text){text, SCENE_FILE_MAX + 1}, &list, &error),
        STATUS_BAD_INPUT);
    assert_string_equal(list.items[0].rule, "scene-size");
    free(text);
    diagnostics_free(&list);
}

// Every prefix and many mutations of a good recipe parse or fail with a message, and nothing else.
static void hostile_text_is_survived(void **state)
{
    (void)state;
    char *good = read_file(GOLDEN_DIR "/good/full.scene");
    char *kinds = read_file(GOLDEN_DIR "/good/kinds.scene");
    char *files = read_file(GOLDEN_DIR "/good/recordings.scene");
    good = realloc(good, strlen(good) + strlen(kinds) + strlen(files) + 3);
    assert_non_null(good);
    strcat(strcat(strcat(strcat(good, "\n"), kinds), "\n"), files);
    free(kinds);
    free(files);
    size_t size = strlen(good), bad = 0, runs = 0;
    char *text = malloc(size);
    assert_non_null(text);
    for (uint64_t i = 0; i < 4000; i++) {
        uint64_t a = i * 0x9E3779B97F4A7C15u, b = (a ^ (a >> 29)) * 0xBF58476D1CE4E5B9u;
        memcpy(text, good, size);
        text[(b >> 8) % size] = (char)(b >> 40);
        text[(b >> 20) % size] = (char)" ,.:\n-\x80s0"[(b >> 50) % 9];
        struct diagnostics list;
        diagnostics_init(&list, "text");
        struct scene_recipe *recipe = NULL;
        struct error error = {0};
        size_t part = i < size ? (size_t)i : size;
        enum status status = scene_recipe_parse(&recipe, (struct text){text, part}, &list, &error);
        assert_true(status == (list.errors ? STATUS_BAD_INPUT : STATUS_OK));
        bad += list.errors > 0;
        runs++;
        scene_recipe_free(recipe);
        diagnostics_free(&list);
    }
    assert_true(bad > runs / 4 && bad < runs);
    free(text);
    free(good);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_recipes_give_their_messages),
        cmocka_unit_test(good_recipes_parse),
        cmocka_unit_test(the_model_is_what_was_written),
        cmocka_unit_test(kinds_are_what_was_written),
        cmocka_unit_test(recordings_are_what_was_written),
        cmocka_unit_test(the_page_tells_the_truth),
        cmocka_unit_test(the_page_names_every_rule),
        cmocka_unit_test(files_that_can_not_be_read),
        cmocka_unit_test(hostile_text_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
