#include "reader.h"

#include "espeak_narrator.h"
#include "narrator_worker.h"
#include "voicing.h"
#include <setjmp.h>
#include <stdarg.h>
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
    static const char path[] = LOOSEN_SOURCE_DIR "/scripts/en/lexicon";
    struct error error = {STATUS_OK};
    struct diagnostics list;
    char name[64];
    *reader = (struct reader){.arena = ARENA_INIT};
    diagnostics_init(&list, path);
    enum status status = lexicon_load(&reader->lexicon, path, &list, &error);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        fail_msg("%s: %s", path, error.text);
    diagnostics_free(&list);
    struct voice voice = voice_default("en", name, sizeof name);
    if (espeak_narrator_new(&reader->narrator, &voice, &reader->lexicon, &error) != STATUS_OK)
        fail_msg("no voice: %s", error.text);
    reader->readings = calloc(READINGS_MAX, sizeof *reader->readings);
    assert_non_null(reader->readings);
}

void reader_close(struct reader *reader)
{
    narrator_free(reader->narrator);
    lexicon_free(&reader->lexicon);
    arena_free(&reader->arena);
    free(reader->readings);
}

static const struct reading *find(const struct reader *reader, struct text spoken)
{
    for (size_t i = 0; i < reader->count; i++)
        if (text_equal(reader->readings[i].spoken, spoken))
            return &reader->readings[i];
    return NULL;
}

static void read_aloud(struct reader *reader, const struct text *texts, size_t count)
{
    const struct voicing_config config = {
        .narrator = reader->narrator, .texts = texts, .count = count};
    struct voicing_report report;
    struct clip_bank bank;
    struct error error = {STATUS_OK};
    if (voicing_speak(&bank, &report, &config, NULL, &error) != STATUS_OK)
        fail_msg("%s", error.text);
    assert_int_equal(report.lost, 0);
    assert_true(reader->count + count <= READINGS_MAX);
    for (size_t i = 0; i < count; i++) {
        struct text copy = arena_copy(&reader->arena, texts[i]);
        assert_non_null(copy.data);
        reader->readings[reader->count++] = (struct reading){copy, bank.clips[i].frames};
    }
    clip_bank_free(&bank);
}

void reader_measure(struct reader *reader, const struct utterances *utterances,
                    int64_t *clip_frames)
{
    struct text *unknown = calloc(utterances->count, sizeof *unknown);
    assert_non_null(unknown);
    size_t count = 0;
    for (size_t i = 0; i < utterances->count; i++)
        if (!find(reader, utterances->items[i].spoken))
            unknown[count++] = utterances->items[i].spoken;
    if (count > 0)
        read_aloud(reader, unknown, count);
    free(unknown);
    for (size_t i = 0; i < utterances->count; i++)
        clip_frames[i] = find(reader, utterances->items[i].spoken)->frames;
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
