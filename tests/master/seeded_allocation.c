// SPDX-License-Identifier: GPL-3.0-or-later
// A violation on purpose: what the symbol fence must find.
#include <stdio.h>
#include <stdlib.h>

void seeded_allocation(float *stereo);

void seeded_allocation(float *stereo)
{
    float *copy = malloc(sizeof *copy);
    if (copy)
        printf("%g\n", (double)(*copy = *stereo));
    free(copy);
}
