// SPDX-License-Identifier: GPL-3.0-or-later
// Three WAV files are written side by side with the mix, verified, and placed together.
#include "export_stems.h"

#include "export_suffix.h"
#include "inputs_manifest.h"
#include "master.h"
#include "overwrite.h"
#include "safe_file.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_FRAMES = 1024 };

static const char *const stem_names[STEM_COUNT] = {
    [STEM_VOICE] = "voice", [STEM_SCENE] = "scene", [STEM_CUE] = "cue"};

enum status export_stems_path(char path[CATALOGUE_PATH_MAX], const char *audio_path, int stem,
                              struct error *error)
{
    char suffix[32];
    snprintf(suffix, sizeof suffix, ".%s.wav", stem_names[stem]);
    return export_suffix_replace(path, audio_path, suffix, error);
}

enum status export_stems_init(struct export_stems *stems, const struct settings *settings,
                              const struct overwrite_guard *guard, int64_t lead_most,
                              struct error *error)
{
    *stems = (struct export_stems){.wanted = settings->form.stems, .lead_most = lead_most};
    enum status status = STATUS_OK;
    if (!stems->wanted)
        return STATUS_OK;
    if (!guard)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "--stems needs the name of a file, not the standard output");
    for (int stem = 0; stem < STEM_COUNT && status == STATUS_OK; stem++) {
        const char *path = stems->paths[stem];
        stems->gains[stem] = master_gain((float)settings->what.levels_db[stem]);
        status = export_stems_path(stems->paths[stem], guard->audio_path, stem, error);
        THEN(status, overwrite_check(guard, path, &stems->replace[stem], error));
        THEN(status, safe_file_check(path, stems->replace[stem], error));
    }
    stems->lead = calloc((size_t)lead_most * STEM_CHANNELS, sizeof *stems->lead);
    return status == STATUS_OK && !stems->lead ? error_no_memory(error) : status;
}

static enum status open_one(struct export_stems *stems, int stem, const struct tags *tags,
                            const struct encoder_watch *watch, struct error *error)
{
    const struct encoder_config config = {
        .path = stems->paths[stem],
        .format = EXPORT_STEMS_FORMAT,
        .unclamped = true, // a part may be louder than the mix that the limiter makes of all
        .total_frames = tags->total_frames,
        .force = stems->replace[stem],
        .tags = tags,
        .watch = *watch,
    };
    return encoder_open(&stems->encoders[stem], &config, error);
}

enum status export_stems_open(struct export_stems *stems, const struct tags *tags,
                              const struct encoder_watch *watch, struct error *error)
{
    enum status status = STATUS_OK;
    if (!stems->wanted)
        return STATUS_OK;
    for (int stem = 0; stem < STEM_COUNT && status == STATUS_OK; stem++)
        status = open_one(stems, stem, tags, watch, error);
    float *lead = stems->lead;
    stems->lead = NULL;
    stems->left_frames = tags->total_frames;
    THEN(status, export_stems_take(stems, lead, (size_t)stems->lead_frames, error));
    free(lead);
    return status;
}

// The level is applied as the master applies it: one product.
static enum status write_one(struct export_stems *stems, int stem, const float *frames,
                             size_t count, struct error *error)
{
    float stereo[2 * BLOCK_FRAMES];
    for (size_t f = 0; f < count; f++, frames += STEM_CHANNELS)
        for (int c = 0; c < 2; c++)
            stereo[2 * f + c] = frames[2 * stem + c] * stems->gains[stem];
    return encoder_write(stems->encoders[stem], stereo, count, error);
}

enum status export_stems_take(struct export_stems *stems, const float *frames, size_t count,
                              struct error *error)
{
    if (!stems->wanted)
        return STATUS_OK;
    if (stems->lead) {
        assert(stems->lead_frames + (int64_t)count <= stems->lead_most);
        memcpy(stems->lead + stems->lead_frames * STEM_CHANNELS, frames,
               count * STEM_CHANNELS * sizeof *frames);
        stems->lead_frames += (int64_t)count;
        return STATUS_OK;
    }
    enum status status = STATUS_OK;
    while (count > 0 && stems->left_frames > 0 && status == STATUS_OK) {
        size_t part = count < BLOCK_FRAMES ? count : BLOCK_FRAMES;
        if ((int64_t)part > stems->left_frames)
            part = (size_t)stems->left_frames;
        for (int stem = 0; stem < STEM_COUNT && status == STATUS_OK; stem++)
            status = write_one(stems, stem, frames, part, error);
        stems->left_frames -= (int64_t)part;
        frames += part * STEM_CHANNELS;
        count -= part;
    }
    return status;
}

enum status export_stems_verify(struct export_stems *stems, struct manifest *manifest,
                                struct error *error)
{
    enum status status = STATUS_OK;
    for (int stem = 0; stems->wanted && stem < STEM_COUNT && status == STATUS_OK; stem++) {
        struct encoder *encoder = stems->encoders[stem];
        status = manifest ? inputs_manifest_add_audio(manifest, encoder, stems->paths[stem], error)
                          : encoder_verify(encoder, NULL, error);
    }
    return status;
}

enum status export_stems_place(struct export_stems *stems, struct error *error)
{
    enum status status = STATUS_OK;
    for (int stem = 0; stems->wanted && stem < STEM_COUNT && status == STATUS_OK; stem++)
        status = encoder_place(stems->encoders[stem], error);
    return status;
}

void export_stems_keep(struct export_stems *stems)
{
    for (int stem = 0; stem < STEM_COUNT; stem++) {
        encoder_keep(stems->encoders[stem]);
        stems->encoders[stem] = NULL;
    }
}

void export_stems_close(struct export_stems *stems)
{
    for (int stem = 0; stem < STEM_COUNT; stem++) {
        encoder_abort(stems->encoders[stem]);
        stems->encoders[stem] = NULL;
    }
    free(stems->lead);
    stems->lead = NULL;
}
