// SPDX-License-Identifier: GPL-3.0-or-later
// Every allocation of a parse, print and expansion fails in turn: the answer is "out of memory",
// never a crash, a leak or a wrong session. The linker puts these in the allocator's place.
#include "fixture.h"
#include "session_print.h"
#include "utterances.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static long until_failure = -1; // calls that still succeed; -1: all

void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__real_arena_alloc(struct arena *arena, size_t size);
void *__real_arena_array(struct arena *arena, size_t count, size_t size);
struct text __real_arena_copy(struct arena *arena, struct text view);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void *__wrap_arena_alloc(struct arena *arena, size_t size);
void *__wrap_arena_array(struct arena *arena, size_t count, size_t size);
struct text __wrap_arena_copy(struct arena *arena, struct text view);

static bool fails(void)
{
    if (until_failure < 0)
        return false;
    return until_failure == 0 || until_failure-- == 0;
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails() ? NULL : __real_realloc(memory, size);
}

// The arena asks for memory in chunks, so its own calls are failed as well.
void *__wrap_arena_alloc(struct arena *arena, size_t size)
{
    return fails() ? NULL : __real_arena_alloc(arena, size);
}

void *__wrap_arena_array(struct arena *arena, size_t count, size_t size)
{
    return fails() ? NULL : __real_arena_array(arena, count, size);
}

struct text __wrap_arena_copy(struct arena *arena, struct text view)
{
    return fails() ? (struct text){NULL, 0} : __real_arena_copy(arena, view);
}

// Everything once; every allocation after `calls` fails.
static enum status run(struct text data, long calls)
{
    struct session session;
    struct diagnostics list;
    struct utterances utterances;
    struct error error;
    struct buffer out = BUFFER_INIT;
    until_failure = calls;
    enum status status = fixture_parse(&session, data, "test.session", &list);
    if (status == STATUS_OK) {
        status = utterances_build(&utterances, &session, session.natural, &error);
        session_print(&session, &out);
        if (status == STATUS_OK)
            utterances_free(&utterances);
        if (out.failed)
            status = STATUS_NO_MEMORY;
        session_free(&session);
    }
    until_failure = -1;
    diagnostics_free(&list);
    buffer_free(&out);
    return status;
}

static void sweep(const char *path, enum status wanted)
{
    struct buffer data = fixture_read(path);
    long calls = 0;
    while (run(buffer_text(&data), calls) == STATUS_NO_MEMORY)
        calls++;
    assert_true(calls > 30); // else hardly anything was refused
    assert_int_equal(run(buffer_text(&data), calls), wanted);
    buffer_free(&data);
}

static void test_good(void **state)
{
    (void)state;
    sweep("good/everything.session", STATUS_OK);
    sweep("good/warnings.session", STATUS_OK);
    sweep("good/plain.session", STATUS_OK);
}

static void test_bad(void **state)
{
    (void)state;
    sweep("bad/contact.session", STATUS_BAD_INPUT);
    sweep("bad/language-faults.session", STATUS_BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_bad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
