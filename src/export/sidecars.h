// SPDX-License-Identifier: GPL-3.0-or-later
// The files that an export can write beside its audio: captions, a transcript, a page. They are
// made from the same timeline and appear only when the audio has been verified.
//
// How to add one: a row in the table of sidecars.c.
#ifndef LOOSEN_SIDECARS_H
#define LOOSEN_SIDECARS_H

#include "encoder.h"
#include "pipeline.h"

enum { SIDECARS_MAX = 16 };

struct overwrite_guard;
struct manifest;
struct safe_file;
struct sidecar_kind;

// What a sidecar is made from. All borrowed; only the manifest is changed: each file that is
// written is added to it, and it is printed last.
struct sidecar_source {
    const struct pipeline *pipeline; // planned
    struct encoder *audio;           // verified: encoder_read gives the bytes of the file
    const char *audio_path;
    struct manifest *manifest; // NULL: nobody asked for it
};

struct sidecars {
    size_t count;
    struct safe_file *files[SIDECARS_MAX]; // the first `count` are open
    const struct sidecar_kind *kinds[SIDECARS_MAX];
    char paths[SIDECARS_MAX][CATALOGUE_PATH_MAX];
};

// The kind behind `kind` (NULL: the first) that the settings ask for; NULL: no more.
const struct sidecar_kind *sidecars_next_kind(const struct sidecar_kind *kind,
                                              const struct settings *settings);

// Where one goes. STATUS_BAD_ARGUMENT when that is too long.
enum status sidecars_path(char path[CATALOGUE_PATH_MAX], const struct sidecar_kind *kind,
                          const char *audio_path, struct error *error);

// Begin all that the settings ask for, beside the audio of `guard`, which says what may go. NULL:
// the audio is a stream, beside which there is nothing. Fails as safe_file_open and overwrite_check
// do when a name is taken; then nothing is open.
enum status sidecars_open(struct sidecars *sidecars, const struct settings *settings,
                          const struct overwrite_guard *guard, struct error *error);

// Print each into its file and bring it to the disk, still without a name.
enum status sidecars_write(struct sidecars *sidecars, const struct sidecar_source *source,
                           struct error *error);

// Give all their names, the manifest first. They can still be taken back: by sidecars_close, which
// must follow on failure.
enum status sidecars_place(struct sidecars *sidecars, struct error *error);

// What was placed stays.
void sidecars_keep(struct sidecars *sidecars);

// Drop what is not kept. Safe from any state.
void sidecars_close(struct sidecars *sidecars);

#endif
