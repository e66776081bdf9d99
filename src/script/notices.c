// SPDX-License-Identifier: GPL-3.0-or-later
// Notices are parsed like a session, and copied into the sessions that ask for them.
#include "notices.h"

#include "parser.h"

static const char *const kinds[] = {"pressure", "movement", "short", "breath"};

enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

static const struct section *find_section(const struct session *notices, struct text kind)
{
    for (size_t i = 0; i < notices->section_count; i++)
        if (text_equal(notices->sections[i].name, kind))
            return &notices->sections[i];
    return NULL;
}

static void check_section(const struct session *notices, size_t index, struct diagnostics *list)
{
    const struct section *section = &notices->sections[index];
    struct place place = section->place;
    bool known = false;
    for (size_t i = 0; i < KIND_COUNT; i++)
        known |= text_equal_c(section->name, kinds[i]);
    if (!known) {
        diagnostics_add(list, SEVERITY_ERROR, "notice-kind", place.line, place.column,
                        "expected the section pressure, movement, short or breath, found \"%.*s\"",
                        TEXT_ARG(section->name));
        diagnostics_hint(list, "write == pressure, == movement, == short or == breath");
    } else if (find_section(notices, section->name) != section) {
        diagnostics_add(list, SEVERITY_ERROR, "notice-twice", place.line, place.column,
                        "the notice \"%.*s\" is given a second time", TEXT_ARG(section->name));
        diagnostics_hint(list, "keep one of them");
    } else if (!section->first) {
        diagnostics_add(list, SEVERITY_ERROR, "notice-empty", place.line, place.column,
                        "the notice \"%.*s\" says nothing", TEXT_ARG(section->name));
        diagnostics_hint(list, "write its lines under the section's name");
    }
}

enum status notices_parse(struct session *notices, struct arena *arena, struct text data,
                          struct diagnostics *list)
{
    struct parse_facts facts;
    *notices = (struct session){.file = text_from(list->file)};
    struct lexer lexer;
    lexer_init(&lexer, data, list);
    enum status status = parser_parse(notices, arena, &lexer, HEADER_NOTICES, &facts);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < notices->section_count; i++)
        check_section(notices, i, list);
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (find_section(notices, text_from(kinds[i])))
            continue;
        diagnostics_add(list, SEVERITY_ERROR, "notice-missing",
                        facts.last_line ? facts.last_line : 1, 1, "there is no section \"%s\"",
                        kinds[i]);
        diagnostics_hint(list, "add == %s with its lines", kinds[i]);
    }
    return STATUS_OK;
}

// Flat copies: parts and tags are shared, the place and the line index are the copy's own.
static enum status copy_lines(struct node *notice, const struct section *section,
                              struct arena *arena)
{
    struct node **tail = &notice->children;
    for (const struct node *line = section->first; line; line = line->next) {
        struct node *copy = arena_alloc(arena, sizeof *copy);
        if (!copy)
            return STATUS_NO_MEMORY;
        *copy = *line;
        *tail = copy;
        tail = &copy->next;
    }
    return STATUS_OK;
}

static enum status copy_into(struct session *session, struct node *list,
                             const struct session *notices)
{
    for (struct node *node = list; node; node = node->next) {
        const struct section *section =
            node->type == NODE_NOTICE ? find_section(notices, node->as.notice.kind) : NULL;
        enum status status = STATUS_OK;
        if (section)
            status = copy_lines(node, section, &session->arena);
        else if (node->type != NODE_NOTICE)
            status = copy_into(session, node->children, notices);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status notices_copy(struct session *session, const struct session *notices)
{
    session->notice_version = notices->notice_version;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < session->section_count; i++)
        THEN(status, copy_into(session, session->sections[i].first, notices));
    return status;
}
