// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a recording: its joint can not be found, its level is steady, nothing in it is
// sudden.
#include "recording.h"

#include "biquad.h"
#include "curve.h"
#include "noise.h"
#include "random.h"
#include "spectrum.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SECONDS = 60, FRAMES = SECONDS * FRAME_RATE, WINDOW = FRAME_RATE / 20 };

static float stereo[2 * FRAMES], looped[2 * FRAMES], work[2 * FRAMES];

static void near(const char *what, double value, double wanted, double tolerance)
{
    if (!(fabs(value - wanted) <= tolerance))
        fail_msg("%s is %.4g instead of %.4g +- %g", what, value, wanted, tolerance);
}

// ---- Material -----------------------------------------------------------------------------------

// Normally distributed, nearly: peaks of even-distributed noise would tell where two are mixed.
static float normal(uint64_t seed, uint64_t counter)
{
    int32_t sum = 0;
    for (uint64_t i = 0; i < 3; i++)
        for (uint64_t bits = random_at(seed, 3 * counter + i), n = 0; n < 4; n++, bits >>= 16)
            sum += (int32_t)(bits & 0xFFFF) - 0x8000;
    return (float)sum / 65536; // RMS 1
}

static void add_noise(enum noise_colour colour, float gain, uint64_t seed)
{
    struct noise_filter filter;
    float block[2 * NOISE_BLOCK];
    noise_filter_init(&filter, colour);
    for (size_t at = 0; at < FRAMES; at += NOISE_BLOCK) {
        for (size_t i = 0; i < 2 * NOISE_BLOCK; i++)
            block[i] = 0.1f * normal(seed, 2 * at + i);
        noise_filter_process(&filter, block);
        for (size_t i = 0; i < 2 * NOISE_BLOCK; i++)
            stereo[2 * at + i] += gain * block[i];
    }
}

static void add_tone(double hz, double gain, double phase)
{
    for (size_t f = 0; f < FRAMES; f++) {
        double turns = hz * (double)f / FRAME_RATE + phase;
        stereo[2 * f] += (float)(gain * sin(2 * CURVE_PI * turns));
        stereo[2 * f + 1] += (float)(gain * sin(2 * CURVE_PI * (turns + 0.2)));
    }
}

static void begin(void)
{
    memset(stereo, 0, sizeof stereo);
}

static const double chord_hz[] = {110.317, 164.921, 220.737, 277.513, 331.159};
enum { CHORD = sizeof chord_hz / sizeof *chord_hz };

static void make_noise(void)
{
    add_noise(NOISE_PINK, 1, 1);
}

static void make_tone(void)
{
    add_tone(440.37, 0.2, 0);
    add_noise(NOISE_PINK, 0.003f, 2);
}

static void make_chord(void)
{
    for (int i = 0; i < CHORD; i++)
        add_tone(chord_hz[i], 0.1, 0.13 * i);
    add_noise(NOISE_PINK, 0.01f, 3);
}

// Chords of four that begin softly every 1.2 s, more or less, and ring on.
static void make_music(void)
{
    static const double notes[] = {110, 130.8, 146.8, 164.8, 196, 220, 246.9, 261.6};
    uint64_t counter = 0;
    for (double start_s = 0; start_s < SECONDS;
         start_s += 1 + 0.4 * (double)(random_at(7, counter++) % 1000) / 1000) {
        double hz = notes[random_at(7, counter++) % 8];
        for (int partial = 1; partial <= 4; partial++)
            for (size_t f = 0; f < 6 * (size_t)FRAME_RATE; f++) {
                size_t at = (size_t)(start_s * FRAME_RATE) + f;
                double t = (double)f / FRAME_RATE;
                if (at >= FRAMES)
                    break;
                double level = 0.1 / partial * fmin(t / 0.08, 1) * exp(-t / 1.5);
                float sample = (float)(level * sin(2 * CURVE_PI * hz * partial * t));
                stereo[2 * at] += sample;
                stereo[2 * at + 1] += sample * (partial % 2 ? 1.0f : 0.6f);
            }
    }
    add_noise(NOISE_PINK, 0.01f, 4);
}

static struct recording *make(struct recording_report *report, size_t frames)
{
    struct recording *recording = NULL;
    struct error error;
    if (recording_new(&recording, stereo, frames, RECORDING_FADE_DEFAULT, report, &error) !=
        STATUS_OK)
        fail_msg("%s", error.text);
    return recording;
}

// ---- The joint ----------------------------------------------------------------------------------

// The loop turned so that the joint is in the middle: everything can be measured across it.
static size_t turn(const struct recording *recording, const struct recording_report *report)
{
    size_t frames = (size_t)recording->frames;
    assert_true(frames <= FRAMES && frames > FRAMES / 2);
    recording_render(recording, report->joint_frame + recording->frames / 2, frames, looped);
    return frames;
}

enum { MEASURES = 4, WINDOWS_MAX = FRAMES / WINDOW };
static const char *const measure_names[MEASURES] = {"slope", "spectral flux", "sample step",
                                                    "level"};
static double measures[MEASURES][WINDOWS_MAX];

static double power_of(const float *samples, size_t frames)
{
    double sum = 1e-12;
    for (size_t i = 0; i < 2 * frames; i++)
        sum += (double)samples[i] * (double)samples[i];
    return sum / (double)(2 * frames);
}

// Of every 50 ms: by how much the level and the octaves' levels differ from the 50 ms before, how
// far the highest sample is from where a line through the two before it leads, and the level.
static void measure(size_t frames)
{
    size_t count = frames / WINDOW;
    memset(measures, 0, sizeof measures);
    for (size_t w = 1; w < count; w++) {
        const float *at = looped + 2 * w * WINDOW;
        measures[3][w] = 10 * log10(power_of(at, WINDOW));
        measures[0][w] = fabs(measures[3][w] - 10 * log10(power_of(at - 2 * WINDOW, WINDOW)));
        for (size_t i = 4; i < 2 * WINDOW; i++)
            measures[2][w] =
                fmax(measures[2][w], fabs((double)(at[i] - 2 * at[i - 2] + at[i - 4])));
    }
    for (double hz = 125; hz <= 8000; hz *= 2) {
        struct biquad band;
        memcpy(work, looped, 2 * frames * sizeof *work);
        biquad_bandpass(&band, hz, 1.2);
        biquad_process_stereo(&band, work, frames);
        for (size_t w = 1; w < count; w++)
            measures[1][w] += fabs(10 * log10(power_of(work + 2 * w * WINDOW, WINDOW) /
                                              power_of(work + 2 * (w - 1) * WINDOW, WINDOW)));
    }
}

// Mean or most over the stretch of `size` windows from `first`.
static double summary(const double *values, size_t first, size_t size, bool most)
{
    double sum = 0, top = -HUGE_VAL;
    for (size_t i = first; i < first + size; i++) {
        sum += values[i] / (double)size;
        top = fmax(top, values[i]);
    }
    return most ? top : sum;
}

// What betrays the joint, NULL for nothing: each value over its stretch must be within four
// standard deviations of those over all other stretches of its length, so that all eight are by
// chance in 99 % of joints that can not be found.
static const char *find_joint(size_t frames, size_t fade_frames)
{
    enum { MARGIN = 4 };
    static char found[200];
    size_t count = frames / WINDOW, size = fade_frames / WINDOW + 2 * MARGIN;
    size_t joint = (frames - frames / 2) / WINDOW - MARGIN;
    measure(frames);
    for (int m = 0; m < 2 * MEASURES; m++) {
        const double *values = measures[m / 2];
        const bool most = m % 2;
        double others = 0, sum = 0, squares = 0, value = summary(values, joint, size, most);
        for (size_t first = 2; first + size < count; first++) {
            double other = summary(values, first, size, most);
            if (first + size < joint || first > joint + size) {
                others++;
                sum += other;
                squares += other * other;
            }
        }
        double mean = sum / others, deviation = sqrt(squares / others - mean * mean);
        snprintf(found, sizeof found, "the %s%s of the joint is %.4g, elsewhere %.4g +- %.4g",
                 most ? "greatest " : "", measure_names[m / 2], value, mean, deviation);
        if (value > mean + 4 * deviation || (!most && value < mean - 4 * deviation))
            return found;
    }
    return NULL;
}

static void check_joint(const char *material, void (*fill)(void), double correlation)
{
    struct recording_report report;
    begin();
    fill();
    struct recording *recording = make(&report, FRAMES);
    size_t frames = turn(recording, &report);
    print_message("%s: a loop of %.3f s, correlation %.3f\n", material,
                  seconds_from_frames(recording->frames), report.correlation);
    assert_true(report.correlation >= correlation);
    assert_in_range(report.fade_frames, RECORDING_FADE_DEFAULT - 31, RECORDING_FADE_DEFAULT);
    const char *found = find_joint(frames, (size_t)report.fade_frames);
    if (found)
        fail_msg("%s: %s", material, found);
    recording_free(recording);
}

static void test_joints_are_not_found(void **state)
{
    (void)state;
    check_joint("pink noise", make_noise, 0);
    check_joint("a tone", make_tone, 0.99);
    check_joint("a chord", make_chord, 0.9);
    check_joint("music", make_music, 0.3);
}

// The phase of a tone in each 50 ms, against that of an even one: how far it moves from one to the
// next, in degrees; and its level there.
static void check_partial(size_t frames, double hz, double most_degrees, double most_db)
{
    double before = 0, mean = 0, levels[2] = {1e9, 0};
    static double phases[WINDOWS_MAX], steps[WINDOWS_MAX];
    size_t count = frames / WINDOW;
    for (size_t w = 0; w < count; w++) {
        double re = 0, im = 0, weights = 0;
        for (size_t i = 0; i < WINDOW; i++) {
            size_t f = w * WINDOW + i;
            double weight = 1 - cos(2 * CURVE_PI * ((double)i + 0.5) / WINDOW);
            double angle = 2 * CURVE_PI * hz * (double)f / FRAME_RATE;
            re += weight * (double)looped[2 * f] * cos(angle);
            im += weight * (double)looped[2 * f] * sin(angle);
            weights += weight;
        }
        double level = hypot(re, im) / weights;
        levels[0] = fmin(levels[0], level);
        levels[1] = fmax(levels[1], level);
        phases[w] = atan2(im, re);
        steps[w] = w ? remainder(phases[w] - before, 2 * CURVE_PI) : 0;
        before = phases[w];
        mean += steps[w] / (double)(count - 1);
    }
    for (size_t w = 1; w < count; w++)
        near("the phase in degrees", (steps[w] - mean) * 180 / CURVE_PI, 0, most_degrees);
    near("the level in dB", 20 * log10(levels[1] / levels[0]), 0, most_db);
}

static void test_phases_go_on(void **state)
{
    (void)state;
    struct recording_report report;
    begin();
    add_tone(440.37, 0.2, 0);
    struct recording *recording = make(&report, FRAMES);
    check_partial(turn(recording, &report), 440.37, 0.2, 0.1);
    recording_free(recording);
    begin();
    add_tone(3520.9, 0.2, 0);
    recording = make(&report, FRAMES);
    check_partial(turn(recording, &report), 3520.9, 0.5, 0.1);
    recording_free(recording);
}

// What the tests above measure with does see joints that were made without care: cut, faded where
// the phases do not fit, or faded by the wrong law.
static void join_carelessly(void (*fill)(void), size_t frames, size_t fade, double power)
{
    begin();
    fill();
    for (size_t f = 0; f < frames; f++)
        for (size_t c = 0; c < 2; c++)
            looped[2 * f + c] = stereo[2 * ((f + frames / 2) % frames + FRAME_RATE * 3) + c];
    for (size_t f = 0; f < fade; f++) // from behind the loop's end into its beginning
        for (size_t c = 0; c < 2; c++) {
            double in = ((double)f + 0.5) / (double)fade;
            float *at = &looped[2 * (frames - frames / 2 + f) + c];
            *at = (float)pow(in, power) * *at +
                  (float)pow(1 - in, power) * stereo[2 * (frames + f + FRAME_RATE * 3) + c];
        }
}

static void test_careless_joints_are_found(void **state)
{
    (void)state;
    const size_t frames = 50 * FRAME_RATE + 5432, fade = 2 * FRAME_RATE;
    join_carelessly(make_tone, frames, 0, 1);
    assert_non_null(find_joint(frames, fade));
    join_carelessly(make_tone, frames, fade, 0.5);
    assert_non_null(find_joint(frames, fade));
    join_carelessly(make_chord, frames, fade, 0.5);
    assert_non_null(find_joint(frames, fade));
    join_carelessly(make_noise, frames, fade, 1);
    assert_non_null(find_joint(frames, fade));
    join_carelessly(make_noise, frames, fade, 0.5); // what is right for noise is not found
    const char *found = find_joint(frames, fade);
    if (found)
        fail_msg("%s", found);
}

// ---- Level --------------------------------------------------------------------------------------

// Greatest rise of the 50 ms level over the mean of the second before, in dB, and the greatest
// slope of the half second's level in dB a second.
static void find_rise(const struct recording *recording, double *rise_db, double *slope_db)
{
    size_t frames = (size_t)recording->frames;
    recording_render(recording, 0, frames, looped);
    measure(frames);
    *rise_db = *slope_db = 0;
    for (size_t w = 21; w < frames / WINDOW; w++)
        *rise_db = fmax(*rise_db, measures[3][w] - summary(measures[3], w - 20, 20, false));
    enum { HALF = FRAME_RATE / 2 };
    for (size_t at = HALF; at + HALF <= frames; at += HALF / 5) {
        double slope =
            20 * log10(power_of(looped + 2 * at, HALF) / power_of(looped + 2 * (at - HALF), HALF));
        *slope_db = fmax(*slope_db, fabs(slope));
    }
}

// Over the level of the whole, in dB.
static double highest_peak(const struct recording *recording)
{
    double most = 0;
    recording_render(recording, 0, (size_t)recording->frames, looped);
    for (size_t i = 0; i < 2 * (size_t)recording->frames; i++)
        most = fmax(most, fabs((double)looped[i]));
    return 20 * log10(most / 0.1);
}

// A shot: 30 dB over the noise within a sample, gone after 100 ms.
static void add_shot(size_t at, double db)
{
    for (size_t f = 0; f < FRAME_RATE / 5; f++)
        for (size_t c = 0; c < 2; c++)
            stereo[2 * (at + f) + c] *=
                1 + (float)(pow(10, db / 20) * exp(-(double)f / (0.02 * FRAME_RATE)));
}

static void test_shots_are_softened(void **state)
{
    (void)state;
    struct recording_report report;
    double rise_db, slope_db, plain_db;
    begin();
    add_noise(NOISE_PINK, 0.1f, 5);
    struct recording *recording = make(&report, FRAMES);
    find_rise(recording, &plain_db, &slope_db);
    assert_int_equal(report.sudden.sudden_count, 0);
    recording_free(recording);
    begin();
    add_noise(NOISE_PINK, 0.1f, 5);
    const size_t shots[] = {10 * FRAME_RATE, 25 * FRAME_RATE, 41 * FRAME_RATE, 33 * FRAME_RATE};
    for (int i = 0; i < 3; i++)
        add_shot(shots[i], 30);
    stereo[2 * shots[3]] = 1; // a click of one sample
    recording = make(&report, FRAMES);
    find_rise(recording, &rise_db, &slope_db);
    print_message("shots: softened by %.1f dB; 50 ms rise %.1f dB (noise alone %.1f), half seconds "
                  "slope %.1f dB/s\n",
                  report.sudden.sudden_db, rise_db, plain_db, slope_db);
    assert_int_equal(report.sudden.sudden_count, 4);
    assert_true(report.sudden.sudden_db > 15);
    assert_true(rise_db < 7.5 && slope_db < 6);
    assert_true(highest_peak(recording) < 14.5);
    bool near_one = false;
    for (int i = 0; i < 4; i++)
        near_one = near_one || llabs((long long)report.sudden.sudden_frame - (long long)shots[i]) <
                                   FRAME_RATE / 10;
    assert_true(near_one);
    recording_free(recording);
}

// Noise at -20 dBFS.
static void begin_with(enum noise_colour colour)
{
    double sum = 0;
    begin();
    add_noise(colour, 1, 9);
    for (size_t i = 0; i < 2 * FRAMES; i++)
        sum += (double)stereo[i] * (double)stereo[i] / (2 * FRAMES);
    for (size_t i = 0; i < 2 * FRAMES; i++)
        stereo[i] *= (float)(0.1 / sqrt(sum));
}

// `db` over that, beginning at once and gone within a few times `decay` frames.
static void add_bang(size_t at, double db, double decay)
{
    for (size_t f = 0; f < (size_t)(10 * decay); f++)
        for (size_t c = 0; c < 2; c++)
            stereo[2 * (at + f) + c] += (float)(0.1 * pow(10, db / 20) * exp(-(double)f / decay) *
                                                (2 * random_unit(random_at(at, 2 * f + c)) - 1));
}

// Clicks of a sample and of three, claps, shots with and without an echo, in pairs, beside the
// joint.
static void add_bangs(void)
{
    for (size_t i = 0; i < 6; i++) {
        const size_t second = (3 + 9 * i) * FRAME_RATE;
        const double db = 12 + 6 * (double)i;
        stereo[2 * second] += (float)(0.1 * pow(10, db / 20));
        for (size_t f = 0; f < 3; f++)
            stereo[2 * (second + FRAME_RATE + f) + 1] +=
                (float)(0.1 * pow(10, db / 20) * (f == 1 ? -1 : 0.5));
        add_bang(second + 2 * FRAME_RATE, db, 0.004 * FRAME_RATE);
        add_bang(second + 2 * FRAME_RATE + FRAME_RATE / 4, db, 0.004 * FRAME_RATE);
        add_bang(second + 4 * FRAME_RATE, db, 0.02 * FRAME_RATE);
        add_bang(second + 5 * FRAME_RATE, db, 0.2 * FRAME_RATE);
    }
}

static void keep_left(void)
{
    for (size_t f = 0; f < FRAMES; f++)
        stereo[2 * f + 1] = 0;
}

// The loop made of what is in `stereo`; its highest peak over the level.
static double peak_of_loop(struct recording_report *report)
{
    struct recording *recording = make(report, FRAMES);
    double peak_db = highest_peak(recording);
    recording_free(recording);
    return peak_db;
}

static void test_clicks_and_bangs_do_not_stick_out(void **state)
{
    (void)state;
    static const enum noise_colour types[] = {NOISE_WHITE, NOISE_PINK, NOISE_BROWN};
    struct recording_report report;
    for (int i = 0; i < 6; i++) {
        const bool left = i >= 3; // a recording of one channel: all of it is 3 dB higher
        begin_with(types[i % 3]);
        if (left)
            keep_left();
        double plain_db = peak_of_loop(&report);
        assert_int_equal(report.sudden.sudden_count, 0);
        begin_with(types[i % 3]);
        add_bangs();
        if (left)
            keep_left();
        double banged_db = peak_of_loop(&report);
        print_message("peaks of noise %d%s: %.1f dB alone, %.1f dB with %d bangs that were up to "
                      "%.0f dB louder\n",
                      i % 3, left ? ", left" : "", plain_db, banged_db, report.sudden.sudden_count,
                      report.sudden.sudden_db);
        assert_true(report.sudden.sudden_count > 15 && report.sudden.sudden_db > 20);
        assert_true(banged_db < plain_db + 1.5);
        assert_true(plain_db > (left ? 15 : 12)); // as high as noise is: nothing was cut off
    }
}

static void test_steps_become_slopes(void **state)
{
    (void)state;
    struct recording_report report;
    double rise_db, slope_db;
    begin();
    add_noise(NOISE_PINK, 0.02f, 6);
    for (size_t i = 0; i < 2 * FRAMES; i++) // 25 dB more from 20 s to 30 s and from 41 s to 44 s
        if ((i / 2 > 20 * FRAME_RATE && i / 2 < 30 * FRAME_RATE) ||
            (i / 2 > 41 * FRAME_RATE && i / 2 < 44 * FRAME_RATE))
            stereo[i] *= 18;
    struct recording *recording = make(&report, FRAMES);
    find_rise(recording, &rise_db, &slope_db);
    print_message("steps: 50 ms rise %.1f dB, half seconds slope %.1f dB/s\n", rise_db, slope_db);
    assert_true(rise_db < 7.5 && slope_db < 6);
    recording_free(recording);
}

// Ten seconds anywhere are as loud as the whole, whatever the recording did.
static void test_level_is_steady(void **state)
{
    (void)state;
    struct recording_report report;
    begin();
    add_noise(NOISE_PINK, 1, 7);
    for (size_t f = 0; f < FRAMES; f++) {
        double db = 12 * sin(2 * CURVE_PI * (double)f / (40.0 * FRAME_RATE)); // +-12 dB in 40 s
        stereo[2 * f] *= (float)pow(10, db / 20);
        stereo[2 * f + 1] *= (float)pow(10, db / 20);
    }
    struct recording *recording = make(&report, FRAMES);
    recording_render(recording, 0, (size_t)recording->frames, looped);
    double least = 99, most = -99;
    for (size_t at = 0; at + 3 * FRAME_RATE < (size_t)recording->frames; at += FRAME_RATE) {
        double db = 10 * log10(power_of(looped + 2 * at, 3 * (size_t)FRAME_RATE));
        least = fmin(least, db);
        most = fmax(most, db);
    }
    near("the whole", 10 * log10(power_of(looped, (size_t)recording->frames)), -20, 0.01);
    assert_true(most - least < 7.5 && least > -25);
    recording_free(recording);
}

static void test_dc_and_ends_go(void **state)
{
    (void)state;
    struct recording_report report;
    begin();
    add_noise(NOISE_PINK, 0.3f, 8);
    for (size_t f = 0; f < FRAMES; f++) {
        double from_end = fmin((double)f, (double)(FRAMES - 1 - f)) / FRAME_RATE;
        float fade = (float)fmin(from_end / 6, 1); // as recordings often have
        stereo[2 * f] = stereo[2 * f] * fade + 0.4f;
        stereo[2 * f + 1] = stereo[2 * f + 1] * fade - 0.3f;
    }
    struct recording *recording = make(&report, FRAMES);
    recording_render(recording, 0, (size_t)recording->frames, looped);
    for (size_t c = 0; c < 2; c++)
        near("DC", spectrum_mean(looped + c, (size_t)recording->frames, 2), 0, 1e-4);
    double least = 99;
    for (size_t at = 0; at + FRAME_RATE < (size_t)recording->frames; at += FRAME_RATE / 4)
        least = fmin(least, 10 * log10(power_of(looped + 2 * at, FRAME_RATE)));
    assert_true(least > -24.5);
    recording_free(recording);
}

// ---- The rest -----------------------------------------------------------------------------------

static void test_position_is_a_function_of_the_frame(void **state)
{
    (void)state;
    struct recording_report report;
    begin();
    make_noise();
    struct recording *recording = make(&report, 10 * FRAME_RATE);
    int64_t frames = recording->frames;
    recording_render(recording, 0, FRAMES, looped);
    for (int64_t at = 0; at < FRAMES - 777; at += 77777) {
        recording_render(recording, at, 777, work);
        assert_memory_equal(work, looped + 2 * at, 2 * 777 * sizeof *work);
        recording_render(recording, at + 1000 * frames, 777, work);
        assert_memory_equal(work, looped + 2 * at, 2 * 777 * sizeof *work);
    }
    begin();
    make_noise();
    struct recording *again = make(&report, 10 * FRAME_RATE);
    assert_int_equal(again->frames, frames);
    assert_memory_equal(again->samples, recording->samples, 4 * (size_t)frames);
    recording_free(again);
    recording_free(recording);
}

static void refused(size_t frames, const char *words)
{
    struct recording *recording = NULL;
    struct recording_report report;
    struct error error;
    assert_int_equal(
        recording_new(&recording, stereo, frames, RECORDING_FADE_LEAST, &report, &error),
        STATUS_BAD_INPUT);
    assert_null(recording);
    if (!strstr(error.text, words))
        fail_msg("\"%s\" instead of \"%s\"", error.text, words);
}

static void test_what_can_not_be_used(void **state)
{
    (void)state;
    begin();
    refused(FRAMES, "silent");
    for (size_t i = 0; i < 2 * FRAMES; i++)
        stereo[i] = 0.5f;
    refused(FRAMES, "silent");
    begin();
    refused(1, "0.0 s of sound");
    begin();
    make_noise();
    refused((size_t)RECORDING_LEAST - FRAME_RATE, "5.0 s of sound, and a scene needs at least 6 s");
    begin();
    make_noise(); // sound for 4 s in a minute of nothing
    memset(stereo + 2 * 4 * FRAME_RATE, 0, 2 * (FRAMES - 4 * FRAME_RATE) * sizeof *stereo);
    refused(FRAMES, "s of sound");
}

// Every length from the least on gives a loop: no place lies outside.
static void test_short_recordings(void **state)
{
    (void)state;
    for (size_t frames = (size_t)RECORDING_LEAST; frames < 9 * FRAME_RATE; frames += 31337) {
        struct recording_report report;
        begin();
        make_noise();
        struct recording *recording = make(&report, frames);
        assert_true(recording->frames > (int64_t)frames / 3);
        assert_true(report.fade_frames >= RECORDING_FADE_LEAST);
        recording_free(recording);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_joints_are_not_found),
        cmocka_unit_test(test_phases_go_on),
        cmocka_unit_test(test_careless_joints_are_found),
        cmocka_unit_test(test_shots_are_softened),
        cmocka_unit_test(test_clicks_and_bangs_do_not_stick_out),
        cmocka_unit_test(test_steps_become_slopes),
        cmocka_unit_test(test_level_is_steady),
        cmocka_unit_test(test_dc_and_ends_go),
        cmocka_unit_test(test_position_is_a_function_of_the_frame),
        cmocka_unit_test(test_what_can_not_be_used),
        cmocka_unit_test(test_short_recordings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
