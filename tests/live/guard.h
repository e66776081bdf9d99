// SPDX-License-Identifier: GPL-3.0-or-later
// Detectors of what an audio callback must not do, put around PortAudio's real callback in the
// speaker's worker: memory allocation and locks by interposed functions, system calls by the kernel
// (Syscall User Dispatch, Linux 5.11). The numbers are shared with the test that started the
// worker.
//
// A program gets the guard by linking guard.c with -Wl,--wrap=Pa_OpenStream.
#ifndef LOOSEN_GUARD_H
#define LOOSEN_GUARD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

// A violation that the guarded callback commits on purpose, in every call.
enum guard_seed { GUARD_CLEAN, GUARD_MALLOC, GUARD_LOCK, GUARD_WRITE, GUARD_SLEEP };

struct guard {
    _Atomic int seed;
    _Atomic int refused_hz; // a rate that no device takes
    _Atomic int rate_hz;    // that a device was opened at
    _Atomic int64_t callbacks;
    _Atomic int64_t frames; // that they gave
    _Atomic int64_t cpu_ns; // processor time that they took
    _Atomic int64_t allocations;
    _Atomic int64_t locks;
    _Atomic int64_t system_calls;
};

// In the test: create the shared numbers, all zero. In the worker: find those of its parent, set
// the detectors up. NULL when that fails.
struct guard *guard_create(void);
struct guard *guard_attach(void);
void guard_remove(void);

#endif
