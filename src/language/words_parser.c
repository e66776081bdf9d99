// SPDX-License-Identifier: GPL-3.0-or-later
// One row for each key says where its value goes and which placeholders it may have.
#include "words_parser.h"

#include "lexer.h"
#include "number.h"
#include "session_limits.h"
#include <assert.h>
#include <string.h>

static_assert(LIMIT_LENGTH_MOST_MINUTES <= WORDS_NUMBER_MOST, "every length has its number");

// What a value is for: to be shown, to be spoken, or to judge by and to keep safe, as an author's
// own words may not.
enum words_use { WORDS_SHOWN, WORDS_SPOKEN, WORDS_FIXED };

struct words_key {
    const char *name;
    size_t offset;           // of the text in struct words
    const char *placeholder; // that the value must hold, or NULL
    enum words_use use;
};

static const struct words_key keys[] = {
    {"left", offsetof(struct words, side[SIDE_LEFT]), NULL, WORDS_FIXED},
    {"right", offsetof(struct words, side[SIDE_RIGHT]), NULL, WORDS_FIXED},
    {"breathe-in", offsetof(struct words, breathe_in), NULL, WORDS_SPOKEN},
    {"breathe-out", offsetof(struct words, breathe_out), NULL, WORDS_SPOKEN},
    {"farewell", offsetof(struct words, closing), NULL, WORDS_SPOKEN},
    {"notice-volume", offsetof(struct words, notice_volume), NULL, WORDS_FIXED},
    {"notice-begin", offsetof(struct words, notice_begin), NULL, WORDS_FIXED},
    {"one-minute", offsetof(struct words, one_minute), NULL, WORDS_SPOKEN},
    {"minutes", offsetof(struct words, minutes), "{n}", WORDS_SPOKEN},
    {"minutes-half", offsetof(struct words, minutes_half), "{n}", WORDS_SPOKEN},
    {"about", offsetof(struct words, about), "{length}", WORDS_SPOKEN},
    {"caption-in", offsetof(struct words, caption_in), NULL, WORDS_SHOWN},
    {"caption-out", offsetof(struct words, caption_out), NULL, WORDS_SHOWN},
    {"caption-hold", offsetof(struct words, caption_hold), NULL, WORDS_SHOWN},
    {"caption-swell", offsetof(struct words, caption_swell), NULL, WORDS_SHOWN},
    {"caption-chime", offsetof(struct words, caption_chime), NULL, WORDS_SHOWN},
    {"caption-quiet", offsetof(struct words, caption_quiet), "{length}", WORDS_SHOWN},
    {"list-title", offsetof(struct words, list_title), NULL, WORDS_SHOWN},
    {"list-newcomer", offsetof(struct words, list_newcomer), NULL, WORDS_SHOWN},
    {"list-range", offsetof(struct words, list_range), "{natural}", WORDS_SHOWN},
    {"list-needs", offsetof(struct words, list_needs), "{needs}", WORDS_SHOWN},
    {"list-yours", offsetof(struct words, list_yours), NULL, WORDS_SHOWN},
    {"list-replaces", offsetof(struct words, list_replaces), NULL, WORDS_SHOWN},
    {"newcomer", offsetof(struct words, newcomer), NULL, WORDS_SHOWN},
    {"need massage", offsetof(struct words, need[NEED_MASSAGE]), NULL, WORDS_SHOWN},
    {"need move", offsetof(struct words, need[NEED_MOVE]), NULL, WORDS_SHOWN},
    {"need rest", offsetof(struct words, need[NEED_REST]), NULL, WORDS_SHOWN},
    {"need sleep", offsetof(struct words, need[NEED_SLEEP]), NULL, WORDS_SHOWN},
    {"need understand", offsetof(struct words, need[NEED_UNDERSTAND]), NULL, WORDS_SHOWN},
    {"need other", offsetof(struct words, need[NEED_OTHER]), NULL, WORDS_SHOWN},
    {"effort none", offsetof(struct words, effort[EFFORT_NONE]), NULL, WORDS_SHOWN},
    {"effort little", offsetof(struct words, effort[EFFORT_LITTLE]), NULL, WORDS_SHOWN},
    {"effort some", offsetof(struct words, effort[EFFORT_SOME]), NULL, WORDS_SHOWN},
    {"talk little", offsetof(struct words, talk[TALK_LITTLE]), NULL, WORDS_SHOWN},
    {"talk some", offsetof(struct words, talk[TALK_SOME]), NULL, WORDS_SHOWN},
    {"talk much", offsetof(struct words, talk[TALK_MUCH]), NULL, WORDS_SHOWN},
    {"place any", offsetof(struct words, place[PLACE_ANY]), NULL, WORDS_SHOWN},
    {"place chair", offsetof(struct words, place[PLACE_CHAIR]), NULL, WORDS_SHOWN},
    {"place standing", offsetof(struct words, place[PLACE_STANDING]), NULL, WORDS_SHOWN},
    {"place floor", offsetof(struct words, place[PLACE_FLOOR]), NULL, WORDS_SHOWN},
    {"place lying", offsetof(struct words, place[PLACE_LYING]), NULL, WORDS_SHOWN},
    {"place side-lying", offsetof(struct words, place[PLACE_SIDE_LYING]), NULL, WORDS_SHOWN},
    {"place bed", offsetof(struct words, place[PLACE_BED]), NULL, WORDS_SHOWN},
};

enum { KEY_COUNT = sizeof keys / sizeof *keys };

static struct text *slot(struct words *words, const struct words_key *key)
{
    return (struct text *)(void *)((char *)words + key->offset);
}

// The number's slot for "number 12", NULL after a report.
static struct text *number_slot(struct words *words, struct text name, const struct lexeme *lexeme,
                                struct diagnostics *list)
{
    struct text digits = text_trim(text_skip(name, TEXT("number").size));
    int64_t value;
    if (number_whole(digits, 1, WORDS_NUMBER_MOST, &value))
        return &words->number[value];
    lexeme_report_quoted(list, lexeme, digits, "words-number",
                         "expected a number from 1 to 90, found",
                         "write a line such as \"number 12: twelve\"");
    return NULL;
}

// The slot for "caption-scene shore", NULL after a report.
static struct text *scene_slot(struct words *words, struct text name, const struct lexeme *lexeme,
                               struct diagnostics *list)
{
    struct text scene = text_trim(text_skip(name, TEXT("caption-scene").size));
    for (size_t i = 0; i < words->scene_count; i++)
        if (text_equal(words->scenes[i].name, scene))
            return &words->scenes[i].text;
    if (scene.size > 0 && words->scene_count < WORDS_SCENES_FILE) {
        words->scenes[words->scene_count].name = scene;
        return &words->scenes[words->scene_count++].text;
    }
    lexeme_report_quoted(list, lexeme, name, "words-scene",
                         scene.size > 0 ? "there are too many scenes at"
                                        : "expected the name of a scene behind",
                         "write a line such as \"caption-scene shore: waves\"");
    return NULL;
}

// The slot for "company 3", NULL after a report.
static struct text *filler_slot(struct words *words, struct text name, const struct lexeme *lexeme,
                                struct diagnostics *list)
{
    struct text digits = text_trim(text_skip(name, TEXT("company").size));
    int64_t value;
    int64_t index = number_whole(digits, 1, WORDS_FILLER_MAX, &value) ? value : 0;
    if (index > 0 && index <= (int64_t)words->filler_count)
        return &words->filler[index - 1];
    if (index == (int64_t)words->filler_count + 1)
        return &words->filler[words->filler_count++];
    lexeme_report_quoted(list, lexeme, name, "words-company",
                         "expected the next number, from 1 to 40, in",
                         "write a line such as \"company 1: The breath, in its own time.\"");
    return NULL;
}

static const struct words_key *find_key(struct text name)
{
    for (size_t i = 0; i < KEY_COUNT; i++)
        if (text_equal_c(name, keys[i].name))
            return &keys[i];
    return NULL;
}

static void report_unknown(struct text name, const struct lexeme *lexeme, struct diagnostics *list)
{
    const char *names[KEY_COUNT];
    for (size_t i = 0; i < KEY_COUNT; i++)
        names[i] = keys[i].name;
    const char *nearest = text_nearest(name, names, KEY_COUNT);
    lexeme_report_quoted(list, lexeme, name, "words-key", "unknown key",
                         "docs/session-language.md, Words, names them all");
    if (nearest)
        diagnostics_hint(list, "did you mean \"%s\"?", nearest);
}

// Where the value of a line goes; NULL after a report.
static struct text *find_slot(struct words *words, const struct words_key *key, struct text name,
                              const struct lexeme *lexeme, struct diagnostics *list)
{
    if (text_starts_with(name, TEXT("number")))
        return number_slot(words, name, lexeme, list);
    if (text_starts_with(name, TEXT("company")))
        return filler_slot(words, name, lexeme, list);
    if (text_starts_with(name, TEXT("caption-scene")))
        return scene_slot(words, name, lexeme, list);
    if (key)
        return slot(words, key);
    report_unknown(name, lexeme, list);
    return NULL;
}

// What an author's words may not say; true after a report.
static bool refuse_fixed(const struct words_key *key, struct text name, const struct lexeme *lexeme,
                         struct diagnostics *list)
{
    if (!text_starts_with(name, TEXT("number")) && (!key || key->use != WORDS_FIXED))
        return false;
    lexeme_report_quoted(list, lexeme, name, "words-own", "this key stays as the language has it:",
                         "leave it out: notices are shown with it, or lines are judged by it");
    return true;
}

static void check_value(const struct words_key *key, struct text name, struct text value,
                        const struct lexeme *lexeme, struct diagnostics *list)
{
    if (value.size == 0) {
        lexeme_report_quoted(list, lexeme, name, "words-empty", "there is no value for",
                             "write the word behind the colon");
    } else if (key && key->placeholder &&
               text_find_text(value, text_from(key->placeholder)) == value.size) {
        lexeme_report_quoted(list, lexeme, value, "words-placeholder",
                             "a placeholder is missing in", "");
        diagnostics_hint(list, "write %s where it goes", key->placeholder);
    }
}

static void take_line(struct words *words, const struct lexeme *lexeme, bool own,
                      struct diagnostics *list)
{
    struct text line = text_trim(lexeme->line);
    size_t colon = text_find(line, ':');
    struct text name = text_trim(text_head(line, colon));
    struct text value = text_trim(text_skip(line, colon + 1));
    const struct words_key *key = find_key(name);
    if (colon == line.size) {
        lexeme_report_quoted(list, lexeme, line, "words-line", "expected \"key: value\", found",
                             "write a line such as \"left: left\"");
        return;
    }
    if (own && refuse_fixed(key, name, lexeme, list))
        return;
    struct text *target = find_slot(words, key, name, lexeme, list);
    if (!target)
        return;
    if (target->size > 0)
        lexeme_report_quoted(list, lexeme, name, "words-twice",
                             "this key is given a second time:", "keep one of them");
    else
        check_value(key, name, value, lexeme, list);
    *target = value;
}

static void check_missing(const struct words *words, int last_line, struct diagnostics *list)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        const struct text *value = (const void *)((const char *)words + keys[i].offset);
        if (value->size > 0)
            continue;
        diagnostics_add(list, SEVERITY_ERROR, "words-missing", last_line, 1,
                        "there is no word for \"%s\"", keys[i].name);
        diagnostics_hint(list, "add a line \"%s: ...\"", keys[i].name);
    }
    if (words->filler_count == 0) {
        diagnostics_add(list, SEVERITY_ERROR, "words-missing", last_line, 1,
                        "there is no line \"company 1\"");
        diagnostics_hint(list, "add what is said while the breath is left to itself");
    }
    for (int n = 1; n <= WORDS_NUMBER_MOST; n++) {
        if (words->number[n].size > 0)
            continue;
        diagnostics_add(list, SEVERITY_ERROR, "words-missing", last_line, 1,
                        "there is no word for \"number %d\"", n);
        diagnostics_hint(list, "add a line \"number %d: ...\"", n);
    }
}

static void parse(struct words *words, struct text data, bool own, struct diagnostics *list)
{
    struct lexer lexer;
    struct lexeme lexeme = {.number = 1};
    *words = (struct words){.language = {NULL, 0}};
    lexer_init(&lexer, data, list);
    while (lexer_next_said(&lexer, &lexeme))
        take_line(words, &lexeme, own, list);
    if (list->errors == 0 && !own)
        check_missing(words, lexeme.number, list);
}

void words_parse(struct words *words, struct text data, struct diagnostics *list)
{
    parse(words, data, false, list);
}

void words_parse_own(struct words *words, struct text data, struct diagnostics *list)
{
    parse(words, data, true, list);
}

bool words_spoken(const struct words *words, size_t *at, struct text *value)
{
    while (*at < KEY_COUNT) {
        const struct words_key *key = &keys[(*at)++];
        *value = *(const struct text *)(const void *)((const char *)words + key->offset);
        if (key->use == WORDS_SPOKEN && value->size > 0)
            return true;
    }
    if (*at - KEY_COUNT == words->filler_count)
        return false;
    *value = words->filler[(*at)++ - KEY_COUNT];
    return true;
}

static void put_scene(struct words *words, const struct words_scene *scene)
{
    size_t i = 0;
    while (i < words->scene_count && !text_equal(words->scenes[i].name, scene->name))
        i++;
    words->scenes[i] = *scene;
    words->scene_count += i == words->scene_count;
}

void words_put(struct words *words, const struct words *own)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        const struct text *value = (const void *)((const char *)own + keys[i].offset);
        if (value->size > 0)
            *slot(words, &keys[i]) = *value;
    }
    if (own->filler_count > 0) {
        memcpy(words->filler, own->filler, sizeof words->filler);
        words->filler_count = own->filler_count;
    }
    for (size_t i = 0; i < own->scene_count; i++)
        put_scene(words, &own->scenes[i]);
}
