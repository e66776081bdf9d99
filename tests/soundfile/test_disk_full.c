// SPDX-License-Identifier: GPL-3.0-or-later
// Real small file systems of many sizes, in a mount namespace of the test's own: as root, or as any
// user who may make a user namespace.
#define _GNU_SOURCE 1 // unshare, mount
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "encoder.h"
#include "scratch.h"
#include "tags.h"
#include "tone.h"

enum { FRAMES = 90001 };

static struct scratch scratch;

static void write_text(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    assert_return_code(file, errno);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
}

static int enter_namespace(void **state)
{
    (void)state;
    char map[64];
    unsigned user = geteuid(), group = getegid();
    if (unshare(CLONE_NEWNS) != 0) {
        assert_return_code(unshare(CLONE_NEWUSER | CLONE_NEWNS), errno);
        snprintf(map, sizeof map, "0 %u 1", user);
        write_text("/proc/self/uid_map", map);
        write_text("/proc/self/setgroups", "deny");
        snprintf(map, sizeof map, "0 %u 1", group);
        write_text("/proc/self/gid_map", map);
    }
    assert_return_code(mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL), errno);
    scratch_make(&scratch);
    return 0;
}

static int leave(void **state)
{
    (void)state;
    scratch_remove(&scratch);
    return 0;
}

static void mount_disk(const char *options)
{
    assert_return_code(mount("tmpfs", scratch.folder, "tmpfs", 0, options), errno);
}

static void unmount_disk(void)
{
    // Busy: a descriptor is still open.
    assert_return_code(umount2(scratch.folder, 0), errno);
}

static enum status export_tone(enum encoder_format format, bool force, struct error *error)
{
    const struct tags tags = {.title = {"Full", 4}};
    struct encoder_config config = {.path = scratch.file,
                                    .format = format,
                                    .total_frames = FRAMES,
                                    .force = force,
                                    .seed = 3,
                                    .tags = &tags};
    return tone_export(&config, error);
}

// Room for `pages` of the file. With `force` there is an old file of one page more.
static bool export_fits(enum encoder_format format, bool force, int pages, const char *want,
                        size_t want_size)
{
    char options[64];
    snprintf(options, sizeof options, "size=%d", (pages + force) * (int)sysconf(_SC_PAGESIZE));
    mount_disk(options);
    if (force)
        scratch_write(scratch.file, "dear old file");
    struct error error = {0};
    enum status status = export_tone(format, force, &error);
    size_t size;
    char *data = scratch_read(scratch.file, &size);
    if (status == STATUS_OK) {
        assert_int_equal(size, want_size);
        assert_memory_equal(data, want, size);
    } else {
        assert_int_equal(status, STATUS_IO);
        assert_non_null(strstr(error.text, "out.wav: No space left on device"));
        if (force)
            assert_string_equal(data, "dear old file");
        else
            assert_null(data);
    }
    assert_int_equal(scratch_count(scratch.folder), force || status == STATUS_OK);
    struct statvfs disk;
    assert_return_code(statvfs(scratch.folder, &disk), errno);
    assert_true(status == STATUS_OK || disk.f_bfree == disk.f_blocks - force);
    free(data);
    unmount_disk();
    return status == STATUS_OK;
}

static void fill_disks(enum encoder_format format, bool force)
{
    mount_disk("size=8m");
    assert_int_equal(export_tone(format, false, NULL), STATUS_OK);
    size_t size;
    char *want = scratch_read(scratch.file, &size);
    unmount_disk();
    int page = (int)sysconf(_SC_PAGESIZE);
    int needed = (int)((size + page - 1) / page);
    for (int pages = 1; pages <= needed + 2; pages++)
        assert_int_equal(export_fits(format, force, pages, want, size), pages >= needed);
    free(want);
}

static void test_disks_of_every_size(void **state)
{
    (void)state;
    fill_disks(ENCODER_WAV_16, false);
    fill_disks(ENCODER_WAV_FLOAT, false);
    fill_disks(ENCODER_FLAC_16, false);
    fill_disks(ENCODER_VORBIS, false);
    fill_disks(ENCODER_OPUS, false);
    fill_disks(ENCODER_MP3, false);
}

static void test_old_file_on_disks_of_every_size(void **state)
{
    (void)state;
    fill_disks(ENCODER_WAV_24, true);
    fill_disks(ENCODER_FLAC_24, true);
    fill_disks(ENCODER_MP3, true);
}

static void test_no_inode_left(void **state)
{
    (void)state;
    struct error error = {0};
    mount_disk("size=8m,nr_inodes=1"); // its root takes the one
    assert_int_equal(export_tone(ENCODER_WAV_16, false, &error), STATUS_IO);
    assert_non_null(strstr(error.text, "out.wav: No space left on device"));
    assert_int_equal(scratch_count(scratch.folder), 0);
    unmount_disk();
}

static void test_read_only_disk(void **state)
{
    (void)state;
    struct error error = {0};
    mount_disk("size=8m");
    assert_return_code(mount(NULL, scratch.folder, NULL, MS_REMOUNT | MS_RDONLY, NULL), errno);
    assert_int_equal(export_tone(ENCODER_WAV_16, false, &error), STATUS_BAD_ARGUMENT);
    assert_non_null(strstr(error.text, "out.wav: Read-only file system"));
    assert_int_equal(scratch_count(scratch.folder), 0);
    unmount_disk();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_disks_of_every_size),
        cmocka_unit_test(test_old_file_on_disks_of_every_size),
        cmocka_unit_test(test_no_inode_left),
        cmocka_unit_test(test_read_only_disk),
    };
    return cmocka_run_group_tests(tests, enter_namespace, leave);
}
