// SPDX-License-Identifier: GPL-3.0-or-later
// A session that another program writes: on the standard input ("-", "/dev/stdin"), or on another
// descriptor that a shell hands over ("<(...)" is "/dev/fd/63"). It can be read once.
#ifndef LOOSEN_SESSION_STREAM_H
#define LOOSEN_SESSION_STREAM_H

#include "buffer.h"
#include "error.h"

enum { SESSION_STREAM_NONE = -1 };

// The descriptor that an operand stands for; SESSION_STREAM_NONE: it is a name or a path.
int session_stream_descriptor(const char *operand);

// What messages call it: "<stdin>", or the operand itself.
const char *session_stream_name(const char *operand);

// Read all of it, up to one byte more than a script may have. A terminal is refused: nobody should
// wait for what nobody knows is wanted. STATUS_BAD_ARGUMENT, STATUS_IO, STATUS_NO_MEMORY,
// STATUS_INTERRUPTED. The caller frees `data` in any case.
enum status session_stream_read(struct buffer *data, const char *operand, struct error *error);

#endif
