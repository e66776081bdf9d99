// A text that is lost is asked again sentence by sentence once all others are done.
#include "espeak_narrator.h"

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

static bool take_first(void *context, size_t index, const struct narrator_reply *reply)
{
    struct speech *speech = context;
    speech->outcomes[index] = reply->head.outcome;
    speech->mute +=
        reply->head.outcome == OUTCOME_MUTE && speech_text_has_letters(speech->texts[index]);
    if (reply->head.outcome != OUTCOME_SPOKEN)
        return true;
    return speech->done(speech->context, index, STATUS_OK, reply->samples, reply->head.count,
                        (int)reply->head.rate);
}

// The sentences of one text, put together again.
struct retry {
    struct text pieces[PIECES_MAX];
    size_t count;
    int16_t *sound[PIECES_MAX]; // owned
    size_t sizes[PIECES_MAX];
    int rate;
    bool lost;
};

static bool take_piece(void *context, size_t index, const struct narrator_reply *reply)
{
    struct retry *retry = context;
    size_t count = reply->head.count;
    int16_t *copy = malloc((count + 1) * sizeof *copy);
    if (!copy || reply->head.outcome != OUTCOME_SPOKEN) {
        free(copy);
        retry->lost = true;
        return true;
    }
    memcpy(copy, reply->samples, count * sizeof *copy);
    retry->sound[index] = copy;
    retry->sizes[index] = count;
    retry->rate = (int)reply->head.rate;
    return true;
}

static void split(struct retry *retry, struct text text)
{
    struct text piece;
    for (size_t offset = 0; !retry->lost && speech_text_sentence(text, &offset, &piece);) {
        retry->lost = retry->count == PIECES_MAX;
        if (!retry->lost)
            retry->pieces[retry->count++] = piece;
    }
}

// Each piece ends with the voice's own pause.
static int16_t *join(const struct retry *retry, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < retry->count; i++)
        *count += retry->sizes[i];
    int16_t *all = *count <= NARRATOR_SAMPLES_MAX ? malloc((*count + 1) * sizeof *all) : NULL;
    size_t at = 0;
    for (size_t i = 0; all && i < retry->count; i++) {
        memcpy(all + at, retry->sound[i], retry->sizes[i] * sizeof *all);
        at += retry->sizes[i];
    }
    return all;
}

static bool deliver_retry(struct speech *speech, size_t index, const struct retry *retry)
{
    size_t count = 0;
    int16_t *all = retry->lost || retry->count == 0 ? NULL : join(retry, &count);
    enum status lost = speech->outcomes[index] == OUTCOME_SLOW ? STATUS_TIMEOUT : STATUS_NARRATOR;
    bool go_on = speech->done(speech->context, index, all ? STATUS_OK : lost, all, all ? count : 0,
                              all ? retry->rate : NARRATOR_RATE_MAX);
    free(all);
    return go_on;
}

static enum status ask_again(struct speech *speech, size_t index, struct error *error)
{
    struct buffer clean = BUFFER_INIT;
    struct retry retry = {.count = 0};
    speech_text_clean(speech->texts[index], &clean);
    split(&retry, buffer_text(&clean));
    enum status status = clean.failed ? error_no_memory(error) : STATUS_OK;
    if (status == STATUS_OK && !retry.lost)
        status = narrator_client_ask(speech->client, retry.pieces, retry.count, take_piece, &retry,
                                     error);
    if (status == STATUS_OK && !deliver_retry(speech, index, &retry))
        status = error_set(error, STATUS_INTERRUPTED, "stopped while speaking");
    for (size_t i = 0; i < retry.count; i++)
        free(retry.sound[i]);
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
                                const struct lexicon *lexicon, struct error *error)
{
    static const struct narrator_methods methods = {espeak_speak, espeak_free};
    struct espeak_narrator *made = calloc(1, sizeof *made);
    if (!made)
        return error_no_memory(error);
    made->base.methods = &methods;
    enum status status = narrator_client_open(&made->client, voice, lexicon, error);
    if (status != STATUS_OK) {
        espeak_free(&made->base);
        return status;
    }
    *narrator = &made->base;
    return STATUS_OK;
}
