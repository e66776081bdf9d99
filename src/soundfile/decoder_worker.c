// SPDX-License-Identifier: GPL-3.0-or-later
// The worker's side of decoding: it reads one untrusted file and sends its samples.
// libsndfile 1.2.0 believes headers (a thousand channels, INT64_MAX frames) and can take all memory
// when a read fails within one. So: formats and subtypes by a list of our own, frames counted and
// never believed, nothing sized by the file, reading through a window that fails for good once it
// failed, and limits on memory and time below all of it.
#include "decoder_worker.h"

#include "container.h"
#include "decoder.h"
#include "downmix.h"
#include "file_kind.h"
#include "message.h"
#include "resampler.h"
#include "sandbox.h"
#include "worker.h"

#include <errno.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WINDOW_SIZE = 256 * 1024, READ_FRAMES = 2048, SEND_MS = 60 * 1000 };

// ---- The file, as libsndfile sees it ------------------------------------------------------------

struct source {
    int64_t size, position;
    int64_t window_start;
    size_t window_size;
    int failure;                // errno of the first failed read: nothing is read after it
    struct container container; // once it was looked at
    uint8_t window[WINDOW_SIZE];
};

static enum status measure_file(struct source *source, struct error *error)
{
    struct stat state;
    if (fstat(WORKER_EXTRA, &state) != 0 || !S_ISREG(state.st_mode))
        return error_set(error, STATUS_BAD_INPUT, "it is not a regular file");
    source->size = state.st_size;
    return STATUS_OK;
}

static bool fill_window(struct source *source, int64_t position)
{
    source->window_size = 0;
    source->window_start = position;
    while (source->window_size < WINDOW_SIZE) {
        ssize_t got = pread(WORKER_EXTRA, source->window + source->window_size,
                            WINDOW_SIZE - source->window_size,
                            (off_t)(position + (int64_t)source->window_size));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            source->failure = errno;
        if (got <= 0)
            break;
        source->window_size += (size_t)got;
    }
    return source->failure == 0 && source->window_size > 0;
}

static sf_count_t get_size(void *user)
{
    return ((struct source *)user)->size;
}

static sf_count_t get_position(void *user)
{
    return ((struct source *)user)->position;
}

static sf_count_t seek(sf_count_t offset, int whence, void *user)
{
    struct source *source = user;
    int64_t start = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? source->position : source->size;
    int64_t position;
    if (__builtin_add_overflow(start, offset, &position) || position < 0)
        return -1;
    return source->position = position;
}

// What stands in place of a size that says nothing.
static void replace_size(const struct source *source, uint8_t *data, int64_t at, int64_t size)
{
    for (int64_t i = 0; source->container.size_at && i < 4; i++) {
        const int64_t place = source->container.size_at + i - at;
        if (place >= 0 && place < size)
            data[place] = source->container.size[i];
    }
}

static sf_count_t read_bytes(void *data, sf_count_t size, void *user)
{
    struct source *source = user;
    sf_count_t done = 0;
    while (done < size && source->failure == 0 && source->position < source->size) {
        int64_t at = source->position - source->window_start;
        if ((at < 0 || at >= (int64_t)source->window_size) &&
            !fill_window(source, source->position))
            break;
        at = source->position - source->window_start;
        int64_t part = (int64_t)source->window_size - at;
        part = part < size - done ? part : size - done;
        memcpy((uint8_t *)data + done, source->window + at, (size_t)part);
        replace_size(source, (uint8_t *)data + done, source->position, part);
        done += part;
        source->position += part;
    }
    return done;
}

// Nothing is ever written; libsndfile wants the function all the same.
static sf_count_t write_nothing(const void *data, sf_count_t size, void *user)
{
    (void)data;
    (void)size;
    (void)user;
    return 0;
}

static size_t read_container(void *context, int64_t at, uint8_t *data, size_t size)
{
    struct source *source = context;
    source->position = at;
    return (size_t)read_bytes(data, (sf_count_t)size, source);
}

// ---- What is taken ------------------------------------------------------------------------------

static const struct {
    int container;
    int codings[7]; // 0: the end
} allowed[] = {
    {SF_FORMAT_WAV,
     {SF_FORMAT_PCM_U8, SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32, SF_FORMAT_FLOAT,
      SF_FORMAT_DOUBLE}},
    {SF_FORMAT_WAVEX,
     {SF_FORMAT_PCM_U8, SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32, SF_FORMAT_FLOAT,
      SF_FORMAT_DOUBLE}},
    {SF_FORMAT_RF64,
     {SF_FORMAT_PCM_U8, SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32, SF_FORMAT_FLOAT,
      SF_FORMAT_DOUBLE}},
    {SF_FORMAT_AIFF,
     {SF_FORMAT_PCM_S8, SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32, SF_FORMAT_FLOAT,
      SF_FORMAT_DOUBLE}},
    {SF_FORMAT_FLAC, {SF_FORMAT_PCM_S8, SF_FORMAT_PCM_16, SF_FORMAT_PCM_24}},
    {SF_FORMAT_OGG, {SF_FORMAT_VORBIS, SF_FORMAT_OPUS}},
    {SF_FORMAT_MPEG, {SF_FORMAT_MPEG_LAYER_III}},
};

static bool is_allowed(int format)
{
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (allowed[i].container == (format & SF_FORMAT_TYPEMASK))
            for (const int *coding = allowed[i].codings; *coding; coding++)
                if (*coding == (format & SF_FORMAT_SUBMASK))
                    return true;
    return false;
}

static enum status check_info(const SF_INFO *info, struct error *error)
{
    if (!is_allowed(info->format))
        return error_set(
            error, STATUS_BAD_INPUT,
            "its samples are coded in a way that is not read: WAV and AIFF must be "
            "uncompressed, Ogg must be Vorbis or Opus (ffmpeg -i FILE sound.flac makes "
            "one that is read)");
    if (info->channels < 1 || info->channels > DECODER_CHANNELS_MAX)
        return error_set(error, STATUS_BAD_INPUT, "it has %d channels, and 1 to %d are read",
                         info->channels, DECODER_CHANNELS_MAX);
    if (info->samplerate < DECODER_RATE_LEAST || info->samplerate > DECODER_RATE_MOST)
        return error_set(error, STATUS_BAD_INPUT, "it has %d Hz, and 8000 to 192000 are read",
                         info->samplerate);
    return STATUS_OK;
}

// ---- Decoding -----------------------------------------------------------------------------------

struct decoding {
    struct source source;
    SNDFILE *sound;
    SF_INFO info;
    struct downmix downmix;
    struct resampler *resampler;
    struct decoder_end end;
    int64_t frames; // that the library has given
    bool gone;      // the player is
    float read[READ_FRAMES * DECODER_CHANNELS_MAX];
    float stereo[READ_FRAMES * 2];
    float out[DECODER_BLOCK_FRAMES * 2];
};

static enum status open_sound(struct decoding *decoding, struct error *error)
{
    static const char unknown[] = "it is no WAV, FLAC, Ogg, MP3 or AIFF file";
    struct source *source = &decoding->source;
    SF_VIRTUAL_IO io = {get_size, seek, read_bytes, write_nothing, get_position};
    char head[FILE_KIND_HEAD];
    const size_t size = (size_t)read_bytes(head, sizeof head, source);
    if (!decoder_knows((struct text){head, size}))
        return source->failure
                   ? error_set(error, STATUS_IO, "it cannot be read: %s", strerror(source->failure))
                   : error_set(error, STATUS_BAD_INPUT, unknown);
    source->container =
        container_look(&(struct container_file){source->size, read_container, source});
    source->position = 0;
    decoding->sound = sf_open_virtual(&io, SFM_READ, &decoding->info, source);
    if (!decoding->sound) {
        const char *cause = sf_strerror(NULL), *prefix = "Error : ";
        bool has_prefix = strncmp(cause, prefix, strlen(prefix)) == 0;
        return error_set(error, STATUS_BAD_INPUT, "it is damaged: %s",
                         cause + (has_prefix ? strlen(prefix) : 0));
    }
    enum status status = check_info(&decoding->info, error);
    if (status == STATUS_OK)
        downmix_init(&decoding->downmix, decoding->sound, &decoding->info);
    return status;
}

// Send what the resampler made, up to the limit.
static void send_out(struct decoding *decoding, size_t frames)
{
    int64_t room = DECODER_FRAMES_MAX - decoding->end.frames;
    if ((int64_t)frames > room) {
        frames = (size_t)room;
        decoding->end.cut = 1;
    }
    if (frames == 0)
        return;
    for (size_t i = 0; i < 2 * frames; i++)
        decoding->out[i] =
            fminf(fmaxf(decoding->out[i], -DECODER_SAMPLE_MOST), DECODER_SAMPLE_MOST);
    decoding->gone = message_send(WORKER_SOCKET, DECODER_SAMPLES, decoding->out,
                                  2 * frames * sizeof(float), SEND_MS, NULL) != STATUS_OK;
    decoding->end.frames += (int64_t)frames;
}

// No frames: the end, the resampler gives what it still has.
static enum status convert(struct decoding *decoding, size_t frames, struct error *error)
{
    size_t done = 0, used, made;
    do {
        enum status status =
            resampler_stream(decoding->resampler,
                             &(struct resampler_block){decoding->stereo + 2 * done, frames - done,
                                                       decoding->out, DECODER_BLOCK_FRAMES},
                             &used, &made, error);
        if (status != STATUS_OK)
            return status;
        done += used;
        send_out(decoding, made);
        if (decoding->gone || decoding->end.cut || (used == 0 && made == 0))
            break;
    } while (done < frames || frames == 0);
    return STATUS_OK;
}

// FLAC counts its samples in its head; 0 or more than any file has: it does not.
static void judge_end(struct decoding *decoding)
{
    const enum container_state state = decoding->source.container.state;
    const bool counts = (decoding->info.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_FLAC &&
                        decoding->info.frames < DURATION_MAX;
    if (decoding->end.cut)
        return; // nobody needs what is missing
    decoding->end.unsized = state == CONTAINER_UNSIZED;
    decoding->end.cut_off =
        state == CONTAINER_CUT_OFF || (counts && decoding->frames < decoding->info.frames);
}

static enum status decode(struct decoding *decoding, struct error *error)
{
    enum status status =
        resampler_new_stereo(&decoding->resampler, decoding->info.samplerate, FRAME_RATE, error);
    while (status == STATUS_OK && !decoding->end.cut && !decoding->gone) {
        sf_count_t got = sf_readf_float(decoding->sound, decoding->read, READ_FRAMES);
        if (got <= 0 || got > READ_FRAMES) {
            decoding->end.damaged = sf_error(decoding->sound) != SF_ERR_NO_ERROR;
            status = convert(decoding, 0, error);
            break;
        }
        decoding->frames += got;
        downmix_process(&decoding->downmix, decoding->read, decoding->stereo, (size_t)got);
        status = convert(decoding, (size_t)got, error);
    }
    if (status == STATUS_OK && decoding->source.failure)
        status = error_set(error, STATUS_IO, "it cannot be read: %s",
                           strerror(decoding->source.failure));
    judge_end(decoding);
    resampler_free(decoding->resampler);
    return status;
}

static enum status drop_rights(struct error *error)
{
    const int64_t memory = (int64_t)DECODER_MEMORY_MIB * 1024 * 1024;
    struct sandbox_filter *filter = NULL;
    enum status status = sandbox_filter_new(&filter, SANDBOX_READER, error);
    THEN(status, sandbox_limit_work(DECODER_CPU_S, sandbox_mapped_bytes(), memory, error));
    THEN(status, sandbox_close_files(error));
    THEN(status, sandbox_filter_enter(filter, error));
    sandbox_filter_free(filter);
    return status;
}

int decoder_worker(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    struct error error = {.status = STATUS_OK};
    struct decoding *decoding = calloc(1, sizeof *decoding);
    enum status status =
        decoding ? measure_file(&decoding->source, &error) : error_no_memory(&error);
    THEN(status, drop_rights(&error));
    THEN(status, open_sound(decoding, &error));
    THEN(status, decode(decoding, &error));
    // The sound stays open: what a library does on its way out can fail, and the process ends here.
    if (status == STATUS_OK)
        status = message_send(WORKER_SOCKET, DECODER_END, &decoding->end, sizeof decoding->end,
                              SEND_MS, NULL);
    else
        message_send(WORKER_SOCKET, DECODER_FAILED, error.text,
                     strnlen(error.text, DECODER_REASON_MAX), SEND_MS, NULL);
    free(decoding);
    return status == STATUS_OK ? 0 : 1;
}
