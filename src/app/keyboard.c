#include "keyboard.h"

#include "terminal.h"

enum { CLOSE_MS = 8000 }; // fade of a gentle close

static void say(const struct keyboard *keyboard, const char *what)
{
    display_say(keyboard->transport->heard_frames, what);
}

static void pause_or_resume(struct keyboard *keyboard)
{
    if (transport_is_closing(keyboard->transport))
        return;
    bool pause = !transport_is_paused(keyboard->transport);
    transport_set_paused(keyboard->transport, pause);
    say(keyboard, pause ? "Paused. Space goes on." : "Going on.");
}

// True when there is nothing to fade, or nothing more to wait for.
static bool quit(struct keyboard *keyboard)
{
    if (transport_is_closing(keyboard->transport) || transport_is_paused(keyboard->transport) ||
        device_watch_is_waiting(keyboard->watch))
        return true;
    transport_close(keyboard->transport, CLOSE_MS);
    say(keyboard, "Ending gently. q again ends now.");
    return false;
}

// True when the session is to end at once.
static bool act(struct keyboard *keyboard, enum key key)
{
    switch (key) {
    case KEY_PAUSE:
        pause_or_resume(keyboard);
        return false;
    case KEY_HELP:
        say(keyboard, "space: pause or go on   q: end gently   q again: end now");
        return false;
    case KEY_QUIT:
        return quit(keyboard);
    default:
        return false;
    }
}

bool keyboard_listen(struct keyboard *keyboard, int timeout_ms)
{
    unsigned char bytes[64];
    int count = terminal_read(bytes, sizeof bytes, timeout_ms);
    for (int i = 0; i < count; i++)
        if (act(keyboard, key_decode(&keyboard->decoder, bytes[i])))
            return true;
    return false;
}
