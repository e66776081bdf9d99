// SPDX-License-Identifier: GPL-3.0-or-later
// Looks at the longest wait of a session at several of its lengths.
#include "quiet_check.h"

#include "plan.h"
#include "presence.h"

enum { LENGTHS = 12 }; // that are looked at, at most

#define MINUTE_FRAMES ((int64_t)60 * FRAME_RATE)
#define TOLERANCE_FRAMES ((int64_t)2 * FRAME_RATE) // clips' lengths are guessed

// The worst quiet so far.
struct found {
    int64_t total_frames;
    int64_t wait_frames, start_frame;
    int64_t over_frames; // beyond what the length allows
    struct place place;
};

// What is heard last before the quiet, or the section in which it lies.
static struct place place_of(const struct session *session, const struct timeline *timeline)
{
    struct place place = session->length_place;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->start_frame > timeline->longest_wait_start)
            break;
        if (event->type == EVENT_SECTION)
            place = session->sections[event->section].place;
        const struct node *line = event->type == EVENT_SPEECH ? event->as.speech.line : NULL;
        if (line && line->place.line > 0 && text_equal(line->file, session->file))
            place = line->place;
    }
    return place;
}

// What the line before the quiet asks of the body takes its time at every length.
static int64_t asked_before(const struct timeline *timeline)
{
    int64_t frames = 0;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->start_frame >= timeline->longest_wait_start)
            break;
        if (event->type == EVENT_SPEECH)
            frames = event->as.speech.line ? event->as.speech.line->as.line.action_frames : 0;
        else if (event->type == EVENT_BREATH || event->type == EVENT_SWELL)
            frames = 0;
    }
    return frames;
}

// Quiet that a chime rings in is meant.
static bool is_rung_in(const struct timeline *timeline)
{
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type == EVENT_CHIME &&
            event->start_frame + event->frames == timeline->longest_wait_start)
            return true;
    }
    return false;
}

static enum status look(struct found *found, const struct session *session,
                        const struct utterances *utterances, const int64_t *clip_frames,
                        int64_t total_frames, struct error *error)
{
    struct timeline timeline;
    const struct plan_config config = {.total_frames = total_frames,
                                       .breaths_per_minute = PLAN_BREATHS_DEFAULT};
    enum status status = plan_build(&timeline, session, utterances, clip_frames, &config, error);
    if (status)
        return status == STATUS_NO_MEMORY ? status : STATUS_OK;
    const int64_t asked = asked_before(&timeline);
    const int64_t usual = presence_wait(total_frames);
    const int64_t over = timeline.longest_wait_frames - (asked > usual ? asked : usual);
    if (over > found->over_frames && timeline.ending == ENDING_RETURN && !is_rung_in(&timeline))
        *found = (struct found){total_frames, timeline.longest_wait_frames,
                                timeline.longest_wait_start, over, place_of(session, &timeline)};
    timeline_free(&timeline);
    return STATUS_OK;
}

static void report(const struct found *found, struct diagnostics *list)
{
    struct buffer length = BUFFER_INIT, start = BUFFER_INIT;
    duration_print_clock(&length, found->total_frames);
    duration_print_clock(&start, found->start_frame);
    diagnostics_add(
        list, SEVERITY_WARNING, "long-quiet", found->place.line, found->place.column,
        "at a length of %s nothing is heard for %d s from %s on, %d s are the most there",
        length.data ? length.data : "", (int)(found->wait_frames / FRAME_RATE),
        start.data ? start.data : "", (int)(presence_wait(found->total_frames) / FRAME_RATE));
    diagnostics_hint(list, "put ~ lines under the @rest, give pauses less, or a section less time");
    list->failed |= length.failed || start.failed;
    buffer_free(&length);
    buffer_free(&start);
}

// The whole minutes from the least to the most length, thinned out to a few; and both ends.
enum status quiet_check(const struct session *session, const struct utterances *utterances,
                        const int64_t *clip_frames, struct range range, struct diagnostics *list,
                        struct error *error)
{
    struct found found = {.over_frames = TOLERANCE_FRAMES};
    const int64_t least = range.least > session->length.least ? range.least : session->length.least;
    const int64_t most = range.most < session->length.most ? range.most : session->length.most;
    const int64_t minutes = most > least ? (most - least) / MINUTE_FRAMES : 0;
    const int64_t step = (minutes / LENGTHS + 1) * MINUTE_FRAMES;
    enum status status = STATUS_OK;
    for (int64_t total = least; total < most && status == STATUS_OK; total += step)
        status = look(&found, session, utterances, clip_frames, total, error);
    THEN(status, look(&found, session, utterances, clip_frames, most, error));
    if (status == STATUS_OK && found.total_frames > 0)
        report(&found, list);
    return status;
}
