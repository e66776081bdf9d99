// SPDX-License-Identifier: GPL-3.0-or-later
// Stands for limit_numbers.h in test_limits: the compiler is given it before every source.
#ifndef LOOSEN_LIMIT_NUMBERS_H
#define LOOSEN_LIMIT_NUMBERS_H

#define LIMIT_PRESSURE 5
#define LIMIT_SPOT_SECONDS 80
#define LIMIT_SIDE_MINUTES 5
#define LIMIT_ROUNDS 1
#define LIMIT_BOUT_MINUTES 8
#define LIMIT_FREE_MINUTES 3
#define LIMIT_SIGHS 2
#define LIMIT_IN_SECONDS 4
#define LIMIT_OUT_SECONDS 7
#define LIMIT_HOLD_SECONDS 1
#define LIMIT_HOLD_EASY_SECONDS 0
#define LIMIT_PACE_LEAST 5.5
#define LIMIT_PACE_MOST 7
#define LIMIT_PASS_SECONDS 1
#define LIMIT_LENGTH_LEAST_MINUTES 3
#define LIMIT_LENGTH_MOST_MINUTES 80
#define LIMIT_NESTING 8
#define LIMIT_EVENTS 5000
#define LIMIT_LINE_KIB 32
#define LIMIT_FILE_MIB 2

#endif
