#include "command.h"
#include "export_display.h"
#include "export_job.h"
#include "report.h"
#include "worker.h"
#include <stdio.h>
#include <sys/resource.h>

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

int command_export(const struct settings *settings)
{
    struct error error;
    struct export_result result = {.total_frames = 0};
    struct export_display display;
    export_display_init(&display, settings, &result);
    const struct export_job_config config = {
        .settings = settings,
        .session = settings->operand_count == 1 ? settings->operands[0] : NULL,
        .progress = export_display_progress,
        .context = &display,
    };
    if (!config.session && !settings->scene_only) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "export takes one session, such as: loosen export wall-ball -t 10");
        return report_error(&error);
    }
    enum status status = export_job_run(&result, &config, &error);
    int code = export_display_end(&display, &error, status);
    if (status == STATUS_OK && settings->stats)
        print_stats(&result, display.start_ms);
    return code;
}
