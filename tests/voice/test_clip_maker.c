// SPDX-License-Identifier: GPL-3.0-or-later
// Clips as the mix gets them: equally loud, softer than the raw voice, quiet at both ends, and the
// same whatever else is spoken. The test program is its own narrator process.
#include "clip_maker.h"

#include "biquad.h"
#include "duration.h"
#include "espeak_narrator.h"
#include "loudness.h"
#include "narrator_worker.h"
#include "resampler.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const lines[] = {
    "Welcome. Find a place where you can sit or lie down.",
    "Let your shoulders drop. Let your jaw loosen, and rest your tongue.",
    "Breathe in through the nose, slowly, for a count of four.",
    "And breathe out, softly, for a count of six.",
    "There is nothing to reach, and nothing to fix right now.",
    "Notice where your body meets the floor or the chair.",
    "Bring your attention down to your lower back.",
    "Rub your palms together until they feel warm.",
    "Place both hands on your lower back, with the fingers pointing down.",
    "Let the warmth of your hands sink in.",
    "Breathe out, and let the weight of the hands settle.",
    "Now make small circles with the heels of your hands, beside the spine.",
    "Keep the pressure light, about as firm as holding a ripe peach.",
    "If anything hurts or tingles, make it lighter, or simply stop.",
    "Slow circles. Five to the left, in your own time.",
    "And five to the right, with an easy breath.",
    "Breathe out for six, and soften your belly.",
    "Move your hands a little lower, to the top of the hips.",
    "Stroke outwards from the middle, as if smoothing a sheet.",
    "Let your hands follow the breath, not the other way round.",
    "Breathe in, and pause the hands.",
    "Curl your hands into loose fists, with the thumbs resting outside.",
    "Hold for one full breath, and release.",
    "There is no hurry. The muscle lets go when it is ready.",
    "If your arms feel tired, rest them for a moment in your lap.",
    "When you are ready, bring the hands back to the same warm place.",
    "Light as rain on a window.",
    "Breathe in, and follow the cool air.",
    "Now let your knees sway a little, from one side to the other.",
    "A small, lazy movement, like a boat at anchor.",
    "Let the movement become smaller, until it fades.",
    "It may feel warmer, or wider, or simply more at ease.",
    "Imagine the breath flowing gently between your two hands.",
    "Out, and everything softens.",
    "Thank your hands for their patient work.",
    "Stretch in any way that feels kind to you.",
    "Step away from the ball.",
    "Rest.",
    "In.",
    "Out.",
};
enum { LINES = sizeof lines / sizeof *lines };

static void make_texts(struct text texts[LINES])
{
    for (size_t i = 0; i < LINES; i++)
        texts[i] = text_from(lines[i]);
}

static struct narrator *start_language(const char *language, const struct lexicon *lexicon)
{
    char name[64];
    struct voice voice = voice_default(language, name, sizeof name);
    struct narrator *narrator = NULL;
    struct error error = {0};
    if (espeak_narrator_new(&narrator, &voice, lexicon, NULL, &error) != STATUS_OK)
        fail_msg("%s", error.text);
    return narrator;
}

static struct narrator *start(void)
{
    return start_language("en", NULL);
}

static struct clip_maker_report speak(struct narrator *narrator, const struct text *texts,
                                      size_t count, struct clip_bank *bank)
{
    const struct clip_maker_config config = {.narrator = narrator, .texts = texts, .count = count};
    struct clip_maker_report report;
    struct error error = {0};
    if (clip_maker_speak(bank, &report, &config, NULL, &error) != STATUS_OK)
        fail_msg("%s", error.text);
    assert_int_equal(bank->count, count);
    return report;
}

static float *floats_of(const struct clip *clip)
{
    float *samples = malloc((size_t)clip->frames * sizeof *samples);
    assert_non_null(samples);
    for (int64_t i = 0; i < clip->frames; i++)
        samples[i] = (float)clip->samples[i] / 32768.0F;
    return samples;
}

static double lufs_of(const struct clip *clip)
{
    float *samples = floats_of(clip);
    double lufs;
    assert_int_equal(loudness_measure(&lufs, samples, (size_t)clip->frames, 1, NULL), STATUS_OK);
    free(samples);
    return lufs;
}

static int peak_of(const struct clip *clip, int64_t first, int64_t end)
{
    int peak = 0;
    for (int64_t i = first; i < end; i++)
        peak = abs(clip->samples[i]) > peak ? abs(clip->samples[i]) : peak;
    return peak;
}

static void test_levels_and_edges(void **state)
{
    (void)state;
    struct text texts[LINES];
    struct clip_bank bank;
    make_texts(texts);
    struct narrator *narrator = start();
    struct clip_maker_report report = speak(narrator, texts, LINES, &bank);
    assert_int_equal(report.lost, 0);
    assert_int_equal(report.quieter, 0);
    double least = 0, most = -100, sum = 0;
    for (size_t i = 0; i < LINES; i++) {
        const struct clip *clip = &bank.clips[i];
        double lufs = lufs_of(clip);
        least = lufs < least ? lufs : least;
        most = lufs > most ? lufs : most;
        sum += lufs;
        assert_true(peak_of(clip, 0, clip->frames) <= 25146);               // -2.3 dBFS
        assert_true(peak_of(clip, 0, frames_from_ms(20)) < 104);            // -50 dBFS
        assert_true(peak_of(clip, clip->frames - 240, clip->frames) < 104); // 5 ms
        assert_true(peak_of(clip, 0, frames_from_ms(60)) > 33);             // no long wait
        assert_true(clip->frames > frames_from_ms(200) && clip->frames < 12 * (int64_t)FRAME_RATE);
        assert_false(clip->lost);
    }
    print_message("loudness %.2f .. %.2f LUFS, mean %.2f\n", least, most, sum / LINES);
    assert_true(most - least <= 1.5);
    assert_true(fabs(sum / LINES - CLIP_MAKER_LUFS) <= 0.5);
    narrator_free(narrator);
    clip_bank_free(&bank);
}

// Share of the energy between 2.5 and 6 kHz, in dB, at 48 kHz.
static double harshness_db(const float *samples, size_t count)
{
    struct biquad low, high;
    biquad_highpass(&high, 2500, 0.7071);
    biquad_lowpass(&low, 6000, 0.7071);
    float *band = malloc(count * sizeof *band);
    assert_non_null(band);
    memcpy(band, samples, count * sizeof *band);
    for (int order = 0; order < 3; order++) { // 36 dB an octave
        biquad_reset(&high);
        biquad_reset(&low);
        biquad_process(&high, band, count);
        biquad_process(&low, band, count);
    }
    double part = 0, whole = 0;
    for (size_t i = 0; i < count; i++) {
        part += (double)band[i] * (double)band[i];
        whole += (double)samples[i] * (double)samples[i];
    }
    free(band);
    return 10 * log10(part / whole);
}

struct raw {
    double harsh_db[LINES];
};

static bool measure_raw(void *context, size_t index, enum status status,
                        const struct narrator_sound *sound)
{
    const size_t count = sound->count;
    struct raw *raw = context;
    struct resampler *resampler = NULL;
    float *speech = malloc((count + 1) * sizeof *speech), *out = NULL;
    size_t out_count;
    assert_int_equal(status, STATUS_OK);
    assert_non_null(speech);
    for (size_t i = 0; i < count; i++)
        speech[i] = (float)sound->samples[i] / 32768.0F;
    assert_int_equal(resampler_new(&resampler, sound->sample_rate, NULL), STATUS_OK);
    assert_int_equal(resampler_convert(resampler, &out, &out_count, speech, count, NULL),
                     STATUS_OK);
    raw->harsh_db[index] = harshness_db(out, out_count);
    resampler_free(resampler);
    free(speech);
    free(out);
    return true;
}

static void test_polish_softens(void **state)
{
    (void)state;
    struct text texts[LINES];
    struct clip_bank bank;
    struct raw raw;
    make_texts(texts);
    struct narrator *narrator = start();
    assert_int_equal(narrator_speak(narrator, texts, LINES, measure_raw, &raw, NULL), STATUS_OK);
    speak(narrator, texts, LINES, &bank);
    double before = 0, after = 0;
    for (size_t i = 0; i < LINES; i++) {
        float *samples = floats_of(&bank.clips[i]);
        double harsh = harshness_db(samples, (size_t)bank.clips[i].frames);
        assert_true(harsh < raw.harsh_db[i] - 2);
        before += raw.harsh_db[i] / LINES;
        after += harsh / LINES;
        free(samples);
    }
    print_message("2.5-6 kHz: %.1f dB of the whole before, %.1f after\n", before, after);
    assert_true(after < before - 2.5);
    narrator_free(narrator);
    clip_bank_free(&bank);
}

static void assert_same_clip(const struct clip *a, const struct clip *b)
{
    assert_int_equal(a->frames, b->frames);
    assert_memory_equal(a->samples, b->samples, (size_t)a->frames * sizeof *a->samples);
}

static void test_same_clip_in_any_order(void **state)
{
    (void)state;
    enum { COUNT = 12 };
    struct text texts[LINES], reversed[COUNT];
    struct clip_bank bank, other;
    make_texts(texts);
    for (size_t i = 0; i < COUNT; i++)
        reversed[i] = texts[COUNT - 1 - i];
    struct narrator *narrator = start();
    speak(narrator, texts, COUNT, &bank);
    narrator_free(narrator);
    narrator = start();
    speak(narrator, reversed, COUNT, &other);
    narrator_free(narrator);
    for (size_t i = 0; i < COUNT; i++)
        assert_same_clip(&bank.clips[i], &other.clips[COUNT - 1 - i]);
    clip_bank_free(&bank);
    clip_bank_free(&other);
}

// Lengths and marks are there at once, the sound when a timeline says it: the same sound, whatever
// was finished before.
static void test_finished_later(void **state)
{
    (void)state;
    enum { COUNT = 6 };
    struct text texts[LINES];
    struct clip_bank bank, later;
    struct clip_maker_report report;
    struct error error = {0};
    make_texts(texts);
    struct narrator *narrator = start();
    const struct clip_maker_config config = {
        .narrator = narrator, .texts = texts, .count = COUNT, .later = true};
    speak(narrator, texts, COUNT, &bank);
    if (clip_maker_speak(&later, &report, &config, NULL, &error) != STATUS_OK)
        fail_msg("%s", error.text);
    narrator_free(narrator);
    for (size_t i = 0; i < COUNT; i++) {
        const struct clip *a = &bank.clips[i], *b = &later.clips[i];
        assert_true(a->take.rate == 0 && b->take.rate > 0);
        assert_int_equal(a->frames, b->frames);
        assert_int_equal(a->mark_count, b->mark_count);
        assert_true(a->mark_count > 0);
        assert_memory_equal(a->marks, b->marks, a->mark_count * sizeof *a->marks);
    }
    struct event events[] = {
        {.type = EVENT_SCENE},
        {.type = EVENT_SPEECH, .as.speech.utterance = 4},
        {.type = EVENT_SPEECH, .as.speech.utterance = 1},
        {.type = EVENT_SPEECH, .as.speech.utterance = 4},
    };
    const struct timeline timeline = {.events = events, .event_count = 4};
    const double spoken_s = report.cpu_s;
    assert_true(spoken_s > 0);
    assert_int_equal(clip_maker_finish(&later, &report, &timeline, false, NULL), STATUS_OK);
    assert_true(report.cpu_s > spoken_s);
    for (size_t i = 0; i < COUNT; i++)
        assert_true((later.clips[i].take.rate == 0) == (i == 1 || i == 4));
    assert_same_clip(&bank.clips[1], &later.clips[1]);
    assert_same_clip(&bank.clips[4], &later.clips[4]);
    events[3].as.speech.utterance = 0;
    assert_int_equal(clip_maker_finish(&later, &report, &timeline, false, NULL), STATUS_OK);
    assert_same_clip(&bank.clips[0], &later.clips[0]);
    assert_same_clip(&bank.clips[1], &later.clips[1]);
    clip_bank_free(&bank);
    clip_bank_free(&later);
}

// The first frame from `from` on that is louder than -50 dBFS.
static int64_t find_sound(const struct clip *clip, int64_t from)
{
    while (from < clip->frames && abs(clip->samples[from]) < 104)
        from++;
    return from;
}

static void load_lexicon(struct lexicon *lexicon, const char *language)
{
    char path[512];
    struct diagnostics list;
    snprintf(path, sizeof path, LOOSEN_SOURCE_DIR "/scripts/%s/lexicon", language);
    diagnostics_init(&list, path);
    assert_int_equal(lexicon_load(lexicon, path, &list, NULL), STATUS_OK);
    diagnostics_free(&list);
}

// Each word of `line` stands alone between pauses: that is where its mark must be, to the place
// that is promised. Words come from the lexicon, with accents, and in two parts.
static void check_marks(const char *language, const char *line)
{
    struct lexicon lexicon;
    struct clip_bank bank;
    const struct text view = text_from(line);
    load_lexicon(&lexicon, language);
    struct narrator *narrator = start_language(language, &lexicon);
    speak(narrator, &view, 1, &bank);
    const struct clip *clip = &bank.clips[0];
    size_t offset = 0, words = 0;
    int64_t late = 0, early = 0, end = 0; // of the last word's sound
    for (size_t size; offset < view.size; offset += size + 2, words++) {
        size = strcspn(line + offset, ",.");
        assert_true(words < clip->mark_count);
        const struct clip_mark *mark = &clip->marks[words];
        assert_int_equal(mark->first, offset);
        assert_int_equal(mark->size, size);
        // Silence before it, at least 50 ms.
        int64_t from = mark->start_frame - frames_from_ms(words > 0 ? 50 : 20);
        assert_true(from >= end);
        int64_t off = mark->start_frame - find_sound(clip, from);
        late = off > late ? off : late;
        early = off < early ? off : early;
        assert_ptr_equal(clip_word_at(clip, mark->start_frame), mark);
        end = mark->start_frame + frames_from_ms(50);
    }
    assert_int_equal(words, clip->mark_count);
    print_message("%s: marks %.2f ms early to %.2f ms late\n", language,
                  -(double)early / FRAMES_PER_MS, (double)late / FRAMES_PER_MS);
    assert_true(late <= frames_from_ms(CLIP_MAKER_MARK_MS));
    assert_true(early >= -frames_from_ms(CLIP_MAKER_MARK_MS));
    clip_bank_free(&bank);
    narrator_free(narrator);
    lexicon_free(&lexicon);
}

static void test_marks(void **state)
{
    (void)state;
    check_marks("en",
                "Slowly, fascia, twenty-one, don't, 42, coccyx, softly, Namaste, and, caf\xC3\xA9, "
                "rest, in, out, breathe, palms, ten.");
    check_marks("de", "Ruhig, Atemzug, \xC3\xBC"
                      "ber, R\xC3\xBC"
                      "cken, Taille, F\xC3\xBC\xC3\x9F"
                      "e, Team, sanft, ein, aus, Zwerchfell, zehn.");
}

static void test_lost_is_silent_and_counted(void **state)
{
    (void)state;
    const struct text texts[] = {TEXT("Lean back."), TEXT("")};
    struct narrator *narrator = NULL;
    struct clip_bank bank;
    assert_int_equal(tone_narrator_new(&narrator, NULL), STATUS_OK);
    struct clip_maker_report report = speak(narrator, texts, 2, &bank);
    assert_int_equal(report.lost, 1);
    assert_false(bank.clips[0].lost);
    assert_true(fabs(lufs_of(&bank.clips[0]) - CLIP_MAKER_LUFS) < 0.1);
    assert_true(bank.clips[1].lost);
    assert_int_equal(bank.clips[1].frames, frames_from_ms(500));
    assert_int_equal(peak_of(&bank.clips[1], 0, bank.clips[1].frames), 0);
    clip_bank_free(&bank);
    narrator_free(narrator);
}

static void test_stop(void **state)
{
    (void)state;
    const struct text texts[] = {TEXT("Lean back."), TEXT("Rest.")};
    struct narrator *narrator = NULL;
    struct clip_bank bank;
    struct clip_maker_report report;
    struct error error = {0};
    const _Atomic int stop = 1;
    assert_int_equal(tone_narrator_new(&narrator, NULL), STATUS_OK);
    const struct clip_maker_config config = {.narrator = narrator, .texts = texts, .count = 2};
    assert_int_equal(clip_maker_speak(&bank, &report, &config, &stop, &error), STATUS_INTERRUPTED);
    assert_int_equal(bank.count, 0);
    assert_null(bank.clips);
    narrator_free(narrator);
}

int main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "--worker") == 0)
        return narrator_worker(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels_and_edges),
        cmocka_unit_test(test_polish_softens),
        cmocka_unit_test(test_same_clip_in_any_order),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_finished_later),
        cmocka_unit_test(test_lost_is_silent_and_counted),
        cmocka_unit_test(test_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
