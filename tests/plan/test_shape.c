// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape.h"
#include "sketch.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SECTIONS = 4 };

struct fixture {
    struct sketch sketch;
    struct arena arena;
    struct shape_limits limits[SECTIONS];
    struct shape shape;
};

// Section 0 and 1 have shapes; 2 and 3 share the rest, 1 to 3, and 2 takes 60 s at most.
static struct fixture *open_fixture(void)
{
    static const struct sketch_point first[] = {{30, 300}, {60, 600}, {60, 1200}};
    static const struct sketch_point second[] = {{100, 300}, {40, 600}};
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    sketch_init(&f->sketch, SECTIONS);
    f->sketch.session.length = (struct range){SKETCH_SECONDS(300), SKETCH_SECONDS(1800)};
    sketch_shape(&f->sketch, 0, first, 3);
    sketch_shape(&f->sketch, 1, second, 2);
    for (int i = 0; i < SECTIONS; i++)
        f->limits[i] = (struct shape_limits){SKETCH_SECONDS(5), SKETCH_SECONDS(i == 2 ? 60 : 9000),
                                             SKETCH_SECONDS(i == 3 ? 30 : 10)};
    assert_int_equal(shape_init(&f->shape, &f->arena, &f->sketch.session, f->limits, NULL),
                     STATUS_OK);
    return f;
}

static void close_fixture(struct fixture *f)
{
    arena_free(&f->arena);
    sketch_free(&f->sketch);
    free(f);
}

static void expect(const struct fixture *f, double length, bool peak,
                   const double seconds[SECTIONS])
{
    double targets[SECTIONS];
    shape_targets(&f->shape, length * FRAME_RATE, peak, targets);
    for (int i = 0; i < SECTIONS; i++)
        if (fabs(targets[i] / FRAME_RATE - seconds[i]) > 0.001)
            fail_msg("section %d at %.0f s: %.3f s, not %.3f", i, length, targets[i] / FRAME_RATE,
                     seconds[i]);
}

static void test_interpolation(void **state)
{
    (void)state;
    struct fixture *f = open_fixture();
    expect(f, 300, false, (double[]){30, 100, 42.5, 127.5});
    expect(f, 450, false, (double[]){45, 70, 60, 275}); // section 2 is full, 3 takes what is left
    expect(f, 600, false, (double[]){60, 40, 60, 440});
    expect(f, 150, false, (double[]){15, 50, 21.25, 63.75}); // before: in proportion
    expect(f, 1500, false, (double[]){60, 40, 60, 1340});    // behind: it stays
    close_fixture(f);
}

static void test_peak_never_shrinks(void **state)
{
    (void)state;
    struct fixture *f = open_fixture();
    expect(f, 600, true, (double[]){60, 100, 60, 440});
    double before[SECTIONS] = {0};
    double targets[SECTIONS];
    for (double length = 1; length < 4000; length += 7) {
        shape_targets(&f->shape, length * FRAME_RATE, true, targets);
        for (int i = 0; i < SECTIONS; i++) {
            assert_true(targets[i] >= before[i]);
            before[i] = targets[i];
        }
    }
    close_fixture(f);
}

// Beyond the session's range every section grows, so that any length can be reached.
static void test_beyond_the_end(void **state)
{
    (void)state;
    struct fixture *f = open_fixture();
    double at_end[SECTIONS];
    double beyond[SECTIONS];
    double sum = 0;
    shape_targets(&f->shape, 1800.0 * FRAME_RATE, false, at_end);
    shape_targets(&f->shape, 2800.0 * FRAME_RATE, false, beyond);
    for (int i = 0; i < SECTIONS; i++) {
        assert_true(beyond[i] > at_end[i]);
        sum += beyond[i] - at_end[i];
    }
    assert_true(fabs(sum - 1000.0 * FRAME_RATE) < 1);
    close_fixture(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_interpolation),
        cmocka_unit_test(test_peak_never_shrinks),
        cmocka_unit_test(test_beyond_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
