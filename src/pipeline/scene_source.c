// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe's recordings are opened only below its folder, and decoded in a process of their own.
#include "scene_source.h"

#include "decoder.h"
#include "file_kind.h"
#include "file_read.h"
#include "interrupt.h"
#include "recording.h"
#include "scene_recipe.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_MOST = 4096, SHORT_S = 30 };

// ---- Opening ------------------------------------------------------------------------------------

static int open_folder(const char *recipe_path)
{
    char folder[PATH_MOST];
    const char *slash = strrchr(recipe_path, '/');
    size_t size = slash ? (size_t)(slash - recipe_path) : 0;
    if (size >= sizeof folder) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(folder, recipe_path, size);
    folder[size] = '\0';
    return open(!slash ? "." : size == 0 ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static bool is_link(int folder, const char *name)
{
    struct stat state;
    return fstatat(folder, name, &state, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(state.st_mode);
}

// One step down the path; the folder is closed. Neither a FIFO nor a terminal holds us up.
static int open_below(int folder, const char *name, bool is_last)
{
    int kind = is_last ? O_NONBLOCK | O_NOCTTY : O_DIRECTORY;
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | kind);
    int cause = errno;
    if (fd < 0 && cause == ENOTDIR && is_link(folder, name))
        cause = ELOOP; // what Linux says of a link only where no folder is asked for
    close(folder);
    errno = cause;
    return fd;
}

static int open_recording(const char *recipe_path, const char *path)
{
    char part[PATH_MOST];
    int fd = open_folder(recipe_path);
    while (fd >= 0 && path) {
        const char *slash = strchr(path, '/');
        size_t size = slash ? (size_t)(slash - path) : strlen(path);
        if (size >= sizeof part)
            size = sizeof part - 1; // as long as no recipe has it
        memcpy(part, path, size);
        part[size] = '\0';
        fd = open_below(fd, part, !slash);
        path = slash ? slash + 1 : NULL;
    }
    return fd;
}

bool scene_source_is_recording(const char *path)
{
    char memory[FILE_KIND_HEAD];
    struct text head;
    return file_read_head(&head, memory, sizeof memory, path, NULL) == STATUS_OK &&
           decoder_knows(head);
}

// A recording of a format that is not read is called by its name; whatever else it is, the decoder
// says.
static enum status check_kind(int fd, const char *path, struct error *error)
{
    char memory[FILE_KIND_HEAD];
    struct buffer conversion = BUFFER_INIT;
    const ssize_t got = pread(fd, memory, sizeof memory, 0);
    const struct file_kind *kind =
        got > 0 ? file_kind_find((struct text){memory, (size_t)got}) : NULL;
    if (!kind || kind->use == FILE_KIND_READ)
        return STATUS_OK;
    if (kind->use == FILE_KIND_OTHER)
        return error_set(error, STATUS_BAD_INPUT, "it is %s", kind->name);
    file_kind_conversion(&conversion, path);
    enum status status = conversion.failed
                             ? error_no_memory(error)
                             : error_set(error, STATUS_BAD_INPUT,
                                         "it is %s, which is not read; %s makes one that is",
                                         kind->name, conversion.data);
    buffer_free(&conversion);
    return status;
}

// ---- Decoding -----------------------------------------------------------------------------------

struct take {
    float *stereo; // owned
    size_t frames, capacity;
    bool failed; // out of memory
};

static bool take_frames(void *context, const float *stereo, size_t frames)
{
    struct take *take = context;
    if (frames == 0)
        return !interrupt_signal();
    if (take->frames + frames > take->capacity) {
        size_t capacity = take->capacity ? take->capacity * 2 : (size_t)16 * FRAME_RATE;
        if (capacity > (size_t)DECODER_FRAMES_MAX)
            capacity = (size_t)DECODER_FRAMES_MAX;
        float *grown = realloc(take->stereo, capacity * 2 * sizeof *grown);
        if (!grown) {
            take->failed = true;
            return false;
        }
        take->stereo = grown;
        take->capacity = capacity;
    }
    memcpy(take->stereo + 2 * take->frames, stereo, frames * 2 * sizeof *stereo);
    take->frames += frames;
    return !interrupt_signal();
}

static void warn(struct diagnostics *list, const struct scene_file *file,
                 const struct decoder_end *end, const struct recording_report *report,
                 const struct recording *recording)
{
    struct buffer clock = BUFFER_INIT;
    if (end->cut)
        diagnostics_add(list, SEVERITY_WARNING, "scene-cut", file->line, file->column,
                        "\"%s\" is long: its first %d minutes are used", file->path,
                        DECODER_SECONDS_MAX / 60);
    duration_print_clock(&clock, end->frames);
    if (end->damaged)
        diagnostics_add(list, SEVERITY_WARNING, "scene-damaged", file->line, file->column,
                        "\"%s\" is damaged: what is before %s is used", file->path,
                        clock.failed ? "" : clock.data);
    else if (end->cut_off)
        diagnostics_add(list, SEVERITY_WARNING, "scene-damaged", file->line, file->column,
                        "\"%s\" is cut off: what there is, %s, is used", file->path,
                        clock.failed ? "" : clock.data);
    else if (end->unsized)
        diagnostics_add(list, SEVERITY_WARNING, "scene-unsized", file->line, file->column,
                        "\"%s\" does not say how long it is, as a recorder leaves it that was "
                        "switched off: all there is, %s, is used",
                        file->path, clock.failed ? "" : clock.data);
    buffer_clear(&clock);
    duration_print_clock(&clock, (int64_t)report->sudden.sudden_frame);
    if (report->sudden.sudden_count > 0) {
        diagnostics_add(list, SEVERITY_WARNING, "scene-sudden", file->line, file->column,
                        "\"%s\" has %d sudden %s, which %s softened: by %.0f dB at %s", file->path,
                        report->sudden.sudden_count,
                        report->sudden.sudden_count == 1 ? "sound" : "sounds",
                        report->sudden.sudden_count == 1 ? "is" : "are", report->sudden.sudden_db,
                        clock.failed ? "" : clock.data);
        diagnostics_hint(list, "cut them out: what is left of them still draws the ear");
    }
    if (recording->frames < (int64_t)SHORT_S * FRAME_RATE)
        diagnostics_add(list, SEVERITY_WARNING, "scene-short", file->line, file->column,
                        "\"%s\" returns every %.1f s, which is heard: half a minute or more is "
                        "better",
                        file->path, seconds_from_frames(recording->frames));
    list->failed |= clock.failed;
    buffer_free(&clock);
}

// Any failure but an interruption and want of memory is the recording's, and told in the list.
static enum status decode(struct recording **recording, int fd, const struct scene_file *file,
                          struct diagnostics *list, struct error *error)
{
    struct take take = {.stereo = NULL};
    struct decoder_end end;
    struct recording_report report;
    enum status status = decoder_read(&end, fd, take_frames, &take, error);
    if (take.failed)
        status = error_no_memory(error);
    THEN(status,
         recording_new(recording, take.stereo, take.frames, file->fade_frames, &report, error));
    free(take.stereo);
    if (status == STATUS_OK)
        warn(list, file, &end, &report, *recording);
    return status;
}

static enum status load_recording(struct recording **recording, int fd,
                                  const struct scene_file *file, struct diagnostics *list,
                                  struct error *error)
{
    enum status status = STATUS_IO;
    if (fd < 0)
        error_set(error, STATUS_IO, "%s",
                  errno == ELOOP ? "it is a symbolic link" : strerror(errno));
    else
        status = check_kind(fd, file->path, error);
    if (fd >= 0)
        THEN(status, decode(recording, fd, file, list, error));
    if (fd >= 0)
        close(fd);
    if (status == STATUS_OK || status == STATUS_INTERRUPTED || status == STATUS_NO_MEMORY)
        return status;
    char cause[sizeof error->text];
    snprintf(cause, sizeof cause, "%s", error->text);
    diagnostics_add(list, SEVERITY_ERROR, "scene-recording", file->line, file->column,
                    "\"%s\" cannot be used: %s", file->path, cause);
    return error_set_at(error, STATUS_BAD_INPUT, list->file ? list->file : "", file->line,
                        file->column, "the recording \"%s\" cannot be used: %s", file->path, cause);
}

// ---- Scenes -------------------------------------------------------------------------------------

// All of them are tried: every fault is told in one run.
static enum status load_files(struct scene_recipe *recipe, const char *path,
                              struct diagnostics *list, struct error *error)
{
    struct scene_file file;
    enum status worst = STATUS_OK;
    for (size_t i = 0; scene_recipe_file(recipe, i, &file); i++) {
        struct recording *recording = NULL;
        enum status status =
            load_recording(&recording, open_recording(path, file.path), &file, list, error);
        if (status == STATUS_OK)
            scene_recipe_set_recording(recipe, i, recording);
        else
            worst = status;
        if (status == STATUS_INTERRUPTED || status == STATUS_NO_MEMORY)
            break;
    }
    return worst;
}

enum status scene_source_load(struct scene_recipe **recipe, const char *path,
                              struct diagnostics *list, struct error *error)
{
    char memory[FILE_KIND_HEAD];
    struct text head;
    if (file_read_head(&head, memory, sizeof memory, path, NULL) == STATUS_OK &&
        file_kind_report(head, list))
        return error_set_at(error, STATUS_BAD_INPUT, path, 1, 1, "%s is no scene", path);
    enum status status = scene_recipe_load(recipe, path, list, error);
    if (status != STATUS_OK)
        return status;
    status = load_files(*recipe, path, list, error);
    if (status == STATUS_OK)
        return STATUS_OK;
    scene_recipe_free(*recipe);
    *recipe = NULL;
    return status;
}

static enum status parse_alone(struct scene_recipe **recipe, struct error *error)
{
    char text[200];
    struct diagnostics none;
    snprintf(
        text, sizeof text,
        "scene: recording\nlayer recording: file \"recording\", follow breath %d dB\nwidth: 1\n",
        SCENE_SOURCE_BREATH_DB);
    diagnostics_init(&none, NULL);
    enum status status = scene_recipe_parse(recipe, text_from(text), &none, error);
    diagnostics_free(&none);
    return status;
}

enum status scene_source_load_recording(struct scene_recipe **recipe, const char *path,
                                        struct diagnostics *list, struct error *error)
{
    const char *slash = strrchr(path, '/');
    const struct scene_file file = {slash ? slash + 1 : path, 1, 1, RECORDING_FADE_DEFAULT};
    struct recording *recording = NULL;
    // Named by the user: wherever it is, and also through a link.
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    enum status status = load_recording(&recording, fd, &file, list, error);
    THEN(status, parse_alone(recipe, error));
    if (status == STATUS_OK)
        scene_recipe_set_recording(*recipe, 0, recording);
    else
        recording_free(recording);
    return status;
}
