// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a file or stream as a whole: all that loosen reads as text comes in here.
#ifndef LOOSEN_FILE_READ_H
#define LOOSEN_FILE_READ_H

#include "arena.h"
#include "buffer.h"
#include "error.h"

// Open the regular file at `path` for reading, and say how long it is. What is no regular file is
// refused and never waited for: a FIFO without a writer, a terminal, a device. The caller closes
// *fd.
// STATUS_NOT_FOUND, STATUS_IO, or STATUS_BAD_INPUT (no regular file), with `error` set.
enum status file_read_open(int *fd, int64_t *bytes, const char *path, struct error *error);

// All of the regular file at `path`, of at most `most` bytes, into `arena`; a zero byte, which is
// not counted, follows. STATUS_NOT_FOUND, STATUS_IO (also when it changes meanwhile),
// STATUS_BAD_INPUT (no regular file, or larger) or STATUS_NO_MEMORY, with `error` set.
enum status file_read(struct text *data, struct arena *arena, const char *path, size_t most,
                      struct error *error);

// The first bytes of that file, at most `size`, into `memory`, which *head then shows. Statuses as
// above.
enum status file_read_head(struct text *head, char *memory, size_t size, const char *path,
                           struct error *error);

// What comes from `fd`, a stream of any kind, until its end or until `data` has `most` bytes more.
// It waits for whoever writes, and a signal that is handled ends it. `name` is for messages.
// STATUS_IO or STATUS_NO_MEMORY, with `error` set.
enum status file_read_stream(struct buffer *data, int fd, const char *name, size_t most,
                             struct error *error);

#endif
