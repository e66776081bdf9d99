// SPDX-License-Identifier: GPL-3.0-or-later
// The page's own words stand in a table with a column for each language.
#include "page_words.h"

#include <assert.h>

// To add a language: a column, its code in `languages`, and a page in it that somebody has read.
enum { ENGLISH, GERMAN, LANGUAGES };

static const char *const languages[LANGUAGES] = {"en", "de"};

static const struct {
    const char *name;
    const char *texts[LANGUAGES];
} words[] = {
    {"player", {"Player", "Wiedergabe"}},
    {"play", {"Play", "Abspielen"}},
    {"pause", {"Pause", "Pause"}},
    {"back", {"Back 15 s", "15 s zurück"}},
    {"forward", {"Forward 15 s", "15 s vor"}},
    {"position", {"Position", "Position"}},
    {"chapters", {"Chapters", "Kapitel"}},
    {"transcript", {"Transcript", "Zum Nachlesen"}},
    {"before", {"Before you begin", "Bevor es losgeht"}},
    {"volume",
     {"Keep the volume comfortable, and do not listen while driving.",
      "Stell die Lautstärke angenehm ein, und hör dies nicht beim Fahren."}},
    {"comfort",
     {"This is for relaxation and general comfort. It is not a medical device, and it does not "
      "replace a doctor or a therapist.",
      "Dies dient der Entspannung und dem Wohlbefinden. Es ist kein Medizinprodukt und ersetzt "
      "weder Arzt noch Therapeutin."}},
    {"circle",
     {"A circle that grows with the breath in and shrinks with the breath out",
      "Ein Kreis, der beim Einatmen wächst und beim Ausatmen kleiner wird"}},
    {"one breath", {"One breath with the wave", "Ein Atemzug mit der Welle"}},
    {"breaths", {"breaths with the wave", "Atemzüge mit der Welle"}},
    {"trouble",
     {"This browser can't play the sound in this page. All that is said can be read here. "
      "Made with .mp3, a page plays in nearly every browser.",
      "Dieser Browser kann den Ton dieser Seite nicht abspielen. Alles Gesprochene ist hier "
      "nachzulesen. Mit .mp3 gemacht, spielt eine Seite in fast jedem Browser."}},
};

enum { WORDS = sizeof words / sizeof *words };

static int column_of(struct text language)
{
    struct text primary = text_head(language, text_find(language, '-'));
    for (int i = 0; i < LANGUAGES; i++)
        if (text_equal_c(primary, languages[i]))
            return i;
    return ENGLISH;
}

void page_words_add(struct buffer *out, struct text language, struct text name)
{
    size_t i = 0;
    while (i < WORDS && !text_equal_c(name, words[i].name))
        i++;
    assert(i < WORDS);
    buffer_add_markup(out, text_from(words[i].texts[column_of(language)]));
}
