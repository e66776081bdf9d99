// SPDX-License-Identifier: GPL-3.0-or-later
// Pauses as authors write them: "pause 5s", "silence for two minutes", "Stille, 10 Sekunden".
#ifndef LOOSEN_PAUSE_WORDS_H
#define LOOSEN_PAUSE_WORDS_H

#include "text.h"

// The length in ms that a direction (without its brackets) asks for; a usual one where it names
// none. -1: it is no pause.
int64_t pause_words_ms(struct text direction);

// The value of "3s", "750ms", "2.5s" in ms, or -1.
int64_t pause_words_time(struct text time);

#endif
