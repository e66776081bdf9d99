// SPDX-License-Identifier: GPL-3.0-or-later
// A process gives up files, network and most system calls before it reads what it must not trust.
// Linux: landlock, seccomp, memfd.
#define _GNU_SOURCE
#include "sandbox.h"

#include "number.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct sandbox_filter {
    unsigned short count;
    struct sock_filter code[];
};

// What the C library needs to compute, to allocate, to stop and to say why.
static const int compute_calls[] = {
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(sched_yield),
    SCMP_SYS(getrandom),
    SCMP_SYS(write),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
};

// What a server of requests needs besides: its descriptors, its children, its children's limits.
static const int server_calls[] = {
    SCMP_SYS(read),      SCMP_SYS(recvfrom), SCMP_SYS(sendto),  SCMP_SYS(poll), SCMP_SYS(ppoll),
    SCMP_SYS(close),     SCMP_SYS(pipe2),    SCMP_SYS(wait4),   SCMP_SYS(kill), SCMP_SYS(tgkill),
    SCMP_SYS(prlimit64), SCMP_SYS(prctl),    SCMP_SYS(seccomp),
};

// What a reader of one file needs besides.
static const int reader_calls[] = {
    SCMP_SYS(pread64),
    SCMP_SYS(sendto),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
};

static int allow_list(scmp_filter_ctx context, const int *calls, size_t count)
{
    int failure = 0;
    for (size_t i = 0; i < count && failure == 0; i++)
        failure = seccomp_rule_add(context, SCMP_ACT_ALLOW, calls[i], 0);
    return failure;
}

// Memory, as long as it is not made executable.
static int allow_memory(scmp_filter_ctx context)
{
    int failure = seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                                   SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    if (failure == 0)
        failure = seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                                   SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    return failure;
}

// fork, but no thread and no namespace. clone3 hides its flags behind a pointer: "not there" makes
// the C library use clone.
static int allow_fork(scmp_filter_ctx context)
{
    const scmp_datum_t other = CLONE_VM | CLONE_THREAD | CLONE_NEWUSER | CLONE_NEWNS |
                               CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS |
                               CLONE_NEWCGROUP;
    int failure = seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                                   SCMP_A0(SCMP_CMP_MASKED_EQ, other, 0));
    if (failure == 0)
        failure = seccomp_rule_add(context, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    return failure;
}

static int fill(scmp_filter_ctx context, enum sandbox_role role)
{
    int failure = allow_list(context, compute_calls, sizeof compute_calls / sizeof *compute_calls);
    if (failure == 0)
        failure = allow_memory(context);
    if (failure == 0 && role == SANDBOX_READER)
        failure = allow_list(context, reader_calls, sizeof reader_calls / sizeof *reader_calls);
    if (failure == 0 && role == SANDBOX_SERVER)
        failure = allow_list(context, server_calls, sizeof server_calls / sizeof *server_calls);
    if (failure == 0 && role == SANDBOX_SERVER)
        failure = allow_fork(context);
    return failure;
}

static enum status read_code(struct sandbox_filter **filter, int fd, struct error *error)
{
    struct stat state;
    if (fstat(fd, &state) != 0)
        return error_set(error, STATUS_IO, "reading a seccomp filter: %s", strerror(errno));
    size_t size = (size_t)state.st_size;
    struct sandbox_filter *made = malloc(sizeof *made + size);
    if (!made)
        return error_no_memory(error);
    made->count = (unsigned short)(size / sizeof made->code[0]);
    if (pread(fd, made->code, size, 0) != (ssize_t)size) {
        free(made);
        return error_set(error, STATUS_IO, "reading a seccomp filter failed");
    }
    *filter = made;
    return STATUS_OK;
}

static enum status compile(struct sandbox_filter **filter, scmp_filter_ctx context,
                           struct error *error)
{
    int fd = memfd_create("filter", MFD_CLOEXEC);
    if (fd < 0)
        return error_set(error, STATUS_IO, "making a seccomp filter: %s", strerror(errno));
    enum status status;
    int failure = seccomp_export_bpf(context, fd);
    if (failure != 0)
        status = error_set(error, STATUS_IO, "making a seccomp filter: %s", strerror(-failure));
    else
        status = read_code(filter, fd, error);
    close(fd);
    return status;
}

enum status sandbox_filter_new(struct sandbox_filter **filter, enum sandbox_role role,
                               struct error *error)
{
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!context)
        return error_no_memory(error);
    enum status status;
    int failure = fill(context, role);
    if (failure != 0)
        status = error_set(error, STATUS_IO, "making a seccomp filter: %s", strerror(-failure));
    else
        status = compile(filter, context, error);
    seccomp_release(context);
    return status;
}

void sandbox_filter_free(struct sandbox_filter *filter)
{
    free(filter);
}

enum status sandbox_filter_enter(const struct sandbox_filter *filter, struct error *error)
{
    union {
        const struct sock_filter *constant;
        struct sock_filter *plain; // the kernel only reads it
    } code = {.constant = filter->code};
    struct sock_fprog program = {.len = filter->count, .filter = code.plain};
    // The second call of a process comes after its first filter: both calls are in server_calls.
    if (prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0 &&
        prctl(PR_SET_SECCOMP, (long)SECCOMP_MODE_FILTER, &program) == 0)
        return STATUS_OK;
    if (errno == EINVAL || errno == ENOSYS) // a kernel built without it
        return STATUS_OK;
    return error_set(error, STATUS_IO, "entering a seccomp filter: %s", strerror(errno));
}

// The rights of landlock's first version, known to every kernel that has landlock.
static const uint64_t every_file_right =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |
    LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
    LANDLOCK_ACCESS_FS_MAKE_SYM;

enum status sandbox_close_files(struct error *error)
{
    const struct landlock_ruleset_attr rules = {.handled_access_fs = every_file_right};
    long fd = syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (fd < 0 && (errno == ENOSYS || errno == EOPNOTSUPP))
        return STATUS_OK;
    if (fd < 0)
        return error_set(error, STATUS_IO, "making landlock rules: %s", strerror(errno));
    enum status status = STATUS_OK;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) != 0 ||
        syscall(SYS_landlock_restrict_self, (int)fd, 0) != 0)
        status = error_set(error, STATUS_IO, "entering landlock rules: %s", strerror(errno));
    close((int)fd);
    return status;
}

static enum status limit(int resource, rlim_t most, struct error *error)
{
    const struct rlimit both = {.rlim_cur = most, .rlim_max = most};
    if (setrlimit((__rlimit_resource_t)resource, &both) != 0)
        return error_set(error, STATUS_IO, "limiting a worker: %s", strerror(errno));
    return STATUS_OK;
}

enum status sandbox_limit_work(int cpu_s, int64_t mapped_bytes, int64_t more_bytes,
                               struct error *error)
{
    enum status status = limit(RLIMIT_CORE, 0, error);
    THEN(status, limit(RLIMIT_CPU, (rlim_t)cpu_s, error));
    if (status == STATUS_OK && mapped_bytes > 0)
        status = limit(RLIMIT_AS, (rlim_t)(mapped_bytes + more_bytes), error);
    return status;
}

int64_t sandbox_mapped_bytes(void)
{
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file)
        return 0;
    char line[128];
    const char *got = fgets(line, sizeof line, file);
    fclose(file);
    struct text words = text_from(got);
    int64_t pages = 0;
    (void)number_take(&words, 0, &pages); // 0 where the system tells nothing
    return pages * sysconf(_SC_PAGESIZE);
}
