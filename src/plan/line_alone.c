// SPDX-License-Identifier: GPL-3.0-or-later
// A timeline of one or two clips, written down by hand.
#include "line_alone.h"

#include "figures.h"

#define LEAD ((int64_t)FRAME_RATE * 3 / 2)
#define GAP ((int64_t)FRAME_RATE)
#define TAIL ((int64_t)2 * FRAME_RATE)

void line_alone_keep(struct utterances *utterances, const struct found_line *line)
{
    const enum side none[] = {SIDE_NONE};
    const enum side *sides = line->sides ? line->sides->as.sides.order : none;
    struct utterance kept[2];
    int *index = &utterances->by_line[line->node->as.line.index * SIDE_COUNT];
    size_t count = 0;
    int before = UTTERANCE_NONE;
    for (int i = 0; i < (line->sides ? 2 : 1); i++) {
        const int utterance = index[sides[i]];
        if (utterance == UTTERANCE_NONE || utterance == before)
            continue; // not on this side, or the same words
        kept[count++] = utterances->items[utterance];
        before = utterance;
    }
    for (size_t i = 0; i < count; i++)
        utterances->items[i] = kept[i];
    utterances->count = count;
    utterances->cue_in = utterances->cue_out = utterances->closing = UTTERANCE_NONE;
    utterances->filler_count = 0;
}

static void add_line(struct timeline *timeline, const struct found_line *line, int clip,
                     int64_t frames)
{
    const bool second = timeline->event_count > 1 || line->node->pass == PASS_SECOND;
    const enum side side = line->sides ? line->sides->as.sides.order[second] : SIDE_NONE;
    timeline->events[timeline->event_count++] =
        (struct event){.type = EVENT_SPEECH,
                       .start_frame = timeline->total_frames,
                       .frames = frames,
                       .section = line->section,
                       .side = side,
                       .as.speech = {line->node, clip, line->node->level}};
    timeline->total_frames += frames + GAP;
    timeline->speech_frames += frames;
}

enum status line_alone_build(struct timeline *timeline, const struct session *session,
                             const struct found_line *line, const int64_t *clip_frames,
                             size_t clip_count, struct error *error)
{
    *timeline = (struct timeline){.session = session,
                                  .ending = ENDING_RETURN,
                                  .total_frames = LEAD,
                                  .lead_frames = LEAD,
                                  .tail_frames = TAIL};
    timeline->events = arena_array(&timeline->arena, clip_count + 1, sizeof *timeline->events);
    if (!timeline->events)
        return error_no_memory(error);
    timeline->events[timeline->event_count++] =
        (struct event){.type = EVENT_SECTION, .section = line->section};
    for (size_t i = 0; i < clip_count; i++)
        add_line(timeline, line, (int)i, clip_frames[i]);
    timeline->total_frames += TAIL - GAP;
    timeline->events[0].frames = timeline->total_frames;
    figures_find_wait(timeline);
    return STATUS_OK;
}
