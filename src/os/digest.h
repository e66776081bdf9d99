// SPDX-License-Identifier: GPL-3.0-or-later
// Digests of bytes, files and folders: SHA-256, through libnettle.
#ifndef LOOSEN_DIGEST_H
#define LOOSEN_DIGEST_H

#include "error.h"
#include <stddef.h>
#include <stdint.h>

enum { DIGEST_SIZE = 65 }; // 64 lower-case hexadecimal digits and a null byte

struct digest;

enum status digest_new(struct digest **digest, struct error *error);
void digest_add(struct digest *digest, const void *data, size_t size);

// Print the digest of all that was added and free it; NULL for `hex` only frees.
void digest_finish(struct digest *digest, char hex[DIGEST_SIZE]);

// Of a whole regular file. STATUS_NOT_FOUND, STATUS_IO, STATUS_BAD_INPUT (no regular file),
// STATUS_NO_MEMORY.
enum status digest_file(char hex[DIGEST_SIZE], int64_t *bytes, const char *path,
                        struct error *error);

// Of all regular files below a folder and their names, in whichever order the system lists them.
// Links are followed. Statuses as above.
enum status digest_folder(char hex[DIGEST_SIZE], const char *path, struct error *error);

#endif
