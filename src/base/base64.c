// SPDX-License-Identifier: GPL-3.0-or-later
// Three bytes become four letters, and a rest of one or two is padded.
#include "base64.h"

enum { GROUP = 3 }; // bytes that make four digits

static void add_group(struct buffer *out, const unsigned char *bytes, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned bits = (unsigned)bytes[0] << 16;
    if (size > 1)
        bits |= (unsigned)bytes[1] << 8;
    if (size > 2)
        bits |= bytes[2];
    const char group[] = {digits[bits >> 18], digits[bits >> 12 & 63],
                          size > 1 ? digits[bits >> 6 & 63] : '=',
                          size > 2 ? digits[bits & 63] : '='};
    buffer_add(out, (struct text){group, sizeof group});
}

void base64_add(struct buffer *out, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (; size > 0; bytes += GROUP) {
        size_t part = size < GROUP ? size : GROUP;
        add_group(out, bytes, part);
        size -= part;
    }
}
