// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include "bed.h"

#include "clock.h"
#include "duration.h"
#include "random.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 480 };

void bed_nap_ms(int ms)
{
    const struct timespec nap = {ms / 1000, (long)(ms % 1000) * 1000000};
    nanosleep(&nap, NULL);
}

void bed_stems(float *stems, int64_t first_frame, size_t frames)
{
    uint64_t first = (uint64_t)first_frame * MASTER_STEM_CHANNELS;
    for (size_t i = 0; i < frames * MASTER_STEM_CHANNELS; i++)
        stems[i] = (float)(random_unit(random_at(20, first + i)) - 0.5) * 0.1f;
}

struct sound bed_expected(int64_t first_frame, int64_t total_frames)
{
    const int64_t latency = master_latency_frames();
    size_t frames = (size_t)(total_frames - first_frame);
    struct sound sound = {calloc(frames, 2 * sizeof(float)), frames};
    struct master master;
    struct master_controls controls;
    struct master_counters counters;
    master_init(&master);
    master_controls_init(&controls);
    master_counters_init(&counters);
    for (int64_t f = first_frame; sound.stereo && f < total_frames + latency; f++) {
        float stems[MASTER_STEM_CHANNELS] = {0};
        float stereo[2];
        if (f < total_frames)
            bed_stems(stems, f, 1);
        master_process(&master, &controls, &counters, stems, stereo, 1);
        if (f - first_frame >= latency)
            memcpy(sound.stereo + 2 * (f - first_frame - latency), stereo, sizeof stereo);
    }
    return sound;
}

struct sound bed_load(const char *path)
{
    struct sound sound = {NULL, 0};
    struct stat info;
    FILE *file = fopen(path, "rb");
    if (!file)
        return sound;
    if (fstat(fileno(file), &info) == 0)
        sound.stereo = malloc((size_t)info.st_size + 1);
    if (sound.stereo)
        sound.frames = fread(sound.stereo, 2 * sizeof(float), (size_t)info.st_size / 8, file);
    fclose(file);
    return sound;
}

void sound_free(struct sound *sound)
{
    free(sound->stereo);
    *sound = (struct sound){NULL, 0};
}

static bool is_silent(const float *frame)
{
    return frame[0] == 0.0f && frame[1] == 0.0f;
}

static struct sound without_silence(const struct sound *sound)
{
    struct sound inside = *sound;
    while (inside.frames > 0 && is_silent(inside.stereo + 2 * (inside.frames - 1)))
        inside.frames--;
    while (inside.frames > 0 && is_silent(inside.stereo)) {
        inside.stereo += 2;
        inside.frames--;
    }
    return inside;
}

bool bed_ends_in(const struct sound *whole, const struct sound *part)
{
    struct sound heard = without_silence(whole);
    struct sound wanted = without_silence(part);
    if (wanted.frames == 0 || heard.frames < wanted.frames) {
        fprintf(stderr, "heard %zu frames of %zu\n", heard.frames, wanted.frames);
        return false;
    }
    const float *from = heard.stereo + 2 * (heard.frames - wanted.frames);
    for (size_t f = wanted.frames; f-- > 0;) {
        if (memcmp(from + 2 * f, wanted.stereo + 2 * f, 2 * sizeof(float)) != 0) {
            fprintf(stderr, "frame %zu of %zu (of %zu heard) differs: %.9g, not %.9g\n", f,
                    wanted.frames, heard.frames, (double)from[2 * f], (double)wanted.stereo[2 * f]);
            return false;
        }
    }
    return true;
}

enum status bed_open(struct speaker **speaker, const struct speaker_config *config,
                     struct error *error)
{
    struct speaker *made = NULL;
    enum status status = speaker_open(&made, config, error);
    while (status == STATUS_OK && (status = speaker_wait(made, 100, error)) == STATUS_TIMEOUT)
        status = STATUS_OK;
    if (status == STATUS_OK)
        *speaker = made;
    else
        speaker_close(made);
    return status;
}

static void fill(struct ring *ring, int64_t total_frames)
{
    float stems[BLOCK * MASTER_STEM_CHANNELS];
    for (;;) {
        int64_t written = atomic_load(&ring->written);
        int64_t left = total_frames - written;
        size_t frames = left < BLOCK ? (size_t)left : BLOCK;
        if (frames == 0 || ring_space(ring) < frames)
            return;
        bed_stems(stems, written, frames);
        ring_write(ring, stems, frames);
    }
}

bool bed_play(struct speaker *speaker, int64_t until_frame, int64_t limit_ms, bool *lost)
{
    struct speaker_memory *memory = speaker_memory(speaker);
    int64_t begun_ms = clock_ms();
    *lost = false;
    while (clock_ms() - begun_ms < limit_ms) {
        fill(speaker_ring(speaker), memory->total_frames);
        if (!speaker_alive(speaker)) {
            *lost = true;
            return false;
        }
        if (until_frame < 0 ? speaker_finished(speaker)
                            : atomic_load(&memory->counters.consumed_frames) >= until_frame)
            return true;
        bed_nap_ms(5);
    }
    return false;
}

pid_t bed_start(const char *const *argv, const char *output)
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL); // a test that fails leaves nothing behind
    int in = open("/dev/null", O_RDONLY);
    int out = open(output ? output : "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (in < 0 || out < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0)
        _exit(126);
    union {
        const char *const *constant;
        char *const *plain;
    } cast = {argv};
    execv(argv[0], cast.plain);
    _exit(127);
}

int bed_end(pid_t pid, int signal_number)
{
    int status = 0;
    if (pid <= 0 || kill(pid, signal_number) != 0)
        return -1;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool bed_wait_content(const char *path)
{
    struct stat info;
    for (int tries = 0; tries < 1000; tries++) {
        if (stat(path, &info) == 0 && info.st_size > 0)
            return true;
        bed_nap_ms(5);
    }
    return false;
}

static size_t read_file(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    size_t got = fread(text, 1, size - 1, file);
    fclose(file);
    text[got] = '\0';
    return got;
}

static bool is_our_worker(long pid)
{
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/%ld/stat", pid);
    if (read_file(path, text, sizeof text) == 0)
        return false;
    const char *rest = strrchr(text, ')'); // ") S PPID ..."
    if (!rest || strtol(rest + 4, NULL, 10) != getpid())
        return false;
    snprintf(path, sizeof path, "/proc/%ld/cmdline", pid);
    size_t size = read_file(path, text, sizeof text);
    return memmem(text, size, "--worker", 8) != NULL;
}

pid_t bed_worker_pid(void)
{
    pid_t found = 0;
    DIR *proc = opendir("/proc");
    for (struct dirent *entry; proc && (entry = readdir(proc)) != NULL;) {
        long pid = strtol(entry->d_name, NULL, 10);
        if (pid > 0 && is_our_worker(pid))
            found = (pid_t)pid;
    }
    if (proc)
        closedir(proc);
    return found;
}
