// SPDX-License-Identifier: GPL-3.0-or-later
// A manifest is filled from the files that were read and made, or checked against them.
#include "inputs_manifest.h"

#include "arguments.h"
#include "codec.h"
#include "encoder_format.h"
#include "espeak_narrator.h"
#include "inputs.h"
#include "resampler.h"
#include "safe_file.h"
#include "session_stream.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

enum status inputs_manifest_path(char path[CATALOGUE_PATH_MAX], const char *audio_path,
                                 struct error *error)
{
    int size = snprintf(path, CATALOGUE_PATH_MAX, "%s.manifest", audio_path);
    return size < CATALOGUE_PATH_MAX
               ? STATUS_OK
               : error_set(error, STATUS_BAD_ARGUMENT, "the file's path is too long");
}

// ---- What goes in -------------------------------------------------------------------------------

// The path inside the data folders is the same wherever they are: "scripts/en/words", and
// "yours/scripts/en/words" of the author's.
static void add_input_name(struct buffer *name, const struct pipeline *pipeline, const char *path)
{
    const char *scripts = pipeline->folders.scripts;
    const char *own = data_folders_own_part(&pipeline->folders, path);
    size_t size = strlen(scripts) - strlen("scripts");
    if (own)
        buffer_printf(name, "yours/%s", own);
    else
        buffer_add_c(name, strncmp(path, scripts, size) == 0 ? path + size : path);
}

struct inputs {
    struct manifest *manifest;
    const struct pipeline *pipeline;
};

// A visitor of sources.
static enum status add_input(void *context, const char *path, struct error *error)
{
    const struct inputs *inputs = context;
    const struct session_origin *origin = &inputs->pipeline->origin;
    struct buffer name = BUFFER_INIT;
    add_input_name(&name, inputs->pipeline, path);
    struct manifest_file file = {.name = name.data};
    enum status status = name.failed ? error_no_memory(error) : STATUS_OK;
    if (status == STATUS_OK && strcmp(path, origin->stream) == 0) {
        file.name = session_stream_name(path);
        file.bytes = origin->bytes; // it cannot be read again
        memcpy(file.sha256, origin->sha256, sizeof file.sha256);
    } else {
        THEN(status, digest_file(file.sha256, &file.bytes, path, error));
    }
    if (status == STATUS_OK)
        manifest_add_input(inputs->manifest, &file);
    buffer_free(&name);
    return status;
}

static enum status add_voice(struct manifest *manifest, const struct pipeline *pipeline,
                             struct error *error)
{
    char name[VOICE_CHOICE_NAME_MAX];
    char data[DIGEST_SIZE];
    struct voice voice = voice_choice(pipeline->settings, pipeline->session.language, name);
    enum status status = espeak_narrator_data(data, error);
    if (status != STATUS_OK)
        return status;
    manifest_add_fact(manifest, "espeak-ng", espeak_narrator_version());
    manifest_add_fact(manifest, "espeak-ng-data", data);
    manifest_add_fact(manifest, "voice", voice.name);
    manifest_add_number(manifest, "voice_rate", voice.rate);
    return STATUS_OK;
}

static void add_facts(struct manifest *manifest, const struct pipeline *pipeline,
                      enum encoder_format format)
{
    const struct settings *settings = pipeline->settings;
    char codec[CODEC_VERSION_MAX];
    manifest_add_fact(manifest, "encoder", encoder_library());
    if (codec_version(codec, format))
        manifest_add_fact(manifest, "codec", codec);
    // Voices, recordings and other rates go through it.
    manifest_add_fact(manifest, "resampler", resampler_library());
    manifest_add_fact(manifest, "format", encoder_format_name(format));
    manifest_add_number(manifest, "sample_rate",
                        settings->form.sample_rate ? settings->form.sample_rate : FRAME_RATE);
    manifest_add_number(manifest, "channels", settings->form.mono ? 1 : 2);
    if (pipeline->entry.kind == ENTRY_BEGINNING) // else nobody knows before it is planned
        manifest_add_number(manifest, "frames_at_48000", pipeline->total_frames);
    manifest_add_number(manifest, "seed", (int64_t)settings->what.seed);
}

static void add_arguments(struct manifest *manifest, const struct pipeline *pipeline,
                          const char *session)
{
    const struct export_subject subject = {session, pipeline->settings->what.language,
                                           pipeline->total_frames};
    struct arguments arguments;
    arguments_init(&arguments, pipeline->settings, &subject);
    manifest->failed |= arguments.failed;
    for (size_t i = 0; i < arguments.count && !manifest->failed; i++)
        manifest_add_argument(manifest, arguments.words[i]);
    arguments_free(&arguments);
}

enum status inputs_manifest_add_inputs(struct manifest *manifest, struct pipeline *pipeline,
                                       const char *session, enum encoder_format format,
                                       struct error *error)
{
    struct inputs inputs = {manifest, pipeline};
    enum status status = STATUS_OK;
    add_arguments(manifest, pipeline, session);
    manifest_add_fact(manifest, "loosen", LOOSEN_VERSION);
    if (!pipeline->settings->what.scene_only)
        status = add_voice(manifest, pipeline, error);
    if (status != STATUS_OK)
        return status;
    add_facts(manifest, pipeline, format);
    return inputs_visit(
        pipeline, &(struct export_source_visitor){.visit = add_input, .context = &inputs}, error);
}

// ---- What comes out -----------------------------------------------------------------------------

enum status inputs_manifest_add_audio(struct manifest *manifest, struct encoder *audio,
                                      const char *path, struct error *error)
{
    struct manifest_file file = {.name = name_of(path)};
    struct digest *digest;
    enum status status = digest_new(&digest, error);
    if (status != STATUS_OK)
        return status;
    status = encoder_verify(audio, digest, error);
    digest_finish(digest, file.sha256);
    file.bytes = encoder_size(audio);
    if (status == STATUS_OK)
        manifest_add_file(manifest, &file);
    return status;
}

enum status inputs_manifest_add_file(struct manifest *manifest, struct safe_file *file,
                                     const char *path, struct error *error)
{
    struct manifest_file entry = {.name = name_of(path), .bytes = safe_file_size(file)};
    struct digest *digest;
    enum status status = digest_new(&digest, error);
    if (status != STATUS_OK)
        return status;
    safe_file_digest(file, digest);
    status = safe_file_verify(file, error);
    digest_finish(digest, entry.sha256);
    if (status == STATUS_OK)
        manifest_add_file(manifest, &entry);
    return status;
}

// ---- What is there ------------------------------------------------------------------------------

static bool beside(char path[CATALOGUE_PATH_MAX], const char *manifest_path, const char *name)
{
    int folder = (int)(name_of(manifest_path) - manifest_path);
    return !strchr(name, '/') && snprintf(path, CATALOGUE_PATH_MAX, "%.*s%s", folder, manifest_path,
                                          name) < CATALOGUE_PATH_MAX;
}

// STATUS_OK with the digest of a listed file as it is now.
static enum status look(const struct manifest_file *file, const char *manifest_path,
                        struct manifest_file *found, struct error *error)
{
    char path[CATALOGUE_PATH_MAX];
    *found = (struct manifest_file){.name = file->name};
    if (!beside(path, manifest_path, file->name))
        return error_set(error, STATUS_BAD_INPUT, "%s is no name of a file", file->name);
    return digest_file(found->sha256, &found->bytes, path, error);
}

// A file with the SHA-256 of another size is the same file: then the manifest is wrong.
static void describe(struct buffer *out, const struct manifest_file *file,
                     const struct manifest_file *found)
{
    if (strcmp(found->sha256, file->sha256) == 0)
        buffer_printf(out,
                      "%s: has %lld bytes, not %lld, and the SHA-256 of these: the manifest "
                      "is damaged",
                      file->name, (long long)found->bytes, (long long)file->bytes);
    else if (found->bytes == file->bytes)
        buffer_printf(out, "%s: is damaged or another file (same size, other content)", file->name);
    else
        buffer_printf(out, "%s: is damaged or another file (%lld bytes, %lld expected)", file->name,
                      (long long)found->bytes, (long long)file->bytes);
}

struct inputs_manifest_count inputs_manifest_check_files(const struct manifest *manifest,
                                                         const char *manifest_path,
                                                         struct buffer *out)
{
    struct inputs_manifest_count count = {0};
    struct buffer missing = BUFFER_INIT; // comes last: it is the lesser fault
    for (size_t i = 0; i < manifest->file_count; i++) {
        const struct manifest_file *file = &manifest->files[i];
        struct manifest_file found;
        struct error error;
        enum status status = look(file, manifest_path, &found, &error);
        if (status == STATUS_OK && manifest_file_equal(&found, file))
            continue;
        count.wrong++;
        count.missing += status == STATUS_NOT_FOUND;
        struct buffer *lines = status == STATUS_NOT_FOUND ? &missing : out;
        buffer_add_c(lines, lines->size ? "\n" : "");
        if (status == STATUS_OK)
            describe(lines, file, &found);
        else if (status == STATUS_NOT_FOUND)
            buffer_printf(lines, "%s: is missing", file->name);
        else
            buffer_add_c(lines, error.text); // names it
    }
    buffer_add_c(out, out->size && missing.size ? "\n" : "");
    buffer_add(out, buffer_text(&missing));
    out->failed |= missing.failed;
    buffer_free(&missing);
    return count;
}

enum status inputs_manifest_matches(enum inputs_manifest_match *match, struct buffer *out,
                                    const struct manifest *now, const char *audio_path,
                                    struct error *error)
{
    char path[CATALOGUE_PATH_MAX];
    struct manifest then;
    *match = INPUTS_MANIFEST_DIFFERS;
    enum status status = inputs_manifest_path(path, audio_path, error);
    if (status != STATUS_OK)
        return status;
    status = manifest_read(&then, path, error);
    if (status == STATUS_NO_MEMORY)
        return status;
    if (status != STATUS_OK) {
        buffer_printf(out, "it has no manifest that can be read");
        return STATUS_OK;
    }
    if (manifest_compare_inputs(&then, now, out) == 0) {
        struct inputs_manifest_count count = inputs_manifest_check_files(&then, path, out);
        if (count.wrong == count.missing)
            *match = count.missing ? INPUTS_MANIFEST_INCOMPLETE : INPUTS_MANIFEST_SAME;
    }
    manifest_free(&then);
    return out->failed ? error_no_memory(error) : STATUS_OK;
}

// Whether a manifest lists the file at `path`, as it is now.
static bool lists(const struct manifest *manifest, const char *manifest_path, const char *path)
{
    for (size_t i = 0; i < manifest->file_count; i++) {
        const struct manifest_file *file = &manifest->files[i];
        struct manifest_file found;
        if (strcmp(file->name, name_of(path)) == 0)
            return look(file, manifest_path, &found, NULL) == STATUS_OK &&
                   manifest_file_equal(&found, file);
    }
    return false;
}

bool inputs_manifest_covers(const char *audio_path, const char *path)
{
    char manifest_path[CATALOGUE_PATH_MAX];
    struct manifest manifest;
    if (inputs_manifest_path(manifest_path, audio_path, NULL) != STATUS_OK ||
        manifest_read(&manifest, manifest_path, NULL) != STATUS_OK)
        return false;
    bool covers = strcmp(path, manifest_path) == 0 || lists(&manifest, manifest_path, path);
    manifest_free(&manifest);
    return covers;
}
