// SPDX-License-Identifier: GPL-3.0-or-later
// usage: tagger FOLDER
// Writes one file of each format with the sample's sound and tags, as the encoder does, for
// test_tag_witnesses.py to look at with programs that know nothing of loosen.
#include "id3_tag.h"
#include "ogg_remux.h"
#include "sample.h"
#include "vorbis_comment.h"
#include "wav_chunks.h"

#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void save(const char *folder, const char *name, const struct buffer *bytes)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || bytes->failed || fwrite(bytes->data, 1, bytes->size, file) != bytes->size ||
        fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

static void make_wav(const char *folder, const char *name, int format)
{
    struct tags tags = sample_tags();
    struct buffer file = sample_file(format);
    wav_chunks_build(&tags, FRAME_RATE, &file);
    if (!wav_chunks_fit((unsigned char *)file.data, (int64_t)file.size))
        exit(1);
    save(folder, name, &file);
    buffer_free(&file);
}

static void make_mp3(const char *folder)
{
    struct tags tags = sample_tags();
    struct buffer sound = sample_file(SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III);
    struct buffer file = BUFFER_INIT;
    id3_tag_build(&tags, &file);
    buffer_add(&file, buffer_text(&sound));
    save(folder, "e.mp3", &file);
    buffer_free(&sound);
    buffer_free(&file);
}

// "fLaC", STREAMINFO, our comments as the last block, the sound: libsndfile's other blocks go.
static void make_flac(const char *folder)
{
    enum { INFO_END = 4 + 4 + 34 };
    struct tags tags = sample_tags();
    struct buffer sound = sample_file(SF_FORMAT_FLAC | SF_FORMAT_PCM_16);
    struct buffer comments = BUFFER_INIT;
    struct buffer file = BUFFER_INIT;
    const unsigned char *bytes = (const unsigned char *)sound.data;
    size_t at = 4;
    for (bool last = false; !last;) {
        last = bytes[at] & 0x80;
        at += 4 + (size_t)(bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3]);
    }
    vorbis_comment_build(&tags, VORBIS_COMMENT_BARE, TEXT("a vendor"), &comments);
    buffer_add(&file, (struct text){sound.data, INFO_END});
    file.data[4] &= 0x7F;
    buffer_add_byte(&file, (char)0x84);
    for (int shift = 16; shift >= 0; shift -= 8)
        buffer_add_byte(&file, (char)(comments.size >> shift & 0xFF));
    buffer_add(&file, buffer_text(&comments));
    buffer_add(&file, text_skip(buffer_text(&sound), at));
    save(folder, "d.flac", &file);
    buffer_free(&comments);
    buffer_free(&sound);
    buffer_free(&file);
}

static int64_t append(void *context, const void *data, int64_t size)
{
    buffer_add(context, (struct text){data, (size_t)size});
    return size;
}

static void make_ogg(const char *folder, const char *name, const char *plain, int coding)
{
    struct tags tags = sample_tags();
    struct buffer sound = sample_file(SF_FORMAT_OGG | coding);
    struct buffer file = BUFFER_INIT;
    struct ogg_remux_config config = {.tags = &tags, .seed = 1, .sink = append, .context = &file};
    struct ogg_remux *remux;
    struct error error;
    if (ogg_remux_new(&remux, &config, &error) != STATUS_OK ||
        ogg_remux_write(remux, sound.data, sound.size, &error) != STATUS_OK ||
        ogg_remux_finish(remux, &error) != STATUS_OK) {
        fprintf(stderr, "%s\n", error.text);
        exit(1);
    }
    ogg_remux_free(remux);
    save(folder, name, &file);
    save(folder, plain, &sound);
    buffer_free(&sound);
    buffer_free(&file);
}

int main(int count, char **args)
{
    if (count != 2)
        return 2;
    make_wav(args[1], "a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16);
    make_wav(args[1], "b.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_24);
    make_wav(args[1], "c.wav", SF_FORMAT_RF64 | SF_FORMAT_FLOAT);
    make_flac(args[1]);
    make_mp3(args[1]);
    make_ogg(args[1], "f.ogg", "f-plain.ogg", SF_FORMAT_VORBIS);
    make_ogg(args[1], "g.opus", "g-plain.opus", SF_FORMAT_OPUS);
    return 0;
}
