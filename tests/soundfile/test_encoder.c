// SPDX-License-Identifier: GPL-3.0-or-later
// What ends up in the files, read back by libsndfile and by two programs that do not use it, and
// what happens to a name that is taken.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio_file.h"
#include "digest.h"
#include "encoder.h"
#include "quantiser.h"
#include "safe_file.h"
#include "scratch.h"
#include "tags.h"
#include "tone.h"

enum { FRAMES = 100003, FORMATS = 5 };

static const struct format {
    const char *name;   // of the file; programs go by it
    const char *coding; // what ffprobe calls it
    int bits;           // 32: float
    double step;        // of a sample; the value read back is this near to what was written
} formats[FORMATS] = {
    [ENCODER_WAV_16] = {"a.wav", "pcm_s16le", 16, 0x1.8p-15},
    [ENCODER_WAV_24] = {"b.wav", "pcm_s24le", 24, 0x1.08p-24},
    [ENCODER_WAV_FLOAT] = {"c.wav", "pcm_f32le", 32, 0},
    [ENCODER_FLAC_16] = {"d.flac", "flac", 16, 0x1.8p-15},
    [ENCODER_FLAC_24] = {"e.flac", "flac", 24, 0x1.08p-24},
};

static struct scratch scratch;

static const char title[] = "Wall ball \xc3\xa0 deux";
static const struct tags tags = {.title = {title, sizeof title - 1},
                                 .comment = {"For comfort", 11}};

static struct encoder_config config_for(const char *path, enum encoder_format format)
{
    return (struct encoder_config){
        .path = path, .format = format, .total_frames = FRAMES, .seed = 4, .tags = &tags};
}

static void export_or_fail(const struct encoder_config *config)
{
    struct error error = {0};
    if (tone_export(config, &error) != STATUS_OK)
        fail_msg("%s", error.text);
}

static char *path_of(char *path, const char *name)
{
    snprintf(path, SCRATCH_PATH_MAX, "%.400s/%s", scratch.folder, name);
    return path;
}

// Samples as libsndfile reads them, -1 .. 1.
static float *read_back(const char *path, int bits)
{
    SF_INFO info = {0};
    SNDFILE *sound = sf_open(path, SFM_READ, &info);
    assert_non_null(sound);
    assert_int_equal(info.frames, FRAMES);
    assert_int_equal(info.channels, 2);
    assert_int_equal(info.samplerate, 48000);
    int coding = info.format & SF_FORMAT_SUBMASK;
    assert_int_equal(coding, bits == 16   ? SF_FORMAT_PCM_16
                             : bits == 24 ? SF_FORMAT_PCM_24
                                          : SF_FORMAT_FLOAT);
    assert_string_equal(sf_get_string(sound, SF_STR_TITLE), "Wall ball \xc3\xa0 deux");
    float *samples = malloc(2 * FRAMES * sizeof *samples);
    assert_non_null(samples);
    assert_int_equal(sf_readf_float(sound, samples, FRAMES), FRAMES);
    assert_int_equal(sf_close(sound), 0);
    return samples;
}

static float *tone(void)
{
    float *samples = malloc(2 * FRAMES * sizeof *samples);
    assert_non_null(samples);
    tone_fill(samples, 0, FRAMES, FRAMES);
    return samples;
}

static void test_formats_hold_what_was_written(void **state)
{
    (void)state;
    float *want = tone();
    for (int i = 0; i < FORMATS; i++) {
        char path[SCRATCH_PATH_MAX];
        struct encoder_config config =
            config_for(path_of(path, formats[i].name), (enum encoder_format)i);
        export_or_fail(&config);
        float *got = read_back(path, formats[i].bits);
        for (size_t k = 0; k < 2 * FRAMES; k++)
            assert_true(fabs((double)got[k] - (double)want[k]) <= formats[i].step);
        assert_true(got[0] == 0 && got[1] == 0);
        assert_true(got[2 * FRAMES - 2] == 0 && got[2 * FRAMES - 1] == 0);
        free(got);
    }
    assert_int_equal(scratch_count(scratch.folder), FORMATS);
    free(want);
}

// What a program prints, malloc'ed. It must succeed.
static char *output_of(const char *command, size_t *size)
{
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t capacity = 16u * FRAMES;
    char *data = malloc(capacity + 1);
    assert_non_null(data);
    *size = fread(data, 1, capacity, pipe);
    data[*size] = '\0';
    if (pclose(pipe) != 0)
        fail_msg("%s", command);
    return data;
}

// As 32-bit integers, or as floats where the file has those.
static void assert_witness(const char *command, const char *path, int bits, float tolerance)
{
    float *want = read_back(path, bits);
    size_t size;
    char *got = output_of(command, &size);
    assert_int_equal(size, 2 * FRAMES * sizeof(float));
    for (size_t i = 0; i < 2 * FRAMES; i++) {
        float value;
        int32_t integer;
        memcpy(&value, got + i * sizeof value, sizeof value);
        memcpy(&integer, got + i * sizeof integer, sizeof integer);
        if (bits != 32)
            value = (float)(integer * 0x1p-31);
        assert_true(fabsf(value - want[i]) <= tolerance);
    }
    free(got);
    free(want);
}

static void test_other_programs_read_the_same(void **state)
{
    (void)state;
    for (int i = 0; i < FORMATS; i++) {
        char path[SCRATCH_PATH_MAX], command[2 * SCRATCH_PATH_MAX];
        struct encoder_config config =
            config_for(path_of(path, formats[i].name), (enum encoder_format)i);
        export_or_fail(&config);
        bool real = formats[i].bits == 32;
        snprintf(command, sizeof command, "ffmpeg -v error -i %s -f %s -", path,
                 real ? "f32le" : "s32le");
        assert_witness(command, path, formats[i].bits, 0);
        snprintf(command, sizeof command, "sox -V1 -D %s -t raw -e %s -b 32 -", path,
                 real ? "float" : "signed");
        // sox keeps 24 bits of a float.
        assert_witness(command, path, formats[i].bits, real ? 0x1p-24f : 0);
    }
}

static void test_ffprobe_sees_title_and_coding(void **state)
{
    (void)state;
    for (int i = 0; i < FORMATS; i++) {
        char path[SCRATCH_PATH_MAX], command[2 * SCRATCH_PATH_MAX], want[64];
        struct encoder_config config =
            config_for(path_of(path, formats[i].name), (enum encoder_format)i);
        export_or_fail(&config);
        snprintf(command, sizeof command,
                 "ffprobe -v error -show_entries "
                 "stream=codec_name,sample_rate,channels,duration_ts:format_tags -of "
                 "default=noprint_wrappers=1 %s",
                 path);
        size_t size;
        char *found = output_of(command, &size);
        snprintf(want, sizeof want, "codec_name=%s\n", formats[i].coding);
        assert_non_null(strstr(found, want));
        snprintf(want, sizeof want, "duration_ts=%d\n", FRAMES);
        assert_non_null(strstr(found, want));
        assert_non_null(strstr(found, "sample_rate=48000\nchannels=2\n"));
        assert_non_null(strstr(found, "=Wall ball \xc3\xa0 deux\n"));
        assert_null(strstr(found, scratch.folder));
        free(found);
    }
}

// Bytes of each packet of the sound, which must all have as many.
static long packet_bytes(const struct encoder_config *config)
{
    char command[2 * SCRATCH_PATH_MAX];
    export_or_fail(config);
    snprintf(command, sizeof command,
             "ffprobe -v error -show_entries packet=size %s | sed -n s/^size=//p | sort -u",
             config->path);
    size_t size;
    char *found = output_of(command, &size);
    char *end;
    long bytes = strtol(found, &end, 10);
    if (strcmp(end, "\n") != 0)
        fail_msg("packets of %s have\n%s", config->path, found);
    free(found);
    return bytes;
}

static void test_mp3_of_a_constant_rate(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_MAX];
    struct encoder_config config = config_for(path_of(path, "constant.mp3"), ENCODER_MP3);
    config.constant_rate = true;
    config.force = true;
    assert_int_equal(packet_bytes(&config), 160000 / 8 * 1152 / 48000);
    config.mono = true;
    assert_int_equal(packet_bytes(&config), 80000 / 8 * 1152 / 48000);
}

// Also when the calls are split in another way, in another second.
static void test_same_input_same_bytes(void **state)
{
    (void)state;
    float *samples = tone();
    sleep(1);
    for (int i = 0; i < ENCODER_FORMATS; i++) {
        char one[SCRATCH_PATH_MAX], two[SCRATCH_PATH_MAX];
        path_of(one, "once");
        snprintf(two, sizeof two, "%.400s/again", scratch.folder);
        struct encoder_config config = config_for(one, (enum encoder_format)i);
        export_or_fail(&config);
        config.path = two;
        struct encoder *encoder;
        assert_int_equal(encoder_open(&encoder, &config, NULL), STATUS_OK);
        for (size_t k = 0; k < FRAMES; k++)
            assert_int_equal(encoder_write(encoder, samples + 2 * k, 1, NULL), STATUS_OK);
        if (i == ENCODER_WAV_FLOAT)
            sleep(1); // the header is written at the end
        assert_int_equal(encoder_finish(encoder, NULL), STATUS_OK);
        size_t size, size_again;
        char *data = scratch_read(one, &size), *again = scratch_read(two, &size_again);
        assert_int_equal(size, size_again);
        assert_memory_equal(data, again, size);
        free(data);
        free(again);
        scratch_empty(&scratch);
    }
    free(samples);
}

// Formats with losses: bad samples would stop LAME's process, and silence Opus for good.
static void test_losses_and_strange_samples(void **state)
{
    (void)state;
    float *samples = tone();
    for (size_t i = 1000; i < 2 * FRAMES; i += 5003)
        samples[i] = i % 2 ? NAN : -INFINITY;
    for (int format = ENCODER_VORBIS; format < ENCODER_FORMATS; format++) {
        struct encoder_config config = config_for(scratch.file, (enum encoder_format)format);
        config.force = true;
        struct encoder *encoder;
        struct error error = {0};
        assert_int_equal(encoder_open(&encoder, &config, &error), STATUS_OK);
        assert_int_equal(encoder_write(encoder, samples, FRAMES, &error), STATUS_OK);
        if (encoder_finish(encoder, &error) != STATUS_OK)
            fail_msg("%s", error.text);
    }
    free(samples);
}

static void test_short_files(void **state)
{
    (void)state;
    const int64_t lengths[] = {1, 2, 3, 100, 1000, 4801};
    for (int format = 0; format < ENCODER_FORMATS; format++) {
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            struct encoder_config config = config_for(scratch.file, (enum encoder_format)format);
            config.force = true;
            config.total_frames = lengths[i];
            struct encoder *encoder;
            struct error error = {0};
            float silence[2 * 4801] = {0};
            assert_int_equal(encoder_open(&encoder, &config, &error), STATUS_OK);
            assert_int_equal(encoder_write(encoder, silence, (size_t)lengths[i], &error),
                             STATUS_OK);
            if (encoder_finish(encoder, &error) != STATUS_OK)
                fail_msg("%s of %d frames: %s", encoder_format_name(config.format), (int)lengths[i],
                         error.text);
        }
    }
}

static void test_silence_and_strange_samples(void **state)
{
    (void)state;
    const float bad[] = {NAN, -INFINITY, 7.0f, -7.0f};
    for (int i = 0; i < FORMATS; i++) {
        struct encoder_config config = config_for(scratch.file, (enum encoder_format)i);
        config.force = true;
        struct encoder *encoder;
        float *samples = calloc(FRAMES, 2 * sizeof *samples);
        assert_non_null(samples);
        memcpy(samples + 1000, bad, sizeof bad);
        assert_int_equal(encoder_open(&encoder, &config, NULL), STATUS_OK);
        assert_int_equal(encoder_write(encoder, samples, FRAMES, NULL), STATUS_OK);
        assert_int_equal(encoder_finish(encoder, NULL), STATUS_OK);
        float *got = read_back(scratch.file, formats[i].bits);
        for (size_t k = 0; k < 2 * FRAMES; k++) {
            float want = k == 1002 ? 1.0f : k == 1003 ? -1.0f : 0.0f;
            assert_true(fabsf(got[k] - want) <= (want != 0.0f ? 0x1.8p-14f : 0.0f));
        }
        free(got);
        free(samples);
    }
}

static void assert_fails(const struct encoder_config *config, enum status status, const char *text)
{
    struct error error = {0};
    assert_int_equal(tone_export(config, &error), status);
    assert_int_equal(error.status, status);
    if (!strstr(error.text, text))
        fail_msg("\"%s\" does not contain \"%s\"", error.text, text);
}

static void assert_content(const char *path, const char *text)
{
    size_t size;
    char *data = scratch_read(path, &size);
    assert_non_null(data);
    assert_string_equal(data, text);
    free(data);
}

static void test_existing_file_is_kept(void **state)
{
    (void)state;
    struct encoder_config config = config_for(scratch.file, ENCODER_WAV_16);
    scratch_write(scratch.file, "dear old file");
    assert_fails(&config, STATUS_BAD_ARGUMENT, "out.wav exists already");
    assert_content(scratch.file, "dear old file");
    config.force = true;
    export_or_fail(&config);
    free(read_back(scratch.file, 16));
    assert_int_equal(scratch_count(scratch.folder), 1);
}

// It came while the export ran.
static void test_late_file_is_kept(void **state)
{
    (void)state;
    struct encoder_config config = config_for(scratch.file, ENCODER_WAV_16);
    struct encoder *encoder;
    struct error error = {0};
    assert_int_equal(encoder_open(&encoder, &config, &error), STATUS_OK);
    assert_int_equal(tone_write(encoder, FRAMES, &error), STATUS_OK);
    assert_int_equal(scratch_count(scratch.folder), 0);
    scratch_write(scratch.file, "dear new file");
    assert_int_equal(encoder_finish(encoder, &error), STATUS_BAD_ARGUMENT);
    assert_content(scratch.file, "dear new file");
    assert_int_equal(scratch_count(scratch.folder), 1);
}

static void test_links_folders_and_devices_are_refused(void **state)
{
    (void)state;
    char target[SCRATCH_PATH_MAX], link[SCRATCH_PATH_MAX], pipe[SCRATCH_PATH_MAX];
    scratch_write(path_of(target, "target"), "not to be touched");
    assert_return_code(symlink("target", path_of(link, "link.wav")), 0);
    assert_return_code(symlink("nowhere", scratch.file), 0);
    assert_return_code(mkfifo(path_of(pipe, "pipe.wav"), 0600), 0);
    for (int force = 0; force < 2; force++) {
        struct encoder_config config = config_for(link, ENCODER_WAV_16);
        config.force = force;
        assert_fails(&config, STATUS_BAD_ARGUMENT, "link.wav is a symbolic link");
        config.path = scratch.file;
        assert_fails(&config, STATUS_BAD_ARGUMENT, "out.wav is a symbolic link");
        config.path = pipe;
        assert_fails(&config, STATUS_BAD_ARGUMENT, "pipe.wav exists and is no regular file");
        config.path = scratch.folder;
        assert_fails(&config, STATUS_BAD_ARGUMENT, "exists and is no regular file");
        config.path = "/dev/full";
        assert_fails(&config, STATUS_BAD_ARGUMENT, "/dev/full exists and is no regular file");
        config.path = "/tmp/";
        assert_fails(&config, STATUS_BAD_ARGUMENT, "\"/tmp/\" names no file");
        config.path = "";
        assert_fails(&config, STATUS_BAD_ARGUMENT, "\"\" names no file");
    }
    assert_content(target, "not to be touched");
    assert_int_equal(scratch_count(scratch.folder), 4);
}

// A link in the middle of the path is the user's own way to a folder.
static void test_link_to_folder_is_followed(void **state)
{
    (void)state;
    char link[SCRATCH_PATH_MAX], path[SCRATCH_PATH_MAX];
    assert_return_code(symlink(".", path_of(link, "here")), 0);
    struct encoder_config config = config_for(path_of(path, "here/out.wav"), ENCODER_WAV_16);
    export_or_fail(&config);
    free(read_back(scratch.file, 16));
}

static enum status note_share(void *context, enum encoder_format format, double share,
                              struct error *error)
{
    (void)error;
    assert_int_equal(format, ENCODER_WAV_16);
    assert_true(share > 0);
    *(double *)context += share;
    return STATUS_OK;
}

static enum status give_up(void *context, enum encoder_format format, double share,
                           struct error *error)
{
    (void)format;
    *(double *)context += share;
    return error_set(error, STATUS_INTERRUPTED, "enough");
}

static void test_reading_back_is_watched(void **state)
{
    (void)state;
    double share = 0;
    struct encoder_config config = config_for(scratch.file, ENCODER_WAV_16);
    config.rate = 44100;
    config.watch = (struct encoder_watch){note_share, &share};
    export_or_fail(&config);
    assert_true(share > 0.999999 && share < 1.000001);
    char path[SCRATCH_PATH_MAX];
    config.path = path_of(path, "stopped.wav");
    config.watch = (struct encoder_watch){give_up, &share};
    share = 0;
    assert_fails(&config, STATUS_INTERRUPTED, "enough");
    assert_true(share > 0 && share < 0.5); // at the first call
    assert_int_equal(scratch_count(scratch.folder), 1);
}

static void test_folders_that_cannot_be_written(void **state)
{
    (void)state;
    char file[SCRATCH_PATH_MAX], path[SCRATCH_PATH_MAX];
    scratch_write(path_of(file, "file"), "no folder");
    struct encoder_config config = config_for(path_of(path, "none/out.wav"), ENCODER_WAV_16);
    assert_fails(&config, STATUS_BAD_ARGUMENT, "none/out.wav: No such file or directory");
    config.path = path_of(path, "file/out.wav");
    assert_fails(&config, STATUS_BAD_ARGUMENT, "file/out.wav: Not a directory");
    // Folders that even root cannot write to.
    config.path = "/proc/out.wav";
    assert_fails(&config, STATUS_BAD_ARGUMENT,
                 "cannot write /proc/out.wav: No such file or directory");
    config.path = "/proc/sys/out.wav";
    assert_fails(&config, STATUS_BAD_ARGUMENT, "cannot write /proc/sys/out.wav: ");
    assert_int_equal(scratch_count(scratch.folder), 1);
}

static void test_long_path_keeps_its_cause(void **state)
{
    (void)state;
    char path[3000];
    memset(path, 'x', sizeof path);
    for (size_t i = 0; i < sizeof path; i += 100)
        path[i] = '/';
    path[sizeof path - 1] = '\0';
    struct encoder_config config = config_for(path, ENCODER_WAV_16);
    assert_fails(&config, STATUS_BAD_ARGUMENT, "xx: No such file or directory");
    path[150] = '\0';
    memset(path, 'y', 150);
    memset(path + 150, 'y', 200);
    path[350] = '\0';
    config.path = path;
    assert_fails(&config, STATUS_BAD_ARGUMENT, "yy: File name too long");
}

static void test_relative_path(void **state)
{
    (void)state;
    int before = open(".", O_RDONLY | O_DIRECTORY);
    assert_return_code(before, 0);
    assert_return_code(chdir(scratch.folder), 0);
    struct encoder_config config = config_for("out.wav", ENCODER_WAV_16);
    export_or_fail(&config);
    assert_return_code(fchdir(before), 0);
    close(before);
    free(read_back(scratch.file, 16));
}

static void test_frame_count_must_be_as_announced(void **state)
{
    (void)state;
    struct encoder_config config = config_for(scratch.file, ENCODER_WAV_16);
    const float silence[2] = {0, 0};
    struct error error = {0};
    struct encoder *encoder;
    assert_int_equal(encoder_open(&encoder, &config, &error), STATUS_OK);
    assert_int_equal(tone_write(encoder, FRAMES - 1, &error), STATUS_OK);
    assert_int_equal(encoder_finish(encoder, &error), STATUS_BAD_ARGUMENT);
    assert_non_null(strstr(error.text, "only 100002 of 100003 frames"));

    assert_int_equal(encoder_open(&encoder, &config, &error), STATUS_OK);
    assert_int_equal(tone_write(encoder, FRAMES, &error), STATUS_OK);
    assert_int_equal(encoder_write(encoder, silence, 1, &error), STATUS_BAD_ARGUMENT);
    error = (struct error){0};
    assert_int_equal(encoder_write(encoder, silence, 0, &error), STATUS_BAD_ARGUMENT);
    assert_non_null(strstr(error.text, "more than the 100003 frames"));
    assert_int_equal(encoder_finish(encoder, &error), STATUS_BAD_ARGUMENT);

    const int64_t impossible[] = {0, -1, DURATION_MAX + 1, INT64_MAX};
    for (size_t i = 0; i < 4; i++) {
        config.total_frames = impossible[i];
        assert_int_equal(encoder_open(&encoder, &config, &error), STATUS_BAD_ARGUMENT);
    }
    assert_int_equal(scratch_count(scratch.folder), 0);
}

static void test_abort_leaves_nothing(void **state)
{
    (void)state;
    struct encoder_config config = config_for(scratch.file, ENCODER_WAV_16);
    scratch_write(scratch.file, "dear old file");
    config.force = true;
    struct encoder *encoder;
    assert_int_equal(encoder_open(&encoder, &config, NULL), STATUS_OK);
    assert_int_equal(tone_write(encoder, FRAMES / 2, NULL), STATUS_OK);
    encoder_abort(encoder);
    encoder_abort(NULL);
    assert_content(scratch.file, "dear old file");
    assert_int_equal(scratch_count(scratch.folder), 1);
}

// Between verifying and naming the file, its bytes can be read: for what tells of them beside it.
static void test_verified_file_can_be_read(void **state)
{
    (void)state;
    enum { SIZE = 1 << 20 };
    static char before[SIZE];
    struct encoder *encoder;
    struct encoder_config config = config_for(scratch.file, ENCODER_WAV_16);
    assert_int_equal(encoder_open(&encoder, &config, NULL), STATUS_OK);
    assert_int_equal(tone_write(encoder, FRAMES, NULL), STATUS_OK);
    assert_int_equal(encoder_verify(encoder, NULL, NULL), STATUS_OK);
    assert_int_equal(scratch_count(scratch.folder), 0);
    int64_t size = encoder_read(encoder, 0, before, SIZE);
    assert_in_range(size, 4 * FRAMES, SIZE - 1);
    assert_int_equal(encoder_read(encoder, size - 2, before + size - 2, SIZE - size), 2);
    assert_int_equal(encoder_finish(encoder, NULL), STATUS_OK);
    size_t after_size;
    char *after = scratch_read(scratch.file, &after_size);
    assert_int_equal(after_size, size);
    assert_memory_equal(after, before, after_size);
    free(after);
}

// The digest of what is read back is that of the file, however a decoder goes about in it.
static void test_digest_of_what_is_read_back(void **state)
{
    (void)state;
    for (int format = 0; format < ENCODER_FORMATS; format++) {
        struct digest *digest;
        struct encoder *encoder;
        struct encoder_config config = config_for(scratch.file, format);
        char hex[DIGEST_SIZE], want[DIGEST_SIZE];
        int64_t size, want_size;
        config.force = true;
        assert_int_equal(digest_new(&digest, NULL), STATUS_OK);
        assert_int_equal(encoder_open(&encoder, &config, NULL), STATUS_OK);
        assert_int_equal(tone_write(encoder, FRAMES, NULL), STATUS_OK);
        assert_int_equal(encoder_verify(encoder, digest, NULL), STATUS_OK);
        digest_finish(digest, hex);
        size = encoder_size(encoder);
        assert_int_equal(encoder_finish(encoder, NULL), STATUS_OK);
        assert_int_equal(digest_file(want, &want_size, scratch.file, NULL), STATUS_OK);
        assert_int_equal(size, want_size);
        assert_string_equal(hex, want);
    }
}

static void test_name_can_be_checked_before_the_work(void **state)
{
    (void)state;
    assert_int_equal(safe_file_check(scratch.file, false, NULL), STATUS_OK);
    assert_int_equal(scratch_count(scratch.folder), 0);
    scratch_write(scratch.file, "kept");
    assert_int_equal(safe_file_check(scratch.file, false, NULL), STATUS_BAD_ARGUMENT);
    assert_int_equal(safe_file_check(scratch.file, true, NULL), STATUS_OK);
    assert_content(scratch.file, "kept");
}

static void test_file_has_the_usual_rights(void **state)
{
    (void)state;
    struct stat found;
    mode_t before = umask(027);
    struct encoder_config config = config_for(scratch.file, ENCODER_WAV_16);
    export_or_fail(&config);
    umask(before);
    assert_return_code(stat(scratch.file, &found), 0);
    assert_int_equal(found.st_mode & 07777, 0640);
}

static void test_small_file_in_one_call(void **state)
{
    (void)state;
    assert_int_equal(safe_file_save(scratch.file, false, "line\n", 5, NULL), STATUS_OK);
    assert_content(scratch.file, "line\n");
    assert_int_equal(safe_file_save(scratch.file, false, "other\n", 6, NULL), STATUS_BAD_ARGUMENT);
    assert_content(scratch.file, "line\n");
    assert_int_equal(safe_file_save(scratch.file, true, "", 0, NULL), STATUS_OK);
    assert_content(scratch.file, "");
}

// Writes that jump about, over the edges of the buffer, against a copy in memory.
static void test_seeking(void **state)
{
    (void)state;
    enum { SIZE = 1 << 20 };
    static char want[SIZE], part[SIZE];
    struct safe_file *file;
    int64_t end = 0;
    memset(want, 0, sizeof want);
    assert_int_equal(safe_file_open(&file, scratch.file, false, NULL), STATUS_OK);
    srand(5);
    for (int i = 0; i < 300; i++) {
        int64_t size = rand() % 5000 * (i % 7 == 0 ? 60 : 1);
        int64_t start = i % 3 == 0 ? rand() % (SIZE - size) : safe_file_position(file);
        if (start + size > SIZE)
            continue;
        memset(want + start, i, (size_t)size);
        if (size && start + size > end)
            end = start + size;
        safe_file_seek(file, start);
        assert_int_equal(safe_file_write(file, want + start, size), size);
        assert_int_equal(safe_file_position(file), start + size);
        if (i % 10 == 0) {
            safe_file_seek(file, start);
            assert_int_equal(safe_file_read(file, part, size), size);
            assert_memory_equal(part, want + start, size);
        }
    }
    assert_int_equal(safe_file_size(file), end);
    safe_file_seek(file, end - 10);
    assert_int_equal(safe_file_read(file, part, 100), 10);
    assert_int_equal(safe_file_commit(file, NULL), STATUS_OK);
    size_t size;
    char *data = scratch_read(scratch.file, &size);
    assert_int_equal(size, end);
    assert_memory_equal(data, want, size);
    free(data);

    assert_int_equal(safe_file_open(&file, scratch.file, true, NULL), STATUS_OK);
    safe_file_seek(file, -1);
    assert_int_equal(safe_file_write(file, "x", 1), 0);
    assert_int_equal(safe_file_commit(file, NULL), STATUS_IO);
}

// The first bytes of a file that is to be `frames` long.
static void assert_begins(const char *begin, int64_t frames)
{
    struct safe_file *file;
    struct audio_file *audio;
    float silence[2] = {0};
    char head[5] = "";
    assert_int_equal(safe_file_open(&file, scratch.file, false, NULL), STATUS_OK);
    const struct audio_file_config config = {.file = file,
                                             .format = ENCODER_WAV_FLOAT,
                                             .rate = 48000,
                                             .channels = 2,
                                             .frames = frames,
                                             .tags = &tags};
    assert_int_equal(audio_file_open(&audio, &config, NULL), STATUS_OK);
    assert_int_equal(audio_file_write(audio, silence, 1, NULL), STATUS_OK);
    assert_int_equal(audio_file_complete(audio, NULL), STATUS_OK);
    safe_file_seek(file, 0);
    assert_int_equal(safe_file_read(file, head, 4), 4);
    assert_string_equal(head, begin);
    audio_file_close(audio);
    safe_file_abort(file);
}

// As test_wav_stream has it for streams: RF64 where samples take more than 4 GiB - 1 MiB - 1.
static void test_large_files_begin(void **state)
{
    (void)state;
    assert_begins("RIFF", 536739839);
    assert_begins("RF64", 536739840);
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_formats_hold_what_was_written),
        TEST(test_other_programs_read_the_same),
        TEST(test_ffprobe_sees_title_and_coding),
        TEST(test_mp3_of_a_constant_rate),
        TEST(test_same_input_same_bytes),
        TEST(test_silence_and_strange_samples),
        TEST(test_losses_and_strange_samples),
        TEST(test_short_files),
        TEST(test_existing_file_is_kept),
        TEST(test_late_file_is_kept),
        TEST(test_links_folders_and_devices_are_refused),
        TEST(test_link_to_folder_is_followed),
        TEST(test_reading_back_is_watched),
        TEST(test_folders_that_cannot_be_written),
        TEST(test_long_path_keeps_its_cause),
        TEST(test_relative_path),
        TEST(test_frame_count_must_be_as_announced),
        TEST(test_abort_leaves_nothing),
        TEST(test_verified_file_can_be_read),
        TEST(test_digest_of_what_is_read_back),
        TEST(test_name_can_be_checked_before_the_work),
        TEST(test_file_has_the_usual_rights),
        TEST(test_small_file_in_one_call),
        TEST(test_seeking),
        TEST(test_large_files_begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
