// SPDX-License-Identifier: GPL-3.0-or-later
// Prints comments and blank lines between the lines of a script: runs of blank lines as one, and
// none at the start.
#ifndef LOOSEN_REMARK_PRINT_H
#define LOOSEN_REMARK_PRINT_H

#include "buffer.h"
#include "remarks.h"

struct remark_printer {
    struct buffer *out;
    struct remarks *remarks; // NULL: none
    size_t next;             // the first that may still have to be printed
};

// The indentation of a line in so many blocks.
void remark_print_indent(struct buffer *out, int depth);

// What stands above the first line of the header.
void remark_print_first(struct remark_printer *printer);

// What belongs to a key of the header.
void remark_print_key(struct remark_printer *printer, struct text key);

// What stands before `line` of the script and is not printed yet, in so many blocks.
void remark_print_before(struct remark_printer *printer, int line, int depth);

// The same before a section, and a blank line where there is none.
void remark_print_section(struct remark_printer *printer, int line);

// What stands behind the last line, without blank lines at the end.
void remark_print_last(struct remark_printer *printer);

#endif
