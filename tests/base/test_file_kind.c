// SPDX-License-Identifier: GPL-3.0-or-later
// Kinds of files by their first bytes, and texts that begin like one.
#include "file_kind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define HEAD(literal)                \
    {                                \
        literal, sizeof(literal) - 1 \
    }

static const struct {
    struct text head;
    const char *name;
    enum file_kind_use use;
} known[] = {
    {HEAD("RIFF\x24\0\0\0WAVEfmt "), "WAV", FILE_KIND_READ},
    {HEAD("RF64\xFF\xFF\xFF\xFFWAVEds64"), "WAV", FILE_KIND_READ},
    {HEAD("FORM\0\0\0\x10"
          "AIFFCOMM"),
     "AIFF", FILE_KIND_READ},
    {HEAD("fLaC\0\0\0\x22"), "FLAC", FILE_KIND_READ},
    {HEAD("OggS\0\x02\0\0"), "Ogg", FILE_KIND_READ},
    {HEAD("ID3\x04\0\0\0\0\0\0"), "MP3", FILE_KIND_READ},
    {HEAD("\xFF\xFB\x90\x64\0\0\0\0"), "MP3", FILE_KIND_READ},
    {HEAD("\0\0\0\x1C"
          "ftypM4A \0\0\x02\0"),
     "MP4", FILE_KIND_SOUND},
    {HEAD("\0\0\0\x14"
          "ftypqt  \0\0\x02\0"),
     "QuickTime", FILE_KIND_SOUND},
    {HEAD("caff\0\x01\0\0"), "CAF", FILE_KIND_SOUND},
    {HEAD(".snd\0\0\0\x18"), "AU", FILE_KIND_SOUND},
    {HEAD("riff\x2E\x91\xCF\x11\xA5\xD6"), "W64", FILE_KIND_SOUND},
    {HEAD("\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9"), "WMA", FILE_KIND_SOUND},
    {HEAD("\x1A\x45\xDF\xA3\x9F\x42"), "WebM", FILE_KIND_SOUND},
    {HEAD("wvpk\0\0\0\0"), "WavPack", FILE_KIND_SOUND},
    {HEAD("#!AMR\n\x3C\x08\x0F"), "AMR", FILE_KIND_SOUND},
    {HEAD("\xFF\xFD\x84\x04\0\0\0\0"), "MP2", FILE_KIND_SOUND},
    {HEAD("\xFF\xF1\x50\x80\x02\x1F\xFC"), "AAC", FILE_KIND_SOUND},
    {HEAD("RIFF\0\x10\0\0"
          "AVI LIST"),
     "AVI", FILE_KIND_SOUND},
    {HEAD("\x89PNG\r\n\x1A\n"), "PNG", FILE_KIND_OTHER},
    {HEAD("\xFF\xD8\xFF\xE0"), "JPEG", FILE_KIND_OTHER},
    {HEAD("MThd\0\0\0\6"), "MIDI", FILE_KIND_OTHER},
};

static void what_is_known_has_its_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const struct file_kind *kind = file_kind_find(known[i].head);
        if (!kind || !strstr(kind->name, known[i].name))
            fail_msg("%s: found %s", known[i].name, kind ? kind->name : "nothing");
        assert_int_equal(kind->use, known[i].use);
    }
}

static void gsm_is_known_by_three_frames(void **state)
{
    (void)state;
    char head[FILE_KIND_HEAD];
    memset(head, 0x5A, sizeof head);
    head[0] = head[33] = head[66] = head[99] = (char)0xD9;
    assert_string_equal(file_kind_find((struct text){head, sizeof head})->name, "a GSM recording");
    head[33] = 0x19;
    assert_null(file_kind_find((struct text){head, sizeof head}));
}

// Letters of Cyrillic begin with the bits of a GSM frame.
static void texts_are_none(void **state)
{
    (void)state;
    static const struct text texts[] = {
        HEAD(""),
        HEAD("A"),
        HEAD("Wide open, the window lets in the sea. Breathe."),
        HEAD("The AIFF file of my WAVE is here, and the wide sea."),
        HEAD("The moov, then mdat."),
        HEAD("In mdat the sea."),
        HEAD("ID3 is what this is about."),
        HEAD("MAC is my name.\r\n\tAnd caff\xC3\xA9 is what I drink."),
        HEAD("RIFF of the WAVE, a song."),
        HEAD("BZ and Rar, MAC and MP and 7z."),
        HEAD("\xFF\xFE"
             "T\0i\0t\0l\0e\0"),
        HEAD("\xFE\xFF\0T\0i\0t\0l\0e"),
        HEAD("\xEF\xBB\xBFTitle"),
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_null(file_kind_find(texts[i]));
    char cyrillic[FILE_KIND_HEAD];
    for (size_t i = 0; i < sizeof cyrillic; i += 2)
        memcpy(cyrillic + i, "\xD1\x8F", 2);
    cyrillic[33] = 'x'; // from here on letters begin at odd places
    for (size_t i = 33; i + 2 < sizeof cyrillic; i += 2)
        memcpy(cyrillic + i, "\xD1\x8F", 2);
    assert_null(file_kind_find((struct text){cyrillic, sizeof cyrillic}));
}

static void expect_conversion(const char *path, const char *wanted)
{
    struct buffer out = BUFFER_INIT;
    file_kind_conversion(&out, path);
    assert_string_equal(out.data, wanted);
    buffer_free(&out);
}

static void a_way_out_has_names_for_a_shell(void **state)
{
    (void)state;
    expect_conversion("sea.m4a", "ffmpeg -i sea.m4a sea.flac");
    expect_conversion("../a.b/sea", "ffmpeg -i ../a.b/sea sea.flac");
    expect_conversion("my sea.m4a", "ffmpeg -i FILE FILE.flac");
    expect_conversion("-sea.m4a", "ffmpeg -i FILE FILE.flac");
    expect_conversion(".m4a", "ffmpeg -i .m4a .m4a.flac");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_known_has_its_name),
        cmocka_unit_test(gsm_is_known_by_three_frames),
        cmocka_unit_test(texts_are_none),
        cmocka_unit_test(a_way_out_has_names_for_a_shell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
