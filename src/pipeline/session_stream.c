// SPDX-License-Identifier: GPL-3.0-or-later
// Operands that stand for a descriptor are recognised by their names, and read to their end.
#include "session_stream.h"

#include "file_read.h"
#include "interrupt.h"
#include "number.h"
#include "session_limits.h"
#include <limits.h>
#include <string.h>
#include <unistd.h>

int session_stream_descriptor(const char *operand)
{
    static const struct text folders[] = {{"/dev/fd/", 8}, {"/proc/self/fd/", 14}};
    const struct text name = text_from(operand);
    int64_t number;
    if (strcmp(operand, "-") == 0 || strcmp(operand, "/dev/stdin") == 0)
        return STDIN_FILENO;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (text_starts_with(name, folders[i]) &&
            number_whole(text_skip(name, folders[i].size), 0, INT_MAX, &number))
            return (int)number;
    return SESSION_STREAM_NONE;
}

const char *session_stream_name(const char *operand)
{
    return session_stream_descriptor(operand) == STDIN_FILENO ? "<stdin>" : operand;
}

enum status session_stream_read(struct buffer *data, const char *operand, struct error *error)
{
    const int descriptor = session_stream_descriptor(operand);
    const char *name = descriptor == STDIN_FILENO ? "the standard input" : operand;
    if (isatty(descriptor))
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "%s is a terminal: name a file, or let another program write the session",
                         name);
    enum status status = file_read_stream(data, descriptor, name, SESSION_FILE_MAX + 1, error);
    if (status == STATUS_IO && interrupt_signal())
        return error_set(error, STATUS_INTERRUPTED, "interrupted");
    return status;
}
