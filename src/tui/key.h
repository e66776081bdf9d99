// Bytes from a keyboard to keys: a bounded state machine without a terminal.
#ifndef LOOSEN_KEY_H
#define LOOSEN_KEY_H

enum key {
    KEY_NONE,  // nothing yet, or a byte that means nothing
    KEY_PAUSE, // space
    KEY_QUIT,  // q
    KEY_HELP,  // ?
    KEY_ENTER, // Return
};

enum key_state { KEY_STATE_GROUND, KEY_STATE_ESCAPE, KEY_STATE_SEQUENCE };

struct key_decoder {
    enum key_state state;
    int length; // bytes of the escape sequence so far
};

// One byte in, one key (or KEY_NONE) out. Escape sequences (arrows, function keys, mouse reports)
// are swallowed whole, so that none of their bytes acts as a key; a runaway one ends after 32 bytes.
enum key key_decode(struct key_decoder *decoder, unsigned char byte);

#endif
