// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>
#include <sndfile.h>

static const struct chapter chapters[SAMPLE_CHAPTERS] = {
    {0, 48001, {"Ankommen \xc3\xa0 deux", 16}},
    {48001, 120000, {"Ball & <Wall>", 13}},
    {120000, SAMPLE_FRAMES, {"Return; a = b", 13}},
};

struct tags sample_tags(void)
{
    return (struct tags){.title = TEXT("Wall \xe2\x80\x9c"
                                       "and\xe2\x80\x9d Ball"),
                         .language = TEXT("en"),
                         .session = TEXT("wall-ball"),
                         .length = TEXT("0:05"),
                         .comment = TEXT("Slow, measured pressure."),
                         .notice = TEXT("Ease off & rest.\nStop at any moment."),
                         .software = TEXT("loosen 9.8.7"),
                         .chapters = chapters,
                         .chapter_count = SAMPLE_CHAPTERS,
                         .total_frames = SAMPLE_FRAMES};
}

// A file in memory.
struct file {
    struct buffer bytes;
    sf_count_t position;
};

static sf_count_t get_size(void *user)
{
    return (sf_count_t)((struct file *)user)->bytes.size;
}

static sf_count_t get_position(void *user)
{
    return ((struct file *)user)->position;
}

static sf_count_t seek(sf_count_t offset, int whence, void *user)
{
    struct file *file = user;
    sf_count_t start = whence == SEEK_SET   ? 0
                       : whence == SEEK_CUR ? file->position
                                            : (sf_count_t)file->bytes.size;
    return file->position = start + offset;
}

static sf_count_t read_bytes(void *data, sf_count_t size, void *user)
{
    (void)data, (void)size, (void)user;
    fail_msg("nothing is read");
    return 0;
}

static sf_count_t write_bytes(const void *data, sf_count_t size, void *user)
{
    struct file *file = user;
    while (file->bytes.size < (size_t)(file->position + size))
        buffer_add_byte(&file->bytes, '\0');
    assert_false(file->bytes.failed);
    memcpy(file->bytes.data + file->position, data, (size_t)size);
    file->position += size;
    return size;
}

struct buffer sample_file(int format)
{
    struct file file = {BUFFER_INIT, 0};
    SF_VIRTUAL_IO io = {get_size, seek, read_bytes, write_bytes, get_position};
    SF_INFO info = {.samplerate = 48000, .channels = 2, .format = format};
    SNDFILE *sound = sf_open_virtual(&io, SFM_WRITE, &info, &file);
    assert_non_null(sound);
    float *stereo = calloc(SAMPLE_FRAMES, 2 * sizeof *stereo);
    assert_non_null(stereo);
    for (int i = 0; i < SAMPLE_FRAMES; i++) {
        stereo[2 * i] = 0.2F * sinf((float)i * 0.05F);
        stereo[2 * i + 1] = 0.2F * sinf((float)i * 0.031F + (float)i * (float)i * 1e-8F);
    }
    assert_int_equal(sf_writef_float(sound, stereo, SAMPLE_FRAMES), SAMPLE_FRAMES);
    assert_int_equal(sf_close(sound), 0);
    free(stereo);
    return file.bytes;
}
