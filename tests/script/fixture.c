// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"

#include "session_load.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

const struct session_source fixture_source = {.scripts_dir = "scripts"};

// Messages name files as the user gave them: the tests work from their own folder.
static void enter_folder(void)
{
    if (chdir(LOOSEN_SOURCE_DIR "/tests/script") != 0)
        fail_msg("no folder tests/script");
}

static bool try_read(const char *path, struct buffer *buffer)
{
    char chunk[4096];
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    size_t size;
    while ((size = fread(chunk, 1, sizeof chunk, file)) > 0)
        buffer_add(buffer, (struct text){chunk, size});
    fclose(file);
    return !buffer->failed;
}

struct buffer fixture_read(const char *path)
{
    struct buffer buffer = BUFFER_INIT;
    enter_folder();
    if (!try_read(path, &buffer))
        fail_msg("cannot read %s", path);
    return buffer;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

size_t fixture_names(char names[][FIXTURE_NAME_SIZE], const char *folder, const char *ending)
{
    size_t count = 0;
    enter_folder();
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        size_t size = strlen(entry->d_name), tail = strlen(ending);
        if (size <= tail || strcmp(entry->d_name + size - tail, ending) != 0)
            continue;
        assert_true(count < FIXTURE_NAMES_MAX && size - tail < FIXTURE_NAME_SIZE);
        memcpy(names[count], entry->d_name, size - tail);
        names[count++][size - tail] = '\0';
    }
    closedir(dir);
    assert_true(count > 0);
    qsort(names, count, FIXTURE_NAME_SIZE, compare_names);
    return count;
}

enum status fixture_parse(struct session *session, struct text data, const char *name,
                          struct diagnostics *list)
{
    struct error error;
    enter_folder();
    diagnostics_init(list, name);
    return session_parse(session, data, &fixture_source, list, &error);
}

void fixture_golden(const char *path, struct text found)
{
    enter_folder();
    if (getenv("UPDATE_GOLDEN")) {
        remove(path);
        FILE *file = found.size > 0 ? fopen(path, "wb") : NULL;
        if (!file)
            return;
        assert_int_equal(fwrite(found.data, 1, found.size, file), found.size);
        assert_int_equal(fclose(file), 0);
        return;
    }
    struct buffer wanted = BUFFER_INIT;
    try_read(path, &wanted);
    if (!text_equal(buffer_text(&wanted), found))
        fail_msg("%s differs.\n--- expected\n%.*s--- found\n%.*s", path,
                 TEXT_ARG(buffer_text(&wanted)), TEXT_ARG(found));
    buffer_free(&wanted);
}

static void same_text(struct text a, struct text b)
{
    if (!text_equal(a, b))
        fail_msg("\"%.*s\" is not \"%.*s\"", TEXT_ARG(a), TEXT_ARG(b));
}

static void same_range(struct range a, struct range b)
{
    assert_int_equal(a.least, b.least);
    assert_int_equal(a.most, b.most);
}

static void same_line(const struct node *a, const struct node *b)
{
    assert_int_equal(a->as.line.index, b->as.line.index);
    assert_int_equal(a->as.line.mark, b->as.line.mark);
    assert_int_equal(a->as.line.half, b->as.line.half);
    assert_int_equal(a->as.line.part_count, b->as.line.part_count);
    for (size_t i = 0; i < a->as.line.part_count; i++) {
        assert_int_equal(a->as.line.parts[i].type, b->as.line.parts[i].type);
        same_text(a->as.line.parts[i].shown, b->as.line.parts[i].shown);
        same_text(a->as.line.parts[i].spoken, b->as.line.parts[i].spoken);
    }
    assert_int_equal(a->tag_count, b->tag_count);
    for (size_t i = 0; i < a->tag_count; i++)
        same_text(a->tags[i], b->tags[i]);
}

static void same_breathe(const struct node *a, const struct node *b)
{
    const struct pattern *p = &a->as.breathe.pattern, *q = &b->as.breathe.pattern;
    assert_int_equal(p->type, q->type);
    same_text(p->name, q->name);
    assert_int_equal(p->in_frames, q->in_frames);
    assert_int_equal(p->out_frames, q->out_frames);
    assert_int_equal(p->hold_frames, q->hold_frames);
    assert_int_equal(a->as.breathe.counted, b->as.breathe.counted);
    if (a->as.breathe.counted) {
        assert_int_equal(a->as.breathe.least_breaths, b->as.breathe.least_breaths);
        assert_int_equal(a->as.breathe.most_breaths, b->as.breathe.most_breaths);
    } else {
        same_range(a->as.breathe.frames, b->as.breathe.frames);
    }
}

static void same_contact(const struct node *a, const struct node *b)
{
    same_text(a->as.contact.region, b->as.contact.region);
    same_text(a->as.contact.tool, b->as.contact.tool);
    same_text(a->as.contact.surface, b->as.contact.surface);
    assert_int_equal(a->as.contact.pressure_least, b->as.contact.pressure_least);
    assert_int_equal(a->as.contact.pressure_most, b->as.contact.pressure_most);
    same_range(a->as.contact.frames, b->as.contact.frames);
    assert_int_equal(a->as.contact.counted, b->as.contact.counted);
    assert_int_equal(a->as.contact.least_breaths, b->as.contact.least_breaths);
    assert_int_equal(a->as.contact.most_breaths, b->as.contact.most_breaths);
}

static void same_content(const struct node *a, const struct node *b)
{
    switch (a->type) {
    case NODE_LINE:
        same_line(a, b);
        return;
    case NODE_PAUSE:
        same_range(a->as.pause.frames, b->as.pause.frames);
        assert_int_equal(a->as.pause.natural, b->as.pause.natural);
        assert_int_equal(a->as.pause.ranged, b->as.pause.ranged);
        return;
    case NODE_REST:
        same_range(a->as.rest.frames, b->as.rest.frames);
        return;
    case NODE_BREATHE:
        same_breathe(a, b);
        return;
    case NODE_CONTACT:
        same_contact(a, b);
        return;
    case NODE_MOVE:
        same_text(a->as.move.name, b->as.move.name);
        same_range(a->as.move.frames, b->as.move.frames);
        assert_int_equal(a->as.move.counted, b->as.move.counted);
        assert_int_equal(a->as.move.least_breaths, b->as.move.least_breaths);
        assert_int_equal(a->as.move.most_breaths, b->as.move.most_breaths);
        return;
    case NODE_SIDES:
        assert_int_equal(a->as.sides.order[0], b->as.sides.order[0]);
        assert_int_equal(a->as.sides.order[1], b->as.sides.order[1]);
        return;
    case NODE_REPEAT:
        assert_int_equal(a->as.repeat.least, b->as.repeat.least);
        assert_int_equal(a->as.repeat.most, b->as.repeat.most);
        return;
    case NODE_NOTICE:
        same_text(a->as.notice.kind, b->as.notice.kind);
        return;
    case NODE_SCENE:
        same_text(a->as.scene.name, b->as.scene.name);
        return;
    case NODE_CHIME:
        return;
    }
}

static void same_nodes(const struct node *a, const struct node *b)
{
    for (; a && b; a = a->next, b = b->next) {
        assert_int_equal(a->type, b->type);
        assert_int_equal(a->level, b->level);
        assert_int_equal(a->pass, b->pass);
        assert_int_equal(a->breathing, b->breathing);
        same_content(a, b);
        same_nodes(a->children, b->children);
    }
    assert_null(a);
    assert_null(b);
}

static void same_section(const struct section *a, const struct section *b)
{
    same_text(a->name, b->name);
    assert_int_equal(a->shape_count, b->shape_count);
    for (size_t i = 0; i < a->shape_count; i++) {
        assert_int_equal(a->shape[i].at_frames, b->shape[i].at_frames);
        assert_int_equal(a->shape[i].target_frames, b->shape[i].target_frames);
    }
    same_nodes(a->first, b->first);
}

void fixture_same_session(const struct session *a, const struct session *b)
{
    same_text(a->title, b->title);
    same_text(a->summary, b->summary);
    same_text(a->language, b->language);
    same_text(a->position, b->position);
    same_text(a->needs, b->needs);
    same_text(a->scene, b->scene);
    same_text(a->notice, b->notice);
    same_range(a->length, b->length);
    assert_int_equal(a->ending, b->ending);
    assert_int_equal(a->breathes_free, b->breathes_free);
    assert_int_equal(a->natural, b->natural);
    assert_int_equal(a->line_count, b->line_count);
    assert_int_equal(a->section_count, b->section_count);
    for (size_t i = 0; i < a->section_count; i++)
        same_section(&a->sections[i], &b->sections[i]);
}
