// Data first get a nameless inode in the target's folder; commit syncs them and links the inode.
//
//   nothing at the name          linkat(inode, name), which fails rather than replace
//   a file that may go           linkat(inode, temporary), exchange(temporary, name); the old file,
//                                now under the temporary name, goes once the folder is synced, and
//                                comes back when that fails
//   no O_TMPFILE (FAT, NFS ...)  the data have the temporary name from the start
#define _GNU_SOURCE 1 // O_TMPFILE and renameat2: Linux only, and what this file is about
#include "safe_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SHOWN_MAX = 300,         // bytes of the path in messages
    TEMPORARY_MAX = 64,      // bytes of a temporary name
    TEMPORARY_TRIES = 100,   // names taken by others before giving up
    BUFFER_SIZE = 256 * 1024 // aligned writes of this size cost a sixth of those of 32 KiB
};

struct safe_file {
    int folder; // descriptor
    int data;   // descriptor
    int64_t position;
    int64_t size;                  // with what waits in the buffer
    int64_t buffered_start;        // where in the file the buffer's first byte goes
    int64_t buffered;              // bytes that wait in the buffer
    int64_t window_start;          // the buffer as a window for reading: its place in the file
    int64_t window;                // and its bytes; 0 while anything waits to be written
    int error;                     // errno of the first failure, 0: none
    bool replace;                  // a regular file at the name goes
    bool reading;                  // the failure was in reading (for the message)
    char temporary[TEMPORARY_MAX]; // name in the folder; empty: the data have none
    const char *name;              // the last component, in `path`
    char buffer[BUFFER_SIZE];
    char path[]; // as given
};

static void fail(struct safe_file *file, int cause)
{
    if (!file->error)
        file->error = cause ? cause : EIO;
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
    return error_set(error, STATUS_IO, "cannot %s %s: %s", file->reading ? "read back" : "write",
                     safe_file_name(file), strerror(file->error));
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

static void flush(struct safe_file *file)
{
    int64_t done = 0;
    while (done < file->buffered && !file->error) {
        ssize_t count = pwrite(file->data, file->buffer + done, (size_t)(file->buffered - done),
                               (off_t)(file->buffered_start + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            fail(file, count ? errno : EIO);
        else
            done += count;
    }
    file->buffered_start += file->buffered;
    file->buffered = 0;
}

// Up to a multiple of BUFFER_SIZE in the file, so that the writes that follow are aligned.
static int64_t buffer_space(const struct safe_file *file)
{
    return BUFFER_SIZE - file->buffered_start % BUFFER_SIZE - file->buffered;
}

int64_t safe_file_write(struct safe_file *file, const void *data, int64_t size)
{
    int64_t done = 0;
    file->window = 0;
    if (file->position != file->buffered_start + file->buffered) {
        flush(file);
        file->buffered_start = file->position;
    }
    while (done < size && !file->error) {
        int64_t space = buffer_space(file);
        int64_t part = size - done < space ? size - done : space;
        memcpy(file->buffer + file->buffered, (const char *)data + done, (size_t)part);
        file->buffered += part;
        done += part;
        if (part == space)
            flush(file);
    }
    file->position += done;
    if (file->position > file->size)
        file->size = file->position;
    return done;
}

// Move the window to the position; false at the end of the file and on failure.
static bool fill_window(struct safe_file *file)
{
    file->window_start = file->position - file->position % BUFFER_SIZE;
    file->window = 0;
    while (file->window < BUFFER_SIZE) {
        ssize_t count =
            pread(file->data, file->buffer + file->window, (size_t)(BUFFER_SIZE - file->window),
                  (off_t)(file->window_start + file->window));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            file->reading = !file->error;
            fail(file, errno);
            return false;
        }
        if (count == 0)
            break;
        file->window += count;
    }
    return file->position < file->window_start + file->window;
}

int64_t safe_file_read(struct safe_file *file, void *data, int64_t size)
{
    int64_t done = 0;
    flush(file);
    while (done < size && !file->error) {
        int64_t offset = file->position - file->window_start;
        if ((offset < 0 || offset >= file->window) && !fill_window(file))
            break;
        offset = file->position - file->window_start;
        int64_t ready = file->window - offset;
        int64_t part = size - done < ready ? size - done : ready;
        memcpy((char *)data + done, file->buffer + offset, (size_t)part);
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
    flush(file);
    if (!file->error && sync_descriptor(file->data) != 0)
        fail(file, errno);
    file->window = 0;
    if (!file->error)
        (void)posix_fadvise(file->data, 0, 0, POSIX_FADV_DONTNEED); // a wish, not a need
    return safe_file_status(file, error);
}

// Whether what stands at the name (if anything) may go.
static enum status check_target(const struct safe_file *file, struct error *error)
{
    struct stat found;
    const char *shown = safe_file_name(file);
    if (fstatat(file->folder, file->name, &found, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT)
            return STATUS_OK;
        return error_set(error, STATUS_IO, "cannot write %s: %s", shown, strerror(errno));
    }
    if (S_ISLNK(found.st_mode))
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "%s is a symbolic link, which is neither followed nor replaced", shown);
    if (!S_ISREG(found.st_mode))
        return error_set(error, STATUS_BAD_ARGUMENT, "%s exists and is no regular file", shown);
    if (!file->replace)
        return error_set(error, STATUS_BAD_ARGUMENT, "%s exists already", shown);
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
    fail(file, errno);
    status = safe_file_status(file, error);
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
    bool replaced = false;
    int placed = place_new(file);
    if (placed != 0 && errno == EEXIST && file->replace) {
        placed = place_over(file);
        replaced = placed == 0;
    }
    if (placed != 0) {
        fail(file, errno);
        return;
    }
    if (sync_folder(file) == 0)
        return;
    fail(file, errno);
    if (!replaced)
        (void)unlinkat(file->folder, file->name, 0);
    else if (file->temporary[0])
        (void)exchange(file);
}

enum status safe_file_commit(struct safe_file *file, struct error *error)
{
    enum status status = safe_file_sync(file, error);
    if (status == STATUS_OK)
        status = check_target(file, error);
    if (status == STATUS_OK) {
        place(file);
        status = safe_file_status(file, error);
    }
    safe_file_abort(file);
    return status;
}

void safe_file_abort(struct safe_file *file)
{
    if (!file)
        return;
    drop_temporary(file);
    // Nothing to learn from these: the data were synced, or are not wanted.
    if (file->data >= 0)
        (void)close(file->data);
    if (file->folder >= 0)
        (void)close(file->folder);
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
