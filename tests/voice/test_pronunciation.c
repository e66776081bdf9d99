// SPDX-License-Identifier: GPL-3.0-or-later
// What the voices say with and without scripts/LANG/lexicon, as espeak-ng's own phonemes in IPA.
#include "narrator_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <espeak-ng/espeak_ng.h>

struct saying {
    const char *text;
    const char *ipa; // must be heard
};

// Every entry of the lexicon at work.
static const struct saying corrected[] = {
    {"Close your eyes.", "klˈoʊz jʊɹ"},
    {"Let your eyes close.", "ˈaɪz klˈoʊz"},
    {"Slowly close both hands.", "klˈoʊz"},
    {"Use your hand.", "jˈuːz jʊɹ"},
    {"Use less pressure.", "jˈuːz lˈɛs"},
    {"Separate the feet.", "sˈɛpɚɹˌeɪt ðə"},
    {"Moderate the pressure.", "mˈɑːdɚɹˌeɪt"},
    {"Perfect the circle.", "pɚfˈɛkt"},
    {"Wind down.", "wˈaɪnd"},
    {"Wind your arms.", "wˈaɪnd"},
    {"Bow your head.", "bˈaʊ"},
    {"Alternate between left and right.", "ˈɔːltɚnˌeɪt"},
    {"Close this eye.", "klˈoʊz"},
    {"Contract your hands.", "kəntɹˈækt"},
    {"Contract, and let go.", "kəntɹˈækt"},
    {"The muscle contracts.", "kəntɹˈækts"},
    {"Contrast the two sides.", "kəntɹˈæst"},
    {"Coordinate the movement.", "koʊˈoːɹdɪnˌeɪt"},
    {"Decrease the pressure.", "dɪkɹˈiːs"},
    {"Estimate the weight.", "ˈɛstɪmˌeɪt"},
    {"Excuse yourself.", "ɛkskjˈuːz"},
    {"Increase the pressure.", "ɪŋkɹˈiːs"},
    {"Insert a pause.", "ɪnsˈɜːt"},
    {"Perfect it.", "pɚfˈɛkt"},
    {"Permit yourself to rest.", "pɚmˈɪt"},
    {"Present your palms.", "pɹɪzˈɛnt"},
    {"Progress to the hands.", "pɹəɡɹˈɛs"},
    {"Project your voice.", "pɹədʒˈɛkt"},
    {"Recall a place.", "ɹɪkˈɔːl"},
    {"Record your breath.", "ɹɪkˈoːɹd"},
    {"Separate each finger.", "sˈɛpɚɹˌeɪt"},
    {"Survey your body.", "sɚvˈeɪ"},
    {"Transfer your weight.", "tɹænsfˈɜː"},
    {"Use this breath.", "jˈuːz"},
    {"Wound tight.", "wˈaʊnd"},
    {"Heavy as lead.", "lˈɛd"},
    {"A lead weight.", "lˈɛd"},
    {"Content to rest.", "kəntˈɛnt"},
    {"Rest content.", "kəntˈɛnt"},
    {"A minute movement.", "maɪnˈuːt"},
    {"A coccygeal point.", "kɑːksˈɪdʒiəl"},
    {"The coccyx.", "kˈɑːksɪks"},
    {"The fascia.", "fˈæʃə"},
    {"A fascial line.", "fˈæʃəl"},
    {"The iliacus.", "ɪlˈaɪəkəs"},
    {"The latissimus.", "lətˈɪsɪməs"},
    {"Namaste.", "nˈɑːməstˌeɪ"},
    {"The piriformis.", "pˌɪɹɪfˈoːɹmɪs"},
    {"Your qi.", "tʃˈiː"},
    {"Quadratus lumborum.", "kwɑːdɹˈeɪɾəs"},
    {"The quadriceps.", "kwˈɑːdɹɪsˌɛps"},
    {"The sacroiliac joint.", "sˌeɪkɹoʊˈɪliˌæk"},
    {"The trochanter.", "tɹoʊkˈæntɚ"},
    {"The vagus nerve.", "vˈeɪɡəs"},
};

// What espeak-ng has right, or what is another word, stays as it is.
static const struct saying kept[] = {
    {"Stay close to the wall.", "klˈoʊs tə"},
    {"Your eyes can close now.", "klˈoʊz"},
    {"Stay close, the wall is near.", "klˈoʊs"},
    {"You can use your hand.", "jˈuːz jʊɹ"},
    {"Of no use.", "jˈuːs"},
    {"Two separate steps.", "sˈɛpɹət"},
    {"The wind in the trees.", "wˈɪnd"},
    {"One minute.", "mˈɪnɪt"},
    {"In the present moment.", "pɹˈɛzənt"},
    {"A small increase.", "ˈɪŋkɹiːs"},
    {"Lead the breath.", "lˈiːd"},
    {"Where you live.", "lˈɪv"},
    {"A live sound.", "lˈaɪv"},
    {"A tear may come.", "tˈɪɹ"},
    {"Release, and relax your jaw.", "ɹᵻlˈæks"},
    {"The psoas and the sacrum.", "sˈoʊəz"},
    {"Exhale, and lead with the hip.", "ɛkshˈeɪl"},
};

// Every entry of the German lexicon, word for word.
static const struct saying german[] = {
    {"Alarmbereitschaft", "alˈɑː"},
    {"Atemzug", "ˈɑːtəm"},
    {"Atemzugs", "ˈɑːtəm"},
    {"Atemzüge", "ˈɑːtəm"},
    {"Atemzügen", "ˈɑːtəm"},
    {"guttut", "ɡˈuːttˌuːt"},
    {"Schulterblatt", "ʃˈʊltɜ"},
    {"Schulterblätter", "ʃˈʊltɜ"},
    {"Schulterblättern", "ʃˈʊltɜ"},
    {"hinlegen", "hˈɪn"},
    {"hinzuschauen", "hˈɪn"},
    {"solange", "zoːlˈaŋə"},
    {"umgebaut", "ˈʊmɡə"},
    {"Zerrung", "tsˈɛ"},
    {"Zwerchfell", "tsvˈɛ"},
    {"Taille", "tˈaljə"},
    {"Blutverdünner", "blˈuːtfɜdˌynɜ"},
    {"Hüftoperation", "hˈyft"},
    {"Oberschenkel", "ˈoːbɜ"},
    {"Oberschenkeln", "ˈoːbɜ"},
    {"Oberschenkels", "ˈoːbɜ"},
};

enum {
    CORRECTED = sizeof corrected / sizeof *corrected,
    KEPT = sizeof kept / sizeof *kept,
    GERMAN = sizeof german / sizeof *german
};

static int no_sound(short *samples, int count, espeak_EVENT *events)
{
    (void)samples, (void)count, (void)events;
    return 0;
}

static char *ipa_of(struct text text)
{
    char *ipa = NULL, line[512];
    size_t size = 0;
    FILE *stream = open_memstream(&ipa, &size);
    assert_non_null(stream);
    snprintf(line, sizeof line, "%.*s", TEXT_ARG(text));
    espeak_SetPhonemeTrace(espeakPHONEMES_IPA, stream);
    assert_int_equal(espeak_ng_Synthesize(line, strlen(line) + 1, 0, POS_CHARACTER, 0,
                                          espeakCHARS_UTF8 | espeakPHONEMES, NULL, NULL),
                     ENS_OK);
    espeak_SetPhonemeTrace(0, NULL);
    assert_int_equal(fclose(stream), 0);
    return ipa;
}

static char *ipa_with(const struct lexicon *lexicon, const char *text)
{
    struct buffer given = BUFFER_INIT;
    narrator_text_prepare(lexicon, text_from(text), &given);
    char *ipa = ipa_of(buffer_text(&given));
    buffer_free(&given);
    return ipa;
}

static struct lexicon load_lexicon(const char *path)
{
    struct lexicon lexicon;
    struct diagnostics list;
    struct error error = {0};
    diagnostics_init(&list, "lexicon");
    if (lexicon_load(&lexicon, path, &list, &error) != STATUS_OK)
        fail_msg("%s", error.text);
    diagnostics_free(&list);
    return lexicon;
}

static struct lexicon lexicon_of_english(void)
{
    return load_lexicon(LOOSEN_SOURCE_DIR "/scripts/en/lexicon");
}

static void test_corrected(void **state)
{
    (void)state;
    struct lexicon lexicon = lexicon_of_english();
    for (size_t i = 0; i < CORRECTED; i++) {
        char *plain = ipa_with(NULL, corrected[i].text);
        char *ipa = ipa_with(&lexicon, corrected[i].text);
        if (!strstr(ipa, corrected[i].ipa))
            fail_msg("\"%s\" is said %s", corrected[i].text, ipa);
        if (strstr(plain, corrected[i].ipa))
            fail_msg("\"%s\" needs no help: %s", corrected[i].text, plain);
        free(plain);
        free(ipa);
    }
    lexicon_free(&lexicon);
}

static void test_kept(void **state)
{
    (void)state;
    struct lexicon lexicon = lexicon_of_english();
    for (size_t i = 0; i < KEPT; i++) {
        char *ipa = ipa_with(&lexicon, kept[i].text);
        if (!strstr(ipa, kept[i].ipa))
            fail_msg("\"%s\" is said %s", kept[i].text, ipa);
        free(ipa);
    }
    lexicon_free(&lexicon);
}

// True when a text of the table reaches the entry: it alone does what the whole lexicon does.
static bool is_reached(const struct lexicon_entry *entry)
{
    struct lexicon_entry copy = *entry;
    const struct lexicon one = {.entries = &copy, .count = 1};
    bool reached = false;
    for (size_t i = 0; i < CORRECTED && !reached; i++) {
        struct buffer given = BUFFER_INIT;
        narrator_text_prepare(&one, text_from(corrected[i].text), &given);
        reached = !text_equal(buffer_text(&given), text_from(corrected[i].text));
        buffer_free(&given);
    }
    return reached;
}

static void test_every_entry_is_checked(void **state)
{
    (void)state;
    struct lexicon lexicon = lexicon_of_english();
    assert_true(lexicon.count > 0);
    for (size_t i = 0; i < lexicon.count; i++)
        if (!is_reached(&lexicon.entries[i]))
            fail_msg("no text here needs line %d of the lexicon", lexicon.entries[i].line);
    lexicon_free(&lexicon);
}

static const char *german_reading(struct text word)
{
    for (size_t i = 0; i < GERMAN; i++)
        if (text_equal_c(word, german[i].text))
            return german[i].ipa;
    fail_msg("the German word %.*s is not checked here", TEXT_ARG(word));
    return "";
}

// The last test: it changes the voice.
static void test_german(void **state)
{
    (void)state;
    struct lexicon lexicon = load_lexicon(LOOSEN_SOURCE_DIR "/scripts/de/lexicon");
    assert_int_equal(espeak_ng_SetVoiceByName("de+klatt4"), ENS_OK);
    assert_int_equal(lexicon.count, GERMAN);
    for (size_t i = 0; i < lexicon.count; i++) {
        struct buffer word = BUFFER_INIT;
        buffer_add(&word, lexicon.entries[i].word);
        char *plain = ipa_with(NULL, word.data);
        char *ipa = ipa_with(&lexicon, word.data);
        const char *wanted = german_reading(lexicon.entries[i].word);
        if (!strstr(ipa, wanted) || strstr(plain, wanted))
            fail_msg("%s: %s, and %s without help", word.data, ipa, plain);
        free(plain);
        free(ipa);
        buffer_free(&word);
    }
    lexicon_free(&lexicon);
}

// Once for all tests: the library can't be initialised twice in a process.
static int load_voice(void **state)
{
    (void)state;
    if (setenv("PULSE_SERVER", "unix:/nonexistent", 1) != 0)
        return -1;
    espeak_ng_ERROR_CONTEXT context = NULL;
    espeak_ng_InitializePath(NULL);
    if (espeak_ng_Initialize(&context) != ENS_OK ||
        espeak_ng_InitializeOutput(ENOUTPUT_MODE_SYNCHRONOUS, 0, NULL) != ENS_OK ||
        espeak_ng_SetVoiceByName("en-us+klatt4") != ENS_OK)
        return -1;
    espeak_SetSynthCallback(no_sound);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_corrected),
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_every_entry_is_checked),
        cmocka_unit_test(test_german),
    };
    return cmocka_run_group_tests(tests, load_voice, NULL);
}
