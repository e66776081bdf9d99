// SPDX-License-Identifier: GPL-3.0-or-later
// What each step does to the voice: report LINES.txt FOLDER speaks the lines (one each) and prints
// a row of figures for every step; FOLDER gets a WAV file for each, to be heard and drawn.
//
// The program is its own narrator process.
#include "clip_maker.h"
#include "duration.h"
#include "espeak_narrator.h"
#include "loudness.h"
#include "narrator_worker.h"
#include "polish.h"
#include "resampler.h"
#include "spectrum.h"
#include "trim.h"
#include <ctype.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINES_MAX = 400,
    LINE_MAX_BYTES = 1000,
    BANDS = 7,                         // octaves
    SPECTRUM_FRAMES = 60 * FRAME_RATE, // of speech are enough
};

struct lines {
    char *memory[LINES_MAX];
    struct text texts[LINES_MAX];
    size_t count;
    int words;
};

// Mono samples of every line, at one rate.
struct takes {
    float *samples[LINES_MAX];
    size_t counts[LINES_MAX];
    size_t count;
    int rate;
};

static void die(const char *text)
{
    fprintf(stderr, "report: %s\n", text);
    exit(1);
}

static void check(enum status status, const struct error *error)
{
    if (status != STATUS_OK)
        die(error->text);
}

static void *checked(void *pointer)
{
    if (!pointer)
        die("out of memory");
    return pointer;
}

static int count_words(const char *line)
{
    int words = 0;
    for (bool inside = false; *line; line++) {
        bool letter = isalnum((unsigned char)*line) || *line == '\'';
        words += letter && !inside;
        inside = letter;
    }
    return words;
}

static void read_lines(struct lines *lines, const char *name)
{
    char line[LINE_MAX_BYTES];
    FILE *file = checked(fopen(name, "r"));
    while (lines->count < LINES_MAX && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        lines->memory[lines->count] = checked(strdup(line));
        lines->texts[lines->count] = text_from(lines->memory[lines->count]);
        lines->words += count_words(line);
        lines->count++;
    }
    fclose(file);
    if (lines->count < 10)
        die("too few lines");
}

// ---- Steps --------------------------------------------------------------------------------------

static bool keep(void *context, size_t index, enum status status,
                 const struct narrator_sound *sound)
{
    struct takes *takes = context;
    if (status != STATUS_OK)
        die("a line was lost");
    struct trim trim = trim_find(sound->samples, sound->count);
    takes->rate = sound->sample_rate;
    takes->counts[index] = trim.count;
    takes->samples[index] = checked(calloc(trim.count + 1, sizeof(float)));
    for (size_t i = 0; i < trim.count; i++)
        takes->samples[index][i] = (float)sound->samples[trim.first + i] / 32768.0F;
    return true;
}

static struct takes speak(const struct lines *lines, const struct voice *voice)
{
    struct takes takes = {.count = lines->count};
    struct narrator *narrator;
    struct error error;
    check(espeak_narrator_new(&narrator, voice, NULL, NULL, &error), &error);
    check(narrator_speak(narrator, lines->texts, lines->count, keep, &takes, &error), &error);
    narrator_free(narrator);
    return takes;
}

// Through the polish's sections from `first` to before `end`.
static void filter(struct takes *takes, size_t first, size_t end)
{
    struct polish polish;
    polish_init(&polish, takes->rate, false);
    end = end < polish.count ? end : polish.count;
    memmove(polish.sections, polish.sections + first, (end - first) * sizeof *polish.sections);
    polish.count = end - first;
    for (size_t i = 0; i < takes->count; i++)
        polish_process(&polish, takes->samples[i], takes->counts[i]);
}

static void resample(struct takes *takes)
{
    struct resampler *resampler;
    struct error error;
    check(resampler_new(&resampler, takes->rate, &error), &error);
    for (size_t i = 0; i < takes->count; i++) {
        float *out;
        check(resampler_convert(resampler, &out, &takes->counts[i], takes->samples[i],
                                takes->counts[i], &error),
              &error);
        free(takes->samples[i]);
        takes->samples[i] = out;
    }
    takes->rate = FRAME_RATE;
    resampler_free(resampler);
}

static struct takes finish(const struct lines *lines, const struct voice *voice)
{
    struct takes takes = {.count = lines->count, .rate = FRAME_RATE};
    struct narrator *narrator;
    struct clip_bank bank;
    struct clip_maker_report report;
    struct error error;
    check(espeak_narrator_new(&narrator, voice, NULL, NULL, &error), &error);
    const struct clip_maker_config config = {
        .narrator = narrator, .texts = lines->texts, .count = lines->count};
    check(clip_maker_speak(&bank, &report, &config, NULL, &error), &error);
    for (size_t i = 0; i < bank.count; i++) {
        takes.counts[i] = (size_t)bank.clips[i].frames;
        takes.samples[i] = checked(malloc(takes.counts[i] * sizeof(float)));
        for (size_t f = 0; f < takes.counts[i]; f++)
            takes.samples[i][f] = (float)bank.clips[i].samples[f] / 32768.0F;
    }
    clip_bank_free(&bank);
    narrator_free(narrator);
    return takes;
}

// ---- Figures ------------------------------------------------------------------------------------

struct figures {
    double words_a_minute;
    double spread_lu;       // of the lines' loudness: standard deviation
    double range_lu;        // and from the softest to the loudest
    double harsh_db;        // energy from 2.5 to 6 kHz, against the whole
    double kurtosis;        // of the samples: how much of a buzz of pulses it is
    double bands_db[BANDS]; // density at octaves from 125 Hz on, against 500 Hz
};

// Power from `from` to `to` Hz: densities at every sixth of an octave, by width.
static double band_power(const float *samples, size_t count, double from, double to)
{
    double power = 0;
    const double step = pow(2, 1.0 / 6);
    for (double hz = from * sqrt(step); hz < to; hz *= step)
        power += pow(10, spectrum_density_db(samples, count, 1, hz) / 10) * hz *
                 (sqrt(step) - 1 / sqrt(step));
    return power;
}

static float *join(const struct takes *takes, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < takes->count; i++)
        *count += takes->counts[i];
    float *whole = checked(malloc((*count + 1) * sizeof *whole));
    size_t at = 0;
    for (size_t i = 0; i < takes->count; i++) {
        memcpy(whole + at, takes->samples[i], takes->counts[i] * sizeof *whole);
        at += takes->counts[i];
    }
    return whole;
}

static void measure_loudness(const struct takes *takes, struct figures *figures)
{
    double sum = 0, squares = 0, least = HUGE_VAL, most = -HUGE_VAL;
    int lines = 0;
    for (size_t i = 0; i < takes->count; i++) {
        double lufs;
        struct error error;
        if (takes->counts[i] < FRAME_RATE) // less than a second says little
            continue;
        check(loudness_measure(&lufs, takes->samples[i], takes->counts[i], 1, &error), &error);
        sum += lufs;
        squares += lufs * lufs;
        least = fmin(least, lufs);
        most = fmax(most, lufs);
        lines++;
    }
    figures->range_lu = most - least;
    figures->spread_lu = sqrt(fmax(0, squares / lines - sum / lines * (sum / lines)));
}

static double kurtosis_of(const float *samples, size_t count)
{
    double second = 0, fourth = 0;
    for (size_t i = 0; i < count; i++) {
        double square = (double)samples[i] * (double)samples[i];
        second += square;
        fourth += square * square;
    }
    return fourth / (double)count / (second / (double)count * (second / (double)count));
}

static struct figures measure(const struct takes *takes, const struct lines *lines)
{
    struct figures figures = {0};
    size_t count;
    float *whole = join(takes, &count);
    figures.words_a_minute = 60.0 * lines->words * FRAME_RATE / (double)count;
    figures.kurtosis = kurtosis_of(whole, count);
    measure_loudness(takes, &figures);
    count = count < SPECTRUM_FRAMES ? count : SPECTRUM_FRAMES;
    figures.harsh_db =
        10 * log10(band_power(whole, count, 2500, 6000) / band_power(whole, count, 60, 11000));
    double reference = spectrum_density_db(whole, count, 1, 500);
    for (int i = 0; i < BANDS; i++)
        figures.bands_db[i] = spectrum_density_db(whole, count, 1, 125 * pow(2, i)) - reference;
    free(whole);
    return figures;
}

static void write_sound(const struct takes *takes, const char *folder, const char *name)
{
    char path[1024];
    size_t count;
    float *whole = join(takes, &count);
    float peak = 1e-6F;
    for (size_t i = 0; i < count; i++)
        peak = fmaxf(peak, fabsf(whole[i]));
    for (size_t i = 0; i < count; i++)
        whole[i] *= 0.5F / peak; // every step drawn at the same height
    snprintf(path, sizeof path, "%s/%s.wav", folder, name);
    SF_INFO info = {
        .samplerate = FRAME_RATE, .channels = 1, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16};
    SNDFILE *file = checked(sf_open(path, SFM_WRITE, &info));
    if (sf_writef_float(file, whole, (sf_count_t)count) != (sf_count_t)count || sf_close(file) != 0)
        die("cannot write");
    free(whole);
}

static void show(struct takes *takes, const struct lines *lines, const char *folder,
                 const char *name, const char *title)
{
    if (takes->rate != FRAME_RATE)
        resample(takes);
    struct figures figures = measure(takes, lines);
    printf("| %s | %.0f | %.2f | %.1f | %.1f | %.0f |", title, figures.words_a_minute,
           figures.spread_lu, figures.range_lu, figures.harsh_db, figures.kurtosis);
    for (int i = 0; i < BANDS; i++)
        printf(" %.0f |", figures.bands_db[i]);
    putchar('\n');
    write_sound(takes, folder, name);
    for (size_t i = 0; i < takes->count; i++)
        free(takes->samples[i]);
}

int main(int count, char **args)
{
    if (count > 2 && strcmp(args[1], "--worker") == 0)
        return narrator_worker(count, args);
    if (count != 3)
        die("usage: report LINES.txt FOLDER");
    static struct lines lines;
    char name[64];
    const struct voice voice = voice_default("en", name, sizeof name);
    const struct voice plain = {"en-us", 175, 50, 50, 0, 70};
    enum { EQUALISER = 4, ALL = POLISH_SECTIONS };
    read_lines(&lines, args[1]);
    puts("| step | words/min | spread LU | range LU | 2.5-6 kHz dB | kurtosis | 125 Hz | 250 | 500 "
         "| 1 k | 2 k | 4 k | 8 k |");
    struct takes takes = speak(&lines, &plain);
    show(&takes, &lines, args[2], "1-plain", "espeak-ng as it comes");
    takes = speak(&lines, &voice);
    show(&takes, &lines, args[2], "2-voice", "our voice settings");
    takes = speak(&lines, &voice);
    filter(&takes, 0, EQUALISER);
    show(&takes, &lines, args[2], "3-equaliser", "equaliser");
    takes = speak(&lines, &voice);
    filter(&takes, 0, ALL);
    show(&takes, &lines, args[2], "4-all-pass", "all-pass sections");
    takes = finish(&lines, &voice);
    show(&takes, &lines, args[2], "5-clips", "levelled clips");
    return 0;
}
