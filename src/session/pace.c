// SPDX-License-Identifier: GPL-3.0-or-later
// How long a line will take to be said, guessed before a voice has said it.
// Fitted by least squares to 139 lines of shipped scripts, spoken by en-us+klatt4 at rate 150 and
// word gap 6, without the silence at the end: 0.3 s standard error, 0.9 s at worst.
#include "pace.h"

enum {
    LETTER_MS = 56,
    WORD_MS = 117,
    COMMA_MS = 416,
    STOP_MS = 802, // between two sentences
    CLIP_MS = 283,
};

static bool is_letter(uint32_t character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character >= 0xC0;
}

int64_t pace_guess_clip(struct text spoken)
{
    int64_t ms = CLIP_MS;
    int64_t pending_ms = 0; // of punctuation, which counts once more words follow
    bool in_word = false;
    for (size_t at = 0; at < spoken.size;) {
        uint32_t character;
        if (!text_next(spoken, &at, &character)) {
            at++;
            continue;
        }
        bool letter = is_letter(character);
        if (letter && !in_word) {
            ms += WORD_MS + pending_ms;
            pending_ms = 0;
        }
        ms += letter ? LETTER_MS : 0;
        if (character == ',' || character == ';' || character == ':')
            pending_ms = COMMA_MS;
        else if (character == '.' || character == '?' || character == '!')
            pending_ms = STOP_MS;
        in_word = letter || (in_word && character == '\'');
    }
    return frames_from_ms(ms);
}

const int64_t *pace_guess_clips(struct arena *arena, const struct utterances *utterances)
{
    int64_t *clips = arena_array(arena, utterances->count, sizeof *clips);
    for (size_t i = 0; clips && i < utterances->count; i++)
        clips[i] = pace_guess_clip(utterances->items[i].spoken);
    return clips;
}
