// SPDX-License-Identifier: GPL-3.0-or-later
// What went into an export and what came out, so that it can be made and compared again: a file of
// JSON, and its form in memory.
#ifndef LOOSEN_MANIFEST_H
#define LOOSEN_MANIFEST_H

#include "arena.h"
#include "buffer.h"
#include "digest.h"

enum {
    MANIFEST_ARGUMENTS_MAX = 80,
    MANIFEST_FACTS_MAX = 24,
    MANIFEST_INPUTS_MAX = 64,
    MANIFEST_FILES_MAX = 32,
    MANIFEST_SIZE_MAX = 1024 * 1024, // bytes of a file that is believed to be one
};

// Something that the bytes depend on besides the inputs: a version, a voice, a number of frames.
struct manifest_fact {
    const char *name;
    const char *value;
};

struct manifest_file {
    const char *name; // an input: as it was found; a result: beside the manifest
    int64_t bytes;
    char sha256[DIGEST_SIZE];
};

// Texts are in the arena. Adding is sticky: after a failure nothing is added, and printing fails.
struct manifest {
    struct arena arena;
    bool failed;
    const char *arguments[MANIFEST_ARGUMENTS_MAX]; // of `loosen export`, without where to write
    size_t argument_count;
    struct manifest_fact facts[MANIFEST_FACTS_MAX];
    size_t fact_count;
    struct manifest_file inputs[MANIFEST_INPUTS_MAX]; // every file that was read
    size_t input_count;
    struct manifest_file files[MANIFEST_FILES_MAX]; // every file that was written
    size_t file_count;
};

#define MANIFEST_INIT ((struct manifest){.arena = ARENA_INIT})

void manifest_add_argument(struct manifest *manifest, const char *argument);

// Put "--NAME=VALUE" in the place of such an option, or add it.
void manifest_set_option(struct manifest *manifest, const char *name, const char *value);
void manifest_add_fact(struct manifest *manifest, const char *name, const char *value);
void manifest_add_number(struct manifest *manifest, const char *name, int64_t value);
void manifest_add_input(struct manifest *manifest, const struct manifest_file *file);
void manifest_add_file(struct manifest *manifest, const struct manifest_file *file);
void manifest_free(struct manifest *manifest);

// Of the same content: size and SHA-256. The names are not looked at.
bool manifest_file_equal(const struct manifest_file *one, const struct manifest_file *other);

enum status manifest_print(const struct manifest *manifest, struct buffer *out,
                           struct error *error);

// STATUS_NOT_FOUND, STATUS_IO; STATUS_BAD_INPUT: it is no manifest. *manifest is empty on failure.
enum status manifest_read(struct manifest *manifest, const char *path, struct error *error);

// One line for each difference in what goes in (arguments, facts, inputs), without a newline at
// the end of the last; returns how many there are.
size_t manifest_compare_inputs(const struct manifest *then, const struct manifest *now,
                               struct buffer *out);

// The same for what comes out.
size_t manifest_compare_files(const struct manifest *then, const struct manifest *now,
                              struct buffer *out);

#endif
