// SPDX-License-Identifier: GPL-3.0-or-later
// One poll loop starts processes, reads their events and errors, and counts how they end.
#include "export_batch.h"

#include "child.h"
#include "clock.h"
#include "export_display.h"
#include "interrupt.h"
#include "report.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    POLL_MS = 200,
    LINE_MAX_BYTES = 64 * 1024,   // of a job's output that waits for its end
    ERRORS_MAX_BYTES = 64 * 1024, // of what a job says about itself; more is dropped
    PATIENCE_MS = 10000,          // from asking jobs to end to ending them
};

// One job under way.
struct running {
    struct child child;             // pid 0: the place is free
    const struct export_item *item; // what it makes
    struct buffer line;             // an event that has not come whole
    struct buffer errors;           // its standard error
    int64_t done_frames;
    bool kept;
    bool told; // that it failed
};

struct batch {
    const struct export_list *list;
    const struct settings *settings;
    struct export_batch_result *result;
    struct export_display display;
    struct running running[JOBS_MAX];
    int jobs; // places in use, at most
    size_t next;
    int64_t total_frames;  // of jobs that did not fail
    int64_t done_frames;   // of those that ended
    int64_t worked_frames; // of jobs that ended, made by them, also in vain
    int64_t stop_ms;       // when jobs were asked to end; 0: not yet
    struct error error;    // why no more jobs are begun, if its status says so
    struct buffer failures;
};

// ---- What is shown ------------------------------------------------------------------------------

static void show_progress(struct batch *batch)
{
    if (batch->error.status != STATUS_OK)
        return;
    int64_t done = batch->done_frames;
    int64_t worked = batch->worked_frames;
    for (int i = 0; i < batch->jobs; i++) {
        done += batch->running[i].done_frames;
        worked += batch->running[i].done_frames;
    }
    if (done >= batch->total_frames)
        return; // what is shown next is the end
    const struct export_batch_result *result = batch->result;
    const struct export_pace_line line = {
        .files_done = result->made + result->kept,
        .files = batch->list->count,
        .percent = (int)(done * 100 / batch->total_frames),
        .estimate = export_pace_estimate(&batch->display.pace, clock_ms(), worked,
                                         batch->total_frames - done),
    };
    export_display_draw(&batch->display, &line);
}

// One line about a file; the progress comes again below it.
static void print_line(struct batch *batch, const char *path, const char *what)
{
    struct buffer line = BUFFER_INIT;
    export_display_clear(&batch->display);
    buffer_add_visible(&line, text_from(path));
    buffer_printf(&line, "  %s\n", what);
    if (!line.failed && !batch->settings->run.json)
        fputs(line.data, stderr);
    buffer_free(&line);
}

static void stop(struct batch *batch, const struct error *error)
{
    if (batch->error.status == STATUS_OK)
        batch->error = *error;
}

static void forward(struct batch *batch, const struct buffer *line)
{
    struct error error;
    if (batch->settings->run.json &&
        (fwrite(line->data, 1, line->size, stdout) != line->size || fflush(stdout) != 0)) {
        error_set(&error, STATUS_IO, "cannot write to the standard output: %s", strerror(errno));
        stop(batch, &error);
    }
}

static void tell(struct batch *batch, const struct export_event *event)
{
    struct error error;
    if (batch->settings->run.json && export_display_event(event, &error) != STATUS_OK)
        stop(batch, &error);
}

// ---- One job ------------------------------------------------------------------------------------

// An event of a job, with its newline.
static void take_event(struct batch *batch, struct running *job)
{
    struct export_event event;
    if (!export_event_read(&event, buffer_text(&job->line)))
        return;
    if (event.type == EXPORT_PROGRESS)
        job->done_frames = event.done_frames;
    job->kept |= event.type == EXPORT_DONE && event.kept;
    job->told |= event.type == EXPORT_FAILED;
    forward(batch, &job->line);
}

static void take_output(struct batch *batch, struct running *job, const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (job->line.size < LINE_MAX_BYTES)
            buffer_add_byte(&job->line, data[i]);
        if (data[i] != '\n')
            continue;
        if (!job->line.failed)
            take_event(batch, job);
        buffer_clear(&job->line);
    }
}

static void take_errors(struct running *job, const char *data, size_t size)
{
    if (job->errors.size + size <= ERRORS_MAX_BYTES)
        buffer_add(&job->errors, (struct text){data, size});
}

enum drained { DRAINED_SOME, DRAINED_ALL, DRAINED_CLOSED };

// Take some of what there is in a pipe.
static enum drained drain(struct batch *batch, struct running *job, int fd)
{
    char data[4096];
    ssize_t count = read(fd, data, sizeof data);
    if (count < 0)
        return errno == EINTR ? DRAINED_SOME : errno == EAGAIN ? DRAINED_ALL : DRAINED_CLOSED;
    if (count > 0 && fd == job->child.output)
        take_output(batch, job, data, (size_t)count);
    else if (count > 0)
        take_errors(job, data, (size_t)count);
    return count > 0 ? DRAINED_SOME : DRAINED_CLOSED;
}

static void drain_errors(struct batch *batch, struct running *job)
{
    enum drained drained = DRAINED_SOME;
    while (job->child.errors >= 0 && drained == DRAINED_SOME)
        drained = drain(batch, job, job->child.errors);
    if (drained != DRAINED_CLOSED)
        return;
    close(job->child.errors); // only ever read from
    job->child.errors = -1;
}

// The last line that a job said, which is why it failed, without the program's name.
static struct text last_words(const struct running *job)
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

// "  a.wav: cannot write a.wav: No space left on device (exit code 1)"
static void add_failure(struct batch *batch, const struct running *job, const char *what)
{
    struct text why = last_words(job);
    buffer_printf(&batch->failures, "  %s: ", job->item->path);
    if (why.size > 0)
        buffer_printf(&batch->failures, "%.*s (%s)\n", TEXT_ARG(why), what);
    else
        buffer_printf(&batch->failures, "%s\n", what);
}

static void note_failure(struct batch *batch, const struct running *job, int code)
{
    char what[64];
    if (code >= EXIT_SIGNAL)
        snprintf(what, sizeof what, "ended by signal %d", code - EXIT_SIGNAL);
    else
        snprintf(what, sizeof what, "exit code %d", code);
    batch->result->failed++;
    batch->total_frames -= job->item->subject.length_frames;
    batch->worked_frames += job->done_frames;
    // A job that a signal ended could not say so itself.
    const struct export_event event = {
        .type = EXPORT_FAILED, .file = job->item->path, .exit_code = code, .message = what};
    if (!job->told)
        tell(batch, &event);
    if (batch->error.status != STATUS_OK)
        return; // we asked it to end
    add_failure(batch, job, what);
    if (job->errors.size == 0)
        print_line(batch, job->item->path, what);
}

static void note_success(struct batch *batch, const struct running *job)
{
    const int64_t frames = job->item->subject.length_frames;
    batch->done_frames += frames;
    batch->worked_frames += job->kept ? 0 : frames;
    batch->result->kept += job->kept;
    batch->result->made += !job->kept;
    print_line(batch, job->item->path, job->kept ? "there already, whole and the same" : "made");
}

static void end_job(struct batch *batch, struct running *job)
{
    int code = child_wait(&job->child);
    export_display_clear(&batch->display);
    if (job->errors.size && !job->errors.failed)
        fputs(job->errors.data, stderr); // made visible by the job
    if (code == EXIT_DONE)
        note_success(batch, job);
    else
        note_failure(batch, job, code);
    buffer_free(&job->line);
    buffer_free(&job->errors);
    *job = (struct running){.child = CHILD_INIT};
}

static void start_job(struct batch *batch, struct running *job)
{
    struct error error;
    struct arguments arguments;
    *job = (struct running){.child = CHILD_INIT, .item = &batch->list->items[batch->next]};
    export_list_arguments(&arguments, job->item, batch->settings);
    arguments_add(&arguments, "json", NULL);
    enum status status = arguments.failed ? error_no_memory(&error) : STATUS_OK;
    if (status == STATUS_OK) {
        const char *words[ARGUMENTS_MAX + 2] = {"export"};
        memcpy(words + 1, arguments.words, (arguments.count + 1) * sizeof *words);
        status = child_start(&job->child, words, &error);
    }
    arguments_free(&arguments);
    if (status != STATUS_OK)
        stop(batch, &error);
    else
        batch->next++;
}

// ---- All jobs -----------------------------------------------------------------------------------

static bool is_running(const struct batch *batch)
{
    for (int i = 0; i < batch->jobs; i++)
        if (batch->running[i].child.pid > 0)
            return true;
    return false;
}

static void start_jobs(struct batch *batch)
{
    for (int i = 0; i < batch->jobs; i++) {
        if (batch->error.status != STATUS_OK || batch->next == batch->list->count)
            return;
        if (batch->running[i].child.pid == 0)
            start_job(batch, &batch->running[i]);
    }
}

static void signal_jobs(const struct batch *batch, int number)
{
    for (int i = 0; i < batch->jobs; i++)
        if (batch->running[i].child.pid > 0)
            kill(batch->running[i].child.pid, number);
}

// Ask jobs to end once there is a reason; they leave no half file. Who does not listen is killed.
static void check_stop(struct batch *batch)
{
    if (interrupt_signal()) {
        struct error error;
        error_set(&error, STATUS_INTERRUPTED, "interrupted");
        stop(batch, &error);
    }
    if (batch->error.status == STATUS_OK)
        return;
    int64_t now = clock_ms();
    if (batch->stop_ms == 0) {
        batch->stop_ms = now;
        export_display_clear(&batch->display);
        // They end as the batch does.
        signal_jobs(batch, interrupt_signal() ? interrupt_signal() : SIGTERM);
    } else if (now - batch->stop_ms > PATIENCE_MS) {
        signal_jobs(batch, SIGKILL);
    }
}

// Wait for news, take it, and end the jobs that closed their standard output.
static void listen_to_jobs(struct batch *batch)
{
    struct pollfd fds[2 * JOBS_MAX];
    for (int i = 0; i < batch->jobs; i++) {
        fds[2 * i] = (struct pollfd){.fd = batch->running[i].child.output, .events = POLLIN};
        fds[2 * i + 1] = (struct pollfd){.fd = batch->running[i].child.errors, .events = POLLIN};
    }
    if (poll(fds, (nfds_t)(2 * batch->jobs), POLL_MS) <= 0)
        return;
    for (int i = 0; i < batch->jobs; i++) {
        struct running *job = &batch->running[i];
        if (fds[2 * i + 1].revents)
            drain_errors(batch, job);
        if (fds[2 * i].revents && drain(batch, job, job->child.output) == DRAINED_CLOSED) {
            drain_errors(batch, job);
            end_job(batch, job);
        }
    }
}

// "3 files: 1 made, 1 there already, 1 failed"
static void print_counts(const struct batch *batch)
{
    const struct export_batch_result *result = batch->result;
    const size_t count = batch->list->count;
    fprintf(stderr, "%zu %s: %zu made", count, count == 1 ? "file" : "files", result->made);
    if (result->kept)
        fprintf(stderr, ", %zu there already", result->kept);
    if (result->failed)
        fprintf(stderr, ", %zu %s", result->failed,
                batch->error.status == STATUS_OK ? "failed" : "not finished");
    if (result->not_begun)
        fprintf(stderr, ", %zu not begun", result->not_begun);
    fputs("\n", stderr);
}

static void print_summary(struct batch *batch)
{
    const struct export_batch_result *result = batch->result;
    const struct export_event event = {
        .type = EXPORT_FINISHED,
        .jobs = (int64_t)batch->list->count,
        .made = (int64_t)result->made,
        .kept_jobs = (int64_t)result->kept,
        .failed = (int64_t)result->failed,
        .not_begun = (int64_t)result->not_begun,
    };
    tell(batch, &event);
    if (batch->settings->run.json)
        return;
    print_counts(batch);
    if (batch->failures.size && !batch->failures.failed) {
        struct text rest = buffer_text(&batch->failures);
        while (rest.size > 0) {
            struct buffer line = BUFFER_INIT;
            struct text one = text_head(rest, text_find(rest, '\n'));
            buffer_add_visible(&line, one);
            fprintf(stderr, "%s\n", line.failed ? "" : line.data);
            buffer_free(&line);
            rest = text_skip(rest, one.size + 1);
        }
    }
}

enum status export_batch_run(struct export_batch_result *result, const struct export_list *list,
                             const struct settings *settings, struct error *error)
{
    struct batch *batch = calloc(1, sizeof *batch);
    if (!batch)
        return error_no_memory(error);
    *result = (struct export_batch_result){0};
    batch->list = list;
    batch->settings = settings;
    batch->result = result;
    batch->jobs = settings->run.jobs > 0 ? settings->run.jobs : 1;
    export_display_init(&batch->display, settings, NULL);
    for (size_t i = 0; i < list->count; i++)
        batch->total_frames += list->items[i].subject.length_frames;
    for (int i = 0; i < batch->jobs; i++)
        batch->running[i].child = CHILD_INIT;
    start_jobs(batch);
    while (is_running(batch)) {
        listen_to_jobs(batch);
        check_stop(batch);
        start_jobs(batch);
        show_progress(batch);
    }
    export_display_clear(&batch->display);
    result->not_begun = list->count - batch->next;
    print_summary(batch);
    enum status status = batch->error.status;
    if (status != STATUS_OK)
        *error = batch->error;
    buffer_free(&batch->failures);
    free(batch);
    return status;
}
