// SPDX-License-Identifier: GPL-3.0-or-later
// A voice's name tells its language, and the lexicon stands in the language's folder.
#include "voice_choice.h"

#include "own_lexicon.h"
#include "report.h"
#include <stdio.h>
#include <string.h>

enum { LANGUAGE_MAX = 32 }; // bytes of a code

struct voice voice_choice(const struct settings *settings, struct text language,
                          char name[VOICE_CHOICE_NAME_MAX])
{
    char code[LANGUAGE_MAX];
    snprintf(code, sizeof code, "%.*s", TEXT_ARG(language));
    struct voice voice = voice_default(code, name, VOICE_CHOICE_NAME_MAX);
    if (settings->what.voice)
        voice.name = settings->what.voice;
    if (settings->what.rate)
        voice.rate = settings->what.rate;
    return voice;
}

// espeak-ng names most voices by their language: "fr", "gmw/en", "pt-br+klatt4". Of others
// ("English") nothing can be said.
bool voice_choice_is_foreign(const char *voice, struct text language)
{
    struct text name = text_head(text_from(voice), strcspn(voice, "+"));
    size_t slash = text_find(name, '/');
    if (slash < name.size)
        name = text_skip(name, slash + 1);
    struct text code = text_head(name, text_find(name, '-'));
    struct text own = text_head(language, text_find(language, '-'));
    for (size_t i = 0; i < code.size; i++)
        if (code.data[i] < 'a' || code.data[i] > 'z')
            return false;
    return (code.size == 2 || code.size == 3) && !text_equal(code, own);
}

static enum status load(struct lexicon *lexicon, const char *path, struct error *error)
{
    struct diagnostics list;
    diagnostics_init(&list, path);
    enum status status = lexicon_load(lexicon, path, &list, error);
    if (status == STATUS_BAD_INPUT && list.errors)
        report_faults(&list, error);
    diagnostics_free(&list);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

// What an author says of words beside that comes first; with faults it is left out, which
// own_language_tell tells.
static enum status add_own(struct lexicon *lexicon, const struct data_folders *folders,
                           struct text language, struct error *error)
{
    char path[CATALOGUE_PATH_MAX];
    struct lexicon own = {.count = 0};
    struct diagnostics ignored;
    struct error cause;
    if (!data_folders_own_file(path, folders, language, "lexicon"))
        return STATUS_OK;
    diagnostics_init(&ignored, path);
    enum status status = own_lexicon_load(&own, folders, language, path, &ignored, &cause);
    diagnostics_free(&ignored);
    if (status == STATUS_NO_MEMORY)
        return error_no_memory(error);
    if (status != STATUS_OK)
        return STATUS_OK;
    status = lexicon_put_before(lexicon, &own, error);
    lexicon_free(&own);
    return status;
}

enum status voice_choice_load_lexicon(struct lexicon *lexicon, const struct settings *settings,
                                      const struct data_folders *folders, struct text language,
                                      struct error *error)
{
    char path[CATALOGUE_PATH_MAX];
    const char *chosen = settings->what.voice;
    // The phonemes of the lexicon are not for a voice of another language.
    if (chosen && voice_choice_is_foreign(chosen, language)) {
        report_note("the voice \"%s\" is of another language than this session, which is \"%.*s\"",
                    chosen, TEXT_ARG(language));
        return STATUS_OK;
    }
    enum status status = data_folders_language_file(path, folders, language, "lexicon", error);
    THEN(status, load(lexicon, path, error));
    THEN(status, add_own(lexicon, folders, language, error));
    return status;
}
