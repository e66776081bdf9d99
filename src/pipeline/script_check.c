// SPDX-License-Identifier: GPL-3.0-or-later
// The session is planned at its promised lengths without a voice, and its scenes are looked for.
#include "script_check.h"

#include "guess.h"
#include "plan.h"
#include "quiet_check.h"
#include "session_limits.h"

// ---- Scenes -------------------------------------------------------------------------------------

struct scene_check {
    const struct session *session;
    const struct data_folders *folders;
    struct diagnostics *list;
};

static void check_scene(const struct scene_check *check, struct text name, struct place place)
{
    char path[CATALOGUE_PATH_MAX];
    struct error error;
    if (catalogue_scene_of(path, check->folders, check->session, name, &error) != STATUS_OK)
        diagnostics_add(check->list, SEVERITY_ERROR, "unknown-scene", place.line, place.column,
                        "%s", error.text);
}

static void check_scenes_of(const struct scene_check *check, const struct node *nodes)
{
    for (const struct node *node = nodes; node; node = node->next) {
        if (node->type == NODE_SCENE)
            check_scene(check, node->as.scene.name, node->place);
        check_scenes_of(check, node->children);
    }
}

static void check_scenes(const struct session *session, const struct data_folders *folders,
                         struct diagnostics *list)
{
    const struct scene_check check = {session, folders, list};
    if (session->scene.size > 0)
        check_scene(&check, session->scene, session->scene_place);
    for (size_t i = 0; i < session->section_count; i++)
        check_scenes_of(&check, session->sections[i].first);
}

// ---- Lengths ------------------------------------------------------------------------------------

// The lengths that the script can fill, with clips of guessed length: no voice is needed. And what
// is too quiet at any of them.
static enum status find_range(struct range *range, const struct session *session,
                              struct diagnostics *list, struct error *error)
{
    struct guess guess;
    const struct plan_config config = {.breaths_per_minute = PLAN_BREATHS_DEFAULT};
    enum status status =
        guess_build(&guess, session, session->natural, session_keeps_company(session), error);
    if (status != STATUS_OK)
        return status;
    status = plan_range(range, session, &guess.utterances, guess.clip_frames, &config, error);
    if (!session->plain) // its author wrote no quiet, and company is said in what loosen gives it
        THEN(status,
             quiet_check(session, &guess.utterances, guess.clip_frames, *range, list, error));
    guess_free(&guess);
    return status;
}

// Whole seconds that lie on the safe side.
static int64_t seconds_up(int64_t frames)
{
    return (frames + FRAME_RATE - 1) / FRAME_RATE * FRAME_RATE;
}

static int64_t seconds_down(int64_t frames)
{
    return frames / FRAME_RATE * FRAME_RATE;
}

// Names both promises and the true range: "8m..25m is promised, and about 4:19 to 23:07 can be
// filled".
static void report_range(const struct session *session, struct range range,
                         struct diagnostics *list)
{
    struct place place = session->length_place;
    struct buffer promised = BUFFER_INIT, filled = BUFFER_INIT;
    duration_print(&promised, session->length.least);
    buffer_add_c(&promised, "..");
    duration_print(&promised, session->length.most);
    duration_print_clock(&filled, seconds_up(range.least));
    buffer_add_c(&filled, " to ");
    duration_print_clock(&filled, range.most);
    diagnostics_add(list, SEVERITY_ERROR, "length-range", place.line, place.column,
                    "the header promises %s, and the script fills about %s",
                    promised.data ? promised.data : "", filled.data ? filled.data : "");
    list->failed |= promised.failed || filled.failed;
    buffer_free(&promised);
    buffer_free(&filled);
}

static void add_too_long(const struct session *session, struct range range, struct buffer *hint)
{
    if (range.least <= session->length.least)
        return;
    buffer_add_c(hint, "its shortest is ");
    duration_print(hint, seconds_up(range.least - session->length.least));
    buffer_add_c(hint, " too long: mark lines with +, shorten rests and pauses, or begin `length` "
                       "at ");
    duration_print(hint, seconds_up(range.least));
}

static void add_too_short(const struct session *session, struct range range, struct buffer *hint)
{
    if (range.most >= session->length.most)
        return;
    if (hint->size > 0)
        buffer_add_c(hint, "; ");
    buffer_add_c(hint, "its longest is ");
    duration_print(hint, seconds_up(session->length.most - range.most));
    buffer_add_c(hint, " too short: let a @rest grow by that, as in @rest 10s..10m, or end "
                       "`length` at ");
    duration_print(hint, seconds_down(range.most));
}

// A plain text has no header to correct: it can only be too long.
static void report_plain(const struct session *session, struct range range,
                         struct diagnostics *list)
{
    struct place place = session->length_place;
    struct buffer takes = BUFFER_INIT;
    duration_print_clock(&takes, seconds_up(range.least));
    diagnostics_add(list, SEVERITY_ERROR, "length-range", place.line, place.column,
                    "the text takes about %s to speak, and no session is longer than " LIMIT_TEXT(
                        LIMIT_LENGTH_MOST_MINUTES) " minutes",
                    takes.data ? takes.data : "");
    diagnostics_hint(list, "cut it into several files");
    list->failed |= takes.failed;
    buffer_free(&takes);
}

static void compare_range(const struct session *session, struct range range,
                          struct diagnostics *list)
{
    if (session->plain && range.least > session->length.most)
        report_plain(session, range, list);
    if (session->plain ||
        (range.least <= session->length.least && range.most >= session->length.most))
        return;
    struct buffer hint = BUFFER_INIT;
    report_range(session, range, list);
    add_too_long(session, range, &hint);
    add_too_short(session, range, &hint);
    diagnostics_hint(list, "%s", hint.data ? hint.data : "");
    list->failed |= hint.failed;
    buffer_free(&hint);
}

enum status script_check(const struct session *session, const struct data_folders *folders,
                         struct diagnostics *list, struct error *error)
{
    struct range range;
    struct place place = session->length_place;
    check_scenes(session, folders, list);
    enum status status = find_range(&range, session, list, error);
    if (status == STATUS_OK) {
        compare_range(session, range, list);
    } else if (status == STATUS_BAD_INPUT) {
        if (error->line > 0)
            place = (struct place){error->line, error->column};
        diagnostics_add(list, SEVERITY_ERROR, "unplannable", place.line, place.column, "%s",
                        error->text);
        diagnostics_hint(list, "say less in the block, give it more time, or use fewer rounds");
        status = STATUS_OK;
    }
    return list->failed ? error_no_memory(error) : status;
}
