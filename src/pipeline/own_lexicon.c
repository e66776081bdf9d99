// SPDX-License-Identifier: GPL-3.0-or-later
// Each entry is held against the words of the notices.
#include "own_lexicon.h"

#include "file_read.h"
#include "letter.h"
#include "session_limits.h"

enum { SAID_WORDS_MOST = 3 }; // of one word that is respelled; more is another text

static bool has_word(struct text notices, struct text word)
{
    bool begins = true;
    for (size_t at = 0; at < notices.size;) {
        if (begins && letter_match(word, false, text_skip(notices, at)) > 0)
            return true;
        begins = !letter_is(letter_take(notices, &at));
    }
    return false;
}

static size_t count_words(struct text said)
{
    size_t count = 0;
    for (bool blank = true; said.size > 0; said = text_skip(said, 1)) {
        count += blank && said.data[0] != ' ';
        blank = said.data[0] == ' ';
    }
    return count;
}

static void judge(const struct lexicon_entry *entry, struct text notices, struct diagnostics *list)
{
    if (has_word(notices, entry->word)) {
        diagnostics_add(list, SEVERITY_ERROR, "lexicon-own", entry->line, 1,
                        "\"%.*s\" is a word of the safety notices, which sound as they come with "
                        "loosen",
                        TEXT_ARG(entry->word));
        diagnostics_hint(list, "write {shown|spoken} in the line that needs it");
    }
    if (count_words(entry->said) > SAID_WORDS_MOST && !text_starts_with(entry->said, TEXT("[["))) {
        diagnostics_add(list, SEVERITY_ERROR, "lexicon-own", entry->line, 1,
                        "a word is said in %d words at most", SAID_WORDS_MOST);
        diagnostics_hint(list, "what is to be said otherwise is written so in the script");
    }
}

static enum status read_notices(struct text *notices, struct arena *arena,
                                const struct data_folders *folders, struct text language,
                                struct error *error)
{
    char path[DATA_PATH_MAX];
    enum status status = data_folders_language_file(path, folders, language, "notices", error);
    THEN(status, file_read(notices, arena, path, SESSION_FILE_MAX, error));
    return status;
}

enum status own_lexicon_load(struct lexicon *own, const struct data_folders *folders,
                             struct text language, const char *path, struct diagnostics *list,
                             struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct text notices;
    enum status status = lexicon_load(own, path, list, error);
    if (status != STATUS_OK)
        return status;
    status = read_notices(&notices, &arena, folders, language, error);
    for (size_t i = 0; status == STATUS_OK && i < own->count; i++)
        judge(&own->entries[i], notices, list);
    arena_free(&arena);
    if (status == STATUS_OK && list->errors > 0)
        status = error_set_at(error, STATUS_BAD_INPUT, path, 0, 0, "has faults");
    if (status != STATUS_OK)
        lexicon_free(own);
    return list->failed ? error_no_memory(error) : status;
}
