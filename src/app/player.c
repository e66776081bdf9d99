#include "player.h"

#include "greeting.h"
#include "interrupt.h"
#include "key.h"
#include "narration.h"
#include "report.h"
#include "speaker.h"
#include "terminal.h"
#include "worker.h"
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum {
    RENDER_BLOCK = 1024, // frames
    TICK_MS = 50,        // how often the main thread looks at device and timeline
    CLOSE_MS = 8000,     // fade of a gentle close
    INTERRUPT_MS = 300,  // fade after a signal or a second q
};

struct player {
    struct pipeline *pipeline;
    struct speaker *speaker;
    struct narration narration;
    struct key_decoder keys;
    pthread_t render_thread;
    pthread_mutex_t lock;    // guards the pipeline's engine and the ring's producer side
    int64_t rendered_frames; // under the lock: stems given to the ring
    _Atomic int64_t limit;   // frames that may be rendered: the lead, then the whole session
    _Atomic bool stop;       // the render thread ends
    bool paused;
    bool closing;
    int64_t heard_frames; // of the last tick
    int attempts;         // to bring a lost device back, since it last played
    int64_t resume_frame; // where the last attempt begins
};

static void sleep_ms(int ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000L};
    nanosleep(&time, NULL);
}

// Fill the ring as far as it goes; true when something was rendered.
static bool render_some(struct player *player)
{
    float stems[RENDER_BLOCK * STEM_CHANNELS];
    pthread_mutex_lock(&player->lock);
    struct ring *ring = speaker_ring(player->speaker);
    int64_t left = atomic_load(&player->limit) - player->rendered_frames;
    size_t frames = left < RENDER_BLOCK ? (size_t)left : RENDER_BLOCK;
    bool ready = left > 0 && ring_space(ring) >= frames;
    if (ready) {
        engine_render(player->pipeline->engine, stems, frames);
        ring_write(ring, stems, frames);
        player->rendered_frames += (int64_t)frames;
    }
    pthread_mutex_unlock(&player->lock);
    return ready;
}

static void *render_main(void *context)
{
    struct player *player = context;
    while (!atomic_load(&player->stop))
        if (!render_some(player))
            sleep_ms(5);
    return NULL;
}

static void say(const struct buffer *line)
{
    if (line->size && !line->failed && fwrite(line->data, 1, line->size, stdout) == line->size)
        fflush(stdout);
}

// What the listener hears now, not what the callback took already.
static int64_t heard(const struct player *player)
{
    struct speaker_memory *memory = speaker_memory(player->speaker);
    int64_t consumed = atomic_load(&memory->counters.consumed_frames);
    int64_t frame = consumed - speaker_latency_frames(player->speaker) - master_latency_frames();
    return frame > player->heard_frames ? frame : player->heard_frames;
}

static void tell(struct player *player)
{
    const struct pipeline *pipeline = player->pipeline;
    struct buffer lines = BUFFER_INIT;
    player->heard_frames = heard(player);
    narration_tell(&player->narration, &pipeline->timeline, &pipeline->utterances,
                   player->heard_frames, &lines);
    say(&lines);
    buffer_free(&lines);
}

static void tell_now(struct player *player, const char *what)
{
    struct buffer line = BUFFER_INIT;
    struct buffer clock = BUFFER_INIT;
    duration_print_clock(&clock, player->heard_frames);
    buffer_printf(&line, "%7s  %s\n", clock.failed ? "" : clock.data, what);
    say(&line);
    buffer_free(&clock);
    buffer_free(&line);
}

static void close_gently(struct player *player, int fade_ms)
{
    struct master_controls *controls = &speaker_memory(player->speaker)->controls;
    atomic_store(&controls->close_frames, (int32_t)frames_from_ms(fade_ms));
    atomic_store(&controls->close, 1);
    player->closing = true;
}

static void pause_or_resume(struct player *player)
{
    player->paused = !player->paused;
    atomic_store(&speaker_memory(player->speaker)->controls.paused, player->paused);
    tell_now(player, player->paused ? "Paused. Space goes on." : "Going on.");
}

// True when the session should end at once.
static bool handle_keys(struct player *player)
{
    unsigned char bytes[64];
    int count = terminal_read(bytes, sizeof bytes, TICK_MS);
    for (int i = 0; i < count; i++) {
        enum key key = key_decode(&player->keys, bytes[i]);
        if (key == KEY_PAUSE && !player->closing)
            pause_or_resume(player);
        if (key == KEY_HELP)
            tell_now(player, "space: pause or go on   q: end gently   q again: end now");
        if (key != KEY_QUIT)
            continue;
        if (player->closing || player->paused || player->attempts)
            return true;
        close_gently(player, CLOSE_MS);
        tell_now(player, "Ending gently. q again ends now.");
    }
    return false;
}

static bool is_silent(const struct player *player)
{
    return atomic_load(&speaker_memory(player->speaker)->counters.silent) != 0;
}

// A signal: a short fade, then out. Bounded, whatever the device does.
static void fade_out(struct player *player)
{
    close_gently(player, INTERRUPT_MS);
    for (int waited = 0; waited < 2 * INTERRUPT_MS && !is_silent(player); waited += 10)
        sleep_ms(10);
    int latency_ms = speaker_latency_frames(player->speaker) / FRAMES_PER_MS;
    sleep_ms(latency_ms < 600 ? latency_ms : 600);
}

// Sleep with an eye on keys and signals; true when the user wants to end.
static bool wait_or_quit(struct player *player, int ms)
{
    for (int64_t until = worker_clock_ms() + ms; worker_clock_ms() < until;) {
        unsigned char byte;
        if (interrupt_signal())
            return true;
        if (terminal_read(&byte, 1, TICK_MS) && key_decode(&player->keys, byte) == KEY_QUIT)
            return true;
    }
    return false;
}

// The device is gone or stands still: another try at the frame that was reached, at growing distances
// for as long as the listener wants. The speaker says whether it succeeded (speaker_alive).
static enum status bring_back(struct player *player, struct error *error)
{
    static const int distances_ms[] = {1000, 2000, 5000, 10000};
    if (player->attempts == 0)
        tell_now(player, "The sound device is gone. Waiting for it; q ends the session.");
    int attempt = player->attempts < 3 ? player->attempts : 3;
    player->attempts++;
    pthread_mutex_lock(&player->lock);
    enum status status = STATUS_OK;
    if (wait_or_quit(player, distances_ms[attempt]))
        status = error_set(error, STATUS_INTERRUPTED, "ended while waiting for a device");
    if (status == STATUS_OK)
        status = speaker_respawn(player->speaker, error);
    if (status == STATUS_OK) {
        player->rendered_frames = atomic_load(&speaker_ring(player->speaker)->written);
        engine_seek(player->pipeline->engine, player->rendered_frames);
        player->resume_frame = player->rendered_frames;
    }
    pthread_mutex_unlock(&player->lock);
    return status;
}

static void tell_return(struct player *player)
{
    const struct master_counters *counters = &speaker_memory(player->speaker)->counters;
    if (player->attempts == 0 || atomic_load(&counters->consumed_frames) <= player->resume_frame)
        return;
    player->attempts = 0;
    tell_now(player, "The device is back. Going on.");
}

static enum status run_until_end(struct player *player, struct error *error)
{
    while (!speaker_finished(player->speaker)) {
        bool now = handle_keys(player);
        if (interrupt_signal() || now) {
            fade_out(player);
            return interrupt_signal() ? error_set(error, STATUS_INTERRUPTED, "interrupted")
                                      : STATUS_OK;
        }
        if (!speaker_alive(player->speaker)) {
            enum status status = bring_back(player, error);
            if (status != STATUS_OK)
                return status == STATUS_INTERRUPTED && !interrupt_signal() ? STATUS_OK : status;
        }
        tell(player);
        tell_return(player);
    }
    return STATUS_OK;
}

static void tell_start(const struct player *player)
{
    struct buffer line = BUFFER_INIT;
    buffer_add_c(&line, "Playing on ");
    buffer_add_visible(&line, text_from(speaker_device_name(player->speaker)));
    buffer_add_c(&line, "\nspace: pause   q: end gently   Ctrl-C: stop\n\n");
    say(&line);
    buffer_free(&line);
}

static enum status open_speaker(struct player *player, struct error *error)
{
    const struct settings *settings = player->pipeline->settings;
    struct speaker_config config = {
        .device = settings->device,
        .total_frames = player->pipeline->total_frames,
    };
    enum status status = speaker_open(&player->speaker, &config, error);
    if (status != STATUS_OK)
        return status;
    struct master_controls *controls = &speaker_memory(player->speaker)->controls;
    for (int stem = 0; stem < MASTER_STEMS; stem++)
        atomic_store(&controls->stem_db[stem], (float)settings->levels_db[stem]);
    return STATUS_OK;
}

// The lead sounds while the voice is being synthesised; the plan follows long before the first word.
static enum status play(struct player *player, struct error *error)
{
    while (render_some(player))
        ;
    speaker_start(player->speaker);
    if (pthread_create(&player->render_thread, NULL, render_main, player) != 0)
        return error_set(error, STATUS_NO_MEMORY, "cannot start a thread");
    tell_start(player);
    enum status status = pipeline_wait_voice(player->pipeline, error);
    if (status == STATUS_OK) {
        pthread_mutex_lock(&player->lock);
        status = pipeline_plan(player->pipeline, error);
        pthread_mutex_unlock(&player->lock);
    }
    if (status == STATUS_OK) {
        atomic_store(&player->limit, player->pipeline->total_frames);
        status = run_until_end(player, error);
    } else {
        fade_out(player);
    }
    atomic_store(&player->stop, true);
    pthread_join(player->render_thread, NULL);
    return status;
}

static void report_counters(const struct player *player)
{
    const struct master_counters *counters = &speaker_memory(player->speaker)->counters;
    long long underruns = atomic_load(&counters->underruns);
    if (underruns)
        report_note("%lld gaps because this computer was too busy", underruns);
}

// Everything from an open speaker to its end.
static enum status perform(struct player *player, struct error *error)
{
    pthread_mutex_init(&player->lock, NULL);
    enum status status = play(player, error);
    report_counters(player);
    pthread_mutex_destroy(&player->lock);
    speaker_close(player->speaker);
    return status;
}

enum status player_run(struct pipeline *pipeline, struct error *error)
{
    struct player player = {.pipeline = pipeline};
    atomic_init(&player.limit, TIMELINE_LEAD_FRAMES / 2);
    // The voice, the scene and the device get ready while the notice is read.
    enum status status = pipeline_start_voice(pipeline, error);
    if (status == STATUS_OK)
        status = pipeline_start_engine(pipeline, error);
    if (status == STATUS_OK)
        status = open_speaker(&player, error);
    if (status != STATUS_OK)
        return status;
    terminal_open();
    if (greeting_show(pipeline)) {
        status = perform(&player, error);
    } else {
        speaker_close(player.speaker);
        status =
            interrupt_signal() ? error_set(error, STATUS_INTERRUPTED, "interrupted") : STATUS_OK;
    }
    terminal_close();
    return status;
}
