// SPDX-License-Identifier: GPL-3.0-or-later
// The words behind "loosen export" that make one file again: kept in its manifest, handed to the
// processes of a batch, printed by --jobs-list. What comes out depends on them and on the files
// that are read, and on nothing else of the command line.
#ifndef LOOSEN_ARGUMENTS_H
#define LOOSEN_ARGUMENTS_H

#include "arena.h"
#include "buffer.h"
#include "settings.h"

enum { ARGUMENTS_MAX = GIVEN_MAX + 16 };

// One file out of what a command line asks for.
struct export_subject {
    const char *session;   // name or path; NULL: a scene alone
    const char *language;  // one code
    int64_t length_frames; // the true one, also when none was given
};

// Words are in the arena. Adding is sticky: after a failure nothing is added.
struct arguments {
    struct arena arena;
    const char *words[ARGUMENTS_MAX + 1]; // NULL behind the last
    size_t count;
    bool failed;
};

// Session, length, language, and all options that decide what comes out.
void arguments_init(struct arguments *arguments, const struct settings *settings,
                    const struct export_subject *subject);

// "--name", or "--name=value".
void arguments_add(struct arguments *arguments, const char *name, const char *value);

// One line for a shell, without a newline; words that need it are quoted.
void arguments_print(const struct arguments *arguments, struct buffer *out);

// A name or path as an operand for a shell: quoted where it needs it, and never an option.
void arguments_print_operand(const char *name, struct buffer *out);

void arguments_free(struct arguments *arguments);

#endif
