// SPDX-License-Identifier: GPL-3.0-or-later
// One loss of a sound device: a real session in a real terminal, a real server that is killed,
// stopped, emptied or put to sleep at some moment, and brought back at another. What is heard must
// be the session, sample by sample, and go on from the very frame at which it was resumed; keys are
// answered meanwhile; q ends it at once.
//
//   loss LOOSEN RECORDER SCRIPT EXPORT RUN
//
// EXPORT is the session's export as raw stereo float; RUN chooses what happens, and is the seed of
// when. Prints one line. Returns 0; 1 when loosen failed; 75 when the server did (run it again).
#define _GNU_SOURCE // memmem
#include "piece.h"
#include "server.h"

#include "clock.h"
#include "duration.h"
#include "random.h"
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    SCREEN_SIZE = 1 << 20, // of all that the player ever printed
    BED_FAILED = 75,
    BACK_LIMIT_MS = 45000, // the longest wait between tries, an open that hangs, and patience
    KEY_LIMIT_MS = 5000,
    KEY_MEDIAN_MS = 200, // of a run's answers; one alone may fall into a moment without a processor
    KEYS_MOST = 64,
    QUIT_LIMIT_MS = 5000,
    RETURN_FRAMES = 5 * FRAME_RATE / 2, // of sound that are a return; more than a server holds
    SKIPPED_MOST = FADE_FAULT_FRAMES,
    REPEATED_MOST = 2 * FRAME_RATE,
    REST_MOST = FRAME_RATE,       // of a piece: the fade at the end
    SERVER_MOST = 2 * FRAME_RATE, // lost by the server
};

enum trouble {
    JACK_TERM,
    PULSE_TERM,
    JACK_KILL,
    PULSE_KILL,
    JACK_STOP,
    PULSE_STOP,
    JACK_WORKER,
    PULSE_WORKER,
    JACK_PLAYER,
    PULSE_PLAYER,
    PULSE_UNLOAD,
    PULSE_SUSPEND,
    TROUBLES,
};

static const char *const names[TROUBLES] = {
    "jack: terminated",      "pulse: terminated",    "jack: killed",
    "pulse: killed",         "jack: stopped",        "pulse: stopped",
    "jack: worker killed",   "pulse: worker killed", "jack: player stopped",
    "pulse: player stopped", "pulse: sink unloaded", "pulse: sink suspended",
};

struct run {
    enum trouble trouble;
    uint64_t seed;
    uint64_t drawn; // random numbers so far
    bool quits;     // while the device is away
    struct server server;
    pid_t player;
    int terminal;
    char *screen; // owned; SCREEN_SIZE
    size_t shown;
    int64_t trouble_ms; // how long it lasted
    int64_t back_ms;    // from the trouble's end to sound
    int64_t key_ms;     // the slowest answer to a key
    int64_t keys_ms[KEYS_MOST];
    int keys;
    int64_t quit_ms;
    int64_t skipped, repeated; // frames, the most
    int pieces;
    const char *fault; // NULL: none
    bool bed_fault;
};

static int draw(struct run *run, int least, int most)
{
    uint64_t bits = random_at(run->seed, run->drawn++);
    return least + (int)(bits % (uint64_t)(most - least + 1));
}

static bool fail(struct run *run, const char *fault)
{
    if (!run->fault)
        run->fault = fault;
    return false;
}

static bool fail_bed(struct run *run, const char *fault)
{
    run->bed_fault = true;
    return fail(run, fault);
}

// ---- The player ---------------------------------------------------------------------------------

static void start_player(struct run *run, const char *loosen, const char *script)
{
    setenv("XDG_STATE_HOME", run->server.folder, 1);
    run->player = forkpty(&run->terminal, NULL, NULL, NULL);
    if (run->player != 0)
        return;
    if (run->server.kind == SERVER_JACK)
        execl(loosen, "loosen", "play", script, "-t", "2", "--yes", "--plain", "--device",
              "recorder", (char *)NULL);
    else
        execl(loosen, "loosen", "play", script, "-t", "2", "--yes", "--plain", (char *)NULL);
    _exit(127);
}

// Read what the player prints, for `ms`.
static void watch(struct run *run, int64_t ms)
{
    struct pollfd one = {.fd = run->terminal, .events = POLLIN};
    for (int64_t until = clock_ms() + ms, left = ms; left >= 0; left = until - clock_ms()) {
        if (poll(&one, 1, (int)left) <= 0 || run->shown + 1 >= SCREEN_SIZE)
            continue;
        ssize_t size = read(run->terminal, run->screen + run->shown, SCREEN_SIZE - 1 - run->shown);
        if (size <= 0) { // it has ended
            bed_nap_ms(5);
            continue;
        }
        run->shown += (size_t)size;
        run->screen[run->shown] = '\0';
    }
}

static bool is_shown(const struct run *run, size_t from, const char *text)
{
    return memmem(run->screen + from, run->shown - from, text, strlen(text)) != NULL;
}

static void press(const struct run *run, char key)
{
    if (write(run->terminal, &key, 1) != 1)
        perror("press");
}

// Ask for the keys and wait for the answer.
static bool ask(struct run *run)
{
    size_t from = run->shown;
    int64_t begun_ms = clock_ms();
    press(run, '?');
    while (!is_shown(run, from, "space: pause, and")) {
        if (clock_ms() - begun_ms > KEY_LIMIT_MS)
            return fail(run, "a key was not answered");
        watch(run, 1);
    }
    int64_t took_ms = clock_ms() - begun_ms;
    if (took_ms > run->key_ms)
        run->key_ms = took_ms;
    if (run->keys < KEYS_MOST)
        run->keys_ms[run->keys++] = took_ms;
    return true;
}

// Half of the keys were answered soon; every run but one that quits has pressed some.
static bool is_quick(struct run *run)
{
    int slow = 0;
    for (int i = 0; i < run->keys; i++)
        slow += run->keys_ms[i] > KEY_MEDIAN_MS;
    if (run->keys == 0 && !run->quits)
        return fail(run, "no key was pressed");
    return 2 * slow <= run->keys || fail(run, "keys were answered late");
}

// Wait for as much new sound without a break; *came_ms is when it began. All of the recording is
// looked at: a server that was stopped catches up in a burst. A session that took a stop for sleep
// is let go on.
static bool wait_for_sound(struct run *run, int64_t frames, int64_t *came_ms)
{
    const int64_t begun_ms = clock_ms();
    int64_t sound_frame = server_recorded_frames(&run->server), frame = sound_frame;
    bool woken = false;
    *came_ms = begun_ms;
    while (frame - sound_frame < frames) {
        if (clock_ms() - begun_ms > BACK_LIMIT_MS)
            return false;
        if (!woken && (woken = is_shown(run, 0, "asleep")))
            press(run, ' ');
        watch(run, 20);
        int64_t end = server_recorded_frames(&run->server);
        for (; frame + SERVER_LOOK_FRAMES <= end; frame += SERVER_LOOK_FRAMES)
            if (server_is_silent(&run->server, frame)) {
                sound_frame = frame + SERVER_LOOK_FRAMES;
                *came_ms = clock_ms();
            }
    }
    return true;
}

// Wait until a text is shown.
static bool await_text(struct run *run, size_t from, const char *text)
{
    for (int64_t begun_ms = clock_ms(); !is_shown(run, from, text); watch(run, 20))
        if (clock_ms() - begun_ms > KEY_LIMIT_MS)
            return false;
    return true;
}

// Wait until the player ends, and with 0.
static bool await_end(struct run *run, int64_t limit_ms)
{
    int64_t begun_ms = clock_ms();
    int status = 0;
    while (waitpid(run->player, &status, WNOHANG) == 0) {
        if (clock_ms() - begun_ms > limit_ms)
            return fail(run, "it did not end");
        watch(run, 2);
    }
    run->player = 0;
    run->quit_ms = clock_ms() - begun_ms;
    return status == 0 ? true : fail(run, "it did not end with 0");
}

static pid_t worker_of(pid_t player)
{
    char path[64];
    long pid = 0;
    snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", (long)player, (long)player);
    FILE *file = fopen(path, "r");
    for (long child; file && fscanf(file, "%ld", &child) == 1;) {
        char command[64], text[256] = "";
        snprintf(command, sizeof command, "/proc/%ld/cmdline", child);
        FILE *words = fopen(command, "r");
        size_t size = words ? fread(text, 1, sizeof text, words) : 0;
        if (memmem(text, size, "speaker", 7))
            pid = child;
        if (words)
            fclose(words);
    }
    if (file)
        fclose(file);
    return (pid_t)pid;
}

// ---- Trouble ------------------------------------------------------------------------------------

static enum server_kind bed_of(enum trouble trouble)
{
    return trouble == JACK_TERM || trouble == JACK_KILL || trouble == JACK_STOP ||
                   trouble == JACK_WORKER || trouble == JACK_PLAYER
               ? SERVER_JACK
               : SERVER_PULSE;
}

static bool begin_trouble(struct run *run)
{
    switch (run->trouble) {
    case JACK_TERM:
    case PULSE_TERM:
        server_end(&run->server, SIGTERM);
        return true;
    case JACK_KILL:
    case PULSE_KILL:
        server_end(&run->server, SIGKILL);
        return true;
    case JACK_STOP:
    case PULSE_STOP:
        server_signal(&run->server, SIGSTOP);
        return true;
    case JACK_WORKER:
    case PULSE_WORKER:
        return kill(worker_of(run->player), SIGKILL) == 0 || fail(run, "there is no worker");
    case JACK_PLAYER:
    case PULSE_PLAYER:
        return kill(run->player, SIGSTOP) == 0;
    case PULSE_UNLOAD:
        return server_unload_sink(&run->server) || fail_bed(run, "the sink does not unload");
    case PULSE_SUSPEND:
        return server_suspend_sink(&run->server, true) || fail_bed(run, "the sink does not sleep");
    default:
        return false;
    }
}

static bool end_trouble(struct run *run)
{
    switch (run->trouble) {
    case JACK_TERM:
    case PULSE_TERM:
    case JACK_KILL:
    case PULSE_KILL:
        return server_restart(&run->server) || fail_bed(run, "the server does not return");
    case JACK_STOP:
    case PULSE_STOP:
        server_signal(&run->server, SIGCONT);
        return true;
    case JACK_PLAYER:
    case PULSE_PLAYER:
        return kill(run->player, SIGCONT) == 0;
    case PULSE_UNLOAD:
        return server_load_sink(&run->server) || fail_bed(run, "the sink does not return");
    case PULSE_SUSPEND:
        return server_suspend_sink(&run->server, false) || fail_bed(run, "the sink does not wake");
    default:
        return true;
    }
}

static bool stops_player(enum trouble trouble)
{
    return trouble == JACK_PLAYER || trouble == PULSE_PLAYER;
}

static bool kills_worker(enum trouble trouble)
{
    return trouble == JACK_WORKER || trouble == PULSE_WORKER;
}

// From 0.2 s, which no listener's device minds, to 6 s, in which several tries fail.
static bool suffer(struct run *run)
{
    int64_t begun_ms = clock_ms();
    int64_t lasts_ms = kills_worker(run->trouble) ? 0 : draw(run, 200, 6000);
    if (!begin_trouble(run))
        return false;
    while (clock_ms() - begun_ms < lasts_ms) {
        watch(run, 200);
        if (!stops_player(run->trouble) && !ask(run))
            return false;
    }
    if (!end_trouble(run))
        return false;
    run->trouble_ms = clock_ms() - begun_ms;
    return true;
}

// q while the device is away: nothing of it is waited for.
static bool quit_in_trouble(struct run *run)
{
    size_t from = run->shown;
    if (!begin_trouble(run))
        return false;
    if (!await_text(run, from, "device is gone"))
        return fail(run, "the loss was not told");
    watch(run, draw(run, 0, 3000));
    press(run, 'q');
    return await_end(run, QUIT_LIMIT_MS);
}

// ---- A whole run --------------------------------------------------------------------------------

static bool perform(struct run *run, char **argv)
{
    if (!server_start(&run->server, bed_of(run->trouble), argv[2]))
        return fail_bed(run, "the server does not start");
    start_player(run, argv[1], argv[3]);
    int64_t came_ms;
    // Before there is any trouble: another try. That a player plays is what other tests are about.
    if (!wait_for_sound(run, FRAME_RATE, &came_ms)) {
        fprintf(stderr, "the player showed: %.*s\n", (int)run->shown, run->screen);
        return fail_bed(run, "nothing was heard");
    }
    watch(run, draw(run, 0, 3000));
    if (run->quits)
        return quit_in_trouble(run);
    size_t from = run->shown;
    if (!suffer(run))
        return false;
    int64_t ended_ms = clock_ms();
    if (kills_worker(run->trouble) && !await_text(run, from, "device is gone"))
        return fail(run, "the loss was not told"); // what was under way is no return
    if (!wait_for_sound(run, RETURN_FRAMES, &came_ms))
        return fail(run, "it did not come back");
    run->back_ms = came_ms - ended_ms;
    if (!ask(run))
        return false;
    press(run, 'q');
    watch(run, 100);
    press(run, 'q');
    return await_end(run, QUIT_LIMIT_MS);
}

// What audio libraries print when a server goes away.
static const char *const chatter[] = {"ALSA lib",       "Expression '", "JackEngine", "jack server",
                                      "Cannot connect", "Cannot read",  "pulse",      "Assert",
                                      "Unknown ",       "PaAlsa",       "terminate"};

static bool is_quiet(struct run *run)
{
    for (size_t i = 0; i < sizeof chatter / sizeof chatter[0]; i++)
        if (is_shown(run, 0, chatter[i]))
            return fail(run, "a library spoke on the terminal");
    return true;
}

// Account for one more piece after `next`, the frame that was to come. A piece that does not rise
// from silence was not resumed by the player: what is missing before it was lost by the server, or
// before the recorder came.
static bool follow(struct run *run, const struct piece *piece, int64_t *next)
{
    int64_t skipped = piece->first - *next;
    bool resumed = run->pieces++ > 0 && piece->risen;
    if (resumed && skipped > run->skipped)
        run->skipped = skipped;
    if (-skipped > run->repeated)
        run->repeated = -skipped;
    *next = piece->first + piece->frames;
    if (piece->rest > REST_MOST)
        return fail(run, "what was heard is not the session");
    if (skipped > SKIPPED_MOST && resumed)
        return fail(run, "a part of the session is missing");
    if (skipped > SERVER_MOST)
        return fail_bed(run, "the recorder came late");
    return -skipped <= REPEATED_MOST || fail(run, "too much was played again");
}

static bool check_recording(struct run *run, const struct sound *recording,
                            const struct sound *session, int64_t *next, struct piece *last)
{
    struct piece piece;
    enum piece_kind kind;
    for (size_t from = 0; (kind = piece_next(&piece, recording, &from, session)) != PIECE_NONE;) {
        if (kind == PIECE_SHORT)
            continue;
        if (getenv("LOOSEN_LOSS_PIECES"))
            fprintf(stderr, "at %zu: %s, session %lld, %lld frames, then %lld%s\n", piece.at,
                    kind == PIECE_FOUND ? "found" : "foreign", (long long)piece.first,
                    (long long)piece.frames, (long long)piece.rest, piece.risen ? ", risen" : "");
        if (kind == PIECE_FOREIGN)
            return fail(run, "what was heard is not the session");
        if (!follow(run, &piece, next))
            return false;
        *last = piece;
    }
    return true;
}

static bool check(struct run *run, const char *export)
{
    struct sound session = bed_load(export);
    struct piece last = {.frames = 0};
    int64_t next = 0;
    bool good = session.frames > 0;
    for (int i = 0; i < run->server.count && good; i++) {
        struct sound recording = bed_load(run->server.recordings[i]);
        good = check_recording(run, &recording, &session, &next, &last);
        sound_free(&recording);
    }
    sound_free(&session);
    if (good && (run->pieces == 0 || (!run->quits && last.frames < 2 * FRAME_RATE)))
        return fail(run, "too little was heard");
    return good;
}

static void print(const struct run *run)
{
    printf("%-22s %6.1f s %6.1f s %5lld ms %5lld ms %3d %8.3f s %8.3f s  %s%s\n",
           names[run->trouble], (double)run->trouble_ms / 1000, (double)run->back_ms / 1000,
           (long long)run->key_ms, (long long)run->quit_ms, run->pieces,
           (double)run->skipped / FRAME_RATE, (double)run->repeated / FRAME_RATE,
           run->fault   ? run->fault
           : run->quits ? "good, quit"
                        : "good",
           run->fault && !run->server.complete ? " (the server was late)" : "");
}

int main(int argc, char **argv)
{
    if (argc != 6)
        return 2;
    uint64_t number = strtoull(argv[5], NULL, 10);
    struct run run = {.trouble = (enum trouble)(number % TROUBLES), .seed = number};
    bool can_quit = !stops_player(run.trouble) && !kills_worker(run.trouble);
    run.quits = can_quit && number / TROUBLES % 5 == 1;
    run.screen = calloc(1, SCREEN_SIZE);
    if (!run.screen)
        return 1;
    signal(SIGPIPE, SIG_IGN);
    bool good = perform(&run, argv);
    if (run.player > 0)
        kill(run.player, SIGKILL);
    server_stop(&run.server);
    good = good && is_quick(&run) && is_quiet(&run) && check(&run, argv[4]);
    print(&run);
    if (!good && getenv("LOOSEN_LOSS_PIECES"))
        fputs(run.screen, stderr);
    if (!getenv("LOOSEN_LOSS_KEEP"))
        server_remove(&run.server);
    free(run.screen);
    return good ? 0 : run.bed_fault || !run.server.complete ? BED_FAILED : 1;
}
