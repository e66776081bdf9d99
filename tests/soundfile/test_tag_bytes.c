// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of tags where a mistake would be nobody's fault but ours, and the Ogg stream under
// trouble. What other programs make of whole files is in test_tag_witnesses.py.
#include "id3_tag.h"
#include "ogg_remux.h"
#include "sample.h"
#include "vorbis_comment.h"
#include "wav_chunks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sndfile.h>

#define ASSERT_BYTES(buffer, literal)                                     \
    do {                                                                  \
        assert_false((buffer).failed);                                    \
        assert_int_equal((buffer).size, sizeof(literal) - 1);             \
        assert_memory_equal((buffer).data, literal, sizeof(literal) - 1); \
    } while (0)

static void test_id3_of_little(void **state)
{
    (void)state;
    struct tags tags = {.title = TEXT("Ab"), .total_frames = 48000 + 24};
    struct buffer out = BUFFER_INIT;
    id3_tag_build(&tags, &out);
    ASSERT_BYTES(out, "ID3\4\0\0\0\0\0\x1c"
                      "TIT2\0\0\0\3\0\0\3Ab"
                      "TLEN\0\0\0\5\0\0\3"
                      "1001");
    buffer_free(&out);
}

static void test_id3_sizes_are_of_seven_bits(void **state)
{
    (void)state;
    char title[1001];
    memset(title, 'x', sizeof title);
    struct tags tags = {.title = {title, 255}};
    struct buffer out = BUFFER_INIT;
    id3_tag_build(&tags, &out);
    assert_memory_equal(out.data + 14, "\0\0\2\0", 4); // 256: 2 x 128
    buffer_clear(&out);
    tags.title.size = 1001;
    id3_tag_build(&tags, &out);
    assert_memory_equal(out.data + 14, "\0\0\7\x6a", 4); // 1002 = 7 x 128 + 106
    size_t size = out.size - 10;
    assert_int_equal(out.data[8], size >> 7);
    assert_int_equal(out.data[9], size & 0x7F);
    buffer_free(&out);
}

static void test_id3_languages(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"en", "eng"}, {"de", "deu"}, {"pt-BR", "por"}, {"tlh", "und"}};
    for (size_t i = 0; i < 4; i++) {
        struct tags tags = {.language = text_from(pairs[i][0]), .comment = TEXT("c")};
        struct buffer out = BUFFER_INIT;
        id3_tag_build(&tags, &out);
        assert_memory_equal(out.data + 10, "TLAN\0\0\0\4\0\0\3", 11);
        assert_memory_equal(out.data + 21, pairs[i][1], 3);
        assert_memory_equal(out.data + out.size - 5, pairs[i][1], 3); // of the comment
        buffer_free(&out);
    }
}

static void test_id3_chapter(void **state)
{
    (void)state;
    struct chapter chapter = {(int64_t)3600 * 48000, (int64_t)5400 * 48000, TEXT("B")};
    struct tags tags = {.chapters = &chapter, .chapter_count = 1};
    struct buffer out = BUFFER_INIT;
    id3_tag_build(&tags, &out);
    static const char wanted[] = "CTOC\0\0\0\x14\0\0contents\0\3\1chapter0\0"
                                 "CHAP\0\0\0\x25\0\0chapter0\0"
                                 "\x00\x36\xee\x80\x00\x52\x65\xc0" // 3600000 ms, 5400000 ms
                                 "\xff\xff\xff\xff\xff\xff\xff\xff"
                                 "TIT2\0\0\0\2\0\0\3B";
    size_t size = sizeof wanted - 1;
    assert_true(out.size > size);
    assert_memory_equal(out.data + out.size - size, wanted, size);
    buffer_free(&out);
}

static void test_comments_of_little(void **state)
{
    (void)state;
    struct tags tags = {.title = TEXT("Ab"), .language = TEXT("de")};
    struct buffer out = BUFFER_INIT;
    vorbis_comment_build(&tags, VORBIS_COMMENT_BARE, TEXT("me"), &out);
    ASSERT_BYTES(out, "\2\0\0\0me\2\0\0\0\x8\0\0\0TITLE=Ab\xb\0\0\0LANGUAGE=de");
    buffer_clear(&out);
    tags.language.size = 0;
    vorbis_comment_build(&tags, VORBIS_COMMENT_VORBIS, TEXT(""), &out);
    ASSERT_BYTES(out, "\3vorbis\0\0\0\0\1\0\0\0\x8\0\0\0TITLE=Ab\1");
    buffer_clear(&out);
    vorbis_comment_build(&tags, VORBIS_COMMENT_OPUS, TEXT("me"), &out);
    ASSERT_BYTES(out, "OpusTags\2\0\0\0me\1\0\0\0\x8\0\0\0TITLE=Ab");
    buffer_free(&out);
}

static void test_comments_of_a_late_chapter(void **state)
{
    (void)state;
    // 1:02:03.4565 rounds up.
    struct chapter chapter = {(int64_t)3723456 * 48 + 24, (int64_t)4000000 * 48, TEXT("B")};
    struct tags tags = {.chapters = &chapter, .chapter_count = 1};
    struct buffer out = BUFFER_INIT;
    vorbis_comment_build(&tags, VORBIS_COMMENT_BARE, TEXT(""), &out);
    ASSERT_BYTES(out, "\0\0\0\0\2\0\0\0"
                      "\x17\0\0\0CHAPTER000=01:02:03.457"
                      "\x10\0\0\0CHAPTER000NAME=B");
    buffer_free(&out);
}

static void test_vendor_is_found_or_nothing(void **state)
{
    (void)state;
    struct text vorbis = {"\3vorbis\2\0\0\0me\0\0\0\0\1", 18};
    struct text vendor = vorbis_comment_vendor(VORBIS_COMMENT_VORBIS, vorbis);
    assert_int_equal(vendor.size, 2);
    assert_memory_equal(vendor.data, "me", 2);
    assert_int_equal(vorbis_comment_vendor(VORBIS_COMMENT_OPUS, vorbis).size, 0);
    for (size_t cut = 0; cut < 13; cut++)
        assert_int_equal(vorbis_comment_vendor(VORBIS_COMMENT_VORBIS, text_head(vorbis, cut)).size,
                         0);
    struct text long_vendor = {"OpusTags\xff\xff\xff\xffme", 14};
    assert_int_equal(vorbis_comment_vendor(VORBIS_COMMENT_OPUS, long_vendor).size, 0);
}

static void test_wave_places_follow_the_rate(void **state)
{
    (void)state;
    struct tags tags = sample_tags();
    struct buffer out = BUFFER_INIT;
    wav_chunks_build(&tags, 44100, &out);
    assert_int_equal(out.size % 2, 0);
    assert_memory_equal(out.data, "cue \x4c\0\0\0\3\0\0\0\1\0\0\0\0\0\0\0data", 24);
    // 48001 frames at 48 kHz are 44100.9 at 44.1 kHz: the nearest is 44101.
    assert_memory_equal(out.data + 36, "\2\0\0\0\x45\xac\0\0data\0\0\0\0\0\0\0\0\x45\xac\0\0", 24);
    buffer_free(&out);
}

static void test_wave_without_chapters_has_no_points(void **state)
{
    (void)state;
    struct tags tags = {.comment = TEXT("one"), .notice = TEXT("two\nthree")};
    struct buffer out = BUFFER_INIT;
    wav_chunks_build(&tags, FRAME_RATE, &out);
    ASSERT_BYTES(out, "LIST\x1a\0\0\0INFOICMT\xe\0\0\0one two three\0");
    buffer_free(&out);
    tags = (struct tags){.length = TEXT("10:00"), .notice = TEXT("two")};
    wav_chunks_build(&tags, FRAME_RATE, &out);
    ASSERT_BYTES(out, "LIST\x18\0\0\0INFOICMT\xc\0\0\0(10:00) two\0");
    buffer_free(&out);
}

static void test_wave_head_gets_the_new_size(void **state)
{
    (void)state;
    unsigned char riff[] = "RIFF....WAVEfmt .............";
    unsigned char rf64[] = "RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0........";
    unsigned char other[] = "RIFF....AVI fmt .............";
    assert_true(wav_chunks_fit(riff, 0x12345678 + 8));
    assert_memory_equal(riff, "RIFF\x78\x56\x34\x12WAVEfmt ....", 20);
    assert_true(wav_chunks_fit(riff, (int64_t)UINT32_MAX + 8));
    assert_false(wav_chunks_fit(riff, (int64_t)UINT32_MAX + 9));
    assert_memory_equal(riff, "RIFF\xff\xff\xff\xffWAVEfmt ....", 20);
    assert_true(wav_chunks_fit(rf64, 0x123456789a + 8));
    assert_memory_equal(rf64, "RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0\x9a\x78\x56\x34\x12\0\0\0",
                        28);
    assert_false(wav_chunks_fit(other, 1000));
    assert_memory_equal(other, "RIFF....AVI ", 12);
    assert_false(wav_chunks_fit(riff, 27));
}

static void test_wave_format_gets_its_end(void **state)
{
    (void)state;
    unsigned char head[] = "RIFF....WAVEfmt \x10\0\0\0\3\0cchzhzbpbpbabifact\4\0\0\0frms"
                           "PAD \x18\0\0\0..";
    unsigned char whole[] = "RIFF....WAVEfmt \x12\0\0\0\3\0cchzhzbpbpbabi\0\0fact\4\0\0\0frms"
                            "PAD \x16\0\0\0";
    unsigned char same[sizeof head];
    assert_int_equal(sizeof head - 1, WAV_CHUNKS_FORMAT_BYTES);
    assert_true(wav_chunks_complete_format(head));
    assert_memory_equal(head, whole, WAV_CHUNKS_FORMAT_BYTES);
    memcpy(same, head, sizeof head);
    assert_false(wav_chunks_complete_format(head)); // it has it now
    assert_memory_equal(head, same, sizeof head);
}

// A sink that fails from the byte `fails_at` on.
struct drain {
    struct buffer bytes;
    size_t fails_at;
    int calls_after;
};

static int64_t append(void *context, const void *data, int64_t size)
{
    struct drain *drain = context;
    bool fails = drain->bytes.size + (size_t)size > drain->fails_at;
    size_t taken = fails ? drain->fails_at - drain->bytes.size : (size_t)size;
    if (fails && drain->calls_after++ > 0)
        fail_msg("a sink that failed is called again");
    buffer_add(&drain->bytes, (struct text){data, taken});
    return (int64_t)taken;
}

// The new stream of `old`, given in parts of at most `part` bytes.
static enum status remux_in_parts(struct text old, size_t part, uint64_t seed, struct drain *drain)
{
    struct tags tags = sample_tags();
    struct ogg_remux_config config = {
        .tags = &tags, .seed = seed, .sink = append, .context = drain};
    struct ogg_remux *remux;
    struct error error = {0};
    assert_int_equal(ogg_remux_new(&remux, &config, &error), STATUS_OK);
    enum status status = STATUS_OK;
    while (old.size) {
        size_t size = part < old.size ? part : old.size;
        enum status now = ogg_remux_write(remux, old.data, size, &error);
        if (status != STATUS_OK) // it stays as it is
            assert_int_equal(now, status);
        status = now;
        old = text_skip(old, size);
    }
    enum status end = ogg_remux_finish(remux, &error);
    if (status != STATUS_OK)
        assert_int_equal(end, status);
    if (end != STATUS_OK)
        assert_true(error.status == end && error.text[0]);
    ogg_remux_free(remux);
    return end;
}

static enum status remux_all(struct text old)
{
    struct drain drain = {BUFFER_INIT, SIZE_MAX, 0};
    enum status status = remux_in_parts(old, 1000, 1, &drain);
    buffer_free(&drain.bytes);
    return status;
}

static const int codings[] = {SF_FORMAT_VORBIS, SF_FORMAT_OPUS};

static void test_ogg_same_bytes_however_it_comes(void **state)
{
    (void)state;
    for (size_t c = 0; c < 2; c++) {
        struct buffer old = sample_file(SF_FORMAT_OGG | codings[c]);
        struct buffer other = sample_file(SF_FORMAT_OGG | codings[c]);
        assert_true(old.size != other.size || memcmp(old.data, other.data, old.size) != 0);
        struct drain whole = {BUFFER_INIT, SIZE_MAX, 0};
        struct drain bytes = {BUFFER_INIT, SIZE_MAX, 0};
        struct drain seed = {BUFFER_INIT, SIZE_MAX, 0};
        assert_int_equal(remux_in_parts(buffer_text(&old), SIZE_MAX, 1, &whole), STATUS_OK);
        assert_int_equal(remux_in_parts(buffer_text(&other), 1, 1, &bytes), STATUS_OK);
        assert_int_equal(remux_in_parts(buffer_text(&old), SIZE_MAX, 2, &seed), STATUS_OK);
        assert_int_equal(whole.bytes.size, bytes.bytes.size);
        assert_memory_equal(whole.bytes.data, bytes.bytes.data, whole.bytes.size);
        assert_int_equal(whole.bytes.size, seed.bytes.size);
        assert_memory_not_equal(whole.bytes.data, seed.bytes.data, 28);
        buffer_free(&old);
        buffer_free(&other);
        buffer_free(&whole.bytes);
        buffer_free(&bytes.bytes);
        buffer_free(&seed.bytes);
    }
}

static void test_ogg_failing_sink_stays_failed(void **state)
{
    (void)state;
    struct buffer old = sample_file(SF_FORMAT_OGG | SF_FORMAT_OPUS);
    struct drain whole = {BUFFER_INIT, SIZE_MAX, 0};
    assert_int_equal(remux_in_parts(buffer_text(&old), 1000, 1, &whole), STATUS_OK);
    for (size_t at = 0; at < whole.bytes.size; at += 97) {
        struct drain drain = {BUFFER_INIT, at, 0};
        assert_int_equal(remux_in_parts(buffer_text(&old), 1000, 1, &drain), STATUS_IO);
        assert_int_equal(drain.bytes.size, at);
        assert_true(at == 0 || memcmp(drain.bytes.data, whole.bytes.data, at) == 0);
        buffer_free(&drain.bytes);
    }
    buffer_free(&old);
    buffer_free(&whole.bytes);
}

static void test_ogg_cut_or_damaged_is_refused(void **state)
{
    (void)state;
    for (size_t c = 0; c < 2; c++) {
        struct buffer old = sample_file(SF_FORMAT_OGG | codings[c]);
        for (size_t cut = 0; cut < old.size; cut += cut < 200 ? 1 : 211)
            assert_int_equal(remux_all(text_head(buffer_text(&old), cut)), STATUS_IO);
        for (size_t at = 0; at < old.size; at += at < 200 ? 1 : 211) {
            old.data[at] ^= 0x10;
            assert_int_equal(remux_all(buffer_text(&old)), STATUS_IO);
            old.data[at] ^= 0x10;
        }
        assert_int_equal(remux_all(buffer_text(&old)), STATUS_OK);
        buffer_free(&old);
    }
}

static void test_ogg_other_things_are_refused(void **state)
{
    (void)state;
    struct buffer two = sample_file(SF_FORMAT_OGG | SF_FORMAT_OPUS);
    struct buffer more = sample_file(SF_FORMAT_OGG | SF_FORMAT_OPUS);
    buffer_add(&two, buffer_text(&more)); // a chain
    assert_int_equal(remux_all(buffer_text(&two)), STATUS_IO);
    size_t second = 4;
    while (memcmp(more.data + second, "OggS", 4) != 0)
        second++;
    assert_int_equal(remux_all(text_skip(buffer_text(&more), second)), STATUS_IO); // no beginning
    struct buffer wave = sample_file(SF_FORMAT_WAV | SF_FORMAT_PCM_16);
    assert_int_equal(remux_all(buffer_text(&wave)), STATUS_IO);
    buffer_free(&two);
    buffer_free(&more);
    buffer_free(&wave);
}

static void test_ogg_nothing_may_follow_the_end(void **state)
{
    (void)state;
    struct buffer old = sample_file(SF_FORMAT_OGG | SF_FORMAT_OPUS);
    size_t size = old.size;
    size_t last = size - 4;
    while (memcmp(old.data + last, "OggS", 4) != 0)
        last--;
    buffer_add_c(&old, "OggS");
    assert_int_equal(remux_all(buffer_text(&old)), STATUS_IO);
    old.size = size;
    struct buffer page = BUFFER_INIT;
    buffer_add(&page, text_skip(buffer_text(&old), last));
    buffer_add(&old, buffer_text(&page)); // the last page twice
    assert_int_equal(remux_all(buffer_text(&old)), STATUS_IO);
    old.size = size;
    assert_int_equal(remux_all(buffer_text(&old)), STATUS_OK);
    buffer_free(&page);
    buffer_free(&old);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_id3_of_little),
        cmocka_unit_test(test_id3_sizes_are_of_seven_bits),
        cmocka_unit_test(test_id3_languages),
        cmocka_unit_test(test_id3_chapter),
        cmocka_unit_test(test_comments_of_little),
        cmocka_unit_test(test_comments_of_a_late_chapter),
        cmocka_unit_test(test_vendor_is_found_or_nothing),
        cmocka_unit_test(test_wave_places_follow_the_rate),
        cmocka_unit_test(test_wave_without_chapters_has_no_points),
        cmocka_unit_test(test_wave_head_gets_the_new_size),
        cmocka_unit_test(test_wave_format_gets_its_end),
        cmocka_unit_test(test_ogg_same_bytes_however_it_comes),
        cmocka_unit_test(test_ogg_failing_sink_stays_failed),
        cmocka_unit_test(test_ogg_cut_or_damaged_is_refused),
        cmocka_unit_test(test_ogg_other_things_are_refused),
        cmocka_unit_test(test_ogg_nothing_may_follow_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
