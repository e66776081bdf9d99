// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes as Base64 (RFC 4648, section 4).
#ifndef LOOSEN_BASE64_H
#define LOOSEN_BASE64_H

#include "buffer.h"

// Append `size` bytes as Base64. What is added in several calls reads as one only when every call
// but the last has a multiple of 3 bytes. `out` remembers a failure.
void base64_add(struct buffer *out, const void *data, size_t size);

#endif
