// SPDX-License-Identifier: GPL-3.0-or-later
// Each caption format has one printer, which escapes what that format would take for markup.
#include "captions_print.h"

#include "caption_split.h"
#include "wrap.h"

static bool is_told(const struct caption_cue *cue)
{
    return cue->type != CUE_SPEECH;
}

// "00:01:02.345"
static void add_time(struct buffer *out, int64_t frame, char point)
{
    int64_t ms = ms_from_frames(frame);
    buffer_printf(out, "%02d:%02d:%02d%c%03d", (int)(ms / 3600000), (int)(ms / 60000 % 60),
                  (int)(ms / 1000 % 60), point, (int)(ms % 1000));
}

static void add_times(struct buffer *out, const struct caption_cue *cue, char point)
{
    add_time(out, cue->start_frame, point);
    buffer_add_c(out, " --> ");
    add_time(out, cue->end_frame, point);
    buffer_add_byte(out, '\n');
}

struct replacement {
    const char *from, *to;
};

// Add `view` with the first of the replacements that fits at each place.
static void add_replacing(struct buffer *out, struct text view, const struct replacement *list,
                          size_t count)
{
    while (view.size > 0) {
        size_t i = 0;
        while (i < count && !text_starts_with(view, text_from(list[i].from)))
            i++;
        if (i < count)
            buffer_add_c(out, list[i].to);
        else
            buffer_add_byte(out, view.data[0]);
        view = text_skip(view, i < count ? text_from(list[i].from).size : 1);
    }
}

// ---- WebVTT -------------------------------------------------------------------------------------

static void add_escaped(struct buffer *out, char byte)
{
    if (byte == '&')
        buffer_add_c(out, "&amp;");
    else if (byte == '<')
        buffer_add_c(out, "&lt;");
    else if (byte == '>')
        buffer_add_c(out, "&gt;");
    else
        buffer_add_byte(out, byte);
}

// The time of the word that begins at `byte`, when it lies behind *last and before the cue's end.
static void add_word_time(struct buffer *out, const struct caption_cue *cue, size_t byte,
                          size_t *word, int64_t *last)
{
    while (*word < cue->word_count && cue->words[*word].first < byte)
        ++*word;
    if (*word == cue->word_count || cue->words[*word].first != byte)
        return;
    int64_t ms = cue->words[*word].start_frame / FRAMES_PER_MS;
    if (ms <= *last || ms >= cue->end_frame / FRAMES_PER_MS)
        return;
    buffer_add_byte(out, '<');
    add_time(out, cue->words[*word].start_frame, '.');
    buffer_add_byte(out, '>');
    *last = ms;
}

static void add_vtt_text(struct buffer *out, const struct caption_cue *cue)
{
    int64_t last = cue->start_frame / FRAMES_PER_MS;
    size_t word = 0;
    buffer_add_c(out, is_told(cue) ? "[" : "");
    for (struct text rest = cue->text; rest.size > 0;) {
        const struct text line = caption_line(&rest);
        for (size_t i = 0; i < line.size; i++) {
            add_word_time(out, cue, (size_t)(line.data - cue->text.data) + i, &word, &last);
            add_escaped(out, line.data[i]);
        }
        buffer_add_c(out, rest.size > 0 ? "\n" : "");
    }
    buffer_add_c(out, is_told(cue) ? "]\n" : "\n");
}

static void add_note(struct buffer *out, struct text note)
{
    if (note.size == 0)
        return;
    static const struct replacement arrow = {"-->", "\xE2\x86\x92"};
    buffer_add_c(out, "\nNOTE\n");
    add_replacing(out, note, &arrow, 1);
    buffer_add_byte(out, '\n');
}

void captions_print_vtt(const struct captions *captions, const struct captions_head *head,
                        struct buffer *out)
{
    buffer_add_c(out, "WEBVTT\n");
    add_note(out, head->title);
    add_note(out, head->notice);
    for (size_t i = 0; i < captions->count; i++) {
        buffer_add_byte(out, '\n');
        add_times(out, &captions->cues[i], '.');
        add_vtt_text(out, &captions->cues[i]);
    }
}

// ---- SubRip -------------------------------------------------------------------------------------

static void add_srt_text(struct buffer *out, const struct caption_cue *cue)
{
    // Players take <...> and {...} for marks.
    static const struct replacement list[] = {{"-->", "\xE2\x86\x92"},
                                              {"<", "\xE2\x80\xB9"},
                                              {">", "\xE2\x80\xBA"},
                                              {"{", "("},
                                              {"}", ")"}};
    buffer_add_c(out, is_told(cue) ? "[" : "");
    for (struct text rest = cue->text; rest.size > 0;) {
        add_replacing(out, caption_line(&rest), list, sizeof list / sizeof *list);
        buffer_add_c(out, rest.size > 0 ? "\n" : "");
    }
    buffer_add_c(out, is_told(cue) ? "]\n" : "\n");
}

void captions_print_srt(const struct captions *captions, struct buffer *out)
{
    for (size_t i = 0; i < captions->count; i++) {
        if (i > 0)
            buffer_add_byte(out, '\n');
        buffer_printf(out, "%zu\n", i + 1);
        add_times(out, &captions->cues[i], ',');
        add_srt_text(out, &captions->cues[i]);
    }
}

// ---- LRC ----------------------------------------------------------------------------------------

// "[01:02.34]"
static void add_stamp(struct buffer *out, int64_t frame)
{
    int64_t hundredths = frame / (10 * FRAMES_PER_MS);
    buffer_printf(out, "[%02d:%02d.%02d]", (int)(hundredths / 6000), (int)(hundredths / 100 % 60),
                  (int)(hundredths % 100));
}

static void add_round(struct buffer *out, struct text view)
{
    for (size_t i = 0; i < view.size; i++)
        buffer_add_byte(out, view.data[i] == '[' ? '(' : view.data[i] == ']' ? ')' : view.data[i]);
}

static void add_tag(struct buffer *out, const char *name, struct text value)
{
    if (value.size == 0)
        return;
    buffer_printf(out, "[%s:", name);
    add_round(out, value);
    buffer_add_c(out, "]\n");
}

void captions_print_lrc(const struct captions *captions, const struct captions_head *head,
                        const struct timeline *timeline, struct buffer *out)
{
    struct buffer length = BUFFER_INIT;
    duration_print_clock(&length, timeline->total_frames);
    add_tag(out, "ti", head->title);
    add_tag(out, "la", head->language);
    add_tag(out, "length", buffer_text(&length));
    out->failed |= length.failed;
    buffer_free(&length);
    for (size_t i = 0; i < captions->count; i++) {
        const struct caption_cue *cue = &captions->cues[i];
        add_stamp(out, cue->start_frame);
        buffer_add_c(out, is_told(cue) ? "(" : "");
        add_round(out, cue->text);
        buffer_add_c(out, is_told(cue) ? ")\n" : "\n");
        if (i + 1 < captions->count &&
            cue[1].start_frame - cue->end_frame < frames_from_ms(CAPTION_LEAST_MS))
            continue;
        add_stamp(out, cue->end_frame);
        buffer_add_byte(out, '\n');
    }
}

// ---- Transcript ---------------------------------------------------------------------------------

enum { PAGE_WIDTH = 80, TEXT_INDENT = 9 };

struct page {
    struct buffer *out;
    size_t column, indent;
};

static void add_wrapped(struct page *page, struct text view)
{
    wrap_words(page->out, &page->column, page->indent, PAGE_WIDTH, view);
}

static void add_paragraph(struct buffer *out, struct text view)
{
    struct page page = {out, 0, 0};
    add_wrapped(&page, view);
    buffer_add_byte(out, '\n');
}

// "Wall and Ball, 10:00"
static void add_title(struct buffer *out, struct text title, int64_t total_frames)
{
    struct buffer line = BUFFER_INIT;
    buffer_add(&line, title);
    buffer_add_c(&line, title.size > 0 ? ", " : "");
    duration_print_clock(&line, total_frames);
    add_paragraph(out, buffer_text(&line));
    out->failed |= line.failed;
    buffer_free(&line);
}

// The lines of the notice, as paragraphs.
static void add_notice(struct buffer *out, struct text notice)
{
    if (notice.size > 0)
        buffer_add_byte(out, '\n');
    while (notice.size > 0) {
        struct text line = text_head(notice, text_find(notice, '\n'));
        add_paragraph(out, line);
        notice = text_skip(notice, line.size + 1);
    }
}

static void begin_row(struct page *page, int64_t frame)
{
    struct buffer clock = BUFFER_INIT;
    duration_print_clock(&clock, frame);
    buffer_printf(page->out, "%7s  ", clock.failed ? "" : clock.data);
    page->out->failed |= clock.failed;
    page->indent = page->column = TEXT_INDENT;
    buffer_free(&clock);
}

static void add_cue_text(struct page *page, const struct caption_cue *cue)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_c(&text, is_told(cue) ? "[" : "");
    buffer_add(&text, cue->text);
    buffer_add_c(&text, is_told(cue) ? "]" : "");
    add_wrapped(page, buffer_text(&text));
    page->out->failed |= text.failed;
    buffer_free(&text);
}

// A cue that belongs to the row of the one before: the rest of what is said at once, or of a
// breath.
static bool goes_on(const struct caption_cue *before, const struct caption_cue *cue)
{
    bool breathes = cue->type == CUE_BREATH && before->type == CUE_BREATH;
    return cue->section == before->section && (cue->continues || (breathes && !cue->inhales));
}

void captions_print_transcript(const struct captions *captions, const struct captions_head *head,
                               const struct timeline *timeline, struct buffer *out)
{
    struct page page = {out, 0, 0};
    add_title(out, head->title, timeline->total_frames);
    add_notice(out, head->notice);
    const struct caption_cue *before = NULL;
    for (size_t i = 0; i < captions->count; i++) {
        const struct caption_cue *cue = &captions->cues[i];
        if (cue->type == CUE_SWELL)
            continue; // nothing to do, and nothing to read
        if (before && goes_on(before, cue)) {
            add_cue_text(&page, cue);
        } else {
            buffer_add_c(out, before ? "\n" : "");
            if (!before || cue->section != before->section) {
                buffer_add_byte(out, '\n');
                add_paragraph(out, timeline->session->sections[cue->section].name);
            }
            begin_row(&page, cue->start_frame);
            add_cue_text(&page, cue);
        }
        before = cue;
    }
    buffer_add_c(out, before ? "\n" : "");
}
