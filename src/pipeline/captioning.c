// SPDX-License-Identifier: GPL-3.0-or-later
// The planned events, the lengths of the clips and the words in them are handed to the captions.
#include "captioning.h"

#include "captions_print.h"
#include "session_tags.h"
#include <stdlib.h>

// The clips as the captions want them: their words are those of the bank.
static struct caption_clip *list_clips(struct arena *arena, const struct clip_bank *bank)
{
    struct caption_clip *clips = arena_array(arena, bank->count + 1, sizeof *clips);
    for (size_t i = 0; clips && i < bank->count; i++) {
        const struct clip *clip = &bank->clips[i];
        struct caption_word *words = arena_array(arena, clip->mark_count + 1, sizeof *words);
        if (!words)
            return NULL;
        for (size_t k = 0; k < clip->mark_count; k++)
            words[k] = (struct caption_word){clip->marks[k].start_frame, clip->marks[k].first,
                                             clip->marks[k].size};
        clips[i] = (struct caption_clip){clip->frames, words, clip->mark_count};
    }
    return clips;
}

enum status captioning_build(struct captions *captions, struct arena *arena,
                             const struct pipeline *pipeline, struct error *error)
{
    const struct settings *settings = pipeline->settings;
    const struct captions_config config = {
        .timeline = &pipeline->timeline,
        .utterances = &pipeline->utterances,
        .clips = list_clips(arena, &pipeline->speech.bank),
        .scene = settings->what.no_scene ? text_from("")
                 : settings->what.scene  ? text_from(settings->what.scene)
                                         : pipeline->session.scene,
        .scene_stays = settings->what.scene,
    };
    return config.clips ? captions_build(captions, &config, error) : error_no_memory(error);
}

static void print(struct buffer *out, enum caption_format format, const struct captions *captions,
                  const struct captions_head *head, const struct timeline *timeline)
{
    switch (format) {
    case CAPTION_VTT:
        captions_print_vtt(captions, head, out);
        return;
    case CAPTION_SRT:
        captions_print_srt(captions, out);
        return;
    case CAPTION_LRC:
        captions_print_lrc(captions, head, timeline, out);
        return;
    case CAPTION_TRANSCRIPT:
        captions_print_transcript(captions, head, timeline, out);
        return;
    }
}

enum status captioning_print(struct buffer *out, enum caption_format format,
                             const struct pipeline *pipeline, struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct captions captions = {.arena = ARENA_INIT};
    struct tags tags;
    enum status status =
        session_tags_build(&tags, &arena, &pipeline->timeline, &pipeline->utterances, error);
    THEN(status, captioning_build(&captions, &arena, pipeline, error));
    if (status == STATUS_OK) {
        const struct captions_head head = {tags.title, tags.language, tags.notice};
        print(out, format, &captions, &head, &pipeline->timeline);
    }
    captions_free(&captions);
    arena_free(&arena);
    return status;
}
