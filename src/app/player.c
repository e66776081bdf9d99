#include "player.h"

#include "feed.h"
#include "greeting.h"
#include "interrupt.h"
#include "keyboard.h"
#include "report.h"
#include "terminal.h"

enum { TICK_MS = 50 }; // how often device, timeline and screen are looked at; keys are never late

// The parts of a live session, each with its own state; what is paused or closing, and where the
// session is, is asked of them and kept nowhere else.
struct player {
    struct pipeline *pipeline; // borrowed
    struct speaker *speaker;   // owned
    struct feed feed;
    struct transport transport;
    struct device_watch watch;
    struct display display;
    struct keyboard keyboard;
};

static enum status watch_device(struct player *player, struct error *error)
{
    enum device_event event;
    enum status status = device_watch_look(&player->watch, &player->feed, &event, error);
    if (event == DEVICE_LOST)
        display_say(player->transport.heard_frames,
                    "The sound device is gone. Waiting for it; q ends the session.");
    if (event == DEVICE_BACK)
        display_say(player->transport.heard_frames, "The device is back. Going on.");
    return status;
}

static enum status run_until_end(struct player *player, struct error *error)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && !speaker_finished(player->speaker)) {
        bool end = keyboard_listen(&player->keyboard, TICK_MS);
        if (interrupt_signal() || end) {
            if (!device_watch_is_waiting(&player->watch))
                transport_fade_out(&player->transport);
            return interrupt_signal() ? error_set(error, STATUS_INTERRUPTED, "interrupted")
                                      : STATUS_OK;
        }
        status = watch_device(player, error);
        display_follow(&player->display, &player->pipeline->timeline, &player->pipeline->utterances,
                       transport_listen(&player->transport));
    }
    return status;
}

// The whole plan takes the place of its lead.
static enum status take_plan(struct player *player, struct error *error)
{
    feed_hold(&player->feed);
    enum status status = pipeline_plan(player->pipeline, error);
    if (status == STATUS_OK)
        player->feed.limit_frames = player->pipeline->total_frames;
    feed_release(&player->feed);
    return status;
}

// The lead sounds while the voice is being synthesised; the plan follows long before the first word.
static enum status play(struct player *player, struct error *error)
{
    enum status status = feed_start(&player->feed, error);
    if (status != STATUS_OK)
        return status;
    display_begin(speaker_device_name(player->speaker));
    status = pipeline_wait_voice(player->pipeline, error);
    if (status == STATUS_OK)
        status = take_plan(player, error);
    if (status == STATUS_OK)
        return run_until_end(player, error);
    transport_fade_out(&player->transport);
    return status;
}

static void report_counters(struct speaker *speaker)
{
    long long underruns = atomic_load(&speaker_memory(speaker)->counters.underruns);
    if (underruns)
        report_note("%lld gaps because this computer was too busy", underruns);
}

static enum status open_speaker(struct speaker **speaker, const struct pipeline *pipeline,
                                struct error *error)
{
    const struct settings *settings = pipeline->settings;
    const struct speaker_config config = {
        .device = settings->device,
        .total_frames = pipeline->total_frames,
    };
    enum status status = speaker_open(speaker, &config, error);
    if (status != STATUS_OK)
        return status;
    struct master_controls *controls = &speaker_memory(*speaker)->controls;
    for (int stem = 0; stem < MASTER_STEMS; stem++)
        atomic_store(&controls->stem_db[stem], (float)settings->levels_db[stem]);
    return STATUS_OK;
}

// Everything from an open speaker to its end, which closes it.
static enum status perform(struct pipeline *pipeline, struct speaker *speaker, struct error *error)
{
    struct player player = {.pipeline = pipeline, .speaker = speaker};
    player.keyboard = (struct keyboard){
        .transport = &player.transport, .display = &player.display, .watch = &player.watch};
    transport_init(&player.transport, speaker);
    feed_init(&player.feed, pipeline->engine, speaker, TIMELINE_LEAD_FRAMES / 2);
    enum status status = play(&player, error);
    feed_stop(&player.feed);
    report_counters(speaker);
    return status;
}

enum status player_run(struct pipeline *pipeline, struct error *error)
{
    struct speaker *speaker = NULL;
    // The voice, the scene and the device get ready while the notice is read.
    enum status status = pipeline_start_voice(pipeline, error);
    if (status == STATUS_OK)
        status = pipeline_start_engine(pipeline, error);
    if (status == STATUS_OK)
        status = open_speaker(&speaker, pipeline, error);
    if (status != STATUS_OK)
        return status;
    terminal_open();
    if (greeting_show(pipeline))
        status = perform(pipeline, speaker, error);
    else if (interrupt_signal())
        status = error_set(error, STATUS_INTERRUPTED, "interrupted");
    terminal_close();
    speaker_close(speaker);
    return status;
}
