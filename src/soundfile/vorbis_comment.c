// SPDX-License-Identifier: GPL-3.0-or-later
// Tags and chapters become a Vorbis comment, for Ogg and for FLAC.
// After xiph.org's "Vorbis I specification", section 5, RFC 7845 section 5.2, RFC 9639 section 8.6,
// and the "Chapter Extension" of the Xiph wiki.
#include "vorbis_comment.h"

#include "duration.h"
#include "pack.h"

enum { COUNT_BYTES = 4 };

// The comments so far, and how many they are: the number stands in front of them.
struct list {
    struct buffer bytes;
    uint32_t count;
};

static void add(struct list *list, const char *name, struct text value)
{
    if (value.size == 0)
        return;
    struct text key = text_from(name);
    pack_little(&list->bytes, key.size + 1 + value.size, COUNT_BYTES);
    buffer_add(&list->bytes, key);
    buffer_add_byte(&list->bytes, '=');
    buffer_add(&list->bytes, value);
    list->count++;
}

static void add_chapter(struct list *list, const struct chapter *chapter, size_t index)
{
    struct buffer name = BUFFER_INIT;
    struct buffer time = BUFFER_INIT;
    int64_t ms = ms_from_frames(chapter->start_frame);
    buffer_printf(&name, "CHAPTER%03zu", index);
    buffer_printf(&time, "%02d:%02d:%02d.%03d", (int)(ms / 3600000), (int)(ms / 60000 % 60),
                  (int)(ms / 1000 % 60), (int)(ms % 1000));
    if (name.failed || time.failed) {
        list->bytes.failed = true;
    } else {
        add(list, name.data, buffer_text(&time));
        buffer_add_c(&name, "NAME");
        list->bytes.failed |= name.failed;
        add(list, name.data, chapter->title);
    }
    buffer_free(&name);
    buffer_free(&time);
}

static struct text magic_of(enum vorbis_comment_carrier carrier)
{
    switch (carrier) {
    case VORBIS_COMMENT_VORBIS:
        return TEXT("\x03vorbis");
    case VORBIS_COMMENT_OPUS:
        return TEXT("OpusTags");
    case VORBIS_COMMENT_BARE:
        break;
    }
    return TEXT("");
}

void vorbis_comment_build(const struct tags *tags, enum vorbis_comment_carrier carrier,
                          struct text vendor, struct buffer *out)
{
    struct list list = {BUFFER_INIT, 0};
    add(&list, "TITLE", tags->title);
    add(&list, "LANGUAGE", tags->language);
    add(&list, "DESCRIPTION", tags->comment);
    add(&list, "SESSION", tags->session);
    add(&list, "LENGTH", tags->length);
    add(&list, "NOTICE", tags->notice);
    add(&list, "ENCODER", tags->software);
    for (size_t i = 0; i < tags->chapter_count; i++)
        add_chapter(&list, &tags->chapters[i], i);
    buffer_add(out, magic_of(carrier));
    pack_little(out, vendor.size, COUNT_BYTES);
    buffer_add(out, vendor);
    pack_little(out, list.count, COUNT_BYTES);
    buffer_add(out, buffer_text(&list.bytes));
    if (carrier == VORBIS_COMMENT_VORBIS)
        buffer_add_byte(out, 1); // the framing bit
    out->failed |= list.bytes.failed;
    buffer_free(&list.bytes);
}

struct text vorbis_comment_vendor(enum vorbis_comment_carrier carrier, struct text packet)
{
    struct text magic = magic_of(carrier);
    if (!text_starts_with(packet, magic) || packet.size < magic.size + COUNT_BYTES)
        return TEXT("");
    struct text rest = text_skip(packet, magic.size + COUNT_BYTES);
    uint64_t size = unpack_little(packet.data + magic.size, COUNT_BYTES);
    return size <= rest.size ? text_head(rest, size) : TEXT("");
}
