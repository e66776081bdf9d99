// SPDX-License-Identifier: GPL-3.0-or-later
// The closing lines are prepared while a session plays, and fitted in when the listener leaves.
#include "graceful_stop.h"

#include "closing_lines.h"
#include "utterances.h"

static int64_t consumed_frames(const struct transport *transport)
{
    return atomic_load(&speaker_memory(transport->speaker)->counters.consumed_frames);
}

// The timeline with the closing words takes the place of the one being played. While the feed is
// held.
static enum status take_words(struct graceful_stop *stop, struct pipeline *pipeline,
                              struct renderer *renderer, int64_t from_frame)
{
    int utterance = pipeline->utterances.closing;
    struct closing_lines_config config = {
        .from_frame =
            from_frame < renderer->rendered_frames ? from_frame : renderer->rendered_frames,
        .clip_frames = pipeline->speech.bank.clips[utterance].frames,
        .fade_frames = frames_from_ms(CLOSING_LINES_FADE_MS),
        .utterance = utterance,
    };
    enum status status =
        closing_lines_build(&stop->timeline, &stop->fade_frame, &pipeline->timeline, &config, NULL);
    if (status != STATUS_OK)
        return status;
    status =
        renderer_change(renderer, &stop->timeline, &pipeline->speech.bank, config.from_frame, NULL);
    if (status != STATUS_OK)
        timeline_free(&stop->timeline);
    stop->from_frame = config.from_frame;
    return status;
}

// The words to read, behind what was told already. What sounds goes on, and fades; should there be
// no memory, what is seen does, too.
static void show_words(struct graceful_stop *stop, struct pipeline *pipeline,
                       const struct transport *transport)
{
    int utterance = pipeline->utterances.closing;
    const struct closing_lines_config config = {
        .from_frame = transport->heard_frames + 1,
        .clip_frames = pipeline->speech.bank.clips[utterance].frames,
        .utterance = utterance,
    };
    (void)closing_lines_build_unspoken(&stop->timeline, &pipeline->timeline, &config, NULL);
}

void graceful_stop_begin(struct graceful_stop *stop, struct pipeline *pipeline,
                         struct renderer *renderer, struct transport *transport, bool speak)
{
    bool has_words =
        pipeline->timeline.event_count > 0 && pipeline->utterances.closing != UTTERANCE_NONE;
    if (has_words && speak) {
        renderer_hold(renderer);
        stop->begun =
            take_words(stop, pipeline, renderer, renderer_next_frame(renderer)) == STATUS_OK;
        renderer_release(renderer);
    } else if (has_words) {
        show_words(stop, pipeline, transport);
    }
    if (!stop->begun)
        transport_close(transport, CLOSING_LINES_FADE_MS);
}

void graceful_stop_look(const struct graceful_stop *stop, struct transport *transport)
{
    if (stop->begun && !transport_is_closing(transport) &&
        consumed_frames(transport) >= stop->fade_frame)
        transport_close(transport, CLOSING_LINES_FADE_MS);
}

void graceful_stop_free(struct graceful_stop *stop)
{
    timeline_free(&stop->timeline);
    *stop = (struct graceful_stop){.begun = false};
}
