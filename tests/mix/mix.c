// SPDX-License-Identifier: GPL-3.0-or-later
#include "mix.h"

#include <ebur128.h>
#include <jansson.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void die(const char *what, const char *name)
{
    fprintf(stderr, "meter: %s: %s\n", what, name);
    exit(2);
}

void fault(struct mix *mix, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("  FAULT: ", stdout);
    vprintf(format, args);
    putchar('\n');
    va_end(args);
    mix->faults++;
}

void between(struct mix *mix, const char *what, double value, double least, double most)
{
    if (!(value >= least && value <= most))
        fault(mix, "%s is %.2f, not in %g .. %g", what, value, least, most);
}

// ---- The plan -----------------------------------------------------------------------------------

static int64_t number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value))
        die("the plan has no number", key);
    return json_integer_value(value);
}

static const char *word(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value ? value : "";
}

static void take_line(struct mix *mix, const json_t *event, int64_t *silent_since)
{
    struct line *line = &mix->lines[mix->line_count++];
    *line = (struct line){.start = number(event, "start_frame"),
                          .frames = number(event, "frames"),
                          .first = mix->line_count == 1};
    snprintf(line->text, sizeof line->text, "%s", word(event, "text"));
    line->soft = line->start - *silent_since >= (int64_t)30 * RATE;
    *silent_since = line->start + line->frames;
}

static void take_phase(struct mix *mix, const json_t *event)
{
    const char *phase = word(event, "phase");
    const struct phase taken = {number(event, "start_frame"), number(event, "frames"),
                                strcmp(phase, "in") == 0, strcmp(phase, "out") == 0,
                                (int)number(event, "cycle")};
    if (json_is_true(json_object_get(event, "accompanies")))
        mix->touches[mix->touch_count++] = taken;
    else
        mix->phases[mix->phase_count++] = taken;
}

static void take_event(struct mix *mix, const json_t *event, int64_t *silent_since)
{
    const char *type = word(event, "type");
    if (strcmp(type, "speech") == 0)
        take_line(mix, event, silent_since);
    if (strcmp(type, "breath") == 0)
        take_phase(mix, event);
    if (strcmp(type, "chime") == 0)
        mix->chimes[mix->chime_count++] =
            (struct chime){number(event, "start_frame"), number(event, "frames")};
}

static void read_plan(struct mix *mix, const char *name)
{
    json_error_t error;
    json_t *plan = json_load_file(name, 0, &error);
    if (!plan)
        die(error.text, name);
    mix->sleep = strcmp(word(plan, "ending"), "sleep") == 0;
    mix->total = number(plan, "total_frames");
    mix->lead = number(plan, "lead_frames");
    mix->tail = number(plan, "tail_frames");
    const json_t *events = json_object_get(plan, "events");
    if (json_array_size(events) > EVENTS_MAX)
        die("has too many events", name);
    size_t i;
    json_t *event;
    int64_t silent_since = 0;
    json_array_foreach(events, i, event) take_event(mix, event, &silent_since);
    if (mix->line_count < 5)
        die("has almost no speech", name);
    json_decref(plan);
}

double sleep_db(const struct mix *mix, int64_t frame)
{
    return mix->sleep ? -4 - 6 * (double)frame / (double)mix->total : 0;
}

// ---- The files ----------------------------------------------------------------------------------

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

size_t read_some(SNDFILE *file, float *stereo, int64_t frames)
{
    sf_count_t count = sf_readf_float(file, stereo, frames < BLOCK ? frames : BLOCK);
    return count > 0 ? (size_t)count : 0;
}

double loudness(SNDFILE *file, int64_t start, int64_t frames)
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

double power_db(SNDFILE *file, int64_t start, int64_t frames)
{
    static float stereo[2 * BLOCK];
    double sum = 0;
    if (sf_seek(file, start, SEEK_SET) != start)
        die("cannot measure", "a window");
    for (int64_t left = frames; left > 0;) {
        size_t count = read_some(file, stereo, left);
        if (count == 0)
            die("ends early", "a file");
        for (size_t i = 0; i < 2 * count; i++)
            sum += (double)stereo[i] * (double)stereo[i];
        left -= (int64_t)count;
    }
    return 10 * log10(sum / (2 * (double)frames) + 1e-20);
}

void mix_open(struct mix *mix, char **names, const char *plain)
{
    read_plan(mix, names[4]);
    mix->mix = open_file(names[0], mix->total);
    mix->voice = open_file(names[1], mix->total);
    mix->scene = open_file(names[2], mix->total);
    mix->cue = open_file(names[3], mix->total);
    mix->plain = plain ? open_file(plain, mix->total) : NULL;
    mix->has_scene = power_db(mix->scene, 0, mix->total) > -150;
    mix->waves = mix->has_scene ? mix->scene : mix->cue;
}

void mix_close(struct mix *mix)
{
    sf_close(mix->mix);
    sf_close(mix->voice);
    sf_close(mix->scene);
    sf_close(mix->cue);
    if (mix->plain)
        sf_close(mix->plain);
}
