// SPDX-License-Identifier: GPL-3.0-or-later
// The examples of docs/session-language.md are what they claim: "session" blocks are accepted as
// whole files, "session-lines" as a section of one, and "session-bad RULE" is refused for that
// rule.
#include "fixture.h"
#include "rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { EXAMPLES_LEAST = 33 }; // fewer: the fences are not found

static struct text take_line(struct text *rest)
{
    size_t size = text_find(*rest, '\n');
    struct text line = text_head(*rest, size);
    *rest = text_skip(*rest, size + 1);
    return line;
}

// Lines of an example within a session that may hold them: with all that is required around.
static void frame(struct buffer *script, struct text lines)
{
    const char *notice = "none";
    static const char *const kinds[] = {"pressure", "movement", "breath"};
    for (size_t i = 0; i < 3; i++) {
        struct buffer spoken = BUFFER_INIT;
        buffer_printf(&spoken, "@notice %s", kinds[i]);
        for (size_t at = 0; at < lines.size; at++)
            if (text_starts_with(text_skip(lines, at), buffer_text(&spoken)))
                notice = kinds[i];
        buffer_free(&spoken);
    }
    buffer_printf(script,
                  "title: T\nlanguage: en\nlength: 6m..30m, natural 10m\nnotice: %s\n"
                  "== First\nWelcome.\n",
                  notice);
    buffer_add(script, lines);
    buffer_add_c(script, "\n== Last\nGoodbye.\n");
}

static void fail_example(const struct buffer *script, const struct diagnostics *list)
{
    struct buffer out = BUFFER_INIT;
    diagnostics_print(list, &out);
    fail_msg("%s\n%s", script->data, out.data ? out.data : "no message");
}

static bool refused_for(const struct diagnostics *list, struct text rule)
{
    for (size_t i = 0; i < list->count; i++)
        if (!text_equal_c(rule, list->items[i].rule))
            return false;
    return list->errors > 0;
}

static void try_example(struct text kind, struct text lines)
{
    struct buffer script = BUFFER_INIT;
    struct session session;
    struct diagnostics list;
    struct text rule = text_trim(text_skip(kind, strlen("session-bad")));
    bool bad = text_starts_with(kind, TEXT("session-bad "));
    if (text_equal_c(kind, "session"))
        buffer_add(&script, lines);
    else
        frame(&script, lines);
    enum status status = fixture_parse(&session, buffer_text(&script), "example", &list);
    if (status == STATUS_OK)
        session_free(&session);
    if (bad ? !refused_for(&list, rule) : status != STATUS_OK)
        fail_example(&script, &list);
    diagnostics_free(&list);
    buffer_free(&script);
}

static void test_examples(void **state)
{
    (void)state;
    struct buffer page = fixture_read(LOOSEN_SOURCE_DIR "/docs/session-language.md");
    struct text rest = buffer_text(&page);
    int examples = 0;
    while (rest.size > 0) {
        struct text line = take_line(&rest);
        if (!text_starts_with(line, TEXT("```session")))
            continue;
        const char *start = rest.data;
        size_t size = 0;
        while (rest.size > 0 && !text_starts_with(rest, TEXT("```")))
            size += take_line(&rest).size + 1;
        take_line(&rest);
        try_example(text_skip(line, 3), (struct text){start, size});
        examples++;
    }
    assert_true(examples >= EXAMPLES_LEAST);
    buffer_free(&page);
}

static void assert_named(const struct buffer *page, const char *id, size_t size)
{
    struct buffer name = BUFFER_INIT;
    buffer_printf(&name, "`%.*s`", (int)size, id);
    if (!strstr(page->data, name.data))
        fail_msg("the page does not name %s", name.data);
    buffer_free(&name);
}

static void test_every_rule_is_named(void **state)
{
    (void)state;
    struct buffer page = fixture_read(LOOSEN_SOURCE_DIR "/docs/session-language.md");
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        const char *id = rule_row((enum rule)rule)->id;
        assert_named(&page, id, strlen(id));
    }
    buffer_free(&page);
}

// Every "[rule]" at the end of a golden message. Returns their number.
static int check_messages(const struct buffer *page, const char *folder)
{
    static char names[FIXTURE_NAMES_MAX][FIXTURE_NAME_SIZE];
    size_t count = fixture_names(names, folder, ".messages");
    int found = 0;
    for (size_t i = 0; i < count; i++) {
        struct buffer path = BUFFER_INIT;
        buffer_printf(&path, "%s/%s.messages", folder, names[i]);
        struct buffer data = fixture_read(path.data);
        struct text rest = buffer_text(&data);
        while (rest.size > 0) {
            struct text line = take_line(&rest);
            size_t open = line.size;
            while (open > 0 && line.data[open - 1] != '[')
                open--;
            if (open == 0 || line.data[line.size - 1] != ']')
                continue;
            assert_named(page, line.data + open, line.size - open - 1);
            found++;
        }
        buffer_free(&data);
        buffer_free(&path);
    }
    return found;
}

static void test_every_message_is_explained(void **state)
{
    (void)state;
    struct buffer page = fixture_read(LOOSEN_SOURCE_DIR "/docs/session-language.md");
    assert_true(check_messages(&page, "bad") > 200);
    assert_true(check_messages(&page, "good") > 5);
    buffer_free(&page);
}

static void add_file(struct buffer *all, const char *path)
{
    struct buffer source = fixture_read(path);
    buffer_add(all, buffer_text(&source));
    buffer_free(&source);
}

static void add_folder(struct buffer *all, const char *folder)
{
    static char names[FIXTURE_NAMES_MAX][FIXTURE_NAME_SIZE];
    size_t count = fixture_names(names, folder, ".c");
    for (size_t i = 0; i < count; i++) {
        struct buffer path = BUFFER_INIT;
        buffer_printf(&path, "%s/%s.c", folder, names[i]);
        add_file(all, path.data);
        buffer_free(&path);
    }
}

// All of the sources that report, one behind the other.
static struct buffer read_sources(void)
{
    struct buffer all = BUFFER_INIT;
    add_file(&all, LOOSEN_SOURCE_DIR "/src/pipeline/script_check.c");
    add_file(&all, LOOSEN_SOURCE_DIR "/src/pipeline/quiet_check.c");
    add_file(&all, LOOSEN_SOURCE_DIR "/src/pipeline/own_language.c");
    add_file(&all, LOOSEN_SOURCE_DIR "/src/pipeline/own_lexicon.c");
    add_folder(&all, LOOSEN_SOURCE_DIR "/src/language");
    add_folder(&all, LOOSEN_SOURCE_DIR "/src/texts");
    add_folder(&all, LOOSEN_SOURCE_DIR "/src/script");
    return all;
}

// The first column of the tables of rules holds ids that the program knows. Returns their number.
static int check_ids(struct text cell, const struct buffer *sources)
{
    int ids = 0;
    for (size_t i = 0; i < cell.size; i++) {
        size_t size = text_find(text_skip(cell, i + 1), '`');
        if (cell.data[i] != '`' || i + 1 + size >= cell.size)
            continue;
        struct buffer quoted = BUFFER_INIT;
        buffer_printf(&quoted, "\"%.*s\"", (int)size, cell.data + i + 1);
        if (!strstr(sources->data, quoted.data))
            fail_msg("no source reports %s", quoted.data);
        buffer_free(&quoted);
        i += size + 1;
        ids++;
    }
    return ids;
}

static void test_no_rule_is_invented(void **state)
{
    (void)state;
    struct buffer sources = read_sources();
    struct buffer page = fixture_read(LOOSEN_SOURCE_DIR "/docs/session-language.md");
    struct text rest = buffer_text(&page);
    bool table = false;
    int ids = 0;
    while (rest.size > 0) {
        struct text line = take_line(&rest);
        if (text_starts_with(line, TEXT("| rule |")))
            table = true;
        else if (!text_starts_with(line, TEXT("|")))
            table = false;
        else if (table)
            ids += check_ids(text_head(line, 1 + text_find(text_skip(line, 1), '|')), &sources);
    }
    assert_true(ids > 80);
    buffer_free(&page);
    buffer_free(&sources);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_every_rule_is_named),
        cmocka_unit_test(test_every_message_is_explained),
        cmocka_unit_test(test_no_rule_is_invented),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
