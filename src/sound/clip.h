// Speech ready to be mixed: immutable 16-bit mono at 48 kHz, trimmed, polished and levelled.
#ifndef LOOSEN_CLIP_H
#define LOOSEN_CLIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct clip {
    int64_t frames;   // > 0
    int16_t *samples; // full scale 32768; owned by the bank
    bool lost;        // the voice failed: silence about as long as the words would have taken
};

// Clip u speaks utterance u.
struct clip_bank {
    struct clip *clips;
    size_t count;
};

void clip_bank_free(struct clip_bank *bank);

#endif
