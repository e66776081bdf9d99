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
    struct levels levels;
    struct display display;
    struct course course;
    struct keyboard keyboard;
};

// ---- What is seen -------------------------------------------------------------------------------

static enum view_mode mode_of(const struct player *player)
{
    if (device_watch_is_waiting(&player->watch))
        return VIEW_WAITING;
    if (transport_is_closing(&player->transport))
        return VIEW_CLOSING;
    if (transport_is_paused(&player->transport))
        return VIEW_PAUSED;
    return player->pipeline->timeline.session ? VIEW_PLAYING : VIEW_PREPARING;
}

static void find_sentence(const struct pipeline *pipeline, struct view_state *state)
{
    const struct event *speech = state->moment.speech;
    if (!speech)
        return;
    state->sentence = pipeline->utterances.items[speech->as.speech.utterance].shown;
    if (!state->moment.speaking)
        return;
    const struct clip *clip = &pipeline->bank.clips[speech->as.speech.utterance];
    const struct clip_mark *word = clip_word_at(clip, state->frame - speech->start_frame);
    if (!word)
        return;
    state->word_start = word->first;
    state->word_end = word->first + word->size;
}

static struct view_state view_of(const struct player *player)
{
    const struct pipeline *pipeline = player->pipeline;
    struct view_state state = {
        .mode = mode_of(player),
        .title = pipeline->session.title,
        .frame = player->transport.heard_frames,
        .total_frames = pipeline->total_frames,
        .moment = moment_find(&pipeline->timeline, player->transport.heard_frames),
        .session = &pipeline->session,
        .voice_off = player->levels.voice_off,
    };
    for (int stem = 0; stem < MASTER_STEMS; stem++)
        state.levels_db[stem] = player->levels.db[stem];
    find_sentence(pipeline, &state);
    return state;
}

static void show(struct player *player)
{
    transport_listen(&player->transport);
    struct view_state state = view_of(player);
    display_show(&player->display, &state, &player->pipeline->timeline,
                 &player->pipeline->utterances);
}

// ---- What is done -------------------------------------------------------------------------------

static enum status run_until_end(struct player *player, struct error *error)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && !speaker_finished(player->speaker)) {
        show(player);
        bool end = keyboard_listen(&player->keyboard, TICK_MS);
        if (interrupt_signal() || end) {
            if (!device_watch_is_waiting(&player->watch))
                transport_fade_out(&player->transport);
            return interrupt_signal() ? error_set(error, STATUS_INTERRUPTED, "interrupted")
                                      : STATUS_OK;
        }
        status = device_watch_look(&player->watch, &player->feed, error);
        if (transport_is_closing(&player->transport) && device_watch_is_waiting(&player->watch))
            return STATUS_OK; // no device is waited for to hear it end
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
    display_begin(&player->display, player->speaker);
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
    return speaker_open(speaker, &config, error);
}

// Everything from an open speaker to its end, which closes it.
static enum status perform(struct pipeline *pipeline, struct speaker *speaker, struct error *error)
{
    struct player player = {.pipeline = pipeline, .speaker = speaker};
    player.keyboard = (struct keyboard){.transport = &player.transport,
                                        .levels = &player.levels,
                                        .course = &player.course,
                                        .display = &player.display,
                                        .watch = &player.watch};
    player.course = (struct course){.pipeline = pipeline, .feed = &player.feed};
    transport_init(&player.transport, speaker);
    levels_init(&player.levels, pipeline->settings->levels_db,
                transport_controls(&player.transport));
    display_open(&player.display, pipeline->settings->plain);
    enum status status =
        feed_init(&player.feed, pipeline->engine, speaker, TIMELINE_LEAD_FRAMES / 2, error);
    if (status == STATUS_OK)
        status = play(&player, error);
    feed_stop(&player.feed);
    transport_listen(&player.transport);
    struct view_state last = view_of(&player);
    display_close(&player.display, &last);
    report_counters(speaker);
    return status;
}

// Between an open terminal and its end.
static enum status greet_and_perform(struct pipeline *pipeline, struct speaker *speaker,
                                     struct error *error)
{
    enum status status = device_watch_open(speaker, error);
    if (status != STATUS_OK)
        return status;
    if (greeting_show(pipeline))
        return perform(pipeline, speaker, error);
    return error_set(error, STATUS_INTERRUPTED, "interrupted");
}

enum status player_run(struct pipeline *pipeline, struct error *error)
{
    struct speaker *speaker = NULL;
    // The voice, the scene and the device get ready at the same time.
    enum status status = pipeline_start_voice(pipeline, error);
    if (status == STATUS_OK)
        status = open_speaker(&speaker, pipeline, error);
    if (status == STATUS_OK)
        status = pipeline_start_engine(pipeline, error);
    if (status == STATUS_OK) {
        terminal_open();
        status = greet_and_perform(pipeline, speaker, error);
        terminal_close();
    }
    speaker_close(speaker);
    if (status == STATUS_INTERRUPTED && !interrupt_signal())
        return STATUS_OK; // by a key, not by a signal
    return status;
}
