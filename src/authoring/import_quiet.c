// SPDX-License-Identifier: GPL-3.0-or-later
// Who is told "for a minute" gets a minute, whether or not it could become a block.
#include "import_quiet.h"

enum {
    BREATH_SECONDS = 10,
    REPETITION_SECONDS = 9,
    MOST_SECONDS = 180 // what is longer is meant for another time
};

// The longest time in a sentence. Without a place or a movement before it only breaths are one.
static int longest(const struct touch_sentence *sentence, bool subject)
{
    size_t next = 0;
    struct amount amount;
    int most = 0;
    while (mentions_amount(sentence->mentions, &next, &amount)) {
        const int unit = amount.unit == AMOUNT_BREATHS              ? BREATH_SECONDS
                         : !subject || amount.unit == AMOUNT_OF_TEN ? 0
                         : amount.unit == AMOUNT_TIMES              ? REPETITION_SECONDS
                                                                    : 1;
        if (amount.least <= MOST_SECONDS && unit * amount.least > most)
            most = unit * amount.least;
    }
    return most <= MOST_SECONDS ? most : 0;
}

int import_quiet_seconds(const struct touch_sentence *sentences, size_t count)
{
    int sum = 0;
    bool subject = false;
    for (size_t i = 0; i < count; i++) {
        const struct mentions *mentions = sentences[i].mentions;
        subject = subject || mentions_find(mentions, TOUCH_REGION, 0) ||
                  mentions_find(mentions, TOUCH_MOVE, 0);
        sum += longest(&sentences[i], subject);
    }
    return sum < MOST_SECONDS ? sum : MOST_SECONDS;
}
