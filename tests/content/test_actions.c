// SPDX-License-Identifier: GPL-3.0-or-later
// Which lines of the shipped scripts ask something of the body, and how long that takes: all are in
// actions.tsv, and no others. UPDATE_GOLDEN=1 writes the table anew; read the difference before it
// is committed.
#include "rehearsal.h"
#include "said.h"
#include "table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct look {
    const struct session *session;
    const struct table *table;
    bool used[TABLE_ROWS_MAX];
    size_t faults;
    size_t lines;
    struct buffer found; // the table as it would be
};

// The seconds that the table has for a line, 0 when it has none.
static int64_t wanted_frames(struct look *look, struct text said)
{
    for (size_t i = 0; i < look->table->count; i++) {
        const char *const *field = look->table->field[i];
        int64_t frames = 0;
        if (!text_equal_c(look->session->language, field[0]) || !text_equal_c(said, field[2]))
            continue;
        look->used[i] = true;
        assert_true(duration_parse(text_from(field[1]), &frames));
        return frames;
    }
    return 0;
}

static void add_row(struct look *look, struct text said, int64_t frames)
{
    struct buffer row = BUFFER_INIT;
    buffer_printf(&row, "\n%.*s\t%ds\t%.*s\n", TEXT_ARG(look->session->language),
                  (int)(frames / FRAME_RATE), TEXT_ARG(said));
    bool known = false; // a line that is said more than once
    for (size_t at = 0; at + row.size <= look->found.size && !known; at++)
        known = text_starts_with(text_skip(buffer_text(&look->found), at), buffer_text(&row));
    if (frames > 0 && !known)
        buffer_add(&look->found, text_skip(buffer_text(&row), 1));
    buffer_free(&row);
}

static void look_at(struct look *look, const struct node *list)
{
    for (const struct node *node = list; node; node = node->next) {
        look_at(look, node->children);
        if (node->type != NODE_LINE)
            continue;
        struct buffer said = BUFFER_INIT;
        said_add(node, &said);
        int64_t frames = node->as.line.action_frames;
        int64_t wanted = wanted_frames(look, buffer_text(&said));
        if (frames != wanted && !getenv("UPDATE_GOLDEN")) {
            print_error("%.*s:%d: %ds, not %ds: %.*s\n", TEXT_ARG(node->file), node->place.line,
                        (int)(frames / FRAME_RATE), (int)(wanted / FRAME_RATE),
                        TEXT_ARG(buffer_text(&said)));
            look->faults++;
        }
        if (getenv("SHOW_ACTIONS"))
            printf("%s\t%3d %.*s\n", look->session->id.data, (int)(frames / FRAME_RATE),
                   TEXT_ARG(buffer_text(&said)));
        add_row(look, buffer_text(&said), frames);
        look->lines++;
        buffer_free(&said);
    }
}

static void look_at_session(struct look *look, const char *name)
{
    char path[512];
    struct session session;
    struct diagnostics list;
    struct error error;
    const struct session_source source = {.scripts_dir = LOOSEN_SOURCE_DIR "/scripts"};
    snprintf(path, sizeof path, "%s/%s.session", source.scripts_dir, name);
    diagnostics_init(&list, path);
    assert_int_equal(session_load(&session, path, &source, &list, &error), STATUS_OK);
    diagnostics_free(&list);
    look->session = &session;
    for (size_t i = 0; i < session.section_count; i++)
        look_at(look, session.sections[i].first);
    session_free(&session);
}

static void write_table(const struct buffer *found)
{
    FILE *file = fopen(LOOSEN_SOURCE_DIR "/tests/content/actions.tsv", "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(found->data, 1, found->size, file), found->size);
    assert_int_equal(fclose(file), 0);
}

static void test_lines_that_ask(void **state)
{
    (void)state;
    static struct table table;
    static struct look look;
    struct shipped shipped;
    table_read(&table, "actions.tsv");
    shipped_find(&shipped);
    look = (struct look){.table = &table, .found = BUFFER_INIT};
    buffer_add_c(&look.found, "language\ttime\tline\n");
    for (size_t i = 0; i < shipped.count; i++)
        look_at_session(&look, shipped.name[i]);
    assert_true(look.lines > 500);
    if (getenv("UPDATE_GOLDEN"))
        write_table(&look.found);
    for (size_t i = 0; i < table.count && !getenv("UPDATE_GOLDEN"); i++) {
        if (look.used[i])
            continue;
        print_error("actions.tsv: no script says: %s\n", table.field[i][2]);
        look.faults++;
    }
    buffer_free(&look.found);
    table_free(&table);
    assert_int_equal(look.faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lines_that_ask)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
