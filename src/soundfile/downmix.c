// SPDX-License-Identifier: GPL-3.0-or-later
// A table of places gives each channel its share of left and right.
#include "downmix.h"

#include <math.h>
#include <string.h>

#define SIDE 0.70710678118654752f

static void set(struct downmix *downmix, int channel, float left, float right)
{
    downmix->left[channel] = left;
    downmix->right[channel] = right;
}

static void set_place(struct downmix *downmix, int channel, int place)
{
    switch (place) {
    case SF_CHANNEL_MAP_LEFT:
    case SF_CHANNEL_MAP_FRONT_LEFT:
    case SF_CHANNEL_MAP_FRONT_LEFT_OF_CENTER:
        set(downmix, channel, 1, 0);
        break;
    case SF_CHANNEL_MAP_RIGHT:
    case SF_CHANNEL_MAP_FRONT_RIGHT:
    case SF_CHANNEL_MAP_FRONT_RIGHT_OF_CENTER:
        set(downmix, channel, 0, 1);
        break;
    case SF_CHANNEL_MAP_REAR_LEFT:
    case SF_CHANNEL_MAP_SIDE_LEFT:
    case SF_CHANNEL_MAP_TOP_FRONT_LEFT:
    case SF_CHANNEL_MAP_TOP_REAR_LEFT:
        set(downmix, channel, SIDE, 0);
        break;
    case SF_CHANNEL_MAP_REAR_RIGHT:
    case SF_CHANNEL_MAP_SIDE_RIGHT:
    case SF_CHANNEL_MAP_TOP_FRONT_RIGHT:
    case SF_CHANNEL_MAP_TOP_REAR_RIGHT:
        set(downmix, channel, 0, SIDE);
        break;
    case SF_CHANNEL_MAP_LFE:
        set(downmix, channel, 0, 0);
        break;
    case SF_CHANNEL_MAP_REAR_CENTER:
        set(downmix, channel, 0.5f, 0.5f);
        break;
    default: // the middle, and what nobody knows
        set(downmix, channel, SIDE, SIDE);
        break;
    }
}

enum { L = SF_CHANNEL_MAP_LEFT, R = SF_CHANNEL_MAP_RIGHT, C = SF_CHANNEL_MAP_CENTER };
enum {
    LFE = SF_CHANNEL_MAP_LFE,
    BL = SF_CHANNEL_MAP_REAR_LEFT,
    BR = SF_CHANNEL_MAP_REAR_RIGHT,
    BC = SF_CHANNEL_MAP_REAR_CENTER,
    SL = SF_CHANNEL_MAP_SIDE_LEFT,
    SR = SF_CHANNEL_MAP_SIDE_RIGHT,
};

// Where the channels of a file that does not say are, by their number.
static const int wav_places[DECODER_CHANNELS_MAX + 1][DECODER_CHANNELS_MAX] = {
    [2] = {L, R},
    [3] = {L, R, C},
    [4] = {L, R, BL, BR},
    [5] = {L, R, C, BL, BR},
    [6] = {L, R, C, LFE, BL, BR},
    [7] = {L, R, C, LFE, BC, SL, SR},
    [8] = {L, R, C, LFE, BL, BR, SL, SR},
};

// Vorbis I specification 4.3.9; RFC 7845 5.1.1.2 for Opus.
static const int ogg_places[DECODER_CHANNELS_MAX + 1][DECODER_CHANNELS_MAX] = {
    [2] = {L, R},
    [3] = {L, C, R},
    [4] = {L, R, BL, BR},
    [5] = {L, C, R, BL, BR},
    [6] = {L, C, R, BL, BR, LFE},
    [7] = {L, C, R, SL, SR, BC, LFE},
    [8] = {L, C, R, SL, SR, BL, BR, LFE},
};

// Whether the file has both sides: one that calls all its channels "middle" says nothing.
static bool names_sides(const int *places, int channels)
{
    bool left = false, right = false;
    for (int i = 0; i < channels; i++) {
        left = left || places[i] == L || places[i] == SF_CHANNEL_MAP_FRONT_LEFT;
        right = right || places[i] == R || places[i] == SF_CHANNEL_MAP_FRONT_RIGHT;
    }
    return left && right;
}

void downmix_init(struct downmix *downmix, SNDFILE *sound, const SF_INFO *info)
{
    int named[DECODER_CHANNELS_MAX] = {0};
    const int channels = info->channels;
    *downmix = (struct downmix){.channels = channels};
    if (channels == 1) {
        set(downmix, 0, 1, 1);
        return;
    }
    bool is_ogg = (info->format & SF_FORMAT_TYPEMASK) == SF_FORMAT_OGG;
    const int *places = is_ogg ? ogg_places[channels] : wav_places[channels];
    if (sf_command(sound, SFC_GET_CHANNEL_MAP_INFO, named, channels * (int)sizeof *named) &&
        names_sides(named, channels))
        places = named;
    for (int i = 0; i < channels; i++)
        set_place(downmix, i, places[i]);
}

static float clean(float sample)
{
    if (!isfinite(sample))
        return 0;
    return fminf(fmaxf(sample, -DECODER_SAMPLE_MOST), DECODER_SAMPLE_MOST);
}

void downmix_process(const struct downmix *downmix, const float *from, float *stereo, size_t frames)
{
    const int channels = downmix->channels;
    for (size_t f = 0; f < frames; f++) {
        float left = 0, right = 0;
        for (int c = 0; c < channels; c++) {
            float sample = clean(from[f * (size_t)channels + (size_t)c]);
            left += downmix->left[c] * sample;
            right += downmix->right[c] * sample;
        }
        stereo[2 * f] = left;
        stereo[2 * f + 1] = right;
    }
}
