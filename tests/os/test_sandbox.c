// SPDX-License-Identifier: GPL-3.0-or-later
// What a worker and its children can still do once they have dropped their rights. The test program
// starts itself as the process that tries.
#include "sandbox.h"

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
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

// Each bit is something that worked.
enum probe {
    CAN_OPEN = 1,
    CAN_CREATE = 2,
    CAN_UNLINK = 4,
    CAN_CONNECT = 8,
    CAN_EXECUTE = 16,
    CAN_FORK = 32,
    CAN_KILL = 64,
    CAN_MAP_CODE = 128,
    CAN_COMPUTE = 256,
};

static char victim[64]; // a file that must survive

static bool can_fork(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid > 0 && waitpid(pid, NULL, 0) == pid;
}

// A program that is not there: refused is something else than not found.
static bool can_execute(void)
{
    char *const none[] = {NULL};
    execve("/nonexistent/program", none, none);
    return errno == ENOENT;
}

static bool can_map_code(void)
{
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, -1, 0);
    return memory != MAP_FAILED || errno != EPERM;
}

static uint32_t probe(void)
{
    uint32_t can = 0;
    can |= open("/etc/passwd", O_RDONLY) >= 0 ? CAN_OPEN : 0;
    can |= open("/tmp/loosen-sandbox-probe", O_WRONLY | O_CREAT, 0600) >= 0 ? CAN_CREATE : 0;
    can |= unlink(victim) == 0 ? CAN_UNLINK : 0;
    can |= socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? CAN_CONNECT : 0;
    can |= can_execute() ? CAN_EXECUTE : 0;
    can |= can_fork() ? CAN_FORK : 0;
    can |= kill(getppid(), 0) == 0 ? CAN_KILL : 0;
    can |= can_map_code() ? CAN_MAP_CODE : 0;
    char *memory = malloc(1 << 20);
    can |= memory && snprintf(memory, 1 << 20, "%g", 1.5) == 3 ? CAN_COMPUTE : 0;
    free(memory);
    return can;
}

static void report(uint32_t can)
{
    if (write(WORKER_SOCKET, &can, sizeof can) != sizeof can)
        _exit(1);
}

static struct sandbox_filter *filter(enum sandbox_role role)
{
    struct sandbox_filter *made = NULL;
    if (sandbox_filter_new(&made, role, NULL) != STATUS_OK)
        _exit(1);
    return made;
}

// argv[3]: "free" (nothing dropped), "files" (landlock alone), "reader", "server", "child" (of a
// server).
static int prober(const char *mode)
{
    struct sandbox_filter *server = filter(SANDBOX_SERVER);
    struct sandbox_filter *child = filter(SANDBOX_COMPUTE);
    if (strcmp(mode, "free") == 0) {
        report(probe());
        return 0;
    }
    if (sandbox_close_files(NULL) != STATUS_OK)
        return 1;
    struct sandbox_filter *own = strcmp(mode, "reader") == 0 ? filter(SANDBOX_READER) : server;
    if (strcmp(mode, "files") != 0 && sandbox_filter_enter(own, NULL) != STATUS_OK)
        return 1;
    if (strcmp(mode, "child") != 0) {
        report(probe());
        return 0;
    }
    pid_t pid = fork();
    if (pid == 0) {
        if (sandbox_limit_work(10, 0, 0, NULL) != STATUS_OK ||
            sandbox_filter_enter(child, NULL) != STATUS_OK)
            _exit(1);
        report(probe());
        _exit(0);
    }
    return pid > 0 && waitpid(pid, NULL, 0) == pid ? 0 : 1;
}

static uint32_t run(const char *mode)
{
    struct worker worker;
    struct error error = {0};
    char setting[96];
    snprintf(setting, sizeof setting, "LOOSEN_TEST_VICTIM=%s", victim);
    const char *args[] = {mode, NULL};
    const char *environment[] = {setting, NULL};
    assert_int_equal(worker_start(&worker, "probe", args, environment, -1, &error), STATUS_OK);
    uint32_t can = 0;
    assert_int_equal(recv(worker.socket, &can, sizeof can, MSG_WAITALL), sizeof can);
    worker_kill(&worker);
    return can;
}

static void make_victim(void)
{
    snprintf(victim, sizeof victim, "/tmp/loosen-sandbox-%d", (int)getpid());
    int fd = open(victim, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    close(fd);
}

// The probes themselves can succeed: otherwise the other tests would prove nothing.
static void test_free_process_can(void **state)
{
    (void)state;
    make_victim();
    uint32_t can = run("free");
    assert_int_equal(can, CAN_OPEN | CAN_CREATE | CAN_UNLINK | CAN_CONNECT | CAN_EXECUTE |
                              CAN_FORK | CAN_KILL | CAN_MAP_CODE | CAN_COMPUTE);
    assert_int_equal(unlink("/tmp/loosen-sandbox-probe"), 0);
}

static void test_files(void **state)
{
    (void)state;
    make_victim();
    uint32_t can = run("files");
    assert_int_equal(can & (CAN_CREATE | CAN_UNLINK | CAN_OPEN), 0);
    assert_int_equal(unlink(victim), 0);
}

static void test_server(void **state)
{
    (void)state;
    make_victim();
    assert_int_equal(run("server"), CAN_FORK | CAN_KILL | CAN_COMPUTE);
    assert_int_equal(unlink(victim), 0);
}

static void test_reader(void **state)
{
    (void)state;
    make_victim();
    assert_int_equal(run("reader"), CAN_COMPUTE);
    assert_int_equal(unlink(victim), 0);
}

static void test_child(void **state)
{
    (void)state;
    make_victim();
    assert_int_equal(run("child"), CAN_COMPUTE);
    assert_int_equal(unlink(victim), 0);
}

int main(int argc, char **argv)
{
    if (argc > 3 && strcmp(argv[1], "--worker") == 0) {
        const char *setting = getenv("LOOSEN_TEST_VICTIM");
        snprintf(victim, sizeof victim, "%s", setting ? setting : "");
        return prober(argv[3]);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_free_process_can),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_server),
        cmocka_unit_test(test_reader),
        cmocka_unit_test(test_child),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
