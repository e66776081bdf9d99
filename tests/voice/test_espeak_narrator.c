// SPDX-License-Identifier: GPL-3.0-or-later
// The voice in its process: the same text gives the same samples whatever else is said, and what
// harms the library costs one line. The test program is its own narrator process.
#include "espeak_narrator.h"

#include "narrator_worker.h"
#include "random.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { TEXTS_MAX = 400, PATH_SIZE = 512 };

// A constant initialiser: TEXT is none for static data.
#define LINE(literal)                \
    {                                \
        literal, sizeof(literal) - 1 \
    }

static const struct text sentences[] = {
    LINE("Let your shoulders drop."),
    LINE("Breathe in through the nose, slowly."),
    LINE("And breathe out, softly, for a count of six."),
    LINE("Lean back on the wall."),
    LINE("Out."),
    LINE("There is nothing to reach, and nothing to fix right now. Stay with the breath."),
    LINE("If anything hurts or tingles, make it lighter, or stop."),
    LINE("\xC3\x9C"
         "ber, na\xC3\xAFve, caf\xC3\xA9."),
};
enum { SENTENCES = sizeof sentences / sizeof *sentences };

// What came back, by index.
struct take {
    int calls[TEXTS_MAX];
    enum status status[TEXTS_MAX];
    int16_t *samples[TEXTS_MAX]; // owned
    size_t counts[TEXTS_MAX];
    size_t mark_counts[TEXTS_MAX];
    size_t last_marked[TEXTS_MAX]; // byte of the text
    size_t done;
    size_t stop_after; // 0: never
    size_t kills;      // how many processes are killed from inside the next calls
    pid_t killed;      // the last one
};

// The narrator process is the only child of this program.
static pid_t child_pid(void)
{
    char path[PATH_SIZE], line[64] = "";
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)getpid(), (int)getpid());
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    fclose(file);
    return (pid_t)strtol(line, NULL, 10);
}

static bool keep(void *context, size_t index, enum status status,
                 const struct narrator_sound *sound)
{
    const size_t count = sound->count;
    struct take *take = context;
    assert_true(index < TEXTS_MAX);
    assert_true(status == STATUS_OK ? count > 0 : count == 0);
    assert_int_equal(sound->sample_rate, 22050);
    for (size_t i = 0; i < sound->mark_count; i++) {
        const struct narrator_mark *mark = &sound->marks[i];
        assert_true(mark->size > 0 && mark->sample <= count);
        assert_true(i == 0 || (mark->sample >= mark[-1].sample &&
                               mark->first >= mark[-1].first + mark[-1].size));
        take->last_marked[index] = mark->first;
    }
    take->mark_counts[index] = sound->mark_count;
    take->calls[index]++;
    take->status[index] = status;
    take->samples[index] = malloc((count + 1) * sizeof(int16_t));
    assert_non_null(take->samples[index]);
    if (count > 0)
        memcpy(take->samples[index], sound->samples, count * sizeof(int16_t));
    take->counts[index] = count;
    take->done++;
    // What a killed process had sent still arrives: each is killed once.
    if (take->kills > 0 && child_pid() != take->killed) {
        take->kills--;
        take->killed = child_pid();
        kill(take->killed, SIGKILL);
    }
    return take->done != take->stop_after;
}

static void forget(struct take *take)
{
    for (size_t i = 0; i < TEXTS_MAX; i++)
        free(take->samples[i]);
    *take = (struct take){.done = 0};
}

static struct narrator *start(const struct lexicon *lexicon)
{
    char name[64];
    struct voice voice = voice_default("en", name, sizeof name);
    struct narrator *narrator = NULL;
    struct error error = {0};
    if (espeak_narrator_new(&narrator, &voice, lexicon, NULL, &error) != STATUS_OK)
        fail_msg("%s", error.text);
    return narrator;
}

static void speak(struct narrator *narrator, const struct text *texts, size_t count,
                  struct take *take)
{
    struct error error = {0};
    if (narrator_speak(narrator, texts, count, keep, take, &error) != STATUS_OK)
        fail_msg("%s", error.text);
    assert_int_equal(take->done, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(take->calls[i], 1);
}

static void assert_same(const struct take *a, size_t i, const struct take *b, size_t k)
{
    assert_int_equal(a->status[i], STATUS_OK);
    assert_int_equal(a->counts[i], b->counts[k]);
    assert_memory_equal(a->samples[i], b->samples[k], a->counts[i] * sizeof(int16_t));
}

static void test_same_text_same_samples(void **state)
{
    (void)state;
    static struct take first, other;
    struct narrator *narrator = start(NULL);
    speak(narrator, sentences, SENTENCES, &first);
    for (size_t i = 0; i < SENTENCES; i++)
        assert_true(first.counts[i] > 22050 / 10);
    assert_int_not_equal(first.counts[0], first.counts[1]);

    struct text shuffled[5 * SENTENCES]; // other orders, more at once
    for (size_t i = 0; i < 5 * SENTENCES; i++)
        shuffled[i] = sentences[(i * 3 + 5) % SENTENCES];
    speak(narrator, shuffled, 5 * SENTENCES, &other);
    for (size_t i = 0; i < 5 * SENTENCES; i++)
        assert_same(&other, i, &first, (i * 3 + 5) % SENTENCES);
    narrator_free(narrator);

    for (size_t i = 0; i < SENTENCES; i++) { // alone, in a new process
        forget(&other);
        narrator = start(NULL);
        speak(narrator, &sentences[i], 1, &other);
        assert_same(&other, 0, &first, i);
        narrator_free(narrator);
    }
    forget(&first);
    forget(&other);
}

static struct text repeated(char *memory, const char *piece, size_t times)
{
    memory[0] = '\0';
    for (size_t i = 0; i < times; i++)
        strcat(memory, piece);
    return text_from(memory);
}

// Both texts are known to abort the library; the second can be said in pieces, but not in so many.
static void test_crash_costs_one_line(void **state)
{
    (void)state;
    static char apostrophes[1000], letters[1000];
    static struct take good, mixed;
    struct narrator *narrator = start(NULL);
    speak(narrator, sentences, SENTENCES, &good);
    struct text texts[SENTENCES + 2] = {sentences[0], repeated(apostrophes, "s'", 80), sentences[1],
                                        repeated(letters, "a . ", 100)};
    for (size_t i = 2; i < SENTENCES; i++)
        texts[i + 2] = sentences[i];
    speak(narrator, texts, SENTENCES + 2, &mixed);
    assert_int_equal(mixed.status[1], STATUS_NARRATOR);
    assert_int_equal(mixed.status[3], STATUS_NARRATOR);
    assert_same(&mixed, 0, &good, 0);
    assert_same(&mixed, 2, &good, 1);
    for (size_t i = 2; i < SENTENCES; i++)
        assert_same(&mixed, i + 2, &good, i);
    assert_int_equal(narrator->restarts, 0);
    narrator_free(narrator);
    forget(&good);
    forget(&mixed);
}

// A text that crashes the library as a whole, and does not in pieces, is said in pieces.
static void test_retry_in_pieces(void **state)
{
    (void)state;
    enum { TIMES = 16 };
    static char memory[1000];
    static struct take take, one;
    struct narrator *narrator = start(NULL);
    const struct text texts[] = {repeated(memory, "a.b.c.d.e.f.g. ", TIMES)};
    const struct text piece = TEXT("a.b.c.d.e.f.g.");
    speak(narrator, texts, 1, &take);
    speak(narrator, &piece, 1, &one);
    assert_int_equal(take.status[0], STATUS_OK);
    assert_int_equal(take.counts[0], TIMES * one.counts[0]);
    assert_memory_equal(take.samples[0] + 7 * one.counts[0], one.samples[0],
                        one.counts[0] * sizeof(int16_t));
    assert_int_equal(one.mark_counts[0], 1); // a word, for whoever reads it
    assert_int_equal(take.mark_counts[0], TIMES);
    assert_int_equal(take.last_marked[0], (TIMES - 1) * (piece.size + 1));
    narrator_free(narrator);
    forget(&take);
    forget(&one);
}

static void test_too_much_sound(void **state)
{
    (void)state;
    static char memory[1200];
    static struct take take;
    struct narrator *narrator = start(NULL);
    struct text texts[] = {repeated(memory, "7777777777777 ", 70), sentences[3]};
    speak(narrator, texts, 2, &take);
    assert_int_equal(take.status[0], STATUS_NARRATOR);
    assert_int_equal(take.status[1], STATUS_OK);
    narrator_free(narrator);
    forget(&take);
}

static void check_voice(const char *name, enum status expected, const char *message)
{
    char memory[64];
    struct voice voice = voice_default("en", memory, sizeof memory);
    voice.name = name;
    struct narrator *narrator = NULL;
    struct error error = {0};
    enum status status = espeak_narrator_new(&narrator, &voice, NULL, NULL, &error);
    if (status != expected || (message && !strstr(error.text, message)))
        fail_msg("%s: %d, \"%s\"", name, (int)status, error.text);
    narrator_free(narrator);
}

static void test_voices(void **state)
{
    (void)state;
    check_voice("en-us", STATUS_OK, NULL);
    check_voice("en-gb-x-rp+klatt4", STATUS_OK, NULL);
    check_voice("en-gb+klatt4", STATUS_OK, NULL); // a language, not a name
    check_voice("de+klatt4", STATUS_OK, NULL);
    check_voice("en-us+nosuch", STATUS_NARRATOR, "no variant \"nosuch\"");
    check_voice("en-us+Klatt4", STATUS_NARRATOR, "no variant");
    check_voice("en-gb+nosuch", STATUS_NARRATOR, "no variant");
    check_voice("nosuch", STATUS_NARRATOR, "no voice \"nosuch\"");
    check_voice("nosuch+klatt4", STATUS_NARRATOR, "no voice");
    check_voice("mb-us1", STATUS_NARRATOR, "no voice");
    check_voice("!v/klatt4", STATUS_NARRATOR, "no voice");
    check_voice("", STATUS_NARRATOR, "no voice");
    check_voice("+klatt4", STATUS_NARRATOR, "no voice");
}

// English words in another language need a second dictionary, and no file can be opened any more.
// Without it they would be spelt out: 7 s instead of 4.
static void test_foreign_words(void **state)
{
    (void)state;
    static struct take take;
    char name[64];
    struct voice voice = voice_default("de", name, sizeof name);
    struct narrator *narrator = NULL;
    const struct text text = TEXT("Das Feedback vom Team war ein gutes Timing beim Workout.");
    assert_int_equal(espeak_narrator_new(&narrator, &voice, NULL, NULL, NULL), STATUS_OK);
    speak(narrator, &text, 1, &take);
    assert_true(take.counts[0] > 3 * 22050 && take.counts[0] < 5 * 22050);
    narrator_free(narrator);
    forget(&take);
}

// What it means is in test_sandbox; here: the process that holds the library is in it.
static void test_process_has_dropped_its_rights(void **state)
{
    (void)state;
    struct narrator *narrator = start(NULL);
    char path[PATH_SIZE], line[128];
    int found = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)child_pid());
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        found += strcmp(line, "Seccomp:\t2\n") == 0 || strcmp(line, "NoNewPrivs:\t1\n") == 0;
    fclose(file);
    assert_int_equal(found, 2);
    narrator_free(narrator);
}

static void test_missing_data(void **state)
{
    (void)state;
    char folder[] = "/tmp/loosen-voice-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_int_equal(setenv("ESPEAK_DATA_PATH", folder, 1), 0);
    check_voice("en-us+klatt4", STATUS_NARRATOR, "install the package espeak-ng-data");
    assert_int_equal(unsetenv("ESPEAK_DATA_PATH"), 0);
    assert_int_equal(rmdir(folder), 0);
}

// The installed data as links, but for one file. `folder` gets ".../espeak-ng-data".
static void link_data_without(const char *missing, char *folder)
{
    const char *installed = "/usr/lib/x86_64-linux-gnu/espeak-ng-data";
    struct stat found;
    if (stat(installed, &found) != 0)
        installed = "/usr/share/espeak-ng-data";
    DIR *dir = opendir(installed);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        char from[2 * PATH_SIZE], to[2 * PATH_SIZE];
        if (entry->d_name[0] == '.' || strcmp(entry->d_name, missing) == 0)
            continue;
        snprintf(from, sizeof from, "%s/%s", installed, entry->d_name);
        snprintf(to, sizeof to, "%s/%s", folder, entry->d_name);
        assert_int_equal(symlink(from, to), 0);
    }
    closedir(dir);
}

static void remove_links(const char *folder)
{
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        char path[2 * PATH_SIZE];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.')
            assert_int_equal(unlink(path), 0);
    }
    closedir(dir);
    assert_int_equal(rmdir(folder), 0);
}

// Without its dictionary the library reports success and is silent.
static void test_damaged_data(void **state)
{
    (void)state;
    static struct take take;
    char name[64], root[] = "/tmp/loosen-voice-XXXXXX", folder[PATH_SIZE];
    assert_non_null(mkdtemp(root));
    snprintf(folder, sizeof folder, "%s/espeak-ng-data", root);
    assert_int_equal(mkdir(folder, 0700), 0);
    link_data_without("en_dict", folder);
    assert_int_equal(setenv("ESPEAK_DATA_PATH", root, 1), 0);
    struct voice voice = voice_default("en", name, sizeof name);
    struct narrator *narrator = NULL;
    struct error error = {0};
    enum status status = espeak_narrator_new(&narrator, &voice, NULL, NULL, &error);
    if (status == STATUS_OK)
        status = narrator_speak(narrator, sentences, 3, keep, &take, &error);
    assert_int_equal(status, STATUS_NARRATOR);
    assert_non_null(strstr(error.text, "espeak-ng-data"));
    assert_int_equal(take.done, 0);
    narrator_free(narrator);
    assert_int_equal(unsetenv("ESPEAK_DATA_PATH"), 0);
    remove_links(folder);
    assert_int_equal(rmdir(root), 0);
    forget(&take);
}

// Controls change settings and "[[" starts phonemes in the library: neither arrives there.
static void test_text_is_no_command(void **state)
{
    (void)state;
    static struct take take;
    const struct text texts[] = {
        TEXT("\x01"
             "450SLean back."),
        TEXT("450SLean back."),
        TEXT("Lean [[h@l'oU]] back."),
        TEXT("Lean [h@l'oU] back."),
        TEXT("Lean back.\xE2\x80\xAE\x1B"),
        TEXT("Lean back."),
        TEXT("<audio src=\"/etc/passwd\"/>Lean"), // markup is only text
        TEXT("\x01\x02\x03"),
    };
    struct narrator *narrator = start(NULL);
    speak(narrator, texts, 8, &take);
    for (size_t i = 0; i < 6; i += 2)
        assert_same(&take, i, &take, i + 1);
    assert_true(take.counts[6] > 22050);
    assert_int_equal(take.status[7], STATUS_NARRATOR); // nothing is left to say
    narrator_free(narrator);
    forget(&take);
}

static void test_lexicon(void **state)
{
    (void)state;
    static struct take plain, respelt;
    struct lexicon lexicon;
    struct diagnostics list;
    diagnostics_init(&list, "lexicon");
    const struct text entries = TEXT("psoas = so-az\nlean = [[l'i:n]]\n");
    assert_int_equal(lexicon_parse(&lexicon, entries, &list, NULL), STATUS_OK);
    const struct text texts[] = {TEXT("The psoas rests."), TEXT("The so-az rests."), TEXT("Lean.")};
    struct narrator *narrator = start(NULL);
    speak(narrator, texts, 3, &plain);
    narrator_free(narrator);
    narrator = start(&lexicon);
    speak(narrator, texts, 3, &respelt);
    narrator_free(narrator);
    assert_same(&respelt, 0, &plain, 1);
    assert_same(&respelt, 1, &plain, 1);
    assert_int_not_equal(plain.counts[0], plain.counts[1]);
    assert_true(respelt.counts[2] > 22050 / 10); // phonemes are spoken
    lexicon_free(&lexicon);
    diagnostics_free(&list);
    forget(&plain);
    forget(&respelt);
}

// Tokens that were found to upset the library, in every mixture.
static void test_hostile_texts(void **state)
{
    (void)state;
    static const char *const tokens[] = {
        "s'",  "a.",   " ",  "e.g.", "\x01", "\xC3\xA4", "\xF0\x9F\x98\x80", "[[",
        "]]",  "-",    "9",  "'",    "<",    "&",        "\xE2\x80\xAE",     "Q",
        "...", "\xFF", "\n", "wall", "_:",   "\xD7\xA9", "\xE4\xBD\xA0"};
    enum { TOKENS = sizeof tokens / sizeof *tokens, ROUNDS = 300 };
    static char memory[ROUNDS][1200];
    static struct text texts[ROUNDS + 1];
    static struct take take, good;
    for (size_t round = 0; round < ROUNDS; round++) {
        size_t length = 1 + random_at(round, 0) % 200, kinds = 1 + random_at(round, 1) % 5;
        size_t first = random_at(round, 2) % TOKENS;
        for (size_t i = 0; i < length; i++)
            strcat(memory[round], tokens[(first + random_at(round, 3 + i) % kinds) % TOKENS]);
        texts[round] = text_from(memory[round]);
    }
    texts[ROUNDS] = sentences[0];
    struct narrator *narrator = start(NULL);
    speak(narrator, texts, ROUNDS + 1, &take);
    speak(narrator, sentences, 1, &good);
    assert_same(&take, ROUNDS, &good, 0);
    assert_int_equal(narrator->restarts, 0);
    size_t lost = 0;
    for (size_t i = 0; i < ROUNDS; i++)
        lost += take.status[i] != STATUS_OK;
    assert_true(lost < ROUNDS / 2);
    narrator_free(narrator);
    forget(&take);
    forget(&good);
}

static void test_killed_process_is_replaced(void **state)
{
    (void)state;
    static struct take good, take;
    struct narrator *narrator = start(NULL);
    struct text texts[5 * SENTENCES];
    for (size_t i = 0; i < 5 * SENTENCES; i++)
        texts[i] = sentences[i % SENTENCES];
    speak(narrator, sentences, SENTENCES, &good);
    take.kills = 1;
    speak(narrator, texts, 5 * SENTENCES, &take);
    assert_int_equal(narrator->restarts, 1);
    for (size_t i = 0; i < 5 * SENTENCES; i++)
        assert_same(&take, i, &good, i % SENTENCES);

    forget(&take);
    take.kills = 2; // more than once in one call: given up, with a clear word
    struct error error = {0};
    assert_int_equal(narrator_speak(narrator, texts, 5 * SENTENCES, keep, &take, &error),
                     STATUS_NARRATOR);
    assert_int_equal(error.status, STATUS_NARRATOR);
    forget(&take);
    speak(narrator, texts, SENTENCES, &take); // and usable again
    assert_same(&take, 1, &good, 1);
    narrator_free(narrator);
    forget(&good);
    forget(&take);
}

static void test_stop(void **state)
{
    (void)state;
    static struct take take, again;
    struct narrator *narrator = start(NULL);
    take.stop_after = 3;
    assert_int_equal(narrator_speak(narrator, sentences, SENTENCES, keep, &take, NULL),
                     STATUS_INTERRUPTED);
    assert_int_equal(take.done, 3);
    speak(narrator, sentences, SENTENCES, &again);
    speak(narrator, sentences, 0, &(struct take){.done = 0});
    narrator_free(narrator);
    forget(&take);
    forget(&again);
}

int main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "--worker") == 0)
        return narrator_worker(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_text_same_samples),
        cmocka_unit_test(test_crash_costs_one_line),
        cmocka_unit_test(test_retry_in_pieces),
        cmocka_unit_test(test_too_much_sound),
        cmocka_unit_test(test_voices),
        cmocka_unit_test(test_foreign_words),
        cmocka_unit_test(test_process_has_dropped_its_rights),
        cmocka_unit_test(test_missing_data),
        cmocka_unit_test(test_damaged_data),
        cmocka_unit_test(test_text_is_no_command),
        cmocka_unit_test(test_lexicon),
        cmocka_unit_test(test_hostile_texts),
        cmocka_unit_test(test_killed_process_is_replaced),
        cmocka_unit_test(test_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
