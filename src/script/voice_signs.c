// SPDX-License-Identifier: GPL-3.0-or-later
// The table is made by asking espeak-ng (tests/voice/signs.py), and compared with it by a test.
#include "voice_signs.h"

#include "letter.h"

struct sign_range {
    uint32_t first, last;
};

// Ascending.
static const struct sign_range signs[] = {
    // begin: made by tests/voice/signs.py
    {0x00A2, 0x00A5}, {0x00A7, 0x00A9},   {0x00AC, 0x00AC},   {0x00AE, 0x00AE}, {0x00B0, 0x00B3},
    {0x00B6, 0x00B6}, {0x00B9, 0x00B9},   {0x00BC, 0x00BE},   {0x00D7, 0x00D7}, {0x00F7, 0x00F7},
    {0x02D9, 0x02D9}, {0x203C, 0x203C},   {0x2049, 0x2049},   {0x2070, 0x2070}, {0x2074, 0x207E},
    {0x2080, 0x208E}, {0x20A8, 0x20A9},   {0x20AC, 0x20AC},   {0x20B9, 0x20B9}, {0x2100, 0x2101},
    {0x2103, 0x2106}, {0x2108, 0x2109},   {0x2114, 0x2114},   {0x2116, 0x2117}, {0x211E, 0x2123},
    {0x2125, 0x2125}, {0x2127, 0x2127},   {0x2129, 0x2129},   {0x212E, 0x212E}, {0x213A, 0x213B},
    {0x214A, 0x214A}, {0x214C, 0x214D},   {0x214F, 0x214F},   {0x2153, 0x2154}, {0x2160, 0x2182},
    {0x2185, 0x2188}, {0x218A, 0x2199},   {0x219C, 0x219F},   {0x21A1, 0x21A2}, {0x21A4, 0x21A5},
    {0x21A7, 0x21AD}, {0x21AF, 0x21CD},   {0x21D0, 0x21D1},   {0x21D3, 0x21D3}, {0x21D5, 0x21F3},
    {0x2202, 0x2202}, {0x2211, 0x2212},   {0x2217, 0x2217},   {0x221A, 0x221B}, {0x221D, 0x221E},
    {0x222B, 0x222C}, {0x2234, 0x2235},   {0x2248, 0x2248},   {0x2260, 0x2261}, {0x2264, 0x2265},
    {0x2300, 0x2307}, {0x230C, 0x231F},   {0x2322, 0x2328},   {0x232B, 0x237B}, {0x237D, 0x239A},
    {0x23B4, 0x23DB}, {0x23E2, 0x244A},   {0x249C, 0x24E9},   {0x2500, 0x25B6}, {0x25B8, 0x25C0},
    {0x25C2, 0x25F7}, {0x25FB, 0x25FE},   {0x2600, 0x2767},   {0x2794, 0x27BF}, {0x2800, 0x28FF},
    {0x2934, 0x2935}, {0x2B00, 0x2B2F},   {0x2B45, 0x2B46},   {0x2B4D, 0x2BFF}, {0x3004, 0x3004},
    {0x3007, 0x3007}, {0x3012, 0x3013},   {0x3020, 0x3029},   {0x3030, 0x3030}, {0x3036, 0x303A},
    {0x303D, 0x303F}, {0x3200, 0x33FF},   {0xFFE4, 0xFFE4},   {0xFFE8, 0xFFE8}, {0xFFED, 0xFFEE},
    {0xFFFC, 0xFFFD}, {0x1F000, 0x1F0F5}, {0x1F10D, 0x1FAF6},
    // end
};

// Blocks of letters that are not Latin, as Unicode has them.
static const struct sign_range letters[] = {
    {0x0250, 0x02AF}, {0x0370, 0x1DBF}, {0x1F00, 0x1FFF},   {0x2C00, 0x2C5F},   {0x2C80, 0x2DFF},
    {0x3040, 0x31FF}, {0x3400, 0x4DBF}, {0x4E00, 0xA71F},   {0xA800, 0xABFF},   {0xAC00, 0xD7FF},
    {0xF900, 0xFAFF}, {0xFB13, 0xFDFF}, {0x10000, 0x1CFFF}, {0x20000, 0x3FFFF},
};

enum {
    SIGN_RANGES = sizeof signs / sizeof *signs,
    LETTER_RANGES = sizeof letters / sizeof *letters,
};

static bool is_in(uint32_t c, const char *list)
{
    for (const char *s = list; *s; s++)
        if ((uint32_t)(unsigned char)*s == c)
            return true;
    return false;
}

static bool is_within(uint32_t c, const struct sign_range *ranges, size_t count)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && c >= ranges[low].first;
}

const char *voice_signs_why(uint32_t sign, struct text behind)
{
    const bool ends = behind.size == 0 || behind.data[0] == ' ';
    if (sign >= '0' && sign <= '9')
        return "digits are read in surprising ways";
    if (is_in(sign, "#$%&*+/=@\\~") || (sign == ':' && !ends))
        return "the voice names this sign, or mangles what is around it";
    if (is_in(sign, "<>[]^_`|"))
        return "a mark of another format, which is not spoken";
    if (is_within(sign, signs, SIGN_RANGES))
        return "the voice names this sign, or leaves it out";
    return NULL;
}

// Languages whose voices were asked. Others may be written in any script, and have words without a
// vowel.
static bool was_asked(struct text language)
{
    return text_equal_c(language, "en") || text_equal_c(language, "de");
}

bool voice_signs_spells_letter(struct text language, uint32_t letter)
{
    return was_asked(language) && is_within(letter, letters, LETTER_RANGES);
}

bool voice_signs_spells_word(struct text language, struct text word)
{
    // Said as what they stand for, or as a word.
    static const char *const known[] = {"mr", "mrs", "ms", "dr", "st", "hm", "hmm", "tsk"};
    bool capitals = true; // told as such
    for (size_t i = 0; i < word.size; i++)
        capitals &= word.data[i] >= 'A' && word.data[i] <= 'Z';
    for (size_t i = 0; i < word.size; i++)
        if (!letter_is((unsigned char)word.data[i]) || (unsigned char)word.data[i] >= 0x80 ||
            is_in((unsigned char)word.data[i], "aeiouyAEIOUY'"))
            return false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (letter_match(text_from(known[i]), false, word) == word.size)
            return false;
    return was_asked(language) && word.size > 1 && !capitals;
}
