// Claims and tone: a product for relaxing never promises to treat. Misread words: measured with
// espeak-ng 1.51, en-gb; what the narrator's lexicon mends ("close your", "use the") is not listed.
#include "phrase.h"

#define ENTRY(words, kind, start, hint)               \
    {                                                 \
        {words, sizeof(words) - 1}, kind, start, hint \
    }
#define CLAIM(words) \
    ENTRY(words, PHRASE_CLAIM, false, "say relax, loosen, settle, comfort, tension")
#define DAMAGE(words) ENTRY(words, PHRASE_DAMAGE, false, "name the place and a feeling, no damage")
#define TONE(words, hint) ENTRY(words, PHRASE_TONE, false, hint)
#define MISREAD(words, hint) ENTRY(words, PHRASE_MISREAD, false, hint)

static const char invite[] = "invite: when you are ready, if you like, let";
static const char secular[] = "plain words reach more people";

static const struct phrase english[] = {
    CLAIM("treats"),
    CLAIM("treat pain"),
    CLAIM("treat your"),
    CLAIM("treatment for"),
    CLAIM("heal"),
    CLAIM("heals"),
    CLAIM("healing"),
    CLAIM("cure"),
    CLAIM("cures"),
    CLAIM("therapy"),
    CLAIM("therapeutic"),
    CLAIM("pain relief"),
    CLAIM("relieve pain"),
    CLAIM("relieves pain"),
    CLAIM("relieves"),
    CLAIM("reduce pain"),
    CLAIM("reduces pain"),
    CLAIM("prevent"),
    CLAIM("prevents"),
    CLAIM("rehabilitate"),
    CLAIM("rehabilitates"),
    CLAIM("rehabilitation"),
    CLAIM("clinically proven"),
    CLAIM("sciatica"),
    CLAIM("arthritis"),
    CLAIM("herniated"),
    CLAIM("blood pressure"),
    CLAIM("fixes"),
    DAMAGE("torn"),
    DAMAGE("crumbling"),
    DAMAGE("slipped"),
    DAMAGE("stabbing"),
    DAMAGE("worn out"),
    DAMAGE("crooked"),
    TONE("just", invite),
    TONE("simply", invite),
    TONE("surrender", invite),
    TONE("release trauma", "say let this place settle"),
    TONE("push through", "say ease off"),
    TONE("no pain", "say ease off"),
    TONE("good girl", "give permission instead of praise"),
    TONE("good boy", "give permission instead of praise"),
    TONE("perfect", "give permission instead of praise"),
    TONE("you are safe", "say this place is cared for"),
    TONE("energy", secular),
    TONE("chakra", secular),
    TONE("prayer", secular),
    TONE("toxins", secular),
    MISREAD("eyes close", "say \"the eyes can close\" or \"rest the eyes\""),
    MISREAD("close them", "say \"let them close\""),
    MISREAD("use it", "say \"you can use it\" or \"with it\""),
    MISREAD("use them", "say \"you can use them\" or \"with them\""),
    MISREAD("content to", "say \"happy to\""),
    MISREAD("moderate the", "say \"ease the\""),
    MISREAD("wind down", "say \"slow down\""),
    MISREAD("bow", "say \"bend forward\""),
    MISREAD("vagus", "say \"calming nerve\""),
    MISREAD("live", "choose another word, or write {live|liv}"),
    MISREAD("tear", "choose another word, or write {tear|tair}"),
    MISREAD("object to", "say \"mind\""),
    MISREAD("record the", "choose another verb"),
    MISREAD("project the", "choose another verb"),
    MISREAD("contract the", "say \"tighten the\""),
    MISREAD("alternate", "say \"in turn\""),
    ENTRY("separate the", PHRASE_MISREAD, true, "say \"let the ... part\""),
    ENTRY("separate your", PHRASE_MISREAD, true, "say \"let the ... part\""),
};

enum { ENGLISH_COUNT = sizeof english / sizeof *english };

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '\'' ||
           (unsigned char)byte >= 0x80;
}

static bool stands_here(struct text view, const struct phrase *phrase)
{
    if (view.size < phrase->text.size)
        return false;
    for (size_t i = 0; i < phrase->text.size; i++)
        if (lower(view.data[i]) != phrase->text.data[i])
            return false;
    return view.size == phrase->text.size || !is_word_byte(view.data[phrase->text.size]);
}

// What begins with the word at the start of `view`. `start`: of a sentence.
static void search_word(struct text view, bool start, struct phrase_found found[PHRASE_KINDS])
{
    const char first = lower(view.data[0]);
    for (size_t p = 0; p < ENGLISH_COUNT; p++) {
        const struct phrase *phrase = &english[p];
        // Nearly all phrases are out by their first letter: this line is the check's speed.
        if (phrase->text.data[0] != first || found[phrase->kind].phrase)
            continue;
        if ((!phrase->at_start || start) && stands_here(view, phrase))
            found[phrase->kind] = (struct phrase_found){phrase, view.data};
    }
}

void phrase_search(struct text view, struct text language, struct phrase_found found[PHRASE_KINDS])
{
    if (!text_equal_c(text_head(language, 2), "en"))
        return;
    bool start = true; // of a sentence
    for (size_t i = 0; i < view.size; i++) {
        if (!is_word_byte(view.data[i])) {
            start |= view.data[i] == '.' || view.data[i] == '!' || view.data[i] == '?';
            continue;
        }
        search_word(text_skip(view, i), start, found);
        start = false;
        while (i + 1 < view.size && is_word_byte(view.data[i + 1]))
            i++;
    }
}
