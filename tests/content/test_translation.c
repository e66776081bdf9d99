// SPDX-License-Identifier: GPL-3.0-or-later
// A session says and does the same in every language, as far as somebody's back is concerned: what
// may be said and when, what hands and body are asked to do, how hard and how long, how long it is
// waited, and every safety notice. English is the original.
#include "rehearsal.h"
#include "session_load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { STEPS_MAX = 1000 };

// What is compared of a session, in its order.
struct course {
    const struct node *step[STEPS_MAX];
    size_t count;
};

static void collect(struct course *course, const struct node *nodes)
{
    for (const struct node *node = nodes; node; node = node->next) {
        assert_true(course->count < STEPS_MAX);
        course->step[course->count++] = node;
        collect(course, node->children);
    }
}

static bool same_tags(const struct node *a, const struct node *b)
{
    bool same = a->tag_count == b->tag_count;
    for (size_t i = 0; same && i < a->tag_count; i++)
        same = text_equal(a->tags[i], b->tags[i]);
    return same;
}

static bool same_range(struct range a, struct range b)
{
    return a.least == b.least && a.most == b.most;
}

static bool same_step(const struct node *a, const struct node *b)
{
    if (a->type != b->type || a->level != b->level || a->pass != b->pass ||
        a->breathing != b->breathing || !same_tags(a, b))
        return false;
    switch (a->type) {
    case NODE_BREATHE:
        return text_equal(a->as.breathe.pattern.name, b->as.breathe.pattern.name);
    case NODE_CONTACT:
        return text_equal(a->as.contact.region, b->as.contact.region) &&
               text_equal(a->as.contact.tool, b->as.contact.tool) &&
               text_equal(a->as.contact.surface, b->as.contact.surface) &&
               a->as.contact.pressure_least == b->as.contact.pressure_least &&
               a->as.contact.pressure_most == b->as.contact.pressure_most &&
               a->as.contact.counted == b->as.contact.counted &&
               same_range(a->as.contact.frames, b->as.contact.frames);
    case NODE_MOVE:
        return text_equal(a->as.move.name, b->as.move.name) &&
               a->as.move.counted == b->as.move.counted;
    case NODE_SIDES:
        return a->as.sides.order[0] == b->as.sides.order[0];
    case NODE_REPEAT:
        return a->as.repeat.least == b->as.repeat.least && a->as.repeat.most == b->as.repeat.most;
    case NODE_NOTICE:
        return text_equal(a->as.notice.kind, b->as.notice.kind);
    case NODE_SCENE:
        return text_equal(a->as.scene.name, b->as.scene.name);
    case NODE_LINE:
        return a->as.line.mark == b->as.line.mark && a->as.line.half == b->as.line.half;
    case NODE_PAUSE:
        return same_range(a->as.pause.frames, b->as.pause.frames);
    case NODE_REST:
        return same_range(a->as.rest.frames, b->as.rest.frames);
    case NODE_CHIME:
        break;
    }
    return true;
}

static void compare_headers(const struct session *a, const struct session *b)
{
    assert_true(same_range(a->length, b->length));
    assert_int_equal(a->natural, b->natural);
    assert_int_equal(a->need, b->need);
    assert_int_equal(a->effort, b->effort);
    assert_true(text_equal(a->position, b->position));
    assert_true(text_equal(a->scene, b->scene));
    assert_true(text_equal(a->notice, b->notice));
    assert_int_equal(a->ending, b->ending);
    assert_int_equal(a->breathes_free, b->breathes_free);
}

static void compare(const struct session *original, const struct session *translation)
{
    struct course a = {.count = 0}, b = {.count = 0};
    compare_headers(original, translation);
    assert_int_equal(original->section_count, translation->section_count);
    for (size_t i = 0; i < original->section_count; i++) {
        collect(&a, original->sections[i].first);
        collect(&b, translation->sections[i].first);
    }
    assert_true(a.count > 10);
    for (size_t i = 0; i < a.count && i < b.count; i++)
        if (!same_step(a.step[i], b.step[i]))
            fail_msg("%.*s:%d is not the same as %.*s:%d", TEXT_ARG(b.step[i]->file),
                     b.step[i]->place.line, TEXT_ARG(a.step[i]->file), a.step[i]->place.line);
    if (a.count != b.count)
        fail_msg("%.*s: %zu steps, and %zu in the original", TEXT_ARG(translation->file), b.count,
                 a.count);
}

static void test_translations_say_the_same(void **state)
{
    struct shipped shipped;
    shipped_find(&shipped);
    size_t compared = 0;
    for (size_t s = 0; s < shipped.count; s++) {
        const char *id = strchr(shipped.name[s], '/');
        struct rehearsal translation, original;
        char name[SHIPPED_NAME_MAX];
        if (strncmp(shipped.name[s], "en/", 3) == 0)
            continue;
        snprintf(name, sizeof name, "en%s", id);
        rehearsal_open(&translation, *state, shipped.name[s]);
        rehearsal_open(&original, *state, name);
        compare(&original.session, &translation.session);
        rehearsal_close(&original);
        rehearsal_close(&translation);
        compared++;
    }
    assert_true(compared > 0);
}

// A session that speaks all notices of a language.
static void parse_notices(struct session *session, struct text language)
{
    static const struct session_source source = {.scripts_dir = LOOSEN_SOURCE_DIR "/scripts"};
    struct diagnostics list;
    struct error error;
    struct buffer script = BUFFER_INIT;
    buffer_printf(&script,
                  "title: T\nlanguage: %.*s\nlength: 2m..10m, natural 3m\nnotice: pressure\n"
                  "== A\n@notice pressure\n@notice movement\n@notice short\n@notice breath\n"
                  "@rest 1m..5m\n",
                  TEXT_ARG(language));
    diagnostics_init(&list, "all notices");
    assert_int_equal(session_parse(session, buffer_text(&script), &source, &list, &error),
                     STATUS_OK);
    diagnostics_free(&list);
    buffer_free(&script);
}

static void test_notices_say_the_same(void **state)
{
    (void)state;
    struct shipped shipped;
    shipped_find(&shipped);
    struct session original;
    parse_notices(&original, TEXT("en"));
    size_t compared = 0;
    for (size_t s = 0; s < shipped.count; s++) {
        struct text name = text_from(shipped.name[s]);
        struct text language = text_head(name, text_find(name, '/'));
        struct session translation;
        if (text_equal_c(language, "en"))
            continue;
        parse_notices(&translation, language);
        compare(&original, &translation);
        session_free(&translation);
        compared++;
    }
    session_free(&original);
    assert_true(compared > 0);
}

int main(int argc, char **argv)
{
    int result;
    if (reader_is_worker(argc, argv, &result))
        return result;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_translations_say_the_same),
        cmocka_unit_test(test_notices_say_the_same),
    };
    return cmocka_run_group_tests(tests, reader_set_up, reader_tear_down);
}
