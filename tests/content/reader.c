// SPDX-License-Identifier: GPL-3.0-or-later
#include "reader.h"

#include "clip_maker.h"
#include "espeak_narrator.h"
#include "narrator_worker.h"
#include "utterances.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

bool reader_is_worker(int argc, char **argv, int *result)
{
    if (argc < 3 || strcmp(argv[1], "--worker") != 0)
        return false;
    *result = narrator_worker(argc, argv);
    return true;
}

void reader_open(struct reader *reader)
{
    *reader = (struct reader){.arena = ARENA_INIT};
    reader->readings = calloc(READINGS_MAX, sizeof *reader->readings);
    assert_non_null(reader->readings);
}

void reader_close(struct reader *reader)
{
    for (size_t i = 0; i < reader->voice_count; i++) {
        narrator_free(reader->voices[i].narrator);
        lexicon_free(&reader->voices[i].lexicon);
    }
    arena_free(&reader->arena);
    free(reader->readings);
}

static void open_voice(struct reader_voice *voice, struct text language)
{
    char path[512], name[64];
    struct error error = {STATUS_OK};
    struct diagnostics list;
    snprintf(voice->language, sizeof voice->language, "%.*s", TEXT_ARG(language));
    snprintf(path, sizeof path, "%s/scripts/%s/lexicon", LOOSEN_SOURCE_DIR, voice->language);
    diagnostics_init(&list, path);
    enum status status = lexicon_load(&voice->lexicon, path, &list, &error);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        fail_msg("%s: %s", path, error.text);
    diagnostics_free(&list);
    struct voice wanted = voice_default(voice->language, name, sizeof name);
    if (espeak_narrator_new(&voice->narrator, &wanted, &voice->lexicon, NULL, &error) != STATUS_OK)
        fail_msg("no voice for %s: %s", voice->language, error.text);
}

static const struct reader_voice *find_voice(struct reader *reader, struct text language)
{
    for (size_t i = 0; i < reader->voice_count; i++)
        if (text_equal_c(language, reader->voices[i].language))
            return &reader->voices[i];
    assert_true(reader->voice_count < VOICES_MAX);
    struct reader_voice *voice = &reader->voices[reader->voice_count++];
    open_voice(voice, language);
    return voice;
}

static const struct reading *find(const struct reader *reader, const struct reader_voice *voice,
                                  struct text spoken)
{
    for (size_t i = 0; i < reader->count; i++)
        if (reader->readings[i].voice == voice && text_equal(reader->readings[i].spoken, spoken))
            return &reader->readings[i];
    return NULL;
}

static void read_aloud(struct reader *reader, const struct reader_voice *voice,
                       const struct text *texts, size_t count)
{
    const struct clip_maker_config config = {
        .narrator = voice->narrator, .texts = texts, .count = count, .later = true};
    struct clip_maker_report report;
    struct clip_bank bank;
    struct error error = {STATUS_OK};
    if (clip_maker_speak(&bank, &report, &config, NULL, &error) != STATUS_OK)
        fail_msg("%s", error.text);
    assert_int_equal(report.lost, 0);
    assert_true(reader->count + count <= READINGS_MAX);
    for (size_t i = 0; i < count; i++) {
        struct text copy = arena_copy(&reader->arena, texts[i]);
        assert_non_null(copy.data);
        reader->readings[reader->count++] = (struct reading){voice, copy, bank.clips[i].frames};
    }
    clip_bank_free(&bank);
}

void reader_measure(struct reader *reader, struct text language,
                    const struct utterances *utterances, int64_t *clip_frames)
{
    const struct reader_voice *voice = find_voice(reader, language);
    struct text *unknown = calloc(utterances->count, sizeof *unknown);
    assert_non_null(unknown);
    size_t count = 0;
    for (size_t i = 0; i < utterances->count; i++)
        if (!find(reader, voice, utterances->items[i].spoken))
            unknown[count++] = utterances->items[i].spoken;
    if (count > 0)
        read_aloud(reader, voice, unknown, count);
    free(unknown);
    for (size_t i = 0; i < utterances->count; i++)
        clip_frames[i] = find(reader, voice, utterances->items[i].spoken)->frames;
}

int reader_set_up(void **state)
{
    struct reader *reader = malloc(sizeof *reader);
    assert_non_null(reader);
    reader_open(reader);
    *state = reader;
    return 0;
}

int reader_tear_down(void **state)
{
    reader_close(*state);
    free(*state);
    return 0;
}
