// SPDX-License-Identifier: GPL-3.0-or-later
// The only place that speaks to the user: errors, notes, exit codes.
#ifndef LOOSEN_REPORT_H
#define LOOSEN_REPORT_H

#include "buffer.h"
#include "diagnostic.h"
#include "error.h"

// Exit codes, as in the manual.
enum {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_SCRIPT = 3,
    EXIT_NO_DEVICE = 4,
    EXIT_SIGNAL = 128, // plus the signal's number
};

// Keep the places of the standard descriptors: where one is closed, the next file that is opened
// would get it, and with it what is meant for the user. Writing to such a place fails. First of
// all.
void report_open(void);

// The exit code that a status stands for.
int report_exit_code(enum status status);

// "loosen: FILE:LINE:COLUMN: text" on stderr, made visible; returns the exit code.
int report_error(const struct error *error);

// All of a list on stderr.
void report_diagnostics(const struct diagnostics *list);

// All faults of a file on stderr, and an error that sums them up.
void report_faults(struct diagnostics *list, struct error *error);

// One line on stderr: "loosen: ..."
void report_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

// A question on stderr, behind which the answer is typed.
void report_question(const char *format, ...) __attribute__((format(printf, 1, 2)));

// End the line of a question that gets no answer.
void report_question_left(void);

// Write to stdout at once. STATUS_IO; STATUS_INTERRUPTED: whoever read it has had enough, as `head`
// has, and we end as those whom SIGPIPE ends, without a word.
enum status report_write(struct text data, struct error *error);

// Write a buffer to stdout as report_write does, and free it; returns the exit code.
int report_output(struct buffer *out);

#endif
