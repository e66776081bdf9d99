// SPDX-License-Identifier: GPL-3.0-or-later
// The screen in its states and sizes, against the files in golden/; and at every size, that nothing
// is wider or higher than the terminal.
#include "char_width.h"
#include "key.h"
#include "view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct glyph_rules utf8 = {.columns = char_width_columns};
static const struct glyph_rules ascii = {.columns = char_width_columns,
                                         .add_ascii = char_width_add_ascii};

static struct section sections[] = {{.name = {"Glutes", 6}}};
static const struct session session = {.sections = sections, .section_count = 1};
static const struct event section = {.type = EVENT_SECTION};
static const struct event in = {.type = EVENT_BREATH,
                                .as.breath = {.phase = BREATH_IN, .cycle = 2, .cycles = 6}};

static const char sentence[] =
    "Bring the ball to the left buttock, behind the hip, and let your weight press it to the wall, "
    "bit by bit.";

static struct view_state speaking(void)
{
    return (struct view_state){
        .mode = VIEW_PLAYING,
        .title = TEXT("Wall and Ball"),
        .frame = (int64_t)236 * FRAME_RATE,
        .total_frames = (int64_t)600 * FRAME_RATE,
        .moment = {.section = &section, .speaking = true},
        .session = &session,
        .sentence = text_from(sentence),
        .word_start = 27,
        .word_end = 34,
        .levels_db = {0, -3, 1.5},
    };
}

static void add_row(struct buffer *out, const struct buffer *line)
{
    static const char *const names[LOOK_COUNT] = {"<plain>", "<strong>", "<faint>", "<marked>"};
    int now = LOOK_PLAIN;
    int wanted = LOOK_PLAIN;
    for (size_t i = 0; i < line->size; i++) {
        if (line->data[i] >= CANVAS_LOOK && line->data[i] < CANVAS_LOOK + LOOK_COUNT) {
            wanted = line->data[i] - CANVAS_LOOK;
            continue;
        }
        if (wanted != now)
            buffer_add_c(out, names[wanted]);
        now = wanted;
        buffer_add_byte(out, line->data[i]);
    }
    buffer_add_byte(out, '\n');
}

static void assert_golden(const char *path, const struct buffer *out)
{
    if (getenv("UPDATE_GOLDEN")) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(out->data, file);
        assert_int_equal(fclose(file), 0);
    }
    char expected[64 * 1024] = "";
    FILE *file = fopen(path, "r");
    if (!file)
        fail_msg("%s is missing", path);
    expected[fread(expected, 1, sizeof expected - 1, file)] = '\0';
    fclose(file);
    if (!text_equal(buffer_text(out), text_from(expected)))
        fail_msg("%s is not what is drawn:\n%s", path, out->data);
}

static void check(const struct view_state *state, const char *name, int columns, int rows,
                  const struct glyph_rules *rules)
{
    struct canvas canvas;
    struct buffer out = BUFFER_INIT;
    char path[1024];
    canvas_init(&canvas, rules, rows, columns);
    view_draw(state, &canvas);
    for (int row = 0; row < canvas.rows; row++)
        add_row(&out, &canvas.lines[row]);
    snprintf(path, sizeof path, LOOSEN_SOURCE_DIR "/tests/tui/golden/%s-%dx%d.txt", name, columns,
             rows);
    assert_golden(path, &out);
    buffer_free(&out);
    canvas_free(&canvas);
}

static void test_speaking(void **context)
{
    (void)context;
    struct view_state state = speaking();
    check(&state, "speaking", 80, 24, &utf8);
    check(&state, "speaking", 40, 10, &utf8);
    check(&state, "speaking", 120, 40, &utf8);
    check(&state, "speaking", 24, 4, &utf8);
    check(&state, "speaking-ascii", 80, 24, &ascii);
}

static void test_breathing(void **context)
{
    (void)context;
    struct view_state state = speaking();
    state.moment.speaking = false;
    state.word_end = state.word_start;
    state.moment.breath = &in;
    state.moment.swell = 0.6;
    check(&state, "breathing", 80, 24, &utf8);
    check(&state, "breathing", 40, 10, &utf8);
    check(&state, "breathing", 120, 40, &utf8);
    check(&state, "breathing-ascii", 40, 10, &ascii);
}

// Quieter than in a bout, and without a word to follow.
static void test_accompanied(void **context)
{
    (void)context;
    static const struct event touch = {.type = EVENT_CONTACT};
    struct event breath = in;
    struct view_state state = speaking();
    breath.type = EVENT_SWELL;
    state.moment.timed = &touch;
    state.moment.breath = &breath;
    state.moment.swell = 0.6;
    check(&state, "touch", 80, 24, &utf8);
    check(&state, "touch", 40, 10, &utf8);
    check(&state, "touch-ascii", 40, 10, &ascii);
    state.mode = VIEW_PAUSED; // what to do meanwhile stands there
    check(&state, "paused-touch", 80, 24, &utf8);
}

static void test_modes_and_notes(void **context)
{
    (void)context;
    static const enum view_mode modes[] = {VIEW_PREPARING, VIEW_PAUSED, VIEW_CLOSING, VIEW_WAITING};
    static const char *const names[] = {"preparing", "paused", "closing", "waiting"};
    struct view_state state = speaking();
    state.note = TEXT("Voice +2 dB.");
    state.voice_off = true;
    for (size_t i = 0; i < 4; i++) {
        state.mode = modes[i];
        check(&state, names[i], 80, 24, &utf8);
        check(&state, names[i], 40, 10, &utf8);
    }
}

// All keys can be read at every size, and what they do is seen below them.
static void test_keys(void **context)
{
    (void)context;
    struct view_state state = speaking();
    state.help_page = 1;
    check(&state, "keys", 120, 12, &utf8);
    state.mode = VIEW_PAUSED;
    state.note = TEXT("Voice +2 dB.");
    check(&state, "keys-paused", 80, 24, &utf8);
    check(&state, "keys-paused", 80, 10, &utf8);
    check(&state, "keys-paused", 40, 10, &utf8);
    check(&state, "keys-paused", 20, 6, &utf8);
    state.help_page = 2;
    check(&state, "keys-paused-2", 40, 10, &utf8);
    state.mode = VIEW_WAITING;
    state.help_page = 99; // the terminal has grown since
    check(&state, "keys-waiting-last", 20, 6, &utf8);
}

static void assert_tells(const struct canvas *canvas, int page, bool *told)
{
    size_t count;
    const struct key_row *keys = key_rows(&count);
    struct view_state state = speaking();
    struct buffer seen = BUFFER_INIT;
    struct canvas drawn;
    canvas_init(&drawn, canvas->rules, canvas->rows, canvas->columns);
    state.help_page = page;
    view_draw(&state, &drawn);
    for (int row = 0; row < drawn.rows; row++)
        for (size_t i = 0; i < drawn.lines[row].size; i++)
            if (drawn.lines[row].data[i] >= ' ')
                buffer_add_byte(&seen, drawn.lines[row].data[i]);
    for (size_t i = 0; i < count && seen.size > 0; i++) {
        char entry[64];
        snprintf(entry, sizeof entry, "%-7s%s", keys[i].keys, keys[i].does);
        told[i] |= strstr(seen.data, entry) != NULL;
        snprintf(entry, sizeof entry, "%-7s%s", keys[i].keys, keys[i].brief);
        told[i] |= strstr(seen.data, entry) != NULL;
    }
    buffer_free(&seen);
    canvas_free(&drawn);
}

static void test_every_key_is_told_at_every_size(void **context)
{
    (void)context;
    size_t count;
    key_rows(&count);
    for (int rows = 1; rows <= 30; rows++) {
        for (int columns = 16; columns <= 100; columns++) {
            bool told[32] = {false};
            struct canvas canvas;
            canvas_init(&canvas, &utf8, rows, columns);
            int pages = view_help_pages(&canvas);
            assert_in_range(pages, 1, (int)count);
            for (int page = 1; page <= pages; page++)
                assert_tells(&canvas, page, told);
            for (size_t i = 0; i < count; i++)
                if (!told[i])
                    fail_msg("key %zu is not told at %dx%d", i, columns, rows);
            canvas_free(&canvas);
        }
    }
}

// While a session stands still in a touch or movement nobody is left holding it.
static void test_meanwhile(void **context)
{
    (void)context;
    static const struct event touch = {.type = EVENT_CONTACT}, sway = {.type = EVENT_MOVE};
    struct view_state state = speaking();
    state.moment.timed = &touch;
    state.moment.breath = &in;
    assert_string_equal(view_meanwhile(&state), "");
    state.mode = VIEW_CLOSING; // the voice says so
    assert_string_equal(view_meanwhile(&state), "");
    state.mode = VIEW_PAUSED;
    check(&state, "paused-touch", 80, 24, &utf8);
    check(&state, "paused-touch", 24, 4, &utf8);
    state.mode = VIEW_WAITING;
    check(&state, "waiting-touch", 40, 10, &utf8);
    state.moment.timed = &sway;
    assert_string_equal(view_meanwhile(&state), "Rest meanwhile.");
    state.moment.timed = NULL;
    assert_string_equal(view_meanwhile(&state), "");
}

// Wide characters, marks, and a text that tries to be a sequence.
static void test_foreign_text(void **context)
{
    (void)context;
    struct view_state state = speaking();
    state.title = TEXT("\u8170\u306E\u7DE9\u3081 \x1b[31m");
    state.sentence = TEXT("\u8170\u3092\u3086\u3063\u304F\u308A\u3068\u58C1\u306B\u3042\u3066\u3066"
                          "\u3001\u606F\u3092\u6DF1\u304F\u5438\u3044\u307E\u3059\u3002 "
                          "L\u00F6se dich sanft, e\u0301te\u0301 und weiter.");
    state.word_start = 0;
    state.word_end = 3;
    check(&state, "foreign", 40, 10, &utf8);
    check(&state, "foreign-ascii", 40, 10, &ascii);
}

static void assert_within(const struct canvas *canvas, int row)
{
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < canvas->lines[row].size; i++)
        if ((unsigned char)canvas->lines[row].data[i] >= 0x20)
            buffer_add_byte(&text, canvas->lines[row].data[i]);
    assert_true(canvas_measure(canvas, buffer_text(&text)) <= canvas->columns);
    buffer_free(&text);
}

static void test_every_size(void **context)
{
    (void)context;
    struct view_state state = speaking();
    state.moment.breath = &in;
    state.moment.swell = 0.99;
    state.note = TEXT("Scene -24 dB, as quiet as it goes.");
    int drawn = 0;
    for (int rows = 0; rows <= 45; rows++) {
        for (int columns = 0; columns <= 130; columns++) {
            struct canvas canvas;
            canvas_init(&canvas, &utf8, rows, columns);
            state.help_page = (rows + columns) % 4 == 0 ? 1 + columns % 3 : 0;
            view_draw(&state, &canvas);
            assert_int_equal(canvas.rows, rows);
            for (int row = 0; row < rows; row++, drawn++)
                assert_within(&canvas, row);
            assert_false(canvas.failed);
            canvas_free(&canvas);
        }
    }
    assert_true(drawn > 100000);
}

// Nobody was spoken to yet, nothing is known: nothing is drawn that is not there.
static void test_empty_state(void **context)
{
    (void)context;
    struct view_state state = {.mode = VIEW_PREPARING};
    check(&state, "empty", 40, 10, &utf8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_speaking),    cmocka_unit_test(test_breathing),
        cmocka_unit_test(test_accompanied), cmocka_unit_test(test_modes_and_notes),
        cmocka_unit_test(test_meanwhile),   cmocka_unit_test(test_foreign_text),
        cmocka_unit_test(test_every_size),  cmocka_unit_test(test_empty_state),
        cmocka_unit_test(test_keys),        cmocka_unit_test(test_every_key_is_told_at_every_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
