// SPDX-License-Identifier: GPL-3.0-or-later
// The files that an export is made from.
#ifndef LOOSEN_INPUTS_H
#define LOOSEN_INPUTS_H

#include "pipeline.h"

struct export_source_visitor {
    // Anything but STATUS_OK ends the visit. `path` is borrowed for the call.
    enum status (*visit)(void *context, const char *path, struct error *error);
    void *context;
};

// Visit the script (or the descriptor that it came from, as a path), the files of its language and
// the scenes of an opened pipeline, which are loaded, each with the recordings that it names.
enum status inputs_visit(struct pipeline *pipeline, const struct export_source_visitor *visitor,
                         struct error *error);

#endif
