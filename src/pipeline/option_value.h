// SPDX-License-Identifier: GPL-3.0-or-later
// The value of an option, from text to its field.
#ifndef LOOSEN_OPTION_VALUE_H
#define LOOSEN_OPTION_VALUE_H

#include "option_rows.h"

// Set the field of `row`; `value` is borrowed (KIND_FLAG: not looked at). False when the row does
// not take that value; the field may have changed then.
bool option_value_parse(struct settings *settings, const struct option_row *row, const char *value);

#endif
