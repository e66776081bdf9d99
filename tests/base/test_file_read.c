// SPDX-License-Identifier: GPL-3.0-or-later
#include "file_read.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOST = 64 * 1024, DEADLINE_S = 10 };

struct fixture {
    char folder[32];
    char path[64]; // of a file in it that isn't there yet
    struct arena arena;
};

// A read that waits for a writer would wait for ever: the alarm ends the test.
static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    snprintf(f->folder, sizeof f->folder, "/tmp/loosen-read-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/file", f->folder);
    alarm(DEADLINE_S);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    alarm(0);
    arena_free(&f->arena);
    (void)remove(f->path); // not every test makes it
    assert_int_equal(rmdir(f->folder), 0);
    free(f);
    return 0;
}

static void write_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (size_t i = 0; i < size; i++)
        assert_int_not_equal(putc((int)(i % 251), file), EOF);
    assert_int_equal(fclose(file), 0);
}

static void reads_every_byte(void **state)
{
    struct fixture *f = *state;
    static const size_t sizes[] = {0, 1, 4096, 4097, MOST - 1, MOST};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct text data;
        struct error error;
        write_file(f->path, sizes[i]);
        assert_int_equal(file_read(&data, &f->arena, f->path, MOST, &error), STATUS_OK);
        assert_int_equal(data.size, sizes[i]);
        for (size_t at = 0; at < data.size; at++)
            assert_int_equal((unsigned char)data.data[at], at % 251);
        assert_int_equal(data.data[data.size], 0);
    }
}

static void assert_refused(struct fixture *f, const char *path, size_t most, enum status status,
                           const char *before, const char *behind)
{
    struct text data;
    struct error error = {.status = STATUS_OK};
    char wanted[sizeof error.text];
    snprintf(wanted, sizeof wanted, "%s%s%s", before, path, behind);
    assert_int_equal(file_read(&data, &f->arena, path, most, &error), status);
    assert_int_equal(error.status, status);
    assert_string_equal(error.text, wanted);
    assert_null(data.data);
}

static void refuses_what_is_larger(void **state)
{
    struct fixture *f = *state;
    write_file(f->path, MOST + 1);
    assert_refused(f, f->path, MOST, STATUS_BAD_INPUT, "", " is larger than 64 KiB");
    assert_int_equal(truncate(f->path, 2 * 1024 * 1024 + 1), 0);
    assert_refused(f, f->path, 2 * 1024 * 1024, STATUS_BAD_INPUT, "", " is larger than 2 MiB");
}

static void tells_what_is_missing(void **state)
{
    struct fixture *f = *state;
    char below[80];
    assert_refused(f, f->path, MOST, STATUS_NOT_FOUND, "cannot open ",
                   ": No such file or directory");
    write_file(f->path, 1);
    snprintf(below, sizeof below, "%s/below", f->path);
    assert_refused(f, below, MOST, STATUS_NOT_FOUND, "cannot open ", ": Not a directory");
}

static void refuses_what_is_no_file(void **state)
{
    struct fixture *f = *state;
    assert_refused(f, f->folder, MOST, STATUS_BAD_INPUT, "", " is not a regular file");
    assert_refused(f, "/dev/zero", MOST, STATUS_BAD_INPUT, "", " is not a regular file");
    assert_int_equal(mkfifo(f->path, 0600), 0);
    assert_refused(f, f->path, MOST, STATUS_BAD_INPUT, "", " is not a regular file");
    int fd;
    int64_t bytes;
    struct error error;
    assert_int_equal(file_read_open(&fd, &bytes, f->path, &error), STATUS_BAD_INPUT);
    assert_int_equal(fd, -1);
}

// A link is followed, as everywhere.
static void follows_links(void **state)
{
    struct fixture *f = *state;
    char link[80];
    struct text data;
    struct error error;
    write_file(f->path, 3);
    snprintf(link, sizeof link, "%s.link", f->path);
    assert_int_equal(symlink(f->path, link), 0);
    assert_int_equal(file_read(&data, &f->arena, link, MOST, &error), STATUS_OK);
    assert_int_equal(data.size, 3);
    assert_int_equal(unlink(link), 0);
}

// Whatever happens, no descriptor is left open.
static void closes_what_it_opens(void **state)
{
    struct fixture *f = *state;
    struct text data;
    int before = dup(0);
    assert_true(before >= 0);
    assert_int_equal(close(before), 0);
    write_file(f->path, 100);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(file_read(&data, &f->arena, f->path, MOST, NULL), STATUS_OK);
        assert_int_equal(file_read(&data, &f->arena, f->path, 99, NULL), STATUS_BAD_INPUT);
        assert_int_equal(file_read(&data, &f->arena, f->folder, 99, NULL), STATUS_BAD_INPUT);
    }
    int after = dup(0);
    assert_int_equal(after, before);
    assert_int_equal(close(after), 0);
}

// A pipe gives less at a time than is asked for, and what is beyond the limit stays in it.
static void reads_a_stream(void **state)
{
    (void)state;
    int ends[2];
    struct buffer data = BUFFER_INIT;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "one ", 4), 4);
    assert_int_equal(write(ends[1], "two", 3), 3);
    assert_int_equal(file_read_stream(&data, ends[0], "a pipe", 5, NULL), STATUS_OK);
    assert_string_equal(data.data, "one t");
    assert_int_equal(close(ends[1]), 0);
    assert_int_equal(file_read_stream(&data, ends[0], "a pipe", MOST, NULL), STATUS_OK);
    assert_string_equal(data.data, "one two");
    assert_int_equal(close(ends[0]), 0);
    struct error error;
    assert_int_equal(file_read_stream(&data, ends[0], "a pipe", 1, &error), STATUS_IO);
    assert_string_equal(error.text, "cannot read a pipe: Bad file descriptor");
    buffer_free(&data);
}

static volatile sig_atomic_t raised;

static void remember(int number)
{
    raised = number;
}

// Who waits for a terminal can be interrupted.
static void a_signal_ends_a_stream(void **state)
{
    (void)state;
    int ends[2];
    struct buffer data = BUFFER_INIT;
    struct error error;
    const struct sigaction action = {.sa_handler = remember};
    assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
    assert_int_equal(pipe(ends), 0);
    alarm(1);
    assert_int_equal(file_read_stream(&data, ends[0], "a pipe", 1, &error), STATUS_IO);
    assert_string_equal(error.text, "cannot read a pipe: Interrupted system call");
    assert_int_equal(raised, SIGALRM);
    assert_int_equal(signal(SIGALRM, SIG_DFL) != SIG_ERR, 1);
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(close(ends[1]), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_every_byte, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_what_is_larger, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tells_what_is_missing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(follows_links, set_up, tear_down),
        cmocka_unit_test_setup_teardown(closes_what_it_opens, set_up, tear_down),
        cmocka_unit_test(reads_a_stream),
        cmocka_unit_test(a_signal_ends_a_stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
