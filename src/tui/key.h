// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes from a keyboard to keys: a bounded state machine without a terminal.
#ifndef LOOSEN_KEY_H
#define LOOSEN_KEY_H

#include <stdbool.h>
#include <stddef.h>

enum key {
    KEY_NONE,          // nothing yet, or a byte that means nothing
    KEY_PAUSE,         // space
    KEY_QUIT,          // q
    KEY_HELP,          // ?
    KEY_ENTER,         // Return
    KEY_VOICE,         // m: voice off and on
    KEY_TIME,          // t
    KEY_NEXT,          // n, and so on: in the order of enum plan_request
    KEY_PREVIOUS,      // p
    KEY_AGAIN,         // r
    KEY_MORE,          // +
    KEY_VOICE_QUIETER, // v, and so on: the levels in the order of the stems, quieter and louder
    KEY_VOICE_LOUDER,
    KEY_SCENE_QUIETER,
    KEY_SCENE_LOUDER,
    KEY_CUE_QUIETER,
    KEY_CUE_LOUDER,
};

enum key_state { KEY_STATE_GROUND, KEY_STATE_ESCAPE, KEY_STATE_SEQUENCE };

struct key_decoder {
    enum key_state state;
    int length; // bytes of the escape sequence so far
};

// Call it when no byte came for a while: the terminal sends a sequence at once, so one that has
// only begun was the Escape key alone, and the next byte is a key again.
void key_pause(struct key_decoder *decoder);

// One byte in, one key (or KEY_NONE) out. Escape sequences (arrows, function keys, mouse reports)
// are swallowed whole, so that none of their bytes acts as a key; a runaway one ends after 32
// bytes.
enum key key_decode(struct key_decoder *decoder, unsigned char byte);

// What a listener is told about keys, the ones needed most first.
struct key_row {
    const char *keys;  // "v V"
    const char *does;  // a line of help
    const char *brief; // a word, where there is no room for a line
    bool ending;       // does something while the session ends, too
};

const struct key_row *key_rows(size_t *count);

#endif
