// SPDX-License-Identifier: GPL-3.0-or-later
// A file that appears under its name only when it is complete and on the disk.
//
// Until safe_file_place the data have no name at all (O_TMPFILE), so that not even SIGKILL leaves
// anything behind; where the file system has no such files, a hidden ".loosen-PID-N" in the
// target's folder takes their place. Several files appear together when all are placed before one
// is kept. The first failure is remembered: every later operation fails, and placing reports it.
#ifndef LOOSEN_SAFE_FILE_H
#define LOOSEN_SAFE_FILE_H

#include "error.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct digest;
struct safe_file;

// Begin a file for `path` (copied). STATUS_BAD_ARGUMENT when something stands there that must stay:
// any file without `replace`; with it whatever is no regular file (folder, device, symbolic link:
// links are never followed); also when the folder is missing or must not be written to. STATUS_IO
// when the disk refuses.
enum status safe_file_open(struct safe_file **file, const char *path, bool replace,
                           struct error *error);

// Whether safe_file_open would succeed now, with its statuses; leaves nothing behind.
enum status safe_file_check(const char *path, bool replace, struct error *error);

// Bytes written at the position, which advances. Fewer than `size` only on failure.
int64_t safe_file_write(struct safe_file *file, const void *data, int64_t size);
// Bytes read at the position, which advances. Fewer than `size` at the end or on failure. Reading
// is by 256 KiB at once: a file's header is there whole or not at all (libsndfile 1.2.0 takes all
// memory when reading fails in the middle of one).
int64_t safe_file_read(struct safe_file *file, void *data, int64_t size);
// The position may lie beyond the end: a later write fills the gap with zeros.
void safe_file_seek(struct safe_file *file, int64_t position);
int64_t safe_file_position(const struct safe_file *file);
int64_t safe_file_size(const struct safe_file *file);

// The failure so far: "cannot write PATH: No space left on device", or STATUS_OK.
enum status safe_file_status(const struct safe_file *file, struct error *error);

// The path for messages: its last 300 bytes, so that the cause behind it is never cut off.
const char *safe_file_name(const struct safe_file *file);

// Bring all data to the disk, and drop them from the cache so that what is read next is what the
// disk holds.
enum status safe_file_sync(struct safe_file *file, struct error *error);

// After a sync: all bytes are added to `digest` as they are read back, by safe_file_verify at the
// latest: the file is read but once for both. It is borrowed until then, or until NULL takes its
// place.
void safe_file_digest(struct safe_file *file, struct digest *digest);

// After a sync: that every byte that is not read yet since, and the length, are what was written.
// What is read by safe_file_read is compared as well: a difference is a failure of the file.
enum status safe_file_verify(struct safe_file *file, struct error *error);

// Sync, put the file under its name in one step and sync the folder. It can still be taken back: by
// safe_file_abort, which must follow on failure; then the name is absent or holds what it held
// before. (Except for a replaced file where the file system does not exchange names, or fails at
// that too: then the whole new file stays.)
enum status safe_file_place(struct safe_file *file, struct error *error);

// What was placed stays, the file that it replaced goes. The file is freed. NULL is fine.
void safe_file_keep(struct safe_file *file);

// Place and keep; on failure abort. The file is freed whatever happens.
enum status safe_file_commit(struct safe_file *file, struct error *error);

// Drop the data, take back a name that was given and is not kept, and free the file. NULL is fine.
void safe_file_abort(struct safe_file *file);

// A whole small file in one call: open, write, commit.
enum status safe_file_save(const char *path, bool replace, const void *data, size_t size,
                           struct error *error);

#endif
