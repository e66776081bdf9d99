// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings for tests, made by ffmpeg in a folder of their own.
#ifndef LOOSEN_RECORDINGS_H
#define LOOSEN_RECORDINGS_H

#include <stdbool.h>
#include <stddef.h>

// Make the folder; removed with all that is in it by recordings_close.
bool recordings_open(void);
void recordings_close(void);

// The path of a file in the folder; valid until the next call but three.
const char *recordings_path(const char *name);

// ffmpeg ARGUMENTS NAME, the arguments a printf format. False when it fails.
bool recordings_make(const char *name, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Write bytes as a file of the folder.
bool recordings_write(const char *name, const void *data, size_t size);

#endif
