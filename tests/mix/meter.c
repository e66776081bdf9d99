// SPDX-License-Identifier: GPL-3.0-or-later
// Reads an exported session back and judges every figure of its mix:
// meter MIX VOICE SCENE CUE PLAN.json [all | clear PLAIN]
//
// MIX is the session; VOICE, SCENE and CUE are its stems, all in float. PLAN.json is what "loosen
// plan --json" prints of it. Prints a line of figures, and one for each that is out of its bounds;
// exits 1 when there is any. "all": nothing may be missing that could be judged. "clear": exported
// with --clear; PLAIN is the scene's stem without.
#include "course.h"
#include "mix.h"

#include <ebur128.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define LINE_LEAST_S 1.5 // shorter ones say nothing about loudness
#define SOFT_S 1.1       // a line after 30 s of silence begins more softly for so long
#define REST_LEAST_S \
    3.0 // the rest of such a line says something from here on: its last words are low
#define CLEAR_DB 3.0

// ---- Lines --------------------------------------------------------------------------------------

// What a line at this frame is meant to have: -18 LUFS; -22 falling by 6 dB for sleep; the first
// less.
static double meant_lufs(const struct mix *mix, const struct line *line)
{
    return -18 + sleep_db(mix, line->start + line->frames / 2) + (line->first ? -3 : 0);
}

static void measure_lines(struct mix *mix)
{
    for (size_t i = 0; i < mix->line_count; i++) {
        struct line *line = &mix->lines[i];
        int64_t skip = line->soft ? (int64_t)(SOFT_S * RATE) : 0;
        line->voice_lufs = line->scene_lufs = (double)NAN;
        if ((double)(line->frames - skip) < (line->soft ? REST_LEAST_S : LINE_LEAST_S) * RATE)
            continue;
        line->voice_lufs = loudness(mix->voice, line->start + skip, line->frames - skip);
        line->scene_lufs = mix->has_scene ? loudness(mix->scene, line->start, line->frames) : 0;
    }
}

// Every line as loud as it is meant to be, no louder than its neighbour, and clear of the scene.
static void judge_lines(struct mix *mix, double *voice, double *ratio, double *least)
{
    double deviation_before = (double)NAN, voices = 0, scenes = 0;
    int count = 0;
    const double clear_db = mix->plain ? CLEAR_DB : 0;
    *least = HUGE_VAL;
    for (size_t i = 0; i < mix->line_count; i++) {
        const struct line *line = &mix->lines[i];
        if (isnan(line->voice_lufs))
            continue;
        double deviation = line->voice_lufs - meant_lufs(mix, line);
        double at = (double)line->start / RATE;
        if (fabs(deviation) > 1.5)
            fault(mix, "the line at %.0f s is %.1f LU from its level", at, deviation);
        if (fabs(deviation - deviation_before) > 1.5)
            fault(mix, "the line at %.0f s is %.1f LU from the one before it", at,
                  deviation - deviation_before);
        double apart = line->voice_lufs - line->scene_lufs;
        if (mix->has_scene && apart < 19 + clear_db)
            fault(mix, "the line at %.0f s is only %.1f LU above the scene", at, apart);
        *least = fmin(*least, apart);
        deviation_before = deviation;
        voices += line->voice_lufs - meant_lufs(mix, line);
        scenes += apart;
        count++;
    }
    *voice = voices / count;
    *ratio = scenes / count;
    between(mix, "the mean level of the lines, against -18 LUFS", *voice, -1, 1);
    if (mix->has_scene)
        between(mix, "the mean distance of voice and scene", *ratio, 20 + clear_db, 26 + clear_db);
}

// A line that is said twice, once after 30 s of silence and once not, is the same but for its
// beginning.
static int judge_soft_lines(struct mix *mix)
{
    const int64_t low = RATE * 6 / 10, risen = (int64_t)(SOFT_S * RATE);
    int count = 0;
    for (size_t i = 0; i < mix->line_count * mix->line_count; i++) {
        const struct line *soft = &mix->lines[i / mix->line_count];
        const struct line *plain = &mix->lines[i % mix->line_count];
        if (!soft->soft || plain->soft || plain->first || soft->frames != plain->frames ||
            soft->frames < 2 * risen || strcmp(soft->text, plain->text) != 0)
            continue;
        double fall = sleep_db(mix, soft->start) - sleep_db(mix, plain->start);
        between(mix, "the beginning of a line after 30 s of silence",
                power_db(mix->voice, soft->start, low) - power_db(mix->voice, plain->start, low) -
                    fall,
                -4.2, -3.8);
        between(mix, "its rest",
                power_db(mix->voice, soft->start + risen, soft->frames - risen) -
                    power_db(mix->voice, plain->start + risen, plain->frames - risen) - fall,
                -0.1, 0.1);
        count++;
    }
    return count;
}

// With --clear the scene is so much softer under every line, and everywhere.
static void judge_clear(struct mix *mix)
{
    for (size_t i = 0; i < mix->line_count; i++) {
        const struct line *line = &mix->lines[i];
        between(mix, "what --clear takes from the scene",
                power_db(mix->plain, line->start, line->frames) -
                    power_db(mix->scene, line->start, line->frames),
                CLEAR_DB - 0.05, CLEAR_DB + 0.05);
    }
}

// ---- The whole ----------------------------------------------------------------------------------

// One pass over the mix: peak, loudness, mean, and its ends. The loudness of the whole is told and
// not judged: where words are few it counts the scene, too.
static void judge_whole(struct mix *mix, double *lufs, double *peak_db)
{
    float stereo[2 * BLOCK];
    double sum[2] = {0, 0}, peak[2];
    float first = 1, last[2] = {1, 1};
    ebur128_state *state = ebur128_init(2, RATE, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
    if (!state)
        die("cannot measure", "the mix");
    for (int64_t done = 0; done < mix->total;) {
        size_t count = read_some(mix->mix, stereo, mix->total - done);
        if (count == 0)
            die("ends early", "the mix");
        ebur128_add_frames_float(state, stereo, count);
        if (done == 0)
            first = fabsf(stereo[0]) + fabsf(stereo[1]);
        for (size_t i = 0; i < 2 * count; i++)
            sum[i % 2] += (double)stereo[i];
        memcpy(last, stereo + 2 * (count - 1), sizeof last);
        done += (int64_t)count;
    }
    ebur128_loudness_global(state, lufs);
    ebur128_true_peak(state, 0, &peak[0]);
    ebur128_true_peak(state, 1, &peak[1]);
    ebur128_destroy(&state);
    *peak_db = 20 * log10(fmax(peak[0], peak[1]));
    between(mix, "the true peak", *peak_db, -40, -1.5);
    if (first != 0 || last[0] != 0 || last[1] != 0)
        fault(mix, "it does not begin and end with 0");
    for (int c = 0; c < 2; c++)
        if (fabs(sum[c]) / (double)mix->total > 2e-5)
            fault(mix, "channel %d has an offset of %g", c, sum[c] / (double)mix->total);
}

// Once the start has risen the mix is the sum of its stems: the limiter does nothing.
static void judge_limiter(struct mix *mix)
{
    static float sounds[4][2 * BLOCK];
    SNDFILE *files[] = {mix->mix, mix->voice, mix->scene, mix->cue};
    int64_t done = RATE / 2, other = 0, first = 0;
    for (int i = 0; i < 4; i++)
        if (sf_seek(files[i], done, SEEK_SET) != done)
            die("cannot be read", "a stem");
    while (done < mix->total) {
        size_t count = read_some(files[0], sounds[0], mix->total - done);
        for (int i = 1; i < 4; i++)
            if (count == 0 || read_some(files[i], sounds[i], (int64_t)count) != count)
                die("ends early", "a stem");
        for (size_t i = 0; i < 2 * count; i++) {
            if (sounds[0][i] == sounds[1][i] + sounds[2][i] + sounds[3][i])
                continue;
            first = other++ ? first : done + (int64_t)i / 2;
        }
        done += (int64_t)count;
    }
    if (other > 0)
        fault(mix, "%lld samples, from %.2f s on, are not the sum of the stems", (long long)other,
              (double)first / RATE);
}

// What cannot be missing where all is to be judged.
static void judge_counts(struct mix *mix, const struct course *course, int soft)
{
    if (soft == 0)
        fault(mix, "no line is said twice, after silence and not");
    if (course->pauses == 0 || course->breaths == 0 || course->phases == 0 ||
        course->touches < TOUCHES_LEAST)
        fault(mix, "%d pauses, %d breaths, %d phases, %d of touches judged", course->pauses,
              course->breaths, course->phases, course->touches);
    if (mix->chime_count == 0)
        fault(mix, "there is no chime");
}

int main(int count, char **args)
{
    static struct mix mix;
    double lufs = 0, peak_db = 0, voice = 0, ratio = 0, least = 0;
    if (count < 6)
        die("wants", "MIX VOICE SCENE CUE PLAN.json");
    const char *how = count > 6 ? args[6] : "";
    mix_open(&mix, args + 1, strcmp(how, "clear") == 0 && count > 7 ? args[7] : NULL);
    judge_whole(&mix, &lufs, &peak_db);
    judge_limiter(&mix);
    measure_lines(&mix);
    judge_lines(&mix, &voice, &ratio, &least);
    int soft = judge_soft_lines(&mix);
    struct course course = course_judge(&mix);
    if (mix.plain)
        judge_clear(&mix);
    if (strcmp(how, "all") == 0)
        judge_counts(&mix, &course, soft);
    printf("  %.1f LUFS, %.1f dBTP; lines %+.2f LU", lufs, peak_db, voice);
    if (mix.has_scene)
        printf(", %.1f LU above the scene (least %.1f)", ratio, least);
    putchar('\n');
    course_print(&course);
    mix_close(&mix);
    return mix.faults > 0;
}
