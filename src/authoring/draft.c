// SPDX-License-Identifier: GPL-3.0-or-later
// The script is put together twice: at first with every length, to learn which ones it fills.
#include "draft.h"

#include "file_read.h"
#include "guess.h"
#include "presence.h"
#include "report.h"
#include "session_limits.h"
#include "session_load.h"

#define MINUTE ((int64_t)60 * FRAME_RATE)

enum status draft_open(struct draft *draft, const struct data_folders *folders,
                       const char *language, struct error *error)
{
    struct buffer path = BUFFER_INIT;
    enum status status = catalogue_check_language(folders, language, error);
    *draft = (struct draft){.arena = ARENA_INIT, .language = language};
    if (status != STATUS_OK)
        return status;
    buffer_printf(&path, "%s/%s/template", folders->scripts, language);
    draft->path = arena_copy(&draft->arena, buffer_text(&path));
    buffer_free(&path);
    status = draft->path.data
                 ? file_read(&draft->data, &draft->arena, draft->path.data, SESSION_FILE_MAX, error)
                 : error_no_memory(error);
    if (status == STATUS_OK)
        draft->choice.title = template_title(draft->data);
    else
        draft_close(draft);
    return status;
}

void draft_close(struct draft *draft)
{
    arena_free(&draft->arena);
}

// The script with this range.
static enum status fill(struct buffer *out, const struct draft *draft, struct range length,
                        struct error *error)
{
    struct diagnostics list;
    struct template_choice choice = draft->choice;
    enum status status = STATUS_OK;
    choice.length = length;
    choice.quiet = presence_wait(choice.natural) * 2 / 3 / FRAME_RATE * FRAME_RATE;
    diagnostics_init(&list, draft->path.data);
    buffer_clear(out);
    template_print(out, draft->data, &choice, &list);
    if (out->failed || list.failed) {
        status = error_no_memory(error);
    } else if (list.errors > 0) {
        report_faults(&list, error);
        status = STATUS_BAD_INPUT;
    }
    diagnostics_free(&list);
    return status;
}

// The title of a session, alone in its first line.
enum status draft_check_title(const struct draft *draft, const struct data_folders *folders,
                              struct error *error)
{
    const struct text title = draft->choice.title;
    struct buffer script = BUFFER_INIT;
    struct session session;
    struct diagnostics list;
    struct error fault;
    const struct session_source source = data_folders_source(folders);
    if (text_trim(title).size == 0 || text_find(title, '\n') < title.size)
        return error_set(error, STATUS_BAD_ARGUMENT, "a title is one line of text");
    buffer_printf(&script,
                  "title: %.*s\nlanguage: %s\nlength: 2m..3m, natural 2m\nnotice: none\n"
                  "== One\n@chime\n",
                  TEXT_ARG(title), draft->language);
    diagnostics_init(&list, "title");
    enum status status =
        script.failed ? error_no_memory(&fault)
                      : session_parse(&session, buffer_text(&script), &source, &list, &fault);
    if (status == STATUS_OK)
        session_free(&session);
    else if (status != STATUS_BAD_INPUT)
        *error = fault;
    else if (list.items[0].line > 1) // of the language, which is told with the script
        status = STATUS_OK;
    else
        status = error_set(error, STATUS_BAD_ARGUMENT, "it cannot be called that: %.*s; %.*s",
                           TEXT_ARG(list.items[0].message), TEXT_ARG(list.items[0].hint));
    diagnostics_free(&list);
    buffer_free(&script);
    return status;
}

static int64_t clamp(int64_t value, int64_t least, int64_t most)
{
    return value < least ? least : value > most ? most : value;
}

// From three fifths of the usual length to half as much again, in whole minutes, as far as the
// script fills that: a little more than it takes at least, for a voice may be slower than the
// guess.
static struct range choose_length(struct range filled, int64_t natural)
{
    const int64_t least = filled.least + filled.least / 20;
    const int64_t wanted = natural * 3 / 5 > least ? natural * 3 / 5 : least;
    const int64_t most = filled.most < natural * 3 / 2 ? filled.most : natural * 3 / 2;
    return (struct range){
        clamp((wanted + MINUTE - 1) / MINUTE * MINUTE, SESSION_LENGTH_LEAST, natural),
        clamp(most / MINUTE * MINUTE, natural, SESSION_LENGTH_MOST)};
}

// The lengths that the script fills.
static enum status find_length(struct range *length, struct text script, const struct draft *draft,
                               const struct data_folders *folders, struct error *error)
{
    struct session session;
    struct diagnostics list;
    const struct session_source source = data_folders_source(folders);
    diagnostics_init(&list, draft->path.data);
    enum status status = session_parse(&session, script, &source, &list, error);
    if (status == STATUS_BAD_INPUT)
        report_faults(&list, error);
    if (status == STATUS_OK) {
        status = guess_range(length, &session, error);
        session_free(&session);
    }
    diagnostics_free(&list);
    return status;
}

enum status draft_print(struct buffer *out, const struct draft *draft,
                        const struct data_folders *folders, struct error *error)
{
    struct range length = {SESSION_LENGTH_LEAST, SESSION_LENGTH_MOST};
    struct range filled;
    enum status status = fill(out, draft, length, error);
    THEN(status, find_length(&filled, buffer_text(out), draft, folders, error));
    if (status != STATUS_OK)
        return status;
    length = choose_length(filled, draft->choice.natural);
    return fill(out, draft, length, error);
}
