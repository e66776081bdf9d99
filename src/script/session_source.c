// SPDX-License-Identifier: GPL-3.0-or-later
// A language is there where its words are.
#include "session_source.h"

#include "file_read.h"

static bool has_words(const char *folder, struct text language)
{
    char memory[1];
    struct text head;
    struct buffer path = BUFFER_INIT;
    buffer_printf(&path, "%s/%.*s/words", folder, TEXT_ARG(language));
    bool has = !path.failed && file_read_head(&head, memory, sizeof memory, path.data, NULL) !=
                                   STATUS_NOT_FOUND; // whatever is in its place, it is told
    buffer_free(&path);
    return has;
}

bool session_source_is_installed(const struct session_source *source, struct text language)
{
    return has_words(source->scripts_dir, language);
}

void session_source_add_folder(struct buffer *path, const struct session_source *source,
                               struct text language)
{
    const bool own = source->own_dir && !session_source_is_installed(source, language) &&
                     has_words(source->own_dir, language);
    buffer_printf(path, "%s/%.*s", own ? source->own_dir : source->scripts_dir, TEXT_ARG(language));
}
