// Every text is a request with a number; results come back in order of completion. An exchange keeps
// NARRATOR_WINDOW requests under way, which all fit into the socket at once, so that neither side
// can wait for the other to read. A text that is lost is asked again sentence by sentence once all
// others are done; a process that dies or hangs is replaced once an exchange and asked for what is
// missing.
#define _POSIX_C_SOURCE 200809L
#include "espeak_narrator.h"

#include "narrator_protocol.h"
#include "speech_text.h"
#include "worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    VOICE_NAME_MAX = 128,
    START_MS = 10 * 1000,
    // A result comes at the latest when the child's wall time is over; the rest is a busy machine.
    RESULT_MS = NARRATOR_WALL_MS + 10 * 1000,
    PIECES_MAX = 32, // sentences of a text that is asked again
};

struct reply {
    struct narrator_result head;
    int16_t samples[NARRATOR_SAMPLES_MAX];
};

struct espeak_narrator {
    struct narrator base; // first
    struct voice voice;   // name is voice_name
    char voice_name[VOICE_NAME_MAX];
    const struct lexicon *lexicon; // borrowed
    struct worker worker;
    struct reply *reply; // owned; the newest result
};

// ---- The process --------------------------------------------------------------------------------

static int job_count(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > NARRATOR_JOBS_MAX ? NARRATOR_JOBS_MAX : (int)cores;
}

static enum status await_ready(struct espeak_narrator *narrator, struct error *error)
{
    char reason[NARRATOR_REASON_MAX + 1];
    uint32_t type;
    size_t size = 0;
    if (message_receive(narrator->worker.socket, &type, reason, NARRATOR_REASON_MAX, &size,
                        START_MS, NULL) != STATUS_OK)
        return error_set(error, STATUS_NARRATOR, "the voice does not start");
    if (type == NARRATOR_READY)
        return STATUS_OK;
    reason[size] = '\0';
    return error_set(error, STATUS_NARRATOR, "%s", reason);
}

static enum status start(struct espeak_narrator *narrator, struct error *error)
{
    const struct voice *voice = &narrator->voice;
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
    enum status status = worker_start(&narrator->worker, "narrator", args, environment, -1, error);
    if (status == STATUS_OK)
        status = await_ready(narrator, error);
    if (status != STATUS_OK)
        worker_kill(&narrator->worker);
    return status;
}

// ---- One exchange -------------------------------------------------------------------------------

// Return false to stop.
typedef bool take_result(void *context, size_t index, const struct reply *reply);

struct exchange {
    struct espeak_narrator *narrator;
    const struct text *texts;
    size_t count;
    bool *finished; // [count]
    size_t next;    // first text that is not under way
    size_t waiting; // requests without a result
    take_result *take;
    void *context;
};

void espeak_narrator_prepare(const struct lexicon *lexicon, struct text view, struct buffer *out)
{
    struct buffer clean = BUFFER_INIT;
    speech_text_clean(view, &clean);
    out->failed |= clean.failed;
    if (lexicon)
        lexicon_apply(lexicon, buffer_text(&clean), out);
    else
        buffer_add(out, buffer_text(&clean));
    if (out->size > NARRATOR_TEXT_MAX) { // many long phonemes: said less well, but said
        buffer_clear(out);
        buffer_add(out, buffer_text(&clean));
    }
    buffer_free(&clean);
}

static enum status send_request(struct exchange *exchange, size_t index, struct error *error)
{
    struct {
        struct narrator_request head;
        char text[NARRATOR_TEXT_MAX];
    } request = {.head = {.id = (uint32_t)index}};
    struct buffer text = BUFFER_INIT;
    espeak_narrator_prepare(exchange->narrator->lexicon, exchange->texts[index], &text);
    enum status status;
    if (text.failed) {
        status = error_no_memory(error);
    } else {
        if (text.size > 0)
            memcpy(request.text, text.data, text.size);
        status = message_send(exchange->narrator->worker.socket, NARRATOR_REQUEST, &request,
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
    const struct narrator_result *head = &exchange->narrator->reply->head;
    return type == NARRATOR_RESULT && size >= sizeof *head && head->id < exchange->next &&
           !exchange->finished[head->id] && head->outcome <= OUTCOME_MUTE &&
           head->rate <= NARRATOR_RATE_MAX && (head->count == 0 || head->rate > 0) &&
           size == sizeof *head + (size_t)head->count * sizeof(int16_t);
}

static enum status receive_result(struct exchange *exchange, struct error *error)
{
    struct reply *reply = exchange->narrator->reply;
    uint32_t type;
    size_t size;
    enum status status = message_receive(exchange->narrator->worker.socket, &type, reply,
                                         sizeof *reply, &size, RESULT_MS, error);
    if (status != STATUS_OK)
        return status;
    if (!plausible(exchange, type, size))
        return error_set(error, STATUS_IO, "the voice sends nonsense");
    exchange->finished[reply->head.id] = true;
    exchange->waiting--;
    if (!exchange->take(exchange->context, reply->head.id, reply))
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
        if (status == STATUS_OK)
            status = fill_window(exchange, error);
    }
    return status;
}

static enum status exchange_run(struct exchange *exchange, struct error *error)
{
    struct espeak_narrator *narrator = exchange->narrator;
    enum status status = STATUS_OK;
    if (narrator->worker.pid == 0) // stopped by an interruption
        status = start(narrator, error);
    if (status == STATUS_OK)
        status = converse(exchange, error);
    if (status == STATUS_IO || status == STATUS_TIMEOUT) {
        worker_kill(&narrator->worker);
        narrator->base.restarts++;
        status = start(narrator, error);
        if (status == STATUS_OK)
            status = converse(exchange, error);
    }
    if (status == STATUS_OK || status == STATUS_NARRATOR || status == STATUS_NO_MEMORY)
        return status;
    // What is still under way would answer the next exchange: a new process then.
    worker_kill(&narrator->worker);
    if (status == STATUS_INTERRUPTED)
        return status;
    return error_set(error, STATUS_NARRATOR, "the voice stopped working twice");
}

// ---- Speaking -----------------------------------------------------------------------------------

struct speech {
    struct espeak_narrator *narrator;
    const struct text *texts;
    size_t count;
    uint32_t *outcomes; // [count], of the first attempt; the lost ones are asked again
    size_t mute;        // how many with letters made no sound
    narrator_done *done;
    void *context;
};

static bool take_first(void *context, size_t index, const struct reply *reply)
{
    struct speech *speech = context;
    speech->outcomes[index] = reply->head.outcome;
    speech->mute +=
        reply->head.outcome == OUTCOME_MUTE && speech_text_has_letters(speech->texts[index]);
    if (reply->head.outcome != OUTCOME_SPOKEN)
        return true;
    return speech->done(speech->context, index, STATUS_OK, reply->samples, reply->head.count,
                        (int)reply->head.rate);
}

// The sentences of one text, put together again.
struct retry {
    struct text pieces[PIECES_MAX];
    size_t count;
    int16_t *sound[PIECES_MAX]; // owned
    size_t sizes[PIECES_MAX];
    int rate;
    bool lost;
};

static bool take_piece(void *context, size_t index, const struct reply *reply)
{
    struct retry *retry = context;
    size_t count = reply->head.count;
    int16_t *copy = malloc((count + 1) * sizeof *copy);
    if (!copy || reply->head.outcome != OUTCOME_SPOKEN) {
        free(copy);
        retry->lost = true;
        return true;
    }
    memcpy(copy, reply->samples, count * sizeof *copy);
    retry->sound[index] = copy;
    retry->sizes[index] = count;
    retry->rate = (int)reply->head.rate;
    return true;
}

static void split(struct retry *retry, struct text text)
{
    struct text piece;
    for (size_t offset = 0; !retry->lost && speech_text_sentence(text, &offset, &piece);) {
        retry->lost = retry->count == PIECES_MAX;
        if (!retry->lost)
            retry->pieces[retry->count++] = piece;
    }
}

// Each piece ends with the voice's own pause.
static int16_t *join(const struct retry *retry, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < retry->count; i++)
        *count += retry->sizes[i];
    int16_t *all = *count <= NARRATOR_SAMPLES_MAX ? malloc((*count + 1) * sizeof *all) : NULL;
    size_t at = 0;
    for (size_t i = 0; all && i < retry->count; i++) {
        memcpy(all + at, retry->sound[i], retry->sizes[i] * sizeof *all);
        at += retry->sizes[i];
    }
    return all;
}

static bool deliver_retry(struct speech *speech, size_t index, const struct retry *retry)
{
    size_t count = 0;
    int16_t *all = retry->lost || retry->count == 0 ? NULL : join(retry, &count);
    enum status lost = speech->outcomes[index] == OUTCOME_SLOW ? STATUS_TIMEOUT : STATUS_NARRATOR;
    bool go_on = speech->done(speech->context, index, all ? STATUS_OK : lost, all, all ? count : 0,
                              all ? retry->rate : NARRATOR_RATE_MAX);
    free(all);
    return go_on;
}

static enum status ask_again(struct speech *speech, size_t index, struct error *error)
{
    struct buffer clean = BUFFER_INIT;
    struct retry retry = {.count = 0};
    bool finished[PIECES_MAX] = {false};
    speech_text_clean(speech->texts[index], &clean);
    split(&retry, buffer_text(&clean));
    struct exchange exchange = {.narrator = speech->narrator,
                                .texts = retry.pieces,
                                .count = retry.lost ? 0 : retry.count,
                                .finished = finished,
                                .take = take_piece,
                                .context = &retry};
    enum status status = clean.failed ? error_no_memory(error) : exchange_run(&exchange, error);
    if (status == STATUS_OK && !deliver_retry(speech, index, &retry))
        status = error_set(error, STATUS_INTERRUPTED, "stopped while speaking");
    for (size_t i = 0; i < retry.count; i++)
        free(retry.sound[i]);
    buffer_free(&clean);
    return status;
}

static enum status speak_all(struct speech *speech, bool *finished, struct error *error)
{
    struct exchange exchange = {.narrator = speech->narrator,
                                .texts = speech->texts,
                                .count = speech->count,
                                .finished = finished,
                                .take = take_first,
                                .context = speech};
    enum status status = exchange_run(&exchange, error);
    // A dictionary that is missing makes no error, just no sound.
    if (status == STATUS_OK && speech->mute > 0 && speech->mute == speech->count)
        status = error_set(error, STATUS_NARRATOR,
                           "the voice \"%s\" makes no sound: its data are damaged, "
                           "reinstall the package espeak-ng-data",
                           speech->narrator->voice.name);
    for (size_t i = 0; status == STATUS_OK && i < speech->count; i++)
        if (speech->outcomes[i] != OUTCOME_SPOKEN)
            status = ask_again(speech, i, error);
    return status;
}

static enum status espeak_speak(struct narrator *base, const struct text *texts, size_t count,
                                narrator_done *done, void *context, struct error *error)
{
    struct speech speech = {.narrator = (struct espeak_narrator *)base,
                            .texts = texts,
                            .count = count,
                            .done = done,
                            .context = context};
    speech.outcomes = calloc(count + 1, sizeof *speech.outcomes);
    bool *finished = calloc(count + 1, sizeof *finished);
    enum status status =
        speech.outcomes && finished ? speak_all(&speech, finished, error) : error_no_memory(error);
    free(finished);
    free(speech.outcomes);
    return status;
}

static void espeak_free(struct narrator *base)
{
    struct espeak_narrator *narrator = (struct espeak_narrator *)base;
    worker_kill(&narrator->worker);
    free(narrator->reply);
    free(narrator);
}

enum status espeak_narrator_new(struct narrator **narrator, const struct voice *voice,
                                const struct lexicon *lexicon, struct error *error)
{
    static const struct narrator_methods methods = {espeak_speak, espeak_free};
    if (strlen(voice->name) >= VOICE_NAME_MAX)
        return error_set(error, STATUS_NARRATOR, "there is no voice with so long a name");
    struct espeak_narrator *made = calloc(1, sizeof *made);
    if (!made)
        return error_no_memory(error);
    made->base.methods = &methods;
    made->lexicon = lexicon;
    made->voice = *voice;
    snprintf(made->voice_name, sizeof made->voice_name, "%s", voice->name);
    made->voice.name = made->voice_name;
    made->worker = WORKER_INIT;
    made->reply = malloc(sizeof *made->reply);
    enum status status = made->reply ? start(made, error) : error_no_memory(error);
    if (status != STATUS_OK) {
        espeak_free(&made->base);
        return status;
    }
    *narrator = &made->base;
    return STATUS_OK;
}
