// SPDX-License-Identifier: GPL-3.0-or-later
// A session's words, style rules and notices are loaded with it, and all is checked in order.
#include "session_load.h"

#include "actions.h"
#include "dangers.h"
#include "file_kind.h"
#include "file_read.h"
#include "held_times.h"
#include "notice_add.h"
#include "notices.h"
#include "own_words.h"
#include "parser.h"
#include "plain.h"
#include "prose_check.h"
#include "rules.h"
#include "session_limits.h"
#include "style_check.h"
#include "text_script.h"
#include "words_parser.h"

// Shared by the steps of one session_parse.
struct load {
    struct session session;
    const struct session_source *source;
    struct diagnostics *list;
    struct parse_facts facts;
    struct dangers dangers; // of the language
    bool no_language;       // its folder or a file in it cannot be read: told once
    bool refused;           // a format that is not read: told
    bool failed;            // out of memory
};

static void set_name(struct load *load)
{
    struct session *session = &load->session;
    session->file = arena_copy(&session->arena, text_from(load->list->file));
    load->failed |= !session->file.data;
    struct text id = session->file;
    for (size_t i = id.size; i-- > 0;) {
        if (id.data[i] == '/') {
            id = text_skip(id, i + 1);
            break;
        }
    }
    struct text ending = TEXT(".session");
    if (id.size > ending.size && text_equal(text_skip(id, id.size - ending.size), ending))
        id.size -= ending.size;
    session->id = id;
}

// A fault in a language file, told at the place in the script that asks for the language.
static void pass_on(struct load *load, const struct diagnostics *faults)
{
    struct place place = load->facts.header.places[HEADER_LANGUAGE];
    for (size_t i = 0; i < faults->count; i++) {
        const struct diagnostic *d = &faults->items[i];
        if (d->severity != SEVERITY_ERROR)
            continue;
        diagnostics_add(load->list, SEVERITY_ERROR, "language-data", place.line ? place.line : 1,
                        place.line ? place.column : 1, "%s:%d:%d: %.*s", faults->file, d->line,
                        d->column, TEXT_ARG(d->message));
        diagnostics_hint(load->list, "%.*s", TEXT_ARG(d->hint));
    }
    load->failed |= faults->failed;
}

// A file of the session's language, and what is wrong with it.
struct language_file {
    struct text data;
    struct diagnostics faults;
};

// Read it; false after a report (or when out of memory), else close_file is due.
static bool open_file(struct load *load, struct language_file *file, const char *name)
{
    struct error error;
    struct buffer path = BUFFER_INIT;
    session_source_add_folder(&path, load->source, load->session.language);
    buffer_printf(&path, "/%s", name);
    struct text kept = arena_copy(&load->session.arena, buffer_text(&path));
    load->failed |= path.failed || !kept.data;
    buffer_free(&path);
    if (load->failed)
        return false;
    diagnostics_init(&file->faults, kept.data);
    enum status status =
        file_read(&file->data, &load->session.arena, kept.data, SESSION_FILE_MAX, &error);
    if (status == STATUS_OK)
        return true;
    load->failed |= status == STATUS_NO_MEMORY;
    load->no_language = true;
    struct place place = load->facts.header.places[HEADER_LANGUAGE];
    diagnostics_add(load->list, SEVERITY_ERROR, "language-data", place.line ? place.line : 1,
                    place.line ? place.column : 1, "no data for the language \"%.*s\": %s",
                    TEXT_ARG(load->session.language), error.text);
    diagnostics_hint(load->list,
                     "a language needs its folder with the files words, phrases, notices and "
                     "actions");
    return false;
}

// Pass its faults on; true when it has none.
static bool close_file(struct load *load, struct language_file *file, enum status parsed)
{
    load->failed |= parsed != STATUS_OK;
    pass_on(load, &file->faults);
    bool good = file->faults.errors == 0 && !load->failed;
    diagnostics_free(&file->faults);
    return good;
}

static bool load_words(struct load *load)
{
    struct language_file file;
    if (!open_file(load, &file, "words"))
        return false;
    words_parse(&load->session.words, file.data, &file.faults);
    load->session.words.language = load->session.language;
    return close_file(load, &file, STATUS_OK);
}

static bool load_phrases(struct load *load, struct style_rules *phrases)
{
    struct language_file file;
    if (!open_file(load, &file, "phrases"))
        return false;
    return close_file(load, &file,
                      style_rules_parse(phrases, &load->session.arena, file.data, &file.faults));
}

// What is said is judged, and the notice that it needs is added; the words are in place.
static bool load_dangers(struct load *load, struct text data, const struct style_rules *phrases)
{
    struct session *session = &load->session;
    struct language_file file;
    struct dangers *dangers = &load->dangers;
    struct prose_needs needs;
    if (!open_file(load, &file, "dangers"))
        return false;
    enum status status = dangers_parse(dangers, &session->arena, file.data, &file.faults);
    THEN(status, dangers_add_numbers(dangers, &session->arena, &session->words));
    THEN(status, dangers_add_claims(dangers, &session->arena, phrases));
    if (!close_file(load, &file, status))
        return false;
    load->failed |= !prose_check(session, data, dangers, load->list, &needs);
    load->failed |= notice_add(session, &needs, load->list) != STATUS_OK;
    return !load->failed;
}

// What the lines ask of the body, once words and notices are in place.
static bool load_actions(struct load *load)
{
    struct language_file file;
    struct actions actions;
    if (!open_file(load, &file, "actions") ||
        !close_file(load, &file,
                    actions_parse(&actions, &load->session.arena, file.data, &file.faults)))
        return false;
    load->failed |= !actions_mark(&actions, &load->session);
    if (load->session.plain)
        load->failed |= !held_times_mark(&load->dangers, &load->session);
    return !load->failed;
}

// What an author says instead, once all is judged: own_words_load's faults are told by whoever
// looks for them.
static bool load_own_words(struct load *load)
{
    struct words own;
    struct diagnostics faults;
    diagnostics_init(&faults, NULL);
    enum status status =
        own_words_load(&own, &load->session.arena, load->source, load->session.language, &faults);
    if (status == STATUS_OK && faults.errors == 0)
        words_put(&load->session.words, &own);
    load->failed |= status == STATUS_NO_MEMORY;
    diagnostics_free(&faults);
    return !load->failed;
}

static void check_wording(struct load *load, struct text data, const struct style_rules *phrases)
{
    const struct session *session = &load->session;
    const struct place *places = load->facts.header.places;
    if (!session->plain) // where prose_check has judged it
        style_check_header(session->title, places[HEADER_TITLE], session, phrases, load->list);
    style_check_header(session->summary, places[HEADER_SUMMARY], session, phrases, load->list);
    style_check_header(session->when, places[HEADER_WHEN], session, phrases, load->list);
    style_check(session, data, phrases, false, load->list);
}

static bool load_notices(struct load *load, const struct style_rules *phrases)
{
    struct language_file file;
    struct session notices;
    if (!open_file(load, &file, "notices"))
        return false;
    enum status status = notices_parse(&notices, &load->session.arena, file.data, &file.faults);
    if (status == STATUS_OK)
        style_check(&notices, file.data, phrases, true, &file.faults);
    if (!close_file(load, &file, status))
        return false;
    load->failed |= notices_copy(&load->session, &notices) != STATUS_OK;
    return !load->failed;
}

// The files of the session's language, and what its phrases say of the session parsed from `data`.
// True when the notices are in place.
static bool load_language(struct load *load, struct text data)
{
    struct style_rules phrases = {{NULL}};
    bool good = load_words(load);
    if (!load->no_language)
        good = load_phrases(load, &phrases) && good;
    if (!load->no_language)
        good = load_dangers(load, data, &phrases) && good;
    if (load->no_language || load->failed)
        return false;
    check_wording(load, data, &phrases);
    good = load_notices(load, &phrases) && good;
    if (!load->no_language && !load->failed)
        good = load_actions(load) && load_own_words(load) && good;
    return good;
}

static void number_lines(struct session *session, struct node *list)
{
    for (struct node *node = list; node; node = node->next) {
        if (node->type == NODE_LINE)
            node->as.line.index = session->line_count++;
        number_lines(session, node->children);
    }
}

// What is parsed: *data as it is, or the script that is made of it when it is a plain text. False:
// out of memory.
static bool open_text(struct load *load, struct text *data, struct lexer *lexer)
{
    struct session *session = &load->session;
    struct text_script made = {.origins = NULL};
    lexer_init(lexer, *data, load->list);
    if (!plain_recognises(*data))
        return true;
    session->plain = true;
    size_t errors = load->list->errors;
    const char *language = load->source->plain_language;
    const struct text_source source = {session->id, text_from(language ? language : "en")};
    enum status status = text_script_read(&made, &session->arena, *data, &source, load->list);
    session->untitled = made.untitled;
    load->refused = load->list->errors > errors;
    if (status != STATUS_OK || load->refused)
        return status == STATUS_OK;
    struct lexeme lexeme;
    if (!made.script.data) { // no UTF-8: the lexer tells where
        load->refused = true;
        while (lexer_next(lexer, &lexeme))
            ;
        return true;
    }
    lexer_init_text(lexer, &made, load->list);
    *data = made.script;
    return true;
}

static void parse(struct load *load, struct text data)
{
    struct session *session = &load->session;
    struct lexer lexer;
    set_name(load);
    struct text copy = arena_copy(&session->arena, data);
    load->failed |= !copy.data || !open_text(load, &copy, &lexer);
    if (load->failed || load->refused)
        return;
    if (parser_parse(session, &session->arena, &lexer, HEADER_SESSION, &load->facts) != STATUS_OK) {
        load->failed = true;
        return;
    }
    session->length_place = load->facts.header.places[HEADER_LENGTH];
    session->scene_place = load->facts.header.places[HEADER_SCENE];
    if (session->scene.size == 0)
        session->scene = TEXT(SESSION_SCENE_DEFAULT);
    bool known = session->language.size > 0 && load_language(load, copy);
    if (session->plain)
        plain_complete(session, load->list); // its notices are in place
    for (size_t i = 0; i < session->section_count; i++)
        number_lines(session, session->sections[i].first);
    rules_check(session, &load->facts, known, load->list);
}

enum status session_parse(struct session *session, struct text data,
                          const struct session_source *source, struct diagnostics *list,
                          struct error *error)
{
    struct load load = {.source = source, .list = list, .session = {.need = NEED_OTHER}};
    if (file_kind_report(text_head(data, FILE_KIND_HEAD), list)) {
        // It is no text: what else could be said of it means nothing.
    } else if (data.size > SESSION_FILE_MAX) {
        diagnostics_add(list, SEVERITY_ERROR, "file-limit", 1, 1,
                        "the file is larger than " LIMIT_TEXT(LIMIT_FILE_MIB) " MiB");
        diagnostics_hint(
            list, "a session of " LIMIT_TEXT(
                      LIMIT_LENGTH_MOST_MINUTES) " minutes needs about 30 KiB: is this a script?");
    } else {
        parse(&load, data);
    }
    diagnostics_sort(list);
    enum status status = STATUS_OK;
    if (load.failed || list->failed)
        status = error_no_memory(error);
    else if (list->errors > 0)
        status = error_set(error, STATUS_BAD_INPUT, "%s has %zu error%s", list->file, list->errors,
                           list->errors == 1 ? "" : "s");
    if (status == STATUS_OK)
        *session = load.session;
    else
        session_free(&load.session);
    return status;
}

enum status session_load(struct session *session, const char *path,
                         const struct session_source *source, struct diagnostics *list,
                         struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct text data;
    char memory[FILE_KIND_HEAD];
    enum status status = file_read(&data, &arena, path, SESSION_FILE_MAX, error);
    // What it is says more than how large it is.
    if (status == STATUS_BAD_INPUT &&
        file_read_head(&data, memory, sizeof memory, path, NULL) == STATUS_OK &&
        file_kind_find(data))
        status = STATUS_OK;
    THEN(status, session_parse(session, data, source, list, error));
    arena_free(&arena);
    return status;
}
