// SPDX-License-Identifier: GPL-3.0-or-later
// Asks on the terminal for what of a new script was not given.
#ifndef LOOSEN_QUESTIONS_H
#define LOOSEN_QUESTIONS_H

#include "draft.h"
#include "settings.h"

enum answers {
    ANSWERS_ALL,
    ANSWERS_LEFT,   // q, Ctrl-C, or the end of the input
    ANSWERS_FAILED, // told
};

// Whether somebody is there to be asked.
bool questions_possible(void);

// Ask for the title, position, kind and usual length, each that `settings` does not give, with what
// the choice of `draft` holds as its default. What is wrong is told and asked again; so is, when
// `names_file`, a title whose file exists. The title that is typed lives in the draft's arena.
enum answers questions_ask(struct draft *draft, const struct settings *settings,
                           const struct data_folders *folders, bool names_file);

#endif
