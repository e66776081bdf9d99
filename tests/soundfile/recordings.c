// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE // mkdtemp
#include "recordings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static char folder[64];

bool recordings_open(void)
{
    snprintf(folder, sizeof folder, "/tmp/loosen-recordings-XXXXXX");
    return mkdtemp(folder) != NULL;
}

void recordings_close(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        fprintf(stderr, "%s stays\n", folder);
}

const char *recordings_path(const char *name)
{
    static char paths[4][256];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

bool recordings_make(const char *name, const char *format, ...)
{
    char arguments[2000], command[2500];
    va_list list;
    va_start(list, format);
    vsnprintf(arguments, sizeof arguments, format, list);
    va_end(list);
    snprintf(command, sizeof command,
             "ffmpeg -nostdin -hide_banner -loglevel error -y %s '%s' </dev/null", arguments,
             recordings_path(name));
    return system(command) == 0;
}

bool recordings_write(const char *name, const void *data, size_t size)
{
    FILE *file = fopen(recordings_path(name), "wb");
    bool written = file && fwrite(data, 1, size, file) == size;
    return file && fclose(file) == 0 && written;
}
