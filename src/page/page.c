// SPDX-License-Identifier: GPL-3.0-or-later
// The template's {{fields}} are found and filled, one function for each.
#include "page.h"

#include "page_contents.h"
#include "page_files.h"
#include "page_words.h"
#include <assert.h>
#include <nettle/base64.h>

enum { AUDIO_PART_BYTES = 3 * 16384 }; // whole groups of Base64

static void add_language(const struct page_source *source, struct buffer *out)
{
    // A scene alone has none: what is there to read is the page's own.
    struct text language = source->tags->language;
    buffer_add_markup(out, language.size ? language : TEXT("en"));
}

static void add_software(const struct page_source *source, struct buffer *out)
{
    buffer_add_markup(out, source->tags->software);
}

static void add_title(const struct page_source *source, struct buffer *out)
{
    buffer_add_markup(out, source->tags->title);
}

static void add_length(const struct page_source *source, struct buffer *out)
{
    buffer_add_markup(out, source->tags->length);
}

static void add_summary(const struct page_source *source, struct buffer *out)
{
    buffer_add_markup(out, source->tags->comment);
}

static void add_total(const struct page_source *source, struct buffer *out)
{
    page_contents_seconds(out, source->tags->total_frames);
}

static void add_whole_seconds(const struct page_source *source, struct buffer *out)
{
    buffer_printf(out, "%lld", (long long)(source->tags->total_frames / FRAME_RATE));
}

static void add_style(const struct page_source *source, struct buffer *out)
{
    (void)source;
    buffer_add(out, (struct text){(const char *)page_css, page_css_size});
}

static void add_script(const struct page_source *source, struct buffer *out)
{
    (void)source;
    buffer_add(out, (struct text){(const char *)page_js, page_js_size});
}

// At most AUDIO_PART_BYTES; what goes on behind it must be added in whole groups of three bytes.
static void add_base64(struct buffer *out, const void *data, size_t size)
{
    char text[BASE64_ENCODE_RAW_LENGTH(AUDIO_PART_BYTES)];
    base64_encode_raw(text, size, data);
    buffer_add(out, (struct text){text, BASE64_ENCODE_RAW_LENGTH(size)});
}

// The page's policy lets only these very texts style and run.
static void add_style_hash(const struct page_source *source, struct buffer *out)
{
    (void)source;
    add_base64(out, page_css_sha256, PAGE_DIGEST_BYTES);
}

static void add_script_hash(const struct page_source *source, struct buffer *out)
{
    (void)source;
    add_base64(out, page_js_sha256, PAGE_DIGEST_BYTES);
}

static void add_notice(const struct page_source *source, struct buffer *out)
{
    struct text rest = source->tags->notice;
    while (rest.size) {
        struct text line = text_head(rest, text_find(rest, '\n'));
        buffer_add_c(out, "<p>");
        buffer_add_markup(out, line);
        buffer_add_c(out, "</p>\n");
        rest = text_skip(rest, line.size + 1);
    }
}

static void add_breathe_in(const struct page_source *source, struct buffer *out)
{
    buffer_add_markup(out, source->timeline->session->words.breathe_in);
}

static void add_breathe_out(const struct page_source *source, struct buffer *out)
{
    buffer_add_markup(out, source->timeline->session->words.breathe_out);
}

// An attribute for what would be empty.
static void hide_unless(bool shown, struct buffer *out)
{
    if (!shown)
        buffer_add_c(out, " hidden");
}

static void hide_breaths(const struct page_source *source, struct buffer *out)
{
    const struct timeline *timeline = source->timeline;
    int breaths =
        timeline->breath_count + timeline_accompanied(timeline, 0, timeline->total_frames);
    hide_unless(breaths > 0, out);
}

static void hide_chapters(const struct page_source *source, struct buffer *out)
{
    hide_unless(source->tags->chapter_count > 0, out);
}

static void hide_transcript(const struct page_source *source, struct buffer *out)
{
    hide_unless(source->captions->count > 0, out);
}

static void add_audio_type(const struct page_source *source, struct buffer *out)
{
    buffer_add_markup(out, text_from(source->audio_type));
}

static void add_audio(const struct page_source *source, struct buffer *out)
{
    char part[AUDIO_PART_BYTES];
    int64_t offset = 0;
    int64_t size;
    do {
        size = source->read_audio(source->context, offset, part, sizeof part);
        if (size > 0)
            add_base64(out, part, (size_t)size);
        offset += size;
    } while (size == sizeof part && !out->failed);
}

// What "{{NAME}}" stands for. "{{word NAME}}" is a text of page_words.c.
static const struct {
    const char *name;
    void (*add)(const struct page_source *source, struct buffer *out);
} slots[] = {
    {"language", add_language},
    {"software", add_software},
    {"title", add_title},
    {"length", add_length},
    {"summary", add_summary},
    {"total", add_total},
    {"whole seconds", add_whole_seconds},
    {"style", add_style},
    {"style hash", add_style_hash},
    {"script", add_script},
    {"script hash", add_script_hash},
    {"notice", add_notice},
    {"breathe in", add_breathe_in},
    {"breathe out", add_breathe_out},
    {"breaths", page_contents_breaths},
    {"hide breaths", hide_breaths},
    {"chapters", page_contents_chapters},
    {"hide chapters", hide_chapters},
    {"transcript", page_contents_transcript},
    {"hide transcript", hide_transcript},
    {"audio type", add_audio_type},
    {"audio", add_audio},
};

static void fill(const struct page_source *source, struct text name, struct buffer *out)
{
    const struct text word = TEXT("word ");
    if (text_starts_with(name, word)) {
        page_words_add(out, source->tags->language, text_skip(name, word.size));
        return;
    }
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        if (!text_equal_c(name, slots[i].name))
            continue;
        slots[i].add(source, out);
        return;
    }
    assert(false && "page.html names what page.c does not know");
}

// The offset of two such braces, or the end.
static size_t find_braces(struct text view, char brace)
{
    for (size_t i = 0; i + 1 < view.size; i++)
        if (view.data[i] == brace && view.data[i + 1] == brace)
            return i;
    return view.size;
}

enum status page_print(const struct page_source *source, struct buffer *out, struct error *error)
{
    struct text rest = {(const char *)page_html, page_html_size};
    while (rest.size) {
        size_t plain = find_braces(rest, '{');
        buffer_add(out, text_head(rest, plain));
        rest = text_skip(rest, plain + 2);
        size_t name = find_braces(rest, '}');
        if (rest.size)
            fill(source, text_head(rest, name), out);
        rest = text_skip(rest, name + 2);
    }
    return out->failed ? error_no_memory(error) : STATUS_OK;
}
