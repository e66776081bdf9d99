#include "command.h"
#include "export_batch.h"
#include "export_display.h"
#include "export_job.h"
#include "replay.h"
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
    fprintf(
        stderr,
        "first block %lld ms, plan %lld ms, wall %lld ms, cpu %.2f s (voice %.2f s), %.0f x real "
        "time, peak memory %ld MB\n",
        (long long)result->first_block_ms, (long long)result->planned_ms,
        (long long)(worker_clock_ms() - start_ms), cpu, result->voice_cpu_s,
        seconds_from_frames(result->total_frames) / cpu, self.ru_maxrss / 1024);
}

static int export_one(const struct settings *settings, const struct record *replay)
{
    struct error error;
    struct export_result result = {.total_frames = 0};
    struct export_display display;
    export_display_init(&display, settings, &result);
    const struct export_job_config config = {
        .settings = settings,
        .session = settings->operand_count == 1 ? settings->operands[0] : NULL,
        .replay = replay,
        .progress = export_display_progress,
        .context = &display,
    };
    enum status status = export_job_run(&result, &config, &error);
    int code = export_display_end(&display, &error, status);
    if (status == STATUS_OK && settings->stats)
        print_stats(&result, display.start_ms);
    return code;
}

// One command a line, each of which makes one file, in any order and on any machine.
static int print_jobs(const struct export_list *list, const struct settings *settings)
{
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < list->count; i++) {
        struct export_arguments arguments;
        export_list_arguments(&arguments, &list->items[i], settings);
        buffer_add_c(&out, "loosen export ");
        export_arguments_print(&arguments, &out);
        buffer_add_byte(&out, '\n');
        out.failed |= arguments.failed;
        export_arguments_free(&arguments);
    }
    return report_output(&out);
}

static void print_batch_stats(int64_t start_ms)
{
    struct rusage children;
    getrusage(RUSAGE_CHILDREN, &children);
    fprintf(stderr, "wall %lld ms, cpu %.2f s, peak memory of the largest %ld MB\n",
            (long long)(worker_clock_ms() - start_ms), cpu_seconds(&children),
            children.ru_maxrss / 1024);
}

static int run_jobs(const struct export_list *list, const struct settings *settings)
{
    struct error error;
    struct export_batch_result result;
    const int64_t start_ms = worker_clock_ms();
    if (export_batch_run(&result, list, settings, &error) != STATUS_OK)
        return report_error(&error);
    if (settings->stats)
        print_batch_stats(start_ms);
    return result.failed ? EXIT_FAILED : EXIT_DONE;
}

static void print_problems(const struct export_list *list)
{
    struct text rest = buffer_text(&list->problems);
    while (rest.size > 0) {
        struct text line = text_head(rest, text_find(rest, '\n'));
        report_note("%.*s", TEXT_ARG(line));
        rest = text_skip(rest, line.size + 1);
    }
}

// True when the list can be worked at; problems are told before anything is done.
static bool check_list(struct export_list *list, const struct settings *settings)
{
    if (!settings->jobs_list)
        export_list_check_files(list, settings);
    print_problems(list);
    if (list->wrong > 0 || (list->impossible > 0 && !settings->skip_impossible)) {
        report_note("nothing was written%s",
                    list->wrong ? "" : "; --skip-impossible leaves these out");
        return false;
    }
    if (list->count == 0)
        report_note("nothing is left to write");
    return list->count > 0;
}

static int export_several(const struct settings *settings)
{
    struct error error;
    struct export_list list;
    int code = EXIT_USAGE;
    if (export_list_build(&list, settings, &error) != STATUS_OK)
        code = report_error(&error);
    else if (check_list(&list, settings))
        code = settings->jobs_list ? print_jobs(&list, settings) : run_jobs(&list, settings);
    export_list_free(&list);
    return code;
}

// The session that was heard, from its record.
static int export_record(const struct settings *settings)
{
    struct error error;
    struct record record;
    struct settings merged;
    // Its levels change on the way, and a manifest does not hold the record.
    if (settings->stems || settings->manifest) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "--replay goes without --stems, --manifest and --resume");
        return report_error(&error);
    }
    if (record_load(&record, settings->replay, &error) != STATUS_OK)
        return report_error(&error);
    int code;
    if (replay_settings(&merged, settings, &record, &error) == STATUS_OK)
        code = export_one(&merged, &record);
    else
        code = report_error(&error);
    record_free(&record);
    return code;
}

int command_export(const struct settings *settings)
{
    struct error error;
    if (settings->replay)
        return export_record(settings);
    if (settings->operand_count == 0 && !settings->scene_only) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "export takes a session, such as: loosen export wall-ball -t 10");
        return report_error(&error);
    }
    return export_list_is_wanted(settings) ? export_several(settings) : export_one(settings, NULL);
}
