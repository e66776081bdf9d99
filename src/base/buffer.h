// SPDX-License-Identifier: GPL-3.0-or-later
// Growing text with a sticky error: printers write into it and check once at the end.
#ifndef LOOSEN_BUFFER_H
#define LOOSEN_BUFFER_H

#include "text.h"

struct buffer {
    char *data;      // owned, null-terminated once anything was added
    size_t size;     // bytes without the terminator
    size_t capacity; // bytes allocated
    bool failed;     // out of memory: what was added since is lost
};

#define BUFFER_INIT ((struct buffer){NULL, 0, 0, false})

void buffer_add(struct buffer *buffer, struct text view);
void buffer_add_c(struct buffer *buffer, const char *string);
void buffer_add_byte(struct buffer *buffer, char byte);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Append text from outside (scripts, file names, devices) for a terminal: controls, hidden
// characters (unicode.h) and bytes that are not UTF-8 become visible \xNN or \u{N} escapes. Newline
// and tab are escaped too. Everything that loosen prints and did not write itself goes through
// here.
void buffer_add_visible(struct buffer *buffer, struct text view);

// Append the same for XML and HTML, between tags or in a value in double quotes: visible, and with
// <, >, & and " as entities.
void buffer_add_markup(struct buffer *buffer, struct text view);

struct text buffer_text(const struct buffer *buffer);
void buffer_clear(struct buffer *buffer); // keeps the memory and forgets a failure
void buffer_free(struct buffer *buffer);

#endif
