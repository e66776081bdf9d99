// SPDX-License-Identifier: GPL-3.0-or-later
// Damaged files of every format through the real process: each gives sound or a clear error, and
// nothing else happens to the player. One argument: how many (2,000 without).
#include "decoder.h"

#include "decoder_worker.h"
#include "random.h"
#include "recordings.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 200000, FORMATS = 9 };

static const struct {
    const char *name, *options;
} formats[FORMATS] = {
    {"a.wav", "-c:a pcm_s16le"},
    {"b.wav", "-c:a pcm_f32le"},
    {"c.wav", "-c:a pcm_s24le -rf64 always"},
    {"d.aiff", "-c:a pcm_s16be"},
    {"e.flac", "-c:a flac"},
    {"f.ogg", "-c:a libvorbis"},
    {"g.ogg", "-c:a libopus"},
    {"h.mp3", "-c:a libmp3lame -metadata title=Sea"},
    {"i.wav", "-c:a pcm_s16le -ac 6"},
};

static struct original {
    uint8_t data[FILE_MAX];
    size_t size;
} originals[FORMATS];

static bool make_originals(void)
{
    for (int i = 0; i < FORMATS; i++) {
        if (!recordings_make(formats[i].name,
                             "-f lavfi -i 'anoisesrc=d=0.4:c=pink:r=48000:seed=%d' -ac 2 %s", i + 1,
                             formats[i].options))
            return false;
        FILE *file = fopen(recordings_path(formats[i].name), "rb");
        if (!file)
            return false;
        originals[i].size = fread(originals[i].data, 1, FILE_MAX, file);
        fclose(file);
        if (originals[i].size < 1000)
            return false;
    }
    return true;
}

static uint64_t next_random(uint64_t *counter)
{
    return random_at(20240611, (*counter)++);
}

// Damage a copy: bytes, 32-bit fields, a piece gone, a piece twice, the end gone; half of them near
// the beginning, where the headers are.
static size_t damage(uint8_t *data, size_t size, uint64_t *counter)
{
    static const uint32_t fields[] = {0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF0, 65536};
    int times = 1 + (int)(next_random(counter) % 8);
    for (int i = 0; i < times && size > 64; i++) {
        uint64_t r = next_random(counter);
        size_t reach = r & 1 ? size : size < 200 ? size : 200;
        size_t at = (size_t)(next_random(counter) % (reach - 8));
        size_t piece = 1 + (size_t)(next_random(counter) % 400);
        uint32_t field = fields[(r >> 8) % 7];
        if (at + piece > size)
            piece = size - at;
        switch ((r >> 16) % 6) {
        case 0:
        case 1:
            data[at] = (uint8_t)(r >> 32);
            break;
        case 2:
            memcpy(data + at, &field, sizeof field);
            break;
        case 3:
            memmove(data + at, data + at + piece, size - at - piece);
            size -= piece;
            break;
        case 4:
            if (size + piece <= FILE_MAX) {
                memmove(data + at + piece, data + at, size - at);
                size += piece;
            }
            break;
        default:
            size = (r >> 40) % 4 == 0 ? at + 8 : size;
            break;
        }
    }
    return size;
}

struct tally {
    int sound, refused, broke; // with sound; with a reason; because the process gave up
};

static bool take_frames(void *context, const float *stereo, size_t frames)
{
    bool *good = context;
    for (size_t i = 0; i < 2 * frames; i++)
        *good = *good && isfinite(stereo[i]);
    return true;
}

static bool try_file(struct tally *tally)
{
    bool good = true;
    struct decoder_end end;
    struct error error = {.status = STATUS_OK};
    int fd = open(recordings_path("damaged"), O_RDONLY | O_CLOEXEC);
    enum status status = decoder_read(&end, fd, take_frames, &good, &error);
    close(fd);
    tally->sound += status == STATUS_OK;
    tally->refused += status == STATUS_BAD_INPUT;
    tally->broke += status == STATUS_IO;
    if (status == STATUS_OK)
        return good && end.frames > 0;
    return (status == STATUS_BAD_INPUT || status == STATUS_IO) && error.text[0] != '\0';
}

int main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "--worker") == 0)
        return decoder_worker(argc, argv);
    int count = argc > 1 ? atoi(argv[1]) : 2000;
    static uint8_t data[FILE_MAX];
    struct tally tally = {0};
    uint64_t counter = 0;
    bool good = recordings_open() && make_originals();
    for (int i = 0; i < count && good; i++) {
        const struct original *original = &originals[i % FORMATS];
        memcpy(data, original->data, original->size);
        size_t size = damage(data, original->size, &counter);
        good = recordings_write("damaged", data, size) && try_file(&tally);
        if (!good)
            fprintf(stderr, "damaged file %d, of %s\n", i, formats[i % FORMATS].name);
    }
    recordings_close();
    printf("%d files: %d gave sound, %d were refused, %d broke the decoder\n", count, tally.sound,
           tally.refused, tally.broke);
    return good && tally.sound > count / 10 && tally.refused > count / 10 ? 0 : 1;
}
