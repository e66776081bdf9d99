// SPDX-License-Identifier: GPL-3.0-or-later
// What each key does to a playing session.
#ifndef LOOSEN_KEYBOARD_H
#define LOOSEN_KEYBOARD_H

#include "device_watch.h"
#include "display.h"
#include "graceful_stop.h"
#include "key.h"
#include "levels.h"
#include "record.h"
#include "refit_request.h"
#include "transport.h"

// All are borrowed.
struct keyboard {
    struct key_decoder decoder; // all zeros at the start
    struct transport *transport;
    struct levels *levels;
    const struct refit_request *course;
    struct recorder *recorder;
    struct display *display;
    const struct device_watch *watch;
    struct pipeline *pipeline;
    struct renderer *renderer;
    struct graceful_stop *stop;
};

// Wait up to `timeout_ms` for keys and do what they say; after one that changes
// the course the others wait for the next call. True when the session is to end at once.
bool keyboard_listen(struct keyboard *keyboard, int timeout_ms);

#endif
