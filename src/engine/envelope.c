// SPDX-License-Identifier: GPL-3.0-or-later
// The piece around a frame is found, and a raised cosine is read from it.
#include "envelope.h"

#include "curve.h"

double envelope_at(struct envelope *envelope, int64_t frame)
{
    const struct envelope_piece *pieces = envelope->pieces;
    while (envelope->at > 0 && frame < pieces[envelope->at - 1].end_frame)
        envelope->at--;
    while (envelope->at < envelope->count && frame >= pieces[envelope->at].end_frame)
        envelope->at++;
    if (envelope->at == envelope->count)
        return envelope->count ? pieces[envelope->count - 1].to : 0;
    const struct envelope_piece *piece = &pieces[envelope->at];
    double x =
        (double)(frame - piece->start_frame) / (double)(piece->end_frame - piece->start_frame);
    return piece->from + (piece->to - piece->from) * curve_rise(x);
}
