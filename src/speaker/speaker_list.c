// SPDX-License-Identifier: GPL-3.0-or-later
// A worker lists its devices, and its list is read line by line.
#include "speaker_list.h"

#include "message.h"
#include "number.h"
#include "speaker_link.h"
#include "speaker_spawn.h"
#include <limits.h>
#include <stdlib.h>

static enum status hear_list(const struct worker *worker, char *text, struct buffer *out,
                             struct error *error)
{
    uint32_t type = 0;
    size_t size = 0;
    enum status status = message_receive(worker->socket, &type, text, SPEAKER_LIST_SIZE, &size,
                                         SPEAKER_OPEN_MS, NULL);
    if (status != STATUS_OK || type != SPEAKER_DEVICES)
        return error_set(error, STATUS_NO_DEVICE,
                         status == STATUS_TIMEOUT ? "the audio system does not answer"
                                                  : "the audio system failed");
    buffer_add(out, (struct text){text, size});
    return out->failed ? error_no_memory(error) : STATUS_OK;
}

static struct text next_field(struct text *line)
{
    struct text field = text_head(*line, text_find(*line, '\t'));
    *line = text_skip(*line, field.size + 1);
    return field;
}

static int whole(struct text field)
{
    int64_t number;
    return number_whole(field, 0, INT_MAX, &number) ? (int)number : 0;
}

bool speaker_listed_next(struct text *lines, struct speaker_listed *device)
{
    struct text line = text_head(*lines, text_find(*lines, '\n'));
    if (line.size == lines->size) // the end, or a line that is not whole
        return false;
    *lines = text_skip(*lines, line.size + 1);
    device->name = next_field(&line);
    device->api = next_field(&line);
    device->channels = whole(next_field(&line));
    device->rate_hz = whole(next_field(&line));
    device->preferred = next_field(&line).size > 0;
    return true;
}

enum status speaker_list(struct buffer *out, struct error *error)
{
    char *text = malloc(SPEAKER_LIST_SIZE);
    if (!text)
        return error_no_memory(error);
    struct worker worker;
    const char *args[] = {SPEAKER_LIST, NULL};
    enum status status = speaker_spawn(&worker, args, -1, error);
    if (status == STATUS_OK) {
        status = hear_list(&worker, text, out, error);
        worker_kill(&worker);
    }
    free(text);
    return status;
}
