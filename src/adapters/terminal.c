#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

// The terminal to give back. A crash handler and atexit must reach it, so it can't be a parameter.
static struct {
    volatile sig_atomic_t open;
    int fd;
    struct termios before;
} terminal = {.fd = -1};

void terminal_close(void)
{
    if (!terminal.open)
        return;
    terminal.open = 0;
    tcsetattr(terminal.fd, TCSADRAIN, &terminal.before); // async-signal-safe (POSIX 2.4.3)
    close(terminal.fd);
}

bool terminal_is_open(void)
{
    return terminal.open;
}

static void restore_and_die(int number)
{
    terminal_close();
    raise(number); // SA_RESETHAND: the default action now
}

static void catch_crashes(void)
{
    struct sigaction action = {.sa_handler = restore_and_die,
                               .sa_flags = SA_RESETHAND | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    static const int numbers[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaction(numbers[i], &action, NULL);
}

bool terminal_open(void)
{
    int fd = open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return false;
    // Changing a terminal from the background would stop the player (SIGTTOU).
    if (tcgetpgrp(fd) != getpgrp() || tcgetattr(fd, &terminal.before) != 0) {
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
    catch_crashes();
    return atexit(terminal_close) == 0;
}

int terminal_read(unsigned char *bytes, int capacity, int timeout_ms)
{
    struct pollfd wait = {.fd = terminal.open ? terminal.fd : -1, .events = POLLIN};
    if (poll(&wait, 1, timeout_ms) <= 0)
        return 0;
    ssize_t size = read(terminal.fd, bytes, (size_t)capacity);
    if (size <= 0 && !(size < 0 && errno == EINTR))
        terminal_close(); // hung up: play on without keys
    return size > 0 ? (int)size : 0;
}
