// SPDX-License-Identifier: GPL-3.0-or-later
// Tags and chapters become chunks of a WAV file.
// After IBM and Microsoft's "Multimedia Programming Interface and Data Specifications 1.0" (RIFF,
// LIST, cue, adtl, INFO) and EBU Tech 3306 (RF64, ds64).
#include "wav_chunks.h"

#include "duration.h"
#include "pack.h"
#include <string.h>

enum {
    CHUNK_HEAD_BYTES = 8, // name and size
    UTF_8_CODE_PAGE = 65001,
    RIFF_SIZE_AT = 4,  // 32 bits
    RF64_SIZE_AT = 20, // 64 bits, in the ds64 chunk, which must be the first
    FORMAT_AT = 12,    // in the head that libsndfile makes, with "fact" and "PAD " behind
    FACT_AT = 36,
    FACT_BYTES = 12, // with its head
    PAD_AT = 48,
    EXTENSION_BYTES = 2,
};

// Takes the body's bytes and frees it. Chunks begin at even places; the padding is not counted.
static void add_chunk(struct buffer *out, const char *name, struct buffer *body)
{
    buffer_add_c(out, name);
    pack_little(out, body->size, 4);
    buffer_add(out, buffer_text(body));
    if (body->size % 2)
        buffer_add_byte(out, '\0');
    out->failed |= body->failed;
    buffer_free(body);
}

// A text with its terminator.
static void add_text(struct buffer *out, struct text value)
{
    buffer_add(out, value);
    buffer_add_byte(out, '\0');
}

static uint64_t sample_of(int64_t frame, int rate_hz)
{
    return (uint64_t)((frame * rate_hz + FRAME_RATE / 2) / FRAME_RATE);
}

static void add_points(const struct tags *tags, int rate_hz, struct buffer *out)
{
    struct buffer body = BUFFER_INIT;
    pack_little(&body, tags->chapter_count, 4);
    for (size_t i = 0; i < tags->chapter_count; i++) {
        uint64_t sample = sample_of(tags->chapters[i].start_frame, rate_hz);
        pack_little(&body, i + 1, 4);  // name
        pack_little(&body, sample, 4); // position in play order
        buffer_add_c(&body, "data");
        pack_little(&body, 0, 4); // start of the chunk, and of the block: no wave list
        pack_little(&body, 0, 4);
        pack_little(&body, sample, 4);
    }
    add_chunk(out, "cue ", &body);
}

static void add_label(struct buffer *out, struct text title, size_t point)
{
    struct buffer body = BUFFER_INIT;
    pack_little(&body, point, 4);
    add_text(&body, title);
    add_chunk(out, "labl", &body);
}

static void add_span(struct buffer *out, const struct chapter *chapter, int rate_hz, size_t point)
{
    uint64_t start = sample_of(chapter->start_frame, rate_hz);
    uint64_t end = sample_of(chapter->end_frame, rate_hz);
    struct buffer body = BUFFER_INIT;
    pack_little(&body, point, 4);
    pack_little(&body, end - start, 4);
    buffer_add_c(&body, "rgn ");
    pack_little(&body, 0, 6); // country, language, dialect
    pack_little(&body, UTF_8_CODE_PAGE, 2);
    add_chunk(out, "ltxt", &body);
}

// ffmpeg reads labels up to the first piece that is none: so all of them come first.
static void add_labels(const struct tags *tags, int rate_hz, struct buffer *out)
{
    struct buffer body = BUFFER_INIT;
    buffer_add_c(&body, "adtl");
    for (size_t i = 0; i < tags->chapter_count; i++)
        add_label(&body, tags->chapters[i].title, i + 1);
    for (size_t i = 0; i < tags->chapter_count; i++)
        add_span(&body, &tags->chapters[i], rate_hz, i + 1);
    add_chunk(out, "LIST", &body);
}

static void add_entry(struct buffer *out, const char *name, struct text value)
{
    if (value.size == 0)
        return;
    struct buffer body = BUFFER_INIT;
    add_text(&body, value);
    add_chunk(out, name, &body);
}

// The format has one place for all that has none of its own, in which lines must not end.
static void add_remarks(const struct tags *tags, struct buffer *out)
{
    struct buffer remarks = BUFFER_INIT;
    buffer_add(&remarks, tags->comment);
    if (tags->length.size)
        buffer_printf(&remarks, "%s(%.*s)", remarks.size ? " " : "", TEXT_ARG(tags->length));
    if (remarks.size && tags->notice.size)
        buffer_add_byte(&remarks, ' ');
    for (size_t i = 0; i < tags->notice.size; i++)
        buffer_add_byte(&remarks, tags->notice.data[i] == '\n' ? ' ' : tags->notice.data[i]);
    add_entry(out, "ICMT", buffer_text(&remarks));
    out->failed |= remarks.failed;
    buffer_free(&remarks);
}

static void add_info(const struct tags *tags, struct buffer *out)
{
    struct buffer body = BUFFER_INIT;
    buffer_add_c(&body, "INFO");
    add_entry(&body, "INAM", tags->title);
    add_entry(&body, "ISBJ", tags->session);
    add_entry(&body, "ILNG", tags->language);
    add_remarks(tags, &body);
    add_entry(&body, "ISFT", tags->software);
    add_chunk(out, "LIST", &body);
}

void wav_chunks_build(const struct tags *tags, int rate_hz, struct buffer *out)
{
    if (tags->chapter_count) {
        add_points(tags, rate_hz, out);
        add_labels(tags, rate_hz, out);
    }
    add_info(tags, out);
}

bool wav_chunks_fit(unsigned char head[WAV_CHUNKS_HEAD_BYTES], int64_t file_bytes)
{
    uint64_t size = (uint64_t)file_bytes - CHUNK_HEAD_BYTES;
    if (file_bytes < WAV_CHUNKS_HEAD_BYTES || memcmp(head + 8, "WAVE", 4) != 0)
        return false;
    if (memcmp(head, "RIFF", 4) == 0 && size <= UINT32_MAX) {
        pack_set_little(head + RIFF_SIZE_AT, size, 4);
        return true;
    }
    if (memcmp(head, "RF64", 4) == 0 && memcmp(head + 12, "ds64", 4) == 0) {
        pack_set_little(head + RF64_SIZE_AT, size, 8);
        return true;
    }
    return false;
}

static bool is_chunk(const unsigned char *at, const char *name, uint64_t size)
{
    return memcmp(at, name, 4) == 0 && unpack_little(at + 4, 4) == size;
}

bool wav_chunks_complete_format(unsigned char head[WAV_CHUNKS_FORMAT_BYTES])
{
    const uint64_t room = unpack_little(head + PAD_AT + 4, 4);
    if (!is_chunk(head + FORMAT_AT, "fmt ", 16) || !is_chunk(head + FACT_AT, "fact", 4) ||
        !is_chunk(head + PAD_AT, "PAD ", room) || room < EXTENSION_BYTES)
        return false;
    pack_set_little(head + FORMAT_AT + 4, 16 + EXTENSION_BYTES, 4);
    memmove(head + FACT_AT + EXTENSION_BYTES, head + FACT_AT, FACT_BYTES + CHUNK_HEAD_BYTES);
    pack_set_little(head + FACT_AT, 0, EXTENSION_BYTES);
    pack_set_little(head + PAD_AT + EXTENSION_BYTES + 4, room - EXTENSION_BYTES, 4);
    return true;
}
