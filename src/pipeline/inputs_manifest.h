// SPDX-License-Identifier: GPL-3.0-or-later
// The manifest of one export, filled from what the export itself uses.
#ifndef LOOSEN_INPUTS_MANIFEST_H
#define LOOSEN_INPUTS_MANIFEST_H

#include "encoder.h"
#include "manifest.h"
#include "pipeline.h"

struct safe_file;

// "FILE.manifest"; STATUS_BAD_ARGUMENT when that is too long.
enum status inputs_manifest_path(char path[CATALOGUE_PATH_MAX], const char *audio_path,
                                 struct error *error);

// Options, versions and the digests of all files that are read. The pipeline is opened; nothing
// needs to be rendered. `session` is as the user named it.
enum status inputs_manifest_add_inputs(struct manifest *manifest, struct pipeline *pipeline,
                                       const char *session, enum encoder_format format,
                                       struct error *error);

// Verify what was encoded, with encoder_verify's statuses, and add it by its name without folders.
enum status inputs_manifest_add_audio(struct manifest *manifest, struct encoder *audio,
                                      const char *path, struct error *error);

// The same for another file, which is synced and is read back here, before it has a name.
enum status inputs_manifest_add_file(struct manifest *manifest, struct safe_file *file,
                                     const char *path, struct error *error);

// How many of a manifest's files are not what it says; `missing` are among the `wrong`.
struct inputs_manifest_count {
    size_t wrong, missing;
};

// Compare the files that lie beside a manifest with it: one line for each that is missing or
// damaged.
struct inputs_manifest_count inputs_manifest_check_files(const struct manifest *manifest,
                                                         const char *manifest_path,
                                                         struct buffer *out);

enum inputs_manifest_match {
    INPUTS_MANIFEST_DIFFERS,
    INPUTS_MANIFEST_INCOMPLETE, // some files are missing, the others are the same
    INPUTS_MANIFEST_SAME,
};

// Whether what lies at `audio_path` and beside it is what this export would write. A difference is
// described in `out`, a line each.
enum status inputs_manifest_matches(enum inputs_manifest_match *match, struct buffer *out,
                                    const struct manifest *now, const char *audio_path,
                                    struct error *error);

// Whether `path`, beside `audio_path`, is the manifest of that, or is listed there and still as it
// says: what an interrupted or tidied-up export left, and may be made anew.
bool inputs_manifest_covers(const char *audio_path, const char *path);

#endif
