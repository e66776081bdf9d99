// SPDX-License-Identifier: GPL-3.0-or-later
// The file is read as a whole, and refused as a whole.
#include "point_meanings.h"

#include "file_read.h"
#include "points_parser.h"
#include "report.h"
#include "session_limits.h"

enum status point_meanings_load(struct points *points, struct arena *arena,
                                const struct data_folders *folders, struct text language,
                                struct error *error)
{
    char path[CATALOGUE_PATH_MAX];
    struct text data;
    struct diagnostics list;
    enum status status = data_folders_language_file(path, folders, language, "points", error);
    THEN(status, file_read(&data, arena, path, SESSION_FILE_MAX, error));
    if (status != STATUS_OK)
        return status;
    diagnostics_init(&list, path);
    points_parse(points, data, &list);
    if (list.errors > 0) {
        report_faults(&list, error);
        status = STATUS_BAD_INPUT;
    }
    if (list.failed)
        status = error_no_memory(error);
    diagnostics_free(&list);
    return status;
}
