// SPDX-License-Identifier: GPL-3.0-or-later
// What reaches a device of another rate or with one channel, measured: exact in time, clean,
// bounded.
#include "speaker_output.h"

#include "duration.h"
#include "master.h"
#include "random.h"
#include <math.h>
#include <setjmp.h>
#include <soxr.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const int rates[] = {8000, 44100, 88200, 96000, 192000};
enum { RATES = sizeof rates / sizeof rates[0] };
static const double pi = 3.14159265358979323846;

// A session: a function of the frame, and how far it was taken.
struct session {
    float (*left)(const struct session *session, int64_t frame);
    double hz;
    float right; // times the left channel
    int64_t taken;
};

static void pull(void *context, float *stereo, size_t frames)
{
    struct session *session = context;
    for (size_t f = 0; f < frames; f++) {
        stereo[2 * f] = session->left(session, session->taken++);
        stereo[2 * f + 1] = session->right * stereo[2 * f];
    }
}

static float tone(const struct session *session, int64_t frame)
{
    return (float)(0.5 * sin(2 * pi * session->hz / FRAME_RATE * (double)frame));
}

static float noise(const struct session *session, int64_t frame)
{
    (void)session;
    return (float)(random_unit(random_at(5, (uint64_t)frame)) - 0.5);
}

// Full scale, and its edges make any filter ring.
static float square(const struct session *session, int64_t frame)
{
    (void)session;
    return frame / 37 % 2 ? MASTER_PEAK : -MASTER_PEAK;
}

// Nine tones up to 6 kHz over 50 Hz: inside the pass band of every rate but the lowest.
static float chord(const struct session *session, int64_t frame)
{
    (void)session;
    double sum = 0;
    for (int i = 0; i < 9; i++)
        sum += sin(2 * pi * (53 * pow(1.8, i)) / FRAME_RATE * (double)frame + i);
    return (float)(0.08 * sum);
}

static struct speaker_output *make(int rate_hz, int channels)
{
    struct speaker_output *output = NULL;
    assert_int_equal(speaker_output_new(&output, rate_hz, channels, NULL), STATUS_OK);
    return output;
}

// The device's samples, in blocks of `block` frames; owned by the caller.
static float *render(struct session *session, int rate_hz, int channels, size_t frames,
                     size_t block)
{
    const struct speaker_feed renderer = {pull, session};
    struct speaker_output *output = make(rate_hz, channels);
    float *samples = malloc(frames * (size_t)channels * sizeof *samples);
    assert_non_null(samples);
    for (size_t done = 0; done < frames; done += block) {
        size_t part = frames - done < block ? frames - done : block;
        speaker_output_render(output, &renderer, samples + done * (size_t)channels, part);
        int64_t heard = (int64_t)(done + part) * FRAME_RATE / rate_hz;
        assert_int_equal(session->taken, heard + speaker_output_delay_frames(output));
    }
    speaker_output_free(output);
    return samples;
}

static void nothing_is_touched_at_48_khz_stereo(void **state)
{
    (void)state;
    enum { FRAMES = 50000 };
    struct session played = {.left = noise, .right = -0.5f};
    struct session wanted = played;
    float *samples = render(&played, FRAME_RATE, 2, FRAMES, 20000);
    float *expected = malloc(2 * FRAMES * sizeof *expected);
    assert_non_null(expected);
    pull(&wanted, expected, FRAMES);
    assert_memory_equal(samples, expected, 2 * FRAMES * sizeof *expected);
    assert_int_equal(played.taken, FRAMES);
    free(expected);
    free(samples);
}

static void mono_is_the_mean(void **state)
{
    (void)state;
    enum { FRAMES = 50000 };
    struct session played = {.left = noise, .right = 0.25f};
    float *samples = render(&played, FRAME_RATE, 1, FRAMES, 40000);
    for (int64_t f = 0; f < FRAMES; f++) {
        float left = noise(NULL, f);
        assert_true(samples[f] == 0.5f * (left + 0.25f * left));
    }
    free(samples);
    struct session loud = {.left = square, .right = 1};
    samples = render(&loud, FRAME_RATE, 1, FRAMES, 441);
    for (int64_t f = 0; f < FRAMES; f++)
        assert_true(samples[f] == square(NULL, f));
    free(samples);
}

struct fit {
    double gain_db; // of the tone, against the one that was sent
    double shift;   // in device frames: late when positive
    double rest_db; // of everything else, against the tone that was sent
};

// Least squares: the tone of that frequency in the middle half of the samples, and what is left.
static struct fit fit_tone(const float *samples, size_t stride, size_t frames, double cycles)
{
    double ss = 0, cc = 0, sc = 0, ys = 0, yc = 0, rest = 0;
    const size_t first = frames / 4, last = frames - frames / 4;
    for (size_t f = first; f < last; f++) {
        double s = sin(2 * pi * cycles * (double)f), c = cos(2 * pi * cycles * (double)f);
        double y = (double)samples[f * stride];
        ss += s * s, cc += c * c, sc += s * c, ys += y * s, yc += y * c;
    }
    double determinant = ss * cc - sc * sc;
    double a = (ys * cc - yc * sc) / determinant, b = (yc * ss - ys * sc) / determinant;
    for (size_t f = first; f < last; f++) {
        double angle = 2 * pi * cycles * (double)f;
        rest += pow((double)samples[f * stride] - a * sin(angle) - b * cos(angle), 2);
    }
    rest /= (double)(last - first) * 0.125;
    return (struct fit){.gain_db = 20 * log10(hypot(a, b) / 0.5),
                        .shift = -atan2(b, a) / (2 * pi * cycles),
                        .rest_db = 10 * log10(rest + 1e-30)};
}

// Distortion, images and aliases together; and each device frame is the session at that very
// moment.
static void tones_stay_clean_and_in_time(void **state)
{
    (void)state;
    static const double parts[] = {0.01, 0.13, 0.5, 0.8}; // of the lower half rate
    for (int r = 0; r < RATES; r++) {
        double half = (rates[r] < FRAME_RATE ? rates[r] : FRAME_RATE) / 2.0;
        double worst_db = -200, gain_db = 0, shift = 0;
        for (int channels = 1; channels <= 2; channels++)
            for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
                struct session session = {.left = tone, .hz = parts[i] * half, .right = 1};
                float *samples = render(&session, rates[r], channels, (size_t)rates[r] / 2, 512);
                struct fit fit = fit_tone(samples + channels - 1, (size_t)channels,
                                          (size_t)rates[r] / 2, session.hz / rates[r]);
                worst_db = fmax(worst_db, fit.rest_db);
                gain_db = fmax(gain_db, fabs(fit.gain_db));
                shift = fmax(shift, fabs(fit.shift));
                free(samples);
            }
        struct speaker_output *output = make(rates[r], 2);
        print_message("%6d Hz: rest %.1f dB, gain %.4f dB, shift %.6f frames, delay %d\n", rates[r],
                      worst_db, gain_db, shift, speaker_output_delay_frames(output));
        assert_in_range(speaker_output_delay_frames(output), 2, rates[r] < 44100 ? 300 : 60);
        speaker_output_free(output);
        assert_true(worst_db < -100);
        assert_true(gain_db < 0.01);
        assert_true(shift < 0.001);
    }
}

// What a device of a lower rate cannot play is left out, not folded down.
static void tones_above_the_device_are_gone(void **state)
{
    (void)state;
    static const struct {
        int rate_hz;
        double hz;
    } cases[] = {{44100, 22100}, {44100, 23500}, {8000, 4100}, {8000, 15000}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct session session = {.left = tone, .hz = cases[i].hz, .right = 1};
        size_t frames = (size_t)cases[i].rate_hz / 2;
        float *samples = render(&session, cases[i].rate_hz, 1, frames, 1000);
        double power = 0;
        for (size_t f = frames / 4; f < frames - frames / 4; f++)
            power += (double)samples[f] * (double)samples[f];
        double db = 10 * log10(power / ((double)frames / 2 * 0.125) + 1e-30);
        print_message("%.0f Hz to %d Hz: %.1f dB\n", cases[i].hz, cases[i].rate_hz, db);
        assert_true(db < -90);
        free(samples);
    }
}

// Another library's converter at its best is the witness, from the first frame to the last.
static void equals_another_converter(void **state)
{
    (void)state;
    enum { FRAMES = FRAME_RATE };
    float *session = malloc(2 * FRAMES * sizeof *session);
    assert_non_null(session);
    for (int r = 1; r < RATES; r++) {
        size_t frames = (size_t)rates[r], made = 0;
        struct session source = {.left = chord, .right = -1}, again = source;
        float *samples = render(&source, rates[r], 2, frames, 777);
        float *wanted = malloc(2 * frames * sizeof *wanted);
        assert_non_null(wanted);
        pull(&again, session, FRAMES);
        const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_VHQ, 0);
        assert_null(soxr_oneshot(FRAME_RATE, rates[r], 2, session, FRAMES, NULL, wanted, frames,
                                 &made, NULL, &quality, NULL));
        assert_int_equal(made, frames);
        double signal = 0, difference = 0;
        for (size_t i = frames / 10; i < 2 * frames - frames / 10; i++) {
            signal += (double)wanted[i] * (double)wanted[i];
            difference += pow((double)wanted[i] - (double)samples[i], 2);
        }
        double snr_db = 10 * log10(signal / difference);
        print_message("%d Hz: %.1f dB from soxr's\n", rates[r], snr_db);
        assert_true(snr_db > 100);
        free(wanted);
        free(samples);
    }
    free(session);
}

static void block_sizes_make_no_difference(void **state)
{
    (void)state;
    enum { FRAMES = 60000 };
    static const size_t blocks[] = {1, 7, 441, 8192, FRAMES};
    for (int r = 0; r < RATES; r++)
        for (int channels = 1; channels <= 2; channels++) {
            struct session session = {.left = noise, .right = 0.3f};
            float *first = render(&session, rates[r], channels, FRAMES, 512);
            for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
                session.taken = 0;
                float *other = render(&session, rates[r], channels, FRAMES, blocks[i]);
                assert_memory_equal(first, other, FRAMES * (size_t)channels * sizeof *first);
                free(other);
            }
            free(first);
        }
}

static void no_sample_is_above_the_peak(void **state)
{
    (void)state;
    enum { FRAMES = 30000 };
    for (int r = 0; r < RATES; r++) {
        struct session session = {.left = square, .right = -1};
        float *samples = render(&session, rates[r], 2, FRAMES, 512);
        float highest = 0;
        for (size_t i = 0; i < 2 * FRAMES; i++)
            highest = fmaxf(highest, fabsf(samples[i]));
        assert_true(highest == MASTER_PEAK); // it did ring
        free(samples);
    }
}

static void impossible_rates_are_refused(void **state)
{
    (void)state;
    struct speaker_output *output = NULL;
    struct error error;
    assert_int_equal(speaker_output_new(&output, 100, 2, &error), STATUS_UNSUPPORTED);
    assert_string_equal(error.text, "cannot convert to 100 Hz");
    assert_null(output);
    speaker_output_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_touched_at_48_khz_stereo),
        cmocka_unit_test(mono_is_the_mean),
        cmocka_unit_test(tones_stay_clean_and_in_time),
        cmocka_unit_test(tones_above_the_device_are_gone),
        cmocka_unit_test(equals_another_converter),
        cmocka_unit_test(block_sizes_make_no_difference),
        cmocka_unit_test(no_sample_is_above_the_peak),
        cmocka_unit_test(impossible_rates_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
