// SPDX-License-Identifier: GPL-3.0-or-later
// Data first get a nameless inode in the target's folder; placing syncs them and links the inode.
//
//   nothing at the name          linkat(inode, name), which fails rather than replace
//   a file that may go           linkat(inode, temporary), exchange(temporary, name); the old file,
//                                now under the temporary name, goes once the new one is kept, and
//                                comes back when it is not
//   no O_TMPFILE (FAT, NFS ...)  the data have the temporary name from the start
//
// Two windows of the file are in memory: its first one, where formats correct their headers at the
// end, and the one at work. What a window holds is remembered as a hash, with which everything that
// is ever read back is compared.
//
// What is complete goes to the disk stretch by stretch while the rest is still made, and leaves the
// system's cache as soon as it is there; the same when it is read back. So the data pass through
// the same few pages all the time: a quarter of the processor time that it takes to fill new ones
// for a whole file (where a virtual machine gets its memory page by page, a sixth), and nothing is
// left to wait for at the end.
#define _GNU_SOURCE \
    1 // O_TMPFILE, renameat2, sync_file_range: Linux only, and what this file is about
#include "safe_file.h"

#include "digest.h"
#include "word_hash.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SHOWN_MAX = 300,           // bytes of the path in messages
    TEMPORARY_MAX = 64,        // bytes of a temporary name
    TEMPORARY_TRIES = 100,     // names taken by others before giving up
    WINDOW_BYTES = 256 * 1024, // aligned writes of this size cost a sixth of those of 32 KiB
    WINDOW_WORDS = WINDOW_BYTES / sizeof(uint64_t),
    STRETCH_WINDOWS = 16, // of shorter ones pages are not found again (measured)
    STRETCH_BYTES = STRETCH_WINDOWS * WINDOW_BYTES,
    STRETCHES_AWAY = 2, // on their way to the disk
    MARKS_MIN = 64
};

// A window in memory. What lies beyond the end of the file is zero.
struct window {
    int64_t number; // its place in the file, in windows; -1: none
    bool dirty;     // not yet given to the system
    union {
        uint64_t words[WINDOW_WORDS];
        char bytes[WINDOW_BYTES];
    };
};

// What is known of a window of the file.
struct mark {
    uint64_t hash; // of all its bytes when it was written
    bool written;  // else it is a gap of zeros
    bool checked;  // was read back since the last sync
};

enum placed { PLACED_NOT, PLACED_NEW, PLACED_OVER }; // over: the old file has the temporary name

struct safe_file {
    int folder; // descriptor
    int data;   // descriptor
    int64_t position;
    int64_t size;       // with what waits in memory
    struct mark *marks; // [mark_count], owned
    int64_t mark_count;
    struct digest *digest;         // of what is read back, borrowed; NULL: nobody asked for it
    int64_t digested;              // windows that it has
    int error;                     // errno of the first failure, 0: none
    bool replace;                  // a regular file at the name goes
    const char *failed;            // what could not be done, for the message
    char temporary[TEMPORARY_MAX]; // name in the folder; empty: the data have none
    enum placed placed;            // what there would be to take back
    const char *name;              // the last component, in `path`
    struct window first;           // number 0, where headers are
    struct window moving;          // another
    char path[];                   // as given
};

static void fail_at(struct safe_file *file, const char *what, int cause)
{
    if (file->error)
        return;
    file->failed = what;
    file->error = cause ? cause : EIO;
}

static void fail(struct safe_file *file, int cause)
{
    fail_at(file, "write", cause);
}

const char *safe_file_name(const struct safe_file *file)
{
    size_t size = strlen(file->path);
    return file->path + (size > SHOWN_MAX ? size - SHOWN_MAX : 0);
}

enum status safe_file_status(const struct safe_file *file, struct error *error)
{
    if (!file->error)
        return STATUS_OK;
    if (file->error == EBADMSG)
        return error_set(error, STATUS_IO, "cannot write %s: reading it back gave other bytes",
                         safe_file_name(file));
    return error_set(error, STATUS_IO, "cannot %s %s: %s", file->failed, safe_file_name(file),
                     strerror(file->error));
}

int64_t safe_file_position(const struct safe_file *file)
{
    return file->position;
}

int64_t safe_file_size(const struct safe_file *file)
{
    return file->size;
}

void safe_file_seek(struct safe_file *file, int64_t position)
{
    if (position < 0)
        fail(file, EINVAL);
    else
        file->position = position;
}

// Room for what is known of window `number`; false when memory is short.
static bool reserve_mark(struct safe_file *file, int64_t number)
{
    if (number < file->mark_count)
        return true;
    int64_t count = file->mark_count ? 2 * file->mark_count : MARKS_MIN;
    count = count > number ? count : number + 1;
    struct mark *marks = realloc(file->marks, (size_t)count * sizeof *marks);
    if (!marks) {
        fail(file, ENOMEM);
        return false;
    }
    memset(marks + file->mark_count, 0, (size_t)(count - file->mark_count) * sizeof *marks);
    file->marks = marks;
    file->mark_count = count;
    return true;
}

static uint64_t hash_of(const struct window *window)
{
    return word_hash_add(0, window->words, WINDOW_WORDS);
}

// Give a window to the system, as far as the file goes.
static void store(struct safe_file *file, struct window *window)
{
    if (window->number < 0 || !window->dirty)
        return;
    int64_t start = window->number * WINDOW_BYTES;
    int64_t left = file->size - start;
    int64_t size = left < WINDOW_BYTES ? left : WINDOW_BYTES;
    int64_t done = 0;
    while (done < size && !file->error) {
        ssize_t count =
            pwrite(file->data, window->bytes + done, (size_t)(size - done), (off_t)(start + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            fail(file, count ? errno : EIO);
        else
            done += count;
    }
    file->marks[window->number] = (struct mark){.hash = hash_of(window), .written = true};
    window->dirty = false;
}

// A stretch of the file leaves the cache, as far as it is on the disk: a wish, not a need.
static void forget(const struct safe_file *file, int64_t start)
{
    (void)posix_fadvise(file->data, (off_t)start, STRETCH_BYTES, POSIX_FADV_DONTNEED);
}

// What fails while data go to the disk is said once, and not again by fsync; that a system or a
// sandbox does not let us ask for it is no fault.
static bool is_lost(int cause)
{
    return cause == EIO || cause == ENOSPC || cause == EDQUOT;
}

// Begin to write a stretch to the disk, or with other `flags` wait for that.
static void push(struct safe_file *file, int64_t start, unsigned flags)
{
    if (!file->error && sync_file_range(file->data, (off_t)start, STRETCH_BYTES, flags) != 0 &&
        is_lost(errno))
        fail(file, errno);
}

// The window before `end` went to the system: when it ends a stretch, that goes to the disk.
static void write_behind(struct safe_file *file, int64_t end)
{
    const int64_t start = end - STRETCH_BYTES;
    const int64_t earlier = start - STRETCHES_AWAY * STRETCH_BYTES;
    if (end % STRETCH_BYTES != 0)
        return;
    push(file, start, SYNC_FILE_RANGE_WRITE);
    if (earlier < 0)
        return;
    push(file, earlier,
         SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
    forget(file, earlier);
}

// The bytes of a window that was read back, if it is the next.
static void add_to_digest(struct safe_file *file, const struct window *window)
{
    if (!file->digest || window->number != file->digested)
        return;
    int64_t left = file->size - window->number * WINDOW_BYTES;
    digest_add(file->digest, window->bytes, (size_t)(left < WINDOW_BYTES ? left : WINDOW_BYTES));
    file->digested++;
}

// Fill a window from the file, and compare it with what was written.
static void load(struct safe_file *file, struct window *window)
{
    struct mark *mark = &file->marks[window->number];
    int64_t done = 0;
    while (mark->written && done < WINDOW_BYTES) {
        ssize_t count = pread(file->data, window->bytes + done, (size_t)(WINDOW_BYTES - done),
                              (off_t)(window->number * WINDOW_BYTES + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            fail_at(file, "read back", errno);
        if (count <= 0)
            break;
        done += count;
    }
    memset(window->bytes + done, 0, (size_t)(WINDOW_BYTES - done));
    if (mark->written && hash_of(window) != mark->hash)
        fail_at(file, "read back", EBADMSG);
    mark->checked = true;
    add_to_digest(file, window);
    if ((window->number + 1) % STRETCH_WINDOWS == 0)
        forget(file, (window->number + 1 - STRETCH_WINDOWS) * WINDOW_BYTES);
}

// The window that holds the position, in memory; NULL on failure.
static struct window *present_window(struct safe_file *file)
{
    int64_t number = file->position / WINDOW_BYTES;
    struct window *window = number == 0 ? &file->first : &file->moving;
    if (file->error)
        return NULL;
    if (window->number == number)
        return window;
    store(file, window);
    window->number = -1;
    if (!reserve_mark(file, number))
        return NULL;
    window->number = number;
    load(file, window);
    return file->error ? NULL : window;
}

int64_t safe_file_write(struct safe_file *file, const void *data, int64_t size)
{
    int64_t done = 0;
    while (done < size) {
        struct window *window = present_window(file);
        if (!window)
            break;
        int64_t offset = file->position % WINDOW_BYTES;
        int64_t space = WINDOW_BYTES - offset;
        int64_t part = size - done < space ? size - done : space;
        memcpy(window->bytes + offset, (const char *)data + done, (size_t)part);
        window->dirty = true;
        done += part;
        file->position += part;
        if (file->position > file->size)
            file->size = file->position;
        if (part == space && window == &file->moving) {
            store(file, window);
            write_behind(file, file->position);
        }
    }
    return done;
}

int64_t safe_file_read(struct safe_file *file, void *data, int64_t size)
{
    int64_t done = 0;
    while (done < size && file->position < file->size) {
        const struct window *window = present_window(file);
        if (!window)
            break;
        int64_t offset = file->position % WINDOW_BYTES;
        int64_t ready = WINDOW_BYTES - offset;
        if (ready > file->size - file->position)
            ready = file->size - file->position;
        int64_t part = size - done < ready ? size - done : ready;
        memcpy((char *)data + done, window->bytes + offset, (size_t)part);
        done += part;
        file->position += part;
    }
    return done;
}

static int sync_descriptor(int descriptor)
{
    int result;
    do
        result = fsync(descriptor);
    while (result != 0 && errno == EINTR);
    return result;
}

// Some network file systems cannot sync a folder and say EINVAL: there is nothing more to be done.
static int sync_folder(const struct safe_file *file)
{
    int result = sync_descriptor(file->folder);
    return result != 0 && errno == EINVAL ? 0 : result;
}

enum status safe_file_sync(struct safe_file *file, struct error *error)
{
    store(file, &file->first);
    store(file, &file->moving);
    if (!file->error && sync_descriptor(file->data) != 0)
        fail(file, errno);
    file->first.number = -1;
    file->moving.number = -1;
    for (int64_t i = 0; i < file->mark_count; i++)
        file->marks[i].checked = false;
    if (!file->error)
        (void)posix_fadvise(file->data, 0, 0, POSIX_FADV_DONTNEED); // a wish, not a need
    return safe_file_status(file, error);
}

void safe_file_digest(struct safe_file *file, struct digest *digest)
{
    file->digest = digest;
    file->digested = 0;
}

// Read a window back, unless that was done for all who ask.
static void verify_window(struct safe_file *file, int64_t number)
{
    bool checked = number < file->mark_count && file->marks[number].checked;
    bool digested = !file->digest || number < file->digested;
    if (checked && digested)
        return;
    file->first.number = -1; // it may have been read before its turn in the digest
    file->moving.number = -1;
    file->position = number * WINDOW_BYTES;
    (void)present_window(file); // a failure is remembered
}

enum status safe_file_verify(struct safe_file *file, struct error *error)
{
    struct stat found;
    int64_t position = file->position;
    for (int64_t i = 0; i * WINDOW_BYTES < file->size && !file->error; i++)
        verify_window(file, i);
    file->position = position;
    file->digest = NULL;
    if (!file->error && fstat(file->data, &found) != 0)
        fail_at(file, "read back", errno);
    if (!file->error && found.st_size != file->size)
        fail_at(file, "read back", EBADMSG);
    return safe_file_status(file, error);
}

// A name that cannot be is not the disk's fault.
static enum status refuse(const struct safe_file *file, int cause, struct error *error)
{
    const bool name = cause == ENOENT || cause == ENOTDIR || cause == EACCES || cause == EROFS ||
                      cause == ENAMETOOLONG || cause == ELOOP;
    return error_set(error, name ? STATUS_BAD_ARGUMENT : STATUS_IO, "cannot write %s: %s",
                     safe_file_name(file), strerror(cause));
}

// Whether what stands at the name (if anything) may go.
static enum status check_target(const struct safe_file *file, struct error *error)
{
    struct stat found;
    const char *shown = safe_file_name(file);
    if (fstatat(file->folder, file->name, &found, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT)
            return STATUS_OK;
        return refuse(file, errno, error);
    }
    if (S_ISLNK(found.st_mode))
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "%s is a symbolic link, which is neither followed nor replaced", shown);
    if (!S_ISREG(found.st_mode))
        return error_set(error, STATUS_BAD_ARGUMENT, "%s exists and is no regular file", shown);
    if (!file->replace)
        return error_set(error, STATUS_BAD_ARGUMENT, "%s exists already; --force replaces it",
                         shown);
    return STATUS_OK;
}

// Try temporary names until `make` succeeds or fails for another reason than a taken name. Names
// need not be secret: O_EXCL and linkat never follow or reuse what another left there.
static int make_temporary(struct safe_file *file, int (*make)(struct safe_file *file))
{
    int result = -1;
    for (int i = 0; i < TEMPORARY_TRIES && result < 0; i++) {
        snprintf(file->temporary, sizeof file->temporary, ".loosen-%ld-%d", (long)getpid(), i);
        result = make(file);
        if (result < 0 && errno != EEXIST)
            break;
    }
    if (result < 0)
        file->temporary[0] = '\0';
    return result;
}

static int create_named(struct safe_file *file)
{
    return openat(file->folder, file->temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                  0666);
}

static void print_link_path(const struct safe_file *file, char *path, size_t size)
{
    snprintf(path, size, "/proc/self/fd/%d", file->data);
}

// A nameless file, if it will be possible to name it later (which takes /proc).
static int create_nameless(const struct safe_file *file)
{
    return openat(file->folder, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, 0666);
}

static bool create_data(struct safe_file *file)
{
    char path[TEMPORARY_MAX];
    file->data = create_nameless(file);
    if (file->data >= 0) {
        print_link_path(file, path, sizeof path);
        if (access(path, F_OK) == 0)
            return true;
        close(file->data);
    }
    file->data = make_temporary(file, create_named);
    return file->data >= 0;
}

static int open_folder(const struct safe_file *file)
{
    size_t size = (size_t)(file->name - file->path);
    char *folder = size ? strndup(file->path, size) : strdup(".");
    if (!folder)
        return -1;
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int cause = errno;
    free(folder);
    errno = cause;
    return descriptor;
}

enum status safe_file_open(struct safe_file **out, const char *path, bool replace,
                           struct error *error)
{
    size_t size = strlen(path) + 1;
    struct safe_file *file = calloc(1, sizeof *file + size);
    if (!file)
        return error_no_memory(error);
    memcpy(file->path, path, size);
    const char *slash = strrchr(file->path, '/');
    file->name = slash ? slash + 1 : file->path;
    file->replace = replace;
    file->data = -1;
    file->folder = -1;
    file->first.number = -1;
    file->moving.number = -1;
    enum status status;
    if (!file->name[0]) {
        status =
            error_set(error, STATUS_BAD_ARGUMENT, "\"%s\" names no file", safe_file_name(file));
        goto failed;
    }
    file->folder = open_folder(file);
    if (file->folder < 0)
        goto failed_io;
    status = check_target(file, error);
    if (status != STATUS_OK)
        goto failed;
    if (!create_data(file))
        goto failed_io;
    *out = file;
    return STATUS_OK;

failed_io:
    status = refuse(file, errno, error);
failed:
    safe_file_abort(file);
    return status;
}

enum status safe_file_check(const char *path, bool replace, struct error *error)
{
    struct safe_file *file;
    enum status status = safe_file_open(&file, path, replace, error);
    if (status == STATUS_OK)
        safe_file_abort(file);
    return status;
}

static int link_nameless(const struct safe_file *file, const char *name)
{
    char path[TEMPORARY_MAX];
    print_link_path(file, path, sizeof path);
    return linkat(AT_FDCWD, path, file->folder, name, AT_SYMLINK_FOLLOW);
}

static int link_temporary(struct safe_file *file)
{
    return link_nameless(file, file->temporary);
}

static void drop_temporary(struct safe_file *file)
{
    if (file->temporary[0])
        (void)unlinkat(file->folder, file->temporary, 0);
    file->temporary[0] = '\0';
}

// Give the name to the data; fails with EEXIST when something stands there.
static int place_new(struct safe_file *file)
{
    if (!file->temporary[0])
        return link_nameless(file, file->name);
    if (renameat2(file->folder, file->temporary, file->folder, file->name, RENAME_NOREPLACE) == 0) {
        file->temporary[0] = '\0';
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    return linkat(file->folder, file->temporary, file->folder, file->name, 0);
}

static int exchange(const struct safe_file *file)
{
    return renameat2(file->folder, file->temporary, file->folder, file->name, RENAME_EXCHANGE);
}

// Give the name to the data in place of a file, which then has the temporary name.
static int place_over(struct safe_file *file)
{
    if (!file->temporary[0] && make_temporary(file, link_temporary) < 0)
        return -1;
    if (exchange(file) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    // No exchange on this file system: the old file goes at once, and cannot come back.
    if (renameat(file->folder, file->temporary, file->folder, file->name) != 0)
        return -1;
    file->temporary[0] = '\0';
    return 0;
}

static void place(struct safe_file *file)
{
    int result = place_new(file);
    if (result == 0) {
        file->placed = PLACED_NEW;
    } else if (errno == EEXIST && file->replace) {
        result = place_over(file);
        file->placed = result == 0 ? PLACED_OVER : PLACED_NOT;
    }
    if (result != 0 || sync_folder(file) != 0)
        fail(file, errno);
}

// The name as it was before.
static void take_back(struct safe_file *file)
{
    if (file->placed == PLACED_NEW)
        (void)unlinkat(file->folder, file->name, 0);
    else if (file->placed == PLACED_OVER && file->temporary[0])
        (void)exchange(file);
    file->placed = PLACED_NOT;
}

enum status safe_file_place(struct safe_file *file, struct error *error)
{
    enum status status = safe_file_sync(file, error);
    THEN(status, check_target(file, error));
    if (status != STATUS_OK)
        return status;
    place(file);
    return safe_file_status(file, error);
}

void safe_file_keep(struct safe_file *file)
{
    if (file)
        file->placed = PLACED_NOT; // nothing to be taken back any more
    safe_file_abort(file);
}

enum status safe_file_commit(struct safe_file *file, struct error *error)
{
    enum status status = safe_file_place(file, error);
    if (status == STATUS_OK)
        safe_file_keep(file);
    else
        safe_file_abort(file);
    return status;
}

void safe_file_abort(struct safe_file *file)
{
    if (!file)
        return;
    take_back(file);
    drop_temporary(file);
    // Nothing to learn from these: the data were synced, or are not wanted.
    if (file->data >= 0)
        (void)close(file->data);
    if (file->folder >= 0)
        (void)close(file->folder);
    free(file->marks);
    free(file);
}

enum status safe_file_save(const char *path, bool replace, const void *data, size_t size,
                           struct error *error)
{
    struct safe_file *file;
    enum status status = safe_file_open(&file, path, replace, error);
    if (status != STATUS_OK)
        return status;
    (void)safe_file_write(file, data, (int64_t)size); // a failure is remembered
    return safe_file_commit(file, error);
}
