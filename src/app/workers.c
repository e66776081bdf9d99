// SPDX-License-Identifier: GPL-3.0-or-later
// The workers by their names, one row each.
#include "workers.h"

#include "decoder_worker.h"
#include "narrator_worker.h"
#include "speaker.h"
#include "speaker_worker.h"
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} workers[] = {
    {"narrator", narrator_worker},
    {"decoder", decoder_worker},
    {"speaker", speaker_worker},
};

bool workers_run(int *code, int argc, char **argv)
{
    if (argc < 3 || strcmp(argv[1], "--worker") != 0)
        return false;
    for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
        if (strcmp(argv[2], workers[i].name) == 0) {
            *code = workers[i].run(argc, argv);
            return true;
        }
    }
    return false;
}
