// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as the bytes of file formats. A buffer that they are appended to remembers a failure.
#ifndef LOOSEN_PACK_H
#define LOOSEN_PACK_H

#include "buffer.h"

// The low `bytes` bytes of `value`, lowest first.
static inline void pack_little(struct buffer *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buffer_add_byte(out, (char)(value >> (8 * i) & 0xFF));
}

// The low `bytes` bytes of `value`, highest first.
static inline void pack_big(struct buffer *out, uint64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        buffer_add_byte(out, (char)(value >> (8 * i) & 0xFF));
}

// Put the low `bytes` bytes of `value` there, lowest first.
static inline void pack_set_little(void *at, uint64_t value, int bytes)
{
    unsigned char *to = at;
    for (int i = 0; i < bytes; i++)
        to[i] = (unsigned char)(value >> (8 * i) & 0xFF);
}

// The number whose bytes these are, lowest first.
static inline uint64_t unpack_little(const void *data, int bytes)
{
    const unsigned char *from = data;
    uint64_t value = 0;
    for (int i = bytes - 1; i >= 0; i--)
        value = value << 8 | from[i];
    return value;
}

#endif
