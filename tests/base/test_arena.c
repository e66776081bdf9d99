// SPDX-License-Identifier: GPL-3.0-or-later
#include "arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

// Many sizes: zeroed, aligned, and none overlaps another.
static void test_allocations(void **state)
{
    (void)state;
    enum { COUNT = 3000 };
    struct arena arena = ARENA_INIT;
    unsigned char *memory[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        memory[i] = arena_alloc(&arena, i);
        assert_non_null(memory[i]);
        assert_int_equal((uintptr_t)memory[i] % alignof(max_align_t), 0);
        for (size_t b = 0; b < i; b++)
            assert_int_equal(memory[i][b], 0);
        memset(memory[i], (int)(i & 0xFF), i);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t b = 0; b < i; b++)
            assert_int_equal(memory[i][b], i & 0xFF);
    arena_free(&arena);
    assert_null(arena.chunks);
}

static void test_large_and_again(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    char *large = arena_alloc(&arena, 1000000);
    assert_non_null(large);
    memset(large, 1, 1000000);
    arena_free(&arena);
    assert_non_null(arena_alloc(&arena, 1)); // usable after arena_free
    arena_free(&arena);
    arena_free(&arena);
}

static void test_overflow(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    assert_null(arena_alloc(&arena, SIZE_MAX));
    assert_null(arena_alloc(&arena, SIZE_MAX - 8));
    assert_null(arena_array(&arena, SIZE_MAX / 4, 16));
    assert_null(arena_array(&arena, SIZE_MAX, SIZE_MAX));
    assert_non_null(arena_array(&arena, 10, 0));
    assert_non_null(arena_array(&arena, 0, 10));
    arena_free(&arena);
}

static void test_copy(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct text copy = arena_copy(&arena, TEXT("a\0b"));
    assert_int_equal(copy.size, 3);
    assert_memory_equal(copy.data, "a\0b", 4); // terminated as well
    copy = arena_copy(&arena, (struct text){NULL, 0});
    assert_non_null(copy.data);
    assert_int_equal(copy.size, 0);
    arena_free(&arena);
}

// Memory that is taken outlives the arena that it came from; either may be empty.
static void test_taking(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct arena other = ARENA_INIT;
    arena_take(&arena, &other);
    assert_null(arena.chunks);
    struct text first = arena_copy(&other, TEXT("first"));
    arena_take(&arena, &other);
    assert_null(other.chunks);
    struct text second = arena_copy(&other, TEXT("second"));
    struct text large = {arena_alloc(&other, 100000), 0};
    assert_non_null(large.data);
    arena_take(&arena, &other);
    arena_free(&other);
    struct text third = arena_copy(&arena, TEXT("third"));
    assert_true(text_equal_c(first, "first"));
    assert_true(text_equal_c(second, "second"));
    assert_true(text_equal_c(third, "third"));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allocations),
        cmocka_unit_test(test_taking),
        cmocka_unit_test(test_large_and_again),
        cmocka_unit_test(test_overflow),
        cmocka_unit_test(test_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
