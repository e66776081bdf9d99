// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes go through a small state machine, since one key may send several.
#include "key.h"

enum { SEQUENCE_MAX = 32 };

static const struct {
    char byte;
    enum key key;
} plain_keys[] = {
    {' ', KEY_PAUSE},        {'q', KEY_QUIT},          {'Q', KEY_QUIT},
    {'?', KEY_HELP},         {'\r', KEY_ENTER},        {'\n', KEY_ENTER},
    {'m', KEY_VOICE},        {'t', KEY_TIME},          {'v', KEY_VOICE_QUIETER},
    {'V', KEY_VOICE_LOUDER}, {'b', KEY_SCENE_QUIETER}, {'B', KEY_SCENE_LOUDER},
    {'c', KEY_CUE_QUIETER},  {'C', KEY_CUE_LOUDER},    {'n', KEY_NEXT},
    {'p', KEY_PREVIOUS},     {'r', KEY_AGAIN},         {'+', KEY_MORE},
};

static enum key plain_key(unsigned char byte)
{
    for (size_t i = 0; i < sizeof plain_keys / sizeof *plain_keys; i++)
        if ((unsigned char)plain_keys[i].byte == byte)
            return plain_keys[i].key;
    return KEY_NONE;
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

void key_pause(struct key_decoder *decoder)
{
    decoder->state = KEY_STATE_GROUND;
}

const struct key_row *key_rows(size_t *count)
{
    static const struct key_row rows[] = {
        {"space", "pause, and go on", "pause", false},
        {"q", "end gently; q again: end now", "end", true},
        {"?", "all keys, and back", "all keys", true},
        {"n p", "next step; this one again", "next", false},
        {"r", "say that again", "again", false},
        {"+", "more time here", "more", false},
        {"v V", "voice quieter, louder", "voice", true},
        {"b B", "scene quieter, louder", "scene", true},
        {"c C", "breath cue quieter, louder", "cue", true},
        {"m", "voice off, and on", "voice off", true},
        {"t", "tell the time", "time", true},
        {"Ctrl-C", "stop at once", "stop", true},
        {"Ctrl-Z", "pause, leave; fg comes back", "leave", true},
    };
    *count = sizeof rows / sizeof *rows;
    return rows;
}
