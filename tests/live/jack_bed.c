// SPDX-License-Identifier: GPL-3.0-or-later
#include "jack_bed.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

void recording_start(struct recording *recording, const char *how)
{
    const char *argv[] = {LOOSEN_RECORDER, recording->path, how, NULL};
    strcpy(recording->path, "/tmp/loosen-recording-XXXXXX");
    int fd = mkstemp(recording->path);
    assert_true(fd >= 0);
    close(fd);
    recording->pid = bed_start(argv, NULL);
    assert_true(bed_wait_content(recording->path));
}

bool recording_is_heard(struct recording *recording, int64_t first_frame, int64_t total_frames)
{
    int recorded = bed_end(recording->pid, SIGTERM);
    assert_true(recorded == 0 || recorded == RECORDER_LATE);
    struct sound heard = bed_load(recording->path);
    struct sound wanted = bed_expected(first_frame, total_frames);
    bool equal = bed_ends_in(&heard, &wanted);
    unlink(recording->path);
    sound_free(&heard);
    sound_free(&wanted);
    assert_true(equal || recorded == RECORDER_LATE);
    return equal;
}

void recording_until_heard(bool (*scenario)(void))
{
    for (int tries = 0; tries < 5; tries++)
        if (scenario())
            return;
    fail_msg("the server was late five times: this machine is too busy");
}

pid_t jack_start(const char *rate)
{
    const char *argv[] = {LOOSEN_SOURCE_DIR "/tests/live/jack_server.sh", NULL};
    const char *probe[] = {"/usr/bin/jack_lsp", NULL};
    setenv("LOOSEN_JACK_RATE", rate, 1);
    pid_t pid = bed_start(argv, NULL);
    for (int tries = 0; tries < 400; tries++) {
        bed_nap_ms(50);
        pid_t lsp = bed_start(probe, NULL);
        if (bed_end(lsp, 0) == 0)
            return pid;
    }
    return -1;
}

void other_open(struct other *other, const char *rate, const char *how)
{
    snprintf(other->name, sizeof other->name, "loosen-other-%ld", (long)getpid());
    other->before = strdup(getenv("JACK_DEFAULT_SERVER"));
    setenv("JACK_DEFAULT_SERVER", other->name, 1);
    other->server = jack_start(rate);
    assert_true(other->server > 0);
    recording_start(&other->recording, how);
}

struct sound other_close(struct other *other)
{
    struct sound heard = {NULL, 0};
    bed_nap_ms(600); // a server that ends before it has seen to a client that was killed fails
    int recorded = bed_end(other->recording.pid, SIGTERM);
    bed_nap_ms(600);
    assert_int_equal(bed_end(other->server, SIGTERM), 0);
    setenv("JACK_DEFAULT_SERVER", other->before, 1);
    free(other->before);
    assert_true(recorded == 0 || recorded == RECORDER_LATE);
    if (recorded == 0)
        heard = bed_load(other->recording.path);
    unlink(other->recording.path);
    return heard;
}
