// SPDX-License-Identifier: GPL-3.0-or-later
// The record is written line by line while a session is heard, and read again with care.
#include "record.h"

#include "buffer.h"
#include "duration.h"
#include "file_read.h"
#include "number.h"
#include "plan_request.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RECORD_SIZE_MAX = 4 * 1024 * 1024 };

#define RECORD_HEAD "loosen record 1"

static const char *const request_names[] = {[PLAN_NEXT] = "next",
                                            [PLAN_PREVIOUS] = "previous",
                                            [PLAN_AGAIN] = "again",
                                            [PLAN_MORE] = "more"};
static const char *const end_words[] = {
    [PLAN_END_KEPT] = NULL, [PLAN_END_LATER] = "flex", [PLAN_END_STRICT] = "strict-end"};
static const char *const stem_names[MASTER_STEMS] = {"voice", "scene", "cue"};

// ---- Reading ------------------------------------------------------------------------------------

struct reader {
    const char *path;
    struct text line; // all of it
    struct text rest; // not read yet
    int number;       // of the line
    struct error *error;
};

static enum status fault(const struct reader *reader, struct text at, const char *expected)
{
    struct text before = text_head(reader->line, (size_t)(at.data - reader->line.data));
    return error_set_at(reader->error, STATUS_BAD_INPUT, reader->path, reader->number,
                        (int)text_length(before) + 1, "expected %s", expected);
}

// The next word; empty at the line's end.
static struct text next_word(struct reader *reader)
{
    struct text word = text_head(reader->rest, text_find(reader->rest, ' '));
    reader->rest = text_skip(reader->rest, word.size + 1);
    return word;
}

// Decibels: a sign, digits, and up to six decimals.
static bool read_db(struct text word, double *value)
{
    int64_t millionths;
    if (!number_parse_signed(word, 6, &millionths) || llabs(millionths) > 100 * INT64_C(1000000))
        return false;
    *value = (double)millionths / 1e6;
    return true;
}

static bool find_name(struct text word, const char *const *names, int count, int *index)
{
    for (*index = 0; *index < count; ++*index)
        if (text_equal_c(word, names[*index]))
            return true;
    return false;
}

static enum status read_level(struct reader *reader, struct record_change *change)
{
    struct text stem = next_word(reader);
    if (!find_name(stem, stem_names, MASTER_STEMS, &change->stem))
        return fault(reader, stem, "voice, scene or cue");
    struct text value = next_word(reader);
    if (!read_db(value, &change->value))
        return fault(reader, value, "decibels, such as -2");
    return STATUS_OK;
}

static enum status read_change(struct reader *reader, struct record_change *change)
{
    int64_t number;
    int index;
    struct text frame = next_word(reader);
    if (!number_whole(frame, 0, DURATION_MAX, &change->frame))
        return fault(reader, frame, "a frame");
    struct text what = next_word(reader);
    if (find_name(what, request_names, 4, &index)) {
        change->type = RECORD_REQUEST;
        change->request = (enum plan_request)index;
        return STATUS_OK;
    }
    if (text_equal_c(what, "level")) {
        change->type = RECORD_LEVEL;
        return read_level(reader, change);
    }
    if (text_equal_c(what, "farewell")) {
        change->type = RECORD_FAREWELL;
        return STATUS_OK;
    }
    if (!text_equal_c(what, "close"))
        return fault(reader, what, "next, previous, again, more, level, farewell or close");
    struct text frames = next_word(reader);
    if (!number_whole(frames, 1, (int64_t)60 * FRAME_RATE, &number))
        return fault(reader, frames, "the frames of a fade");
    change->type = RECORD_CLOSE;
    change->value = (double)number;
    return STATUS_OK;
}

// Behind those that are not later.
static void insert(struct record *record, struct record_change change)
{
    size_t at = record->change_count++;
    for (; at > 0 && record->changes[at - 1].frame > change.frame; at--)
        record->changes[at] = record->changes[at - 1];
    record->changes[at] = change;
}

static enum status read_line(struct reader *reader, struct record *record)
{
    struct text first = next_word(reader);
    if (text_equal_c(first, "word") && reader->rest.size > 0) {
        if (record->word_count == ARGUMENTS_MAX)
            return fault(reader, first, "fewer words");
        char *word = (char *)arena_alloc(&record->arena, reader->rest.size + 1);
        if (!word)
            return error_no_memory(reader->error);
        memcpy(word, reader->rest.data, reader->rest.size);
        record->words[record->word_count++] = word;
        reader->rest = text_skip(reader->rest, reader->rest.size);
        return STATUS_OK;
    }
    for (size_t i = 0; i < sizeof end_words / sizeof *end_words; i++) {
        if (!end_words[i] || !text_equal_c(first, end_words[i]))
            continue;
        record->end = (enum plan_end)i;
        return STATUS_OK;
    }
    if (!text_equal_c(first, "at"))
        return fault(reader, first, "word, flex, strict-end or at");
    struct record_change change = {.frame = 0};
    enum status status = read_change(reader, &change);
    if (status == STATUS_OK)
        insert(record, change);
    return status;
}

static enum status read_lines(struct record *record, struct text data, const char *path,
                              struct error *error)
{
    struct reader reader = {.path = path, .error = error};
    size_t lines = 1;
    for (size_t i = 0; i < data.size; i++)
        lines += data.data[i] == '\n';
    record->changes = arena_array(&record->arena, lines, sizeof *record->changes);
    if (!record->changes)
        return error_no_memory(error);
    while (data.size > 0) {
        reader.line = reader.rest = text_head(data, text_find(data, '\n'));
        reader.number++;
        data = text_skip(data, reader.line.size + 1);
        if (reader.number == 1) {
            if (!text_equal_c(reader.line, RECORD_HEAD))
                return fault(&reader, reader.line, "\"" RECORD_HEAD "\"");
            continue;
        }
        enum status status = read_line(&reader, record);
        if (status != STATUS_OK)
            return status;
        if (reader.rest.size > 0)
            return fault(&reader, reader.rest, "the line's end");
    }
    if (record->word_count > 0)
        return STATUS_OK;
    reader.number++;
    reader.line = data;
    return fault(&reader, data, "words of a command");
}

enum status record_load(struct record *record, const char *path, struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct text data;
    *record = (struct record){.arena = ARENA_INIT};
    enum status status = file_read(&data, &arena, path, RECORD_SIZE_MAX, error);
    THEN(status, read_lines(record, data, path, error));
    arena_free(&arena);
    if (status != STATUS_OK)
        record_free(record);
    return status;
}

void record_free(struct record *record)
{
    arena_free(&record->arena);
    *record = (struct record){.arena = ARENA_INIT};
}

// ---- Writing ------------------------------------------------------------------------------------

static void put(struct recorder *recorder, struct buffer *line)
{
    recorder->failed |= line->failed;
    for (size_t done = 0; !recorder->failed && done < line->size;) {
        ssize_t count = write(recorder->file, line->data + done, line->size - done);
        if (count > 0)
            done += (size_t)count;
        else if (errno != EINTR)
            recorder->failed = true;
    }
    buffer_free(line);
}

enum status recorder_open(struct recorder *recorder, const char *path,
                          const struct arguments *arguments, enum plan_end end, struct error *error)
{
    struct buffer head = BUFFER_INIT;
    buffer_add_c(&head, RECORD_HEAD "\n");
    for (size_t i = 0; i < arguments->count; i++) {
        if (strchr(arguments->words[i], '\n')) {
            buffer_free(&head);
            return error_set(error, STATUS_BAD_ARGUMENT, "a record cannot hold line breaks");
        }
        buffer_printf(&head, "word %s\n", arguments->words[i]);
    }
    if (end_words[end])
        buffer_printf(&head, "%s\n", end_words[end]);
    *recorder = RECORDER_INIT;
    recorder->file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (recorder->file < 0) {
        buffer_free(&head);
        return error_set(error, STATUS_IO, "cannot write %s: %s", path, strerror(errno));
    }
    recorder->failed = arguments->failed;
    put(recorder, &head);
    return STATUS_OK;
}

void recorder_request(struct recorder *recorder, int64_t frame, enum plan_request request)
{
    struct buffer line = BUFFER_INIT;
    if (recorder->file < 0)
        return;
    buffer_printf(&line, "at %lld %s\n", (long long)frame, request_names[request]);
    put(recorder, &line);
}

void recorder_closing(struct recorder *recorder, int64_t frame)
{
    struct buffer line = BUFFER_INIT;
    if (recorder->file < 0)
        return;
    buffer_printf(&line, "at %lld farewell\n", (long long)frame);
    put(recorder, &line);
}

// Another device begins with levels that are written already, and before what was taken from the
// last.
static bool is_news(struct recorder *recorder, struct master_change *change)
{
    if (change->stem >= MASTER_STEMS)
        return true;
    if (change->value == recorder->level_db[change->stem])
        return false;
    recorder->level_db[change->stem] = change->value;
    if (change->frame < recorder->level_frame)
        change->frame = recorder->level_frame;
    recorder->level_frame = change->frame;
    return true;
}

void recorder_follow(struct recorder *recorder, const struct master_log *log)
{
    int64_t count = atomic_load_explicit(&log->count, memory_order_acquire);
    if (recorder->file < 0)
        return;
    recorder->failed |= count - recorder->log_seen > MASTER_CHANGES;
    for (; recorder->log_seen < count && !recorder->failed; recorder->log_seen++) {
        struct master_change change = log->changes[recorder->log_seen % MASTER_CHANGES];
        struct buffer line = BUFFER_INIT;
        if (!is_news(recorder, &change))
            continue;
        if (change.stem < MASTER_STEMS)
            buffer_printf(&line, "at %lld level %s %.6g\n", (long long)change.frame,
                          stem_names[change.stem], (double)change.value);
        else
            buffer_printf(&line, "at %lld close %lld\n", (long long)change.frame,
                          (long long)change.value);
        put(recorder, &line);
    }
}

enum status recorder_close(struct recorder *recorder, struct error *error)
{
    if (recorder->file < 0)
        return STATUS_OK;
    bool failed = close(recorder->file) != 0 || recorder->failed;
    *recorder = RECORDER_INIT;
    return failed ? error_set(error, STATUS_IO, "the record is not whole") : STATUS_OK;
}
