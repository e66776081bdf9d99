// SPDX-License-Identifier: GPL-3.0-or-later
// Each value that is spoken becomes a session of one line, which the checks of sessions judge.
#include "own_words.h"

#include "dangers.h"
#include "file_read.h"
#include "prose_check.h"
#include "session_limits.h"
#include "style_check.h"
#include "words_parser.h"

// By what an author's words are judged: the files of the language, whose own faults are told
// elsewhere.
struct judges {
    struct words words;
    struct style_rules phrases;
    struct dangers dangers;
};

static enum status read_file(struct text *data, struct arena *arena,
                             const struct session_source *source, struct text language,
                             const char *name)
{
    struct error ignored;
    struct buffer path = BUFFER_INIT;
    buffer_printf(&path, "%s/%.*s/%s", source->scripts_dir, TEXT_ARG(language), name);
    enum status status = path.failed
                             ? STATUS_NO_MEMORY
                             : file_read(data, arena, path.data, SESSION_FILE_MAX, &ignored);
    buffer_free(&path);
    return status;
}

static enum status read_judges(struct judges *judges, struct arena *arena,
                               const struct session_source *source, struct text language)
{
    struct diagnostics ignored;
    struct text words, phrases, dangers;
    diagnostics_init(&ignored, "");
    enum status status = read_file(&words, arena, source, language, "words");
    THEN(status, read_file(&phrases, arena, source, language, "phrases"));
    THEN(status, read_file(&dangers, arena, source, language, "dangers"));
    if (status == STATUS_OK)
        words_parse(&judges->words, words, &ignored);
    THEN(status, style_rules_parse(&judges->phrases, arena, phrases, &ignored));
    THEN(status, dangers_parse(&judges->dangers, arena, dangers, &ignored));
    THEN(status, dangers_add_numbers(&judges->dangers, arena, &judges->words));
    THEN(status, dangers_add_claims(&judges->dangers, arena, &judges->phrases));
    diagnostics_free(&ignored);
    return status;
}

static struct place place_of(struct text value, struct text data)
{
    struct place place = {1, 1};
    for (const char *at = data.data; at < value.data; at++)
        place = *at == '\n' ? (struct place){place.line + 1, 1}
                            : (struct place){place.line, place.column + ((*at & 0xC0) != 0x80)};
    return place;
}

static void report(struct diagnostics *list, struct place place, const char *what, const char *hint)
{
    diagnostics_add(list, SEVERITY_ERROR, "words-own", place.line, place.column, "%s", what);
    diagnostics_hint(list, "%s", hint);
}

// One value, as a session that says nothing else.
static enum status judge(struct text value, struct text data, const struct judges *judges,
                         struct diagnostics *list)
{
    const struct place place = place_of(value, data);
    struct prose_needs needs;
    struct part part = {PART_LITERAL, value, value};
    struct node line = {.type = NODE_LINE, .place = place, .file = text_from(list->file)};
    line.as.line.parts = &part;
    line.as.line.part_count = 1;
    struct section section = {.place = place, .first = &line};
    const struct session session = {
        .file = line.file, .sections = &section, .section_count = 1, .words = judges->words};
    if (!prose_check(&session, data, &judges->dangers, list, &needs))
        return STATUS_NO_MEMORY;
    style_check(&session, data, &judges->phrases, false, list);
    if (needs.touch || needs.movement)
        report(list, place, "this asks for touch or movement, which a notice goes before",
               "say it in a session");
    if (value.size > SESSION_UTTERANCE_MAX)
        report(list, place, "this is too long to be spoken at once", "say less");
    return STATUS_OK;
}

static enum status judge_all(const struct words *own, struct text data, const struct judges *judges,
                             struct diagnostics *list)
{
    enum status status = STATUS_OK;
    struct text value;
    size_t at = 0;
    while (status == STATUS_OK && words_spoken(own, &at, &value))
        status = judge(value, data, judges, list);
    return status;
}

static enum status read_own(struct text *data, struct arena *arena,
                            const struct session_source *source, struct text language,
                            struct diagnostics *list)
{
    struct error error;
    struct buffer path = BUFFER_INIT;
    buffer_printf(&path, "%s/%.*s/words", source->own_dir, TEXT_ARG(language));
    list->file = arena_copy(arena, buffer_text(&path)).data;
    bool failed = path.failed || !list->file;
    buffer_free(&path);
    if (failed)
        return STATUS_NO_MEMORY;
    enum status status = file_read(data, arena, list->file, SESSION_FILE_MAX, &error);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND || status == STATUS_NO_MEMORY)
        return status;
    report(list, (struct place){1, 1}, error.text, "write \"key: value\" lines into a file");
    *data = TEXT("");
    return STATUS_OK;
}

enum status own_words_load(struct words *own, struct arena *arena,
                           const struct session_source *source, struct text language,
                           struct diagnostics *list)
{
    struct text data;
    struct judges judges;
    if (!source->own_dir || !session_source_is_installed(source, language))
        return STATUS_NOT_FOUND;
    enum status status = read_own(&data, arena, source, language, list);
    if (status != STATUS_OK)
        return status;
    words_parse_own(own, data, list);
    if (list->errors == 0) {
        status = read_judges(&judges, arena, source, language);
        THEN(status, judge_all(own, data, &judges, list));
        if (status == STATUS_IO || status == STATUS_BAD_INPUT || status == STATUS_NOT_FOUND)
            status = STATUS_OK; // of a file of the language: no session of it is played
    }
    return list->failed ? STATUS_NO_MEMORY : status;
}
