// SPDX-License-Identifier: GPL-3.0-or-later
// The terminal's mode is changed and put back, also from the handlers of signals that end us.
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum {
    LEAVE_MS = 300, // for a slow terminal to take the way back
    COLUMNS_USUAL = 80,
};

// The terminal to give back. A crash handler and atexit must reach it, so it can't be a parameter.
static struct {
    volatile sig_atomic_t open;
    volatile sig_atomic_t screen; // taken
    bool guarded;                 // the handlers stand
    int fd;
    struct termios before;
} terminal = {.fd = -1};

static const char enter_screen[] = "\x1b[?1049h\x1b[?25l";
// CAN ends a sequence that was cut off.
static const char leave_screen[] = "\x18\x1b[0m\x1b[?25h\x1b[?1049l";

// ---- The way back: all of it async-signal-safe (POSIX 2.4.3) ------------------------------------

static bool is_foreground(int fd)
{
    return tcgetpgrp(fd) == getpgrp();
}

static void write_all(const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(terminal.fd, bytes, size);
        struct pollfd one = {.fd = terminal.fd, .events = POLLOUT};
        if (written < 0 && (errno != EAGAIN || poll(&one, 1, LEAVE_MS) <= 0))
            return;
        if (written > 0) {
            bytes += written;
            size -= (size_t)written;
        }
    }
}

// Without flow control, output that was held goes on.
static void release_output(void)
{
    struct termios flowing = terminal.before;
    flowing.c_iflag &= ~(tcflag_t)IXON;
    tcsetattr(terminal.fd, TCSANOW, &flowing);
}

void terminal_close(void)
{
    if (!terminal.open)
        return;
    terminal.open = 0;
    if (is_foreground(terminal.fd)) {
        if (terminal.screen) {
            release_output();
            write_all(leave_screen, sizeof leave_screen - 1);
        }
        tcsetattr(terminal.fd, TCSANOW, &terminal.before);
    }
    terminal.screen = 0;
    close(terminal.fd);
}

static void restore_and_die(int number)
{
    terminal_close();
    raise(number); // SA_RESETHAND: the default action now
}

// ---- Opening ------------------------------------------------------------------------------------

bool terminal_is_open(void)
{
    return terminal.open;
}

bool terminal_is_ours(void)
{
    return terminal.open && is_foreground(terminal.fd);
}

static bool guard(void)
{
    if (terminal.guarded)
        return true;
    struct sigaction action = {.sa_handler = restore_and_die,
                               .sa_flags = SA_RESETHAND | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    static const int numbers[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSYS, SIGTRAP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaction(numbers[i], &action, NULL);
    terminal.guarded = true;
    return atexit(terminal_close) == 0;
}

bool terminal_open(void)
{
    if (terminal.open)
        return true;
    // A description of its own: whoever shares stdin does not get it in non-blocking mode.
    int fd = open("/dev/tty", O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return false;
    // Changing a terminal from the background would stop the player (SIGTTOU).
    if (!is_foreground(fd) || tcgetattr(fd, &terminal.before) != 0) {
        close(fd);
        return false;
    }
    struct termios raw = terminal.before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    terminal.fd = fd;
    if (tcsetattr(fd, TCSANOW, &raw) != 0) {
        close(fd);
        return false;
    }
    terminal.open = 1;
    return guard();
}

// ---- Keys and screen ----------------------------------------------------------------------------

int terminal_read(unsigned char *bytes, int capacity, int timeout_ms)
{
    // In the background, keys are for others.
    struct pollfd wait = {.fd = terminal_is_ours() ? terminal.fd : -1, .events = POLLIN};
    if (poll(&wait, 1, timeout_ms) <= 0)
        return 0;
    ssize_t size = read(terminal.fd, bytes, (size_t)capacity);
    if (size == 0 || (size < 0 && errno != EINTR && errno != EAGAIN))
        terminal_close(); // hung up: play on without keys
    return size > 0 ? (int)size : 0;
}

int terminal_take_screen(void)
{
    if (!terminal.open)
        return -1;
    terminal.screen = 1;
    write_all(enter_screen, sizeof enter_screen - 1);
    return terminal.fd;
}

bool terminal_is_dumb(void)
{
    const char *type = getenv("TERM");
    return !type || !*type || strcmp(type, "dumb") == 0;
}

bool terminal_can_rewrite(int fd)
{
    pid_t group = isatty(fd) ? tcgetpgrp(fd) : 0; // -1: not the one that controls us
    return group != 0 && (group < 0 || group == getpgrp()) && !terminal_is_dumb();
}

int terminal_columns(int fd)
{
    struct winsize size = {.ws_row = 0};
    return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : COLUMNS_USUAL;
}

void terminal_size(int *rows, int *columns)
{
    struct winsize size = {.ws_row = 0};
    bool known = terminal.open && ioctl(terminal.fd, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 &&
                 size.ws_col > 0;
    *rows = known ? size.ws_row : 24;
    *columns = known ? size.ws_col : COLUMNS_USUAL;
}

bool terminal_is(int fd)
{
    return tcgetpgrp(fd) == getpgrp();
}
