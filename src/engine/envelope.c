// SPDX-License-Identifier: GPL-3.0-or-later
// The piece around a frame is found, and a raised cosine is read from it.
#include "envelope.h"

#include "curve.h"

double envelope_at(struct envelope *contour, int64_t frame)
{
    const struct envelope_piece *pieces = contour->pieces;
    while (contour->at > 0 && frame < pieces[contour->at - 1].end_frame)
        contour->at--;
    while (contour->at < contour->count && frame >= pieces[contour->at].end_frame)
        contour->at++;
    if (contour->at == contour->count)
        return contour->count ? pieces[contour->count - 1].to : 0;
    const struct envelope_piece *piece = &pieces[contour->at];
    double x =
        (double)(frame - piece->start_frame) / (double)(piece->end_frame - piece->start_frame);
    return piece->from + (piece->to - piece->from) * curve_rise(x);
}
