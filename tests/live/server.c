// SPDX-License-Identifier: GPL-3.0-or-later
#include "server.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES = 200, TRY_MS = 50 };

static void path_in(const struct server *server, char path[SERVER_PATH_SIZE], const char *name)
{
    snprintf(path, SERVER_PATH_SIZE, "%s/%s", server->folder, name);
}

static bool run(const char *const *argv)
{
    pid_t pid = bed_start(argv, NULL);
    return bed_end(pid, 0) == 0;
}

// Ask until the server answers.
static bool wait_for(const struct server *server, const char *const *argv)
{
    for (int tries = 0; tries < TRIES; tries++) {
        if (kill(server->pid, 0) != 0)
            return false;
        if (run(argv))
            return true;
        bed_nap_ms(TRY_MS);
    }
    return false;
}

static char *next_recording(struct server *server)
{
    char *path = server->recordings[server->count];
    snprintf(path, SERVER_PATH_SIZE, "%s/recording-%d", server->folder, server->count);
    server->count++;
    return path;
}

static void set_path(const struct server *server, const char *variable, const char *prefix,
                     const char *name)
{
    char value[SERVER_PATH_SIZE + 8];
    snprintf(value, sizeof value, "%s%s/%s", prefix, server->folder, name);
    setenv(variable, value, 1);
}

// ---- JACK ---------------------------------------------------------------------------------------

static bool start_jackd(struct server *server)
{
    const char *jackd[] = {LOOSEN_SOURCE_DIR "/tests/live/jack_server.sh", NULL};
    const char *probe[] = {"/usr/bin/timeout", "-s", "KILL", "2", "/usr/bin/jack_lsp", NULL};
    server->pid = bed_start(jackd, NULL);
    return wait_for(server, probe);
}

static bool start_jack(struct server *server)
{
    if (!start_jackd(server))
        return false;
    const char *recorder[] = {server->program, next_recording(server), NULL};
    server->recorder = bed_start(recorder, NULL);
    return bed_wait_content(recorder[1]);
}

// ---- PulseAudio ---------------------------------------------------------------------------------

static bool start_parec(struct server *server)
{
    const char *path = next_recording(server);
    const char *parec[] = {"/usr/bin/parec",
                           "--raw",
                           "--format=float32le",
                           "--rate=48000",
                           "--channels=2",
                           "--latency-msec=20",
                           "--device=loosen.monitor",
                           NULL};
    server->recorder = bed_start(parec, path);
    return bed_wait_content(path);
}

// At another place first, so that the recorder is there before any player.
static bool start_pulse(struct server *server)
{
    char hidden[SERVER_PATH_SIZE], open[SERVER_PATH_SIZE];
    const char *daemon[] = {LOOSEN_SOURCE_DIR "/tests/live/pulse_server.sh", NULL};
    const char *probe[] = {"/usr/bin/timeout", "-s", "KILL", "2", "/usr/bin/pactl", "info", NULL};
    path_in(server, hidden, "hidden");
    path_in(server, open, "native");
    setenv("LOOSEN_PULSE_SOCKET", hidden, 1);
    set_path(server, "PULSE_SERVER", "unix:", "hidden");
    server->pid = bed_start(daemon, NULL);
    bool ready = wait_for(server, probe) && start_parec(server) && rename(hidden, open) == 0;
    set_path(server, "PULSE_SERVER", "unix:", "native");
    return ready;
}

static bool pactl(const char *what, const char *argument, const char *more)
{
    const char *argv[] = {"/usr/bin/timeout", "-s", "KILL", "10", "/usr/bin/pactl", what,
                          argument,           more, NULL};
    return run(argv);
}

bool server_unload_sink(struct server *server)
{
    bool done = pactl("unload-module", "module-null-sink", NULL);
    bed_end(server->recorder, SIGTERM);
    server->recorder = 0;
    return done;
}

bool server_load_sink(struct server *server)
{
    const char *argv[] = {"/usr/bin/pactl",   "load-module", "module-null-sink",
                          "sink_name=loosen", "rate=48000",  "format=float32le",
                          "channels=2",       "norewinds=1", NULL};
    return run(argv) && start_parec(server);
}

bool server_suspend_sink(const struct server *server, bool suspended)
{
    (void)server;
    return pactl("suspend-sink", "loosen", suspended ? "1" : "0");
}

// ---- Both ---------------------------------------------------------------------------------------

static bool start(struct server *server)
{
    return server->kind == SERVER_JACK ? start_jack(server) : start_pulse(server);
}

bool server_start(struct server *server, enum server_kind kind, const char *recorder)
{
    char name[64];
    *server = (struct server){.kind = kind, .program = recorder, .complete = true};
    strcpy(server->folder, "/tmp/loosen-server-XXXXXX");
    if (!mkdtemp(server->folder))
        return false;
    snprintf(name, sizeof name, "loosen-%ld", (long)getpid());
    setenv("JACK_NO_AUDIO_RESERVATION", "1", 1);
    setenv("JACK_DEFAULT_SERVER", kind == SERVER_JACK ? name : "loosen-none", 1);
    setenv("ALSA_CONFIG_PATH",
           kind == SERVER_JACK ? LOOSEN_SOURCE_DIR "/tests/live/asound_null.conf"
                               : LOOSEN_SOURCE_DIR "/tests/live/asound_pulse.conf",
           1);
    setenv("XDG_RUNTIME_DIR", server->folder, 1);
    setenv("PULSE_RUNTIME_PATH", server->folder, 1);
    setenv("PULSE_STATE_PATH", server->folder, 1);
    set_path(server, "PULSE_COOKIE", "", "cookie");
    set_path(server, "PULSE_SERVER", "unix:", "native");
    return start(server);
}

bool server_restart(struct server *server)
{
    return server->count < SERVER_RECORDINGS && start(server);
}

// parec, which does not mind being late, ends by the signal.
static void end_recorder(struct server *server, bool alone)
{
    if (server->recorder <= 0)
        return;
    int code = bed_end(server->recorder, alone ? SIGTERM : SIGKILL);
    if (alone && server->kind == SERVER_JACK && code != 0)
        server->complete = false;
    server->recorder = 0;
}

void server_end(struct server *server, int signal_number)
{
    bed_end(server->pid, signal_number);
    server->pid = 0;
    end_recorder(server, false);
}

void server_signal(const struct server *server, int signal_number)
{
    kill(server->pid, signal_number);
}

void server_stop(struct server *server)
{
    if (server->pid > 0)
        server_signal(server, SIGCONT);
    bed_nap_ms(600); // a server that ends before it has seen to a client that was killed fails
    end_recorder(server, true);
    bed_end(server->pid, SIGTERM);
    server->pid = 0;
}

void server_remove(struct server *server)
{
    const char *argv[] = {"/bin/rm", "-rf", server->folder, NULL};
    run(argv);
}

int64_t server_recorded_frames(const struct server *server)
{
    struct stat info;
    if (server->count == 0 || stat(server->recordings[server->count - 1], &info) != 0)
        return 0;
    return info.st_size / (2 * (int64_t)sizeof(float));
}

bool server_is_silent(const struct server *server, int64_t first_frame)
{
    float stereo[2 * SERVER_LOOK_FRAMES];
    int fd = open(server->recordings[server->count - 1], O_RDONLY);
    if (fd < 0)
        return true;
    ssize_t size = pread(fd, stereo, sizeof stereo, first_frame * 2 * (int64_t)sizeof(float));
    close(fd);
    for (size_t i = 0; size > 0 && i < (size_t)size / sizeof stereo[0]; i++)
        if (stereo[i] != 0.0f)
            return false;
    return true;
}
