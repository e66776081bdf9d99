// SPDX-License-Identifier: GPL-3.0-or-later
// Tags and chapters become FLAC metadata blocks.
// After RFC 9639: "fLaC", then metadata blocks, each with a byte for its type (the highest bit
// marks the last one) and 24 bits for its size. The block of comments becomes two: ours, and
// padding.
#include "flac_tags.h"

#include "pack.h"
#include "vorbis_comment.h"
#include <stdlib.h>
#include <string.h>

enum {
    BLOCKS_AT = 4,
    HEAD_BYTES = 4, // of a block
    TYPE_PADDING = 1,
    TYPE_COMMENTS = 4,
    LAST = 0x80
};

struct block {
    int64_t start; // in the file, of its head
    int64_t size;  // without the head
    bool last;
};

char *flac_tags_room(const struct tags *tags)
{
    struct buffer comments = BUFFER_INIT;
    vorbis_comment_build(tags, VORBIS_COMMENT_BARE, (struct text){NULL, 0}, &comments);
    // libsndfile's block has the vendor as well, and at least a key besides this text: more than
    // the head of the padding takes.
    size_t size = comments.size + HEAD_BYTES;
    char *room = comments.failed ? NULL : malloc(size + 1);
    if (room) {
        memset(room, '.', size);
        room[size] = '\0';
    }
    buffer_free(&comments);
    return room;
}

static bool find_comments(struct safe_file *file, struct block *block)
{
    unsigned char head[HEAD_BYTES];
    *block = (struct block){.start = BLOCKS_AT};
    for (;;) {
        safe_file_seek(file, block->start);
        if (safe_file_read(file, head, sizeof head) != sizeof head)
            return false;
        block->size = head[1] << 16 | head[2] << 8 | head[3];
        block->last = head[0] & LAST;
        if ((head[0] & ~LAST) == TYPE_COMMENTS)
            return true;
        if (block->last)
            return false;
        block->start += HEAD_BYTES + block->size;
    }
}

static void add_head(struct buffer *out, int type, int64_t size)
{
    buffer_add_byte(out, (char)type);
    pack_big(out, (uint64_t)size, 3);
}

// Our comments with the vendor that stands in the old block, and padding, as long as that block.
static bool make_blocks(const struct tags *tags, const struct block *old, const char *body,
                        struct buffer *out)
{
    struct buffer comments = BUFFER_INIT;
    struct text packet = {body, (size_t)old->size};
    vorbis_comment_build(tags, VORBIS_COMMENT_BARE,
                         vorbis_comment_vendor(VORBIS_COMMENT_BARE, packet), &comments);
    int64_t padding = old->size - (int64_t)comments.size - HEAD_BYTES;
    add_head(out, TYPE_COMMENTS, (int64_t)comments.size);
    buffer_add(out, buffer_text(&comments));
    add_head(out, TYPE_PADDING | (old->last ? LAST : 0), padding);
    for (int64_t i = 0; i < padding; i++)
        buffer_add_byte(out, '\0');
    out->failed |= comments.failed;
    buffer_free(&comments);
    return padding >= 0;
}

static enum status replace(const struct tags *tags, struct safe_file *file, const struct block *old,
                           struct error *error)
{
    struct buffer blocks = BUFFER_INIT;
    char *body = malloc((size_t)old->size + 1);
    enum status status = STATUS_OK;
    if (!body) {
        status = error_no_memory(error);
    } else if (safe_file_read(file, body, old->size) != old->size ||
               !make_blocks(tags, old, body, &blocks)) {
        status = error_set(error, STATUS_IO, "cannot write %s: no room for the tags",
                           safe_file_name(file));
    } else if (blocks.failed) {
        status = error_no_memory(error);
    } else {
        safe_file_seek(file, old->start);
        (void)safe_file_write(file, blocks.data, (int64_t)blocks.size);
    }
    buffer_free(&blocks);
    free(body);
    enum status of_file = safe_file_status(file, status == STATUS_OK ? error : NULL);
    return status == STATUS_OK ? of_file : status;
}

enum status flac_tags_put(const struct tags *tags, struct safe_file *file, struct error *error)
{
    struct block old;
    if (!find_comments(file, &old)) {
        enum status status = safe_file_status(file, error);
        return status != STATUS_OK
                   ? status
                   : error_set(error, STATUS_IO, "cannot write %s: no FLAC comments",
                               safe_file_name(file));
    }
    return replace(tags, file, &old, error);
}
