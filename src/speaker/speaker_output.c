// SPDX-License-Identifier: GPL-3.0-or-later
// Session frames are pulled as the device asks for them, converted, and mixed to its channels.
#include "speaker_output.h"

#include "duration.h"
#include "master.h"
#include <samplerate.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    PULL_FRAMES = 16384, // at most at once
    LOOK_MOST = 4096,    // no converter looks farther ahead
};

struct speaker_output {
    int rate_hz;
    int channels;
    size_t block_most;    // device frames whose session frames fit where they are pulled to
    SRC_STATE *converter; // owned; NULL: the device takes 48 kHz
    int delay_frames;     // by which `taken_frames` is ahead
    int64_t given_frames; // to the device
    int64_t taken_frames; // of the session
    size_t held_frames;   // in `session`, pulled and not used
    float *session;       // owned; PULL_FRAMES stereo frames
};

// Session frames that the converter has to see before it gives its first: the reach of its filter.
static int measure_look(SRC_STATE *converter, double ratio)
{
    float in[2] = {0}, out[2];
    for (int look = 1; look < LOOK_MOST; look++) {
        SRC_DATA step = {.data_in = in,
                         .input_frames = 1,
                         .data_out = out,
                         .output_frames = 1,
                         .src_ratio = ratio};
        if (src_process(converter, &step) != 0)
            return -1;
        if (step.output_frames_gen > 0)
            return look;
    }
    return -1;
}

static double ratio(const struct speaker_output *output)
{
    return (double)output->rate_hz / FRAME_RATE;
}

static enum status make_converter(struct speaker_output *output, struct error *error)
{
    int failure = 0;
    output->converter = src_new(SRC_SINC_MEDIUM_QUALITY, output->channels, &failure);
    if (!output->converter)
        return error_set(error, STATUS_NO_MEMORY, "converting the sample rate: %s",
                         src_strerror(failure));
    int look =
        src_is_valid_ratio(ratio(output)) ? measure_look(output->converter, ratio(output)) : -1;
    if (look < 0 || src_reset(output->converter) != 0)
        return error_set(error, STATUS_UNSUPPORTED, "cannot convert to %d Hz", output->rate_hz);
    output->delay_frames = look + 1; // its position is a sum of fractions, rounded
    output->block_most = (size_t)((PULL_FRAMES - 2 * output->delay_frames - 1) * ratio(output));
    return STATUS_OK;
}

enum status speaker_output_new(struct speaker_output **output, int rate_hz, int channels,
                               struct error *error)
{
    struct speaker_output *made = calloc(1, sizeof *made);
    if (!made)
        return error_no_memory(error);
    *made = (struct speaker_output){
        .rate_hz = rate_hz,
        .channels = channels,
        .block_most = channels == 2 ? SIZE_MAX : PULL_FRAMES,
    };
    enum status status = STATUS_OK;
    made->session = calloc(PULL_FRAMES, 2 * sizeof *made->session);
    if (!made->session)
        status = error_no_memory(error);
    else if (rate_hz != FRAME_RATE)
        status = make_converter(made, error);
    if (status == STATUS_OK)
        *output = made;
    else
        speaker_output_free(made);
    return status;
}

void speaker_output_free(struct speaker_output *output)
{
    if (!output)
        return;
    src_delete(output->converter);
    free(output->session);
    free(output);
}

int speaker_output_delay_frames(const struct speaker_output *output)
{
    return output->delay_frames;
}

static void mix_to_mono(float *mono, const float *stereo, size_t frames)
{
    for (size_t f = 0; f < frames; f++)
        mono[f] = 0.5f * (stereo[2 * f] + stereo[2 * f + 1]);
}

// The next session frames, with as many channels as the device has. `to` has room for stereo.
static void pull(const struct speaker_output *output, const struct speaker_feed *renderer,
                 float *to, size_t frames)
{
    renderer->pull(renderer->context, to, frames);
    if (output->channels == 1)
        mix_to_mono(to, to, frames);
}

// The converter leaves what it has no use for yet: that stays in `session` for the next block.
static void convert(struct speaker_output *output, const struct speaker_feed *renderer,
                    float *samples, size_t frames)
{
    const size_t channels = (size_t)output->channels;
    output->given_frames += (int64_t)frames;
    int64_t wanted = output->given_frames * FRAME_RATE / output->rate_hz + output->delay_frames;
    size_t more = (size_t)(wanted - output->taken_frames);
    output->taken_frames = wanted;
    pull(output, renderer, output->session + output->held_frames * channels, more);
    SRC_DATA block = {.data_in = output->session,
                      .input_frames = (long)(output->held_frames + more),
                      .data_out = samples,
                      .output_frames = (long)frames,
                      .src_ratio = ratio(output)};
    src_process(output->converter, &block);
    output->held_frames += more - (size_t)block.input_frames_used;
    memmove(output->session, output->session + (size_t)block.input_frames_used * channels,
            output->held_frames * channels * sizeof *output->session);
    size_t made = (size_t)block.output_frames_gen;
    memset(samples + made * channels, 0, (frames - made) * channels * sizeof *samples);
    master_guard(samples, frames * channels); // a filter rings above what it was given
}

static void give(struct speaker_output *output, const struct speaker_feed *renderer, float *samples,
                 size_t frames)
{
    if (output->converter)
        convert(output, renderer, samples, frames);
    else if (output->channels == 2)
        renderer->pull(renderer->context, samples, frames);
    else {
        pull(output, renderer, output->session, frames);
        memcpy(samples, output->session, frames * sizeof *samples);
    }
}

void speaker_output_render(struct speaker_output *output, const struct speaker_feed *renderer,
                           float *samples, size_t frames)
{
    while (frames > 0) {
        size_t block = frames < output->block_most ? frames : output->block_most;
        give(output, renderer, samples, block);
        samples += block * (size_t)output->channels;
        frames -= block;
    }
}
