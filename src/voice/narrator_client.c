// SPDX-License-Identifier: GPL-3.0-or-later
// The program's side of the narrator's worker.
// Every text is a request with a number; results come back in order of completion. An exchange
// keeps NARRATOR_WINDOW requests under way, which all fit into the socket at once, so that neither
// side can wait for the other to read.
#include "narrator_client.h"

#include "clock.h"
#include "narrator_text.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    START_MS = 10 * 1000,
    // A result comes at the latest when the child's wall time is over; the rest is a busy machine.
    RESULT_MS = NARRATOR_WALL_MS + 10 * 1000,
    MESSAGE_MS = 3000, // for the rest of a message that has begun to arrive
    STOP_MS = 50,      // between two looks at `stop`
};

// ---- The process --------------------------------------------------------------------------------

static int job_count(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > NARRATOR_JOBS_MAX ? NARRATOR_JOBS_MAX : (int)cores;
}

// Until a message begins to arrive.
static enum status await(const struct narrator_client *client, int wait_ms, struct error *error)
{
    const int64_t deadline_ms = clock_ms() + wait_ms;
    struct pollfd one = {.fd = client->worker.socket, .events = POLLIN};
    while (poll(&one, 1, STOP_MS) <= 0) {
        if (client->stop && atomic_load(client->stop))
            return error_set(error, STATUS_INTERRUPTED, "stopped while speaking");
        if (clock_ms() >= deadline_ms)
            return error_set(error, STATUS_TIMEOUT, "the voice does not answer");
    }
    return STATUS_OK;
}

static enum status await_ready(struct narrator_client *client, struct error *error)
{
    char reason[NARRATOR_REASON_MAX + 1];
    uint32_t type;
    size_t size = 0;
    enum status status = await(client, START_MS, error);
    if (status == STATUS_INTERRUPTED)
        return status;
    if (status != STATUS_OK || message_receive(client->worker.socket, &type, reason,
                                               NARRATOR_REASON_MAX, &size, MESSAGE_MS, NULL))
        return error_set(error, STATUS_NARRATOR, "the voice does not start");
    if (type == NARRATOR_READY)
        return STATUS_OK;
    reason[size] = '\0';
    return error_set(error, STATUS_NARRATOR, "%s", reason);
}

static enum status start(struct narrator_client *client, struct error *error)
{
    const struct voice *voice = &client->voice;
    char numbers[6][16];
    const int values[6] = {voice->rate,     voice->pitch,     voice->range,
                           voice->word_gap, voice->amplitude, job_count()};
    const char *args[8] = {voice->name};
    for (size_t i = 0; i < 6; i++) {
        snprintf(numbers[i], sizeof numbers[i], "%d", values[i]);
        args[i + 1] = numbers[i];
    }
    // Opening its output, the library would connect to a sound server; HOME may hold other data.
    const char *environment[] = {"PULSE_SERVER=unix:/nonexistent", "ESPEAK_DATA_PATH", NULL};
    enum status status = worker_start(&client->worker, "narrator", args, environment, -1, error);
    THEN(status, await_ready(client, error));
    if (status != STATUS_OK)
        worker_kill(&client->worker);
    return status;
}

// ---- One exchange -------------------------------------------------------------------------------

struct exchange {
    struct narrator_client *client;
    const struct text *texts;
    size_t count;
    bool *finished; // [count]; owned
    size_t next;    // first text that is not under way
    size_t waiting; // requests without a result
    narrator_client_take *take;
    void *context;
};

static enum status send_request(struct exchange *exchange, size_t index, struct error *error)
{
    struct {
        struct narrator_request head;
        char text[NARRATOR_TEXT_MAX];
    } request = {.head = {.id = (uint32_t)index}};
    struct buffer text = BUFFER_INIT;
    narrator_text_prepare(exchange->client->lexicon, exchange->texts[index], &text);
    enum status status;
    if (text.failed) {
        status = error_no_memory(error);
    } else {
        if (text.size > 0)
            memcpy(request.text, text.data, text.size);
        status = message_send(exchange->client->worker.socket, NARRATOR_REQUEST, &request,
                              sizeof request.head + text.size, RESULT_MS, error);
    }
    buffer_free(&text);
    return status;
}

static enum status fill_window(struct exchange *exchange, struct error *error)
{
    for (; exchange->next < exchange->count && exchange->waiting < NARRATOR_WINDOW;
         exchange->next++) {
        if (exchange->finished[exchange->next])
            continue;
        enum status status = send_request(exchange, exchange->next, error);
        if (status != STATUS_OK)
            return status;
        exchange->waiting++;
    }
    return STATUS_OK;
}

// The worker is ours but has been near hostile text: believe nothing that would hurt.
static bool plausible(const struct exchange *exchange, uint32_t type, size_t size)
{
    const struct narrator_result *head = &exchange->client->reply->head;
    return type == NARRATOR_RESULT && size >= sizeof *head && head->id < exchange->next &&
           !exchange->finished[head->id] && head->outcome <= OUTCOME_MUTE &&
           head->rate <= NARRATOR_RATE_MAX && (head->count == 0 || head->rate > 0) &&
           head->word_count <= NARRATOR_WORDS_MAX &&
           size == sizeof *head + (size_t)head->count * sizeof(int16_t);
}

// Hand the newest result on; false when its taker wants no more.
static bool deliver(struct exchange *exchange)
{
    const struct narrator_reply *reply = exchange->client->reply;
    const struct narrator_result *head = &reply->head;
    struct narrator_mark marks[NARRATOR_WORDS_MAX];
    const struct narrator_sound sound = {
        .samples = reply->samples,
        .count = head->count,
        .sample_rate = (int)head->rate,
        .marks = marks,
        .mark_count =
            narrator_text_marks(marks, head, exchange->client->lexicon, exchange->texts[head->id]),
    };
    return exchange->take(exchange->context, head->id, (enum narrator_outcome)head->outcome,
                          &sound);
}

static enum status receive_result(struct exchange *exchange, struct error *error)
{
    struct narrator_reply *reply = exchange->client->reply;
    uint32_t type;
    size_t size;
    enum status status = await(exchange->client, RESULT_MS, error);
    THEN(status, message_receive(exchange->client->worker.socket, &type, reply, sizeof *reply,
                                 &size, MESSAGE_MS, error));
    if (status != STATUS_OK)
        return status;
    if (!plausible(exchange, type, size))
        return error_set(error, STATUS_IO, "the voice sends nonsense");
    exchange->finished[reply->head.id] = true;
    exchange->client->cpu_s += reply->head.cpu_us / 1e6;
    exchange->waiting--;
    if (!deliver(exchange))
        return error_set(error, STATUS_INTERRUPTED, "stopped while speaking");
    return STATUS_OK;
}

// Until all are finished, or the process fails.
static enum status converse(struct exchange *exchange, struct error *error)
{
    exchange->next = exchange->waiting = 0;
    enum status status = fill_window(exchange, error);
    while (status == STATUS_OK && exchange->waiting > 0) {
        status = receive_result(exchange, error);
        THEN(status, fill_window(exchange, error));
    }
    return status;
}

static enum status run(struct exchange *exchange, struct error *error)
{
    struct narrator_client *client = exchange->client;
    enum status status = STATUS_OK;
    if (client->worker.pid == 0) // stopped by an interruption
        status = start(client, error);
    THEN(status, converse(exchange, error));
    if (status == STATUS_IO || status == STATUS_TIMEOUT) {
        worker_kill(&client->worker);
        client->restarts++;
        status = start(client, error);
        THEN(status, converse(exchange, error));
    }
    if (status == STATUS_OK || status == STATUS_NARRATOR || status == STATUS_NO_MEMORY)
        return status;
    // What is still under way would answer the next exchange: a new process then.
    worker_kill(&client->worker);
    if (status == STATUS_INTERRUPTED)
        return status;
    return error_set(error, STATUS_NARRATOR, "the voice stopped working twice");
}

enum status narrator_client_ask(struct narrator_client *client, const struct text *texts,
                                size_t count, narrator_client_take *take, void *context,
                                struct error *error)
{
    struct exchange exchange = {
        .client = client, .texts = texts, .count = count, .take = take, .context = context};
    exchange.finished = calloc(count + 1, sizeof *exchange.finished);
    if (!exchange.finished)
        return error_no_memory(error);
    enum status status = run(&exchange, error);
    free(exchange.finished);
    return status;
}

// ---- Opening and closing ------------------------------------------------------------------------

enum status narrator_client_open(struct narrator_client *client, const struct voice *voice,
                                 const struct lexicon *lexicon, const _Atomic int *stop,
                                 struct error *error)
{
    *client = (struct narrator_client){
        .voice = *voice, .lexicon = lexicon, .stop = stop, .worker = WORKER_INIT};
    if (strlen(voice->name) >= sizeof client->voice_name)
        return error_set(error, STATUS_NARRATOR, "there is no voice with so long a name");
    snprintf(client->voice_name, sizeof client->voice_name, "%s", voice->name);
    client->voice.name = client->voice_name;
    client->reply = malloc(sizeof *client->reply);
    return client->reply ? start(client, error) : error_no_memory(error);
}

void narrator_client_close(struct narrator_client *client)
{
    worker_kill(&client->worker);
    free(client->reply);
    client->reply = NULL;
}
