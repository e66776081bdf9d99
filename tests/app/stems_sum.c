// SPDX-License-Identifier: GPL-3.0-or-later
// Do the stems of an export sum to what the limiter got? usage: stems_sum MIX VOICE SCENE CUE
//
// voice + scene, then + cue, in single precision: the sum goes through a master of our own, which
// must give the very samples of the exported mix; and where that master's limiter does nothing, the
// sum is the mix itself.
#include "master.h"

#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 4, MIX = 0 };

struct sound {
    float *samples; // stereo
    int64_t frames;
};

static struct sound load(const char *path)
{
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    if (!file || info.channels != 2 || info.samplerate != 48000 ||
        (info.format & SF_FORMAT_SUBMASK) != SF_FORMAT_FLOAT) {
        fprintf(stderr, "%s is no stereo float file at 48 kHz\n", path);
        exit(1);
    }
    struct sound sound = {calloc((size_t)info.frames * 2, sizeof(float)), info.frames};
    if (!sound.samples || sf_readf_float(file, sound.samples, info.frames) != info.frames)
        exit(1);
    sf_close(file);
    return sound;
}

// The sum as the voice of a master whose other stems are silent.
static void run_master(const float *sum, float *out, int64_t frames)
{
    enum { BLOCK = 1000 };
    struct master master;
    struct master_controls controls;
    struct master_counters counters;
    master_init(&master);
    master_controls_init(&controls);
    master_counters_init(&counters);
    const int64_t latency = master_latency_frames();
    float stems[BLOCK * MASTER_STEM_CHANNELS], stereo[BLOCK * 2];
    for (int64_t frame = 0; frame < frames + latency; frame += BLOCK) {
        memset(stems, 0, sizeof stems);
        for (int64_t f = 0; f < BLOCK && frame + f < frames; f++) {
            stems[f * MASTER_STEM_CHANNELS] = sum[2 * (frame + f)];
            stems[f * MASTER_STEM_CHANNELS + 1] = sum[2 * (frame + f) + 1];
        }
        master_process(&master, &controls, &counters, stems, stereo, BLOCK);
        for (int64_t f = 0; f < BLOCK; f++)
            if (frame + f >= latency && frame + f - latency < frames)
                memcpy(out + 2 * (frame + f - latency), stereo + 2 * f, 2 * sizeof *out);
    }
}

int main(int argc, char **argv)
{
    if (argc != FILES + 1)
        return 2;
    struct sound sounds[FILES];
    for (int i = 0; i < FILES; i++)
        sounds[i] = load(argv[i + 1]);
    const int64_t frames = sounds[MIX].frames;
    float *sum = calloc((size_t)frames * 2, sizeof *sum);
    float *mastered = calloc((size_t)frames * 2, sizeof *mastered);
    if (!sum || !mastered)
        return 1;
    double energy[FILES] = {0};
    for (int i = 1; i < FILES; i++) {
        if (sounds[i].frames != frames) {
            fprintf(stderr, "%s has another length\n", argv[i + 1]);
            return 1;
        }
        for (int64_t s = 0; s < 2 * frames; s++) {
            sum[s] = i == 1 ? sounds[i].samples[s] : sum[s] + sounds[i].samples[s];
            energy[i] += (double)sounds[i].samples[s] * (double)sounds[i].samples[s];
        }
    }
    run_master(sum, mastered, frames);
    int64_t equal = 0, other = 0;
    for (int64_t s = 0; s < 2 * frames; s++) {
        equal += sum[s] == sounds[MIX].samples[s];
        other += mastered[s] != sounds[MIX].samples[s];
    }
    printf("%lld samples, %lld not as the master makes them of the sum, %.2f %% equal to the sum; "
           "energies %g %g %g\n",
           (long long)(2 * frames), (long long)other, 50.0 * (double)equal / (double)frames,
           energy[1], energy[2], energy[3]);
    for (int i = 0; i < FILES; i++)
        free(sounds[i].samples);
    free(sum);
    free(mastered);
    // The first quarter second rises, and the limiter has moments: nearly all of it is the sum
    // itself.
    return other == 0 && (double)equal > 1.9 * (double)frames && energy[1] > 0 ? 0 : 1;
}
