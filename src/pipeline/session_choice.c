// SPDX-License-Identifier: GPL-3.0-or-later
// A name is looked up among the scripts, and a length is held against what the script promises.
#include "session_choice.h"

#include "duration.h"
#include "guess.h"
#include "length_advice.h"
#include "planning.h"
#include "report.h"
#include "session_load.h"
#include "session_stream.h"
#include <string.h>

// Parse what another program writes. It has no name of its own.
static enum status load_stream(struct session *session, struct session_origin *origin,
                               const char *operand, const struct session_source *source,
                               struct diagnostics *list, struct error *error)
{
    struct buffer data = BUFFER_INIT;
    enum status status = session_stream_read(&data, operand, error);
    THEN(status, session_origin_note_stream(origin, session_stream_descriptor(operand),
                                            buffer_text(&data), error));
    THEN(status, session_parse(session, buffer_text(&data), source, list, error));
    if (status == STATUS_OK)
        session->id = TEXT("stdin");
    buffer_free(&data);
    return status;
}

enum status session_choice_load(struct session *session, struct session_origin *origin,
                                const char *name, const struct settings *settings,
                                const struct data_folders *folders, struct error *error)
{
    char path[CATALOGUE_PATH_MAX];
    struct diagnostics list;
    const struct session_source source = data_folders_source(folders);
    const bool stream = session_stream_descriptor(name) != SESSION_STREAM_NONE;
    enum status status = STATUS_OK;
    if (!stream)
        status = catalogue_session_path(path, folders, settings->what.language, name, error);
    if (status != STATUS_OK)
        return status;
    diagnostics_init(&list, stream ? session_stream_name(name) : path);
    status = stream ? load_stream(session, origin, name, &source, &list, error)
                    : session_load(session, path, &source, &list, error);
    if (status == STATUS_BAD_INPUT && list.errors)
        report_faults(&list, error);
    session_origin_note(
        origin, stream || strcmp(path, name) == 0 || data_folders_own_part(folders, path), &list);
    diagnostics_free(&list);
    return status;
}

// What fits among the sessions that are listed.
static void add_fitting(struct buffer *text, int64_t length, const struct settings *settings,
                        const struct data_folders *folders)
{
    struct buffer fitting = BUFFER_INIT;
    struct catalogue catalogue;
    if (catalogue_open(&catalogue, folders, settings->what.language, NULL) == STATUS_OK)
        catalogue_fitting(&catalogue, length, &fitting);
    catalogue_close(&catalogue);
    if (fitting.size)
        buffer_printf(text, "; for that length there is: %s", fitting.data);
    text->failed |= fitting.failed;
    buffer_free(&fitting);
}

// What its writer can do. No voice has spoken yet: the lengths of clips are guessed.
static enum status add_advice(struct buffer *text, const struct session *session, int64_t length,
                              const struct settings *settings, struct error *error)
{
    struct guess guess;
    enum status status = guess_build(&guess, session, length, false, error);
    if (status != STATUS_OK)
        return status;
    const struct length_advice advice = {session, &guess.utterances, guess.clip_frames,
                                         planning_config(settings, length)};
    status = length_advice_add(text, &advice, error);
    guess_free(&guess);
    return status;
}

// A length outside the session's range is answered with the range, and with what can be done.
static enum status refuse_length(const struct session *session, const struct session_origin *origin,
                                 int64_t length, const struct settings *settings,
                                 const struct data_folders *folders, struct error *error)
{
    enum status status = STATUS_OK;
    struct buffer text = BUFFER_INIT;
    buffer_add_visible(&text, session->id);
    buffer_add_c(&text, " runs from ");
    duration_print_clock(&text, session->length.least);
    buffer_add_c(&text, " to ");
    duration_print_clock(&text, session->length.most);
    buffer_add_c(&text, ", not ");
    duration_print_clock(&text, length);
    if (origin->own)
        status = add_advice(&text, session, length, settings, error);
    else
        add_fitting(&text, length, settings, folders);
    if (text.failed)
        status = error_no_memory(error);
    THEN(status, error_set(error, STATUS_BAD_ARGUMENT, "%s", text.data));
    buffer_free(&text);
    return status;
}

enum status session_choice_length(int64_t *total_frames, const struct session *session,
                                  const struct session_origin *origin,
                                  const struct settings *settings,
                                  const struct data_folders *folders, struct error *error)
{
    int64_t length = settings->what.length.first_frames;
    if (length == 0)
        length = session->natural;
    *total_frames = length;
    if (length >= session->length.least && length <= session->length.most)
        return STATUS_OK;
    return refuse_length(session, origin, length, settings, folders, error);
}

enum status session_choice_scene_only(struct session *session, int64_t *total_frames,
                                      const struct settings *settings, struct error *error)
{
    const int64_t minute = (int64_t)60 * FRAME_RATE;
    const int64_t length = settings->what.length.first_frames;
    const char *scene = settings->what.scene_only;
    const char *slash = strrchr(scene, '/');
    const struct text name = text_from(slash ? slash + 1 : scene);
    session->id = session->title = text_head(name, text_find(name, '.'));
    *total_frames = length ? length : 30 * minute;
    if (*total_frames >= 2 * minute && *total_frames <= 90 * minute)
        return STATUS_OK;
    return error_set(error, STATUS_BAD_ARGUMENT, "a scene alone runs from 2:00 to 1:30:00");
}
