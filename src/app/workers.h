// SPDX-License-Identifier: GPL-3.0-or-later
// What the program is when it has started itself again.
#ifndef LOOSEN_WORKERS_H
#define LOOSEN_WORKERS_H

#include <stdbool.h>

// Be the worker that the command line asks for, "--worker NAME ...", and give its exit code. False
// when it asks for none, or for one that there is not.
bool workers_run(int *code, int argc, char **argv);

#endif
