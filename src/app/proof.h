// SPDX-License-Identifier: GPL-3.0-or-later
// What the check says of a script that was made and is not yet in a file.
#ifndef LOOSEN_PROOF_H
#define LOOSEN_PROOF_H

#include "catalogue.h"

// Tell all that the check says of `script`, under the name that it gets. *faults counts its errors,
// which are no failure here: its author goes on from there.
enum status proof_tell(const struct data_folders *folders, const char *name, struct text script,
                       size_t *faults, struct error *error);

#endif
