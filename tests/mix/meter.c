// Reads an exported session back and judges every figure of its mix: meter MIX VOICE SCENE CUE PLAN.json
//
// MIX is the session; VOICE, SCENE and CUE are its stems, all in float. PLAN.json is what "loosen plan --json" prints of it. Prints one line of figures,
// and one for each that is out of its bounds; exits 1 when there is any.
#include <ebur128.h>
#include <jansson.h>
#include <math.h>
#include <sndfile.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RATE = 48000, BLOCK = 4096, LINES_MAX = 20000 };

#define LINE_LEAST_S 1.5   // shorter ones say nothing about loudness
#define SOFT_S 1.0         // a line after 30 s of silence begins more softly for so long
#define PAUSE_LEAST_S 14.0 // so long without voice: the scene is up for seconds in its middle
#define PAUSE_EDGE_S 5.0   // to and from there

struct line {
    int64_t start, frames;
    bool first, soft;
    double voice_lufs, scene_lufs;
};

struct mix {
    SNDFILE *mix, *voice, *scene, *cue;
    int64_t total, lead, tail;
    bool sleep;
    struct line lines[LINES_MAX];
    size_t line_count;
    int faults;
};

static void die(const char *what, const char *name)
{
    fprintf(stderr, "meter: %s: %s\n", what, name);
    exit(2);
}

static void __attribute__((format(printf, 2, 3))) fault(struct mix *mix, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("  FAULT: ", stdout);
    vprintf(format, args);
    putchar('\n');
    va_end(args);
    mix->faults++;
}

static void between(struct mix *mix, const char *what, double value, double least, double most)
{
    if (!(value >= least && value <= most))
        fault(mix, "%s is %.2f, not in %g .. %g", what, value, least, most);
}

// ---- Reading ------------------------------------------------------------------------------------

static SNDFILE *open_file(const char *name, int64_t total)
{
    SF_INFO info = {0};
    SNDFILE *file = sf_open(name, SFM_READ, &info);
    if (!file)
        die("cannot be read", name);
    if (info.frames != total || info.channels != 2 || info.samplerate != RATE)
        die("is not as long as its plan, stereo at 48 kHz", name);
    return file;
}

static size_t read_some(SNDFILE *file, float *stereo, int64_t frames)
{
    sf_count_t count = sf_readf_float(file, stereo, frames < BLOCK ? frames : BLOCK);
    return count > 0 ? (size_t)count : 0;
}

static int64_t number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value))
        die("the plan has no number", key);
    return json_integer_value(value);
}

static bool is_speech(const json_t *event)
{
    const char *type = json_string_value(json_object_get(event, "type"));
    return type && strcmp(type, "speech") == 0;
}

static void read_plan(struct mix *mix, const char *name)
{
    json_error_t error;
    json_t *plan = json_load_file(name, 0, &error);
    if (!plan)
        die(error.text, name);
    const char *ending = json_string_value(json_object_get(plan, "ending"));
    mix->sleep = ending && strcmp(ending, "sleep") == 0;
    mix->total = number(plan, "total_frames");
    mix->lead = number(plan, "lead_frames");
    mix->tail = number(plan, "tail_frames");
    size_t i;
    json_t *event;
    int64_t silent_since = 0;
    json_array_foreach(json_object_get(plan, "events"), i, event)
    {
        if (!is_speech(event) || mix->line_count == LINES_MAX)
            continue;
        struct line *line = &mix->lines[mix->line_count++];
        *line = (struct line){.start = number(event, "start_frame"),
                              .frames = number(event, "frames"),
                              .first = mix->line_count == 1};
        line->soft = line->start - silent_since >= (int64_t)30 * RATE;
        silent_since = line->start + line->frames;
    }
    if (mix->line_count < 5)
        die("has almost no speech", name);
    json_decref(plan);
}

// ---- Measuring ----------------------------------------------------------------------------------

// Integrated loudness of a window of a file.
static double loudness(SNDFILE *file, int64_t start, int64_t frames)
{
    static float stereo[2 * BLOCK];
    ebur128_state *state = ebur128_init(2, RATE, EBUR128_MODE_I);
    double lufs = -HUGE_VAL;
    if (!state || sf_seek(file, start, SEEK_SET) != start)
        die("cannot measure", "a window");
    while (frames > 0) {
        size_t count = read_some(file, stereo, frames);
        if (count == 0)
            die("ends early", "a file");
        ebur128_add_frames_float(state, stereo, count);
        frames -= (int64_t)count;
    }
    ebur128_loudness_global(state, &lufs);
    ebur128_destroy(&state);
    return lufs;
}

// What a line at this frame is meant to have: -18 LUFS; -22 falling by 6 dB for sleep; the first less.
static double meant_lufs(const struct mix *mix, const struct line *line)
{
    double middle = (double)line->start + (double)line->frames / 2;
    double sleep = mix->sleep ? -4 - 6 * middle / (double)mix->total : 0;
    return -18 + sleep + (line->first ? -3 : 0);
}

static void measure_lines(struct mix *mix)
{
    for (size_t i = 0; i < mix->line_count; i++) {
        struct line *line = &mix->lines[i];
        int64_t skip = line->soft ? (int64_t)(SOFT_S * RATE) : 0;
        line->voice_lufs = line->scene_lufs = (double)NAN;
        if ((double)(line->frames - skip) < LINE_LEAST_S * RATE)
            continue;
        line->voice_lufs = loudness(mix->voice, line->start + skip, line->frames - skip);
        line->scene_lufs = loudness(mix->scene, line->start, line->frames);
    }
}

// Every line as loud as it is meant to be, no louder than its neighbour, and clear of the scene.
static void judge_lines(struct mix *mix, double *voice, double *ratio, double *least)
{
    double deviation_before = (double)NAN, voices = 0, scenes = 0, spread = 0;
    int count = 0;
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
        if (apart < 19)
            fault(mix, "the line at %.0f s is only %.1f LU above the scene", at, apart);
        *least = fmin(*least, apart);
        spread = fmax(spread, fabs(deviation));
        deviation_before = deviation;
        voices += line->voice_lufs - meant_lufs(mix, line);
        scenes += apart;
        count++;
    }
    *voice = voices / count;
    *ratio = scenes / count;
    between(mix, "the mean level of the lines, against -18 LUFS", *voice, -1, 1);
    between(mix, "the mean distance of voice and scene", *ratio, 20, 26);
}

// How far the scene rises in pauses: the mean over all long ones. NAN when there are none.
static double measure_rise(struct mix *mix)
{
    double power = 0, under = 0;
    int count = 0, lines = 0;
    for (size_t i = 0; i < mix->line_count; i++) {
        const struct line *line = &mix->lines[i];
        bool last = i + 1 == mix->line_count;
        int64_t from = line->start + line->frames + (int64_t)(PAUSE_EDGE_S * RATE);
        int64_t to = (last ? mix->total - mix->tail : mix->lines[i + 1].start) -
                     (int64_t)(PAUSE_EDGE_S * RATE);
        double sleep = mix->sleep ? 6 * (double)line->start / (double)mix->total : 0;
        if (!isnan(line->scene_lufs) && !line->first) {
            under += line->scene_lufs + sleep;
            lines++;
        }
        if ((double)(to - from) < (PAUSE_LEAST_S - 2 * PAUSE_EDGE_S) * RATE || last)
            continue;
        power += loudness(mix->scene, from, to - from) + sleep;
        count++;
    }
    return count >= 3 ? power / count - under / lines : (double)NAN;
}

// The steepest course of the scene: momentary loudness (400 ms), one second apart, in dB.
static double measure_slope(struct mix *mix)
{
    enum { HOP = RATE / 10, AGO = 10 };
    float stereo[2 * HOP];
    double past[AGO] = {0}, steepest = 0;
    ebur128_state *state = ebur128_init(2, RATE, EBUR128_MODE_M);
    if (!state || sf_seek(mix->scene, 0, SEEK_SET) != 0)
        die("cannot measure", "the scene");
    for (int64_t hop = 0; (hop + 1) * HOP <= mix->total - mix->tail; hop++) {
        double lufs;
        if (sf_readf_float(mix->scene, stereo, HOP) != HOP)
            die("ends early", "the scene");
        ebur128_add_frames_float(state, stereo, HOP);
        ebur128_loudness_momentary(state, &lufs);
        if (hop * HOP > mix->lead + RATE)
            steepest = fmax(steepest, fabs(lufs - past[hop % AGO]));
        past[hop % AGO] = lufs;
    }
    ebur128_destroy(&state);
    return steepest;
}

// One pass over the mix: peak, loudness, mean, and its ends. The loudness of the whole is told and not
// judged: where words are few it counts the scene, too.
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
        if (fabs(sum[c]) / (double)mix->total > 1e-5)
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

// The first and the last half second are at least 40 dB below the scene under speech.
static void judge_ends(struct mix *mix)
{
    double start = loudness(mix->scene, 0, RATE / 2);
    double end = loudness(mix->scene, mix->total - RATE / 2, RATE / 2);
    if (start > -70 || end > -70)
        fault(mix, "it begins at %.1f and ends at %.1f LUFS", start, end);
}

int main(int count, char **args)
{
    static struct mix mix;
    double lufs = 0, peak_db = 0, voice = 0, ratio = 0, least = 0;
    if (count != 6)
        die("wants", "MIX VOICE SCENE CUE PLAN.json");
    read_plan(&mix, args[5]);
    mix.mix = open_file(args[1], mix.total);
    mix.voice = open_file(args[2], mix.total);
    mix.scene = open_file(args[3], mix.total);
    mix.cue = open_file(args[4], mix.total);
    judge_whole(&mix, &lufs, &peak_db);
    judge_limiter(&mix);
    measure_lines(&mix);
    judge_lines(&mix, &voice, &ratio, &least);
    double rise = measure_rise(&mix);
    double slope = measure_slope(&mix);
    if (!isnan(rise))
        between(&mix, "the rise of the scene in pauses", rise, 5.5, 8.5);
    // 6 dB, and what momentary loudness of noise differs by itself
    between(&mix, "the steepest change of the scene in a second", slope, 0.5, 8);
    judge_ends(&mix);
    printf("  %.1f LUFS, %.1f dBTP; lines %+.2f LU, %.1f LU above the scene (least %.1f), ", lufs,
           peak_db, voice, ratio, least);
    if (isnan(rise))
        fputs("no long pause", stdout);
    else
        printf("%.1f LU up in pauses", rise);
    printf(", %.1f dB in a second\n", slope);
    sf_close(mix.mix);
    sf_close(mix.voice);
    sf_close(mix.scene);
    sf_close(mix.cue);
    return mix.faults > 0;
}
