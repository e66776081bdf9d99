// SPDX-License-Identifier: GPL-3.0-or-later
// Speech goes first: it takes its time, and up to a second of the pause behind it. What else is
// told, each breath, a scene, a chime, gets what speech leaves of its own time; and where nothing
// at all is told for long, that is told.
#include "captions.h"

#include "caption_split.h"
#include "utterances.h"
#include <stdlib.h>

enum {
    SOUND_MS = 5000,     // a scene's or a quiet's cue
    SOUND_WAIT_MS = 8000 // a scene is told at most this late
};

// What could be told besides speech, and when it is true.
struct wish {
    enum cue_type type;
    int64_t start_frame, end_frame;
    struct text text;
    int section;
};

struct build {
    const struct captions_config *config;
    struct captions *captions;
    struct caption_cue *speech; // in the arena, as all below
    size_t speech_count;
    struct wish *wishes; // in order of time
    size_t wish_count;
    size_t passed;     // speech cues before this one are done with, and ...
    int64_t free_from; // ... before this frame nothing more is shown
    struct caption_cue *cues;
    size_t count;
    bool no_memory;
};

static int64_t at_ms(int64_t frame)
{
    return frame - frame % FRAMES_PER_MS;
}

static const int64_t gap = (int64_t)CAPTION_GAP_MS * FRAMES_PER_MS;
static const int64_t least = (int64_t)CAPTION_LEAST_MS * FRAMES_PER_MS;
static const int64_t most = (int64_t)CAPTION_MOST_MS * FRAMES_PER_MS;

// ---- Speech -------------------------------------------------------------------------------------

static size_t count_pieces(struct text shown)
{
    size_t count = 1;
    for (size_t i = 0; i < shown.size; i++)
        count += shown.data[i] == ' ';
    return count;
}

static const struct utterance *utterance_of(const struct build *build, const struct event *event)
{
    return &build->config->utterances->items[event->as.speech.utterance];
}

// The words of the piece, placed in the session and in the cue.
static void add_words(struct build *build, struct caption_cue *cue, const struct caption_clip *clip,
                      struct caption_piece piece, int64_t clip_start)
{
    struct caption_word *words =
        arena_array(&build->captions->arena, clip->word_count + 1, sizeof *words);
    build->no_memory |= !words;
    for (size_t i = 0; words && i < clip->word_count; i++) {
        const struct caption_word *word = &clip->words[i];
        if (word->first < piece.first || word->first + word->size > piece.first + piece.size)
            continue;
        words[cue->word_count++] = (struct caption_word){clip_start + word->start_frame,
                                                         word->first - piece.first, word->size};
    }
    cue->words = words;
}

static void add_speech(struct build *build, const struct event *event)
{
    const struct text shown = utterance_of(build, event)->shown;
    const struct caption_clip *clip = &build->config->clips[event->as.speech.utterance];
    const size_t room = count_pieces(shown);
    struct caption_piece *pieces = calloc(room, sizeof *pieces);
    build->no_memory |= !pieces;
    size_t count = pieces ? caption_split(pieces, room, shown, clip) : 0;
    for (size_t i = 0; i < count; i++) {
        struct caption_cue *cue = &build->speech[build->speech_count++];
        size_t end = pieces[i].first + pieces[i].size;
        *cue = (struct caption_cue){
            .type = CUE_SPEECH,
            .start_frame = at_ms(event->start_frame + caption_time(clip, shown, pieces[i].first)),
            .end_frame = event->start_frame + caption_time(clip, shown, end),
            .text = text_head(text_skip(shown, pieces[i].first), pieces[i].size),
            .section = event->section,
            .continues = i > 0,
        };
        add_words(build, cue, clip, pieces[i], event->start_frame);
    }
    free(pieces);
}

static void add_all_speech(struct build *build)
{
    const struct timeline *timeline = build->config->timeline;
    size_t room = 0;
    for (size_t i = 0; i < timeline->event_count; i++)
        if (timeline->events[i].type == EVENT_SPEECH)
            room += count_pieces(utterance_of(build, &timeline->events[i])->shown);
    build->speech = arena_array(&build->captions->arena, room + 1, sizeof *build->speech);
    build->no_memory |= !build->speech;
    for (size_t i = 0; !build->no_memory && i < timeline->event_count; i++)
        if (timeline->events[i].type == EVENT_SPEECH)
            add_speech(build, &timeline->events[i]);
}

// Where a breath is to be told from `frame` on: the start of the first one behind it, or `frame`
// itself in the midst of one. `*from` is where the last search ended.
static int64_t next_breath(const struct build *build, int64_t frame, size_t *from)
{
    for (; *from < build->wish_count; ++*from) {
        const struct wish *wish = &build->wishes[*from];
        if (wish->type == CUE_BREATH && wish->end_frame > frame)
            return wish->start_frame > frame ? wish->start_frame : frame;
    }
    return build->config->timeline->total_frames;
}

// How long the cue is of use, if nothing follows.
static int64_t wanted_end(const struct caption_cue *cue, int64_t next_breath)
{
    int64_t end = cue->end_frame + frames_from_ms(CAPTION_LINGER_MS);
    end = end < next_breath - gap ? end : next_breath - gap;
    end = end > cue->end_frame ? end : cue->end_frame;
    end = end < cue->start_frame + most ? end : cue->start_frame + most;
    return end > cue->start_frame + least ? end : cue->start_frame + least;
}

// Let each cue stand as long as it can be of use, and not into what comes next.
static void set_ends(struct build *build)
{
    size_t breath = 0;
    for (size_t i = 0; i < build->speech_count; i++) {
        struct caption_cue *cue = &build->speech[i], *next = cue + 1;
        int64_t end = wanted_end(cue, next_breath(build, cue->end_frame, &breath));
        int64_t limit = build->config->timeline->total_frames;
        if (i + 1 < build->speech_count) {
            // Even words that are said at once are shown one after the other.
            if (next->start_frame <= cue->start_frame)
                next->start_frame = cue->start_frame + FRAMES_PER_MS;
            limit = next->start_frame - gap;
            limit = limit > cue->start_frame ? limit : next->start_frame;
        }
        cue->end_frame = at_ms(end < limit ? end : limit);
    }
}

// ---- Wishes -------------------------------------------------------------------------------------

static void add_wish(struct build *build, struct wish wish)
{
    if (wish.text.size > 0)
        build->wishes[build->wish_count++] = wish;
}

static struct text phase_text(const struct words *words, enum breath_phase phase)
{
    return phase == BREATH_IN    ? words->caption_in
           : phase == BREATH_OUT ? words->caption_out
                                 : words->caption_hold;
}

// Two sips of one breath are one wish.
static void add_breath(struct build *build, const struct event *event, const struct words *words)
{
    struct text text = phase_text(words, event->as.breath.phase);
    int64_t end = event->start_frame + event->frames;
    struct wish *last = build->wish_count > 0 ? &build->wishes[build->wish_count - 1] : NULL;
    if (last && last->type == CUE_BREATH && last->text.data == text.data &&
        last->end_frame == event->start_frame)
        last->end_frame = end;
    else
        add_wish(build, (struct wish){CUE_BREATH, event->start_frame, end, text, event->section});
}

// Only the first touch after a bout is told of, anywhere in it.
static void add_swell(struct build *build, const struct event *event, const struct words *words,
                      bool told)
{
    int64_t end = event->start_frame + event->frames;
    struct wish *last = build->wish_count > 0 ? &build->wishes[build->wish_count - 1] : NULL;
    if (!told)
        add_wish(build, (struct wish){CUE_SWELL, event->start_frame, end, words->caption_swell,
                                      event->section});
    else if (last && last->type == CUE_SWELL && last->end_frame == event->start_frame)
        last->end_frame = end;
}

static void add_wishes(struct build *build)
{
    const struct captions_config *config = build->config;
    const struct timeline *timeline = config->timeline;
    const struct words *words = &timeline->session->words;
    const int64_t wait = frames_from_ms(SOUND_WAIT_MS);
    build->wishes =
        arena_array(&build->captions->arena, timeline->event_count + 1, sizeof *build->wishes);
    build->no_memory |= !build->wishes;
    if (build->no_memory)
        return;
    struct text scene = config->scene;
    bool told = true; // of the last bout, that its breath goes on
    add_wish(build, (struct wish){CUE_SOUND, 0, wait, words_scene(words, scene), 0});
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        int64_t start = event->start_frame;
        if (event->type == EVENT_BREATH) {
            add_breath(build, event, words);
            told = false;
        } else if (event->type == EVENT_SWELL) {
            add_swell(build, event, words, told);
            told = true;
        } else if (event->type == EVENT_CHIME) {
            add_wish(build, (struct wish){CUE_SOUND, start, start + event->frames,
                                          words->caption_chime, event->section});
        } else if (event->type == EVENT_SCENE && scene.size > 0 && !config->scene_stays &&
                   !text_equal(event->as.scene.name, scene)) {
            scene = event->as.scene.name;
            add_wish(build, (struct wish){CUE_SOUND, start, start + wait, words_scene(words, scene),
                                          event->section});
        }
    }
}

// ---- Putting together ---------------------------------------------------------------------------

// How long it takes to read, in its brackets, at least.
static int64_t reading_frames(struct text text)
{
    int64_t characters = (int64_t)text_length(text) + 2;
    int64_t frames = frames_from_ms(1 + characters * 1000 / CAPTION_SPEED);
    return frames > least ? frames : least;
}

// From where on nothing is shown for `room` frames, at or behind `start`. Speech that is passed
// on the way is not looked at again: what is wished for comes in order.
static int64_t find_room(struct build *build, int64_t start, int64_t room)
{
    for (; build->passed < build->speech_count; build->passed++) {
        const struct caption_cue *speech = &build->speech[build->passed];
        start = start > build->free_from ? start : build->free_from;
        if (speech->start_frame - gap >= start + room)
            break;
        build->free_from = speech->end_frame + gap;
    }
    start = start > build->free_from ? start : build->free_from;
    return at_ms(start + FRAMES_PER_MS - 1);
}

// Put the wish where speech leaves room for it, before `until`.
static void grant(struct build *build, const struct wish *wish, int64_t until)
{
    const int64_t room = reading_frames(wish->text);
    const int64_t start = find_room(build, wish->start_frame, room);
    const int64_t longest = wish->type == CUE_BREATH ? most : frames_from_ms(SOUND_MS);
    int64_t end = wish->end_frame < until ? wish->end_frame : until;
    if (build->passed < build->speech_count) {
        int64_t speech = build->speech[build->passed].start_frame - gap;
        end = end < speech ? end : speech;
    }
    end = at_ms(end < start + longest ? end : start + longest);
    if (end - start < room)
        return;
    const struct words *words = &build->config->timeline->session->words;
    build->cues[build->count++] =
        (struct caption_cue){.type = wish->type,
                             .start_frame = start,
                             .end_frame = end,
                             .text = wish->text,
                             .inhales = wish->text.data == words->caption_in.data,
                             .section = wish->section};
    build->free_from = end + gap;
}

static void grant_wishes(struct build *build)
{
    const int64_t total = build->config->timeline->total_frames;
    for (size_t i = 0; i < build->wish_count; i++) {
        int64_t next = i + 1 < build->wish_count ? build->wishes[i + 1].start_frame - gap : total;
        grant(build, &build->wishes[i], next < total ? next : total);
    }
}

static int by_start(const void *a, const void *b)
{
    const struct caption_cue *one = a, *other = b;
    return (one->start_frame > other->start_frame) - (one->start_frame < other->start_frame);
}

// The quiet between two cues, or behind the last.
static void add_quiet(struct build *build, const struct caption_cue *before, int64_t until)
{
    const struct words *words = &build->config->timeline->session->words;
    int64_t start = before->end_frame + gap;
    if (until - start < frames_from_ms(CAPTION_QUIET_MS))
        return;
    struct buffer buffer = BUFFER_INIT;
    words_quiet(words, until - before->end_frame, &buffer);
    struct text text = arena_copy(&build->captions->arena, buffer_text(&buffer));
    build->no_memory |= buffer.failed || !text.data;
    buffer_free(&buffer);
    build->cues[build->count++] =
        (struct caption_cue){.type = CUE_QUIET,
                             .start_frame = start,
                             .end_frame = start + frames_from_ms(SOUND_MS),
                             .text = text,
                             .section = before->section};
}

static void put_together(struct build *build)
{
    const size_t room = 2 * (build->speech_count + build->wish_count) + 1;
    build->cues = arena_array(&build->captions->arena, room, sizeof *build->cues);
    build->no_memory |= !build->cues;
    if (build->no_memory)
        return;
    grant_wishes(build);
    for (size_t i = 0; i < build->speech_count; i++)
        build->cues[build->count++] = build->speech[i];
    qsort(build->cues, build->count, sizeof *build->cues, by_start);
    const size_t told = build->count;
    for (size_t i = 0; i < told; i++)
        add_quiet(build, &build->cues[i],
                  i + 1 < told ? build->cues[i + 1].start_frame
                               : build->config->timeline->total_frames);
    qsort(build->cues, build->count, sizeof *build->cues, by_start);
}

enum status captions_build(struct captions *captions, const struct captions_config *config,
                           struct error *error)
{
    *captions = (struct captions){.arena = ARENA_INIT};
    struct build build = {.config = config, .captions = captions};
    add_all_speech(&build);
    add_wishes(&build);
    if (!build.no_memory) {
        set_ends(&build);
        put_together(&build);
    }
    if (build.no_memory) {
        captions_free(captions);
        return error_no_memory(error);
    }
    captions->cues = build.cues;
    captions->count = build.count;
    return STATUS_OK;
}

void captions_free(struct captions *captions)
{
    arena_free(&captions->arena);
    *captions = (struct captions){.arena = ARENA_INIT};
}
