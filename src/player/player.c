// SPDX-License-Identifier: GPL-3.0-or-later
// The main loop looks at signals, keys, device and screen in turn, some twenty times a second.
#include "player.h"

#include "interrupt.h"
#include "keyboard.h"
#include "live_lines.h"
#include "notice_screen.h"
#include "play_report.h"
#include "renderer.h"
#include "report.h"
#include "script_look.h"
#include "terminal.h"
#include "utterances.h"
#include <stdio.h>
#include <time.h>

enum {
    TICK_MS = 50,  // how often device, timeline and screen are looked at; keys are never late
    GAP_MS = 5000, // between two looks: the computer was asleep, or we were stopped
};

// The parts of a live session, each with its own state; what is paused or closing, and where the
// session is, is asked of them and kept nowhere else.
struct player {
    struct pipeline *pipeline; // borrowed
    struct script_look script;
    struct speaker *speaker; // owned
    struct renderer renderer;
    struct transport transport;
    struct device_watch watch;
    struct levels levels;
    struct graceful_stop stop;
    struct display display;
    struct refit_request course;
    struct recorder recorder;
    struct keyboard keyboard;
    int64_t looked_ms; // when the loop last looked after everything
    bool overslept;    // its end was under way when the computer fell asleep
};

// ---- What is seen -------------------------------------------------------------------------------

static bool is_ending(const struct player *player)
{
    return player->stop.begun || transport_is_closing(&player->transport);
}

static const struct timeline *timeline_of(const struct player *player)
{
    return player->stop.timeline.session ? &player->stop.timeline : &player->pipeline->timeline;
}

static enum view_mode mode_of(const struct player *player)
{
    if (device_watch_is_waiting(&player->watch))
        return VIEW_WAITING;
    if (is_ending(player))
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
    const struct clip *clip = &pipeline->speech.bank.clips[speech->as.speech.utterance];
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
        .moment = now_find(timeline_of(player), player->transport.heard_frames),
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
    display_show(&player->display, &state, timeline_of(player), &player->pipeline->utterances);
}

// ---- What is done -------------------------------------------------------------------------------

// Milliseconds that go on while the computer sleeps, as those of clock_ms do not.
static int64_t boottime_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// The terminal as it was before; display_show takes its screen again once it is open and ours.
static void leave_terminal(struct player *player)
{
    display_leave(&player->display);
    terminal_close();
}

// Ctrl-Z: fade out, hold the place, stop; and on as before once we are let go on, in the background
// without keys.
static void step_aside(struct player *player)
{
    bool playing = !transport_is_paused(&player->transport);
    transport_set_paused(&player->transport, true);
    transport_settle(&player->transport);
    leave_terminal(player);
    interrupt_stop();
    interrupt_take_continue();
    terminal_open();
    transport_set_paused(&player->transport, !playing);
    player->looked_ms = boottime_ms();
}

// Who was stopped by others finds the terminal in whatever state they left it.
static void come_back(struct player *player)
{
    if (!terminal_is_open() || terminal_is_ours())
        leave_terminal(player);
    terminal_open();
}

// Nobody wants a voice that begins to speak when a laptop is opened, not even to say goodbye.
static void look_for_gap(struct player *player)
{
    int64_t now_ms = boottime_ms();
    bool gap = now_ms - player->looked_ms > GAP_MS;
    player->overslept = gap && is_ending(player);
    if (gap && !player->overslept) {
        transport_set_paused(&player->transport, true);
        display_note(&player->display, player->transport.heard_frames,
                     "This computer was asleep, or busy elsewhere.");
    }
    player->looked_ms = now_ms;
}

// The whole plan takes the place of its lead as soon as the voice is there.
static enum status take_plan(struct player *player, struct error *error)
{
    struct pipeline *pipeline = player->pipeline;
    if (pipeline->stages & PIPELINE_PLANNED || !pipeline_voice_is_ready(pipeline))
        return STATUS_OK;
    enum status status = pipeline_wait_voice(pipeline, error);
    if (status != STATUS_OK)
        return status;
    renderer_hold(&player->renderer);
    status = pipeline_plan(pipeline, error);
    if (status == STATUS_OK) {
        speaker_set_total(player->speaker, pipeline->total_frames);
        renderer_extend(&player->renderer, pipeline->total_frames);
    }
    renderer_release(&player->renderer);
    return status;
}

static bool is_replaced(struct player *player)
{
    return !is_ending(player) && script_look(&player->script, player->pipeline, timeline_of(player),
                                             player->transport.heard_frames, &player->display);
}

static enum status look_after(struct player *player, struct error *error)
{
    if (interrupt_take_stop())
        step_aside(player);
    if (interrupt_take_continue())
        come_back(player);
    look_for_gap(player);
    graceful_stop_look(&player->stop, &player->transport);
    recorder_follow(&player->recorder, &speaker_memory(player->speaker)->counters.log);
    enum status status = take_plan(player, error);
    THEN(status, device_watch_look(&player->watch, &player->renderer, error));
    if (device_watch_take_hold(&player->watch))
        display_note(&player->display, player->transport.heard_frames, "A device is there again.");
    return status;
}

// The lead sounds while the voice is being synthesised; the plan follows long before the first
// word.
static enum status play(struct player *player, struct error *error)
{
    enum status status = renderer_start(&player->renderer, error);
    bool end = false;
    if (status != STATUS_OK)
        return status;
    display_begin(&player->display, player->speaker);
    player->looked_ms = boottime_ms();
    while (status == STATUS_OK && !end && !speaker_finished(player->speaker)) {
        show(player);
        end = keyboard_listen(&player->keyboard, TICK_MS);
        status = look_after(player, error);
        // No device is waited for to hear it end.
        end = end || player->overslept || is_replaced(player) ||
              (is_ending(player) && device_watch_is_waiting(&player->watch));
        if (status == STATUS_OK && interrupt_signal())
            status = error_set(error, STATUS_INTERRUPTED, "interrupted");
    }
    if ((status != STATUS_OK || end) && !device_watch_is_waiting(&player->watch))
        transport_fade_out(&player->transport);
    return status;
}

// Begin the record, if one is wanted.
static enum status open_record(struct recorder *recorder, const struct pipeline *pipeline,
                               struct error *error)
{
    const struct settings *settings = pipeline->settings;
    char id[256];
    *recorder = RECORDER_INIT;
    if (!settings->run.record)
        return STATUS_OK;
    if (settings->what.scene_only)
        return error_set(error, STATUS_BAD_ARGUMENT, "a scene alone has no record");
    if (pipeline->origin.stream[0])
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "a record names its session, and %.*s cannot be read again: save it as a "
                         "file",
                         TEXT_ARG(pipeline->session.file));
    snprintf(id, sizeof id, "%.*s", TEXT_ARG(pipeline->session.id));
    const struct export_subject subject = {
        .session = settings->operand_count ? settings->operands[0] : id,
        .language = settings->what.language,
        .length_frames = pipeline->total_frames,
    };
    struct arguments arguments;
    arguments_init(&arguments, settings, &subject);
    enum status status = recorder_open(recorder, settings->run.record, &arguments,
                                       refit_request_end(settings), error);
    arguments_free(&arguments);
    return status;
}

static void close_record(struct player *player)
{
    struct error error;
    recorder_follow(&player->recorder, &speaker_memory(player->speaker)->counters.log);
    if (recorder_close(&player->recorder, &error) != STATUS_OK)
        report_note("%s", error.text);
}

// What is kept of a session that plays, and what may change it.
struct keepsakes {
    struct script_watch *script; // NULL: nothing
    struct recorder recorder;
    struct safe_file *report; // NULL: none is wanted
};

static enum status open_keepsakes(struct keepsakes *keepsakes, struct pipeline *pipeline,
                                  struct error *error)
{
    keepsakes->recorder = RECORDER_INIT;
    enum status status = play_report_open(&keepsakes->report, pipeline, error);
    return status == STATUS_OK ? open_record(&keepsakes->recorder, pipeline, error) : status;
}

// The report's failure is told; it is the session's where nothing else failed.
static enum status write_report(struct player *player, struct keepsakes *keepsakes,
                                enum status status, struct error *error)
{
    const struct play_report_sources sources = {player->pipeline, &player->renderer,
                                                &player->transport, &player->watch};
    struct error own;
    enum status written = play_report_write(keepsakes->report, &sources, &own);
    keepsakes->report = NULL;
    if (written == STATUS_OK)
        return status;
    if (status == STATUS_OK)
        return error_set(error, written, "%s", own.text);
    report_note("%s", own.text);
    return status;
}

// Everything from an open speaker to its end, which closes it.
static enum status perform(struct pipeline *pipeline, struct speaker *speaker,
                           struct keepsakes *keepsakes, struct error *error)
{
    struct player player = {.pipeline = pipeline,
                            .script = {.watch = keepsakes->script},
                            .speaker = speaker,
                            .recorder = keepsakes->recorder};
    player.keyboard = (struct keyboard){.transport = &player.transport,
                                        .levels = &player.levels,
                                        .course = &player.course,
                                        .recorder = &player.recorder,
                                        .display = &player.display,
                                        .watch = &player.watch,
                                        .pipeline = pipeline,
                                        .renderer = &player.renderer,
                                        .stop = &player.stop};
    player.course = (struct refit_request){.pipeline = pipeline, .renderer = &player.renderer};
    transport_init(&player.transport, speaker);
    levels_init(&player.levels, pipeline->settings->what.levels_db,
                transport_controls(&player.transport));
    display_open(&player.display, pipeline->settings->run.plain);
    const bool planned = pipeline->stages & PIPELINE_PLANNED;
    speaker_set_total(speaker, pipeline->total_frames);
    enum status status =
        renderer_init(&player.renderer, pipeline->engine, speaker,
                      planned ? pipeline->total_frames : TIMELINE_LEAD_FRAMES - FRAME_RATE, error);
    THEN(status, play(&player, error));
    renderer_stop(&player.renderer);
    transport_listen(&player.transport);
    close_record(&player);
    struct view_state last = view_of(&player);
    display_close(&player.display, &last);
    graceful_stop_free(&player.stop);
    return write_report(&player, keepsakes, status, error);
}

static enum status open_speaker(struct speaker **speaker, const struct pipeline *pipeline,
                                struct error *error)
{
    const struct speaker_config config = {
        .device = pipeline->settings->run.device,
        .total_frames = pipeline->total_frames,
    };
    return speaker_open(speaker, &config, error);
}

// Between an open terminal and its end. What can't be played is known before the notice is shown.
static enum status greet_and_perform(struct pipeline *pipeline, struct speaker *speaker,
                                     struct keepsakes *keepsakes, struct error *error)
{
    enum status status = device_watch_open(speaker, error);
    if (status != STATUS_OK)
        return status;
    if (pipeline->line.node) { // soon spoken; there is nothing to read before
        status = pipeline_wait_voice(pipeline, error);
        THEN(status, pipeline_plan(pipeline, error));
        THEN(status, perform(pipeline, speaker, keepsakes, error));
        return status;
    }
    if (pipeline_voice_is_ready(pipeline) && pipeline->speech.status != STATUS_OK)
        return pipeline_wait_voice(pipeline, error);
    if (pipeline->entry.again || notice_screen_show(pipeline))
        return perform(pipeline, speaker, keepsakes, error);
    return error_set(error, STATUS_INTERRUPTED, "interrupted");
}

enum status player_run(struct pipeline *pipeline, struct script_watch *watch, struct error *error)
{
    struct speaker *speaker = NULL;
    // Device, scene and voice get ready at the same time; the device takes longest, so it comes
    // first.
    struct keepsakes keepsakes = {.script = watch};
    enum status status = open_keepsakes(&keepsakes, pipeline, error);
    THEN(status, open_speaker(&speaker, pipeline, error));
    THEN(status, pipeline_start_engine(pipeline, error));
    THEN(status, live_lines_add(pipeline, error));
    THEN(status, pipeline_start_voice(pipeline, SPEECH_CLIPS_ALL, error));
    if (status == STATUS_OK) {
        interrupt_catch_stop();
        terminal_open();
        status = greet_and_perform(pipeline, speaker, &keepsakes, error);
        terminal_close();
    }
    speaker_close(speaker);
    safe_file_abort(keepsakes.report); // nothing was played
    if (status == STATUS_INTERRUPTED && !interrupt_signal())
        return STATUS_OK; // by a key, not by a signal
    return status;
}
