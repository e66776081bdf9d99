#include "sidecars.h"

#include "captioning.h"
#include "export_manifest.h"
#include "export_page.h"
#include "safe_file.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct sidecar_kind {
    const char *suffix;   // with its dot; NULL ends the table
    bool behind_the_name; // "calm.wav.x" rather than "calm.x"
    bool (*wanted)(const struct settings *settings);
    enum status (*check)(const char *audio_path, struct error *error); // NULL: any audio will do
    enum status (*print)(struct buffer *out, const struct sidecar_source *source,
                         struct error *error);
};

static bool wants_manifest(const struct settings *settings)
{
    return settings->manifest;
}

static enum status print_manifest(struct buffer *out, const struct sidecar_source *source,
                                  struct error *error)
{
    return manifest_print(source->manifest, out, error);
}

static bool wants_page(const struct settings *settings)
{
    return settings->page;
}

static bool wants_vtt(const struct settings *settings)
{
    return settings->captions & CAPTIONS_VTT;
}

static bool wants_srt(const struct settings *settings)
{
    return settings->captions & CAPTIONS_SRT;
}

static bool wants_lrc(const struct settings *settings)
{
    return settings->captions & CAPTIONS_LRC;
}

static bool wants_transcript(const struct settings *settings)
{
    return settings->transcript;
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

static const struct sidecar_kind kinds[] = {
    {".vtt", false, wants_vtt, NULL, print_vtt},
    {".srt", false, wants_srt, NULL, print_srt},
    {".lrc", false, wants_lrc, NULL, print_lrc},
    {".txt", false, wants_transcript, NULL, print_transcript},
    {".html", false, wants_page, export_page_check, export_page_print},
    {".manifest", true, wants_manifest, NULL, print_manifest}, // last: it knows the others
    {.suffix = NULL},
};

// The audio's path up to its extension; all of it when the name has none.
static struct text stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    struct text whole = text_from(path);
    return dot && dot > name ? text_head(whole, (size_t)(dot - path)) : whole;
}

static bool is_same_file(const char *path, const char *name)
{
    struct stat one, other;
    return name && stat(path, &one) == 0 && stat(name, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

// "notes.txt", a script, exported to "notes.wav" with its transcript: not even --force writes over
// what the export is made from.
static bool is_source(const char *path, const struct settings *settings)
{
    for (size_t i = 0; i < settings->operand_count; i++)
        if (is_same_file(path, settings->operands[i]))
            return true;
    return is_same_file(path, settings->scene) || is_same_file(path, settings->scene_only);
}

// The path of the next one.
static enum status name_next(struct sidecars *sidecars, const struct sidecar_kind *kind,
                             const char *audio_path, struct error *error)
{
    if (!audio_path)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "no \"%s\" can be written beside the standard output", kind->suffix);
    size_t index = sidecars->count;
    struct text start = kind->behind_the_name ? text_from(audio_path) : stem_of(audio_path);
    if (index == SIDECARS_MAX || start.size + strlen(kind->suffix) >= sizeof sidecars->paths[index])
        return error_set(error, STATUS_BAD_ARGUMENT, "the file's path is too long");
    memcpy(sidecars->paths[index], start.data, start.size);
    memcpy(sidecars->paths[index] + start.size, kind->suffix, strlen(kind->suffix) + 1);
    sidecars->kinds[index] = kind;
    return STATUS_OK;
}

static enum status open_next(struct sidecars *sidecars, const struct settings *settings,
                             const char *audio_path, bool replace, struct error *error)
{
    size_t index = sidecars->count;
    const char *path = sidecars->paths[index];
    const struct sidecar_kind *kind = sidecars->kinds[index];
    enum status status = kind->check ? kind->check(audio_path, error) : STATUS_OK;
    if (status == STATUS_OK && is_source(path, settings))
        status = error_set(error, STATUS_BAD_ARGUMENT,
                           "%s would be written over, which this is made from", path);
    if (status == STATUS_OK)
        status = safe_file_open(&sidecars->files[index], path, replace, error);
    if (status == STATUS_OK)
        sidecars->count++;
    return status;
}

enum status sidecars_open(struct sidecars *sidecars, const struct settings *settings,
                          const char *audio_path, bool replace, struct error *error)
{
    enum status status = STATUS_OK;
    sidecars->count = sidecars->committed = 0;
    for (const struct sidecar_kind *kind = kinds; kind->suffix && status == STATUS_OK; kind++) {
        if (!kind->wanted(settings))
            continue;
        status = name_next(sidecars, kind, audio_path, error);
        if (status == STATUS_OK)
            status = open_next(sidecars, settings, audio_path, replace, error);
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
        status = export_manifest_add_file(source->manifest, file, sidecars->paths[index], error);
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

enum status sidecars_commit(struct sidecars *sidecars, struct error *error)
{
    enum status status = STATUS_OK;
    while (sidecars->committed < sidecars->count && status == STATUS_OK) {
        status = safe_file_commit(sidecars->files[sidecars->committed], error);
        sidecars->files[sidecars->committed] = NULL; // freed, whatever happened
        if (status == STATUS_OK)
            sidecars->committed++;
    }
    if (status != STATUS_OK)
        sidecars_withdraw(sidecars);
    return status;
}

void sidecars_withdraw(struct sidecars *sidecars)
{
    while (sidecars->committed > 0)
        (void)unlink(sidecars->paths[--sidecars->committed]); // another failure is reported already
}

void sidecars_close(struct sidecars *sidecars)
{
    for (size_t i = 0; i < sidecars->count; i++) {
        safe_file_abort(sidecars->files[i]);
        sidecars->files[i] = NULL;
    }
    sidecars->count = 0;
}
