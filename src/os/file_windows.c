// SPDX-License-Identifier: GPL-3.0-or-later
// What is complete goes to the disk stretch by stretch while the rest is still made, and leaves the
// system's cache as soon as it is there; the same when it is read back. So the data pass through
// the same few pages all the time: a quarter of the processor time that it takes to fill new ones
// for a whole file (where a virtual machine gets its memory page by page, a sixth), and nothing is
// left to wait for at the end.
#define _GNU_SOURCE 1 // sync_file_range: Linux only
#include "file_windows.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    WINDOW_BYTES = FILE_WINDOW_BYTES,
    STRETCH_WINDOWS = 16, // of shorter ones pages are not found again (measured)
    STRETCH_BYTES = STRETCH_WINDOWS * WINDOW_BYTES,
    STRETCHES_AWAY = 2 // on their way to the disk
};

void file_windows_init(struct file_windows *windows, int data)
{
    windows->data = data;
    windows->first.number = -1;
    windows->moving.number = -1;
}

void file_windows_deinit(struct file_windows *windows)
{
    file_marks_deinit(&windows->marks);
}

void file_windows_fail(struct file_windows *windows, const char *what, int cause)
{
    if (windows->cause)
        return;
    windows->failed = what;
    windows->cause = cause ? cause : EIO;
}

static void fail(struct file_windows *windows, int cause)
{
    file_windows_fail(windows, "write", cause);
}

void file_windows_seek(struct file_windows *windows, int64_t position)
{
    if (position < 0)
        fail(windows, EINVAL);
    else
        windows->position = position;
}

// How many bytes of a window the file has.
static int64_t filled(const struct file_windows *windows, const struct file_window *window)
{
    int64_t left = windows->size - window->number * WINDOW_BYTES;
    return left < 0 ? 0 : left < WINDOW_BYTES ? left : WINDOW_BYTES;
}

// Give a window to the system, as far as the file goes.
static void store(struct file_windows *windows, struct file_window *window)
{
    if (window->number < 0 || !window->dirty)
        return;
    int64_t start = window->number * WINDOW_BYTES;
    int64_t size = filled(windows, window);
    int64_t done = 0;
    while (done < size && !windows->cause) {
        ssize_t count = pwrite(windows->data, window->bytes + done, (size_t)(size - done),
                               (off_t)(start + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            fail(windows, count ? errno : EIO);
        else
            done += count;
    }
    file_marks_write(&windows->marks, window->number, window->words);
    window->dirty = false;
}

// A stretch of the file leaves the cache, as far as it is on the disk: a wish, not a need.
static void forget(const struct file_windows *windows, int64_t start)
{
    (void)posix_fadvise(windows->data, (off_t)start, STRETCH_BYTES, POSIX_FADV_DONTNEED);
}

// What fails while data go to the disk is said once, and not again by fsync; that a system or a
// sandbox does not let us ask for it is no fault.
static bool is_lost(int cause)
{
    return cause == EIO || cause == ENOSPC || cause == EDQUOT;
}

// Begin to write a stretch to the disk, or with other `flags` wait for that.
static void push(struct file_windows *windows, int64_t start, unsigned flags)
{
    if (!windows->cause &&
        sync_file_range(windows->data, (off_t)start, STRETCH_BYTES, flags) != 0 && is_lost(errno))
        fail(windows, errno);
}

// The window before `end` went to the system: when it ends a stretch, that goes to the disk.
static void write_behind(struct file_windows *windows, int64_t end)
{
    const int64_t start = end - STRETCH_BYTES;
    const int64_t earlier = start - (int64_t)STRETCHES_AWAY * STRETCH_BYTES;
    if (end % STRETCH_BYTES != 0)
        return;
    push(windows, start, SYNC_FILE_RANGE_WRITE);
    if (earlier < 0)
        return;
    push(windows, earlier,
         SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
    forget(windows, earlier);
}

// Fill a window from the file, and compare it with what was written.
static void load(struct file_windows *windows, struct file_window *window)
{
    bool written = file_marks_is_written(&windows->marks, window->number);
    int64_t done = 0;
    while (written && done < WINDOW_BYTES) {
        ssize_t count = pread(windows->data, window->bytes + done, (size_t)(WINDOW_BYTES - done),
                              (off_t)(window->number * WINDOW_BYTES + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            file_windows_fail(windows, "read back", errno);
        if (count <= 0)
            break;
        done += count;
    }
    memset(window->bytes + done, 0, (size_t)(WINDOW_BYTES - done));
    if (!file_marks_compare(&windows->marks, window->number, window->words,
                            (size_t)filled(windows, window)))
        file_windows_fail(windows, "read back", EBADMSG);
    if ((window->number + 1) % STRETCH_WINDOWS == 0)
        forget(windows, (window->number + 1 - STRETCH_WINDOWS) * WINDOW_BYTES);
}

// The window that holds the position, in memory; NULL on failure.
static struct file_window *present_window(struct file_windows *windows)
{
    int64_t number = windows->position / WINDOW_BYTES;
    struct file_window *window = number == 0 ? &windows->first : &windows->moving;
    if (windows->cause)
        return NULL;
    if (window->number == number)
        return window;
    store(windows, window);
    window->number = -1;
    if (file_marks_reserve(&windows->marks, number) != STATUS_OK) {
        fail(windows, ENOMEM);
        return NULL;
    }
    window->number = number;
    load(windows, window);
    return windows->cause ? NULL : window;
}

int64_t file_windows_write(struct file_windows *windows, const void *data, int64_t size)
{
    int64_t done = 0;
    while (done < size) {
        struct file_window *window = present_window(windows);
        if (!window)
            break;
        int64_t offset = windows->position % WINDOW_BYTES;
        int64_t space = WINDOW_BYTES - offset;
        int64_t part = size - done < space ? size - done : space;
        memcpy(window->bytes + offset, (const char *)data + done, (size_t)part);
        window->dirty = true;
        done += part;
        windows->position += part;
        if (windows->position > windows->size)
            windows->size = windows->position;
        if (part == space && window == &windows->moving) {
            store(windows, window);
            write_behind(windows, windows->position);
        }
    }
    return done;
}

int64_t file_windows_read(struct file_windows *windows, void *data, int64_t size)
{
    int64_t done = 0;
    while (done < size && windows->position < windows->size) {
        const struct file_window *window = present_window(windows);
        if (!window)
            break;
        int64_t offset = windows->position % WINDOW_BYTES;
        int64_t ready = WINDOW_BYTES - offset;
        if (ready > windows->size - windows->position)
            ready = windows->size - windows->position;
        int64_t part = size - done < ready ? size - done : ready;
        memcpy((char *)data + done, window->bytes + offset, (size_t)part);
        done += part;
        windows->position += part;
    }
    return done;
}

static int sync_data(int descriptor)
{
    int result;
    do
        result = fsync(descriptor);
    while (result != 0 && errno == EINTR);
    return result;
}

void file_windows_sync(struct file_windows *windows)
{
    store(windows, &windows->first);
    store(windows, &windows->moving);
    if (!windows->cause && sync_data(windows->data) != 0)
        fail(windows, errno);
    windows->first.number = -1;
    windows->moving.number = -1;
    file_marks_reset(&windows->marks);
    if (!windows->cause)
        (void)posix_fadvise(windows->data, 0, 0, POSIX_FADV_DONTNEED); // a wish, not a need
}

// Read a window back that may have been read before its turn in the digest.
static void verify_window(struct file_windows *windows, int64_t number)
{
    windows->first.number = -1;
    windows->moving.number = -1;
    windows->position = number * WINDOW_BYTES;
    (void)present_window(windows); // a failure is remembered
}

void file_windows_verify(struct file_windows *windows)
{
    struct stat found;
    int64_t position = windows->position;
    for (int64_t i = 0; i * WINDOW_BYTES < windows->size && !windows->cause; i++)
        if (file_marks_is_due(&windows->marks, i))
            verify_window(windows, i);
    windows->position = position;
    file_marks_set_digest(&windows->marks, NULL);
    if (!windows->cause && fstat(windows->data, &found) != 0)
        file_windows_fail(windows, "read back", errno);
    if (!windows->cause && found.st_size != windows->size)
        file_windows_fail(windows, "read back", EBADMSG);
}
