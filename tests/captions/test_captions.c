// SPDX-License-Identifier: GPL-3.0-or-later
// Captions of every shipped session at several lengths, with and without word times, held to the
// measures that captions.h states; and what each format makes of a few cues.
#include "captions_print.h"

#include "caption_split.h"
#include "pace.h"
#include "plan.h"
#include "session_load.h"
#include "utterances.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MS(n) ((int64_t)(n)*FRAMES_PER_MS)

// ---- Every session ------------------------------------------------------------------------------

struct tally {
    size_t sessions, timelines, cues, breaths, quiet, fast, short_ones;
    double fastest; // characters a second
};

// A session laid out with clips of guessed lengths.
struct score {
    struct session session;
    struct utterances utterances;
    int64_t *frames; // [utterances.count]
    struct caption_clip *clips;
    struct timeline timeline;
    struct captions captions;
};

// A mark for each word but every seventh, evenly.
static void mark_words(struct caption_clip *clip, struct text shown)
{
    struct caption_word *words = calloc(shown.size + 1, sizeof *words);
    assert_non_null(words);
    for (size_t at = 0, number = 0; at < shown.size; number++) {
        size_t size = text_find(text_skip(shown, at), ' ');
        if (number % 7 != 6)
            words[clip->word_count++] = (struct caption_word){
                MS(25) + (clip->frames - MS(50)) * (int64_t)at / (int64_t)shown.size, at, size};
        at += size + 1;
    }
    clip->words = words;
}

static void build(struct score *s, const char *path, int64_t length, bool marks)
{
    static const struct session_source source = {.scripts_dir = LOOSEN_SOURCE_DIR "/scripts"};
    struct diagnostics list;
    diagnostics_init(&list, path);
    assert_int_equal(session_load(&s->session, path, &source, &list, NULL), STATUS_OK);
    diagnostics_free(&list);
    length = length == 0   ? s->session.natural
             : length == 1 ? s->session.length.most
                           : s->session.length.least;
    assert_int_equal(utterances_build(&s->utterances, &s->session, length, NULL), STATUS_OK);
    s->frames = calloc(s->utterances.count + 1, sizeof *s->frames);
    s->clips = calloc(s->utterances.count + 1, sizeof *s->clips);
    assert_true(s->frames && s->clips);
    for (size_t i = 0; i < s->utterances.count; i++) {
        s->frames[i] = pace_guess_clip(s->utterances.items[i].spoken);
        s->clips[i].frames = s->frames[i];
        if (marks)
            mark_words(&s->clips[i], s->utterances.items[i].shown);
    }
    struct plan_config plan = {.breaths_per_minute = PLAN_BREATHS_DEFAULT};
    struct range range; // with guessed clips it may be another than the header's
    assert_int_equal(plan_range(&range, &s->session, &s->utterances, s->frames, &plan, NULL),
                     STATUS_OK);
    plan.total_frames = length < range.least ? range.least : length;
    assert_int_equal(plan_build(&s->timeline, &s->session, &s->utterances, s->frames, &plan, NULL),
                     STATUS_OK);
    const struct captions_config config = {.timeline = &s->timeline,
                                           .utterances = &s->utterances,
                                           .clips = s->clips,
                                           .scene = s->session.scene};
    assert_int_equal(captions_build(&s->captions, &config, NULL), STATUS_OK);
}

static void release(struct score *s)
{
    for (size_t i = 0; i < s->utterances.count; i++)
        free((void *)(uintptr_t)s->clips[i].words);
    free(s->clips);
    free(s->frames);
    captions_free(&s->captions);
    timeline_free(&s->timeline);
    utterances_free(&s->utterances);
    session_free(&s->session);
}

static void check_lines(struct text view)
{
    size_t lines = 0;
    for (struct text rest = view; rest.size > 0; lines++) {
        struct text line = caption_line(&rest);
        assert_true(text_length(line) <= CAPTION_LINE_MOST);
        assert_true(line.data + line.size == view.data + view.size ||
                    line.data[line.size] == ' '); // no word is broken
    }
    assert_in_range(lines, 1, 2);
}

static void check_cue(const struct score *s, size_t index, struct tally *tally)
{
    const struct caption_cue *cue = &s->captions.cues[index];
    const int64_t lasts = cue->end_frame - cue->start_frame;
    assert_true(cue->start_frame >= 0 && cue->start_frame % FRAMES_PER_MS == 0);
    assert_true(cue->end_frame <= s->timeline.total_frames && cue->end_frame % FRAMES_PER_MS == 0);
    assert_true(lasts <= MS(CAPTION_MOST_MS));
    assert_true(lasts > 0);
    if (index > 0)
        assert_true(cue->start_frame >= cue[-1].end_frame + MS(CAPTION_GAP_MS));
    assert_in_range(cue->section, 0, s->session.section_count - 1);
    check_lines(cue->text);
    double pace = (double)text_length(cue->text) / seconds_from_frames(lasts);
    tally->fastest = pace > tally->fastest ? pace : tally->fastest;
    tally->fast += pace > 17;
    tally->short_ones += lasts < MS(CAPTION_LEAST_MS);
    tally->breaths += cue->type == CUE_BREATH;
    tally->quiet += cue->type == CUE_QUIET;
    for (size_t i = 0; i < cue->word_count; i++) {
        assert_true(cue->words[i].first + cue->words[i].size <= cue->text.size);
        assert_true(cue->words[i].start_frame >= cue->start_frame);
        assert_true(i == 0 || cue->words[i].start_frame > cue->words[i - 1].start_frame);
    }
    tally->cues++;
}

// What is shown of speech is what is spoken, all of it, in its order and when it is spoken.
static void check_text(const struct score *s)
{
    struct buffer spoken = BUFFER_INIT, shown = BUFFER_INIT;
    const struct caption_cue *cue = s->captions.cues, *end = cue + s->captions.count;
    for (size_t i = 0; i < s->timeline.event_count; i++) {
        const struct event *event = &s->timeline.events[i];
        if (event->type != EVENT_SPEECH)
            continue;
        struct text text = s->utterances.items[event->as.speech.utterance].shown;
        buffer_add(&spoken, text);
        buffer_add_byte(&spoken, ' ');
        while (cue < end && shown.size < spoken.size) {
            if (cue->type == CUE_SPEECH) {
                assert_true(cue->start_frame >= event->start_frame - FRAMES_PER_MS);
                assert_true(cue->start_frame < event->start_frame + event->frames);
                buffer_add(&shown, cue->text);
                buffer_add_byte(&shown, ' ');
            }
            cue++;
        }
        assert_true(text_equal(buffer_text(&spoken), buffer_text(&shown)));
    }
    while (cue < end)
        assert_int_not_equal((cue++)->type, CUE_SPEECH);
    buffer_free(&spoken);
    buffer_free(&shown);
}

static const struct caption_cue *cue_at(const struct captions *captions, int64_t frame)
{
    for (size_t i = 0; i < captions->count; i++)
        if (captions->cues[i].start_frame <= frame && frame < captions->cues[i].end_frame)
            return &captions->cues[i];
    return NULL;
}

// In the midst of every phase of a breath of 2.5 s or more, either that phase or speech is told.
static void check_breaths(const struct score *s)
{
    const struct words *words = &s->session.words;
    for (size_t i = 0; i < s->timeline.event_count; i++) {
        const struct event *event = &s->timeline.events[i];
        if (event->type != EVENT_BREATH || event->frames < MS(2500))
            continue;
        const struct caption_cue *cue =
            cue_at(&s->captions, event->start_frame + event->frames * 3 / 4);
        assert_non_null(cue);
        struct text expected = event->as.breath.phase == BREATH_IN    ? words->caption_in
                               : event->as.breath.phase == BREATH_OUT ? words->caption_out
                                                                      : words->caption_hold;
        assert_true(cue->type == CUE_SPEECH || text_equal(cue->text, expected));
    }
}

// No stretch of 46 s or more passes without a word on it.
static void check_quiet(const struct score *s)
{
    int64_t end = 0;
    for (size_t i = 0; i < s->captions.count; i++) {
        const struct caption_cue *cue = &s->captions.cues[i];
        bool told = i > 0 && cue[-1].type == CUE_QUIET;
        assert_true(told || cue->start_frame - end <= MS(CAPTION_QUIET_MS + 2 * CAPTION_GAP_MS));
        end = cue->end_frame;
    }
}

static void judge(const char *path, int64_t length, bool marks, struct tally *tally)
{
    struct score s = {.frames = NULL};
    build(&s, path, length, marks);
    for (size_t i = 0; i < s.captions.count; i++)
        check_cue(&s, i, tally);
    check_text(&s);
    check_breaths(&s);
    check_quiet(&s);
    assert_true(s.captions.count > 10);
    assert_int_equal(s.captions.cues[0].type, CUE_SOUND); // the scene
    tally->timelines++;
    release(&s);
}

static void judge_language(const char *language, struct tally *tally)
{
    char folder_path[512], path[1024];
    snprintf(folder_path, sizeof folder_path, LOOSEN_SOURCE_DIR "/scripts/%s", language);
    DIR *folder = opendir(folder_path);
    assert_non_null(folder);
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        const char *ending = strstr(entry->d_name, ".session");
        if (!ending || ending[8])
            continue;
        snprintf(path, sizeof path, "%s/%s", folder_path, entry->d_name);
        for (int64_t length = 0; length < 3; length++) {
            judge(path, length, false, tally);
            judge(path, length, true, tally);
        }
        tally->sessions++;
    }
    assert_int_equal(closedir(folder), 0);
}

static void test_every_session(void **state)
{
    (void)state;
    struct tally tally = {0};
    judge_language("en", &tally);
    judge_language("de", &tally);
    print_message("%zu sessions, %zu timelines, %zu cues (%zu breath, %zu quiet): at most %.1f "
                  "characters a second, %zu over 17, %zu under a second\n",
                  tally.sessions, tally.timelines, tally.cues, tally.breaths, tally.quiet,
                  tally.fastest, tally.fast, tally.short_ones);
    assert_true(tally.sessions >= 12);
    assert_true(tally.breaths > 1000 && tally.quiet > 20);
    assert_int_equal(tally.short_ones, 0);
    assert_int_equal(tally.fast, 0);
}

// Each scene that is shipped can be told in each language.
static void test_every_scene(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "de"};
    for (size_t i = 0; i < 2; i++) {
        char path[512];
        struct score s = {.frames = NULL};
        snprintf(path, sizeof path, LOOSEN_SOURCE_DIR "/scripts/%s/slow-tide.session",
                 languages[i]);
        build(&s, path, 0, false);
        DIR *folder = opendir(LOOSEN_SOURCE_DIR "/audio");
        assert_non_null(folder);
        size_t scenes = 0;
        for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
            const char *ending = strstr(entry->d_name, ".scene");
            if (!ending || ending[6])
                continue;
            struct text name = text_head(text_from(entry->d_name), ending - entry->d_name);
            if (words_scene(&s.session.words, name).size == 0)
                fail_msg("%s/words has no caption-scene %.*s", languages[i], TEXT_ARG(name));
            scenes++;
        }
        assert_true(scenes >= 6);
        assert_int_equal(closedir(folder), 0);
        release(&s);
    }
}

// ---- Cutting ------------------------------------------------------------------------------------

// The pieces of `shown`, spoken in `ms`, with a bar between them.
static void expect_pieces(const char *shown, int64_t ms, const char *expected)
{
    struct caption_piece pieces[64];
    const struct caption_clip clip = {.frames = MS(ms)};
    struct buffer out = BUFFER_INIT;
    size_t count = caption_split(pieces, 64, text_from(shown), &clip);
    for (size_t i = 0; i < count; i++) {
        buffer_add_c(&out, i > 0 ? "|" : "");
        buffer_add(&out, text_head(text_skip(text_from(shown), pieces[i].first), pieces[i].size));
    }
    assert_string_equal(out.data, expected);
    buffer_free(&out);
}

static void test_cutting(void **state)
{
    (void)state;
    expect_pieces("One sentence. Another one.", 4000, "One sentence.|Another one.");
    expect_pieces("Good. \xE2\x80\x9CIs it?\xE2\x80\x9D It is, e.g. so.", 9000,
                  "Good.|\xE2\x80\x9CIs it?\xE2\x80\x9D|It is, e.g. so.");
    // What is said in less than a second joins what follows.
    expect_pieces("Good. And now the other side.", 4000, "Good. And now the other side.");
    expect_pieces("Let it go. Now. Rest.", 2600, "Let it go.|Now. Rest.");
    // 86 characters: not in two lines of 42; cut behind the comma that is nearest to the middle.
    expect_pieces("Let the weight of the whole leg, from the hip to the heel, sink down a little "
                  "and rest now.",
                  6900,
                  "Let the weight of the whole leg,|from the hip to the heel, sink down a little "
                  "and rest now.");
    // 8 s are too long for one cue.
    expect_pieces("Slowly, one after the other.", 8000, "Slowly,|one after the other.");
    expect_pieces("Donaudampfschifffahrtsgesellschaftskapitaenswitwenrente", 9000,
                  "Donaudampfschifffahrtsgesellschaftskapitaenswitwenrente");
}

// Better where the time is known than exactly in the middle.
static void test_cut_at_mark(void **state)
{
    (void)state;
    static const struct caption_word known[] = {{MS(25), 0, 4}, {MS(2000), 5, 4}};
    const struct caption_clip marked = {MS(8000), known, 2}, bare = {MS(8000), NULL, 0};
    const struct text shown = TEXT("aaaa bbbb cccc dddd");
    struct caption_piece pieces[8];
    assert_int_equal(caption_split(pieces, 8, shown, &bare), 2);
    assert_int_equal(pieces[1].first, 10);
    assert_int_equal(caption_split(pieces, 8, shown, &marked), 2);
    assert_int_equal(pieces[1].first, 5);
}

// The lines of `view`, with a bar between them.
static void expect_lines(const char *view, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    for (struct text rest = text_from(view); rest.size > 0;) {
        buffer_add_c(&out, out.size ? "|" : "");
        buffer_add(&out, caption_line(&rest));
    }
    assert_string_equal(out.data, expected);
    buffer_free(&out);
}

static void test_breaking(void **state)
{
    (void)state;
    expect_lines("Forty-two characters are what a line takes",
                 "Forty-two characters are what a line takes");
    expect_lines("When the hips are stiff, or the middle is tired.",
                 "When the hips are stiff,|or the middle is tired.");
    expect_lines(
        "Put the ball down clear of the feet and lean back.",
        "Put the ball down clear|of the feet and lean back."); // "of" goes with what follows
    // 42 characters, more bytes.
    expect_lines("\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC"
                 " b c d e f g h i j k l m n o p q",
                 "\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC"
                 " b c d e f g h i j k l m n o p q");
    // A word that is longer than a line; best behind a mark.
    expect_lines("Donaudampfschifffahrtsgesellschaftskapitaenswitwenrente",
                 "Donaudampfschifffahrtsgesellschaftskapitae|nswitwenrente");
    expect_lines("Donaudampfschifffahrtsgesellschaftskapit\xC3\xA4\xC3\xA4\xC3\xA4nswitwenrente",
                 "Donaudampfschifffahrtsgesellschaftskapit\xC3\xA4\xC3\xA4|\xC3\xA4nswitwenrente");
    expect_lines("Donaudampfschifffahrts-gesellschaftskapitaenswitwenrente.",
                 "Donaudampfschifffahrts-|gesellschaftskapitaenswitwenrente.");
    // Only that word, not those before it.
    expect_lines("one two three four five six seven eight nine ten "
                 "Rindfleischetikettierungsueberwachungsaufgaben",
                 "one two three four five six seven eight|nine ten|"
                 "Rindfleischetikettierungsueberwachungsaufg|aben");
    expect_lines(
        "See the well-kept list, then Donaudampfschifffahrtsgesellschaftskapitaenswitwen",
        "See the well-kept list, then|Donaudampfschifffahrtsgesellschaftskapitae|nswitwen");
    expect_lines(
        "-aaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiii",
        "-aaaaaaaaabbbbbbbbbbccccccccccddddddddddee|eeeeeeeeffffffffffgggggggggghhhhhhhhhhiiii|i");
}

static void test_time(void **state)
{
    (void)state;
    static const struct caption_word words[] = {{100, 0, 3}, {500, 8, 4}};
    const struct caption_clip clip = {1000, words, 2}, bare = {1000, NULL, 0};
    const struct text shown = TEXT("one two four five");
    assert_int_equal(caption_time(&clip, shown, 0), 100);
    assert_int_equal(caption_time(&clip, shown, 4), 300); // between the two that are known
    assert_int_equal(caption_time(&clip, shown, 8), 500);
    assert_int_equal(caption_time(&clip, shown, shown.size), 1000);
    assert_int_equal(caption_time(&bare, shown, 0), 0);
    assert_int_equal(caption_time(&bare, TEXT("abcde"), 1), 200);
}

// ---- Formats ------------------------------------------------------------------------------------

static const struct caption_word words[] = {
    {MS(1000), 0, 3}, {MS(1500), 4, 1}, {MS(1500), 6, 3}, {MS(9000), 12, 3}};

static const struct caption_cue cues[] = {
    {.type = CUE_SOUND, .start_frame = 0, .end_frame = MS(900), .text = {"waves", 5}},
    {.type = CUE_SPEECH,
     .start_frame = MS(1000),
     .end_frame = MS(3000),
     .text = {"Let < you --> go & rest.", 24},
     .words = words,
     .word_count = 4},
    {.type = CUE_SPEECH,
     .start_frame = MS(3100),
     .end_frame = MS(6100),
     .text = {"And [then], in a line that is too long, a second one.", 53},
     .continues = true},
    {.type = CUE_BREATH,
     .start_frame = MS(3725999),
     .end_frame = MS(3727000),
     .text = {"in", 2},
     .inhales = true},
    {.type = CUE_BREATH, .start_frame = MS(3727084), .end_frame = MS(3728000), .text = {"out", 3}},
    {.type = CUE_BREATH,
     .start_frame = MS(3728100),
     .end_frame = MS(3729200),
     .text = {"in", 2},
     .inhales = true},
};

static struct section section = {.name = {"Arrive", 6}};
static const struct session session = {.sections = &section, .section_count = 1};
static const struct timeline timeline = {.session = &session, .total_frames = MS(3730000)};
static const struct captions captions = {.cues = (struct caption_cue *)(uintptr_t)cues,
                                         .count = sizeof cues / sizeof *cues};
static const struct captions_head head = {
    .title = {"A --> B", 7}, .language = {"en", 2}, .notice = {"One.\nTwo.", 9}};

static void expect(struct buffer *out, const char *expected)
{
    assert_false(out->failed);
    assert_string_equal(out->data, expected);
    buffer_free(out);
}

static void test_formats(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    captions_print_vtt(&captions, &head, &out);
    expect(&out, "WEBVTT\n\nNOTE\nA \xE2\x86\x92 B\n\nNOTE\nOne.\nTwo.\n\n"
                 "00:00:00.000 --> 00:00:00.900\n[waves]\n\n"
                 "00:00:01.000 --> 00:00:03.000\n"
                 "Let <00:00:01.500>&lt; you --&gt; go &amp; rest.\n\n"
                 "00:00:03.100 --> 00:00:06.100\n"
                 "And [then], in a line that\nis too long, a second one.\n\n"
                 "01:02:05.999 --> 01:02:07.000\n[in]\n\n"
                 "01:02:07.084 --> 01:02:08.000\n[out]\n\n"
                 "01:02:08.100 --> 01:02:09.200\n[in]\n");
    captions_print_srt(&captions, &out);
    expect(&out,
           "1\n00:00:00,000 --> 00:00:00,900\n[waves]\n\n"
           "2\n00:00:01,000 --> 00:00:03,000\nLet \xE2\x80\xB9 you \xE2\x86\x92 go & rest.\n\n"
           "3\n00:00:03,100 --> 00:00:06,100\n"
           "And [then], in a line that\nis too long, a second one.\n\n"
           "4\n01:02:05,999 --> 01:02:07,000\n[in]\n\n"
           "5\n01:02:07,084 --> 01:02:08,000\n[out]\n\n"
           "6\n01:02:08,100 --> 01:02:09,200\n[in]\n");
    captions_print_lrc(&captions, &head, &timeline, &out);
    expect(&out, "[ti:A --> B]\n[la:en]\n[length:1:02:10]\n"
                 "[00:00.00](waves)\n[00:01.00]Let < you --> go & rest.\n"
                 "[00:03.10]And (then), in a line that is too long, a second one.\n[00:06.10]\n"
                 "[62:05.99](in)\n[62:07.08](out)\n[62:08.10](in)\n[62:09.20]\n");
    captions_print_transcript(&captions, &head, &timeline, &out);
    expect(&out, "A --> B, 1:02:10\n\nOne.\nTwo.\n\nArrive\n"
                 "   0:00  [waves]\n"
                 "   0:01  Let < you --> go & rest. And [then], in a line that is too long, a\n"
                 "         second one.\n"
                 "1:02:05  [in] [out]\n"
                 "1:02:08  [in]\n");
}

// What players would take for marks.
static void test_markup(void **state)
{
    (void)state;
    static const struct caption_cue marked = {
        .type = CUE_SPEECH, .end_frame = MS(2000), .text = {"<b>a</b> {\\an8} c", 17}};
    const struct captions one = {.cues = (struct caption_cue *)(uintptr_t)&marked, .count = 1};
    struct buffer out = BUFFER_INIT;
    captions_print_srt(&one, &out);
    expect(&out, "1\n00:00:00,000 --> 00:00:02,000\n"
                 "\xE2\x80\xB9"
                 "b\xE2\x80\xBA"
                 "a\xE2\x80\xB9/b\xE2\x80\xBA (\\an8) c\n");
}

// Nothing to tell: files without cues.
static void test_empty(void **state)
{
    (void)state;
    const struct captions none = {.count = 0};
    const struct captions_head empty = {.title = {"", 0}};
    struct buffer out = BUFFER_INIT;
    captions_print_vtt(&none, &empty, &out);
    expect(&out, "WEBVTT\n");
    captions_print_transcript(&none, &empty, &timeline, &out);
    expect(&out, "1:02:10\n");
}

// ---- Hard cases ---------------------------------------------------------------------------------

static struct caption_clip clips[3];
static struct utterance items[] = {{.spoken = {"a", 1}, .shown = {"A.", 2}},
                                   {.spoken = {"b", 1}, .shown = {"B.", 2}},
                                   {.spoken = {"c", 1}, .shown = {"C.", 2}}};

static void build_events(struct captions *made, struct event *events, size_t count,
                         int64_t total_frames, struct text scene)
{
    static struct session bare;
    bare = (struct session){.sections = &section, .section_count = 1};
    bare.words.caption_in = TEXT("in");
    bare.words.caption_out = TEXT("out");
    bare.words.caption_swell = TEXT("goes on and on and on");
    bare.words.caption_chime = TEXT("chime");
    bare.words.scenes[0] = (struct words_scene){TEXT("shore"), TEXT("waves")};
    bare.words.scenes[1] = (struct words_scene){TEXT("pad"), TEXT("a chord")};
    bare.words.scene_count = 2;
    const struct timeline laid = {
        .session = &bare, .total_frames = total_frames, .events = events, .event_count = count};
    const struct utterances utterances = {.items = items, .count = 3};
    for (size_t i = 0; i < 3; i++)
        clips[i].frames = MS(500);
    const struct captions_config config = {
        .timeline = &laid, .utterances = &utterances, .clips = clips, .scene = scene};
    assert_int_equal(captions_build(made, &config, NULL), STATUS_OK);
}

static void expect_cue(const struct captions *made, size_t index, int64_t start_ms, int64_t end_ms,
                       const char *text)
{
    assert_true(index < made->count);
    assert_int_equal(made->cues[index].start_frame, MS(start_ms));
    assert_int_equal(made->cues[index].end_frame, MS(end_ms));
    assert_true(text_equal_c(made->cues[index].text, text));
}

static struct event say(int64_t ms, int utterance)
{
    return (struct event){.type = EVENT_SPEECH,
                          .start_frame = MS(ms),
                          .frames = MS(500),
                          .as.speech = {.utterance = utterance}};
}

static struct event breathe(int64_t ms, int64_t lasts_ms, enum breath_phase phase)
{
    return (struct event){.type = EVENT_BREATH,
                          .start_frame = MS(ms),
                          .frames = MS(lasts_ms),
                          .as.breath = {.phase = phase}};
}

static void test_close_speech(void **state)
{
    (void)state;
    struct captions made;
    struct event events[] = {say(1000, 0), say(1500, 1), say(1540, 2)};
    build_events(&made, events, 3, MS(1900), text_from(""));
    assert_int_equal(made.count, 3);
    expect_cue(&made, 0, 1000, 1416, "A.");
    expect_cue(&made, 1, 1500, 1540, "B."); // no room for a gap
    expect_cue(&made, 2, 1540, 1900, "C."); // the session ends
    captions_free(&made);
}

static void test_breath_and_speech(void **state)
{
    (void)state;
    struct captions made;
    struct event events[] = {
        breathe(10000, 4000, BREATH_IN),  say(10100, 0),
        breathe(14000, 1500, BREATH_IN), // a second sip
        breathe(15500, 6000, BREATH_OUT), say(20500, 1),
        breathe(21500, 4000, BREATH_IN),  breathe(25500, 900, BREATH_OUT),
    };
    build_events(&made, events, 7, MS(60000), TEXT("shore"));
    assert_int_equal(made.count, 6);
    expect_cue(&made, 0, 0, 5000, "waves");
    expect_cue(&made, 1, 10100, 11100, "A.");
    expect_cue(&made, 2, 11184, 15416, "in"); // both sips
    expect_cue(&made, 3, 15500, 20416, "out");
    expect_cue(&made, 4, 20500, 21500, "B.");
    expect_cue(&made, 5, 21584, 25416, "in"); // then a breath of 0.9 s: too short to read
    captions_free(&made);
}

static struct event accompany(int64_t ms, int64_t lasts_ms, enum breath_phase phase)
{
    struct event event = breathe(ms, lasts_ms, phase);
    event.type = EVENT_SWELL;
    event.as.breath.bout = -1;
    return event;
}

// Once after each bout, in the first touch, where speech leaves time to read it.
static void test_accompanying_breath(void **state)
{
    (void)state;
    struct captions made;
    struct event events[] = {
        accompany(8000, 4000, BREATH_IN),
        accompany(12000, 6000, BREATH_OUT),
        breathe(20000, 4000, BREATH_IN),
        breathe(24000, 6000, BREATH_OUT),
        accompany(40000, 4000, BREATH_IN),
        say(40000, 0),
        say(43000, 1), // a second and a third between the two
        accompany(44000, 6000, BREATH_OUT),
        accompany(50000, 4000, BREATH_IN),
        accompany(54000, 6000, BREATH_OUT),
        accompany(70000, 4000, BREATH_IN), // another touch
        accompany(74000, 6000, BREATH_OUT),
        breathe(90000, 4000, BREATH_IN),
        breathe(94000, 6000, BREATH_OUT),
        accompany(100000, 4000, BREATH_IN),
        accompany(104000, 6000, BREATH_OUT),
    };
    const size_t count = sizeof events / sizeof *events;
    build_events(&made, events, count, MS(120000), text_from(""));
    assert_int_equal(made.count, 8);
    expect_cue(&made, 0, 20000, 23916, "in");
    expect_cue(&made, 1, 24000, 30000, "out");
    expect_cue(&made, 2, 40000, 41500, "A.");
    expect_cue(&made, 3, 43000, 44500, "B.");
    expect_cue(&made, 4, 44584, 49584, "goes on and on and on");
    expect_cue(&made, 5, 90000, 93916, "in");
    expect_cue(&made, 6, 94000, 99916, "out");
    expect_cue(&made, 7, 100000, 105000, "goes on and on and on");
    assert_int_equal(made.cues[7].type, CUE_SWELL);
    struct buffer out = BUFFER_INIT;
    captions_print_srt(&made, &out);
    assert_non_null(strstr(out.data, "[goes on and on and on]"));
    buffer_free(&out);
    captions_print_transcript(&made, &head, &timeline, &out);
    assert_null(strstr(out.data, "goes on"));
    assert_non_null(strstr(out.data, "\n   0:40  A.\n   0:43  B.\n   1:30  [in] [out]\n"));
    buffer_free(&out);
    captions_free(&made);
}

static void test_scenes_and_chimes(void **state)
{
    (void)state;
    struct captions made;
    struct event events[] = {
        {.type = EVENT_SCENE, .start_frame = MS(1000), .as.scene = {TEXT("shore")}},
        say(2000, 0),
        {.type = EVENT_SCENE, .start_frame = MS(20000), .as.scene = {TEXT("pad")}},
        say(20000, 1),
        {.type = EVENT_SCENE, .start_frame = MS(30000), .as.scene = {TEXT("mine")}},
        {.type = EVENT_CHIME, .start_frame = MS(40000), .frames = MS(3000)},
    };
    build_events(&made, events, 6, MS(50000), TEXT("shore"));
    assert_int_equal(made.count, 5);
    expect_cue(&made, 0, 0, 1916, "waves"); // no second one for the same scene
    expect_cue(&made, 1, 2000, 3500, "A.");
    expect_cue(&made, 2, 20000, 21500, "B.");
    expect_cue(&made, 3, 21584, 26584, "a chord");
    expect_cue(&made, 4, 40000, 43000, "chime"); // nothing for a scene without words
    captions_free(&made);
    build_events(&made, events, 6, MS(50000), text_from("")); // without any scene
    assert_int_equal(made.count, 3);
    captions_free(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut_at_mark),
        cmocka_unit_test(test_every_session),
        cmocka_unit_test(test_every_scene),
        cmocka_unit_test(test_cutting),
        cmocka_unit_test(test_breaking),
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_markup),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_close_speech),
        cmocka_unit_test(test_breath_and_speech),
        cmocka_unit_test(test_accompanying_breath),
        cmocka_unit_test(test_scenes_and_chimes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
