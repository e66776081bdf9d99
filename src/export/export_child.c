// SPDX-License-Identifier: GPL-3.0-or-later
// Events come as lines of JSON, errors as text, both without waiting.
#include "export_child.h"

#include "export_event.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
    LINE_MAX_BYTES = 64 * 1024,   // of a job's output that waits for its end
    ERRORS_MAX_BYTES = 64 * 1024, // of what a job says about itself; more is dropped
};

enum status export_child_start(struct export_child *job, const struct export_item *item,
                               const struct settings *settings, struct error *error)
{
    struct arguments arguments;
    *job = (struct export_child){.child = CHILD_INIT, .item = item};
    export_list_arguments(&arguments, item, settings);
    arguments_add(&arguments, "json", NULL);
    enum status status = arguments.failed ? error_no_memory(error) : STATUS_OK;
    if (status == STATUS_OK) {
        const char *words[ARGUMENTS_MAX + 2] = {"export"};
        memcpy(words + 1, arguments.words, (arguments.count + 1) * sizeof *words);
        status = child_start(&job->child, words, error);
    }
    arguments_free(&arguments);
    return status;
}

static void take_event(struct export_child *job, export_child_event *tell, void *context)
{
    struct export_event event;
    if (!export_event_read(&event, buffer_text(&job->line)))
        return;
    if (event.type == EXPORT_PROGRESS)
        job->done_frames = event.done_frames;
    job->kept |= event.type == EXPORT_DONE && event.kept;
    job->told |= event.type == EXPORT_FAILED;
    tell(context, &job->line);
}

static void take_output(struct export_child *job, struct text data, export_child_event *tell,
                        void *context)
{
    for (size_t i = 0; i < data.size; i++) {
        if (job->line.size < LINE_MAX_BYTES)
            buffer_add_byte(&job->line, data.data[i]);
        if (data.data[i] != '\n')
            continue;
        if (!job->line.failed)
            take_event(job, tell, context);
        buffer_clear(&job->line);
    }
}

enum piece { PIECE_SOME, PIECE_NONE, PIECE_CLOSED };

// Some of what there is in a pipe.
static enum piece read_piece(int fd, char *data, size_t size, struct text *piece)
{
    ssize_t count = read(fd, data, size);
    *piece = (struct text){data, count > 0 ? (size_t)count : 0};
    if (count < 0)
        return errno == EINTR ? PIECE_SOME : errno == EAGAIN ? PIECE_NONE : PIECE_CLOSED;
    return count > 0 ? PIECE_SOME : PIECE_CLOSED;
}

bool export_child_read_events(struct export_child *job, export_child_event *event, void *context)
{
    char data[4096];
    struct text piece;
    bool closed = read_piece(job->child.output, data, sizeof data, &piece) == PIECE_CLOSED;
    take_output(job, piece, event, context);
    return closed;
}

void export_child_read_errors(struct export_child *job)
{
    char data[4096];
    struct text piece;
    enum piece kind = PIECE_SOME;
    while (job->child.errors >= 0 && kind == PIECE_SOME) {
        kind = read_piece(job->child.errors, data, sizeof data, &piece);
        if (job->errors.size + piece.size <= ERRORS_MAX_BYTES)
            buffer_add(&job->errors, piece);
    }
    if (kind != PIECE_CLOSED)
        return;
    close(job->child.errors); // only ever read from
    job->child.errors = -1;
}

struct text export_child_last_words(const struct export_child *job)
{
    const struct text name = TEXT("loosen: ");
    struct text rest = job->errors.failed ? text_from("") : buffer_text(&job->errors);
    struct text line = text_from("");
    while (rest.size > 0) {
        line = text_head(rest, text_find(rest, '\n'));
        rest = text_skip(rest, line.size + 1);
    }
    return text_starts_with(line, name) ? text_skip(line, name.size) : line;
}

void export_child_free(struct export_child *job)
{
    buffer_free(&job->line);
    buffer_free(&job->errors);
    *job = EXPORT_CHILD_INIT;
}
