// SPDX-License-Identifier: GPL-3.0-or-later
// A device that stands still or is gone is opened again, each time after a longer wait.
#include "device_watch.h"

#include "clock.h"
#include "interrupt.h"
#include "key.h"
#include "report.h"
#include "terminal.h"
#include <stdio.h>
#include <string.h>

enum {
    OPEN_TICK_MS = 50,  // while it opens: between two looks at keys and signals
    PATIENCE_MS = 1000, // until it is told what is being waited for
};

static const int distances_ms[] = {1000, 2000, 5000, 10000};

enum { DISTANCES = sizeof distances_ms / sizeof *distances_ms };

// True when a key or a signal says so.
static bool is_unwanted(struct key_decoder *decoder)
{
    unsigned char byte;
    if (interrupt_signal())
        return true;
    if (terminal_read(&byte, 1, 0))
        return key_decode(decoder, byte) == KEY_QUIT;
    key_pause(decoder);
    return false;
}

enum status device_watch_open(struct speaker *speaker, struct error *error)
{
    struct key_decoder decoder = {KEY_STATE_GROUND, 0};
    const int64_t begun_ms = clock_ms();
    bool told = false;
    enum status status;
    while ((status = speaker_wait(speaker, OPEN_TICK_MS, error)) == STATUS_TIMEOUT) {
        if (is_unwanted(&decoder))
            return error_set(error, STATUS_INTERRUPTED, "interrupted");
        if (!told && clock_ms() - begun_ms > PATIENCE_MS)
            report_note("waiting for the sound device; %s",
                        terminal_is_open() ? "q leaves" : "Ctrl-C leaves");
        told = told || clock_ms() - begun_ms > PATIENCE_MS;
    }
    return status;
}

static void plan_retry(struct device_watch *watch)
{
    int last = DISTANCES - 1;
    watch->retry_ms = clock_ms() + distances_ms[watch->attempts < last ? watch->attempts : last];
    watch->attempts++;
}

// Frames that were ever given to a device, silence included: this grows also while paused.
static int64_t played_frames(struct speaker *speaker)
{
    return atomic_load(&speaker_memory(speaker)->counters.played_frames);
}

// A device that hangs still takes what its buffer holds: only then does something leave it.
static bool is_heard(const struct device_watch *watch, struct speaker *speaker)
{
    return played_frames(speaker) - watch->played_frames > speaker_unheard_frames(speaker);
}

static void print_device(const struct speaker *speaker, char *text, size_t size)
{
    snprintf(text, size, "%s, %s", speaker_device_name(speaker), speaker_device_api(speaker));
}

static void note_loss(struct device_watch *watch, const struct speaker *speaker)
{
    watch->losses++;
    watch->lost_ms = clock_ms();
    print_device(speaker, watch->device, sizeof watch->device);
}

static bool is_expected(const struct device_watch *watch, const struct speaker *speaker)
{
    char device[sizeof watch->device];
    print_device(speaker, device, sizeof device);
    return clock_ms() - watch->lost_ms <= DEVICE_WATCH_PATIENCE_MS &&
           strcmp(device, watch->device) == 0;
}

// A worker that has opened its device waits until it is known which one that is.
static void begin_again(struct device_watch *watch, struct speaker *speaker)
{
    struct master_controls *controls = &speaker_memory(speaker)->controls;
    if (!speaker_is_open(speaker) || atomic_load(&controls->started))
        return;
    if (!is_expected(watch, speaker)) {
        atomic_store(&controls->paused, 1);
        watch->held = true;
    }
    speaker_start(speaker);
}

static enum status retry(struct device_watch *watch, struct renderer *renderer, struct error *error)
{
    renderer_hold(renderer);
    atomic_store(&speaker_memory(renderer->speaker)->controls.started, 0);
    enum status status = speaker_respawn(renderer->speaker, error);
    if (status == STATUS_OK)
        renderer_resume(renderer);
    renderer_release(renderer);
    watch->retry_ms = 0;
    watch->played_frames = played_frames(renderer->speaker);
    return status;
}

enum status device_watch_look(struct device_watch *watch, struct renderer *renderer,
                              struct error *error)
{
    if (watch->retry_ms)
        return clock_ms() < watch->retry_ms ? STATUS_OK : retry(watch, renderer, error);
    if (!speaker_alive(renderer->speaker)) {
        if (watch->attempts == 0)
            note_loss(watch, renderer->speaker);
        plan_retry(watch);
        return STATUS_OK;
    }
    begin_again(watch, renderer->speaker);
    if (watch->attempts > 0 && is_heard(watch, renderer->speaker))
        watch->attempts = 0;
    return STATUS_OK;
}

bool device_watch_is_waiting(const struct device_watch *watch)
{
    return watch->attempts > 0;
}

bool device_watch_take_hold(struct device_watch *watch)
{
    bool held = watch->held && watch->attempts == 0;
    watch->held = watch->held && !held;
    return held;
}
