// SPDX-License-Identifier: GPL-3.0-or-later
// Linux on x86-64: dlsym(RTLD_NEXT), Syscall User Dispatch, the program counter of a signal.
#define _GNU_SOURCE
#include "guard.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <portaudio.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

enum { USER_DISPATCH = 59, DISPATCH_ON = 1, SYSCALL_SIZE = 2 };
enum { ALLOW = 0, BLOCK = 1 };

static struct guard *guard;
static int (*real_lock)(pthread_mutex_t *mutex);
static pthread_mutex_t seeded_mutex = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local bool armed;
static _Thread_local volatile bool inside;
static _Thread_local volatile char selector;

static struct guard *map(pid_t pid, int flags)
{
    char name[64];
    snprintf(name, sizeof name, "/loosen-guard-%ld", (long)pid);
    int fd = shm_open(name, O_RDWR | flags, 0600);
    if (fd < 0)
        return NULL;
    void *memory = MAP_FAILED;
    if (ftruncate(fd, sizeof(struct guard)) == 0)
        memory = mmap(NULL, sizeof(struct guard), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    return memory == MAP_FAILED ? NULL : memory;
}

struct guard *guard_create(void)
{
    return map(getpid(), O_CREAT | O_EXCL);
}

void guard_remove(void)
{
    char name[64];
    snprintf(name, sizeof name, "/loosen-guard-%ld", (long)getpid());
    shm_unlink(name);
}

// Count the call, then let it happen: the kernel took it back before it sent the signal.
static void on_system_call(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)info;
    ucontext_t *interrupted = context;
    selector = ALLOW;
    atomic_fetch_add(&guard->system_calls, 1);
    interrupted->uc_mcontext.gregs[REG_RIP] -= SYSCALL_SIZE;
}

struct guard *guard_attach(void)
{
    union {
        void *object;
        int (*function)(pthread_mutex_t *);
    } found = {dlsym(RTLD_NEXT, "pthread_mutex_lock")};
    real_lock = found.function;
    struct sigaction action = {.sa_sigaction = on_system_call, .sa_flags = SA_SIGINFO};
    if (!real_lock || sigaction(SIGSYS, &action, NULL) != 0)
        return NULL;
    guard = map(getppid(), 0);
    return guard;
}

// ---- Interposed functions -----------------------------------------------------------------------

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void __libc_free(void *memory);

static void note(_Atomic int64_t *counter)
{
    if (inside)
        atomic_fetch_add(counter, 1);
}

void *malloc(size_t size)
{
    note(&guard->allocations);
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    note(&guard->allocations);
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    note(&guard->allocations);
    return __libc_realloc(memory, size);
}

void free(void *memory)
{
    note(&guard->allocations);
    __libc_free(memory);
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    static int (*next)(pthread_mutex_t *);
    note(&guard->locks);
    if (real_lock)
        return real_lock(mutex);
    if (!next) {
        union {
            void *object;
            int (*function)(pthread_mutex_t *);
        } found = {dlsym(RTLD_NEXT, "pthread_mutex_lock")};
        next = found.function;
    }
    return next(mutex);
}

// ---- The callback -------------------------------------------------------------------------------

static struct {
    PaStreamCallback *callback;
    void *context;
} guarded;

static void violate(enum guard_seed seed)
{
    const struct timespec short_time = {.tv_nsec = 1};
    void *volatile memory;
    switch (seed) {
    case GUARD_CLEAN:
        break;
    case GUARD_MALLOC:
        memory = malloc(16);
        free(memory);
        break;
    case GUARD_LOCK:
        pthread_mutex_lock(&seeded_mutex);
        pthread_mutex_unlock(&seeded_mutex);
        break;
    case GUARD_WRITE:
        dprintf(2, "seeded\n");
        break;
    case GUARD_SLEEP:
        nanosleep(&short_time, NULL);
        break;
    }
}

static int64_t thread_cpu_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int call_guarded(const void *input, void *output, unsigned long frames,
                        const PaStreamCallbackTimeInfo *when, PaStreamCallbackFlags flags,
                        void *context)
{
    (void)context;
    if (!armed)
        armed = prctl(USER_DISPATCH, DISPATCH_ON, 0, 0, &selector) == 0;
    if (!armed)
        return paAbort;
    int64_t begun_ns = thread_cpu_ns();
    inside = true;
    selector = BLOCK;
    violate((enum guard_seed)atomic_load(&guard->seed));
    int result = guarded.callback(input, output, frames, when, flags, guarded.context);
    selector = ALLOW;
    inside = false;
    atomic_fetch_add(&guard->cpu_ns, thread_cpu_ns() - begun_ns);
    atomic_fetch_add(&guard->frames, (int64_t)frames);
    atomic_fetch_add(&guard->callbacks, 1);
    return result;
}

PaError __real_Pa_OpenStream(PaStream **stream, const PaStreamParameters *input,
                             const PaStreamParameters *output, double rate, unsigned long frames,
                             PaStreamFlags flags, PaStreamCallback *callback, void *context);
PaError __wrap_Pa_OpenStream(PaStream **stream, const PaStreamParameters *input,
                             const PaStreamParameters *output, double rate, unsigned long frames,
                             PaStreamFlags flags, PaStreamCallback *callback, void *context);

PaError __wrap_Pa_OpenStream(PaStream **stream, const PaStreamParameters *input,
                             const PaStreamParameters *output, double rate, unsigned long frames,
                             PaStreamFlags flags, PaStreamCallback *callback, void *context)
{
    guarded.callback = callback;
    guarded.context = context;
    if ((int)rate == atomic_load(&guard->refused_hz))
        return paInvalidSampleRate;
    atomic_store(&guard->rate_hz, (int)rate);
    return __real_Pa_OpenStream(stream, input, output, rate, frames, flags, call_guarded, NULL);
}
