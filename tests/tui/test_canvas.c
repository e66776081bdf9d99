// SPDX-License-Identifier: GPL-3.0-or-later
// Canvas, painter and the characters' columns. What the painter writes is applied to a small
// terminal, which knows no more than the sequences that the painter may use.
#include "char_width.h"
#include "painter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct glyph_rules utf8 = {.columns = char_width_columns};
static const struct glyph_rules ascii = {.columns = char_width_columns,
                                         .add_ascii = char_width_add_ascii};

static void assert_row(const struct canvas *canvas, int row, const char *expected)
{
    assert_string_equal(canvas->lines[row].data ? canvas->lines[row].data : "", expected);
}

static void test_text_is_cut_at_the_edge(void **state)
{
    (void)state;
    struct canvas canvas;
    canvas_init(&canvas, &utf8, 4, 6);
    canvas_add_c(&canvas, "abcdefgh");
    canvas_move(&canvas, 1, 0);
    canvas_add_c(&canvas, "ab\u8170\u8170\u8170"); // two columns each: the third does not fit
    canvas_move(&canvas, 2, 0);
    canvas_add_c(&canvas, "e\u0301e\u0301e\u0301abcdef"); // marks take none
    canvas_move(&canvas, 3, 5);
    canvas_add_c(&canvas, "xy");
    canvas_move(&canvas, 4, 0);
    canvas_add_c(&canvas, "outside");
    canvas_move(&canvas, -1, 0);
    canvas_add_c(&canvas, "outside");
    canvas_move(&canvas, 0, 3); // the row has text there
    canvas_add_c(&canvas, "over");
    assert_row(&canvas, 0, "abcdef");
    assert_row(&canvas, 1,
               "\x01"
               "ab\u8170\u8170");
    assert_row(&canvas, 2,
               "\x01"
               "e\u0301e\u0301e\u0301abc");
    assert_row(&canvas, 3, "\x01     \x01x");
    assert_false(canvas.failed);
    canvas_free(&canvas);
}

static void test_sizes_are_bounded(void **state)
{
    (void)state;
    struct canvas canvas;
    canvas_init(&canvas, &utf8, -3, -1);
    canvas_add_c(&canvas, "nothing");
    assert_int_equal(canvas.rows, 0);
    canvas_free(&canvas);
    canvas_init(&canvas, &utf8, 1000000, 1000000);
    assert_int_equal(canvas.rows, CANVAS_ROWS_MAX);
    assert_int_equal(canvas.columns, CANVAS_COLUMNS_MAX);
    canvas_free(&canvas);
}

static void assert_ascii(const char *text, const char *expected)
{
    struct canvas canvas;
    canvas_init(&canvas, &ascii, 1, 40);
    canvas_add_c(&canvas, text);
    assert_row(&canvas, 0, expected);
    assert_int_equal(canvas_measure(&canvas, text_from(text)), strlen(expected));
    canvas_free(&canvas);
}

static void test_ascii(void **state)
{
    (void)state;
    assert_ascii("plain ~", "plain ~");
    assert_ascii("\u00C4rger, \u00FCber, Fu\u00DF", "Arger, uber, Fuss");
    assert_ascii("d\u00E9j\u00E0 \u2013 \u201Cvu\u201D \u2018x\u2019 \u2026",
                 "deja - \"vu\" 'x' ...");
    assert_ascii("\u8170\u26BE", "??");
    assert_ascii("\uFDFA", "?"); // 18 characters of Arabic
}

static void test_columns(void **state)
{
    (void)state;
    assert_int_equal(char_width_columns('a'), 1);
    assert_int_equal(char_width_columns(0xE4), 1);
    assert_int_equal(char_width_columns(0x301), 0);
    assert_int_equal(char_width_columns(0x200B), 0);
    assert_int_equal(char_width_columns(0x8170), 2);
    assert_int_equal(char_width_columns(0xFF21), 2);
    assert_int_equal(char_width_columns(0x1F60A), 2);
    assert_int_equal(char_width_columns(0x2588), 1);
}

// ---- Painting -----------------------------------------------------------------------------------

enum { ROWS = 4, COLUMNS = 12 };

struct screen {
    char cells[ROWS][COLUMNS + 1];
    char looks[ROWS][COLUMNS + 1]; // '.', '1' strong, '2' faint, '4' marked
    int row, column;
    char look;
};

static void wipe(struct screen *screen, int row, int column)
{
    for (; column < COLUMNS; column++) {
        screen->cells[row][column] = ' ';
        screen->looks[row][column] = '.';
    }
}

// One sequence behind "ESC ["; returns what is behind it.
static const char *obey(struct screen *screen, const char *bytes)
{
    char *end;
    long first = strtol(bytes, &end, 10);
    if (*end == 'H' || *end == ';') {
        long second = *end == ';' ? strtol(end + 1, &end, 10) : 1;
        if (*end == 'H') {
            assert_in_range(first, 1, ROWS);
            assert_in_range(second, 1, COLUMNS);
            screen->row = (int)first - 1;
            screen->column = (int)second - 1;
            return end + 1;
        }
        while (*end == ';')
            second = strtol(end + 1, &end, 10);
        assert_int_equal(*end, 'm');
        assert_int_equal(first, 0);
        screen->look = (char)('0' + second);
        return end + 1;
    }
    if (*end == 'm')
        screen->look = '.';
    else if (*end == 'K')
        wipe(screen, screen->row, screen->column);
    else if (*end == 'J')
        for (int row = 0; row < ROWS; row++)
            wipe(screen, row, 0);
    else
        fail_msg("unknown sequence %s", bytes);
    return end + 1;
}

static void apply(struct screen *screen, const struct buffer *out)
{
    for (const char *byte = out->size ? out->data : ""; *byte;) {
        if (*byte == '\x1b') {
            assert_int_equal(byte[1], '[');
            byte = obey(screen, byte + 2);
            continue;
        }
        assert_in_range(*byte, 0x20, 0x7E);
        assert_true(screen->column < COLUMNS);
        screen->cells[screen->row][screen->column] = *byte++;
        screen->looks[screen->row][screen->column++] = screen->look;
    }
}

static void paint(struct painter *painter, struct screen *screen, const char *top,
                  const char *marked, size_t *size)
{
    struct canvas canvas;
    struct buffer out = BUFFER_INIT;
    canvas_init(&canvas, &ascii, ROWS, COLUMNS);
    canvas_add_c(&canvas, top);
    canvas_move(&canvas, 2, 1);
    canvas_add_c(&canvas, "a ");
    canvas_set_look(&canvas, LOOK_MARKED);
    canvas_add_c(&canvas, marked);
    canvas_set_look(&canvas, LOOK_FAINT);
    canvas_add_c(&canvas, " z");
    painter_paint(painter, &canvas, &out);
    apply(screen, &out);
    *size = out.size;
    buffer_free(&out);
}

static void test_paints_what_changed(void **state)
{
    (void)state;
    struct painter painter = {.valid = false};
    struct screen screen = {.look = '.'};
    size_t size;
    memset(screen.cells, '#', sizeof screen.cells); // what was on it before
    for (int row = 0; row < ROWS; row++)
        screen.cells[row][COLUMNS] = screen.looks[row][COLUMNS] = '\0';
    paint(&painter, &screen, "first", "word", &size);
    assert_string_equal(screen.cells[0], "first       ");
    assert_string_equal(screen.cells[1], "            ");
    assert_string_equal(screen.cells[2], " a word z   ");
    assert_string_equal(screen.looks[2], "...444422...");
    paint(&painter, &screen, "first", "word", &size);
    assert_int_equal(size, 0); // nothing changed, nothing is written
    paint(&painter, &screen, "two", "word", &size);
    assert_string_equal(screen.cells[0], "two         ");
    assert_string_equal(screen.cells[2], " a word z   ");
    assert_true(size < 20); // one row
    paint(&painter, &screen, "", "w", &size);
    assert_string_equal(screen.cells[0], "            ");
    assert_string_equal(screen.cells[2], " a w z      ");
    memset(screen.cells[1], '#', COLUMNS);
    painter_forget(&painter);
    paint(&painter, &screen, "", "w", &size);
    assert_string_equal(screen.cells[1], "            ");
    assert_int_equal(screen.look, '.');
    painter_free(&painter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_is_cut_at_the_edge),
        cmocka_unit_test(test_sizes_are_bounded),
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_paints_what_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
