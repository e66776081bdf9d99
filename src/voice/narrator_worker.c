// SPDX-License-Identifier: GPL-3.0-or-later
// The worker's side of the narrator: requests go to children, one text each.
// The process waits for requests on its socket and for the end of its children on one pipe each: a
// child holds the writing end and never writes, so the pipe hangs up when it is gone. Samples come
// back in memory that we share with one child at a time.
#define _GNU_SOURCE // pipe2, MAP_ANONYMOUS, madvise
#include "narrator_worker.h"

#include "clock.h"
#include "espeak_voice.h"
#include "narrator_protocol.h"
#include "number.h"
#include "sandbox.h"
#include "speech_text.h"
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// Memory shared with one child after the other; the result and its samples are one message.
struct slot {
    struct narrator_result result;
    int16_t samples[NARRATOR_SAMPLES_MAX];
};

struct job {
    pid_t pid; // 0: free
    int pipe;  // hangs up when the child ends
    int64_t deadline_ms;
    uint32_t id;
    bool letters;      // the text has some: there must be sound
    struct slot *slot; // mapped as long as the process runs; forked into this job's child only
};

struct server {
    struct job jobs[NARRATOR_JOBS_MAX];
    size_t job_count;
    struct sandbox_filter *child_filter; // owned
    int64_t mapped_bytes;
    int64_t child_us; // processor time of all children that have ended
    int64_t told_us;  // what the player knows of theirs and ours
};

struct request {
    struct narrator_request head;
    char text[NARRATOR_TEXT_MAX + 1];
};

// ---- The child ----------------------------------------------------------------------------------

// Exit codes of a child; the signals that kill it say the rest.
enum { CHILD_DONE, CHILD_FULL, CHILD_FAILED };

static _Noreturn void run_child(const struct server *server, struct slot *slot, const char *text)
{
    close(WORKER_SOCKET);
    const int64_t memory = (int64_t)NARRATOR_MEMORY_MIB * 1024 * 1024;
    if (sandbox_limit_work(NARRATOR_CPU_S, server->mapped_bytes, memory, NULL) != STATUS_OK ||
        sandbox_filter_enter(server->child_filter, NULL) != STATUS_OK)
        _exit(CHILD_FAILED);
    struct espeak_take take = {.samples = slot->samples,
                               .capacity = NARRATOR_SAMPLES_MAX,
                               .words = slot->result.words,
                               .word_capacity = NARRATOR_WORDS_MAX};
    bool spoken = espeak_voice_speak(text, &take);
    // With some of its words unknown, the last known one would seem to last too long.
    slot->result.word_count = take.word_count > NARRATOR_WORDS_MAX ? 0 : (uint32_t)take.word_count;
    slot->result.count = (uint32_t)take.count;
    slot->result.rate = (uint32_t)take.rate;
    _exit(!spoken ? CHILD_FAILED : take.full ? CHILD_FULL : CHILD_DONE);
}

// ---- Jobs ---------------------------------------------------------------------------------------

// No child may reach into another one's samples.
static enum status map_slots(struct server *server, struct error *error)
{
    for (size_t i = 0; i < server->job_count; i++) {
        struct slot *slot =
            mmap(NULL, sizeof *slot, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (slot == MAP_FAILED || madvise(slot, sizeof *slot, MADV_DONTFORK) != 0)
            return error_no_memory(error);
        server->jobs[i].slot = slot;
    }
    return STATUS_OK;
}

static pid_t fork_child(const struct server *server, struct slot *slot, const char *text, int pipe)
{
    slot->result = (struct narrator_result){.count = 0}; // nothing of the child before
    if (madvise(slot, sizeof *slot, MADV_DOFORK) != 0)
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        close(pipe);
        run_child(server, slot, text);
    }
    madvise(slot, sizeof *slot, MADV_DONTFORK);
    return pid;
}

// Start a child; on failure the job stays free.
static bool job_start(struct job *job, const struct server *server, const struct request *request)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    pid_t pid = fork_child(server, job->slot, request->text, ends[0]);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return false;
    }
    job->pid = pid;
    job->pipe = ends[0];
    job->deadline_ms = clock_ms() + NARRATOR_WALL_MS;
    job->id = request->head.id;
    job->letters = speech_text_has_letters(text_from(request->text));
    return true;
}

// A damaged dictionary gives no error, only the pauses between the words.
static bool is_mute(const struct job *job)
{
    const struct narrator_result *result = &job->slot->result;
    uint32_t sounding = 0;
    for (uint32_t i = 0; i < result->count; i++)
        sounding += abs(job->slot->samples[i]) > NARRATOR_MUTE_PEAK;
    return sounding < (job->letters ? NARRATOR_MUTE_MS * result->rate / 1000 : 1);
}

static enum narrator_outcome judge(const struct job *job, int wait_status, bool overdue)
{
    const struct narrator_result *result = &job->slot->result;
    if (overdue || (WIFSIGNALED(wait_status) && (WTERMSIG(wait_status) == SIGXCPU)))
        return OUTCOME_SLOW;
    if (!WIFEXITED(wait_status) || WEXITSTATUS(wait_status) > CHILD_FULL ||
        result->count > NARRATOR_SAMPLES_MAX || result->rate < 1000 ||
        result->rate > NARRATOR_RATE_MAX || result->word_count > NARRATOR_WORDS_MAX)
        return OUTCOME_CRASHED;
    if (WEXITSTATUS(wait_status) == CHILD_FULL)
        return OUTCOME_ENDLESS;
    return is_mute(job) ? OUTCOME_MUTE : OUTCOME_SPOKEN;
}

static bool send_result(const struct narrator_result *result, size_t size)
{
    return message_send(WORKER_SOCKET, NARRATOR_RESULT, result, size, -1, NULL) == STATUS_OK;
}

static int64_t us_of(struct timeval time)
{
    return (int64_t)time.tv_sec * 1000000 + time.tv_usec;
}

// Processor time that the player was not told of yet.
static uint32_t take_cpu_us(struct server *server)
{
    struct timespec own = {.tv_sec = 0};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
    int64_t all_us = server->child_us + (int64_t)own.tv_sec * 1000000 + own.tv_nsec / 1000;
    uint32_t us = (uint32_t)(all_us - server->told_us);
    server->told_us = all_us;
    return us;
}

// The child has ended, or is ended now. Returns how.
static int reap(struct server *server, const struct job *job, bool overdue)
{
    struct rusage usage = {.ru_nsignals = 0};
    int wait_status = 0;
    if (overdue)
        kill(job->pid, SIGKILL);
    while (wait4(job->pid, &wait_status, 0, &usage) < 0 && errno == EINTR)
        continue;
    server->child_us += us_of(usage.ru_utime) + us_of(usage.ru_stime);
    return wait_status;
}

// Answer and free the job. False when the player has gone.
static bool job_finish(struct server *server, struct job *job, bool overdue)
{
    int wait_status = reap(server, job, overdue);
    // The child is gone: nobody changes the slot any more.
    struct slot *slot = job->slot;
    enum narrator_outcome outcome = judge(job, wait_status, overdue);
    slot->result.id = job->id;
    slot->result.outcome = outcome;
    slot->result.cpu_us = take_cpu_us(server);
    if (outcome != OUTCOME_SPOKEN)
        slot->result.count = slot->result.word_count = 0;
    bool sent = send_result(&slot->result,
                            sizeof slot->result + slot->result.count * sizeof slot->samples[0]);
    close(job->pipe);
    job->pid = 0;
    return sent;
}

// ---- Serving ------------------------------------------------------------------------------------

static struct job *free_job(struct server *server)
{
    for (size_t i = 0; i < server->job_count; i++)
        if (server->jobs[i].pid == 0)
            return &server->jobs[i];
    return NULL;
}

static bool take_request(struct server *server, struct job *job)
{
    struct request request;
    uint32_t type;
    size_t size;
    if (message_receive(WORKER_SOCKET, &type, &request, sizeof request - 1, &size, -1, NULL) !=
            STATUS_OK ||
        type != NARRATOR_REQUEST || size < sizeof request.head)
        return false;
    request.text[size - sizeof request.head] = '\0';
    if (job_start(job, server, &request))
        return true;
    const struct narrator_result failed = {.id = request.head.id, .outcome = OUTCOME_CRASHED};
    return send_result(&failed, sizeof failed);
}

// Milliseconds until the first job is overdue; -1: none is running.
static int time_left(const struct server *server)
{
    int64_t first = INT64_MAX;
    for (size_t i = 0; i < server->job_count; i++)
        if (server->jobs[i].pid != 0 && server->jobs[i].deadline_ms < first)
            first = server->jobs[i].deadline_ms;
    if (first == INT64_MAX)
        return -1;
    int64_t left = first - clock_ms();
    return left > 0 ? (int)left : 0;
}

static bool finish_jobs(struct server *server, const struct pollfd *polled)
{
    int64_t now_ms = clock_ms();
    for (size_t i = 0; i < server->job_count; i++) {
        struct job *job = &server->jobs[i];
        if (job->pid == 0)
            continue;
        bool ended = polled[i].revents != 0;
        if ((ended || now_ms >= job->deadline_ms) && !job_finish(server, job, !ended))
            return false;
    }
    return true;
}

// One round: wait, answer for the children that have ended, take a request when there is room.
static bool serve_once(struct server *server)
{
    struct pollfd polled[NARRATOR_JOBS_MAX + 1];
    struct job *room = free_job(server);
    for (size_t i = 0; i < server->job_count; i++)
        polled[i] = (struct pollfd){.fd = server->jobs[i].pid ? server->jobs[i].pipe : -1};
    struct pollfd *socket = &polled[server->job_count];
    // Without room only a hang-up is of interest.
    *socket = (struct pollfd){.fd = WORKER_SOCKET, .events = room ? POLLIN : 0};
    if (poll(polled, server->job_count + 1, time_left(server)) < 0)
        return errno == EINTR;
    if (!finish_jobs(server, polled))
        return false;
    if (room && (socket->revents & POLLIN))
        return take_request(server, room);
    return (socket->revents & (POLLHUP | POLLERR)) == 0;
}

static enum status drop_rights(struct server *server, struct error *error)
{
    struct sandbox_filter *own = NULL;
    server->mapped_bytes = sandbox_mapped_bytes();
    enum status status = sandbox_filter_new(&server->child_filter, SANDBOX_COMPUTE, error);
    THEN(status, sandbox_filter_new(&own, SANDBOX_SERVER, error));
    THEN(status, sandbox_close_files(error));
    THEN(status, sandbox_filter_enter(own, error));
    sandbox_filter_free(own);
    return status;
}

static bool parse_number(const char *argument, int most, int *value)
{
    int64_t number;
    if (!number_whole(text_from(argument), 0, most, &number))
        return false;
    *value = (int)number;
    return true;
}

static bool parse_arguments(int argc, char **argv, struct voice *voice, size_t *jobs)
{
    enum { FIRST = 3, COUNT = 7 }; // after "loosen --worker narrator"
    int count;
    if (argc != FIRST + COUNT)
        return false;
    voice->name = argv[FIRST];
    if (!parse_number(argv[FIRST + 1], 450, &voice->rate) ||
        !parse_number(argv[FIRST + 2], 99, &voice->pitch) ||
        !parse_number(argv[FIRST + 3], 99, &voice->range) ||
        !parse_number(argv[FIRST + 4], 1000, &voice->word_gap) ||
        !parse_number(argv[FIRST + 5], 100, &voice->amplitude) ||
        !parse_number(argv[FIRST + 6], NARRATOR_JOBS_MAX, &count) || count < 1)
        return false;
    *jobs = (size_t)count;
    return true;
}

int narrator_worker(int argc, char **argv)
{
    struct voice voice;
    struct server server = {.child_filter = NULL};
    struct error error = {.status = STATUS_OK};
    enum status status = STATUS_OK;
    if (!parse_arguments(argc, argv, &voice, &server.job_count))
        status = error_set(&error, STATUS_BAD_ARGUMENT, "a narrator without its settings");
    THEN(status, espeak_voice_load(&voice, &error));
    THEN(status, map_slots(&server, &error));
    THEN(status, drop_rights(&server, &error));
    bool told =
        message_send(WORKER_SOCKET, status == STATUS_OK ? NARRATOR_READY : NARRATOR_FAILED,
                     error.text, strnlen(error.text, NARRATOR_REASON_MAX), -1, NULL) == STATUS_OK;
    while (status == STATUS_OK && told && serve_once(&server))
        continue;
    sandbox_filter_free(server.child_filter);
    return status == STATUS_OK ? 0 : 1;
}
