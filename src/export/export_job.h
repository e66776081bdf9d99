// SPDX-License-Identifier: GPL-3.0-or-later
// One session at one length on its way into one verified file. Prints nothing of its own; the
// command and whatever else wants a file (a batch, a comparison) say how it went.
#ifndef LOOSEN_EXPORT_JOB_H
#define LOOSEN_EXPORT_JOB_H

#include "pipeline.h"

// Of the session's frames so many could be finished in the work that is done, which is to render,
// to write and to read back. All are done only when nothing but names is missing.
struct export_progress {
    int64_t done_frames;
    int64_t total_frames;
};

struct manifest;
struct record;

struct export_job_config {
    const struct settings *settings; // what to render, and where to; borrowed for the call
    const char *session;             // name or path; NULL with settings->what.scene_only
    const struct record *replay;     // what was done to it while it was heard, or NULL
    // Called with 0 done once the names are known to be free, then after every block that is
    // written or read back, from this thread; anything but STATUS_OK stops the job. May be NULL.
    enum status (*progress)(void *context, const struct export_progress *progress,
                            struct error *error);
    void *context;
    // Not NULL: do everything but give names to files, and say here what they would be.
    struct manifest *rehearsal;
};

struct export_result {
    char path[CATALOGUE_PATH_MAX]; // set as soon as it is known
    char session[64];              // id, cut when it is longer
    bool kept;                     // with settings->run.resume: it was there, whole and the same
    int64_t total_frames;
    size_t missing_lines;   // lost by the voice, with settings->form.allow_missing
    int64_t first_block_ms; // from the call to the first mixed block
    int64_t planned_ms;     // from the call to the finished plan
    double voice_cpu_s;     // processor time of all that makes clips, its processes included
};

// Render, write, verify, and only then name the file and its sidecars. A name that is taken is
// refused before any work. On failure no file appears and none is changed. Faults of the script go
// to stderr; all else is in `error`.
enum status export_job_run(struct export_result *result, const struct export_job_config *config,
                           struct error *error);

#endif
