// SPDX-License-Identifier: GPL-3.0-or-later
// A WAV whose length is known beforehand is written to a pipe.
// After IBM and Microsoft's "Multimedia Programming Interface and Data Specifications 1.0" and EBU
// Tech 3306 (RF64).
#include "wav_stream.h"

#include "pack.h"
#include "wav_chunks.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    BUFFER_BYTES = 64 * 1024, // what a pipe holds
    SHOWN_MAX = 300,
    WAIT_MS = 200,
    TAG_PCM = 1,
    TAG_FLOAT = 3,
    CHUNK_HEAD_BYTES = 8,
    DS64_BYTES = 28
};

struct wav_stream {
    int descriptor;
    enum encoder_sample sample;
    int bytes; // of a sample in the stream
    int channels;
    int (*interrupt)(void);
    bool padded;          // a byte more at the end
    enum status failure;  // sticky
    struct error error;   // its text
    struct buffer header; // not yet written
    size_t filled;        // bytes in `buffer`
    char name[SHOWN_MAX + 1];
    unsigned char buffer[BUFFER_BYTES];
};

static int bytes_of(enum encoder_sample sample)
{
    return sample == ENCODER_SAMPLE_16 ? 2 : sample == ENCODER_SAMPLE_24 ? 3 : 4;
}

static void add_format(struct buffer *out, const struct wav_stream *stream, int rate,
                       int64_t frames)
{
    bool real = stream->sample == ENCODER_SAMPLE_FLOAT;
    uint64_t frame_bytes = (uint64_t)(stream->channels * stream->bytes);
    buffer_add_c(out, "fmt ");
    pack_little(out, real ? 18 : 16, 4);
    pack_little(out, real ? TAG_FLOAT : TAG_PCM, 2);
    pack_little(out, (uint64_t)stream->channels, 2);
    pack_little(out, (uint64_t)rate, 4);
    pack_little(out, (uint64_t)rate * frame_bytes, 4);
    pack_little(out, frame_bytes, 2);
    pack_little(out, (uint64_t)(8 * stream->bytes), 2);
    if (!real)
        return;
    pack_little(out, 0, 2); // bytes of extension
    buffer_add_c(out, "fact");
    pack_little(out, 4, 4);
    pack_little(out, frames > UINT32_MAX ? UINT32_MAX : (uint64_t)frames, 4);
}

// The first chunk of an RF64 file: the sizes that need 64 bits.
static void add_large_sizes(struct buffer *out, uint64_t riff, uint64_t data, uint64_t frames)
{
    buffer_add_c(out, "ds64");
    pack_little(out, DS64_BYTES, 4);
    pack_little(out, riff, 8);
    pack_little(out, data, 8);
    pack_little(out, frames, 8);
    pack_little(out, 0, 4); // other large chunks
}

static void make_header(struct wav_stream *stream, const struct wav_stream_config *config)
{
    struct buffer chunks = BUFFER_INIT;
    struct buffer *out = &stream->header;
    uint64_t data = (uint64_t)(config->frames * stream->channels * stream->bytes);
    add_format(&chunks, stream, config->rate, config->frames);
    wav_chunks_build(config->tags, config->rate, &chunks);
    stream->padded = data % 2;
    uint64_t riff = 4 + chunks.size + CHUNK_HEAD_BYTES + data + stream->padded;
    bool large = wav_chunks_need_rf64((int64_t)data);
    riff += large ? CHUNK_HEAD_BYTES + DS64_BYTES : 0;
    buffer_add_c(out, large ? "RF64" : "RIFF");
    pack_little(out, large ? UINT32_MAX : riff, 4);
    buffer_add_c(out, "WAVE");
    if (large)
        add_large_sizes(out, riff, data, (uint64_t)config->frames);
    buffer_add(out, buffer_text(&chunks));
    buffer_add_c(out, "data");
    pack_little(out, large ? UINT32_MAX : data, 4);
    out->failed |= chunks.failed;
    buffer_free(&chunks);
}

enum status wav_stream_open(struct wav_stream **out, const struct wav_stream_config *config,
                            struct error *error)
{
    struct wav_stream *stream = calloc(1, sizeof *stream);
    if (!stream)
        return error_no_memory(error);
    stream->descriptor = config->descriptor;
    stream->sample = encoder_format_sample(config->format);
    stream->bytes = bytes_of(stream->sample);
    stream->channels = config->channels;
    stream->interrupt = config->interrupt;
    snprintf(stream->name, sizeof stream->name, "%s", config->name);
    make_header(stream, config);
    if (stream->header.failed) {
        wav_stream_free(stream);
        return error_no_memory(error);
    }
    *out = stream;
    return STATUS_OK;
}

// Whether to try again after write() said why it wrote nothing.
static bool waits(const struct wav_stream *stream, int cause)
{
    if (cause != EAGAIN)
        return cause == EINTR;
    // Somebody else made the descriptor non-blocking. A signal may have come before the wait: look
    // again.
    struct pollfd wanted = {.fd = stream->descriptor, .events = POLLOUT};
    (void)poll(&wanted, 1, WAIT_MS); // the next write tells what it would
    return true;
}

static void write_bytes(struct wav_stream *stream, const void *data, size_t size)
{
    const char *bytes = data;
    while (size > 0 && stream->failure == STATUS_OK) {
        ssize_t count = write(stream->descriptor, bytes, size);
        if (count > 0) {
            bytes += count;
            size -= (size_t)count;
            continue;
        }
        int cause = count < 0 ? errno : EIO;
        if (stream->interrupt &&
            stream->interrupt() != 0) // its reader may be gone by the same signal
            stream->failure = error_set(&stream->error, STATUS_INTERRUPTED, "interrupted");
        else if (!waits(stream, cause))
            stream->failure = error_set(&stream->error, STATUS_IO, "cannot write %s: %s",
                                        stream->name, strerror(cause));
    }
}

static enum status flush(struct wav_stream *stream)
{
    write_bytes(stream, stream->header.data, stream->header.size);
    buffer_clear(&stream->header);
    write_bytes(stream, stream->buffer, stream->filled);
    stream->filled = 0;
    return stream->failure;
}

static uint32_t bits_of(const void *samples, size_t index, enum encoder_sample sample)
{
    uint32_t bits;
    if (sample == ENCODER_SAMPLE_16)
        return (uint32_t)((const int16_t *)samples)[index];
    memcpy(&bits, (const char *)samples + index * sizeof bits, sizeof bits);
    return sample == ENCODER_SAMPLE_24 ? bits >> 8 : bits;
}

static enum status keep_failure(const struct wav_stream *stream, struct error *error)
{
    if (stream->failure != STATUS_OK && error)
        *error = stream->error;
    return stream->failure;
}

enum status wav_stream_write(struct wav_stream *stream, const void *samples, size_t frames,
                             struct error *error)
{
    size_t count = frames * (size_t)stream->channels;
    for (size_t i = 0; i < count && stream->failure == STATUS_OK; i++) {
        uint32_t bits = bits_of(samples, i, stream->sample);
        for (int k = 0; k < stream->bytes; k++)
            stream->buffer[stream->filled++] = (unsigned char)(bits >> (8 * k));
        if (stream->filled > BUFFER_BYTES - sizeof bits)
            (void)flush(stream); // a failure is remembered
    }
    return keep_failure(stream, error);
}

enum status wav_stream_end(struct wav_stream *stream, struct error *error)
{
    if (stream->padded)
        stream->buffer[stream->filled++] = 0;
    stream->padded = false;
    (void)flush(stream);
    return keep_failure(stream, error);
}

void wav_stream_free(struct wav_stream *stream)
{
    if (!stream)
        return;
    buffer_free(&stream->header);
    free(stream);
}
