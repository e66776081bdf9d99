// SPDX-License-Identifier: GPL-3.0-or-later
// The stems and the sidecars that are wanted are asked for their names.
#include "export_paths.h"

#include "export_stems.h"
#include "sidecars.h"

_Static_assert(STEM_COUNT + SIDECARS_MAX <= EXPORT_PATHS_MAX, "room for all that can be wanted");

enum status export_paths_list(struct export_paths *paths, const struct settings *settings,
                              const char *audio_path, struct error *error)
{
    enum status status = STATUS_OK;
    paths->count = 0;
    for (int stem = 0; settings->form.stems && stem < STEM_COUNT && status == STATUS_OK; stem++)
        status = export_stems_path(paths->paths[paths->count++], audio_path, stem, error);
    const struct sidecar_kind *kind = NULL;
    while (status == STATUS_OK && (kind = sidecars_next_kind(kind, settings)))
        status = sidecars_path(paths->paths[paths->count++], kind, audio_path, error);
    return status;
}
