// SPDX-License-Identifier: GPL-3.0-or-later
// Texts are spoken by a worker that holds espeak-ng, and spoken again when it is lost.
// A text that is lost is asked again sentence by sentence once all others are done.
#include "espeak_narrator.h"

#include "espeak_voice.h"
#include "narrator_client.h"
#include "speech_text.h"

#include <stdlib.h>
#include <string.h>

enum { PIECES_MAX = 32 }; // sentences of a text that is asked again

struct espeak_narrator {
    struct narrator base; // first
    struct narrator_client client;
};

struct speech {
    struct narrator_client *client;
    const struct text *texts;
    size_t count;
    uint32_t *outcomes; // [count], of the first attempt; the lost ones are asked again
    size_t mute;        // how many with letters made no sound
    narrator_done *done;
    void *context;
};

static bool take_first(void *context, size_t index, enum narrator_outcome outcome,
                       const struct narrator_sound *sound)
{
    struct speech *speech = context;
    speech->outcomes[index] = outcome;
    speech->mute += outcome == OUTCOME_MUTE && speech_text_has_letters(speech->texts[index]);
    return outcome != OUTCOME_SPOKEN || speech->done(speech->context, index, STATUS_OK, sound);
}

// One sentence of a text that is asked again.
struct piece {
    struct text text;
    int16_t *samples; // owned
    size_t count;
    struct narrator_mark *marks; // owned
    size_t mark_count;
};

// The sentences of one text, put together again.
struct retry {
    struct piece pieces[PIECES_MAX];
    size_t count;
    int rate;
    bool lost;
};

static void retry_deinit(struct retry *retry)
{
    for (size_t i = 0; i < retry->count; i++) {
        free(retry->pieces[i].samples);
        free(retry->pieces[i].marks);
    }
}

// NULL: out of memory.
static void *copy_of(const void *items, size_t count, size_t size)
{
    void *copy = malloc((count + 1) * size);
    if (copy && count > 0)
        memcpy(copy, items, count * size);
    return copy;
}

static bool take_piece(void *context, size_t index, enum narrator_outcome outcome,
                       const struct narrator_sound *sound)
{
    struct retry *retry = context;
    struct piece *piece = &retry->pieces[index];
    if (outcome != OUTCOME_SPOKEN) {
        retry->lost = true;
        return true;
    }
    piece->samples = copy_of(sound->samples, sound->count, sizeof *sound->samples);
    piece->marks = copy_of(sound->marks, sound->mark_count, sizeof *sound->marks);
    piece->count = sound->count;
    piece->mark_count = sound->mark_count;
    retry->rate = sound->sample_rate;
    retry->lost |= !piece->samples || !piece->marks;
    return true;
}

static void split(struct retry *retry, struct text text)
{
    struct text piece;
    for (size_t offset = 0; !retry->lost && speech_text_sentence(text, &offset, &piece);) {
        retry->lost = retry->count == PIECES_MAX;
        if (!retry->lost)
            retry->pieces[retry->count++].text = piece;
    }
}

// Fill `joined`, whose samples and marks have room for all pieces of `text`. Each piece ends with
// the voice's own pause.
static void join(const struct retry *retry, struct text text, int16_t *samples,
                 struct narrator_mark *marks, struct narrator_sound *joined)
{
    joined->samples = samples;
    joined->marks = marks;
    for (size_t i = 0; i < retry->count; i++) {
        const struct piece *piece = &retry->pieces[i];
        memcpy(samples + joined->count, piece->samples, piece->count * sizeof *samples);
        for (size_t k = 0; k < piece->mark_count; k++) {
            struct narrator_mark *mark = &marks[joined->mark_count++];
            *mark = piece->marks[k];
            mark->sample += joined->count;
            mark->first += (size_t)(piece->text.data - text.data);
        }
        joined->count += piece->count;
    }
}

static bool deliver_retry(struct speech *speech, size_t index, const struct retry *retry,
                          struct text text)
{
    struct narrator_sound sound = {.sample_rate = retry->rate};
    size_t count = 0, mark_count = 0;
    for (size_t i = 0; i < retry->count; i++) {
        count += retry->pieces[i].count;
        mark_count += retry->pieces[i].mark_count;
    }
    bool lost = retry->lost || retry->count == 0 || count > NARRATOR_SAMPLES_MAX;
    int16_t *samples = lost ? NULL : malloc((count + 1) * sizeof *samples);
    struct narrator_mark *marks = lost ? NULL : malloc((mark_count + 1) * sizeof *marks);
    enum status status = speech->outcomes[index] == OUTCOME_SLOW ? STATUS_TIMEOUT : STATUS_NARRATOR;
    if (samples && marks) {
        status = STATUS_OK;
        join(retry, text, samples, marks, &sound);
        // If cleaning changed the text, these are not places of the original.
        if (!text_equal(text, text_head(speech->texts[index], text.size)))
            sound.mark_count = 0;
    } else {
        sound.sample_rate = NARRATOR_RATE_MAX;
    }
    bool go_on = speech->done(speech->context, index, status, &sound);
    free(samples);
    free(marks);
    return go_on;
}

static enum status ask_again(struct speech *speech, size_t index, struct error *error)
{
    struct buffer clean = BUFFER_INIT;
    struct retry retry = {.count = 0};
    struct text texts[PIECES_MAX];
    speech_text_clean(speech->texts[index], &clean);
    struct text text = buffer_text(&clean);
    split(&retry, text);
    for (size_t i = 0; i < retry.count; i++)
        texts[i] = retry.pieces[i].text;
    enum status status = clean.failed ? error_no_memory(error) : STATUS_OK;
    if (status == STATUS_OK && !retry.lost)
        status = narrator_client_ask(speech->client, texts, retry.count, take_piece, &retry, error);
    if (status == STATUS_OK && !deliver_retry(speech, index, &retry, text))
        status = error_set(error, STATUS_INTERRUPTED, "stopped while speaking");
    retry_deinit(&retry);
    buffer_free(&clean);
    return status;
}

static enum status speak_all(struct speech *speech, struct error *error)
{
    enum status status = narrator_client_ask(speech->client, speech->texts, speech->count,
                                             take_first, speech, error);
    // A dictionary that is missing makes no error, just no sound.
    if (status == STATUS_OK && speech->mute > 0 && speech->mute == speech->count)
        status = error_set(error, STATUS_NARRATOR,
                           "the voice \"%s\" makes no sound: its data are damaged, "
                           "reinstall the package espeak-ng-data",
                           speech->client->voice.name);
    for (size_t i = 0; status == STATUS_OK && i < speech->count; i++)
        if (speech->outcomes[i] != OUTCOME_SPOKEN)
            status = ask_again(speech, i, error);
    return status;
}

static enum status espeak_speak(struct narrator *base, const struct text *texts, size_t count,
                                narrator_done *done, void *context, struct error *error)
{
    struct espeak_narrator *narrator = (struct espeak_narrator *)base;
    struct speech speech = {.client = &narrator->client,
                            .texts = texts,
                            .count = count,
                            .done = done,
                            .context = context};
    speech.outcomes = calloc(count + 1, sizeof *speech.outcomes);
    if (!speech.outcomes)
        return error_no_memory(error);
    enum status status = speak_all(&speech, error);
    base->restarts = narrator->client.restarts;
    base->cpu_s = narrator->client.cpu_s;
    free(speech.outcomes);
    return status;
}

static void espeak_free(struct narrator *base)
{
    struct espeak_narrator *narrator = (struct espeak_narrator *)base;
    narrator_client_close(&narrator->client);
    free(narrator);
}

enum status espeak_narrator_new(struct narrator **narrator, const struct voice *voice,
                                const struct lexicon *lexicon, const _Atomic int *stop,
                                struct error *error)
{
    static const struct narrator_methods methods = {espeak_speak, espeak_free};
    struct espeak_narrator *made = calloc(1, sizeof *made);
    if (!made)
        return error_no_memory(error);
    made->base.methods = &methods;
    enum status status = narrator_client_open(&made->client, voice, lexicon, stop, error);
    if (status != STATUS_OK) {
        espeak_free(&made->base);
        return status;
    }
    *narrator = &made->base;
    return STATUS_OK;
}

const char *espeak_narrator_version(void)
{
    return espeak_voice_version();
}

void espeak_narrator_find_data(void)
{
    espeak_voice_find_folder();
}

enum status espeak_narrator_data(char hex[DIGEST_SIZE], struct error *error)
{
    return digest_folder(hex, espeak_voice_folder(), error);
}
