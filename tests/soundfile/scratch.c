// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE 1 // mkdtemp
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void scratch_make(struct scratch *scratch)
{
    const char *base = getenv("TMPDIR");
    snprintf(scratch->folder, sizeof scratch->folder - 16, "%s/loosen-test-XXXXXX",
             base && base[0] ? base : "/tmp");
    assert_non_null(mkdtemp(scratch->folder));
    snprintf(scratch->file, sizeof scratch->file, "%.*s/out.wav", SCRATCH_PATH_MAX - 16,
             scratch->folder);
}

static size_t walk(const char *folder, int remove_entries)
{
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        count++;
        if (remove_entries)
            assert_return_code(unlinkat(dirfd(entries), entry->d_name, 0), 0);
    }
    closedir(entries);
    return count;
}

void scratch_empty(const struct scratch *scratch)
{
    walk(scratch->folder, 1);
}

void scratch_remove(const struct scratch *scratch)
{
    walk(scratch->folder, 1);
    assert_return_code(rmdir(scratch->folder), 0);
}

size_t scratch_count(const char *folder)
{
    return walk(folder, 0);
}

char *scratch_read(const char *path, size_t *size)
{
    *size = 0;
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    struct stat found;
    assert_return_code(fstat(fileno(file), &found), 0);
    char *data = malloc((size_t)found.st_size + 1);
    assert_non_null(data);
    *size = fread(data, 1, (size_t)found.st_size, file);
    assert_int_equal(*size, found.st_size);
    data[*size] = '\0';
    fclose(file);
    return data;
}

void scratch_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}
