// SPDX-License-Identifier: GPL-3.0-or-later
// Errors, diagnostics and notes are printed to stderr, and a status becomes an exit code.
#include "report.h"

#include "interrupt.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void report_open(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

int report_exit_code(enum status status)
{
    switch (status) {
    case STATUS_OK:
        return EXIT_DONE;
    case STATUS_BAD_ARGUMENT:
    case STATUS_NOT_FOUND:
        return EXIT_USAGE;
    case STATUS_BAD_INPUT:
        return EXIT_SCRIPT;
    case STATUS_NO_DEVICE:
        return EXIT_NO_DEVICE;
    case STATUS_INTERRUPTED:
        return EXIT_SIGNAL + interrupt_signal();
    default:
        return EXIT_FAILED;
    }
}

static void print_line(struct buffer *line)
{
    buffer_add_byte(line, '\n');
    if (!line->failed)
        fputs(line->data, stderr);
    buffer_free(line);
}

int report_error(const struct error *error)
{
    // Whoever pressed Ctrl-C knows it.
    if (error->status != STATUS_INTERRUPTED) {
        struct buffer line = BUFFER_INIT;
        buffer_add_c(&line, "loosen: ");
        if (error->file[0]) {
            buffer_add_visible(&line, text_from(error->file));
            if (error->line)
                buffer_printf(&line, ":%d:%d", error->line, error->column);
            buffer_add_c(&line, ": ");
        }
        buffer_add_visible(&line, text_from(error->text));
        print_line(&line);
    }
    return report_exit_code(error->status);
}

void report_diagnostics(const struct diagnostics *list)
{
    struct buffer out = BUFFER_INIT;
    diagnostics_print(list, &out);
    if (out.data && !out.failed)
        fputs(out.data, stderr);
    buffer_free(&out);
}

void report_faults(struct diagnostics *list, struct error *error)
{
    diagnostics_sort(list);
    report_diagnostics(list);
    error_set_at(error, STATUS_BAD_INPUT, list->file, 0, 0, "%zu %s: nothing was played or written",
                 list->errors, list->errors == 1 ? "error" : "errors");
}

// One sentence, made visible.
__attribute__((format(printf, 2, 0))) static void add_sentence(struct buffer *line,
                                                               const char *format, va_list args)
{
    char text[1024];
    vsnprintf(text, sizeof text, format, args);
    buffer_add_visible(line, text_from(text));
}

void report_note(const char *format, ...)
{
    va_list args;
    struct buffer line = BUFFER_INIT;
    buffer_add_c(&line, "loosen: ");
    va_start(args, format);
    add_sentence(&line, format, args);
    va_end(args);
    print_line(&line);
}

void report_question(const char *format, ...)
{
    va_list args;
    struct buffer line = BUFFER_INIT;
    va_start(args, format);
    add_sentence(&line, format, args);
    va_end(args);
    if (!line.failed)
        fputs(line.data, stderr);
    buffer_free(&line);
}

void report_question_left(void)
{
    fputs("\n", stderr);
}

enum status report_write(struct text data, struct error *error)
{
    if ((data.size == 0 || fwrite(data.data, 1, data.size, stdout) == data.size) &&
        fflush(stdout) == 0)
        return STATUS_OK;
    if (errno != EPIPE)
        return error_set(error, STATUS_IO, "cannot write to the standard output: %s",
                         strerror(errno));
    interrupt_end_by(SIGPIPE);
    return error_set(error, STATUS_INTERRUPTED, "nobody reads the standard output any more");
}

int report_output(struct buffer *out)
{
    struct error error;
    enum status status =
        out->failed ? error_no_memory(&error) : report_write(buffer_text(out), &error);
    buffer_free(out);
    return status == STATUS_OK ? EXIT_DONE : report_error(&error);
}
