// SPDX-License-Identifier: GPL-3.0-or-later
// Signal handlers set flags, and the loops take them from here.
#include "interrupt.h"

#include <signal.h>
#include <stddef.h>

// All that a handler may write.
static volatile sig_atomic_t caught;
static volatile sig_atomic_t stop_asked;
static volatile sig_atomic_t continued;

static void remember(int number)
{
    caught = number;
}

static void remember_stop(int number)
{
    (void)number;
    stop_asked = 1;
}

static void remember_continue(int number)
{
    (void)number;
    continued = 1;
}

static void handle(int number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static bool is_ignored(int number)
{
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

void interrupt_install(void)
{
    handle(SIGINT, remember);
    handle(SIGTERM, remember);
    static const int others[] = {SIGHUP,  SIGQUIT,   SIGUSR1, SIGUSR2,
                                 SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!is_ignored(others[i]))
            handle(others[i], remember);
    handle(SIGPIPE, SIG_IGN);
    handle(SIGXFSZ, SIG_IGN);
}

int interrupt_signal(void)
{
    return caught;
}

void interrupt_end_by(int number)
{
    caught = number;
}

void interrupt_catch_stop(void)
{
    handle(SIGTSTP, remember_stop);
    handle(SIGCONT, remember_continue);
}

static bool take(volatile sig_atomic_t *flag)
{
    bool was = *flag != 0;
    *flag = 0;
    return was;
}

bool interrupt_take_stop(void)
{
    return take(&stop_asked);
}

// By default TSTP stops the process, but not an orphaned one (POSIX, 2.4.3 of XSH): that one goes
// on.
void interrupt_stop(void)
{
    handle(SIGTSTP, SIG_DFL);
    raise(SIGTSTP);
    handle(SIGTSTP, remember_stop);
}

bool interrupt_take_continue(void)
{
    return take(&continued);
}
