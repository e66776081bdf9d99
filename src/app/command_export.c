#include "command.h"
#include "export_job.h"
#include "report.h"
#include "worker.h"
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

// What is shown of a job while it runs.
struct display {
    bool terminal;     // there is a line to write progress into
    int shown_percent; // -1: nothing yet
    int64_t start_ms;
};

static void show_progress(void *context, const struct export_progress *progress)
{
    struct display *display = context;
    int percent = (int)(progress->done_frames * 100 / progress->total_frames);
    if (!display->terminal || percent <= display->shown_percent)
        return;
    display->shown_percent = percent;
    double elapsed = (double)(worker_clock_ms() - display->start_ms) / 1000;
    double done = seconds_from_frames(progress->done_frames);
    double total = seconds_from_frames(progress->total_frames);
    double left = done > 0 ? elapsed * (total - done) / done : 0;
    fprintf(stderr, "\r%3d %%  %.0f x real time  %.0f s left ", percent,
            elapsed > 0 ? done / elapsed : 0, left);
}

static void clear_progress(const struct display *display)
{
    if (display->shown_percent >= 0)
        fputs("\r\033[K", stderr);
}

static double cpu_seconds(const struct rusage *usage)
{
    return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
           (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

static void print_stats(const struct export_result *result, int64_t start_ms)
{
    struct rusage self, children;
    getrusage(RUSAGE_SELF, &self);
    getrusage(RUSAGE_CHILDREN, &children);
    double cpu = cpu_seconds(&self) + cpu_seconds(&children);
    fprintf(stderr,
            "first block %lld ms, plan %lld ms, wall %lld ms, cpu %.2f s, %.0f x real time, peak "
            "memory %ld MB\n",
            (long long)result->first_block_ms, (long long)result->planned_ms,
            (long long)(worker_clock_ms() - start_ms), cpu,
            seconds_from_frames(result->total_frames) / cpu, self.ru_maxrss / 1024);
}

// What was written, in one line.
static void print_done(const struct export_result *result)
{
    struct buffer line = BUFFER_INIT;
    buffer_add_visible(&line, text_from(result->path));
    buffer_add_c(&line, "  ");
    duration_print_clock(&line, result->total_frames);
    buffer_printf(&line, "  %lld frames", (long long)result->total_frames);
    if (result->missing_lines)
        buffer_printf(&line, "  %zu lines missing", result->missing_lines);
    fprintf(stderr, "%s\n", line.failed ? "" : line.data);
    buffer_free(&line);
}

int command_export(const struct settings *settings)
{
    struct error error;
    struct display display = {isatty(STDERR_FILENO), -1, worker_clock_ms()};
    const struct export_job_config config = {
        .settings = settings,
        .session = settings->operand_count == 1 ? settings->operands[0] : NULL,
        .progress = show_progress,
        .context = &display,
    };
    if (!config.session && !settings->scene_only) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "export takes one session, such as: loosen export wall-ball -t 10");
        return report_error(&error);
    }
    struct export_result result;
    enum status status = export_job_run(&result, &config, &error);
    clear_progress(&display);
    if (status != STATUS_OK)
        return report_error(&error);
    print_done(&result);
    if (settings->stats)
        print_stats(&result, display.start_ms);
    return EXIT_DONE;
}
