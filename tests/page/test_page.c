// SPDX-License-Identifier: GPL-3.0-or-later
// The page as text: what is in it, and that nothing of a session gets out of its place. What a
// browser makes of it is in test_page_browser.py.
#include "page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { AUDIO_MAX = 200000 };

#define SECONDS(s) ((int64_t)((s)*FRAME_RATE))

struct fixture {
    struct section section;
    struct session session;
    struct event events[4];
    struct timeline timeline;
    struct caption_cue cues[6];
    struct captions captions;
    struct chapter chapters[2];
    struct tags tags;
    unsigned char audio[AUDIO_MAX];
    int64_t audio_size;
    struct page_source source;
    struct buffer out;
};

static int64_t read_audio(void *context, int64_t offset, void *data, int64_t size)
{
    const struct fixture *f = context;
    int64_t left = f->audio_size - offset;
    int64_t part = size < left ? size : left;
    memcpy(data, f->audio + offset, (size_t)part);
    return part;
}

static struct caption_cue cue(enum cue_type type, double start, double end, const char *text)
{
    return (struct caption_cue){.type = type,
                                .start_frame = SECONDS(start),
                                .end_frame = SECONDS(end),
                                .text = text_from(text)};
}

static struct event breath(enum breath_phase phase, double start, double seconds)
{
    float from = phase == BREATH_IN ? 0 : 1;
    return (struct event){.type = EVENT_BREATH,
                          .start_frame = SECONDS(start),
                          .frames = SECONDS(seconds),
                          .as.breath = {.phase = phase, .cycles = 2, .from = from, .to = 1 - from}};
}

static int open_fixture(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->section.name = TEXT("Breath");
    f->session = (struct session){.sections = &f->section, .section_count = 1};
    f->session.words.breathe_in = TEXT("In");
    f->session.words.breathe_out = TEXT("Out");
    f->events[0] = (struct event){.type = EVENT_SECTION, .frames = SECONDS(60)};
    f->events[1] = breath(BREATH_IN, 20, 4);
    f->events[2] = breath(BREATH_OUT, 24, 6.0005);
    f->events[3] = breath(BREATH_IN, 30.0005, 4);
    f->timeline = (struct timeline){.session = &f->session,
                                    .total_frames = SECONDS(60.25),
                                    .events = f->events,
                                    .event_count = 4,
                                    .breath_count = 2};
    f->cues[0] = cue(CUE_SOUND, 0, 5, "waves");
    f->cues[1] = cue(CUE_SPEECH, 6, 8, "Sit down,");
    f->cues[2] = cue(CUE_SPEECH, 8, 11.5, "and rest.");
    f->cues[2].continues = true;
    f->cues[3] = cue(CUE_SPEECH, 20.1, 21, "In");
    f->cues[4] = cue(CUE_BREATH, 21, 24, "breathe in");
    f->cues[5] = cue(CUE_SPEECH, 36, 37, "Done.");
    f->captions = (struct captions){.cues = f->cues, .count = 6};
    f->chapters[0] = (struct chapter){0, SECONDS(20), TEXT("Arrive")};
    f->chapters[1] = (struct chapter){SECONDS(20), SECONDS(60.25), TEXT("Breath")};
    f->tags = (struct tags){.title = TEXT("Slow Tide"),
                            .language = TEXT("en"),
                            .length = TEXT("1:00"),
                            .comment = TEXT("Only breath."),
                            .notice = TEXT("Ease off.\nStop at any moment."),
                            .software = TEXT("loosen 9.8.7"),
                            .chapters = f->chapters,
                            .chapter_count = 2,
                            .total_frames = SECONDS(60.25)};
    f->source = (struct page_source){.timeline = &f->timeline,
                                     .captions = &f->captions,
                                     .tags = &f->tags,
                                     .audio_type = "audio/ogg; codecs=opus",
                                     .read_audio = read_audio,
                                     .context = f};
    *state = f;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *f = *state;
    buffer_free(&f->out);
    free(f);
    return 0;
}

static void print(struct fixture *f)
{
    struct error error;
    buffer_clear(&f->out);
    assert_int_equal(page_print(&f->source, &f->out, &error), STATUS_OK);
}

static void assert_has(const struct fixture *f, const char *piece)
{
    if (!strstr(f->out.data, piece))
        fail_msg("\"%s\" is missing in:\n%s", piece, f->out.data);
}

static void assert_has_not(const struct fixture *f, const char *piece)
{
    if (strstr(f->out.data, piece))
        fail_msg("\"%s\" is in:\n%s", piece, f->out.data);
}

static void test_all_parts_are_there(void **state)
{
    struct fixture *f = *state;
    print(f);
    assert_has_not(f, "{{");
    assert_has_not(f, "}}\"");
    assert_has(f, "<html lang=\"en\">");
    assert_has(f, "<title>Slow Tide, 1:00</title>");
    assert_has(f, "<h1>Slow Tide</h1>\n<p>1:00. Only breath.</p>");
    assert_has(f, "content=\"loosen 9.8.7\"");
    assert_has(f, "<p>Ease off.</p>\n<p>Stop at any moment.</p>\n");
    assert_has(f, "data-total=\"60.250\"");
    assert_has(f, "max=\"60\"");
    assert_has(f, "data-in=\"In\" data-out=\"Out\"");
    assert_has(f, "<li><button type=\"button\" data-start=\"20.000\" data-end=\"60.250\">Breath "
                  "<span>0:20</span></button></li>");
    assert_has(f, ".breath {");
    assert_has(f, "\"use strict\";");
}

static void test_breaths_are_times_and_swells(void **state)
{
    struct fixture *f = *state;
    f->events[3].as.breath.to = 0.6F;
    print(f);
    assert_has(f, "data-breaths=\"20.000 24.000 0.000 1.000,24.000 30.001 1.000 0.000,"
                  "30.001 34.001 0.000 0.600\"");
}

// Two thirds of the way, and marked: the page says no word to it. Its transcript tells nothing of
// it.
static void test_breath_that_accompanies(void **state)
{
    struct fixture *f = *state;
    for (int i = 1; i <= 3; i++) {
        f->events[i].type = EVENT_SWELL;
        f->events[i].as.breath.bout = -1;
    }
    f->cues[4].type = CUE_SWELL;
    f->timeline.breath_count = 0;
    print(f);
    assert_has(f, "data-breaths=\"20.000 24.000 0.000 0.667 1,24.000 30.001 0.667 0.000 1,"
                  "30.001 34.001 0.000 0.667 1\"");
    assert_has(f, "shrinks with the breath out\">");
    assert_null(strstr(f->out.data, "with the wave]"));
    assert_null(strstr(f->out.data, "[breathe in]"));
}

static void test_transcript_has_lines_and_bouts(void **state)
{
    struct fixture *f = *state;
    print(f);
    assert_has(
        f, "<h3>Arrive</h3>\n"
           "<p class=\"aside\"><span data-start=\"0.000\" data-end=\"5.000\">[waves]</span></p>\n"
           "<p><span data-start=\"6.000\" data-end=\"8.000\">Sit down,</span> "
           "<span data-start=\"8.000\" data-end=\"11.500\">and rest.</span></p>\n"
           "<h3>Breath</h3>\n"
           "<p class=\"aside\">[2 breaths with the wave]</p>\n"
           "<p><span data-start=\"20.100\" data-end=\"21.000\">In</span></p>\n"
           "<p><span data-start=\"36.000\" data-end=\"37.000\">Done.</span></p>\n</section>");
}

static void test_a_bout_of_one_breath(void **state)
{
    struct fixture *f = *state;
    f->events[1].as.breath.cycles = 1;
    print(f);
    assert_has(f, "[One breath with the wave]");
}

static void test_bouts_are_told_apart(void **state)
{
    struct fixture *f = *state;
    f->events[3].as.breath.bout = 1;
    f->events[3].as.breath.cycles = 7;
    print(f);
    assert_has(f, "<p class=\"aside\">[2 breaths with the wave]</p>\n"
                  "<p><span data-start=\"20.100\" data-end=\"21.000\">In</span></p>\n"
                  "<p class=\"aside\">[7 breaths with the wave]</p>\n"
                  "<p><span data-start=\"36.000\"");
    f->captions.count = 5; // nothing is said behind it
    print(f);
    assert_has(f, "<p class=\"aside\">[7 breaths with the wave]</p>\n</section>");
}

static void test_hostile_text_stays_text(void **state)
{
    struct fixture *f = *state;
    const struct text evil = TEXT("</script><img src=x onerror=\"alert(1)\"> & \x07 \xff");
    const char *const good =
        "&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; \\x07 \\xFF";
    f->tags.title = f->tags.language = f->tags.length = f->tags.comment = f->tags.notice =
        f->tags.software = evil;
    f->chapters[0].title = f->cues[0].text = f->cues[1].text = evil;
    f->session.words.breathe_in = f->session.words.breathe_out = evil;
    print(f);
    assert_has_not(f, "<img");
    assert_has_not(f, "onerror=\"");
    assert_has_not(f, "\x07");
    size_t count = 0;
    for (const char *at = f->out.data; (at = strstr(at, good)); at++)
        count++;
    // language, title x 3, length x 3, comment, notice, software, chapter x 2, line x 2, words x 2
    assert_int_equal(count, 16);
    size_t scripts = 0;
    for (const char *at = f->out.data; (at = strstr(at, "</script>")); at++)
        scripts++;
    assert_int_equal(scripts, 1);
}

static void test_languages(void **state)
{
    struct fixture *f = *state;
    f->tags.language = TEXT("de-AT");
    print(f);
    assert_has(f, "<html lang=\"de-AT\">");
    assert_has(f, "<h2 id=\"chapters\">Kapitel</h2>");
    assert_has(f, "[2 Atemzüge mit der Welle]");
    f->tags.language = TEXT("");
    print(f);
    assert_has(f, "<html lang=\"en\">");
    f->tags.language = TEXT("fr");
    print(f);
    assert_has(f, "<html lang=\"fr\">");
    assert_has(f, "<h2 id=\"chapters\">Chapters</h2>");
}

static void test_what_is_empty_is_hidden(void **state)
{
    struct fixture *f = *state;
    print(f);
    assert_has(f, "aria-labelledby=\"chapters\">");
    assert_has(f, "aria-labelledby=\"transcript\">");
    assert_has(f, "shrinks with the breath out\">");
    f->timeline.event_count = 0;
    f->timeline.breath_count = 0;
    f->tags.chapter_count = 0;
    f->captions.count = 0;
    print(f);
    assert_has(f, "aria-labelledby=\"chapters\" hidden>");
    assert_has(f, "aria-labelledby=\"transcript\" hidden>");
    assert_has(f, "shrinks with the breath out\" hidden>");
    assert_has(f, "data-breaths=\"\"");
}

static int digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = strchr(digits, c);
    assert_true(c && at);
    return (int)(at - digits);
}

// The sound in the page is the file, however its size falls among the parts it is read in.
static void test_audio_is_the_file(void **state)
{
    struct fixture *f = *state;
    const int64_t sizes[] = {1, 2, 3, 49151, 49152, 49153, 98304, AUDIO_MAX};
    for (int64_t i = 0; i < AUDIO_MAX; i++)
        f->audio[i] = (unsigned char)(i * i >> 3);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        f->audio_size = sizes[s];
        print(f);
        const char *at = strstr(f->out.data, "src=\"data:audio/ogg; codecs=opus;base64,");
        assert_non_null(at);
        at = strchr(at, ',') + 1;
        int64_t size = 0;
        for (; *at != '"'; at += 4) {
            int filled = at[2] == '=' ? 1 : at[3] == '=' ? 2 : 3;
            int bits = digit(at[0]) << 18 | digit(at[1]) << 12;
            bits |= filled > 1 ? digit(at[2]) << 6 : 0;
            bits |= filled > 2 ? digit(at[3]) : 0;
            for (int b = 0; b < filled; b++)
                assert_int_equal(bits >> (16 - 8 * b) & 0xFF, f->audio[size++]);
        }
        assert_int_equal(size, sizes[s]);
    }
}

static void test_same_source_same_bytes(void **state)
{
    struct fixture *f = *state;
    f->audio_size = 100;
    print(f);
    struct buffer first = f->out;
    f->out = BUFFER_INIT;
    print(f);
    assert_int_equal(first.size, f->out.size);
    assert_memory_equal(first.data, f->out.data, first.size);
    buffer_free(&first);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_all_parts_are_there),     TEST(test_breaths_are_times_and_swells),
        TEST(test_breath_that_accompanies), TEST(test_transcript_has_lines_and_bouts),
        TEST(test_a_bout_of_one_breath),    TEST(test_bouts_are_told_apart),
        TEST(test_hostile_text_stays_text), TEST(test_languages),
        TEST(test_what_is_empty_is_hidden), TEST(test_audio_is_the_file),
        TEST(test_same_source_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
