// SPDX-License-Identifier: GPL-3.0-or-later
// The audio of an export that is done is read back, and printed into a page.
#include "export_page.h"

#include "captioning.h"
#include "page.h"
#include "session_tags.h"

static int64_t read_audio(void *context, int64_t offset, void *data, int64_t size)
{
    return encoder_read(context, offset, data, size);
}

// What a browser is told that the sound is; NULL: that would be too large for a page.
static const char *const types[ENCODER_FORMATS] = {
    [ENCODER_VORBIS] = "audio/ogg; codecs=vorbis",
    [ENCODER_OPUS] = "audio/ogg; codecs=opus",
    [ENCODER_MP3] = "audio/mpeg",
};

static enum status choose_type(const char *path, const char **type, struct error *error)
{
    enum encoder_format format;
    enum status status = encoder_format_from_path(&format, path, 16, error);
    if (status != STATUS_OK)
        return status;
    *type = types[format];
    if (*type)
        return STATUS_OK;
    return error_set(error, STATUS_BAD_ARGUMENT,
                     "a page needs sound that is packed small: write .opus, .ogg or .mp3 with "
                     "--page, not %s",
                     encoder_format_name(format));
}

enum status export_page_check(const char *audio_path, struct error *error)
{
    const char *type;
    return choose_type(audio_path, &type, error);
}

enum status export_page_print(struct buffer *out, const struct pipeline *pipeline,
                              struct encoder *audio, const char *audio_path, struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct captions captions = {.arena = ARENA_INIT};
    struct tags tags = {.total_frames = 0};
    struct page_source page = {.timeline = &pipeline->timeline,
                               .captions = &captions,
                               .tags = &tags,
                               .read_audio = read_audio,
                               .context = audio};
    enum status status = choose_type(audio_path, &page.audio_type, error);
    THEN(status,
         session_tags_build(&tags, &arena, &pipeline->timeline, &pipeline->utterances, error));
    THEN(status, captioning_build(&captions, &arena, pipeline, error));
    THEN(status, page_print(&page, out, error));
    captions_free(&captions);
    arena_free(&arena);
    return status;
}
