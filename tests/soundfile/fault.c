// SPDX-License-Identifier: GPL-3.0-or-later
// A shared object for LD_PRELOAD that stands between the program and the file system: it logs every
// call, and fails, shortens or does not survive the one it is told to.
//
//   FAULT_LOG     file to which each call's name is appended, with "!" in front where it was hit
//   FAULT_AT      which call to hit, from 1; 0 or absent: none
//   FAULT_ONLY    only calls of this name count
//   FAULT_KIND    ENOSPC, EIO: the call fails so; EINTR: likewise, only calls that can be
//                 interrupted count; short: half of the bytes are moved, only reads and writes
//                 count; kill: the process dies in the call (a write is half done by then);
//                 corrupt: a bit of what is written changes; lost: nothing is written and
//                 success is said, of both only large writes count
//   FAULT_STICKY  every later call fails as well, but for unlinkat: a full disk can be tidied
//   FAULT_REFUSE  "tmpfile": no nameless files here; "rename": no renameat2 either;
//                 "sync_file_range": not in this system
#define _GNU_SOURCE 1
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum call { CALL_PLAIN, CALL_INTERRUPTIBLE, CALL_SIZED, CALL_LARGE_WRITE };

enum { LARGE = 4096 };

static int calls;

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

static void append_log(const char *name, bool hit)
{
    char line[64];
    int size = snprintf(line, sizeof line, "%s%s\n", hit ? "!" : "", name);
    int log = (int)syscall(SYS_openat, AT_FDCWD, variable("FAULT_LOG"),
                           O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (log < 0 || syscall(SYS_write, log, line, size) != size)
        abort();
    syscall(SYS_close, log);
}

static bool counts(const char *kind, const char *name, enum call call)
{
    const char *only = variable("FAULT_ONLY");
    if (only[0] != '\0' && strcmp(only, name) != 0)
        return false;
    if (strcmp(kind, "EINTR") == 0)
        return call != CALL_PLAIN;
    if (strcmp(kind, "corrupt") == 0 || strcmp(kind, "lost") == 0)
        return call == CALL_LARGE_WRITE;
    return strcmp(kind, "short") != 0 || call == CALL_SIZED || call == CALL_LARGE_WRITE;
}

// Whether the present call is the one to hit.
static bool hit(const char *name, enum call call)
{
    const char *kind = variable("FAULT_KIND");
    int at = atoi(variable("FAULT_AT"));
    bool now = false;
    if (at > 0 && counts(kind, name, call)) {
        calls++;
        now = calls == at ||
              (calls > at && variable("FAULT_STICKY")[0] != '\0' && strcmp(name, "unlinkat") != 0);
    }
    append_log(name, now);
    return now;
}

static bool is_kind(const char *kind)
{
    return strcmp(variable("FAULT_KIND"), kind) == 0;
}

static void die(void)
{
    syscall(SYS_kill, getpid(), SIGKILL);
}

// A call that moves no bytes: true when it is to fail, with errno set.
static bool fails(const char *name, enum call call)
{
    if (!hit(name, call))
        return false;
    if (is_kind("kill"))
        die();
    errno = is_kind("ENOSPC") ? ENOSPC : is_kind("EINTR") ? EINTR : EIO;
    return true;
}

static bool refused(const char *what)
{
    const char *refuse = variable("FAULT_REFUSE");
    return strcmp(refuse, what) == 0 ||
           (strcmp(what, "tmpfile") == 0 && strcmp(refuse, "rename") == 0);
}

static ssize_t write_corrupt(int fd, const char *data, size_t size, off_t offset)
{
    char *copy = malloc(size);
    if (!copy)
        abort();
    memcpy(copy, data, size);
    copy[size / 2] ^= 4;
    ssize_t count = syscall(SYS_pwrite64, fd, copy, size, offset);
    free(copy);
    return count;
}

static ssize_t move_bytes(long number, const char *name, int fd, void *data, size_t size,
                          off_t offset)
{
    bool large = number == SYS_pwrite64 && size >= LARGE;
    if (hit(name, large ? CALL_LARGE_WRITE : CALL_SIZED)) {
        if (is_kind("lost"))
            return (ssize_t)size;
        if (is_kind("corrupt"))
            return write_corrupt(fd, data, size, offset);
        bool killed = is_kind("kill");
        if (!killed && !is_kind("short")) {
            errno = is_kind("ENOSPC") ? ENOSPC : is_kind("EINTR") ? EINTR : EIO;
            return -1;
        }
        size = size > 1 ? size / 2 : size;
        if (killed) {
            syscall(number, fd, data, size, offset);
            die();
        }
    }
    return syscall(number, fd, data, size, offset);
}

static int open_file(int folder, const char *path, int flags, unsigned mode)
{
    bool nameless = (flags & O_TMPFILE) == O_TMPFILE;
    if (fails(nameless ? "openat-nameless" : "openat", CALL_PLAIN))
        return -1;
    if (nameless && refused("tmpfile")) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return (int)syscall(SYS_openat, folder, path, flags, mode);
}

static unsigned mode_of(int flags, va_list args)
{
    return flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)) ? va_arg(args, unsigned) : 0;
}

#define OPEN(name)                                     \
    int name(const char *path, int flags, ...)         \
    {                                                  \
        va_list args;                                  \
        va_start(args, flags);                         \
        unsigned mode = mode_of(flags, args);          \
        va_end(args);                                  \
        return open_file(AT_FDCWD, path, flags, mode); \
    }

#define OPENAT(name)                                       \
    int name(int folder, const char *path, int flags, ...) \
    {                                                      \
        va_list args;                                      \
        va_start(args, flags);                             \
        unsigned mode = mode_of(flags, args);              \
        va_end(args);                                      \
        return open_file(folder, path, flags, mode);       \
    }

// Both names of each function that has one for 64-bit file offsets.
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset)
{
    return move_bytes(SYS_pwrite64, "pwrite", fd, (void *)(uintptr_t)data, size, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off_t offset)
{
    return pwrite(fd, data, size, offset);
}

ssize_t pread(int fd, void *data, size_t size, off_t offset)
{
    return move_bytes(SYS_pread64, "pread", fd, data, size, offset);
}

ssize_t pread64(int fd, void *data, size_t size, off_t offset)
{
    return pread(fd, data, size, offset);
}

int fsync(int fd)
{
    return fails("fsync", CALL_INTERRUPTIBLE) ? -1 : (int)syscall(SYS_fsync, fd);
}

int sync_file_range(int fd, off64_t start, off64_t size, unsigned flags)
{
    if (fails("sync_file_range", CALL_PLAIN))
        return -1;
    if (refused("sync_file_range")) {
        errno = ENOSYS;
        return -1;
    }
    return (int)syscall(SYS_sync_file_range, fd, start, size, flags);
}

// Returns the error, unlike the others.
int posix_fadvise(int fd, off_t start, off_t size, int advice)
{
    if (fails("posix_fadvise", CALL_PLAIN))
        return errno;
    return syscall(SYS_fadvise64, fd, start, size, advice) == 0 ? 0 : errno;
}

int posix_fadvise64(int fd, off64_t start, off64_t size, int advice)
{
    return posix_fadvise(fd, start, size, advice);
}

int linkat(int from, const char *old, int to, const char *new, int flags)
{
    return fails("linkat", CALL_PLAIN) ? -1 : (int)syscall(SYS_linkat, from, old, to, new, flags);
}

int renameat(int from, const char *old, int to, const char *new)
{
    return fails("renameat", CALL_PLAIN) ? -1 : (int)syscall(SYS_renameat2, from, old, to, new, 0);
}

int renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
    if (fails("renameat2", CALL_PLAIN))
        return -1;
    if (refused("rename")) {
        errno = EINVAL;
        return -1;
    }
    return (int)syscall(SYS_renameat2, from, old, to, new, flags);
}

int unlinkat(int folder, const char *path, int flags)
{
    return fails("unlinkat", CALL_PLAIN) ? -1 : (int)syscall(SYS_unlinkat, folder, path, flags);
}

int access(const char *path, int mode)
{
    return fails("access", CALL_PLAIN) ? -1 : (int)syscall(SYS_faccessat, AT_FDCWD, path, mode);
}

int fstatat(int folder, const char *restrict path, struct stat *restrict found, int flags)
{
    return fails("fstatat", CALL_PLAIN) ? -1
                                        : (int)syscall(SYS_newfstatat, folder, path, found, flags);
}

int fstatat64(int folder, const char *restrict path, struct stat64 *restrict found, int flags)
{
    return fails("fstatat", CALL_PLAIN) ? -1
                                        : (int)syscall(SYS_newfstatat, folder, path, found, flags);
}
