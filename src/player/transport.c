// SPDX-License-Identifier: GPL-3.0-or-later
// Pause and close are targets of the callback's fade; its counters tell what is heard.
#include "transport.h"

#include "clock.h"
#include "duration.h"
#include <time.h>

enum {
    END_MS = 300,         // the fade of an end at once
    SILENT_MOST_MS = 600, // waited for a fade, at most, and for one block more
    BLOCK_MOST_MS = 1000,
    DRAIN_MOST_MS =
        2200, // waited for what the device holds, at most: no latency is longer than 2 s
};

struct master_controls *transport_controls(const struct transport *transport)
{
    return &speaker_memory(transport->speaker)->controls;
}

static const struct master_counters *counters_of(const struct transport *transport)
{
    return &speaker_memory(transport->speaker)->counters;
}

static void sleep_ms(int ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000L};
    nanosleep(&time, NULL);
}

void transport_init(struct transport *transport, struct speaker *speaker)
{
    *transport = (struct transport){.speaker = speaker, .seen_ms = clock_ms()};
}

// Consumed frames as if the callback took them one by one: after a callback it stands `step`
// behind, and catches up at the speed of the clock.
static int64_t consumed_now(struct transport *transport)
{
    int64_t consumed = atomic_load(&counters_of(transport)->consumed_frames);
    int64_t now_ms = clock_ms();
    if (consumed != transport->seen_frames) {
        transport->step_frames = consumed - transport->seen_frames;
        transport->seen_frames = consumed;
        transport->seen_ms = now_ms;
    }
    int64_t passed = frames_from_ms(now_ms - transport->seen_ms);
    int64_t behind = transport->step_frames - passed;
    return consumed - (behind > 0 && behind < FRAME_RATE ? behind : 0);
}

// Silence that follows the last frame pushes it out without being counted: then nothing is held any
// more.
static int64_t heard_now(struct transport *transport)
{
    if (speaker_finished(transport->speaker))
        return atomic_load(&counters_of(transport)->consumed_frames);
    return consumed_now(transport) - speaker_latency_frames(transport->speaker) -
           master_latency_frames();
}

int64_t transport_listen(struct transport *transport)
{
    int64_t frame = heard_now(transport);
    if (frame > transport->heard_frames)
        transport->heard_frames = frame;
    return transport->heard_frames;
}

void transport_set_paused(struct transport *transport, bool paused)
{
    atomic_store(&transport_controls(transport)->paused, paused);
}

bool transport_is_paused(const struct transport *transport)
{
    return atomic_load(&transport_controls(transport)->paused) != 0;
}

void transport_close(struct transport *transport, int fade_ms)
{
    struct master_controls *controls = transport_controls(transport);
    atomic_store(&controls->close_frames, (int32_t)frames_from_ms(fade_ms));
    atomic_store(&controls->close, 1);
}

bool transport_is_closing(const struct transport *transport)
{
    return atomic_load(&transport_controls(transport)->close) != 0;
}

// A pause or a closing fade has reached silence.
static bool is_silent(const struct transport *transport)
{
    return atomic_load(&counters_of(transport)->silent) != 0;
}

static int ms_of(int64_t frames, int most_ms)
{
    int64_t ms = frames / FRAMES_PER_MS + 1;
    return ms > most_ms ? most_ms : ms < 0 ? 0 : (int)ms;
}

// The fade ends somewhere in the block that was taken last, of which nothing may be heard yet.
void transport_settle(const struct transport *transport)
{
    int64_t block_frames = atomic_load(&counters_of(transport)->block_frames);
    int silent_ms = SILENT_MOST_MS + ms_of(block_frames, BLOCK_MOST_MS);
    for (int waited = 0; waited < silent_ms && !is_silent(transport); waited += 10)
        sleep_ms(10);
    int64_t held_frames = speaker_latency_frames(transport->speaker) + block_frames;
    sleep_ms(ms_of(held_frames, DRAIN_MOST_MS));
}

void transport_fade_out(struct transport *transport)
{
    transport_close(transport, END_MS);
    transport_settle(transport);
}
