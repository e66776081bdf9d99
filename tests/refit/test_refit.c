// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions that are fitted again while they play: every shipped script, at several lengths, with
// random requests at random frames.
#include "guessed.h"
#include "law.h"

#include "pace.h"
#include "plan_refit.h"
#include "plan_request.h"
#include "plan_state.h"
#include "presence.h"
#include "random.h"
#include "session_limits.h"
#include "sketch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { RUNS = 8, REQUESTS = 8, LENGTHS = 5, SESSIONS_MAX = 64 };
enum { PLACES = 12, PRESSES = 40, LEAVE_LENGTHS = 16 };

#define QUANTUM 128
#define TOUCH_MOST ((int64_t)90 * FRAME_RATE)
#define SIDE_MOST ((int64_t)6 * 60 * FRAME_RATE)
#define WAIT_MORE ((int64_t)60 * FRAME_RATE)

static const char *const request_names[] = {"next", "previous", "again", "more"};

struct tally {
    int asked[4], done[4];
    int longer, earlier;
    struct {
        char text[100];
        int count;
    } reasons[30];
};

// ---- What must hold across a re-fit -------------------------------------------------------------

static int64_t end_of(const struct event *event)
{
    return event->start_frame + event->frames;
}

// What was over is as it was, event by event.
static void judge_past(const struct timeline *before, const struct timeline *after, int64_t now)
{
    size_t k = 0;
    for (size_t i = 0; i < before->event_count; i++) {
        const struct event *old = &before->events[i];
        if (old->start_frame >= now)
            break;
        while (k < after->event_count && after->events[k].start_frame < old->start_frame)
            k++;
        assert_true(k < after->event_count);
        const struct event *new = &after->events[k++];
        assert_int_equal(new->start_frame, old->start_frame);
        assert_int_equal(new->type, old->type);
        assert_int_equal(new->side, old->side);
        if (end_of(old) <= now)
            assert_int_equal(new->frames, old->frames);
        if (old->type == EVENT_SPEECH)
            assert_int_equal(new->as.speech.utterance, old->as.speech.utterance);
    }
}

// What lies inside a touch, movement or bout may be left with it.
struct duty {
    const struct timeline *timeline;
    const int64_t *clips;
    enum side side;
    bool left; // something was left
    bool natural;
    const char *story;
};

static bool was_said(const struct duty *duty, const struct node *line)
{
    for (size_t i = 0; i < duty->timeline->event_count; i++) {
        const struct event *event = &duty->timeline->events[i];
        if (event->type == EVENT_SPEECH && event->as.speech.line == line &&
            event->side == duty->side && event->frames == duty->clips[event->as.speech.utterance])
            return true;
    }
    return false;
}

static void judge_duty(struct duty *duty, const struct node *first, const struct node *sides,
                       int pass)
{
    for (const struct node *n = first; n; n = n->next) {
        if (n->level != LEVEL_MUST || n->type == NODE_REST ||
            n->breathing == (duty->natural ? BREATHING_PACED : BREATHING_NATURAL) ||
            (n->pass != PASS_BOTH && (n->pass == PASS_FIRST) != (pass == 0)) ||
            (n->type == NODE_REPEAT && n->as.repeat.least == 0))
            continue;
        if (duty->left && (n->type == NODE_CONTACT || n->type == NODE_MOVE))
            continue;
        for (int turn = 0; turn < (n->type == NODE_SIDES ? 2 : 1); turn++) {
            if (n->type == NODE_SIDES)
                duty->side = n->as.sides.order[turn];
            judge_duty(duty, n->children, n->type == NODE_SIDES ? n : sides,
                       n->type == NODE_SIDES ? turn : pass);
            if (n->type == NODE_SIDES)
                duty->side = SIDE_NONE;
        }
        if (n->type == NODE_LINE && !was_said(duty, n))
            fail_msg("%s: line %d of %.*s was never said", duty->story, n->place.line,
                     TEXT_ARG(n->file));
    }
}

static int64_t touched(const struct timeline *t, const struct node *node, enum side side)
{
    int64_t sum = 0;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *event = &t->events[i];
        if ((event->type == EVENT_CONTACT || event->type == EVENT_MOVE) &&
            event->as.contact.node == node && event->side == side)
            sum += event->frames;
    }
    return sum;
}

// Touch in all: of a place, of a side, and of one side beside the other.
static void judge_touch(const struct timeline *t, const struct timeline *first, bool left_second,
                        const char *story)
{
    int64_t sums[SIDE_COUNT] = {0};
    int64_t planned[SIDE_COUNT] = {0};
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *event = &t->events[i];
        if (event->type != EVENT_CONTACT && event->type != EVENT_MOVE)
            continue;
        const struct node *node = event->as.contact.node;
        bool contact = event->type == EVENT_CONTACT;
        int64_t most = contact ? node->as.contact.frames.most : node->as.move.frames.most;
        int64_t here = touched(t, node, event->side), there = here;
        if (event->side != SIDE_NONE)
            there = touched(t, node, event->side == SIDE_LEFT ? SIDE_RIGHT : SIDE_LEFT);
        if (contact && (here > TOUCH_MOST || here > most))
            fail_msg("%.*s,%s: %.1f s of touch, line %d, %.1f allowed", TEXT_ARG(t->session->id),
                     story, seconds_from_frames(here), node->place.line, seconds_from_frames(most));
        if (here != there && !left_second && here > 2 * FRAME_RATE)
            fail_msg("%.*s,%s: %.3f and %.3f s, line %d", TEXT_ARG(t->session->id), story,
                     seconds_from_frames(here), seconds_from_frames(there), node->place.line);
        for (enum side side = SIDE_LEFT; contact && side <= SIDE_RIGHT; side++)
            if (event->side == side || event->side == SIDE_NONE)
                sums[side] += event->frames;
    }
    for (size_t i = 0; i < first->event_count; i++)
        for (enum side side = SIDE_LEFT; side <= SIDE_RIGHT; side++)
            if (first->events[i].type == EVENT_CONTACT &&
                (first->events[i].side == side || first->events[i].side == SIDE_NONE))
                planned[side] += first->events[i].frames;
    for (enum side side = SIDE_LEFT; side <= SIDE_RIGHT; side++)
        assert_true(sums[side] <= SIDE_MOST || sums[side] <= planned[side]);
}

static int64_t wait_after(const struct timeline *t, int64_t from)
{
    int64_t most = 0;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *event = &t->events[i];
        if (event->type != EVENT_SPEECH && event->type != EVENT_BREATH &&
            event->type != EVENT_SWELL)
            continue;
        if (event->start_frame - from > most)
            most = event->start_frame - from;
        from = end_of(event) > from ? end_of(event) : from;
    }
    return most;
}

static int64_t longest_silence(const struct timeline *t)
{
    return wait_after(t, t->lead_frames);
}

// ---- Runs ---------------------------------------------------------------------------------------

struct run {
    const struct guessed *script;
    struct tally *tally;
    struct timeline first, now;
    bool left, left_second, stayed;
    int64_t wait;    // the longest that was allowed so far
    int64_t silence; // the longest of the plan as it is
    char story[1000];
};

static void count_refusal(struct tally *tally, const char *text)
{
    for (int i = 0; i < 30; i++) {
        if (tally->reasons[i].count && strcmp(tally->reasons[i].text, text) != 0)
            continue;
        snprintf(tally->reasons[i].text, sizeof tally->reasons[i].text, "%.99s", text);
        tally->reasons[i].count++;
        return;
    }
}

static bool in_second_side(const struct timeline *t, int64_t frame)
{
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *event = &t->events[i];
        bool timed = event->type == EVENT_CONTACT || event->type == EVENT_MOVE;
        if (timed && event->side != SIDE_NONE && event->start_frame <= frame + 15 * FRAME_RATE &&
            end_of(event) > frame)
            return true;
    }
    return false;
}

static void judge(struct run *run, const struct timeline *made, int64_t total, int64_t now,
                  enum plan_request request)
{
    const struct guessed *s = run->script;
    struct law_case c = {&s->session,
                         &s->utterances,
                         s->clips,
                         s->plan.breaths_per_minute,
                         s->plan.natural_breath,
                         true,
                         ""};
    if (!law_holds(&c, made, total))
        fail_msg("%.*s of %.0f s,%s: %s", TEXT_ARG(s->session.id),
                 seconds_from_frames(run->first.total_frames), run->story, c.why);
    judge_past(&run->now, made, now);
    struct duty duty = {made, s->clips, SIDE_NONE, run->left, s->plan.natural_breath, run->story};
    for (size_t i = 0; i < s->session.section_count; i++)
        judge_duty(&duty, s->session.sections[i].first, NULL, 0);
    judge_touch(made, &run->first, run->left_second, run->story);
    int64_t wait = presence_wait(total);
    run->wait = wait > run->wait ? wait : run->wait;
    run->wait += request == PLAN_MORE ? 25 * FRAME_RATE : 0;
    // What is said or done again is not refused for a silence that is a little longer by it.
    if (request == PLAN_AGAIN || request == PLAN_PREVIOUS)
        run->wait = wait + 25 * FRAME_RATE > run->wait ? wait + 25 * FRAME_RATE : run->wait;
    if (wait_after(made, now) > run->wait)
        fail_msg("%.*s of %.0f s,%s: a wait of %.1f s, %.1f allowed", TEXT_ARG(s->session.id),
                 seconds_from_frames(run->first.total_frames), run->story,
                 seconds_from_frames(wait_after(made, now)), seconds_from_frames(run->wait));
    // However often more was wished.
    int64_t most = wait + WAIT_MORE > run->silence ? wait + WAIT_MORE : run->silence;
    run->silence = longest_silence(made);
    if (request == PLAN_MORE && run->silence > most)
        fail_msg("%.*s of %.0f s,%s: a silence of %.1f s, %.1f allowed", TEXT_ARG(s->session.id),
                 seconds_from_frames(run->first.total_frames), run->story,
                 seconds_from_frames(run->silence), seconds_from_frames(most));
}

static struct plan_refit_config request_at(const struct run *run, enum plan_request request,
                                           int64_t now)
{
    const struct guessed *s = run->script;
    return (struct plan_refit_config){.present = &run->now,
                                      .utterances = &s->utterances,
                                      .clip_frames = s->clips,
                                      .plan = &s->plan,
                                      .request = request,
                                      .now_frame = now};
}

static void ask(struct run *run, enum plan_request request, int64_t now, enum plan_end end)
{
    struct error error;
    struct timeline made;
    struct plan_refit_config config = request_at(run, request, now);
    config.end = end;
    run->tally->asked[request]++;
    size_t told = strlen(run->story);
    snprintf(run->story + told, sizeof run->story - told, " %s at %.3f", request_names[request],
             seconds_from_frames(now));
    enum status status = plan_refit(&made, &config, &error);
    if (status != STATUS_OK) {
        run->story[told] = '\0';
        assert_int_equal(status, STATUS_BAD_ARGUMENT);
        count_refusal(run->tally, error.text);
        return;
    }
    run->tally->done[request]++;
    // More never ends it earlier, and who is strict never lets it end later than was chosen.
    const int64_t total = made.total_frames;
    const bool strict = end == PLAN_END_STRICT && request != PLAN_NEXT;
    assert_true(total <= (strict ? run->now.plan_state->chosen_frames : SESSION_LENGTH_MOST));
    assert_true(total >= run->now.total_frames || request != PLAN_MORE);
    run->tally->longer += total > run->now.total_frames;
    run->tally->earlier += total < run->now.total_frames;
    run->left = run->left || request == PLAN_NEXT;
    run->left_second = run->left_second || (request == PLAN_NEXT && in_second_side(&run->now, now));
    judge(run, &made, total, now, request);
    timeline_free(&run->now);
    run->now = made;
}

static void play(const struct guessed *s, uint64_t seed, struct tally *tally)
{
    struct error error;
    struct run run = {.script = s, .tally = tally};
    for (int i = 0; i < 2; i++)
        if (plan_build(i ? &run.now : &run.first, &s->session, &s->utterances, s->clips, &s->plan,
                       &error) != STATUS_OK)
            return;
    run.wait = run.silence = longest_silence(&run.first);
    int64_t now = TIMELINE_LEAD_FRAMES;
    const int64_t total = run.now.total_frames;
    const enum plan_end end = (enum plan_end)(random_at(seed, 1) % 3);
    for (uint64_t i = 0; i < REQUESTS; i++) {
        // Often soon after the one before, as people press keys; else anywhere in the rest.
        bool soon = random_at(seed, 10 * i + 2) % 3 == 0;
        int64_t room = soon ? 12 * FRAME_RATE : (total - now) / 2;
        now += (int64_t)(random_unit(random_at(seed, 10 * i + 3)) * (double)room);
        now = now / QUANTUM * QUANTUM;
        ask(&run, (enum plan_request)(random_at(seed, 10 * i + 4) % 4), now, end);
    }
    timeline_free(&run.first);
    timeline_free(&run.now);
}

// Another for each file, wherever it lies.
static uint64_t seed_of(const char *path)
{
    uint64_t seed = 0;
    for (const char *c = path + sizeof LOOSEN_SOURCE_DIR; *c; c++)
        seed = random_at(seed, (uint64_t)(unsigned char)*c);
    return seed;
}

static void play_session(const char *path, void *context)
{
    struct tally *tally = context;
    struct guessed s = {.plan = {.breaths_per_minute = PLAN_BREATHS_DEFAULT}};
    guessed_open(&s, path);
    const struct range range = guessed_lengths(&s);
    for (int length = 0; length < LENGTHS; length++) {
        int64_t total = range.least + (range.most - range.least) * length / (LENGTHS - 1);
        s.plan.total_frames = length == 0 ? s.session.natural : total;
        for (uint64_t i = 0; i < RUNS; i++) {
            s.plan.natural_breath = i % 4 == 3;
            play(&s, random_at(seed_of(path) + (uint64_t)length, i), tally);
        }
    }
    guessed_close(&s);
}

static void random_requests_break_no_law(void **state)
{
    (void)state;
    struct tally tally = {.longer = 0};
    guessed_each(play_session, &tally);
    for (int i = 0; i < 4; i++)
        print_message("%s: %d of %d\n", request_names[i], tally.done[i], tally.asked[i]);
    print_message("%d end later, %d earlier\n", tally.longer, tally.earlier);
    for (int i = 0; i < 30 && tally.reasons[i].count; i++)
        print_message("%5d  %s\n", tally.reasons[i].count, tally.reasons[i].text);
    for (int i = 0; i < 4; i++)
        assert_true(tally.done[i] > tally.asked[i] / 3);
}

// A listener who holds "+", from twelve places of a session.
static void more_and_more(struct guessed *s)
{
    struct tally tally = {.longer = 0};
    struct error error;
    for (int place = 0; place < PLACES; place++) {
        struct run run = {.script = s, .tally = &tally};
        for (int i = 0; i < 2; i++)
            assert_int_equal(plan_build(i ? &run.now : &run.first, &s->session, &s->utterances,
                                        s->clips, &s->plan, &error),
                             STATUS_OK);
        run.wait = run.silence = longest_silence(&run.first);
        int64_t now = run.first.total_frames * (place + 1) / (PLACES + 2) / QUANTUM * QUANTUM;
        for (int i = 0; i < PRESSES; i++, now += FRAME_RATE)
            ask(&run, PLAN_MORE, now, PLAN_END_LATER);
        timeline_free(&run.first);
        timeline_free(&run.now);
    }
    assert_true(tally.done[PLAN_MORE] >= PLACES);
}

static void held_more_makes_no_long_silence(void **state)
{
    (void)state;
    static const char *const names[] = {"slow-tide", "whole-chain"};
    for (int i = 0; i < 2; i++) {
        char path[512];
        snprintf(path, sizeof path, LOOSEN_SOURCE_DIR "/scripts/en/%s.session", names[i]);
        struct guessed s = {.plan = {.breaths_per_minute = PLAN_BREATHS_DEFAULT}};
        guessed_open(&s, path);
        s.plan.total_frames = s.session.natural;
        more_and_more(&s);
        guessed_close(&s);
    }
}

// ---- Leaving ------------------------------------------------------------------------------------

// Nobody is held in a touch, a movement or a breath that is led.
static bool holds(const struct event *event)
{
    return event->type == EVENT_CONTACT || event->type == EVENT_MOVE || event->type == EVENT_BREATH;
}

// An earlier end is for sessions in which something happens to the end, and for whole steps of
// time.
static void judge_end(const struct run *run, const struct timeline *made)
{
    const int64_t earlier = run->now.total_frames - made->total_frames;
    assert_true(earlier >= 0);
    if (earlier > 0 && made->ending == ENDING_SLEEP)
        fail_msg("%.*s ends %.3f s earlier", TEXT_ARG(run->script->session.id),
                 seconds_from_frames(earlier));
}

static void leave(struct run *run, int64_t now)
{
    const struct guessed *s = run->script;
    struct error error;
    struct timeline made;
    const struct plan_refit_config config = request_at(run, PLAN_NEXT, now);
    snprintf(run->story, sizeof run->story, " left at %.3f", seconds_from_frames(now));
    if (plan_refit(&made, &config, &error) != STATUS_OK)
        fail_msg("%.*s of %.0f s,%s: %s", TEXT_ARG(s->session.id),
                 seconds_from_frames(run->now.total_frames), run->story, error.text);
    run->left_second = in_second_side(&run->now, now);
    run->wait = run->silence = longest_silence(&run->first);
    run->tally->done[PLAN_NEXT]++;
    run->tally->earlier += made.total_frames < run->now.total_frames;
    judge_end(run, &made);
    judge(run, &made, made.total_frames, now, PLAN_NEXT);
    timeline_free(&made);
}

// At the beginning, in the middle and at the end of all that can be left.
static void leave_all(const struct guessed *s, struct tally *tally)
{
    struct error error;
    struct run run = {.script = s, .tally = tally, .left = true};
    for (int i = 0; i < 2; i++)
        if (plan_build(i ? &run.now : &run.first, &s->session, &s->utterances, s->clips, &s->plan,
                       &error) != STATUS_OK)
            return;
    for (size_t i = 0; i < run.now.event_count; i++) {
        const struct event *event = &run.now.events[i];
        for (int part = 0; holds(event) && part < 3; part++)
            leave(&run, (event->start_frame + (event->frames - 1) * part / 2) / QUANTUM * QUANTUM);
    }
    timeline_free(&run.first);
    timeline_free(&run.now);
}

static void leave_session(const char *path, void *context)
{
    struct tally *tally = context;
    struct guessed s = {.plan = {.breaths_per_minute = PLAN_BREATHS_DEFAULT}};
    guessed_open(&s, path);
    const struct range range = guessed_lengths(&s);
    for (int i = 0; i <= LEAVE_LENGTHS; i++) {
        s.plan.total_frames = range.least + (range.most - range.least) * i / LEAVE_LENGTHS;
        s.plan.natural_breath = i % 4 == 3;
        leave_all(&s, tally);
    }
    guessed_close(&s);
}

static void leaving_is_never_refused(void **state)
{
    (void)state;
    struct tally tally = {.longer = 0};
    guessed_each(leave_session, &tally);
    print_message("left: %d, ended earlier: %d\n", tally.done[PLAN_NEXT], tally.earlier);
    assert_true(tally.done[PLAN_NEXT] > 10000);
    assert_true(tally.earlier > 0 && tally.earlier < tally.done[PLAN_NEXT] / 16);
}

// ---- Ends ---------------------------------------------------------------------------------------

static void open_shortest(struct guessed *s, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, LOOSEN_SOURCE_DIR "/scripts/en/%s.session", name);
    *s = (struct guessed){.plan = {.breaths_per_minute = PLAN_BREATHS_DEFAULT}};
    guessed_open(s, path);
    s->plan.total_frames = guessed_lengths(s).least;
}

static enum status refit(const struct guessed *s, const struct timeline *present,
                         enum plan_request request, double at_s, enum plan_end end,
                         struct timeline *made, struct error *error)
{
    const struct plan_refit_config config = {.present = present,
                                             .utterances = &s->utterances,
                                             .clip_frames = s->clips,
                                             .plan = &s->plan,
                                             .request = request,
                                             .now_frame =
                                                 (int64_t)(at_s * FRAME_RATE) / QUANTUM * QUANTUM,
                                             .end = end};
    return plan_refit(made, &config, error);
}

// What is left before its time may end earlier; the end that was chosen stays what is wished for.
// Returns how often what came next used the time again, of ends that are whole seconds earlier.
static int use_freed_time(const struct guessed *s)
{
    struct error error;
    struct timeline whole, left, again;
    int used = 0;
    assert_int_equal(plan_build(&whole, &s->session, &s->utterances, s->clips, &s->plan, &error),
                     STATUS_OK);
    for (double at_s = 20; at_s < seconds_from_frames(whole.total_frames) - 30; at_s += 5) {
        if (refit(s, &whole, PLAN_NEXT, at_s, PLAN_END_STRICT, &left, &error) != STATUS_OK)
            continue;
        const int64_t earlier = whole.total_frames - left.total_frames;
        if (earlier > 0 && earlier % FRAME_RATE == 0 &&
            refit(s, &left, PLAN_MORE, at_s + 8, PLAN_END_STRICT, &again, &error) == STATUS_OK) {
            used += again.total_frames > left.total_frames;
            assert_true(again.total_frames <= whole.total_frames);
            timeline_free(&again);
        }
        timeline_free(&left);
    }
    timeline_free(&whole);
    return used;
}

static void use_session(const char *path, void *context)
{
    struct tally *tally = context;
    struct guessed s = {.plan = {.breaths_per_minute = PLAN_BREATHS_DEFAULT}};
    guessed_open(&s, path);
    const struct range range = guessed_lengths(&s);
    for (int i = 0; i < 3; i++) {
        s.plan.total_frames = range.least + (range.most - range.least) * i / 2;
        tally->longer += use_freed_time(&s);
    }
    guessed_close(&s);
}

static void time_that_was_freed_can_be_used(void **state)
{
    (void)state;
    struct tally tally = {.longer = 0};
    guessed_each(use_session, &tally);
    assert_true(tally.longer > 0);
}

// At the shortest length what takes longer ends later, by no more than it takes; who must be out on
// time is told why not.
static void what_is_shortest_ends_later(void **state)
{
    (void)state;
    static const char *const names[] = {"slow-tide", "wall-ball"};
    static const enum plan_request requests[] = {PLAN_MORE, PLAN_PREVIOUS};
    int told = 0;
    for (int i = 0; i < 2 * 2 * PLACES; i++) {
        struct guessed s;
        struct error error;
        struct timeline whole, made;
        const enum plan_request request = requests[i / 2 % 2];
        open_shortest(&s, names[i % 2]);
        assert_int_equal(plan_build(&whole, &s.session, &s.utterances, s.clips, &s.plan, &error),
                         STATUS_OK);
        const double at_s = seconds_from_frames(whole.total_frames) * (i / 4 + 1) / (PLACES + 2);
        if (refit(&s, &whole, request, at_s, PLAN_END_STRICT, &made, &error) == STATUS_OK) {
            assert_true(made.total_frames <= whole.total_frames);
            timeline_free(&made);
        } else if (strstr(error.text, "the end is strict")) {
            told++;
            if (refit(&s, &whole, request, at_s, PLAN_END_KEPT, &made, &error) != STATUS_OK)
                fail_msg("%s, %s at %.1f s: %s", names[i % 2], request_names[request], at_s,
                         error.text);
            assert_true(made.total_frames > whole.total_frames);
            timeline_free(&made);
        }
        timeline_free(&whole);
        guessed_close(&s);
    }
    assert_true(told > PLACES);
}

// Behind the last touch there is only the end: the way there is open, too.
static void the_last_touch_can_be_left(void **state)
{
    (void)state;
    struct sketch sketch;
    struct error error;
    struct timeline whole, made;
    sketch_init(&sketch, 1);
    sketch_section(&sketch, 0);
    sketch_line(&sketch, LEVEL_MUST, 3);
    sketch_pause(&sketch, 1, 2, 5);
    sketch_contact(&sketch, 20, 60);
    sketch_line(&sketch, LEVEL_MUST, 3);
    sketch_end(&sketch);
    assert_int_equal(
        sketch_plan(&sketch, PLAN_BREATHS_DEFAULT, false, SKETCH_SECONDS(80), &whole, &error),
        STATUS_OK);
    const struct plan_config plan = {.breaths_per_minute = PLAN_BREATHS_DEFAULT};
    const struct plan_refit_config config = {.present = &whole,
                                             .utterances = &sketch.utterances,
                                             .clip_frames = sketch.clips,
                                             .plan = &plan,
                                             .request = PLAN_NEXT,
                                             .now_frame = SKETCH_SECONDS(40)};
    assert_int_equal(plan_refit(&made, &config, &error), STATUS_OK);
    assert_true(made.total_frames < whole.total_frames);
    assert_true(made.tail_frames >= SKETCH_SECONDS(8) && made.tail_frames <= SKETCH_SECONDS(30));
    for (size_t i = 0; i < made.event_count; i++)
        if (made.events[i].type == EVENT_CONTACT)
            assert_int_equal(end_of(&made.events[i]), SKETCH_SECONDS(40));
    timeline_free(&made);
    timeline_free(&whole);
    sketch_free(&sketch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(leaving_is_never_refused),
                                       cmocka_unit_test(time_that_was_freed_can_be_used),
                                       cmocka_unit_test(what_is_shortest_ends_later),
                                       cmocka_unit_test(the_last_touch_can_be_left),
                                       cmocka_unit_test(random_requests_break_no_law),
                                       cmocka_unit_test(held_more_makes_no_long_silence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
