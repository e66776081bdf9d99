// SPDX-License-Identifier: GPL-3.0-or-later
// Options are looked up among those that were given.
#include "settings.h"

#include <string.h>

const struct given_option *settings_given(const struct settings *settings, const char *name)
{
    for (size_t i = settings->given_count; i > 0; i--)
        if (strcmp(settings->given[i - 1].name, name) == 0)
            return &settings->given[i - 1];
    return NULL;
}
