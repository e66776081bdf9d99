// SPDX-License-Identifier: GPL-3.0-or-later
// Each key is turned into one call of transport, levels, re-fit request or graceful stop.
#include "keyboard.h"

#include "interrupt.h"
#include "plan_request.h"
#include "terminal.h"
#include <stdlib.h>

enum { KEYS_AT_ONCE = 64 };

static void note(const struct keyboard *keyboard, struct buffer *what)
{
    if (!what->failed)
        display_note(keyboard->display, keyboard->transport->heard_frames, what->data);
    buffer_free(what);
}

static bool is_ending(const struct keyboard *keyboard)
{
    return keyboard->stop->begun || transport_is_closing(keyboard->transport);
}

static void pause_or_resume(struct keyboard *keyboard)
{
    if (!is_ending(keyboard))
        transport_set_paused(keyboard->transport, !transport_is_paused(keyboard->transport));
}

// True when there is nothing to fade, or nothing more to wait for.
static bool quit(struct keyboard *keyboard)
{
    if (is_ending(keyboard) || transport_is_paused(keyboard->transport) ||
        device_watch_is_waiting(keyboard->watch))
        return true;
    graceful_stop_begin(keyboard->stop, keyboard->pipeline, keyboard->renderer, keyboard->transport,
                        !keyboard->levels->voice_off);
    if (keyboard->stop->begun)
        recorder_closing(keyboard->recorder, keyboard->stop->from_frame);
    return false;
}

static void step_level(struct keyboard *keyboard, int stem, int direction)
{
    static const char *const names[MASTER_STEMS] = {"Voice", "Scene", "Breath cue"};
    struct buffer what = BUFFER_INIT;
    bool stepped =
        levels_step(keyboard->levels, stem, direction, transport_controls(keyboard->transport));
    buffer_printf(&what, "%s %+.3g dB%s", names[stem], keyboard->levels->db[stem],
                  stepped         ? "."
                  : direction > 0 ? ", as loud as it goes."
                                  : ", as quiet as it goes.");
    note(keyboard, &what);
}

static void toggle_voice(struct keyboard *keyboard)
{
    struct buffer what = BUFFER_INIT;
    levels_toggle_voice(keyboard->levels, transport_controls(keyboard->transport));
    buffer_add_c(&what, keyboard->levels->voice_off ? "Voice off. m brings it back." : "Voice on.");
    note(keyboard, &what);
}

// By how much the session ends earlier or later than it did before.
static void add_change(struct buffer *what, int64_t later_frames)
{
    const int64_t seconds = (llabs(later_frames) + FRAME_RATE / 2) / FRAME_RATE;
    if (seconds == 0)
        return;
    buffer_add_c(what, " It will end ");
    if (seconds >= 60)
        buffer_printf(what, "%lld min ", (long long)seconds / 60);
    if (seconds % 60 > 0)
        buffer_printf(what, "%lld s ", (long long)seconds % 60);
    buffer_add_c(what, later_frames < 0 ? "earlier." : "later.");
}

// What the listener asked for is heard soon after; when it cannot be done, the reason is told.
static void change_course(struct keyboard *keyboard, enum plan_request request)
{
    static const char *const done[] = {
        [PLAN_NEXT] = "Next step.",
        [PLAN_PREVIOUS] = "Back.",
        [PLAN_AGAIN] = "Once more.",
        [PLAN_MORE] = "A little more here.",
    };
    int64_t frame;
    struct error error;
    struct buffer what = BUFFER_INIT;
    if (is_ending(keyboard) || device_watch_is_waiting(keyboard->watch))
        return;
    const int64_t before = keyboard->pipeline->total_frames;
    enum status status = refit_request_make(keyboard->course, request, &frame, &error);
    if (status == STATUS_OK)
        recorder_request(keyboard->recorder, frame, request);
    buffer_add_c(&what, status == STATUS_OK ? done[request] : error.text);
    if (status == STATUS_OK)
        add_change(&what, keyboard->pipeline->total_frames - before);
    note(keyboard, &what);
}

static void tell_time(struct keyboard *keyboard)
{
    int64_t total_frames = speaker_total(keyboard->transport->speaker);
    int64_t frame = keyboard->transport->heard_frames;
    struct buffer what = BUFFER_INIT;
    duration_print_clock(&what, frame);
    if (is_ending(keyboard)) {
        buffer_add_c(&what, ", ending.");
        note(keyboard, &what);
        return;
    }
    buffer_add_c(&what, " of ");
    duration_print_clock(&what, total_frames);
    buffer_add_c(&what, ", ");
    duration_print_left(&what, frame, total_frames);
    buffer_add_c(&what, " left.");
    note(keyboard, &what);
}

// True when the session is to end at once.
static bool act(struct keyboard *keyboard, enum key key)
{
    switch (key) {
    case KEY_PAUSE:
        pause_or_resume(keyboard);
        break;
    case KEY_HELP:
        display_help(keyboard->display);
        break;
    case KEY_VOICE:
        toggle_voice(keyboard);
        break;
    case KEY_TIME:
        tell_time(keyboard);
        break;
    case KEY_VOICE_QUIETER:
    case KEY_SCENE_QUIETER:
    case KEY_CUE_QUIETER:
        step_level(keyboard, (int)(key - KEY_VOICE_QUIETER) / 2, -1);
        break;
    case KEY_VOICE_LOUDER:
    case KEY_SCENE_LOUDER:
    case KEY_CUE_LOUDER:
        step_level(keyboard, (int)(key - KEY_VOICE_LOUDER) / 2, 1);
        break;
    case KEY_NEXT:
    case KEY_PREVIOUS:
    case KEY_AGAIN:
    case KEY_MORE:
        change_course(keyboard, (enum plan_request)(key - KEY_NEXT));
        break;
    case KEY_QUIT:
        return quit(keyboard);
    case KEY_ENTER:
    case KEY_NONE:
        break;
    }
    return false;
}

static bool changes_course(enum key key)
{
    return key >= KEY_NEXT && key <= KEY_MORE;
}

bool keyboard_listen(struct keyboard *keyboard, int timeout_ms)
{
    unsigned char byte;
    if (terminal_read(&byte, 1, timeout_ms) == 0) {
        key_pause(&keyboard->decoder);
        return false;
    }
    // A change of course takes its time: what is behind it waits for the next call.
    enum key key;
    int count = 0;
    do {
        key = key_decode(&keyboard->decoder, byte);
        if (act(keyboard, key))
            return true;
    } while (!changes_course(key) && ++count < KEYS_AT_ONCE && !interrupt_signal() &&
             terminal_read(&byte, 1, 0));
    return false;
}
