// SPDX-License-Identifier: GPL-3.0-or-later
// An Ogg stream is written again with a comment header of our own.
// After RFC 3533 (Ogg), RFC 7845 (Opus in Ogg) and the "Vorbis I specification", appendix A: the
// first page holds the first header alone; the other headers end with a page of their own; sound
// begins on a fresh page. So only the pages of headers are made anew.
#include "ogg_remux.h"

#include "pack.h"
#include "random.h"
#include "vorbis_comment.h"
#include <ogg/ogg.h>
#include <stdlib.h>
#include <string.h>

enum {
    PART_BYTES = 65536, // taken at once, so that libogg's memory stays small
    HEADER_PACKET_MAX = 1024 * 1024,
    SERIAL_AT = 14, // in a page's header, 32 bits each
    NUMBER_AT = 18,
    SERIAL_COUNTER = 0x4F6767, // "Ogg": other uses of the seed have other counters
};

struct ogg_remux {
    struct ogg_remux_config config;
    ogg_sync_state sync;
    ogg_stream_state old; // until the headers are through
    ogg_stream_state new;
    bool begun; // the first page was seen
    enum vorbis_comment_carrier carrier;
    int header_count;     // that the carrier has
    int headers;          // seen so far
    size_t header_bytes;  // of pages since the last whole header
    uint32_t page_number; // of the next sound page
    bool ended;           // the last page was seen
    enum status failure;  // sticky
    struct error error;   // its text
};

static enum status no_stream(struct error *error)
{
    return error_set(error, STATUS_IO, "the encoder gave no sound Ogg stream");
}

static enum status send_page(struct ogg_remux *remux, const ogg_page *page, struct error *error)
{
    const struct ogg_remux_config *config = &remux->config;
    if (config->sink(config->context, page->header, page->header_len) != page->header_len ||
        config->sink(config->context, page->body, page->body_len) != page->body_len)
        return error_set(error, STATUS_IO, "the Ogg stream cannot be written");
    return STATUS_OK;
}

static enum status flush(struct ogg_remux *remux, struct error *error)
{
    ogg_page page;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && ogg_stream_flush(&remux->new, &page)) {
        status = send_page(remux, &page, error);
        remux->page_number++;
    }
    return status;
}

static enum status put_header(struct ogg_remux *remux, ogg_packet *packet, struct error *error)
{
    if (ogg_stream_packetin(&remux->new, packet) != 0)
        return error_no_memory(error);
    bool alone = remux->headers == 0 || remux->headers + 1 == remux->header_count;
    return alone ? flush(remux, error) : STATUS_OK;
}

static enum status put_comments(struct ogg_remux *remux, ogg_packet *packet, struct error *error)
{
    struct text old = {(const char *)packet->packet, (size_t)packet->bytes};
    struct buffer comments = BUFFER_INIT;
    vorbis_comment_build(remux->config.tags, remux->carrier,
                         vorbis_comment_vendor(remux->carrier, old), &comments);
    packet->packet = (unsigned char *)comments.data;
    packet->bytes = (long)comments.size;
    enum status status =
        comments.failed ? error_no_memory(error) : put_header(remux, packet, error);
    buffer_free(&comments);
    return status;
}

// What the stream is, by its first packet.
static bool know_carrier(struct ogg_remux *remux, const ogg_packet *packet)
{
    struct text text = {(const char *)packet->packet, (size_t)packet->bytes};
    bool opus = text_starts_with(text, TEXT("OpusHead"));
    if (!opus && !text_starts_with(text, TEXT("\x01vorbis")))
        return false;
    remux->carrier = opus ? VORBIS_COMMENT_OPUS : VORBIS_COMMENT_VORBIS;
    remux->header_count = opus ? 2 : 3;
    return true;
}

static enum status take_headers(struct ogg_remux *remux, ogg_page *page, struct error *error)
{
    ogg_packet packet;
    remux->header_bytes += (size_t)page->body_len;
    if (ogg_stream_pagein(&remux->old, page) != 0 || remux->header_bytes > HEADER_PACKET_MAX)
        return no_stream(error);
    int found;
    while ((found = ogg_stream_packetout(&remux->old, &packet)) == 1) {
        // A page that goes on with sound behind the last header would have to be divided.
        if (remux->headers == 0 ? !know_carrier(remux, &packet)
                                : remux->headers == remux->header_count)
            return no_stream(error);
        enum status status = remux->headers == 1 ? put_comments(remux, &packet, error)
                                                 : put_header(remux, &packet, error);
        if (status != STATUS_OK)
            return status;
        remux->headers++;
        remux->header_bytes = 0;
    }
    bool divided =
        remux->headers == remux->header_count && remux->old.body_fill != remux->old.body_returned;
    return found < 0 || divided ? no_stream(error) : STATUS_OK;
}

static enum status pass_page(struct ogg_remux *remux, ogg_page *page, struct error *error)
{
    pack_set_little(page->header + SERIAL_AT, (uint32_t)remux->new.serialno, 4);
    pack_set_little(page->header + NUMBER_AT, remux->page_number++, 4);
    ogg_page_checksum_set(page);
    return send_page(remux, page, error);
}

static enum status take_page(struct ogg_remux *remux, ogg_page *page, struct error *error)
{
    // One stream, from its beginning, that ends once.
    bool other = remux->begun && ogg_page_serialno(page) != (int)remux->old.serialno;
    if (other || remux->ended || remux->begun == (ogg_page_bos(page) != 0))
        return no_stream(error);
    if (!remux->begun && ogg_stream_init(&remux->old, ogg_page_serialno(page)) != 0)
        return error_no_memory(error);
    remux->begun = true;
    remux->ended = ogg_page_eos(page) != 0;
    return remux->headers < remux->header_count || remux->headers == 0
               ? take_headers(remux, page, error)
               : pass_page(remux, page, error);
}

static enum status take_part(struct ogg_remux *remux, const void *data, size_t size,
                             struct error *error)
{
    char *space = ogg_sync_buffer(&remux->sync, (long)size);
    if (!space)
        return error_no_memory(error);
    memcpy(space, data, size);
    if (ogg_sync_wrote(&remux->sync, (long)size) != 0)
        return no_stream(error);
    ogg_page page;
    int found;
    while ((found = ogg_sync_pageout(&remux->sync, &page)) == 1) {
        enum status status = take_page(remux, &page, error);
        if (status != STATUS_OK)
            return status;
    }
    return found < 0 ? no_stream(error) : STATUS_OK;
}

static enum status keep_failure(struct ogg_remux *remux, enum status status, struct error *error)
{
    remux->failure = status;
    if (status != STATUS_OK && error)
        *error = remux->error;
    return status;
}

enum status ogg_remux_new(struct ogg_remux **out, const struct ogg_remux_config *config,
                          struct error *error)
{
    struct ogg_remux *remux = calloc(1, sizeof *remux);
    if (!remux)
        return error_no_memory(error);
    remux->config = *config;
    ogg_sync_init(&remux->sync);
    int serial = (int)(random_at(config->seed, SERIAL_COUNTER) >> 33);
    if (ogg_stream_init(&remux->new, serial) != 0) {
        ogg_remux_free(remux);
        return error_no_memory(error);
    }
    *out = remux;
    return STATUS_OK;
}

enum status ogg_remux_write(struct ogg_remux *remux, const void *data, size_t size,
                            struct error *error)
{
    enum status status = remux->failure;
    const char *bytes = data;
    while (status == STATUS_OK && size > 0) {
        size_t part = size < PART_BYTES ? size : PART_BYTES;
        status = take_part(remux, bytes, part, &remux->error);
        bytes += part;
        size -= part;
    }
    return keep_failure(remux, status, error);
}

enum status ogg_remux_finish(struct ogg_remux *remux, struct error *error)
{
    enum status status = remux->failure;
    if (status == STATUS_OK && (!remux->ended || remux->headers < remux->header_count ||
                                remux->sync.fill != remux->sync.returned))
        status = error_set(&remux->error, STATUS_IO, "the encoder's Ogg stream has no end");
    return keep_failure(remux, status, error);
}

void ogg_remux_free(struct ogg_remux *remux)
{
    if (!remux)
        return;
    ogg_sync_clear(&remux->sync);
    if (remux->begun)
        ogg_stream_clear(&remux->old);
    ogg_stream_clear(&remux->new);
    free(remux);
}
