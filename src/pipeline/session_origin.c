// SPDX-License-Identifier: GPL-3.0-or-later
// Warnings are counted when a session was read, and told in one line.
#include "session_origin.h"

#include "arguments.h"
#include "report.h"
#include <string.h>

void session_origin_init(struct session_origin *origin, bool own, const struct diagnostics *list)
{
    *origin = (struct session_origin){own, list->warnings};
    for (size_t i = 0; i < list->count; i++)
        origin->warnings -= strcmp(list->items[i].rule, "plain-text") == 0;
}

void session_origin_tell(const struct session_origin *origin, const struct session *session)
{
    struct buffer name = BUFFER_INIT;
    struct buffer operand = BUFFER_INIT;
    if (!origin->own || origin->warnings == 0)
        return;
    buffer_add(&name, session->file);
    if (!name.failed)
        arguments_print_operand(name.data, &operand);
    if (!name.failed && !operand.failed)
        report_note("%s: %zu warning%s; loosen check %s shows %s", name.data, origin->warnings,
                    origin->warnings == 1 ? "" : "s", operand.data,
                    origin->warnings == 1 ? "it" : "them");
    buffer_free(&name);
    buffer_free(&operand);
}
