// SPDX-License-Identifier: GPL-3.0-or-later
// Filler prompts and closing lines join the utterances of a session.
#include "live_lines.h"

#include <assert.h>

enum status live_lines_add(struct pipeline *pipeline, struct error *error)
{
    assert(!(pipeline->stages & PIPELINE_SPEAKING));
    if (pipeline->settings->what.scene_only || pipeline->line.node)
        return STATUS_OK;
    enum status status = STATUS_OK;
    if (pipeline->utterances.filler_count == 0) // a rest that a key makes long may need them
        status = utterances_add_filler(&pipeline->utterances, &pipeline->session, error);
    THEN(status, utterances_add_closing(&pipeline->utterances, &pipeline->session, error));
    return status;
}
