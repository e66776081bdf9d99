// SPDX-License-Identifier: GPL-3.0-or-later
// What is read in the steps of a text, by the touch words that are shipped.
#include "touch_step.h"

#include "fixture.h"
#include "sentences.h"
#include "words_parser.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { SENTENCES_MAX = 16 };

struct reading {
    struct arena arena;
    struct buffer files[3];
    struct touch_words touch;
    struct dangers dangers;
    struct words words;
    struct touch_sentence sentences[SENTENCES_MAX];
    struct mentions mentions[SENTENCES_MAX];
};

static void open_language(struct reading *reading, const char *language)
{
    static const char *const names[] = {"touch", "dangers", "words"};
    struct diagnostics list;
    char path[512];
    *reading = (struct reading){.arena = ARENA_INIT};
    diagnostics_init(&list, "language");
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/scripts/%s/%s", LOOSEN_SOURCE_DIR, language, names[i]);
        reading->files[i] = fixture_read(path);
    }
    touch_words_parse(&reading->touch, &reading->arena, buffer_text(&reading->files[0]), &list);
    dangers_parse(&reading->dangers, &reading->arena, buffer_text(&reading->files[1]), &list);
    words_parse(&reading->words, buffer_text(&reading->files[2]), &list);
    dangers_add_numbers(&reading->dangers, &reading->arena, &reading->words);
    assert_int_equal(list.count, 0);
    diagnostics_free(&list);
}

static void close_language(struct reading *reading)
{
    for (size_t i = 0; i < 3; i++)
        buffer_free(&reading->files[i]);
    arena_free(&reading->arena);
}

static struct touch_step read_step(struct reading *reading, const char *said, const char *back,
                                   int pause)
{
    struct touch_step step;
    struct touch_source source = {.sentences = reading->sentences,
                                  .back = text_from(back),
                                  .pause_least = pause,
                                  .pause_most = pause};
    for (struct text rest = text_from(said); rest.size > 0; source.count++) {
        assert_true(source.count < SENTENCES_MAX);
        size_t size = sentences_first(rest);
        struct text text = text_trim(text_head(rest, size));
        struct mentions *mentions = &reading->mentions[source.count];
        mentions_read(mentions, &reading->touch, &reading->dangers, text);
        reading->sentences[source.count] = (struct touch_sentence){text, NULL, mentions};
        rest = text_skip(rest, size);
    }
    touch_step_read(&step, &source);
    return step;
}

// The step as one line, such as "glutes ball wall 4-4 60-60 s named right".
static void print_step(const struct touch_step *step, char line[160])
{
    static const char *const sides[] = {"", " turn", " named", " both"};
    char rounds[16] = "";
    if (step->rounds > 1)
        snprintf(rounds, sizeof rounds, " x%d", step->rounds);
    if (step->kind == TOUCH_STEP_NOTHING)
        snprintf(line, 160, "%s", step->refusal ? "refused" : "nothing");
    else if (step->kind == TOUCH_STEP_CONTACT)
        snprintf(line, 160, "%.*s %.*s %.*s %d-%d %d-%d %s%s%s%s", TEXT_ARG(step->region),
                 TEXT_ARG(step->tool), TEXT_ARG(step->surface), step->pressure_least,
                 step->pressure_most, step->least, step->most, step->counted ? "b" : "s", rounds,
                 sides[step->sides],
                 step->first == SIDE_LEFT    ? " left"
                 : step->first == SIDE_RIGHT ? " right"
                                             : "");
    else
        snprintf(line, 160, "%.*s %d-%d %s%s%s%s", TEXT_ARG(step->move), step->least, step->most,
                 step->counted ? "b" : "s", rounds, sides[step->sides],
                 step->first == SIDE_LEFT    ? " left"
                 : step->first == SIDE_RIGHT ? " right"
                                             : "");
}

struct example {
    const char *said, *step;
};

static void expect_steps(const char *language, const struct example *examples, size_t count)
{
    static struct reading reading;
    open_language(&reading, language);
    for (size_t i = 0; i < count; i++) {
        char line[160];
        struct touch_step step = read_step(&reading, examples[i].said, "low-back", 0);
        print_step(&step, line);
        if (strcmp(line, examples[i].step) != 0)
            print_message("%s\n", examples[i].said);
        assert_string_equal(line, examples[i].step);
    }
    close_language(&reading);
}

#define EXPECT(language, examples) \
    expect_steps(language, examples, sizeof(examples) / sizeof *(examples))

static void test_touches(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"Put the ball between the wall and your right buttock. Lean in to 4/10. Hold 60 seconds. "
         "Repeat on the left side.",
         "glutes ball wall 4-4 60-60 s named right"},
        {"Ball beside the spine, low back, against the wall. Pressure 3-4 out of 10. 45 sec each "
         "side.",
         "low-back ball wall 3-4 45-45 s both"},
        {"Press your thumbs into the muscles beside the spine, for half a minute.",
         "low-back thumbs  0-0 30-30 s"},
        {"Rub your lower back with loose fists, on both sides, for one minute.",
         "low-back fists  0-0 60-60 s"},
        {"Ball under your left calf, on the mat, 30 to 45 s, then the other leg.",
         "calves ball mat 0-0 30-45 s named left"},
        {"Lean your glute on a ball at the wall. Stay for five breaths. Change sides.",
         "glutes ball wall 0-0 5-5 b both"},
        {"Foam roller under the upper back, on the mat. 8 slow repetitions.",
         "upper-back roller mat 0-0 64-80 s"},
        {"Knead your calves with your knuckles for up to a minute. Two rounds.",
         "calves knuckles  0-0 30-60 s x2"},
    };
    EXPECT("en", examples);
}

static void test_movements(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"Lie on your back. Tilt your pelvis, then release. 10 reps.", "pelvic-tilt 80-100 s"},
        {"Let both knees roll to the right, then to the left. 8 times each side.",
         "knee-rolls 128-160 s turn"},
        {"Child's pose, 30 s.", "childs-pose 30-30 s"},
        {"Twist to the right. Stay for five breaths and then switch sides.",
         "twist 5-5 b named right"},
        {"Hamstring stretch, 3 x 30 sec each side.", "hamstring-stretch 30-30 s x3 both"},
        {"Squeeze your shoulder blades together for five seconds, ten times.",
         "shoulder-blades 90-110 s"},
        {"March on the spot, 1 min.", "march 60-60 s"},
        {"Bridge, 12x.", "bridge 96-120 s"},
        {"Bridge, 2 sets of 10.", "bridge 80-100 s x2"},
        {"Bridge, hold 5 sec. 3 x 8 reps.", "bridge 72-88 s x3"},
        {"Bridge. 10 reps. Two rounds.", "bridge 80-100 s x2"},
        {"Child's pose - 5 breaths.", "childs-pose 5-5 b"},
    };
    EXPECT("en", examples);
}

static void test_nothing(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"Never lean your glute on a ball at the wall for 60 seconds.", "nothing"},
        {"If you have a ball, lean your glute on it at the wall for 60 seconds.", "nothing"},
        {"Some people roll a ball under the calves on the floor for 60 seconds.", "nothing"},
        {"Pelvic tilts, 3 times a day.", "nothing"},
        {"Pelvic tilts, as many as you like.", "nothing"},
        {"Put your hands on your hips. Stay for 30 seconds.", "nothing"},
        {"Walk around it twice. Reach up, and lean gently to each side.", "nothing"},
        {"Shrug your shoulders, and stay for five seconds.", "nothing"},
        {"Take three slow breaths. Then a twist.", "nothing"},
        {"Ball on the spine at the wall, 60 seconds.", "nothing"},
    };
    EXPECT("en", examples);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"Ball under the low back, on the floor, 60 seconds each side.", "refused"},
        {"Roller under the low back, on the mat, 60 seconds.", "refused"},
        {"Ball under your neck, on the mat, 60 seconds.", "refused"},
        {"Lean your glute on a ball at the wall, 2 minutes each side.", "refused"},
        {"Lean your glute on a ball at the wall, 8/10, 30 seconds each side.", "refused"},
        {"Lean your glute on a ball for 30 seconds each side.", "refused"},
        {"Lean your left glute on a ball at the wall for 30 seconds.", "refused"},
        {"Lean your glutes and calves on a ball at the wall for 30 seconds.", "refused"},
        {"Ball under the calf on the mat, 30 seconds on each spot.", "refused"},
        {"Lean your glute on a ball at the wall, 30 seconds each side, 4 x.", "refused"},
        {"Lean your glute on a ball at the wall. Hold 30 seconds. Wait 20 seconds.", "refused"},
    };
    EXPECT("en", examples);
}

static void test_german(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"Leg den Ball zwischen die Wand und deine rechte Gesäßhälfte. 60 Sekunden halten. Auf der "
         "linken Seite wiederholen.",
         "glutes ball wall 0-0 60-60 s named right"},
        {"Ball neben der Wirbelsäule, unterer Rücken, an der Wand. Druck 3-4 von 10. 45 Sek pro "
         "Seite.",
         "low-back ball wall 3-4 45-45 s both"},
        {"Beckenkippen, 10 Wdh.", "pelvic-tilt 80-100 s"},
        {"Leg den Ball nie unter die Wade, auf dem Boden, 60 Sekunden pro Seite.", "nothing"},
    };
    EXPECT("de", examples);
}

// The quiet behind a step is its time where no other is said.
static void test_pause(void **state)
{
    (void)state;
    static struct reading reading;
    open_language(&reading, "en");
    struct touch_step step = read_step(&reading, "Press your thumbs into your lower back.", "", 40);
    assert_int_equal(step.kind, TOUCH_STEP_CONTACT);
    assert_true(step.from_pause);
    assert_int_equal(step.most, 40);
    step = read_step(&reading, "Press your thumbs into your lower back for 30 s.", "", 40);
    assert_false(step.from_pause);
    assert_int_equal(step.most, 30);
    // Which part of the back it is must have been said.
    step = read_step(&reading, "Press your thumbs into the muscles beside the spine.", "", 40);
    assert_int_equal(step.kind, TOUCH_STEP_NOTHING);
    assert_non_null(step.refusal);
    close_language(&reading);
}

// Where the step begins, what names it, what asks for the other side.
static void test_places(void **state)
{
    (void)state;
    static struct reading reading;
    open_language(&reading, "en");
    struct touch_step step =
        read_step(&reading,
                  "Stand tall. Take the ball. Put it between the wall and your left buttock. "
                  "A ball at the wall for your left buttock, 40 s. Now the right side. And rest.",
                  "", 0);
    assert_int_equal(step.kind, TOUCH_STEP_CONTACT);
    assert_int_equal(step.begin, 1);
    assert_int_equal(step.subject, 3);
    assert_int_equal(step.other, 4);
    assert_int_equal(step.end, 5);
    assert_int_equal(step.first, SIDE_LEFT);
    close_language(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_touches), cmocka_unit_test(test_movements),
        cmocka_unit_test(test_nothing), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_german),  cmocka_unit_test(test_pause),
        cmocka_unit_test(test_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
