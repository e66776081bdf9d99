// SPDX-License-Identifier: GPL-3.0-or-later
// Default voices of the languages, and calls through a narrator's table of functions.
#include "narrator.h"

#include <stdio.h>
#include <string.h>

struct preset {
    const char *language;
    const char *name;
    int rate;
};

// klatt4 is the least harsh of espeak-ng's voices; it is understood at 140-175 and falls apart
// below. French is dense: measured as clear at 110. Chinese has no reading of its characters but
// pinyin.
static const struct preset presets[] = {
    {"en", "en-us+klatt4", 150},
    {"en-gb", "en-gb-x-rp+klatt4", 150},
    {"fr", "fr+klatt4", 110},
    {"zh", "cmn-latn-pinyin+klatt4", 140},
};

struct voice voice_default(const char *language, char *name_memory, size_t name_size)
{
    int rate = 150;
    snprintf(name_memory, name_size, "%s+klatt4", language);
    for (size_t i = 0; i < sizeof presets / sizeof *presets; i++) {
        if (strcmp(presets[i].language, language) == 0) {
            snprintf(name_memory, name_size, "%s", presets[i].name);
            rate = presets[i].rate;
        }
    }
    return (struct voice){.name = name_memory,
                          .rate = rate,
                          .pitch = 42,
                          .range = 50,
                          .word_gap = 6,
                          .amplitude = 70};
}

enum status narrator_speak(struct narrator *narrator, const struct text *texts, size_t count,
                           narrator_done *done, void *context, struct error *error)
{
    return narrator->methods->speak(narrator, texts, count, done, context, error);
}

void narrator_free(struct narrator *narrator)
{
    if (narrator)
        narrator->methods->free(narrator);
}
