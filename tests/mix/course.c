// SPDX-License-Identifier: GPL-3.0-or-later
#include "course.h"

#include <ebur128.h>
#include <math.h>
#include <stdio.h>

#define PAUSE_LEAST_S 6.0 // so long without voice: the scene is up for a second in its middle
#define PAUSE_RISE_S 2.6  // until it is up
#define PAUSE_FALL_S 2.3  // from where it goes down
#define PACE_S 7.0   // before and after a bout the swell is on its way to the breath's, and back
#define RECOVERING 2 // breaths after a word in which the scene comes up again
#define TURN_S 0.4   // at a breath's turn
#define PHASE_LEAST_S 2.0
#define CUE_WINDOW_S 0.1
#define WORDS_NEAR_S 3.0 // before a word the scene goes down, and up behind it

static int64_t frames_of(double seconds)
{
    return (int64_t)(seconds * RATE);
}

// ---- Pauses and bouts against speech ------------------------------------------------------------

// The scene under all lines but the first, less what the session's level does.
static double scene_under(const struct mix *mix)
{
    double sum = 0;
    int count = 0;
    for (size_t i = 0; i < mix->line_count; i++) {
        const struct line *line = &mix->lines[i];
        if (isnan(line->scene_lufs) || line->first)
            continue;
        sum += line->scene_lufs - sleep_db(mix, line->start);
        count++;
    }
    return sum / count;
}

static double scene_db(const struct mix *mix, int64_t start, int64_t end)
{
    return loudness(mix->scene, start, end - start) - sleep_db(mix, (start + end) / 2);
}

static bool is_paced(const struct mix *mix, int64_t start, int64_t end)
{
    const int64_t pace = frames_of(PACE_S);
    for (size_t i = 0; i < mix->phase_count; i++)
        if (mix->phases[i].start < end + pace &&
            mix->phases[i].start + mix->phases[i].frames > start - pace)
            return true;
    return false;
}

static bool is_spoken(const struct mix *mix, int64_t start, int64_t end)
{
    for (size_t i = 0; i < mix->line_count; i++)
        if (mix->lines[i].start < end && mix->lines[i].start + mix->lines[i].frames > start)
            return true;
    return false;
}

// Single ones differ by the free swell and by what noise does; their mean may not.
static void judge_mean(struct mix *mix, const char *what, double mean, int count)
{
    double room = 0.5 + 2 / sqrt(count);
    between(mix, what, mean, 6 - room, 8 + room);
}

static void judge_pauses(struct mix *mix, struct course *course, double under)
{
    double sum = 0;
    for (size_t i = 0; i + 1 < mix->line_count; i++) {
        int64_t start = mix->lines[i].start + mix->lines[i].frames, end = mix->lines[i + 1].start;
        if (end - start < frames_of(PAUSE_LEAST_S) || is_paced(mix, start, end))
            continue;
        double rise = scene_db(mix, start + frames_of(PAUSE_RISE_S), end - frames_of(PAUSE_FALL_S));
        rise -= under;
        if (!(rise >= 3 && rise <= 11))
            fault(mix, "in the pause at %.0f s the scene is %.1f dB up", (double)start / RATE,
                  rise);
        sum += rise;
        course->pauses++;
    }
    course->pause_db = sum / course->pauses;
    if (course->pauses > 0)
        judge_mean(mix, "the rise of the scene in pauses", course->pause_db, course->pauses);
}

// Breaths far enough from words, whole ones: from the beginning of a breath in to the end of that
// out.
static void judge_bouts(struct mix *mix, struct course *course, double under)
{
    double sum = 0;
    int clean = 0;
    const struct phase *in = NULL;
    for (size_t i = 0; i < mix->phase_count; i++) {
        const struct phase *now = &mix->phases[i];
        if (now->in)
            in = now;
        if (!now->out || !in)
            continue;
        int64_t end = now->start + now->frames;
        clean = is_spoken(mix, in->start - RATE, end + 3 * (int64_t)RATE) ? 0 : clean + 1;
        if (clean > RECOVERING) {
            sum += scene_db(mix, in->start, end) - under;
            course->breaths++;
        }
    }
    course->breath_db = sum / course->breaths;
    if (course->breaths > 0)
        judge_mean(mix, "the rise of the scene in bouts", course->breath_db, course->breaths);
}

// ---- Breaths ------------------------------------------------------------------------------------

static double turn_db(const struct mix *mix, int64_t frame)
{
    const int64_t window = frames_of(TURN_S);
    return loudness(mix->waves, frame - window / 2, window) - sleep_db(mix, frame);
}

// Every phase of every bout, from the first one on, is heard as a wave.
static void judge_phases(struct mix *mix, struct course *course)
{
    double sum = 0;
    course->least_db = HUGE_VAL;
    for (size_t i = 0; i < mix->phase_count; i++) {
        const struct phase *phase = &mix->phases[i];
        if (phase->frames < frames_of(PHASE_LEAST_S) || (!phase->in && !phase->out))
            continue;
        double wave = turn_db(mix, phase->start + phase->frames) - turn_db(mix, phase->start);
        wave = phase->in ? wave : -wave;
        if (wave < 3.5)
            fault(mix, "the breath %s at %.1f s moves by %.1f dB", phase->in ? "in" : "out",
                  (double)phase->start / RATE, wave);
        course->least_db = fmin(course->least_db, wave);
        sum += wave;
        course->phases++;
    }
    course->wave_db = sum / course->phases;
}

// Whether the next breath of the touch follows: the last one fades, as the first one does.
static bool is_within(const struct mix *mix, size_t i)
{
    const struct phase *phase = &mix->touches[i];
    return phase->cycle > 0 && i + 2 < mix->touch_count && phase[2].cycle == phase->cycle + 1;
}

// Where nobody speaks, the breath of a touch is heard as well, and less than that of a bout. Single
// ones differ by what noise does.
static void judge_touches(struct mix *mix, struct course *course)
{
    const int64_t near = frames_of(WORDS_NEAR_S);
    double sum = 0;
    for (size_t i = 0; i < mix->touch_count; i++) {
        const struct phase *phase = &mix->touches[i];
        int64_t end = phase->start + phase->frames;
        if (!is_within(mix, i) || is_spoken(mix, phase->start - near, end + near))
            continue;
        double wave = turn_db(mix, end) - turn_db(mix, phase->start);
        sum += phase->in ? wave : -wave;
        course->touches++;
    }
    course->touch_db = sum / course->touches;
    if (course->touches >= TOUCHES_LEAST)
        between(mix, "the breath in touches", course->touch_db, 3, 6.5);
}

// ---- Slopes and fades ---------------------------------------------------------------------------

static bool is_breathing(const struct mix *mix, int64_t frame)
{
    for (size_t i = 0; i < mix->phase_count; i++)
        if (mix->phases[i].start <= frame && frame <= mix->phases[i].start + mix->phases[i].frames)
            return true;
    return false;
}

// Of a tone only what lies within a bout counts: before and after it there is nothing.
static bool has_slope(const struct mix *mix, int64_t from, int64_t to)
{
    if (!mix->has_scene)
        return is_breathing(mix, from) && is_breathing(mix, to);
    return from > mix->lead;
}

// The steepest course: momentary loudness (400 ms), one second apart, in dB.
static double measure_slope(struct mix *mix)
{
    enum { HOP = RATE / 10, AGO = 10, WINDOW = 4 * HOP };
    float stereo[2 * HOP];
    double past[AGO] = {0}, steepest = 0;
    ebur128_state *state = ebur128_init(2, RATE, EBUR128_MODE_M);
    if (!state || sf_seek(mix->waves, 0, SEEK_SET) != 0)
        die("cannot measure", "the scene");
    for (int64_t hop = 0; (hop + 1) * HOP <= mix->total - mix->tail; hop++) {
        double lufs;
        if (sf_readf_float(mix->waves, stereo, HOP) != HOP)
            die("ends early", "the scene");
        ebur128_add_frames_float(state, stereo, HOP);
        ebur128_loudness_momentary(state, &lufs);
        if (has_slope(mix, (hop + 1 - AGO) * HOP - WINDOW, (hop + 1) * HOP))
            steepest = fmax(steepest, fabs(lufs - past[hop % AGO]));
        past[hop % AGO] = lufs;
    }
    ebur128_destroy(&state);
    return steepest;
}

// From and to -60 dB in a straight line, but for what the swell and noise do: in windows of a
// tenth.
static void judge_fade(struct mix *mix, const char *what, int64_t start, int64_t frames, bool up)
{
    enum { WINDOWS = 10 };
    double off[WINDOWS], mean = 0;
    for (int i = 0; i < WINDOWS; i++) {
        double part = (i + 0.5) / WINDOWS;
        int64_t at = start + frames * i / WINDOWS;
        off[i] = power_db(mix->scene, at, frames / WINDOWS) - sleep_db(mix, at) +
                 60 * (up ? 1 - part : part);
        mean += off[i] / WINDOWS;
    }
    for (int i = 0; i < WINDOWS; i++)
        if (fabs(off[i] - mean) > 4)
            fault(mix, "%s is %.1f dB off a straight line in its part %d of 10", what,
                  off[i] - mean, i + 1);
    double outer = power_db(mix->scene, up ? 0 : mix->total - RATE / 2, RATE / 2);
    if (outer > -70)
        fault(mix, "%s has %.1f dB at its outer end", what, outer);
}

// ---- Cues ---------------------------------------------------------------------------------------

// A chime over the scene as it is on the mean around it, whose noise would hide the chime's own
// slope.
static void judge_chime(struct mix *mix, struct course *course, const struct chime *chime)
{
    const int64_t window = frames_of(CUE_WINDOW_S), around = 2 * (int64_t)RATE;
    const double scene = power_db(mix->scene, chime->start - around, chime->frames + 2 * around);
    double before = scene, most = -200, steepest = 0;
    for (int64_t at = chime->start; at < chime->start + chime->frames + window; at += window) {
        double cue = power_db(mix->cue, at, window);
        double now = 10 * log10(pow(10, scene / 10) + pow(10, cue / 10));
        steepest = fmax(steepest, fabs(now - before) / CUE_WINDOW_S);
        most = fmax(most, cue);
        before = now;
    }
    between(mix, "the crest of a chime over the scene", most - scene, -10, 10);
    between(mix, "the slope of a chime", steepest, 1, 10);
    course->chime_db = fmax(course->chime_db, most - scene);
}

// ---- All of it ----------------------------------------------------------------------------------

struct course course_judge(struct mix *mix)
{
    struct course course = {
        .pause_db = (double)NAN, .breath_db = (double)NAN, .chime_db = -HUGE_VAL};
    judge_phases(mix, &course);
    judge_touches(mix, &course);
    course.slope_db = measure_slope(mix);
    // 6 dB, and what momentary loudness of noise differs by itself
    between(mix, "the steepest change in a second", course.slope_db, 0.5, 6.5);
    if (!mix->has_scene)
        return course;
    const double under = scene_under(mix);
    judge_pauses(mix, &course, under);
    judge_bouts(mix, &course, under);
    judge_fade(mix, "the fade in", 0, mix->lead, true);
    judge_fade(mix, "the fade out", mix->total - mix->tail, mix->tail, false);
    for (size_t i = 0; i < mix->chime_count; i++)
        judge_chime(mix, &course, &mix->chimes[i]);
    return course;
}

void course_print(const struct course *course)
{
    printf("  %.1f dB in a second", course->slope_db);
    if (course->pauses > 0)
        printf("; %.1f LU up in %d pauses", course->pause_db, course->pauses);
    if (course->breaths > 0)
        printf("; %.1f LU up in %d breaths", course->breath_db, course->breaths);
    if (course->phases > 0)
        printf("; %d phases of %.1f dB (least %.1f)", course->phases, course->wave_db,
               course->least_db);
    if (course->touches > 0)
        printf("; %d of %.1f dB in touches", course->touches, course->touch_db);
    if (course->chime_db > -100)
        printf("; chimes %.1f dB over the scene", course->chime_db);
    putchar('\n');
}
