// SPDX-License-Identifier: GPL-3.0-or-later
// Warnings are counted when a session was read, and told in one line.
#include "session_origin.h"

#include "arguments.h"
#include "report.h"
#include <stdio.h>
#include <string.h>

void session_origin_note(struct session_origin *origin, bool own, const struct diagnostics *list)
{
    origin->own = own;
    origin->warnings = list->warnings;
    for (size_t i = 0; i < list->count; i++)
        origin->warnings -= strcmp(list->items[i].rule, "plain-text") == 0;
}

enum status session_origin_note_stream(struct session_origin *origin, int descriptor,
                                       struct text data, struct error *error)
{
    struct digest *digest;
    enum status status = digest_new(&digest, error);
    if (status != STATUS_OK)
        return status;
    digest_add(digest, data.data, data.size);
    digest_finish(digest, origin->sha256);
    snprintf(origin->stream, sizeof origin->stream, "/dev/fd/%d", descriptor);
    origin->bytes = (int64_t)data.size;
    return STATUS_OK;
}

void session_origin_tell(const struct session_origin *origin, const struct session *session,
                         const char *data)
{
    struct buffer name = BUFFER_INIT;
    struct buffer operand = BUFFER_INIT;
    if (!origin->own || origin->warnings == 0)
        return;
    buffer_add(&name, session->file);
    if (data) {
        buffer_add_c(&operand, "--data ");
        arguments_print_operand(data, &operand);
        buffer_add_byte(&operand, ' ');
    }
    if (origin->stream[0])
        buffer_add_c(&operand, "of the same text");
    else if (!name.failed)
        arguments_print_operand(name.data, &operand);
    if (!name.failed && !operand.failed)
        report_note("%s: %zu warning%s; loosen check %s shows %s", name.data, origin->warnings,
                    origin->warnings == 1 ? "" : "s", operand.data,
                    origin->warnings == 1 ? "it" : "them");
    buffer_free(&name);
    buffer_free(&operand);
}
