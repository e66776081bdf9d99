// SPDX-License-Identifier: GPL-3.0-or-later
// Worker processes and their messages. The test program is its own worker: /proc/self/exe.
#include "clock.h"
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { MESSAGE_MAX = 1 << 20 };

// The worker side: answers message type 1 with the same bytes, 2 with a report about itself.
static int echo_worker(int argc, char **argv)
{
    static uint8_t data[MESSAGE_MAX];
    uint32_t type;
    size_t size;
    while (message_receive(WORKER_SOCKET, &type, data, sizeof data, &size, -1, NULL) == STATUS_OK) {
        if (type == 2) {
            const char *known = getenv("LOOSEN_TEST_KNOWN"), *set = getenv("LOOSEN_TEST_SET");
            int written = snprintf((char *)data, sizeof data,
                                   "args=%d first=%s known=%s set=%s home=%d extra=%d fd5=%d", argc,
                                   argc > 3 ? argv[3] : "-", known ? known : "-", set ? set : "-",
                                   getenv("HOME") != NULL, fcntl(WORKER_EXTRA, F_GETFD) >= 0,
                                   fcntl(5, F_GETFD) >= 0);
            size = (size_t)written;
        } else if (type == 3) {
            pause();
        }
        if (message_send(WORKER_SOCKET, type, data, size, 1000, NULL) != STATUS_OK)
            return 1;
    }
    return 0;
}

static void start(struct worker *worker, int extra_fd)
{
    struct error error = {0};
    const char *args[] = {"one", NULL};
    const char *environment[] = {"LOOSEN_TEST_KNOWN", "LOOSEN_TEST_SET=b=c", "LOOSEN_TEST_ABSENT",
                                 NULL};
    assert_int_equal(worker_start(worker, "echo", args, environment, extra_fd, &error), STATUS_OK);
}

static void test_echo(void **state)
{
    (void)state;
    struct worker worker;
    start(&worker, -1);
    static uint8_t sent[MESSAGE_MAX], got[MESSAGE_MAX];
    for (size_t i = 0; i < sizeof sent; i++)
        sent[i] = (uint8_t)(i * 31 >> 3);
    const size_t sizes[] = {0, 1, 7, 4096, 65537};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint32_t type = 0;
        size_t size = 99;
        assert_int_equal(message_send(worker.socket, 1, sent, sizes[i], 1000, NULL), STATUS_OK);
        assert_int_equal(message_receive(worker.socket, &type, got, sizeof got, &size, 1000, NULL),
                         STATUS_OK);
        assert_int_equal(type, 1);
        assert_int_equal(size, sizes[i]);
        assert_memory_equal(sent, got, size);
    }
    worker_kill(&worker);
    assert_int_equal(worker.pid, 0);
    assert_int_equal(worker.socket, -1);
    worker_kill(&worker);
}

static void check_report(int extra_fd, const char *expected)
{
    struct worker worker;
    start(&worker, extra_fd);
    char report[256] = "";
    uint32_t type;
    size_t size = 0;
    assert_int_equal(message_send(worker.socket, 2, NULL, 0, 1000, NULL), STATUS_OK);
    assert_int_equal(
        message_receive(worker.socket, &type, report, sizeof report - 1, &size, 1000, NULL),
        STATUS_OK);
    assert_string_equal(report, expected);
    worker_kill(&worker);
}

static void test_what_the_worker_inherits(void **state)
{
    (void)state;
    assert_int_equal(setenv("LOOSEN_TEST_KNOWN", "yes", 1), 0);
    int leaked = dup2(open("/dev/null", O_RDONLY), 5); // not close-on-exec, in the way
    assert_true(leaked >= 0);
    check_report(-1, "args=4 first=one known=yes set=b=c home=0 extra=0 fd5=0");
    check_report(5, "args=4 first=one known=yes set=b=c home=0 extra=1 fd5=0");
    close(leaked);
}

// A process outside the group that is killed stands for one that hangs in the kernel.
static void test_one_that_does_not_end(void **state)
{
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        for (;;)
            pause();
    struct worker worker = {.pid = child, .socket = -1};
    assert_int_equal(worker_kill(&worker), child);
    assert_int_equal(worker.pid, 0);
    assert_false(worker_is_gone(child));
    assert_int_equal(kill(child, SIGKILL), 0);
    const struct timespec nap = {.tv_nsec = 1000000L};
    bool gone = false;
    for (int i = 0; i < 10000 && !(gone = worker_is_gone(child)); i++)
        nanosleep(&nap, NULL);
    assert_true(gone);
    assert_int_equal(worker_kill(&worker), 0);
}

static void test_deadline(void **state)
{
    (void)state;
    struct worker worker;
    start(&worker, -1);
    assert_int_equal(message_send(worker.socket, 3, NULL, 0, 1000, NULL), STATUS_OK);
    int64_t before = clock_ms();
    uint32_t type;
    size_t size;
    struct error error = {0};
    char byte;
    assert_int_equal(message_receive(worker.socket, &type, &byte, 1, &size, 80, &error),
                     STATUS_TIMEOUT);
    int64_t waited = clock_ms() - before;
    assert_true(waited >= 80 && waited < 1000);
    static uint8_t much[8 * MESSAGE_MAX]; // more than a socket holds: nobody reads
    assert_int_equal(message_send(worker.socket, 1, much, sizeof much, 80, &error), STATUS_TIMEOUT);
    worker_kill(&worker);
}

static void test_dead_peer_and_long_message(void **state)
{
    (void)state;
    struct worker worker;
    start(&worker, -1);
    uint32_t type;
    size_t size;
    char byte;
    assert_int_equal(message_send(worker.socket, 1, "ab", 2, 1000, NULL), STATUS_OK);
    assert_int_equal(message_receive(worker.socket, &type, &byte, 1, &size, 1000, NULL), STATUS_IO);
    assert_int_equal(kill(worker.pid, SIGKILL), 0);
    assert_int_equal(message_receive(worker.socket, &type, &byte, 1, &size, 1000, NULL), STATUS_IO);
    worker_kill(&worker);
}

int main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "--worker") == 0)
        return echo_worker(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_echo),
        cmocka_unit_test(test_what_the_worker_inherits),
        cmocka_unit_test(test_one_that_does_not_end),
        cmocka_unit_test(test_deadline),
        cmocka_unit_test(test_dead_peer_and_long_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
