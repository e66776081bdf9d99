// SPDX-License-Identifier: GPL-3.0-or-later
// Stretches without voice are collected, and lines are said in turn where there is room.
#include "filler.h"

#include "presence.h"
#include "utterances.h"

#define QUIET_LEAST ((int64_t)6 * FRAME_RATE) // on both sides of a line

const struct node filler_line = {.type = NODE_LINE, .level = LEVEL_PRESENCE};

size_t filler_most(const struct utterances *utterances, int64_t total_frames)
{
    return utterances->filler_count > 0 ? (size_t)(total_frames / PRESENCE_SPACING) + 1 : 0;
}

// Whether `next` goes on where `last` ends.
static bool continues(const struct filler_stretch *last, const struct filler_stretch *next)
{
    return last->end == next->start && last->block == next->block && last->side == next->side &&
           last->section == next->section;
}

// One that is too many is left out.
void filler_add(struct filler *filler, struct filler_stretch stretch, bool is_wanted)
{
    struct filler_stretch *last =
        filler->stretch_count > 0 ? &filler->stretches[filler->stretch_count - 1] : NULL;
    if (stretch.end <= stretch.start)
        return;
    filler->wanted = filler->wanted || is_wanted;
    if (last && continues(last, &stretch))
        last->end = stretch.end;
    else if (filler->stretch_count < FILLER_STRETCHES_MAX)
        filler->stretches[filler->stretch_count++] = stretch;
}

// The line whose turn it is `ahead` lines from now.
static int turn(const struct filler *filler, size_t ahead)
{
    const struct utterances *u = filler->utterances;
    return u->filler[(filler->said + ahead) % u->filler_count];
}

// Whether one line more than `count` has room. A single one needs no more than quiet around it.
static bool has_room(const struct filler *filler, int64_t silence, size_t count)
{
    if (count == 0)
        return silence >= filler->clip_frames[turn(filler, 0)] + 2 * QUIET_LEAST;
    return silence >= (int64_t)(count + 2) * PRESENCE_SPACING;
}

// How many lines part this silence so that no piece of it is too long; fewer where they would
// crowd. *clips_frames is what they take.
static size_t lines_needed(const struct filler *filler, int64_t silence, int64_t *clips_frames)
{
    size_t count = 0;
    int64_t clips = 0;
    while (silence - clips > (int64_t)(count + 1) * filler->wait_frames &&
           has_room(filler, silence, count))
        clips += filler->clip_frames[turn(filler, count++)];
    *clips_frames = clips;
    return count;
}

// The first stretch that holds a clip at `wanted` or, at its start, later; else at the end of the
// last.
static const struct filler_stretch *choose(const struct filler *filler, int64_t wanted,
                                           int64_t clip, int64_t *start)
{
    const struct filler_stretch *stretch = filler->stretches;
    const struct filler_stretch *last = stretch + filler->stretch_count - 1;
    while (stretch < last && (stretch->end - clip < wanted || stretch->end - stretch->start < clip))
        stretch++;
    *start = wanted < stretch->end - clip ? wanted : stretch->end - clip;
    *start = *start > stretch->start ? *start : stretch->start;
    return *start + clip <= stretch->end ? stretch : NULL;
}

static size_t part(struct filler *filler, struct event *events, int64_t until)
{
    const int64_t begin = filler->heard;
    int64_t clips, before = 0;
    const size_t count = lines_needed(filler, until - begin, &clips);
    size_t made = 0;
    for (size_t i = 0; i < count; i++) {
        const int utterance = turn(filler, 0);
        const int64_t clip = filler->clip_frames[utterance];
        int64_t start;
        int64_t wanted = begin + presence_start(until - begin, clips, (int)count, (int)i, before);
        if (wanted < filler->heard + QUIET_LEAST)
            wanted = filler->heard + QUIET_LEAST;
        const struct filler_stretch *stretch = choose(filler, wanted, clip, &start);
        before += clip;
        if (!stretch || start < filler->heard + QUIET_LEAST || start + clip + QUIET_LEAST > until)
            continue;
        events[made++] = (struct event){.type = EVENT_SPEECH,
                                        .start_frame = start,
                                        .frames = clip,
                                        .section = stretch->section,
                                        .side = stretch->side,
                                        .as.speech = {&filler_line, utterance, LEVEL_PRESENCE}};
        filler->heard = start + clip;
        filler->said++;
    }
    return made;
}

size_t filler_fill(struct filler *filler, struct event *events, int64_t start, int64_t end)
{
    size_t made = 0;
    if (filler->wanted && filler->utterances->filler_count > 0 && start > filler->heard)
        made = part(filler, events, start);
    filler->heard = end > filler->heard ? end : filler->heard;
    filler->stretch_count = 0;
    filler->wanted = false;
    return made;
}
