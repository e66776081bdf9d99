#include "clip.h"

#include <stdlib.h>

void clip_bank_free(struct clip_bank *bank)
{
    for (size_t i = 0; i < bank->count; i++)
        free(bank->clips[i].samples);
    free(bank->clips);
    *bank = (struct clip_bank){NULL, 0};
}
