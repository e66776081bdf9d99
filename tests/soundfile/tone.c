// SPDX-License-Identifier: GPL-3.0-or-later
#include "tone.h"

#include <math.h>

void tone_fill(float *stereo, int64_t first_frame, size_t count, int64_t frames)
{
    for (size_t i = 0; i < count; i++) {
        int64_t frame = first_frame + (int64_t)i;
        double half = sin(3.14159265358979 * (double)frame / (double)(frames - 1));
        double fade =
            half * half; // libsndfile's Opus encoder spoils the last 6 ms of a sharper end
        if (frame == 0 || frame == frames - 1)
            fade = 0;
        stereo[2 * i] = (float)(0.7 * fade * sin(0.0431 * (double)frame));
        stereo[2 * i + 1] = (float)(0.5 * fade * cos(0.0977 * (double)frame));
    }
}

enum status tone_write(struct encoder *encoder, int64_t frames, struct error *error)
{
    float stereo[2 * 5000];
    int64_t done = 0;
    for (size_t part = 1; done < frames; part = part * 3 % 4999 + 1) {
        size_t count = frames - done < (int64_t)part ? (size_t)(frames - done) : part;
        tone_fill(stereo, done, count, frames);
        enum status status = encoder_write(encoder, stereo, count, error);
        if (status != STATUS_OK)
            return status;
        done += (int64_t)count;
    }
    return STATUS_OK;
}

enum status tone_export(const struct encoder_config *config, struct error *error)
{
    struct encoder *encoder;
    enum status status = encoder_open(&encoder, config, error);
    if (status != STATUS_OK)
        return status;
    status = tone_write(encoder, config->total_frames, error);
    if (status == STATUS_OK)
        return encoder_finish(encoder, error);
    encoder_abort(encoder);
    return status;
}
