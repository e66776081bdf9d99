// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of the language that are said in quiet which an import makes, each in its turn.
#ifndef LOOSEN_IMPORT_COMPANY_H
#define LOOSEN_IMPORT_COMPANY_H

#include "session_model.h"

// Put `count` of them under the rest. *next is the first that was not said yet. False: out of
// memory.
bool import_company_keep(struct session *session, struct node *rest, int count, size_t *next);

#endif
