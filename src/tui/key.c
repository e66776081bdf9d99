#include "key.h"

enum { SEQUENCE_MAX = 32 };

static enum key plain_key(unsigned char byte)
{
    switch (byte) {
    case ' ':
        return KEY_PAUSE;
    case 'q':
    case 'Q':
        return KEY_QUIT;
    case '?':
        return KEY_HELP;
    case '\r':
    case '\n':
        return KEY_ENTER;
    default:
        return KEY_NONE;
    }
}

enum key key_decode(struct key_decoder *decoder, unsigned char byte)
{
    switch (decoder->state) {
    case KEY_STATE_GROUND:
        if (byte != 0x1B)
            return plain_key(byte);
        *decoder = (struct key_decoder){KEY_STATE_ESCAPE, 0};
        return KEY_NONE;
    case KEY_STATE_ESCAPE:
        // CSI and SS3 begin a sequence; anything else was Alt with a key, which means nothing here.
        decoder->state = byte == '[' || byte == 'O' ? KEY_STATE_SEQUENCE : KEY_STATE_GROUND;
        return KEY_NONE;
    case KEY_STATE_SEQUENCE:
        // A sequence ends with a byte from @ to ~ (ECMA-48, 5.4).
        if ((byte >= 0x40 && byte <= 0x7E) || ++decoder->length >= SEQUENCE_MAX)
            decoder->state = KEY_STATE_GROUND;
        return KEY_NONE;
    }
    return KEY_NONE;
}
