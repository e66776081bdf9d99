// SPDX-License-Identifier: GPL-3.0-or-later
// The canonical text with the comments of its author: nothing is lost, nothing comes twice, and
// what is printed prints to itself. Of all scripts, as they are and with comments strewn in.
#include "fixture.h"
#include "remark_reader.h"
#include "session_print.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct session_source shipped_source = {.scripts_dir = LOOSEN_SOURCE_DIR "/scripts"};

// A text, formatted; with `bare`, what is printed of it without remarks. False: a plain text.
static bool format(struct buffer *out, struct buffer *bare, struct text data,
                   const struct session_source *source)
{
    struct session session;
    struct diagnostics list;
    struct error error;
    struct arena arena = ARENA_INIT;
    struct remarks remarks;
    diagnostics_init(&list, "x.session");
    const enum status status = session_parse(&session, data, source, &list, &error);
    if (status != STATUS_OK)
        fail_msg("%s\n%.*s", error.text, TEXT_ARG(data));
    const bool script = !session.plain;
    assert_int_equal(remark_reader_read(&remarks, &arena, data), STATUS_OK);
    session_print_remarks(&session, &remarks, out);
    session_print(&session, bare);
    assert_false(out->failed || bare->failed);
    session_free(&session);
    diagnostics_free(&list);
    arena_free(&arena);
    return script;
}

static struct text next_line(struct text *rest)
{
    const struct text line = text_head(*rest, text_find(*rest, '\n'));
    *rest = text_skip(*rest, line.size + 1);
    return text_trim(line);
}

static int compare_texts(const void *a, const void *b)
{
    const struct text *s = a, *t = b;
    const int order = memcmp(s->data, t->data, s->size < t->size ? s->size : t->size);
    return order ? order : (s->size > t->size) - (s->size < t->size);
}

// The comments of a script: those of the header sorted, for its keys have an order of their own;
// behind them those of the body, in order.
struct comments {
    struct text items[4000];
    size_t count, header_count;
};

static void collect(struct comments *comments, struct text data)
{
    bool in_header = true;
    *comments = (struct comments){.count = 0};
    while (data.size > 0) {
        struct text line = next_line(&data);
        if (line.size > 0 && line.data[line.size - 1] == '\r')
            line = text_trim(text_head(line, line.size - 1));
        in_header &= !text_starts_with(line, TEXT("=="));
        if (!text_starts_with(line, TEXT("//")))
            continue;
        assert_true(comments->count < sizeof comments->items / sizeof *comments->items);
        comments->items[comments->count++] = line;
        comments->header_count += in_header;
    }
    qsort(comments->items, comments->header_count, sizeof *comments->items, compare_texts);
}

static void check_comments(struct text data, struct text printed)
{
    static struct comments wanted, found;
    collect(&wanted, data);
    collect(&found, printed);
    assert_int_equal(found.count, wanted.count);
    // A comment of a key that is not printed stands behind the header, in front of the section.
    for (size_t i = 0; i < wanted.count; i++)
        if (!text_equal(found.items[i], wanted.items[i]))
            fail_msg("\"%.*s\" where \"%.*s\" was", TEXT_ARG(found.items[i]),
                     TEXT_ARG(wanted.items[i]));
}

static void check_blank_lines(struct text printed)
{
    assert_true(printed.size > 1 && printed.data[0] != '\n');
    assert_true(printed.data[printed.size - 1] == '\n' && printed.data[printed.size - 2] != '\n');
    assert_int_equal(text_find_text(printed, TEXT("\n\n\n")), printed.size);
}

// False: a plain text, of which there is nothing to say here.
static bool check(struct text data, const struct session_source *source)
{
    struct buffer once = BUFFER_INIT, twice = BUFFER_INIT;
    struct buffer bare = BUFFER_INIT, bare_again = BUFFER_INIT;
    const bool script = format(&once, &bare, data, source);
    if (script) {
        format(&twice, &bare_again, buffer_text(&once), source);
        assert_string_equal(twice.data, once.data);
        assert_string_equal(bare_again.data, bare.data);
        check_comments(data, buffer_text(&once));
        check_blank_lines(buffer_text(&once));
    }
    buffer_free(&once);
    buffer_free(&twice);
    buffer_free(&bare);
    buffer_free(&bare_again);
    return script;
}

// The script with comments and blank lines between its lines, by chance.
static void strew(struct buffer *out, struct text data)
{
    const struct text mark = TEXT("\xEF\xBB\xBF"); // of a byte order: nothing stands above it
    if (text_starts_with(data, mark))
        data = text_skip(data, mark.size);
    for (int number = 0; data.size > 0; number++) {
        const int chance = rand() % 8;
        if (chance == 0 || chance == 2)
            buffer_add_c(out, chance ? "\n\n \n" : "\n");
        if (chance == 1 || chance == 2)
            buffer_printf(out, "%*s// remark %d %c\n", rand() % 5, "", number, 'a' + rand() % 26);
        if (chance == 3)
            buffer_printf(out, "//twice %d\n\n//\t%d\n", number, number);
        const struct text line = text_head(data, text_find(data, '\n'));
        buffer_add(out, line);
        buffer_add_byte(out, '\n');
        data = text_skip(data, line.size + 1);
    }
    if (rand() % 2)
        buffer_add_c(out, "\n// the last\n\n");
}

static bool check_file(const char *folder, const char *name, const struct session_source *source)
{
    struct buffer path = BUFFER_INIT;
    buffer_printf(&path, "%s/%s.session", folder, name);
    struct buffer data = fixture_read(path.data);
    const bool script = check(buffer_text(&data), source);
    for (int i = 0; script && i < 10; i++) {
        struct buffer strewn = BUFFER_INIT;
        strew(&strewn, buffer_text(&data));
        check(buffer_text(&strewn), source);
        buffer_free(&strewn);
    }
    buffer_free(&data);
    buffer_free(&path);
    return script;
}

static void check_folder(const char *folder, const struct session_source *source, size_t least)
{
    static char names[FIXTURE_NAMES_MAX][FIXTURE_NAME_SIZE];
    const size_t count = fixture_names(names, folder, ".session");
    size_t scripts = 0;
    srand(1);
    for (size_t i = 0; i < count; i++)
        scripts += check_file(folder, names[i], source);
    assert_true(scripts >= least);
}

static void test_shipped(void **state)
{
    (void)state;
    check_folder(LOOSEN_SOURCE_DIR "/scripts/en", &shipped_source, 14);
    check_folder(LOOSEN_SOURCE_DIR "/scripts/de", &shipped_source, 2);
}

static void test_golden(void **state)
{
    (void)state;
    check_folder("good", &fixture_source, 8);
    check_folder("pretty", &fixture_source, 1);
}

static void check_format(const char *data, const char *wanted)
{
    struct buffer out = BUFFER_INIT, bare = BUFFER_INIT;
    assert_true(format(&out, &bare, text_from(data), &shipped_source));
    assert_string_equal(out.data, wanted);
    buffer_free(&out);
    buffer_free(&bare);
}

// Where remarks stand: at the indentation of what follows, with the key that they are about.
static void test_places(void **state)
{
    (void)state;
    check_format("\n\n// top\n\ntitle: T\n// why en\nlanguage: en\n// a need\nneed: rest\n"
                 "length: 2m..5m, natural 3m\nnotice: none\n// led is usual\nbreath: led\n"
                 "// behind the header\n== A\n// first\nSit down.\n\n\n   // odd\n@rest 5s..10m\n"
                 "// in the rest\n~ Here.\n@repeat 1..2\n// inside\nStay.\n\n// end\n@end\n"
                 "// of A or B\n== B\nRise.\n\n//last\n\n",
                 "// top\n\ntitle:    T\n// why en\nlanguage: en\nlength:   2m..5m, natural 3m\n"
                 "// a need\nneed:     rest\nnotice:   none\n\n// led is usual\n"
                 "// behind the header\n== A\n// first\nSit down.\n\n// odd\n@rest 5s..10m\n"
                 "// in the rest\n~ Here.\n@repeat 1..2\n  // inside\n  Stay.\n\n  // end\n@end\n\n"
                 "// of A or B\n== B\nRise.\n\n//last\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped),
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
