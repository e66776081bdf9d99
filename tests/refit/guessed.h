// SPDX-License-Identifier: GPL-3.0-or-later
// A script with clips of guessed length, ready to be planned: no voice is needed. Whatever goes
// wrong fails the running test.
#ifndef LOOSEN_TEST_GUESSED_H
#define LOOSEN_TEST_GUESSED_H

#include "plan.h"
#include "utterances.h"

struct guessed {
    struct session session;
    struct utterances utterances;
    int64_t *clips;
    struct plan_config plan; // begins as it was
};

void guessed_open(struct guessed *guessed, const char *path);
void guessed_close(struct guessed *guessed);

// The lengths that it can have with these clips; other tests hold it to what its header promises.
struct range guessed_lengths(const struct guessed *guessed);

// Call `visit` with the path of every shipped script.
void guessed_each(void (*visit)(const char *path, void *context), void *context);

#endif
