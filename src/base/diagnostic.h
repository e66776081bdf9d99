// SPDX-License-Identifier: GPL-3.0-or-later
// The list in which a checker collects every fault of one text file.
#ifndef LOOSEN_DIAGNOSTIC_H
#define LOOSEN_DIAGNOSTIC_H

#include "arena.h"
#include "buffer.h"

enum severity { SEVERITY_WARNING, SEVERITY_ERROR };

struct diagnostic {
    enum severity severity;
    int line;            // 1-based
    int column;          // 1-based, in characters
    const char *rule;    // stable id in kebab-case, static storage
    struct text message; // what was found and what was expected; in the list's arena
    struct text hint;    // what to do; may be empty
};

enum { DIAGNOSTICS_MAX = 1000 }; // a file that is not a script must not flood the screen

struct diagnostics {
    const char *file;         // as the user named it; borrowed
    struct arena arena;       // texts and items
    struct diagnostic *items; // owned by the arena
    size_t count;
    size_t capacity;
    size_t errors;   // all errors found, also those beyond DIAGNOSTICS_MAX
    size_t warnings; // likewise
    bool failed;     // out of memory while adding
};

void diagnostics_init(struct diagnostics *list, const char *file);
void diagnostics_free(struct diagnostics *list);

// Add one; the format makes the message. Follow with diagnostics_hint to give it a hint.
void diagnostics_add(struct diagnostics *list, enum severity severity, const char *rule, int line,
                     int column, const char *format, ...) __attribute__((format(printf, 6, 7)));

// Give the newest diagnostic its hint (ignored when it was dropped by the cap).
void diagnostics_hint(struct diagnostics *list, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Sort by line and column, keeping the order of what stands at the same place.
void diagnostics_sort(struct diagnostics *list);

// "file:line:column: error: message [rule]" and an indented "hint: ..." line each, text from the
// file made visible.
void diagnostics_print(const struct diagnostics *list, struct buffer *out);

#endif
