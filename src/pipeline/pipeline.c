// SPDX-License-Identifier: GPL-3.0-or-later
// Each stage makes one thing of what the stage before has made, and reports its own failure.
#include "pipeline.h"

#include "clock.h"
#include "espeak_narrator.h"
#include "interrupt.h"
#include "report.h"
#include "session.h"
#include "utterances.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LANGUAGE_MAX = 32 }; // bytes of a code

// A scene alone goes as slowly as it comes, and a little more so.
#define SCENE_ONLY_TAIL_FRAMES ((int64_t)12 * FRAME_RATE)

// The length that was asked for, or the session's own; a length outside the session's range is
// answered with the range and with what fits.
static enum status choose_length(struct pipeline *pipeline, struct error *error)
{
    const struct session *session = &pipeline->session;
    int64_t length = pipeline->settings->what.length.first_frames;
    if (length == 0)
        length = session->natural;
    pipeline->total_frames = length;
    if (length >= session->length.least && length <= session->length.most)
        return STATUS_OK;
    struct buffer text = BUFFER_INIT;
    struct buffer fitting = BUFFER_INIT;
    struct catalogue catalogue;
    buffer_add_visible(&text, session->id);
    buffer_add_c(&text, " runs from ");
    duration_print_clock(&text, session->length.least);
    buffer_add_c(&text, " to ");
    duration_print_clock(&text, session->length.most);
    buffer_add_c(&text, ", not ");
    duration_print_clock(&text, length);
    if (catalogue_open(&catalogue, &pipeline->folders, pipeline->settings->what.language, NULL) ==
        STATUS_OK)
        catalogue_fitting(&catalogue, length, &fitting);
    catalogue_close(&catalogue);
    if (fitting.size)
        buffer_printf(&text, "; for that length there is: %s", fitting.data);
    enum status status = text.failed ? error_no_memory(error)
                                     : error_set(error, STATUS_BAD_ARGUMENT, "%s", text.data);
    buffer_free(&text);
    buffer_free(&fitting);
    return status;
}

static enum status load_session(struct pipeline *pipeline, const char *name, struct error *error)
{
    char path[CATALOGUE_PATH_MAX];
    struct diagnostics list;
    const struct session_source source = {pipeline->folders.scripts};
    enum status status = catalogue_session_path(path, &pipeline->folders,
                                                pipeline->settings->what.language, name, error);
    if (status != STATUS_OK)
        return status;
    diagnostics_init(&list, path);
    status = session_load(&pipeline->session, path, &source, &list, error);
    // Warnings are for authors (loosen check); a listener sees only what stops the session.
    if (status == STATUS_BAD_INPUT && list.errors)
        report_faults(&list, error);
    diagnostics_free(&list);
    return status;
}

// A scene alone: a session without a word.
static enum status open_scene_only(struct pipeline *pipeline, struct error *error)
{
    const struct settings *settings = pipeline->settings;
    const int64_t minute = (int64_t)60 * FRAME_RATE;
    struct session *session = &pipeline->session;
    struct text name = text_from(strrchr(settings->what.scene_only, '/')
                                     ? strrchr(settings->what.scene_only, '/') + 1
                                     : settings->what.scene_only);
    session->id = session->title = text_head(name, text_find(name, '.'));
    pipeline->total_frames =
        settings->what.length.first_frames ? settings->what.length.first_frames : 30 * minute;
    timeline_init_lead(&pipeline->lead, session, pipeline->total_frames);
    if (pipeline->total_frames >= 2 * minute && pipeline->total_frames <= 90 * minute)
        return STATUS_OK;
    return error_set(error, STATUS_BAD_ARGUMENT, "a scene alone runs from 2:00 to 1:30:00");
}

enum status pipeline_open(struct pipeline *pipeline, const struct settings *settings,
                          const char *session_name, struct error *error)
{
    *pipeline = (struct pipeline){.settings = settings, .begun_ms = clock_ms()};
    enum status status = data_folders_find(&pipeline->folders, error);
    if (status == STATUS_OK && settings->what.scene_only)
        return open_scene_only(pipeline, error);
    THEN(status, load_session(pipeline, session_name, error));
    THEN(status, choose_length(pipeline, error));
    THEN(status, utterances_build(&pipeline->utterances, &pipeline->session, pipeline->total_frames,
                                  error));
    bool free = settings->what.breaths == 0 || session_breathes_freely(&pipeline->session);
    if (status == STATUS_OK && free)
        status = utterances_add_company(&pipeline->utterances, &pipeline->session, error);
    if (status == STATUS_OK)
        timeline_init_lead(&pipeline->lead, &pipeline->session, pipeline->total_frames);
    return status;
}

// From places in what is spoken to places in what is shown. Several spoken words may be shown as
// one: it begins with the first of them.
static void show_marks(struct clip *clip, const struct utterance *utterance)
{
    size_t kept = 0;
    for (size_t i = 0; i < clip->mark_count; i++) {
        struct clip_mark mark = clip->marks[i];
        if (utterance_shown(utterance, &mark.first, &mark.size) &&
            (kept == 0 || mark.first > clip->marks[kept - 1].first))
            clip->marks[kept++] = mark;
    }
    clip->mark_count = kept;
}

static enum status speak_all(struct pipeline *pipeline, struct error *error)
{
    const struct utterances *utterances = &pipeline->utterances;
    struct text *texts = calloc(utterances->count + 1, sizeof *texts);
    if (!texts)
        return error_no_memory(error);
    for (size_t i = 0; i < utterances->count; i++)
        texts[i] = utterances->items[i].spoken;
    const struct clip_maker_config config = {
        .narrator = pipeline->narrator,
        .texts = texts,
        .count = utterances->count,
        .clear = pipeline->settings->what.clear,
        .later = pipeline->clips == PIPELINE_CLIPS_OF_TIMELINE,
    };
    enum status status = clip_maker_speak(&pipeline->bank, &pipeline->voice_report, &config,
                                          &pipeline->voice_stop, error);
    for (size_t i = 0; i < pipeline->bank.count; i++)
        show_marks(&pipeline->bank.clips[i], &utterances->items[i]);
    free(texts);
    return status;
}

static void *voice_main(void *context)
{
    struct pipeline *pipeline = context;
    struct error *error = &pipeline->voice_error;
    char name[PIPELINE_VOICE_NAME_MAX];
    const struct voice voice = pipeline_voice(pipeline, name);
    pipeline->voice_status = espeak_narrator_new(&pipeline->narrator, &voice, &pipeline->lexicon,
                                                 &pipeline->voice_stop, error);
    if (pipeline->voice_status == STATUS_OK)
        pipeline->voice_status = speak_all(pipeline, error);
    atomic_store(&pipeline->voice_done, 1);
    return NULL;
}

// The language's pronunciations; a language may have none.
static enum status load_lexicon(struct pipeline *pipeline, const char *language,
                                struct error *error)
{
    char path[CATALOGUE_PATH_MAX];
    struct diagnostics list;
    if (snprintf(path, sizeof path, "%s/%s/lexicon", pipeline->folders.scripts, language) >=
        (int)sizeof path)
        return error_set(error, STATUS_BAD_ARGUMENT, "the path of the lexicon is too long");
    diagnostics_init(&list, path);
    enum status status = lexicon_load(&pipeline->lexicon, path, &list, error);
    if (status == STATUS_BAD_INPUT && list.errors)
        report_faults(&list, error);
    diagnostics_free(&list);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static void copy_language(const struct pipeline *pipeline, char language[LANGUAGE_MAX])
{
    snprintf(language, LANGUAGE_MAX, "%.*s", TEXT_ARG(pipeline->session.language));
}

struct voice pipeline_voice(const struct pipeline *pipeline, char name[PIPELINE_VOICE_NAME_MAX])
{
    const struct settings *settings = pipeline->settings;
    char language[LANGUAGE_MAX];
    copy_language(pipeline, language);
    struct voice voice = voice_default(language, name, PIPELINE_VOICE_NAME_MAX);
    if (settings->what.voice)
        voice.name = settings->what.voice;
    if (settings->what.rate)
        voice.rate = settings->what.rate;
    return voice;
}

// espeak-ng names most voices by their language: "fr", "gmw/en", "pt-br+klatt4". Of others
// ("English") nothing can be said.
static bool is_foreign(const char *voice, const char *language)
{
    struct text name = text_head(text_from(voice), strcspn(voice, "+"));
    size_t slash = text_find(name, '/');
    if (slash < name.size)
        name = text_skip(name, slash + 1);
    struct text code = text_head(name, text_find(name, '-'));
    struct text own = text_head(text_from(language), strcspn(language, "-"));
    for (size_t i = 0; i < code.size; i++)
        if (code.data[i] < 'a' || code.data[i] > 'z')
            return false;
    return (code.size == 2 || code.size == 3) && !text_equal(code, own);
}

enum status pipeline_start_voice(struct pipeline *pipeline, enum pipeline_clips clips,
                                 struct error *error)
{
    pipeline->clips = clips;
    if (pipeline->settings->what.scene_only)
        return STATUS_OK; // nobody speaks
    char language[LANGUAGE_MAX];
    copy_language(pipeline, language);
    const char *chosen = pipeline->settings->what.voice;
    enum status status = STATUS_OK;
    if (chosen && is_foreign(chosen, language)) // which the phonemes of the lexicon are not for
        report_note("the voice \"%s\" is of another language than this session, which is \"%s\"",
                    chosen, language);
    else
        status = load_lexicon(pipeline, language, error);
    if (status != STATUS_OK)
        return status;
    if (pthread_create(&pipeline->voice_thread, NULL, voice_main, pipeline) != 0)
        return error_set(error, STATUS_NO_MEMORY, "cannot start a thread");
    pipeline->voice_running = true;
    return STATUS_OK;
}

// A scene that the listener chose stays: what the script asks for is then not among the scenes.
enum status pipeline_load_scenes(struct pipeline *pipeline, struct error *error)
{
    const struct settings *settings = pipeline->settings;
    const char *chosen =
        settings->what.scene_only ? settings->what.scene_only : settings->what.scene;
    if (settings->what.no_scene)
        return STATUS_OK;
    if (chosen)
        return scene_set_add(&pipeline->ambience, &pipeline->folders, text_from(chosen), error);
    return scene_set_add_session(&pipeline->ambience, &pipeline->folders, &pipeline->session,
                                 error);
}

enum status pipeline_start_engine(struct pipeline *pipeline, struct error *error)
{
    const struct settings *settings = pipeline->settings;
    struct engine_config config = {.seed = settings->what.seed, .clear = settings->what.clear};
    enum status status = pipeline_load_scenes(pipeline, error);
    config.scenes = pipeline->ambience.scenes;
    config.scene_count = pipeline->ambience.count;
    THEN(status, engine_new(&pipeline->engine, &config, error));
    THEN(status, engine_set_timeline(pipeline->engine, &pipeline->lead, &pipeline->bank, error));
    return status;
}

// Speech is never replaced by silence unsaid: a lost line fails the run unless that was allowed.
static enum status check_voice(struct pipeline *pipeline, struct error *error)
{
    if (pipeline->voice_status != STATUS_OK) {
        if (error)
            *error = pipeline->voice_error;
        return pipeline->voice_status;
    }
    if (pipeline->voice_report.lost == 0)
        return STATUS_OK;
    for (size_t i = 0; i < pipeline->bank.count; i++)
        if (pipeline->bank.clips[i].lost)
            report_note("the voice cannot speak: %.*s",
                        TEXT_ARG(pipeline->utterances.items[i].shown));
    if (pipeline->settings->form.allow_missing)
        return STATUS_OK;
    return error_set(error, STATUS_NARRATOR,
                     "%zu of %zu lines could not be spoken (--allow-missing goes on without them)",
                     pipeline->voice_report.lost, pipeline->bank.count);
}

bool pipeline_voice_is_ready(const struct pipeline *pipeline)
{
    return pipeline->settings->what.scene_only || atomic_load(&pipeline->voice_done);
}

enum status pipeline_wait_voice(struct pipeline *pipeline, struct error *error)
{
    if (pipeline->settings->what.scene_only)
        return STATUS_OK;
    const struct timespec nap = {.tv_nsec = 2000000};
    while (!pipeline_voice_is_ready(pipeline)) {
        if (interrupt_signal())
            return error_set(error, STATUS_INTERRUPTED, "interrupted");
        nanosleep(&nap, NULL);
    }
    pthread_join(pipeline->voice_thread, NULL);
    pipeline->voice_running = false;
    return check_voice(pipeline, error);
}

static enum status plan_scene_only(struct pipeline *pipeline, struct error *error)
{
    timeline_init_lead(&pipeline->timeline, &pipeline->session, pipeline->total_frames);
    pipeline->timeline.tail_frames = SCENE_ONLY_TAIL_FRAMES;
    return engine_set_timeline(pipeline->engine, &pipeline->timeline, &pipeline->bank, error);
}

struct plan_config pipeline_plan_config(const struct pipeline *pipeline)
{
    const double breaths = pipeline->settings->what.breaths;
    return (struct plan_config){
        .total_frames = pipeline->total_frames,
        .breaths_per_minute = breaths > 0 ? breaths : PLAN_BREATHS_DEFAULT,
        .natural_breath = breaths == 0,
    };
}

int64_t *pipeline_clip_frames(const struct pipeline *pipeline)
{
    int64_t *clip_frames = calloc(pipeline->bank.count + 1, sizeof *clip_frames);
    for (size_t i = 0; clip_frames && i < pipeline->bank.count; i++)
        clip_frames[i] = pipeline->bank.clips[i].frames;
    return clip_frames;
}

enum status pipeline_follow(struct pipeline *pipeline, const struct timeline *timeline,
                            struct error *error)
{
    enum status status = STATUS_OK;
    if (pipeline->clips == PIPELINE_CLIPS_OF_TIMELINE)
        status = clip_maker_finish(&pipeline->bank, &pipeline->voice_report, timeline,
                                   pipeline->settings->what.clear, error);
    THEN(status, engine_set_timeline(pipeline->engine, timeline, &pipeline->bank, error));
    return status;
}

// The script's own range was kept: what does not fit is for what was asked of voice and breath.
static enum status name_cause(const struct settings *settings, struct error *error)
{
    static const char *const names[] = {"voice", "rate", "breath"};
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct given_option *given = settings_given(settings, names[i]);
        if (given)
            buffer_printf(&text, "%s--%s %s", text.size ? ", " : "with ", given->name,
                          given->value);
    }
    buffer_printf(&text, "%s%s", text.size ? " " : "", error->text);
    enum status status = text.failed ? error_no_memory(error)
                                     : error_set(error, STATUS_BAD_ARGUMENT, "%s", text.data);
    buffer_free(&text);
    return status;
}

enum status pipeline_plan(struct pipeline *pipeline, struct error *error)
{
    if (pipeline->settings->what.scene_only)
        return plan_scene_only(pipeline, error);
    const struct plan_config config = pipeline_plan_config(pipeline);
    int64_t *clip_frames = pipeline_clip_frames(pipeline);
    if (!clip_frames)
        return error_no_memory(error);
    enum status status = plan_build(&pipeline->timeline, &pipeline->session, &pipeline->utterances,
                                    clip_frames, &config, error);
    free(clip_frames);
    if (status == STATUS_BAD_ARGUMENT && error)
        status = name_cause(pipeline->settings, error);
    if (status == STATUS_OK && pipeline->engine)
        status = pipeline_follow(pipeline, &pipeline->timeline, error);
    return status;
}

void pipeline_close(struct pipeline *pipeline)
{
    if (pipeline->voice_running) {
        atomic_store(&pipeline->voice_stop, 1);
        pthread_join(pipeline->voice_thread, NULL);
    }
    engine_free(pipeline->engine);
    scene_set_free(&pipeline->ambience);
    timeline_free(&pipeline->timeline);
    timeline_free(&pipeline->lead);
    narrator_free(pipeline->narrator);
    lexicon_free(&pipeline->lexicon);
    clip_bank_free(&pipeline->bank);
    utterances_free(&pipeline->utterances);
    session_free(&pipeline->session);
    *pipeline = (struct pipeline){.settings = NULL};
}
