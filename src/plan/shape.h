// SPDX-License-Identifier: GPL-3.0-or-later
// How long each section should be, as a function of one number, the shape length: the session
// length at which the author's shapes alone would give these lengths. Every target grows without
// bound with it (but for shapes that are written to shrink), so that one number fits a session to
// its length.
#ifndef LOOSEN_SHAPE_H
#define LOOSEN_SHAPE_H

#include "box.h"
#include "error.h"

// What the shape needs to know of a section.
struct shape_limits {
    int64_t least, most; // that the section can take at all, frames
    int64_t share;       // weight without a shape: its natural length, frames
};

// A level (length as a multiple of the share) at which an unshaped section reaches a limit.
struct shape_bend {
    double level;
    double sum;    // of all unshaped sections there, frames
    double growth; // how much faster the sum grows behind it, frames a level
};

struct shape {
    const struct session *session;
    const struct shape_limits *limits; // one a section; borrowed
    int64_t end_frames;                // beyond this length every section grows in proportion
    double *slopes;                    // one a section, beyond the end
    int64_t **peaks;                   // [section][point]: the highest target up to the point
    int64_t *vertices;                 // session lengths at which any shape has a point, ascending
    double *rest_peaks; // the most that was left for unshaped sections up to each vertex
    size_t vertex_count;
    struct shape_bend *bends; // ascending
    size_t bend_count;
};

enum status shape_init(struct shape *shape, struct arena *arena, const struct session *session,
                       const struct shape_limits *limits, struct error *error);

// Whether the author lets any section be shorter at this length than at a shorter one.
bool shape_shrinks(const struct shape *shape, double length);

// Target of every section at a shape length (frames). `peak`: the most of any shape length up to
// this one instead, which never shrinks.
void shape_targets(const struct shape *shape, double length, bool peak, double *targets);

#endif
