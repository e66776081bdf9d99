// SPDX-License-Identifier: GPL-3.0-or-later
// A thread lets the narrator speak, then brings the clips' marks to what is shown.
#include "speech.h"

#include "catalogue.h"
#include "espeak_narrator.h"
#include "interrupt.h"
#include "report.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SHOWN_MAX = 200 }; // bytes of a line in a message: enough to know it by

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

static enum status speak_all(struct speech *speech, struct error *error)
{
    const struct utterances *utterances = speech->config.utterances;
    struct text *texts = calloc(utterances->count + 1, sizeof *texts);
    if (!texts)
        return error_no_memory(error);
    for (size_t i = 0; i < utterances->count; i++)
        texts[i] = utterances->items[i].spoken;
    const struct clip_maker_config config = {
        .narrator = speech->narrator,
        .texts = texts,
        .count = utterances->count,
        .clear = speech->config.settings->what.clear,
        .later = speech->config.clips == SPEECH_CLIPS_OF_TIMELINE,
    };
    enum status status =
        clip_maker_speak(&speech->bank, &speech->report, &config, &speech->stop, error);
    for (size_t i = 0; i < speech->bank.count; i++)
        show_marks(&speech->bank.clips[i], &utterances->items[i]);
    free(texts);
    return status;
}

static void *thread_main(void *context)
{
    struct speech *speech = context;
    char name[VOICE_CHOICE_NAME_MAX];
    const struct voice voice = voice_choice(speech->config.settings, speech->config.language, name);
    speech->status = espeak_narrator_new(&speech->narrator, &voice, &speech->lexicon, &speech->stop,
                                         &speech->error);
    THEN(speech->status, speak_all(speech, &speech->error));
    atomic_store(&speech->done, 1);
    return NULL;
}

enum status speech_start(struct speech *speech, const struct speech_config *config,
                         struct error *error)
{
    speech->config = *config;
    enum status status = voice_choice_load_lexicon(&speech->lexicon, config->settings,
                                                   config->folders, config->language, error);
    if (status != STATUS_OK)
        return status;
    if (pthread_create(&speech->thread, NULL, thread_main, speech) != 0)
        return error_set(error, STATUS_NO_MEMORY, "cannot start a thread");
    speech->running = true;
    return STATUS_OK;
}

bool speech_is_ready(const struct speech *speech)
{
    return atomic_load(&speech->done);
}

// A line that the voice cannot speak, where it stands; `more` ends the sentence.
static enum status name_lost(const struct utterance *line, const char *more, struct error *error)
{
    char file[CATALOGUE_PATH_MAX];
    struct text shown = text_head(line->shown, SHOWN_MAX);
    while (shown.size < line->shown.size && ((unsigned char)shown.data[shown.size] & 0xC0) == 0x80)
        shown.size--; // within a character
    snprintf(file, sizeof file, "%.*s", TEXT_ARG(line->file));
    return error_set_at(error, STATUS_NARRATOR, file, line->place.line, line->place.column,
                        "the voice cannot speak \"%.*s\"%s", TEXT_ARG(shown), more);
}

// Speech is never replaced by silence unsaid. Each line that is lost is told, and the last of them
// fails the run unless that was allowed.
static enum status check_lines(const struct speech *speech, struct error *error)
{
    size_t left = speech->report.lost;
    char sum[128];
    snprintf(sum, sizeof sum,
             "; %zu of %zu lines could not be spoken (--allow-missing goes on without them)", left,
             speech->bank.count);
    for (size_t i = 0; i < speech->bank.count; i++) {
        struct error told;
        const struct utterance *line = &speech->config.utterances->items[i];
        if (!speech->bank.clips[i].lost)
            continue;
        if (--left == 0 && !speech->config.settings->form.allow_missing)
            return name_lost(line, sum, error);
        (void)name_lost(line, "", &told); // what is told
        (void)report_error(&told);
    }
    return STATUS_OK;
}

static enum status check_voice(struct speech *speech, struct error *error)
{
    if (speech->status == STATUS_OK)
        return check_lines(speech, error);
    if (error)
        *error = speech->error;
    return speech->status;
}

enum status speech_wait(struct speech *speech, struct error *error)
{
    const struct timespec nap = {.tv_nsec = 2000000};
    while (!speech_is_ready(speech)) {
        if (interrupt_signal())
            return error_set(error, STATUS_INTERRUPTED, "interrupted");
        nanosleep(&nap, NULL);
    }
    pthread_join(speech->thread, NULL);
    speech->running = false;
    return check_voice(speech, error);
}

enum status speech_finish(struct speech *speech, const struct timeline *timeline,
                          struct error *error)
{
    if (speech->config.clips == SPEECH_CLIPS_ALL)
        return STATUS_OK;
    return clip_maker_finish(&speech->bank, &speech->report, timeline,
                             speech->config.settings->what.clear, error);
}

int64_t *speech_clip_frames(const struct speech *speech)
{
    int64_t *clip_frames = calloc(speech->bank.count + 1, sizeof *clip_frames);
    for (size_t i = 0; clip_frames && i < speech->bank.count; i++)
        clip_frames[i] = speech->bank.clips[i].frames;
    return clip_frames;
}

void speech_free(struct speech *speech)
{
    if (speech->running) {
        atomic_store(&speech->stop, 1);
        pthread_join(speech->thread, NULL);
    }
    narrator_free(speech->narrator);
    lexicon_free(&speech->lexicon);
    clip_bank_free(&speech->bank);
}
