// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of an export as files of their own: BASE.voice.wav, BASE.scene.wav, BASE.cue.wav,
// 32-bit float at 48 kHz. At the levels of the mix: voice + scene, then + cue, in single precision,
// is what the limiter gets, bit for bit.
#ifndef LOOSEN_EXPORT_STEMS_H
#define LOOSEN_EXPORT_STEMS_H

#include "encoder.h"
#include "engine.h"
#include "manifest.h"
#include "pipeline.h"
#include "tags.h"

struct overwrite_guard;

#define EXPORT_STEMS_FORMAT ENCODER_WAV_FLOAT

struct export_stems {
    bool wanted;
    char paths[STEM_COUNT][CATALOGUE_PATH_MAX];
    struct encoder *encoders[STEM_COUNT]; // NULL until opened, and again once kept
    bool replace[STEM_COUNT];             // a file that has the name may go
    float gains[STEM_COUNT];
    float *lead; // as engine_render gives it, until there are files; owned
    int64_t lead_frames;
    int64_t lead_most;   // room in `lead`
    int64_t left_frames; // that are not given to the encoders
};

// "calm.flac" has its voice in "calm.voice.wav". STATUS_BAD_ARGUMENT when that is too long.
enum status export_stems_path(char path[CATALOGUE_PATH_MAX], const char *audio_path, int stem,
                              struct error *error);

// Find out the names beside the audio of `guard`, and whether they are free or may go; NULL: the
// audio is a stream, beside which there is nothing. `lead_most` frames at most come before opening.
enum status export_stems_init(struct export_stems *stems, const struct settings *settings,
                              const struct overwrite_guard *guard, int64_t lead_most,
                              struct error *error);

// Open the files once there is a plan, and write what came before. `tags` are borrowed until
// export_stems_close.
enum status export_stems_open(struct export_stems *stems, const struct tags *tags,
                              const struct encoder_watch *watch, struct error *error);

// Frames as the engine rendered them; what is beyond the session's end is passed over.
enum status export_stems_take(struct export_stems *stems, const float *frames, size_t count,
                              struct error *error);

// As encoder_verify for all, and an entry in `manifest` (may be NULL) for each.
enum status export_stems_verify(struct export_stems *stems, struct manifest *manifest,
                                struct error *error);

// Give them their names, which can still be taken back: by export_stems_close, which must follow on
// failure.
enum status export_stems_place(struct export_stems *stems, struct error *error);

// What was placed stays.
void export_stems_keep(struct export_stems *stems);

// Drop what is not kept. Safe from any state.
void export_stems_close(struct export_stems *stems);

#endif
