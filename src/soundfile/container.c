// SPDX-License-Identifier: GPL-3.0-or-later
// Chunks are walked to the samples, Ogg pages are looked at from the end, MP3 frames are counted.
#include "container.h"

#include <stdbool.h>
#include <string.h>

enum {
    CHUNKS_MOST = 4096,         // before the samples
    STREAMED_LEAST = 0x7FFF0000 // from here on a size stands for "not known yet"
};

static bool read_at(const struct container_file *file, int64_t at, uint8_t *data, size_t size)
{
    return at >= 0 && file->read(file->context, at, data, size) == size;
}

static int64_t big(const uint8_t *data)
{
    return (int64_t)data[0] << 24 | data[1] << 16 | data[2] << 8 | data[3];
}

static int64_t little(const uint8_t *data)
{
    return (int64_t)data[3] << 24 | data[2] << 16 | data[1] << 8 | data[0];
}

// ---- Chunks: WAV, RF64, AIFF --------------------------------------------------------------------

struct chunks {
    const struct container_file *file;
    int64_t (*number)(const uint8_t *data); // of the container's byte order
    const char *samples;                    // name of the chunk that holds them
    int64_t whole;                          // what the file's first chunk says of all others
    int64_t long_size;                      // of the samples, in RF64; -1: none
};

static struct container judge_samples(const struct chunks *chunks, int64_t at, int64_t size)
{
    struct container found = {.state = CONTAINER_WHOLE};
    const int64_t start = at + 8, left = chunks->file->size - start;
    if (chunks->long_size >= 0)
        size = chunks->long_size;
    // An empty chunk is one whose container counts what follows it.
    if (size == 0 && left > 0 && chunks->whole + 8 <= start && chunks->number == little) {
        const uint32_t real = left < UINT32_MAX ? (uint32_t)left : UINT32_MAX;
        found = (struct container){.state = CONTAINER_UNSIZED, .size_at = at + 4};
        for (int i = 0; i < 4; i++)
            found.size[i] = (uint8_t)(real >> (8 * i));
    } else if (size > left) {
        const bool streamed = chunks->long_size < 0 && size >= STREAMED_LEAST;
        found.state = streamed ? CONTAINER_UNSIZED : CONTAINER_CUT_OFF;
    }
    return found;
}

static struct container look_at_chunks(struct chunks *chunks)
{
    int64_t at = 12;
    uint8_t head[24];
    for (int i = 0; i < CHUNKS_MOST && read_at(chunks->file, at, head, 8); i++) {
        int64_t size = chunks->number(head + 4);
        if (memcmp(head, chunks->samples, 4) == 0)
            return judge_samples(chunks, at, size);
        if (memcmp(head, "ds64", 4) == 0 && read_at(chunks->file, at, head, sizeof head))
            chunks->long_size = little(head + 20) > INT32_MAX
                                    ? INT64_MAX
                                    : little(head + 20) << 32 | little(head + 16);
        at += 8 + size + (size & 1);
    }
    return (struct container){.state = CONTAINER_WHOLE};
}

// ---- Ogg ----------------------------------------------------------------------------------------

// The last page that begins in the file must be there to its end, and be a stream's last.
static struct container look_at_pages(const struct container_file *file)
{
    enum { TAIL = 65536 + 512, HEAD = 27, LAST = 4 }; // RFC 3533: a page has at most 65307 bytes
    uint8_t tail[TAIL];
    const int64_t start = file->size > TAIL ? file->size - TAIL : 0;
    const size_t size = (size_t)(file->size - start);
    struct container found = {.state = CONTAINER_WHOLE};
    if (!read_at(file, start, tail, size))
        return found;
    for (size_t at = size; at-- > 0;) {
        if (size - at < 4 || memcmp(tail + at, "OggS", 4) != 0)
            continue;
        size_t length = HEAD;
        bool there = size - at >= HEAD && size - at >= (size_t)HEAD + tail[at + HEAD - 1];
        for (size_t i = 0; there && i < tail[at + HEAD - 1]; i++)
            length += 1 + tail[at + HEAD + i];
        if (!there || length > size - at || !(tail[at + 5] & LAST))
            found.state = CONTAINER_CUT_OFF;
        break;
    }
    return found;
}

// ---- MP3 ----------------------------------------------------------------------------------------

struct frame {
    int64_t bytes;
    size_t side; // bytes of side information behind the frame's head
};

// ISO 11172-3, 2.4.1 and 2.4.2; ISO 13818-3 for the lower rates. False: no frame of layer III.
static bool parse_frame(struct frame *frame, const uint8_t head[4])
{
    static const int kbits[2][16] = {
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},
        {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0}};
    static const int rates[4] = {44100, 48000, 32000, 0};
    const int version = head[1] >> 3 & 3; // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
    const bool first = version == 3, mono = head[3] >> 6 == 3;
    const int kbit = kbits[first][head[2] >> 4];
    const int rate = rates[head[2] >> 2 & 3] >> (first ? 0 : version == 2 ? 1 : 2);
    if (head[0] != 0xFF || (head[1] & 0xE6) != 0xE2 || version == 1 || !kbit || !rate)
        return false;
    frame->bytes = (first ? 144000 : 72000) * kbit / rate + (head[2] >> 1 & 1);
    frame->side = first ? (mono ? 17 : 32) : (mono ? 9 : 17);
    return true;
}

// What the encoder's own frame says of how many there are; -1: it is none.
static int64_t promised_frames(const struct container_file *file, int64_t at,
                               const struct frame *frame)
{
    uint8_t tag[12];
    if (!read_at(file, at + 4 + (int64_t)frame->side, tag, sizeof tag) ||
        (memcmp(tag, "Xing", 4) != 0 && memcmp(tag, "Info", 4) != 0) || !(tag[7] & 1))
        return -1;
    return big(tag + 8);
}

// So many frames are six minutes or more: longer than what is used of a recording.
enum { FRAMES_MOST = 16384 };

static struct container look_at_frames(const struct container_file *file)
{
    struct container found = {.state = CONTAINER_WHOLE};
    struct frame frame;
    uint8_t head[10];
    int64_t at = 0, count = 0, promised = -1;
    if (read_at(file, 0, head, 10) && memcmp(head, "ID3", 3) == 0)
        at = 10 + ((int64_t)head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]);
    for (; count < FRAMES_MOST && read_at(file, at, head, 4) && parse_frame(&frame, head);
         at += frame.bytes, count++) {
        if (count == 0)
            promised = promised_frames(file, at, &frame);
        if (at + frame.bytes > file->size)
            found.state = CONTAINER_CUT_OFF;
    }
    // The frame with the promise is not counted in it.
    if (at >= file->size && count > 0 && count - 1 < promised)
        found.state = CONTAINER_CUT_OFF;
    return found;
}

struct container container_look(const struct container_file *file)
{
    uint8_t head[12] = {0};
    struct chunks chunks = {.file = file, .number = little, .samples = "data", .long_size = -1};
    if (!read_at(file, 0, head, sizeof head))
        return (struct container){.state = CONTAINER_WHOLE};
    if (memcmp(head, "OggS", 4) == 0)
        return look_at_pages(file);
    const bool aiff = memcmp(head, "FORM", 4) == 0;
    if (!aiff && memcmp(head, "RIFF", 4) != 0 && memcmp(head, "RF64", 4) != 0)
        return look_at_frames(file);
    if (aiff) {
        chunks.number = big;
        chunks.samples = "SSND";
    }
    chunks.whole = chunks.number(head + 4);
    return look_at_chunks(&chunks);
}
