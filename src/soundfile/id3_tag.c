// SPDX-License-Identifier: GPL-3.0-or-later
// Tags and chapters become an ID3v2.4 tag.
// After id3.org's "ID3 tag version 2.4.0 - Main Structure", "- Native Frames" and "ID3v2 Chapter
// Frame Addendum".
#include "id3_tag.h"

#include "duration.h"
#include "pack.h"

enum {
    SYNCSAFE_BYTES = 4,
    ENCODING_UTF_8 = 3,
    TOC_TOP_AND_ORDERED = 3, // flags of CTOC
};

// The size as four bytes of seven bits: no run of set bits that a decoder could take for sound.
static void add_syncsafe(struct buffer *out, size_t size)
{
    for (int i = SYNCSAFE_BYTES - 1; i >= 0; i--)
        buffer_add_byte(out, (char)(size >> (7 * i) & 0x7F));
}

// Takes the body's bytes and frees it.
static void add_frame(struct buffer *out, const char *id, struct buffer *body)
{
    buffer_add_c(out, id);
    add_syncsafe(out, body->size);
    pack_big(out, 0, 2); // flags
    buffer_add(out, buffer_text(body));
    out->failed |= body->failed;
    buffer_free(body);
}

static void add_text_frame(struct buffer *out, const char *id, struct text value)
{
    if (value.size == 0)
        return;
    struct buffer body = BUFFER_INIT;
    buffer_add_byte(&body, ENCODING_UTF_8);
    buffer_add(&body, value);
    add_frame(out, id, &body);
}

static void add_own_frame(struct buffer *out, const char *name, struct text value)
{
    if (value.size == 0)
        return;
    struct buffer body = BUFFER_INIT;
    buffer_add_byte(&body, ENCODING_UTF_8);
    buffer_add_c(&body, name);
    buffer_add_byte(&body, '\0');
    buffer_add(&body, value);
    add_frame(out, "TXXX", &body);
}

// ID3 wants ISO 639-2: three letters.
static const char *three_letters(struct text language)
{
    static const char *const codes[][2] = {
        {"de", "deu"}, {"en", "eng"}, {"es", "spa"}, {"fr", "fra"}, {"it", "ita"}, {"nl", "nld"},
        {"pl", "pol"}, {"pt", "por"}, {"sv", "swe"}, {"da", "dan"}, {"cs", "ces"}, {"fi", "fin"},
    };
    struct text primary = text_head(language, text_find(language, '-'));
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (text_equal_c(primary, codes[i][0]))
            return codes[i][1];
    return "und"; // undetermined
}

static void add_comment(struct buffer *out, const struct tags *tags)
{
    if (tags->comment.size == 0)
        return;
    struct buffer body = BUFFER_INIT;
    buffer_add_byte(&body, ENCODING_UTF_8);
    buffer_add_c(&body, three_letters(tags->language));
    buffer_add_byte(&body, '\0'); // no description
    buffer_add(&body, tags->comment);
    add_frame(out, "COMM", &body);
}

static void add_length(struct buffer *out, int64_t frames)
{
    struct buffer body = BUFFER_INIT;
    buffer_add_byte(&body, ENCODING_UTF_8);
    buffer_printf(&body, "%lld", (long long)ms_from_frames(frames));
    add_frame(out, "TLEN", &body);
}

static void add_element(struct buffer *out, size_t chapter)
{
    buffer_printf(out, "chapter%zu", chapter);
    buffer_add_byte(out, '\0');
}

static void add_contents(struct buffer *out, const struct tags *tags)
{
    struct buffer body = BUFFER_INIT;
    buffer_add_c(&body, "contents");
    buffer_add_byte(&body, '\0');
    buffer_add_byte(&body, TOC_TOP_AND_ORDERED);
    pack_big(&body, tags->chapter_count, 1);
    for (size_t i = 0; i < tags->chapter_count; i++)
        add_element(&body, i);
    add_frame(out, "CTOC", &body);
}

static void add_chapter(struct buffer *out, const struct chapter *chapter, size_t index)
{
    struct buffer body = BUFFER_INIT;
    add_element(&body, index);
    pack_big(&body, (uint64_t)ms_from_frames(chapter->start_frame), 4);
    pack_big(&body, (uint64_t)ms_from_frames(chapter->end_frame), 4);
    pack_big(&body, UINT32_MAX, 4); // no byte offsets: the times count
    pack_big(&body, UINT32_MAX, 4);
    add_text_frame(&body, "TIT2", chapter->title);
    add_frame(out, "CHAP", &body);
}

void id3_tag_build(const struct tags *tags, struct buffer *out)
{
    struct buffer frames = BUFFER_INIT;
    add_text_frame(&frames, "TIT2", tags->title);
    add_text_frame(&frames, "TLAN",
                   tags->language.size ? text_from(three_letters(tags->language)) : TEXT(""));
    add_length(&frames, tags->total_frames);
    add_comment(&frames, tags);
    add_text_frame(&frames, "TSSE", tags->software);
    add_own_frame(&frames, "session", tags->session);
    add_own_frame(&frames, "length", tags->length);
    add_own_frame(&frames, "notice", tags->notice);
    if (tags->chapter_count)
        add_contents(&frames, tags);
    for (size_t i = 0; i < tags->chapter_count; i++)
        add_chapter(&frames, &tags->chapters[i], i);
    buffer_add_c(out, "ID3");
    pack_big(out, 0x0400, 2); // version 2.4.0
    pack_big(out, 0, 1);      // flags
    add_syncsafe(out, frames.size);
    buffer_add(out, buffer_text(&frames));
    out->failed |= frames.failed;
    buffer_free(&frames);
}
