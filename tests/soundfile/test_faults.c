// SPDX-License-Identifier: GPL-3.0-or-later
// A small export with every one of its calls to the file system hit in turn (see fault.c): by an
// error, once and for good, by a signal, by a short count, by death. Whatever happens, the name
// holds what it held before or the whole new file.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "encoder.h"
#include "scratch.h"

#define OLD_CONTENT "dear old file"

enum {
    CALLS_MAX = 200,
    FRAMES = 90001,
    LONG_FRAMES = 2200000, // of 8 bytes: four of the stretches that go to the disk meanwhile
};

// How a sweep hits.
struct sweep {
    const char *kind;   // FAULT_KIND
    bool sticky;        // and every call after it
    const char *refuse; // FAULT_REFUSE
    bool replace;       // a file is there already, and may go
    const char *only;   // FAULT_ONLY; NULL: all calls
    int frames;         // 0: FRAMES
};

struct outcome {
    bool hit;         // the fault took place
    char call[64];    // where
    int exit_code;    // -1: killed
    char output[600]; // the error's text
};

static struct scratch scratch; // where the export goes
static char log_path[SCRATCH_PATH_MAX];
static char *whole; // the file that an undisturbed export writes
static size_t whole_size;

static void set_environment(const struct sweep *sweep, int at)
{
    char number[16];
    snprintf(number, sizeof number, "%d", at);
    setenv("LD_PRELOAD", FAULT_OBJECT, 1);
    setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
    setenv("FAULT_LOG", log_path, 1);
    setenv("FAULT_AT", number, 1);
    setenv("FAULT_KIND", sweep->kind, 1);
    setenv("FAULT_STICKY", sweep->sticky ? "1" : "", 1);
    setenv("FAULT_REFUSE", sweep->refuse, 1);
    setenv("FAULT_ONLY", sweep->only ? sweep->only : "", 1);
}

static void read_log(struct outcome *outcome)
{
    size_t size;
    char *log = scratch_read(log_path, &size);
    assert_non_null(log);
    char *mark = strchr(log, '!');
    outcome->hit = mark != NULL;
    if (mark)
        snprintf(outcome->call, sizeof outcome->call, "%.*s", (int)strcspn(mark + 1, "\n"),
                 mark + 1);
    free(log);
}

static struct outcome export_once(const struct sweep *sweep, enum encoder_format format, int at)
{
    struct outcome outcome = {0};
    int output[2];
    char number[16], frames[16];
    snprintf(number, sizeof number, "%d", (int)format);
    snprintf(frames, sizeof frames, "%d", sweep->frames ? sweep->frames : FRAMES);
    unlink(log_path);
    assert_return_code(pipe(output), 0);
    pid_t child = fork();
    assert_return_code(child, 0);
    if (child == 0) {
        dup2(output[1], STDOUT_FILENO);
        set_environment(sweep, at);
        alarm(20); // a program that hangs is killed, which no sweep but that of kills allows
        execl(EXPORTER, EXPORTER, scratch.file, number, frames, sweep->replace ? "force" : "keep",
              (char *)NULL);
        _exit(127);
    }
    close(output[1]);
    size_t size = 0;
    for (ssize_t count = 1; count > 0; size += (size_t)count) {
        count = read(output[0], outcome.output + size, sizeof outcome.output - 1 - size);
        assert_return_code(count, errno);
    }
    close(output[0]);
    int result;
    assert_int_equal(waitpid(child, &result, 0), child);
    outcome.exit_code = WIFEXITED(result) ? WEXITSTATUS(result) : -1;
    read_log(&outcome);
    return outcome;
}

static bool content_is(const char *path, const char *want, size_t want_size)
{
    size_t size;
    char *data = scratch_read(path, &size);
    bool same = data && size == want_size && memcmp(data, want, size) == 0;
    free(data);
    return same;
}

static bool is_new(void)
{
    return content_is(scratch.file, whole, whole_size);
}

static bool is_as_before(const struct sweep *sweep)
{
    if (sweep->replace)
        return content_is(scratch.file, OLD_CONTENT, strlen(OLD_CONTENT));
    return access(scratch.file, F_OK) != 0;
}

#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition))                                                                          \
            fail_msg("%s: %s%s at call %d (%s), %s, %s: exit %d, \"%s\"", #condition, sweep->kind, \
                     sweep->sticky ? " for good" : "", at, outcome->call, sweep->refuse,           \
                     sweep->replace ? "replacing" : "new", outcome->exit_code, outcome->output);   \
    } while (0)

static void check_success(const struct sweep *sweep, int at, const struct outcome *outcome)
{
    REQUIRE(is_new());
    // The old file, under a temporary name, cannot be removed when removing is what fails.
    bool kept = strcmp(outcome->call, "unlinkat") == 0;
    REQUIRE(kept || scratch_count(scratch.folder) == 1);
}

static void check_failure(const struct sweep *sweep, int at, const struct outcome *outcome)
{
    // The last step can fail when the new file has the name already. It goes back, unless the file
    // system cannot exchange files, or refuses this too: then the new file stays, whole.
    bool stuck = sweep->replace && (sweep->sticky || strcmp(sweep->refuse, "rename") == 0);
    bool final = stuck && strcmp(outcome->call, "fsync") == 0;
    REQUIRE(is_as_before(sweep) || (final && is_new()));
    REQUIRE(scratch_count(scratch.folder) == (is_as_before(sweep) && !sweep->replace ? 0 : 1));
    REQUIRE(strstr(outcome->output, "out.wav"));
    const char *cause = strcmp(sweep->kind, "ENOSPC") == 0 ? strerror(ENOSPC)
                        : strcmp(sweep->kind, "EIO") == 0  ? strerror(EIO)
                                                           : "reading it back gave";
    REQUIRE(strstr(outcome->output, cause));
}

static void check_death(const struct sweep *sweep, int at, const struct outcome *outcome)
{
    REQUIRE(is_as_before(sweep) || is_new());
    size_t files = scratch_count(scratch.folder);
    size_t named = access(scratch.file, F_OK) == 0;
    // What has no name dies with its process; what has a temporary one stays.
    bool temporary = sweep->refuse[0] || sweep->replace;
    REQUIRE(files == named || (temporary && files == named + 1));
}

static bool is_lie(const char *kind)
{
    return strcmp(kind, "corrupt") == 0 || strcmp(kind, "lost") == 0;
}

static void check(const struct sweep *sweep, int at, const struct outcome *outcome)
{
    if (strcmp(sweep->kind, "kill") == 0) {
        REQUIRE(outcome->exit_code == -1);
        check_death(sweep, at, outcome);
    } else if (outcome->exit_code == 0) {
        // A disk that lies is found out.
        REQUIRE(!is_lie(sweep->kind));
        check_success(sweep, at, outcome);
    } else {
        REQUIRE(outcome->exit_code == 1);
        // Signals and short counts are no failures.
        REQUIRE(strcmp(sweep->kind, "EINTR") != 0 && strcmp(sweep->kind, "short") != 0);
        // Neither is advice that is not taken.
        REQUIRE(sweep->sticky || strcmp(outcome->call, "posix_fadvise") != 0);
        check_failure(sweep, at, outcome);
    }
}

static void prepare(const struct sweep *sweep)
{
    scratch_empty(&scratch);
    if (sweep->replace)
        scratch_write(scratch.file, OLD_CONTENT);
}

// Calls that an export makes at least: a sweep with fewer hits went past its aim.
static int least_hits(const struct sweep *sweep)
{
    bool sized = strcmp(sweep->kind, "short") == 0 || strcmp(sweep->kind, "EINTR") == 0;
    return is_lie(sweep->kind) ? 1 : sized ? 2 : sweep->only ? 6 : 12;
}

static void run_sweep(const struct sweep *sweep, enum encoder_format format)
{
    prepare(sweep);
    struct outcome outcome = export_once(sweep, format, 0);
    assert_int_equal(outcome.exit_code, 0);
    free(whole);
    whole = scratch_read(scratch.file, &whole_size);
    assert_in_range(whole_size, 10000, 20000000);
    int at = 1;
    for (;; at++) {
        assert_in_range(at, 1, CALLS_MAX);
        prepare(sweep);
        outcome = export_once(sweep, format, at);
        if (!outcome.hit)
            break;
        check(sweep, at, &outcome);
    }
    assert_int_equal(outcome.exit_code, 0);
    assert_true(is_new());
    assert_true(at - 1 >= least_hits(sweep));
}

// Every way that a format takes through the encoder, over all file systems, with and without an old
// file.
static void run_sweeps(const char *kind, bool sticky)
{
    const char *const refusals[] = {"", "tmpfile", "rename"};
    const enum encoder_format formats[] = {ENCODER_WAV_16, ENCODER_OPUS,      ENCODER_FLAC_16,
                                           ENCODER_MP3,    ENCODER_WAV_FLOAT, ENCODER_VORBIS};
    for (int i = 0; i < 12; i++) {
        struct sweep sweep = {
            .kind = kind, .sticky = sticky, .refuse = refusals[i % 3], .replace = i >= 6};
        run_sweep(&sweep, formats[(i + i / 6) % 6]); // on another file system when replacing
    }
}

static void test_disk_full(void **state)
{
    (void)state;
    run_sweeps("ENOSPC", false);
    run_sweeps("ENOSPC", true);
}

static void test_disk_broken(void **state)
{
    (void)state;
    run_sweeps("EIO", false);
    run_sweeps("EIO", true);
}

static void test_signals(void **state)
{
    (void)state;
    run_sweeps("EINTR", false);
}

static void test_short_counts(void **state)
{
    (void)state;
    run_sweeps("short", false);
    run_sweeps("short", true);
}

static void test_lies(void **state)
{
    (void)state;
    run_sweeps("corrupt", false);
    run_sweeps("lost", false);
}

static void test_kill(void **state)
{
    (void)state;
    run_sweeps("kill", false);
}

// A file so long that most of it is on the disk, and out of the cache, before the end is written.
static void test_long_file(void **state)
{
    (void)state;
    const char *const calls[] = {"sync_file_range", "posix_fadvise"};
    const char *const kinds[] = {"ENOSPC", "EIO", "kill"};
    for (size_t i = 0; i < 6; i++) {
        struct sweep sweep = {
            .kind = kinds[i / 2], .refuse = "", .only = calls[i % 2], .frames = LONG_FRAMES};
        run_sweep(&sweep, ENCODER_WAV_FLOAT);
        sweep.sticky = true;
        sweep.replace = true;
        if (strcmp(sweep.kind, "kill") != 0)
            run_sweep(&sweep, ENCODER_WAV_FLOAT);
    }
    struct sweep without = {.kind = "", .refuse = "sync_file_range", .frames = LONG_FRAMES};
    prepare(&without);
    assert_int_equal(export_once(&without, ENCODER_WAV_FLOAT, 0).exit_code, 0);
    assert_true(is_new());
}

// The sweeps reach what they are meant to reach.
static void test_every_call_is_seen(void **state)
{
    (void)state;
    const struct sweep sweeps[] = {{.kind = "", .refuse = ""},
                                   {.kind = "", .refuse = "", .replace = true},
                                   {.kind = "", .refuse = "rename", .replace = true}};
    const char *const calls[] = {"openat-nameless", "openat",   "access",   "fstatat",
                                 "pwrite",          "pread",    "fsync",    "linkat",
                                 "renameat2",       "renameat", "unlinkat", "posix_fadvise"};
    bool seen[sizeof calls / sizeof *calls] = {false};
    for (size_t i = 0; i < 3; i++) {
        prepare(&sweeps[i]);
        assert_int_equal(export_once(&sweeps[i], ENCODER_WAV_16, 0).exit_code, 0);
        size_t size;
        char *log = scratch_read(log_path, &size);
        for (char *line = strtok(log, "\n"); line; line = strtok(NULL, "\n"))
            for (size_t k = 0; k < sizeof calls / sizeof *calls; k++)
                seen[k] = seen[k] || strcmp(line, calls[k]) == 0;
        free(log);
    }
    for (size_t k = 0; k < sizeof calls / sizeof *calls; k++)
        if (!seen[k])
            fail_msg("%s was never called", calls[k]);
}

static int set_up(void **state)
{
    (void)state;
    scratch_make(&scratch);
    snprintf(log_path, sizeof log_path, "%.400s.log", scratch.folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_remove(&scratch);
    unlink(log_path);
    free(whole);
    whole = NULL;
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_every_call_is_seen),
        TEST(test_disk_full),
        TEST(test_disk_broken),
        TEST(test_signals),
        TEST(test_short_counts),
        TEST(test_kill),
        TEST(test_lies),
        TEST(test_long_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
