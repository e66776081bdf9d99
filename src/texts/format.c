// SPDX-License-Identifier: GPL-3.0-or-later
// Signatures of formats; all but a few are refused with a way out.
#include "format.h"

#include "number.h"
#include "scan.h"

static const struct {
    const char *start;
    const char *name;
    const char *hint;
} signatures[] = {
    {"%PDF-", "a PDF document", "make text of it: pdftotext -layout FILE text.txt"},
    {"{\\rtf", "an RTF document", "make text of it: pandoc -f rtf -t plain FILE -o text.txt"},
    {"PK\x03\x04", "a packed document (Word, OpenDocument, EPUB)",
     "make text of it: pandoc -t plain FILE -o text.txt"},
    {"\xD0\xCF\x11\xE0", "a document of an old word processor",
     "save it as text (UTF-8) in a word processor"},
    {"[Script Info]", "SubStation captions", "make captions of it: ffmpeg -i FILE captions.vtt"},
    {"{\\*", "an RTF document", "make text of it: pandoc -f rtf -t plain FILE -o text.txt"},
    {"\\documentclass", "a LaTeX document", "make text of it: pandoc -f latex -t plain FILE"},
};

static const char *const html_starts[] = {"<!doctype html", "<html", "<head",
                                          "<body",          "<div",  "<article"};

// Behind an XML declaration and comments.
static struct text skip_prologue(struct text data)
{
    while (true) {
        data = scan_blanks(data);
        struct text end;
        if (text_starts_with(data, TEXT("<?")))
            end = TEXT("?>");
        else if (text_starts_with(data, TEXT("<!--")))
            end = TEXT("-->");
        else
            return data;
        data = text_skip(data, text_find_text(data, end) + end.size);
    }
}

// "00:00:01,000 --> 00:00:04,000", with a point or a comma, hours or none.
bool format_is_cue_time(struct text line)
{
    size_t arrow = text_find_text(line, TEXT("-->"));
    struct text from = text_trim(text_head(line, arrow));
    if (arrow == line.size || from.size < 5)
        return false;
    for (size_t i = 0; i < from.size; i++)
        if (!number_is_digit(from.data[i]) && from.data[i] != ':' && from.data[i] != ',' &&
            from.data[i] != '.')
            return false;
    return text_find(from, ':') < from.size;
}

// SubRip begins with a number and a time.
static bool begins_with_cue(struct text data)
{
    enum { LINES = 4 };
    for (int i = 0; i < LINES && data.size > 0; i++) {
        size_t end = text_find(data, '\n');
        if (format_is_cue_time(scan_line(data)))
            return true;
        struct text line = text_trim(scan_line(data));
        for (size_t c = 0; c < line.size; c++)
            if (!number_is_digit(line.data[c]))
                return false;
        data = text_skip(data, end + 1);
    }
    return false;
}

struct format_found format_find(struct text data)
{
    data = text_starts_with(data, TEXT("\xEF\xBB\xBF")) ? text_skip(data, 3) : data;
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (text_starts_with(data, text_from(signatures[i].start)))
            return (struct format_found){FORMAT_REFUSED, signatures[i].name, signatures[i].hint};
    struct text root = skip_prologue(data);
    if (scan_starts(root, "<speak"))
        return (struct format_found){FORMAT_SSML, "SSML", NULL};
    for (size_t i = 0; i < sizeof html_starts / sizeof *html_starts; i++)
        if (scan_starts(root, html_starts[i]))
            return (struct format_found){FORMAT_REFUSED, "an HTML page",
                                         "make text of it: pandoc -f html -t plain FILE -o "
                                         "text.txt, or copy the text out of a browser"};
    if (text_starts_with(data, TEXT("WEBVTT")))
        return (struct format_found){FORMAT_CUES, "WebVTT captions", NULL};
    if (begins_with_cue(scan_blanks(data)))
        return (struct format_found){FORMAT_CUES, "SubRip captions", NULL};
    return (struct format_found){FORMAT_LINES, NULL, NULL};
}
