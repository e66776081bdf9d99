// SPDX-License-Identifier: GPL-3.0-or-later
// Each remark is printed once, as soon as the line that it stood before is.
#include "remark_print.h"

void remark_print_indent(struct buffer *out, int depth)
{
    for (int i = 0; i < depth; i++)
        buffer_add_c(out, "  ");
}

// A blank line, unless there is one or nothing above it.
static void print_blank(struct buffer *out)
{
    const bool above = out->size > 1 && out->data[out->size - 2] == '\n';
    if (out->size > 0 && !above)
        buffer_add_byte(out, '\n');
}

static void print_remark(struct buffer *out, struct remark *remark, int depth)
{
    remark->printed = true;
    if (remark->text.size == 0) {
        print_blank(out);
        return;
    }
    remark_print_indent(out, depth);
    buffer_add(out, remark->text);
    buffer_add_byte(out, '\n');
}

void remark_print_before(struct remark_printer *printer, int line, int depth)
{
    struct remarks *remarks = printer->remarks;
    for (; remarks && printer->next < remarks->count; printer->next++) {
        struct remark *remark = &remarks->items[printer->next];
        if (remark->line >= line)
            return;
        if (!remark->printed)
            print_remark(printer->out, remark, depth);
    }
}

void remark_print_first(struct remark_printer *printer)
{
    struct remarks *remarks = printer->remarks;
    for (; remarks && printer->next < remarks->first_count; printer->next++)
        print_remark(printer->out, &remarks->items[printer->next], 0);
}

void remark_print_key(struct remark_printer *printer, struct text key)
{
    struct remarks *remarks = printer->remarks;
    for (size_t i = 0; remarks && i < remarks->count; i++)
        if (text_equal(remarks->items[i].key, key) && !remarks->items[i].printed)
            print_remark(printer->out, &remarks->items[i], 0);
}

void remark_print_section(struct remark_printer *printer, int line)
{
    struct remarks *remarks = printer->remarks;
    bool blank = false;
    for (size_t i = printer->next; remarks && i < remarks->count && remarks->items[i].line < line;
         i++)
        blank |= !remarks->items[i].printed && remarks->items[i].text.size == 0;
    if (!blank)
        print_blank(printer->out);
    remark_print_before(printer, line, 0);
}

void remark_print_last(struct remark_printer *printer)
{
    struct remarks *remarks = printer->remarks;
    int line = 0;
    for (size_t i = 0; remarks && i < remarks->count; i++)
        if (remarks->items[i].text.size > 0)
            line = remarks->items[i].line + 1;
    remark_print_before(printer, line, 0);
}
