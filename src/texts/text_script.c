// SPDX-License-Identifier: GPL-3.0-or-later
// The text is read into pieces, arranged into sentences, and written as a script line by line.
#include "text_script.h"

#include "file_title.h"
#include "format.h"
#include "letter.h"
#include "line_marks.h"
#include "read_lines.h"
#include "scan.h"
#include "sentences.h"

#include <string.h>

enum {
    TITLE_MOST = 60,          // characters: a longer line is a sentence
    LONGEST_SECONDS = 90 * 60 // of a session
};

struct writer {
    struct arena *arena;
    struct buffer script;
    struct text_origin *origins;
    size_t count, capacity;
    const int *ends; // the column behind each line of the text
    size_t end_count;
    int64_t rest_seconds; // behind a line; twice as long behind a paragraph
    bool untitled;
    bool failed;
};

static void note_origin(struct writer *writer, int line, int column)
{
    if (writer->count == writer->capacity) {
        size_t capacity = writer->capacity ? 2 * writer->capacity : 64;
        struct text_origin *origins = arena_array(writer->arena, capacity, sizeof *origins);
        if (!origins) {
            writer->failed = true;
            return;
        }
        for (size_t i = 0; i < writer->count; i++)
            origins[i] = writer->origins[i];
        writer->origins = origins;
        writer->capacity = capacity;
    }
    const int most = (size_t)line <= writer->end_count ? writer->ends[line - 1] : 1;
    writer->origins[writer->count++] = (struct text_origin){line, column, most};
}

static void measure_lines(struct writer *writer, struct text data)
{
    size_t count = 1;
    for (size_t i = 0; i < data.size; i++)
        count += data.data[i] == '\n';
    int *ends = arena_array(writer->arena, count, sizeof *ends);
    for (size_t i = 0; ends && i < count; i++) {
        ends[i] = 1 + (int)text_length(scan_line(data));
        data = text_skip(data, text_find(data, '\n') + 1);
    }
    writer->failed |= !ends;
    writer->ends = ends;
    writer->end_count = ends ? count : 0;
}

static void write_line(struct writer *writer, const struct piece *from, const char *before,
                       struct text text)
{
    buffer_add_c(&writer->script, before);
    buffer_add(&writer->script, text);
    buffer_add_byte(&writer->script, '\n');
    note_origin(writer, from->line, from->column - (int)text_length(text_from(before)));
}

// ---- The title ----------------------------------------------------------------------------------

static bool begins_small(struct text view)
{
    size_t at = 0;
    uint32_t first = letter_take(view, &at);
    return letter_is(first) && letter_small(first) == first;
}

static bool ends_with_sign(struct text view)
{
    return strchr(".!?,;:", view.data[view.size - 1]) != NULL;
}

// The first line is a title if it looks like one: short, without a sign at its end, and by itself,
// or above a line that is a whole sentence.
static void find_title(struct pieces *pieces)
{
    size_t first = 0;
    while (first < pieces->count && pieces->items[first].type == PIECE_OWN)
        first++;
    if (first + 1 >= pieces->count || pieces->items[first].type != PIECE_TEXT)
        return;
    struct piece *piece = &pieces->items[first];
    const struct piece *next = &pieces->items[first + 1];
    bool alone =
        next->type == PIECE_BREAK || next->type == PIECE_HEADING ||
        (next->type == PIECE_TEXT && !begins_small(next->text) && ends_with_sign(next->text));
    if (!ends_with_sign(piece->text) && alone && text_length(piece->text) <= TITLE_MOST)
        piece->type = PIECE_TITLE;
}

static struct text title_of_name(struct writer *writer, struct text name)
{
    struct buffer title = BUFFER_INIT;
    file_title_read(&title, name);
    struct text copy =
        arena_copy(writer->arena, title.size ? buffer_text(&title) : TEXT("Session"));
    writer->failed |= title.failed || !copy.data;
    buffer_free(&title);
    return copy;
}

// ---- Quiet --------------------------------------------------------------------------------------

static bool is_directive(const struct piece *piece, const char *name)
{
    return piece->type == PIECE_OWN && text_starts_with(piece->text, text_from(name));
}

// Whether quiet of its own may follow a line: not where the text has its own, nor before the lines
// of a rest.
static bool takes_rest(const struct pieces *pieces, size_t i)
{
    const struct piece *next = i + 1 < pieces->count ? &pieces->items[i + 1] : NULL;
    if (!next || pieces->items[i].type != PIECE_TEXT || is_directive(next, "@pause") ||
        is_directive(next, "@rest") || is_directive(next, "~"))
        return false;
    return next->type == PIECE_TEXT || next->type == PIECE_OWN;
}

// What the rests must give, so that the longest session is filled evenly.
static int64_t rest_seconds(const struct pieces *pieces)
{
    int64_t shares = 2; // of the rest at the end
    for (size_t i = 0; i < pieces->count; i++)
        shares += takes_rest(pieces, i) ? 1 : 0;
    for (size_t i = 1; i < pieces->count; i++)
        shares +=
            pieces->items[i].type == PIECE_BREAK && pieces->items[i - 1].type == PIECE_TEXT ? 2 : 0;
    return (LONGEST_SECONDS + shares - 1) / shares + 1;
}

static void write_rest(struct writer *writer, const struct piece *from, bool paragraph)
{
    int64_t most = writer->rest_seconds * (paragraph ? 2 : 1);
    most = most < LONGEST_SECONDS ? most : LONGEST_SECONDS;
    buffer_printf(&writer->script, "@rest 0s..%ds\n", (int)most);
    note_origin(writer, from->line, 1);
}

static void write_pause(struct writer *writer, const struct piece *piece)
{
    const long long ms = piece->ms;
    buffer_printf(&writer->script, "@pause %lld.%03llds..%lld.%03llds\n", ms / 1000, ms % 1000,
                  ms / 1000, ms % 1000);
    note_origin(writer, piece->line, 1);
}

// ---- Lines --------------------------------------------------------------------------------------

// Two blanks would begin a section's shape.
static void write_section(struct writer *writer, const struct piece *from, struct text name)
{
    buffer_add_c(&writer->script, "== ");
    bool blank = true;
    for (size_t i = 0; i < name.size; i++) {
        bool now = name.data[i] == ' ' || name.data[i] == '\t';
        if (!now || !blank)
            buffer_add_byte(&writer->script, now ? ' ' : name.data[i]);
        blank = now;
    }
    buffer_add_byte(&writer->script, '\n');
    note_origin(writer, from->line, from->column - (int)text_length(TEXT("== ")));
}

struct body {
    int depth;           // of blocks that are open
    bool begun;          // a section
    bool rested;         // nothing since the newest rest
    struct text section; // that waits for its first line
    const struct piece *heading;
};

static void begin_section(struct writer *writer, struct body *body, const struct piece *piece)
{
    if (body->section.size > 0) {
        write_section(writer, body->heading, body->section);
        body->section.size = 0;
    } else if (!body->begun) {
        write_section(writer, piece, TEXT("Session"));
    }
    body->begun = true;
    body->rested = true;
}

static void close_paragraph(struct writer *writer, struct body *body, const struct piece *piece)
{
    if (body->begun && !body->rested && body->depth == 0)
        write_rest(writer, piece, true);
    body->rested = true;
}

static void write_piece(struct writer *writer, struct body *body, const struct pieces *pieces,
                        size_t i)
{
    const struct piece *piece = &pieces->items[i];
    switch (piece->type) {
    case PIECE_TITLE:
        return;
    case PIECE_BREAK:
        if (i + 1 == pieces->count || pieces->items[i + 1].type != PIECE_PAUSE)
            close_paragraph(writer, body, piece);
        return;
    case PIECE_HEADING:
        close_paragraph(writer, body, piece);
        body->section = piece->text;
        body->heading = piece;
        return;
    case PIECE_PAUSE:
    case PIECE_OWN:
    case PIECE_TEXT:
        break;
    }
    if (!body->begun || body->section.size > 0)
        begin_section(writer, body, piece);
    body->rested = is_directive(piece, "@rest") || (body->rested && is_directive(piece, "~"));
    if (piece->type == PIECE_PAUSE) {
        write_pause(writer, piece);
        body->rested = true; // the text's own quiet is enough
        return;
    }
    bool block = is_directive(piece, "@sides") || is_directive(piece, "@repeat") ||
                 is_directive(piece, "@contact") || is_directive(piece, "@move");
    body->depth += block ? 1 : is_directive(piece, "@end") && body->depth > 0 ? -1 : 0;
    write_line(writer, piece,
               piece->type == PIECE_TEXT && line_marks_begin(piece->text) ? "\\" : "", piece->text);
    if (takes_rest(pieces, i))
        write_rest(writer, piece, false);
}

static void write_script(struct writer *writer, const struct pieces *pieces,
                         const struct text_source *source)
{
    const struct piece *title = NULL;
    for (size_t i = 0; i < pieces->count && !title; i++)
        title = pieces->items[i].type == PIECE_TITLE ? &pieces->items[i] : NULL;
    const struct piece start = {.line = title ? title->line : 1,
                                .column = title ? title->column : 1};
    write_line(writer, &start,
               "title: ", title ? title->text : title_of_name(writer, source->name));
    writer->untitled = !title;
    write_line(writer, &start, "language: ", source->language);
    write_line(writer, &start, "length: ", TEXT("2m..90m, natural 10m"));
    write_line(writer, &start, "notice: ", TEXT("none"));
    struct body body = {.depth = 0};
    struct piece end = start;
    for (size_t i = 0; i < pieces->count; i++) {
        write_piece(writer, &body, pieces, i);
        end = pieces->items[i];
    }
    if (!body.begun)
        begin_section(writer, &body, &end);
    body.depth = 0;
    body.rested = body.rested && end.type == PIECE_BREAK; // quiet at the end, also behind a pause
    close_paragraph(writer, &body, &end);
}

// ---- The whole ----------------------------------------------------------------------------------

static bool is_utf8(struct text data)
{
    size_t at = 0;
    uint32_t c;
    while (text_next(data, &at, &c))
        if (c == 0)
            return false;
    return at == data.size;
}

static void tell_format(const struct format_found *found, bool markdown, struct diagnostics *list)
{
    const char *name = found->name ? found->name : markdown ? "Markdown" : NULL;
    if (!name)
        return;
    diagnostics_add(list, SEVERITY_WARNING, "foreign-format", 1, 1,
                    "this is read as %s: its words are spoken, its marks are not", name);
    diagnostics_hint(list,
                     "a header and sections (== Name) make a script of it, which can say more");
}

static void refuse(const struct format_found *found, struct diagnostics *list)
{
    diagnostics_add(list, SEVERITY_ERROR, "foreign-format", 1, 1, "this is %s, not a text",
                    found->name);
    diagnostics_hint(list, "%s", found->hint);
}

enum status text_script_read(struct text_script *made, struct arena *arena, struct text data,
                             const struct text_source *source, struct diagnostics *list)
{
    *made = (struct text_script){.origins = NULL};
    const struct format_found found = format_find(data);
    if (found.format == FORMAT_REFUSED) {
        refuse(&found, list);
        return STATUS_OK;
    }
    if (!is_utf8(data))
        return STATUS_OK;
    struct pieces pieces = {.arena = arena};
    struct pieces arranged = {.arena = arena};
    bool markdown = false;
    if (text_starts_with(data, TEXT("\xEF\xBB\xBF")))
        data = text_skip(data, 3);
    if (found.format == FORMAT_CUES)
        read_cues(&pieces, data, list);
    else if (found.format == FORMAT_SSML)
        read_ssml(&pieces, data, list);
    else
        read_lines(&pieces, data, &markdown, list);
    find_title(&pieces);
    sentences_arrange(&arranged, &pieces);
    tell_format(&found, markdown, list);
    struct writer writer = {.arena = arena, .script = BUFFER_INIT};
    measure_lines(&writer, data);
    writer.rest_seconds = rest_seconds(&arranged);
    write_script(&writer, &arranged, source);
    made->script = arena_copy(arena, buffer_text(&writer.script));
    made->origins = writer.origins;
    made->line_count = writer.count;
    made->untitled = writer.untitled;
    bool failed = pieces.failed || arranged.failed || writer.failed || writer.script.failed ||
                  !made->script.data;
    buffer_free(&writer.script);
    return failed ? STATUS_NO_MEMORY : STATUS_OK;
}
