// SPDX-License-Identifier: GPL-3.0-or-later
// A new script to go on from, put together from the template of its language.
#ifndef LOOSEN_DRAFT_H
#define LOOSEN_DRAFT_H

#include "arena.h"
#include "catalogue.h"
#include "template.h"

// The template of one language, and what is to be made of it. `choice.length` is not looked at.
struct draft {
    struct arena arena;
    const char *language; // borrowed
    struct text path;     // of the template, in the arena
    struct text data;     // of it, in the arena
    struct template_choice choice;
};

// Read the template of `language`. STATUS_NOT_FOUND (no such language, or it has no template),
// STATUS_IO, STATUS_BAD_INPUT, STATUS_NO_MEMORY. draft_close must follow STATUS_OK.
enum status draft_open(struct draft *draft, const struct data_folders *folders,
                       const char *language, struct error *error);
void draft_close(struct draft *draft);

// Whether a session may be called `choice.title`: STATUS_BAD_ARGUMENT tells why not, such as that
// it promises to cure.
enum status draft_check_title(const struct draft *draft, const struct data_folders *folders,
                              struct error *error);

// Add the script to `out`: from three fifths of `choice.natural` to half as much again, as far as
// it fills that. Faults of the template, and of what it makes, are told; STATUS_BAD_INPUT then.
enum status draft_print(struct buffer *out, const struct draft *draft,
                        const struct data_folders *folders, struct error *error);

#endif
