// SPDX-License-Identifier: GPL-3.0-or-later
// One poll loop starts processes, reads their events and errors, and counts how they end.
#include "export_batch.h"

#include "clock.h"
#include "export_child.h"
#include "export_display.h"
#include "interrupt.h"
#include "report.h"
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    POLL_MS = 200,
    PATIENCE_MS = 10000, // from asking jobs to end to ending them
};

struct batch {
    const struct export_list *list;
    const struct settings *settings;
    struct export_batch_result *result;
    struct export_display display;
    struct export_child running[JOBS_MAX];
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

// An event of a job, as it came.
static void forward(void *context, const struct buffer *line)
{
    struct batch *batch = context;
    struct error error;
    if (batch->settings->run.json && report_write(buffer_text(line), &error) != STATUS_OK)
        stop(batch, &error);
}

static void tell(struct batch *batch, const struct export_event *event)
{
    struct error error;
    if (batch->settings->run.json && export_display_event(event, &error) != STATUS_OK)
        stop(batch, &error);
}

// ---- One job ------------------------------------------------------------------------------------

// "  a.wav: cannot write a.wav: No space left on device (exit code 1)"
static void add_failure(struct batch *batch, const struct export_child *job, const char *what)
{
    struct text why = export_child_last_words(job);
    buffer_printf(&batch->failures, "  %s: ", job->item->path);
    if (why.size > 0)
        buffer_printf(&batch->failures, "%.*s (%s)\n", TEXT_ARG(why), what);
    else
        buffer_printf(&batch->failures, "%s\n", what);
}

static void note_failure(struct batch *batch, const struct export_child *job, int code)
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

static void note_success(struct batch *batch, const struct export_child *job)
{
    const int64_t frames = job->item->subject.length_frames;
    batch->done_frames += frames;
    batch->worked_frames += job->kept ? 0 : frames;
    batch->result->kept += job->kept;
    batch->result->made += !job->kept;
    print_line(batch, job->item->path, job->kept ? "there already, whole and the same" : "made");
}

static void end_job(struct batch *batch, struct export_child *job)
{
    int code = child_wait(&job->child);
    export_display_clear(&batch->display);
    if (job->errors.size && !job->errors.failed)
        fputs(job->errors.data, stderr); // made visible by the job
    if (code == EXIT_DONE)
        note_success(batch, job);
    else
        note_failure(batch, job, code);
    export_child_free(job);
}

static void start_job(struct batch *batch, struct export_child *job)
{
    struct error error;
    const struct export_item *item = &batch->list->items[batch->next];
    if (export_child_start(job, item, batch->settings, &error) == STATUS_OK)
        batch->next++;
    else
        stop(batch, &error);
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

// The signal with which jobs are asked to end: they end as the batch does.
static int end_signal(void)
{
    const int number = interrupt_signal();
    return number && number != SIGPIPE ? number : SIGTERM; // PIPE is no request to them
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
        signal_jobs(batch, end_signal());
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
        struct export_child *job = &batch->running[i];
        if (fds[2 * i + 1].revents)
            export_child_read_errors(job);
        if (fds[2 * i].revents && export_child_read_events(job, forward, batch)) {
            export_child_read_errors(job);
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
        batch->running[i] = EXPORT_CHILD_INIT;
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
