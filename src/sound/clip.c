// SPDX-License-Identifier: GPL-3.0-or-later
// A word's place is found by its frame, and a bank of clips is freed.
#include "clip.h"

#include <stdlib.h>

const struct clip_mark *clip_word_at(const struct clip *clip, int64_t frame)
{
    size_t low = 0, high = clip->mark_count; // the first mark after `frame` lies in low .. high
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (clip->marks[middle].start_frame <= frame)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &clip->marks[low - 1] : NULL;
}

void clip_bank_free(struct clip_bank *bank)
{
    for (size_t i = 0; i < bank->count; i++) {
        free(bank->clips[i].samples);
        free(bank->clips[i].marks);
    }
    free(bank->clips);
    *bank = (struct clip_bank){NULL, 0};
}
