// SPDX-License-Identifier: GPL-3.0-or-later
// The script is parsed and planned as `loosen check` does it.
#include "proof.h"

#include "report.h"
#include "script_check.h"
#include "session_load.h"

enum status proof_tell(const struct data_folders *folders, const char *name, struct text script,
                       size_t *faults, struct error *error)
{
    struct session session;
    struct diagnostics list;
    const struct session_source source = data_folders_source(folders);
    diagnostics_init(&list, name);
    enum status status = session_parse(&session, script, &source, &list, error);
    if (status == STATUS_OK) {
        status = script_check(&session, folders, &list, error);
        session_free(&session);
    }
    if (status == STATUS_BAD_INPUT)
        status = STATUS_OK;
    diagnostics_sort(&list);
    report_diagnostics(&list);
    *faults = list.errors;
    diagnostics_free(&list);
    return status;
}
