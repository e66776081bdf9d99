// SPDX-License-Identifier: GPL-3.0-or-later
// Lines and directives become nodes, which are hung into the block that is open.
#include "parser.h"

#include "block_stack.h"
#include "heading.h"
#include "line_parser.h"
#include "lint.h"
#include "mark_check.h"
#include "other_markup.h"
#include "session_limits.h"
#include "typo_guess.h"

struct parser {
    struct session *session;
    struct arena *arena;
    struct diagnostics *list;
    enum header_kind kind;
    struct parse_facts *facts;
    struct block_stack open;
    struct node **tail;     // where the next node is hung in; NULL before the first section
    struct node *last;      // the newest node of the same list, NULL when there is none
    struct node **presence; // where the next presence line is hung in, while `last` is a @rest
    size_t node_count;
    bool unknown; // an unknown directive was the last thing: presence lines may be its
    bool failed;  // out of memory
};

// ---- The tree -----------------------------------------------------------------------------------

static struct node *new_node(struct parser *parser, enum node_type type, struct place place)
{
    struct node *node = arena_alloc(parser->arena, sizeof *node);
    if (!node) {
        parser->failed = true;
        return NULL;
    }
    parser->node_count++;
    node->type = type;
    node->place = place;
    node->file = parser->session->file;
    return node;
}

static void hang_in(struct parser *parser, struct node *node)
{
    *parser->tail = node;
    parser->tail = &node->next;
    parser->last = node;
    parser->unknown = false;
    parser->presence = &node->children;
}

static void open_block(struct parser *parser, const struct lexeme *lexeme, struct node *node,
                       const char *name)
{
    struct block block = {node, parser->tail, name};
    if (!block_stack_open(&parser->open, block, lexeme, parser->list))
        return;
    parser->tail = &node->children;
    parser->last = NULL;
}

// Rounds and sides are nothing by themselves; a touch or movement may go on in silence.
static void check_empty(struct parser *parser, const struct block *block)
{
    bool rounds = block->node->type == NODE_SIDES || block->node->type == NODE_REPEAT;
    if (!rounds || block->node->children || parser->facts->notice_lost)
        return;
    diagnostics_add(parser->list, SEVERITY_WARNING, "empty-block", block->node->place.line,
                    block->node->place.column, "@%s with nothing inside", block->name);
    diagnostics_hint(parser->list, "write its lines before @end, or delete it");
}

static void close_block(struct parser *parser, const struct lexeme *lexeme)
{
    const struct block *block = block_stack_close(&parser->open, lexeme, parser->list);
    if (!block)
        return;
    block->node->end_line = lexeme->number;
    parser->tail = block->tail;
    parser->last = block->node;
    check_empty(parser, block);
}

// ---- Sections -----------------------------------------------------------------------------------

static void start_section(struct parser *parser, const struct lexeme *lexeme)
{
    parser->unknown = false;
    if (parser->session->section_count == 0)
        header_check(&parser->facts->header, parser->kind,
                     lexeme_place(lexeme, text_trim(lexeme->line).data), parser->list);
    block_stack_close_all(&parser->open, parser->facts->lines_lost, parser->list);
    struct section *section = &parser->session->sections[parser->session->section_count++];
    parser->failed |= heading_parse(section, lexeme, parser->arena, parser->list) != STATUS_OK;
    parser->tail = &section->first;
    parser->last = NULL;
}

// ---- Lines and directives -----------------------------------------------------------------------

// A presence line belongs to the @rest before it, with nothing but its like between.
static void add_presence(struct parser *parser, const struct lexeme *lexeme, struct node *node)
{
    if (parser->unknown)
        return;
    if (!parser->last || parser->last->type != NODE_REST) {
        lexeme_report(parser->list, lexeme, text_trim(lexeme->line).data, "presence-place",
                      "a presence line that does not stand under a @rest",
                      "write it just under @rest, or use + or ++");
        return;
    }
    if (lexeme->breathing != BREATHING_ANY)
        lexeme_report(parser->list, lexeme, lexeme->content.data, "breathing-place",
                      "a presence line for one way to breathe only", "take the mark away");
    *parser->presence = node;
    parser->presence = &node->next;
}

static void add_line(struct parser *parser, const struct lexeme *lexeme)
{
    const bool sides = block_stack_holds(&parser->open, NODE_SIDES);
    const bool notice = parser->kind == HEADER_NOTICES;
    const struct mark_scope scope = {
        .sides = sides,
        .body = block_stack_holds(&parser->open, NODE_CONTACT) ||
                block_stack_holds(&parser->open, NODE_MOVE),
        .notices = notice,
    };
    mark_check_line(lexeme, &scope, parser->list);
    struct node *node = new_node(parser, NODE_LINE, lexeme_place(lexeme, lexeme->content.data));
    if (!node)
        return;
    node->level = lexeme->level;
    node->pass = lexeme->pass;
    node->breathing = lexeme->breathing;
    node->as.line.mark = lexeme->mark;
    node->as.line.half = lexeme->half;
    struct line_parser_context context = {parser->arena, parser->list, sides};
    if (line_parser_parse(node, lexeme, &context) != STATUS_OK) {
        parser->failed = true;
        return;
    }
    const struct lint_config config = {parser->session->language, notice};
    if (!other_markup_report(lexeme, notice, parser->list))
        lint_line(node, lexeme, &config, parser->list);
    if (node->level == LEVEL_PRESENCE)
        add_presence(parser, lexeme, node);
    else
        hang_in(parser, node);
}

// The row of the directive's name, or of what it is a misspelling of (reported), or NULL.
static const struct directive *look_up(struct parser *parser, const struct lexeme *lexeme,
                                       struct text name)
{
    const struct directive *directive = directive_find(name);
    if (directive)
        return directive;
    struct place place = lexeme_place(lexeme, lexeme->content.data - 1);
    struct text quote = lexeme_quote(name);
    diagnostics_add(parser->list, SEVERITY_ERROR, "unknown-directive", place.line, place.column,
                    "unknown directive \"@%.*s\"", TEXT_ARG(quote));
    directive = directive_nearest(name);
    if (directive) {
        diagnostics_hint(parser->list, "did you mean \"@%s\"?", directive->name);
        return directive;
    }
    const char *meant = typo_guess_directive(name);
    if (meant)
        diagnostics_hint(parser->list, "did you mean \"@%s\"?", meant);
    else
        diagnostics_hint(parser->list, "there are @pause, @rest, @breathe, @contact, @move, "
                                       "@sides, @repeat, @notice, @scene, @chime and @end");
    parser->unknown = true;
    parser->facts->notice_lost = true;
    parser->open.excused_ends++;
    return NULL;
}

// A pause is kept or dropped with what stands before it, on the same pass and with the same breath.
static void join_pause(struct parser *parser, const struct lexeme *lexeme, struct node *pause)
{
    const struct node *last = parser->last;
    if (!last)
        return;
    if (last->type == NODE_REST && last->children)
        lexeme_report(parser->list, lexeme, lexeme->content.data - 1, "presence-pause",
                      "a @pause behind a presence line, whose place the planner chooses",
                      "delete it, or end the @rest with a spoken line");
    pause->level = last->level;
    pause->pass = last->pass;
    pause->breathing = last->breathing;
}

static void add_directive(struct parser *parser, const struct lexeme *lexeme)
{
    struct cursor cursor;
    cursor_init(&cursor, lexeme, lexeme->content, parser->list, "");
    struct text name = cursor_word(&cursor);
    const struct directive *directive = look_up(parser, lexeme, name);
    if (!directive)
        return;
    cursor.usage = directive->usage;
    mark_check_directive(lexeme, directive->optional, parser->list);
    if (directive_is_end(directive)) {
        if (directive_find(name)) // else told already
            directive->parse(NULL, &cursor);
        close_block(parser, lexeme);
        return;
    }
    if (parser->kind == HEADER_NOTICES && directive->type != NODE_PAUSE)
        lexeme_report(parser->list, lexeme, lexeme->content.data - 1, "notice-content",
                      "a notice holds lines and @pause only", "delete this line");
    block_stack_check(&parser->open, directive, lexeme, parser->list);
    struct node *node =
        new_node(parser, directive->type, lexeme_place(lexeme, lexeme->content.data - 1));
    if (!node)
        return;
    node->level = directive->optional ? lexeme->level : LEVEL_MUST;
    if (!directive->parse(node, &cursor) && directive->type == NODE_NOTICE)
        parser->facts->notice_lost = true;
    if (directive->type == NODE_PAUSE)
        join_pause(parser, lexeme, node);
    hang_in(parser, node);
    if (directive->block)
        open_block(parser, lexeme, node, directive->name);
}

// ---- The file -----------------------------------------------------------------------------------

static void report_early(struct parser *parser, const struct lexeme *lexeme)
{
    struct header *header = &parser->facts->header;
    if (header->stray)
        return;
    header->stray = true;
    lexeme_report(parser->list, lexeme, lexeme->content.data - 1, "header",
                  "a directive before the first section", "write == Name before it");
}

// Before the first section: the header.
static void take_opening(struct parser *parser, const struct lexeme *lexeme)
{
    if (lexeme->type == LEXEME_TEXT)
        header_line(&parser->facts->header, parser->kind, parser->session, lexeme, parser->list);
    else if (lexeme->type == LEXEME_DIRECTIVE)
        report_early(parser, lexeme);
}

static void take_lexeme(struct parser *parser, const struct lexeme *lexeme)
{
    switch (lexeme->type) {
    case LEXEME_BLANK:
        return;
    case LEXEME_BAD:
        parser->facts->header.lost |= !parser->tail;
        parser->facts->lines_lost = true;
        parser->facts->notice_lost = true;
        return;
    case LEXEME_SECTION:
        start_section(parser, lexeme);
        return;
    case LEXEME_DIRECTIVE:
    case LEXEME_TEXT:
        break;
    }
    if (!parser->tail) {
        take_opening(parser, lexeme);
    } else if (lexeme->type == LEXEME_TEXT) {
        add_line(parser, lexeme);
    } else {
        add_directive(parser, lexeme);
    }
}

// Each node is at least one event of the timeline: here memory is bounded, before rules.c counts
// rounds and breaths.
static void report_too_many(struct parser *parser, const struct lexeme *lexeme)
{
    lexeme_report(
        parser->list, lexeme, lexeme->line.data, "event-limit",
        "more than " LIMIT_TEXT(LIMIT_EVENTS) " lines and directives: nothing behind here is read",
        "shorten the script");
    parser->facts->lines_lost = true;
    parser->facts->notice_lost = true;
}

static void finish(struct parser *parser)
{
    block_stack_close_all(&parser->open, parser->facts->lines_lost, parser->list);
    struct place end = {parser->facts->last_line > 0 ? parser->facts->last_line : 1, 1};
    if (parser->session->section_count == 0)
        header_check(&parser->facts->header, parser->kind, end, parser->list);
}

static size_t count_sections(struct lexer lexer)
{
    struct lexeme lexeme;
    size_t count = 0;
    lexer.list = NULL;
    while (lexer_next(&lexer, &lexeme))
        count += lexeme.type == LEXEME_SECTION;
    return count;
}

enum status parser_parse(struct session *session, struct arena *arena, struct lexer *lexer,
                         enum header_kind kind, struct parse_facts *facts)
{
    struct parser parser = {
        .session = session, .arena = arena, .list = lexer->list, .kind = kind, .facts = facts};
    *facts = (struct parse_facts){.last_line = 0};
    session->sections = arena_array(arena, count_sections(*lexer) + 1, sizeof *session->sections);
    if (!session->sections)
        return STATUS_NO_MEMORY;
    struct lexeme lexeme;
    while (!parser.failed && lexer_next(lexer, &lexeme)) {
        facts->last_line = lexeme.number;
        if (parser.node_count == SESSION_EVENTS_MAX) {
            report_too_many(&parser, &lexeme);
            break;
        }
        take_lexeme(&parser, &lexeme);
    }
    if (!parser.failed)
        finish(&parser);
    return parser.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
