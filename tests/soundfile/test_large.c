// SPDX-License-Identifier: GPL-3.0-or-later
// A file beyond 4 GiB, where the 32-bit counts of a plain WAV end.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sndfile.h>
#include <string.h>
#include <sys/stat.h>

#include "encoder.h"
#include "scratch.h"

enum { PART = 65536 };

static struct scratch scratch;
static float part[2 * PART];

static void test_rf64(void **state)
{
    (void)state;
    const int64_t frames = (INT64_C(1) << 29) + 12345; // of 8 bytes
    struct encoder_config config = {
        .path = scratch.file, .format = ENCODER_WAV_FLOAT, .total_frames = frames};
    struct encoder *encoder;
    struct error error = {0};
    assert_int_equal(encoder_open(&encoder, &config, &error), STATUS_OK);
    for (int64_t done = 0; done < frames;) {
        int64_t count = frames - done < PART ? frames - done : PART;
        part[0] = (float)(done / PART) * 0x1p-14f; // each part is known by its first sample
        assert_int_equal(encoder_write(encoder, part, (size_t)count, &error), STATUS_OK);
        done += count;
    }
    if (encoder_finish(encoder, &error) != STATUS_OK)
        fail_msg("%s", error.text);

    struct stat found;
    assert_return_code(stat(scratch.file, &found), 0);
    assert_in_range(found.st_size, frames * 8, frames * 8 + 4096);
    SF_INFO info = {0};
    SNDFILE *sound = sf_open(scratch.file, SFM_READ, &info);
    assert_non_null(sound);
    assert_int_equal(info.format, SF_FORMAT_RF64 | SF_FORMAT_FLOAT);
    assert_int_equal(info.frames, frames);
    float first[2];
    int64_t last = frames / PART;
    assert_int_equal(sf_seek(sound, last * PART, SEEK_SET), last * PART);
    assert_int_equal(sf_readf_float(sound, first, 1), 1);
    assert_true(first[0] == (float)last * 0x1p-14f);
    sf_close(sound);
}

static int set_up(void **state)
{
    (void)state;
    scratch_make(&scratch);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_remove(&scratch);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rf64, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
