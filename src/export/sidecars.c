// SPDX-License-Identifier: GPL-3.0-or-later
// One row for each kind of sidecar says when it is wanted, its suffix, and who prints it.
#include "sidecars.h"

#include "captioning.h"
#include "export_page.h"
#include "export_suffix.h"
#include "inputs_manifest.h"
#include "overwrite.h"
#include "safe_file.h"
#include <string.h>

struct sidecar_kind {
    const char *suffix; // with its dot; NULL ends the table
    // NULL: the suffix takes the place of the audio's extension.
    enum status (*path)(char path[CATALOGUE_PATH_MAX], const char *audio_path, struct error *error);
    bool (*wanted)(const struct settings *settings);
    enum status (*check)(const char *audio_path, struct error *error); // NULL: any audio will do
    enum status (*print)(struct buffer *out, const struct sidecar_source *source,
                         struct error *error);
};

static bool wants_manifest(const struct settings *settings)
{
    return settings->run.manifest;
}

static enum status print_manifest(struct buffer *out, const struct sidecar_source *source,
                                  struct error *error)
{
    return manifest_print(source->manifest, out, error);
}

static bool wants_page(const struct settings *settings)
{
    return settings->form.page;
}

static bool wants_vtt(const struct settings *settings)
{
    return settings->form.captions & 1 << CAPTION_VTT;
}

static bool wants_srt(const struct settings *settings)
{
    return settings->form.captions & 1 << CAPTION_SRT;
}

static bool wants_lrc(const struct settings *settings)
{
    return settings->form.captions & 1 << CAPTION_LRC;
}

static bool wants_transcript(const struct settings *settings)
{
    return settings->form.transcript;
}

static enum status print_vtt(struct buffer *out, const struct sidecar_source *source,
                             struct error *error)
{
    return captioning_print(out, CAPTION_VTT, source->pipeline, error);
}

static enum status print_srt(struct buffer *out, const struct sidecar_source *source,
                             struct error *error)
{
    return captioning_print(out, CAPTION_SRT, source->pipeline, error);
}

static enum status print_lrc(struct buffer *out, const struct sidecar_source *source,
                             struct error *error)
{
    return captioning_print(out, CAPTION_LRC, source->pipeline, error);
}

static enum status print_transcript(struct buffer *out, const struct sidecar_source *source,
                                    struct error *error)
{
    return captioning_print(out, CAPTION_TRANSCRIPT, source->pipeline, error);
}

static enum status print_page(struct buffer *out, const struct sidecar_source *source,
                              struct error *error)
{
    return export_page_print(out, source->pipeline, source->audio, source->audio_path, error);
}

static const struct sidecar_kind kinds[] = {
    {".vtt", NULL, wants_vtt, NULL, print_vtt},
    {".srt", NULL, wants_srt, NULL, print_srt},
    {".lrc", NULL, wants_lrc, NULL, print_lrc},
    {".txt", NULL, wants_transcript, NULL, print_transcript},
    {".html", NULL, wants_page, export_page_check, print_page},
    {".manifest", inputs_manifest_path, wants_manifest, NULL,
     print_manifest}, // last: knows the others
    {.suffix = NULL},
};

_Static_assert(sizeof kinds / sizeof *kinds - 1 <= SIDECARS_MAX, "room for all at once");

const struct sidecar_kind *sidecars_next_kind(const struct sidecar_kind *kind,
                                              const struct settings *settings)
{
    kind = kind ? kind + 1 : kinds;
    while (kind->suffix && !kind->wanted(settings))
        kind++;
    return kind->suffix ? kind : NULL;
}

enum status sidecars_path(char path[CATALOGUE_PATH_MAX], const struct sidecar_kind *kind,
                          const char *audio_path, struct error *error)
{
    return kind->path ? kind->path(path, audio_path, error)
                      : export_suffix_replace(path, audio_path, kind->suffix, error);
}

// The path of the next one.
static enum status name_next(struct sidecars *sidecars, const struct sidecar_kind *kind,
                             const char *audio_path, struct error *error)
{
    if (!audio_path)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "no \"%s\" can be written beside the standard output", kind->suffix);
    sidecars->kinds[sidecars->count] = kind;
    return sidecars_path(sidecars->paths[sidecars->count], kind, audio_path, error);
}

static enum status open_next(struct sidecars *sidecars, const struct overwrite_guard *guard,
                             struct error *error)
{
    size_t index = sidecars->count;
    const char *path = sidecars->paths[index];
    const struct sidecar_kind *kind = sidecars->kinds[index];
    bool replace = false;
    enum status status = kind->check ? kind->check(guard->audio_path, error) : STATUS_OK;
    THEN(status, overwrite_check(guard, path, &replace, error));
    THEN(status, safe_file_open(&sidecars->files[index], path, replace, error));
    if (status == STATUS_OK)
        sidecars->count++;
    return status;
}

enum status sidecars_open(struct sidecars *sidecars, const struct settings *settings,
                          const struct overwrite_guard *guard, struct error *error)
{
    enum status status = STATUS_OK;
    sidecars->count = 0;
    const struct sidecar_kind *kind = NULL;
    while (status == STATUS_OK && (kind = sidecars_next_kind(kind, settings))) {
        status = name_next(sidecars, kind, guard ? guard->audio_path : NULL, error);
        THEN(status, open_next(sidecars, guard, error));
    }
    if (status != STATUS_OK)
        sidecars_close(sidecars);
    return status;
}

static enum status write_one(struct sidecars *sidecars, size_t index,
                             const struct sidecar_source *source, struct error *error)
{
    struct buffer out = BUFFER_INIT;
    struct safe_file *file = sidecars->files[index];
    enum status status = sidecars->kinds[index]->print(&out, source, error);
    if (status == STATUS_OK && out.failed)
        status = error_no_memory(error);
    if (status == STATUS_OK) {
        (void)safe_file_write(file, out.data, (int64_t)out.size); // a failure is remembered
        status = safe_file_sync(file, error);
    }
    if (status == STATUS_OK && source->manifest && sidecars->kinds[index]->print != print_manifest)
        status = inputs_manifest_add_file(source->manifest, file, sidecars->paths[index], error);
    buffer_free(&out);
    return status;
}

enum status sidecars_write(struct sidecars *sidecars, const struct sidecar_source *source,
                           struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sidecars->count && status == STATUS_OK; i++)
        status = write_one(sidecars, i, source, error);
    return status;
}

// Backwards: with the manifest first, what a kill leaves behind is known to be ours.
enum status sidecars_place(struct sidecars *sidecars, struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = sidecars->count; i > 0 && status == STATUS_OK; i--)
        status = safe_file_place(sidecars->files[i - 1], error);
    return status;
}

void sidecars_keep(struct sidecars *sidecars)
{
    for (size_t i = 0; i < sidecars->count; i++)
        safe_file_keep(sidecars->files[i]);
    sidecars->count = 0;
}

void sidecars_close(struct sidecars *sidecars)
{
    for (size_t i = 0; i < sidecars->count; i++)
        safe_file_abort(sidecars->files[i]);
    sidecars->count = 0;
}
