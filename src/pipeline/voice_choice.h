// SPDX-License-Identifier: GPL-3.0-or-later
// Which voice speaks a session, and with which pronunciations.
#ifndef LOOSEN_VOICE_CHOICE_H
#define LOOSEN_VOICE_CHOICE_H

#include "catalogue.h"
#include "lexicon.h"
#include "narrator.h"
#include "settings.h"

enum { VOICE_CHOICE_NAME_MAX = 64 };

// The voice that was asked for, or the language's own, of which `name` is the memory.
struct voice voice_choice(const struct settings *settings, struct text language,
                          char name[VOICE_CHOICE_NAME_MAX]);

// True when the name of a voice says that it is of another language. Names that say nothing of a
// language ("English") are of none.
bool voice_choice_is_foreign(const char *voice, struct text language);

// The language's pronunciations, behind the author's own, for a voice of that language: a language
// may have none, and a foreign voice, of which a note tells, gets none. Faults of the language's
// file go to stderr.
enum status voice_choice_load_lexicon(struct lexicon *lexicon, const struct settings *settings,
                                      const struct data_folders *folders, struct text language,
                                      struct error *error);

#endif
