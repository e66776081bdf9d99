// SPDX-License-Identifier: GPL-3.0-or-later
// A private sound server without hardware and a recorder of what it plays, for tests that take both
// away and bring them back. One a process: they are found by variables of the environment.
#ifndef LOOSEN_SERVER_H
#define LOOSEN_SERVER_H

#include "bed.h"

enum server_kind { SERVER_JACK, SERVER_PULSE };

enum { SERVER_RECORDINGS = 4, SERVER_PATH_SIZE = 128, SERVER_LOOK_FRAMES = 960 };

struct server {
    enum server_kind kind;
    char folder[SERVER_PATH_SIZE / 2]; // of sockets, logs and recordings
    const char *program;               // of a JACK recorder
    pid_t pid;                         // 0: none
    pid_t recorder;                    // 0: none
    char recordings[SERVER_RECORDINGS][SERVER_PATH_SIZE];
    int count;     // of recordings
    bool complete; // no recorder complained
};

// Start server and recorder; nobody finds the server before the recorder hears it. False when they
// do not start in time.
bool server_start(struct server *server, enum server_kind kind, const char *recorder);
bool server_restart(struct server *server); // after server_end: the next recording

// End the server by a signal (the recorder goes with it).
void server_end(struct server *server, int signal_number);
void server_signal(const struct server *server, int signal_number);

// PulseAudio: take the sink away and bring it back with a recorder; suspend it and wake it.
bool server_unload_sink(struct server *server);
bool server_load_sink(struct server *server);
bool server_suspend_sink(const struct server *server, bool suspended);

// End what is still there; recordings are complete then. server_remove deletes them.
void server_stop(struct server *server);
void server_remove(struct server *server);

// How long the last recording is; and whether SERVER_LOOK_FRAMES of it from a frame on are silent.
int64_t server_recorded_frames(const struct server *server);
bool server_is_silent(const struct server *server, int64_t first_frame);

#endif
