// SPDX-License-Identifier: GPL-3.0-or-later
// The program's side of decoding: it asks a worker for the sound of a file.
// The worker has been near hostile files: of what it sends only sizes and finite numbers are used,
// and both are checked. A worker that dies, hangs or talks nonsense has failed on this file;
// another try would fail alike.
#include "decoder.h"

#include "clock.h"
#include "file_kind.h"
#include "worker.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>

enum {
    SILENCE_MS = 20 * 1000, // the longest wait for one message, on a busy machine
    SLICE_MS = 200,
    TOTAL_MS = 5 * 60 * 1000,
};

bool decoder_knows(struct text head)
{
    const struct file_kind *kind = file_kind_find(head);
    return kind && kind->use == FILE_KIND_READ;
}

struct exchange {
    struct worker worker;
    int64_t deadline_ms;
    int64_t frames;
    decoder_take *take;
    void *context;
};

// A message's body; DECODER_SAMPLES are the longest.
union body {
    float samples[2 * DECODER_BLOCK_FRAMES];
    struct decoder_end end;
    char reason[DECODER_REASON_MAX + 1];
};

static enum status nonsense(struct error *error)
{
    return error_set(error, STATUS_IO, "the decoder sends nonsense");
}

static bool finite_samples(const float *samples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!(fabsf(samples[i]) <= DECODER_SAMPLE_MOST))
            return false;
    return true;
}

static enum status take_samples(struct exchange *exchange, const union body *body, size_t size,
                                struct error *error)
{
    size_t frames = size / (2 * sizeof(float));
    exchange->frames += (int64_t)frames;
    if (frames == 0 || size % (2 * sizeof(float)) || exchange->frames > DECODER_FRAMES_MAX ||
        !finite_samples(body->samples, 2 * frames))
        return nonsense(error);
    if (!exchange->take(exchange->context, body->samples, frames))
        return error_set(error, STATUS_INTERRUPTED, "stopped while decoding");
    return STATUS_OK;
}

static enum status take_end(struct exchange *exchange, const union body *body, size_t size,
                            struct decoder_end *end, struct error *error)
{
    if (size != sizeof *end || body->end.frames != exchange->frames || body->end.cut > 1 ||
        body->end.damaged > 1 || body->end.unsized > 1 || body->end.cut_off > 1)
        return nonsense(error);
    *end = body->end;
    if (end->frames > 0)
        return STATUS_OK;
    return error_set(error, STATUS_BAD_INPUT, "there is no sound in it, or it is cut off");
}

// Until there is something to read, or an end to it; asking now and then whether to go on.
static enum status wait_for_news(const struct exchange *exchange, int wait_ms, struct error *error)
{
    const float nothing[2] = {0};
    const int64_t until_ms = clock_ms() + wait_ms;
    struct pollfd socket = {.fd = exchange->worker.socket, .events = POLLIN};
    while (poll(&socket, 1, SLICE_MS) <= 0) {
        if (!exchange->take(exchange->context, nothing, 0))
            return error_set(error, STATUS_INTERRUPTED, "stopped while decoding");
        if (clock_ms() >= until_ms)
            return error_set(error, STATUS_IO, "decoding it takes too long");
    }
    return STATUS_OK;
}

static enum status receive(struct exchange *exchange, union body *body, uint32_t *type,
                           size_t *size, struct error *error)
{
    int64_t left = exchange->deadline_ms - clock_ms();
    int wait_ms = left < 0 ? 0 : left < SILENCE_MS ? (int)left : SILENCE_MS;
    enum status status = wait_for_news(exchange, wait_ms, error);
    if (status != STATUS_OK)
        return status;
    status =
        message_receive(exchange->worker.socket, type, body, sizeof *body, size, wait_ms, NULL);
    if (status == STATUS_TIMEOUT)
        return error_set(error, STATUS_IO, "decoding it takes too long");
    if (status != STATUS_OK)
        return error_set(error, STATUS_IO, "the decoder broke down on it: it may be damaged");
    return STATUS_OK;
}

static enum status listen_to(struct exchange *exchange, struct decoder_end *end,
                             struct error *error)
{
    union body body;
    for (;;) {
        uint32_t type;
        size_t size;
        enum status status = receive(exchange, &body, &type, &size, error);
        if (status == STATUS_OK && type == DECODER_SAMPLES)
            status = take_samples(exchange, &body, size, error);
        else if (status == STATUS_OK && type == DECODER_END)
            return take_end(exchange, &body, size, end, error);
        else if (status == STATUS_OK && type == DECODER_FAILED && size <= DECODER_REASON_MAX)
            status = error_set(error, STATUS_BAD_INPUT, "%.*s", (int)size, body.reason);
        else
            THEN(status, nonsense(error));
        if (status != STATUS_OK)
            return status;
    }
}

enum status decoder_read(struct decoder_end *end, int fd, decoder_take *take, void *context,
                         struct error *error)
{
    struct stat state;
    *end = (struct decoder_end){0};
    if (fstat(fd, &state) != 0)
        return error_set(error, STATUS_IO, "it cannot be read: %s", strerror(errno));
    if (!S_ISREG(state.st_mode))
        return error_set(error, STATUS_BAD_INPUT, "it is not a regular file");
    struct exchange exchange = {.worker = WORKER_INIT,
                                .deadline_ms = clock_ms() + TOTAL_MS,
                                .take = take,
                                .context = context};
    const char *environment[] = {NULL};
    enum status status = worker_start(&exchange.worker, "decoder", NULL, environment, fd, error);
    THEN(status, listen_to(&exchange, end, error));
    worker_kill(&exchange.worker);
    return status;
}
