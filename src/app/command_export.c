// SPDX-License-Identifier: GPL-3.0-or-later
// The command "export" makes one file in this process, or hands a list of files to a batch.
#include "clock.h"
#include "command.h"
#include "espeak_narrator.h"
#include "export_batch.h"
#include "export_collisions.h"
#include "export_display.h"
#include "export_job.h"
#include "replay.h"
#include "report.h"
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
        (long long)(clock_ms() - start_ms), cpu, result->voice_cpu_s,
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
    if (status == STATUS_OK && settings->run.stats)
        print_stats(&result, display.start_ms);
    return code;
}

// One command a line, each of which makes one file, in any order and on any machine.
static int print_jobs(const struct export_list *list, const struct settings *settings)
{
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < list->count; i++) {
        struct arguments arguments;
        export_list_arguments(&arguments, &list->items[i], settings);
        buffer_add_c(&out, "loosen export ");
        arguments_print(&arguments, &out);
        buffer_add_byte(&out, '\n');
        out.failed |= arguments.failed;
        arguments_free(&arguments);
    }
    return report_output(&out);
}

static void print_batch_stats(int64_t start_ms)
{
    struct rusage children;
    getrusage(RUSAGE_CHILDREN, &children);
    fprintf(stderr, "wall %lld ms, cpu %.2f s, peak memory of the largest %ld MB\n",
            (long long)(clock_ms() - start_ms), cpu_seconds(&children), children.ru_maxrss / 1024);
}

static int run_jobs(const struct export_list *list, const struct settings *settings)
{
    struct error error;
    struct export_batch_result result;
    const int64_t start_ms = clock_ms();
    if (export_batch_run(&result, list, settings, &error) != STATUS_OK)
        return report_error(&error);
    if (settings->run.stats)
        print_batch_stats(start_ms);
    return result.failed ? EXIT_FAILED : EXIT_DONE;
}

// ---- A batch that is refused --------------------------------------------------------------------

// Whoever reads events gets them also when nothing is begun. (stderr says it, too.)
static bool tells(const struct settings *settings)
{
    return settings->run.json && !settings->run.jobs_list;
}

static void tell_failed(const struct settings *settings, const char *file, int code,
                        const char *message)
{
    const struct export_event event = {
        .type = EXPORT_FAILED, .file = file, .exit_code = code, .message = message};
    if (tells(settings))
        (void)export_display_event(&event, NULL);
}

static void tell_refused(const struct settings *settings, size_t jobs, size_t failed)
{
    const struct export_event event = {.type = EXPORT_FINISHED,
                                       .jobs = (int64_t)jobs,
                                       .failed = (int64_t)failed,
                                       .not_begun = (int64_t)jobs};
    if (tells(settings))
        (void)export_display_event(&event, NULL);
}

// All that could not be made was to be left out.
static void refuse_nothing(const struct settings *settings)
{
    static const char text[] = "nothing is left to write";
    report_note("%s", text);
    tell_failed(settings, NULL, EXIT_USAGE, text);
    tell_refused(settings, 0, 1);
}

static bool is_left_out(const struct export_problem *problem, const struct settings *settings)
{
    return problem->left_out && settings->run.skip_impossible;
}

static void print_problems(const struct export_list *list, const struct settings *settings)
{
    for (const struct export_problem *problem = list->problems; problem; problem = problem->next)
        if (is_left_out(problem, settings))
            report_note("left out: %s", problem->left_out);
        else
            report_note("%s", problem->text);
}

static void refuse(const struct export_list *list, const struct settings *settings)
{
    size_t failed = 0;
    report_note("nothing was written%s", list->wrong ? "" : "; --skip-impossible leaves these out");
    for (const struct export_problem *problem = list->problems; problem; problem = problem->next)
        if (!is_left_out(problem, settings)) {
            tell_failed(settings, problem->file, EXIT_USAGE, problem->text);
            failed++;
        }
    const size_t left_out = settings->run.skip_impossible ? list->impossible : 0;
    tell_refused(settings, list->count + list->impossible - left_out, failed);
}

static int refuse_all(const struct settings *settings, const struct error *error)
{
    int code = report_error(error);
    tell_failed(settings, NULL, code, error->text);
    tell_refused(settings, 0, 1);
    return code;
}

// True when the list can be worked at; problems are told before anything is done.
static bool check_list(const struct export_list *list, const struct settings *settings)
{
    print_problems(list, settings);
    bool refused = list->wrong > 0 || (list->impossible > 0 && !settings->run.skip_impossible);
    if (refused)
        refuse(list, settings);
    else if (list->count == 0)
        refuse_nothing(settings);
    return !refused && list->count > 0;
}

static int export_several(const struct settings *settings)
{
    struct error error;
    struct export_list list;
    int code = EXIT_USAGE;
    enum status status = export_list_build(&list, settings, &error);
    THEN(status, export_collisions_find(&list, settings, &error));
    if (status == STATUS_OK && !settings->run.jobs_list)
        status = export_list_check_files(&list, settings, &error);
    if (status != STATUS_OK)
        code = refuse_all(settings, &error);
    else if (check_list(&list, settings))
        code = settings->run.jobs_list ? print_jobs(&list, settings) : run_jobs(&list, settings);
    export_list_free(&list);
    return code;
}

// ---- One file -----------------------------------------------------------------------------------

// The session that was heard, from its record.
static int export_record(const struct settings *settings)
{
    struct error error;
    struct record record;
    struct settings merged;
    // Its levels change on the way, and a manifest does not hold the record.
    if (settings->form.stems || settings->run.manifest) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "--replay goes without --stems, --manifest and --resume");
        return report_error(&error);
    }
    if (record_load(&record, settings->run.replay, &error) != STATUS_OK)
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
    espeak_narrator_find_data(); // for manifests; there are no threads yet
    if (settings->run.replay)
        return export_record(settings);
    if (settings->operand_count == 0 && !settings->what.scene_only) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "export takes a session, such as: loosen export wall-ball -t 10");
        return report_error(&error);
    }
    return export_list_is_wanted(settings) ? export_several(settings) : export_one(settings, NULL);
}
