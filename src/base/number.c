// SPDX-License-Identifier: GPL-3.0-or-later
// Digit by digit, in integers: nothing is rounded, and nothing overflows.
#include "number.h"

bool number_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool starts_with_digit(struct text view)
{
    return view.size > 0 && number_is_digit(view.data[0]);
}

static int take_digit(struct text *view)
{
    int digit = view->data[0] - '0';
    *view = text_skip(*view, 1);
    return digit;
}

bool number_take(struct text *view, int places, int64_t *value)
{
    struct text rest = *view;
    int64_t number = 0;
    if (!starts_with_digit(rest))
        return false;
    while (starts_with_digit(rest)) {
        number = number * 10 + take_digit(&rest);
        if (number > NUMBER_MOST)
            return false;
    }
    bool decimals =
        places > 0 && rest.size > 1 && rest.data[0] == '.' && starts_with_digit(text_skip(rest, 1));
    if (decimals)
        rest = text_skip(rest, 1);
    for (int place = 0; place < places; place++)
        number = number * 10 + (decimals && starts_with_digit(rest) ? take_digit(&rest) : 0);
    if (decimals && starts_with_digit(rest))
        return false;
    *view = rest;
    *value = number;
    return true;
}

bool number_parse(struct text view, int places, int64_t *value)
{
    int64_t number;
    if (!number_take(&view, places, &number) || view.size > 0)
        return false;
    *value = number;
    return true;
}

bool number_parse_signed(struct text view, int places, int64_t *value)
{
    bool negative = text_starts_with(view, TEXT("-"));
    if (!number_parse(text_skip(view, negative), places, value))
        return false;
    *value = negative ? -*value : *value;
    return true;
}

bool number_whole(struct text view, int64_t least, int64_t most, int64_t *value)
{
    enum { PLACES = 3, UNIT = 1000 };
    int64_t thousandths;
    if (!number_parse(view, PLACES, &thousandths) || thousandths % UNIT != 0)
        return false;
    int64_t number = thousandths / UNIT;
    if (number < least || number > most)
        return false;
    *value = number;
    return true;
}
