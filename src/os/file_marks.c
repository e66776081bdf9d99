// SPDX-License-Identifier: GPL-3.0-or-later
// Every window of a file that was written leaves a hash, with which it is compared once read back.
#include "file_marks.h"

#include "digest.h"
#include "word_hash.h"
#include <stdlib.h>
#include <string.h>

enum { MARKS_MIN = 64 };

struct file_mark {
    uint64_t hash; // of all its bytes when it was written
    bool written;  // else it is a gap of zeros
    bool checked;  // was read back since the last sync
};

void file_marks_deinit(struct file_marks *marks)
{
    free(marks->marks);
    *marks = (struct file_marks){.marks = NULL};
}

enum status file_marks_reserve(struct file_marks *marks, int64_t number)
{
    if (number < marks->count)
        return STATUS_OK;
    int64_t count = marks->count ? 2 * marks->count : MARKS_MIN;
    count = count > number ? count : number + 1;
    struct file_mark *grown = realloc(marks->marks, (size_t)count * sizeof *grown);
    if (!grown)
        return STATUS_NO_MEMORY;
    memset(grown + marks->count, 0, (size_t)(count - marks->count) * sizeof *grown);
    marks->marks = grown;
    marks->count = count;
    return STATUS_OK;
}

static uint64_t hash_of(const uint64_t *words)
{
    return word_hash_add(0, words, FILE_WINDOW_WORDS);
}

void file_marks_write(struct file_marks *marks, int64_t number, const uint64_t *words)
{
    marks->marks[number] = (struct file_mark){.hash = hash_of(words), .written = true};
}

bool file_marks_is_written(const struct file_marks *marks, int64_t number)
{
    return marks->marks[number].written;
}

bool file_marks_compare(struct file_marks *marks, int64_t number, const uint64_t *words,
                        size_t size)
{
    struct file_mark *mark = &marks->marks[number];
    mark->checked = true;
    if (marks->digest && number == marks->digested) {
        digest_add(marks->digest, words, size);
        marks->digested++;
    }
    return !mark->written || hash_of(words) == mark->hash;
}

bool file_marks_is_due(const struct file_marks *marks, int64_t number)
{
    bool checked = number < marks->count && marks->marks[number].checked;
    bool digested = !marks->digest || number < marks->digested;
    return !checked || !digested;
}

void file_marks_reset(struct file_marks *marks)
{
    for (int64_t i = 0; i < marks->count; i++)
        marks->marks[i].checked = false;
}

void file_marks_set_digest(struct file_marks *marks, struct digest *digest)
{
    marks->digest = digest;
    marks->digested = 0;
}
