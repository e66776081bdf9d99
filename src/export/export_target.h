// SPDX-License-Identifier: GPL-3.0-or-later
// Where one export goes, and as what: the name that -o, its fields and its extension stand for.
#ifndef LOOSEN_EXPORT_TARGET_H
#define LOOSEN_EXPORT_TARGET_H

#include "encoder_format.h"
#include "pipeline.h"

struct export_target {
    char path[CATALOGUE_PATH_MAX]; // "-": the standard output
    enum encoder_format format;
};

// The target of an opened pipeline. `pattern` stands in where the settings name none.
// STATUS_BAD_ARGUMENT: an unknown field or extension, bits or a rate that the format cannot have.
enum status export_target_choose(struct export_target *target, const struct pipeline *pipeline,
                                 const char *pattern, struct error *error);

bool export_target_is_stream(const struct export_target *target);

// STATUS_BAD_ARGUMENT when the standard output cannot take sound.
enum status export_target_check_stream(const struct settings *settings, struct error *error);

#endif
