// SPDX-License-Identifier: GPL-3.0-or-later
// What only the whole program can judge of a script that parsed: whether it fills the lengths that
// it promises, and whether its scenes are there.
#ifndef LOOSEN_SCRIPT_CHECK_H
#define LOOSEN_SCRIPT_CHECK_H

#include "catalogue.h"
#include "diagnostic.h"
#include "error.h"

// Add what is wrong to `list`. STATUS_OK, also with faults in the list; STATUS_NO_MEMORY.
enum status script_check(const struct session *session, const struct data_folders *folders,
                         struct diagnostics *list, struct error *error);

#endif
