// SPDX-License-Identifier: GPL-3.0-or-later
// Lines are hung into the block that is open, and a stack knows which blocks are.
#include "parser.h"

#include "directive.h"
#include "heading.h"
#include "limits.h"
#include "line_parser.h"
#include "lint.h"
#include "other_markup.h"
#include "plain.h"
#include "typo_guess.h"

struct block {
    struct node *node;  // never NULL; for an unknown directive a node that is in no list
    struct node **tail; // where the node's next sibling is hung in
    const char *name;
    struct place place;
};

struct parser {
    struct session *session;
    struct arena *arena;
    struct diagnostics *list;
    enum header_kind kind;
    struct parse_facts *facts;
    struct block blocks[SESSION_NESTING_MAX];
    size_t depth;
    size_t too_deep;        // blocks open beyond SESSION_NESTING_MAX
    struct node **tail;     // where the next node is hung in; NULL before the first section
    struct node *last;      // the newest node of the same list, NULL when there is none
    struct node **presence; // where the next presence line is hung in, while `last` is a @rest
    size_t node_count;
    size_t excused_ends; // @end of blocks that were reported already: no news
    bool unknown;        // an unknown directive was the last thing: presence lines may be its
    bool paragraph;      // a blank line stands before what comes, in plain text
    bool failed;         // out of memory
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

static bool inside(const struct parser *parser, enum node_type type)
{
    for (size_t i = 0; i < parser->depth; i++)
        if (parser->blocks[i].node->type == type)
            return true;
    return false;
}

static void open_block(struct parser *parser, const struct lexeme *lexeme, struct node *node,
                       const char *name)
{
    if (parser->depth == SESSION_NESTING_MAX) {
        if (parser->too_deep++ == 0)
            lexeme_report(parser->list, lexeme, lexeme->content.data - 1, "nesting-limit",
                          "more than " LIMIT_TEXT(LIMIT_NESTING) " blocks inside each other",
                          "take some of them apart");
        return;
    }
    parser->blocks[parser->depth++] = (struct block){node, parser->tail, name, node->place};
    parser->tail = &node->children;
    parser->last = NULL;
}

// Rounds and sides are nothing by themselves; a touch or movement may go on in silence.
static void check_empty(struct parser *parser, const struct block *block)
{
    bool rounds = block->node->type == NODE_SIDES || block->node->type == NODE_REPEAT;
    if (!rounds || block->node->children || parser->facts->notice_lost)
        return;
    diagnostics_add(parser->list, SEVERITY_WARNING, "empty-block", block->place.line,
                    block->place.column, "@%s with nothing inside", block->name);
    diagnostics_hint(parser->list, "write its lines before @end, or delete it");
}

static void close_block(struct parser *parser, const struct lexeme *lexeme)
{
    if (parser->too_deep > 0) {
        parser->too_deep--;
    } else if (parser->depth > 0) {
        struct block *block = &parser->blocks[--parser->depth];
        parser->tail = block->tail;
        parser->last = block->node;
        check_empty(parser, block);
    } else if (parser->excused_ends > 0) {
        parser->excused_ends--;
    } else {
        lexeme_report(parser->list, lexeme, lexeme->content.data - 1, "stray-end",
                      "this @end closes nothing",
                      "delete it, or write the line that opens its block");
    }
}

// At a section or the end of the file nothing may be open any more.
static void close_all(struct parser *parser)
{
    parser->excused_ends = parser->depth;
    while (parser->depth > 0) {
        const struct block *block = &parser->blocks[--parser->depth];
        if (parser->facts->lines_lost) // its @end may be among them
            continue;
        diagnostics_add(parser->list, SEVERITY_ERROR, "open-block", block->place.line,
                        block->place.column, "@%s is not closed within its section", block->name);
        diagnostics_hint(parser->list, "write @end where it is over");
    }
    parser->too_deep = 0;
}

// ---- Sections -----------------------------------------------------------------------------------

static void start_section(struct parser *parser, const struct lexeme *lexeme)
{
    parser->unknown = false;
    if (parser->session->section_count == 0)
        header_check(&parser->facts->header, parser->kind,
                     lexeme_place(lexeme, text_trim(lexeme->line).data), parser->list);
    close_all(parser);
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

// in: and out: need a breath that goes on under what is done; half: needs a place of its own.
static void check_moment(struct parser *parser, const struct lexeme *lexeme)
{
    const char *at = text_trim(lexeme->line).data;
    bool body = inside(parser, NODE_CONTACT) || inside(parser, NODE_MOVE);
    bool presence = lexeme->level == LEVEL_PRESENCE;
    if (lexeme->mark && !body)
        lexeme_report(parser->list, lexeme, at, "phase-outside",
                      "in: and out: mean nothing outside @contact and @move",
                      "put the line inside one of them, or a \\ before it to speak the word");
    else if (lexeme->mark && presence)
        lexeme_report(parser->list, lexeme, at, "phase-outside", "a presence line with in: or out:",
                      "take the mark away: the planner chooses its place");
    if (lexeme->half && body)
        lexeme_report(parser->list, lexeme, at, "half-place",
                      "a half: line inside @contact or @move",
                      "write it before or behind the block, where time is easily shifted");
    else if (lexeme->half && presence)
        lexeme_report(parser->list, lexeme, at, "half-place",
                      "a presence line with half:", "write + or ++ in the place of ~");
}

static void check_mark(struct parser *parser, const struct lexeme *lexeme)
{
    if (lexeme->pass != PASS_BOTH && !inside(parser, NODE_SIDES))
        lexeme_report(parser->list, lexeme, text_trim(lexeme->line).data, "pass-outside",
                      "first: and second: mean nothing outside @sides",
                      "put the line inside @sides, or a \\ before it to speak the word");
    if (parser->session->plain && lexeme->breathing != BREATHING_ANY)
        lexeme_report(parser->list, lexeme, text_trim(lexeme->line).data, "breathing-place",
                      "paced: and natural: mean nothing in a plain text",
                      "put a \\ before it to speak the word");
    check_moment(parser, lexeme);
    if (lexeme->late_mark)
        lexeme_report(parser->list, lexeme, lexeme->content.data, "mark-order",
                      "a mark in the wrong place, or one too many",
                      "write them in this order: + first: paced: out:");
    bool partial =
        lexeme->level != LEVEL_MUST || lexeme->breathing != BREATHING_ANY || lexeme->half;
    if (parser->kind == HEADER_NOTICES && partial)
        lexeme_report(parser->list, lexeme, text_trim(lexeme->line).data, "notice-level",
                      "a line of a notice that may be left out", "take the mark away");
}

static void add_line(struct parser *parser, const struct lexeme *lexeme)
{
    check_mark(parser, lexeme);
    struct node *node = new_node(parser, NODE_LINE, lexeme_place(lexeme, lexeme->content.data));
    if (!node)
        return;
    node->level = lexeme->level;
    node->pass = lexeme->pass;
    node->breathing = lexeme->breathing;
    node->as.line.mark = lexeme->mark;
    node->as.line.half = lexeme->half;
    struct line_parser_context context = {parser->arena, parser->list, inside(parser, NODE_SIDES)};
    if (line_parser_parse(node, lexeme, &context) != STATUS_OK) {
        parser->failed = true;
        return;
    }
    bool notice = parser->kind == HEADER_NOTICES;
    if (!other_markup_report(lexeme, parser->session->plain, notice, parser->list))
        lint_line(node, lexeme, notice, parser->list);
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
    parser->excused_ends++;
    return NULL;
}

static void check_position(struct parser *parser, const struct lexeme *lexeme,
                           const struct directive *directive)
{
    const char *at = lexeme->content.data - 1;
    if (parser->kind == HEADER_NOTICES && directive->type != NODE_PAUSE)
        lexeme_report(parser->list, lexeme, at, "notice-content",
                      "a notice holds lines and @pause only", "delete this line");
    for (size_t i = parser->depth; i-- > 0;) {
        const struct block *block = &parser->blocks[i];
        const char *why = directive_forbidden(block->node->type, directive->type);
        if (!why)
            continue;
        struct place place = lexeme_place(lexeme, at);
        diagnostics_add(parser->list, SEVERITY_ERROR, "nesting", place.line, place.column,
                        "@%s inside @%s: %s", directive->name, block->name, why);
        diagnostics_hint(parser->list, "close @%s (line %d) with @end first", block->name,
                         block->place.line);
        return;
    }
}

static void check_directive_marks(struct parser *parser, const struct lexeme *lexeme,
                                  const struct directive *directive)
{
    const char *at = text_trim(lexeme->line).data;
    if (lexeme->level == LEVEL_PRESENCE)
        lexeme_report(parser->list, lexeme, at, "directive-level", "~ marks spoken lines only",
                      "use + or ++ to make a directive optional");
    else if (lexeme->level != LEVEL_MUST && !directive->optional)
        lexeme_report(parser->list, lexeme, at, "directive-level",
                      "this directive cannot be left out by itself",
                      "take the level mark away; a @pause goes with the line before it");
    if (lexeme->pass != PASS_BOTH)
        lexeme_report(
            parser->list, lexeme, at, "directive-pass",
            "first: and second: stand before lines only, so that both sides get the same steps",
            "take the mark away");
    if (lexeme->breathing != BREATHING_ANY)
        lexeme_report(parser->list, lexeme, at, "breathing-place",
                      "paced: and natural: stand before lines only",
                      "take the mark away, or mark the lines inside");
    if (lexeme->mark || lexeme->half)
        lexeme_report(parser->list, lexeme, at, lexeme->half ? "half-place" : "phase-outside",
                      "in:, out: and half: stand before lines only", "take the mark away");
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
    check_directive_marks(parser, lexeme, directive);
    if (directive_is_end(directive)) {
        if (directive_find(name)) // else told already
            directive->parse(NULL, &cursor);
        close_block(parser, lexeme);
        return;
    }
    check_position(parser, lexeme, directive);
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

static void add_plain_rest(struct parser *parser, struct place place)
{
    if (!parser->last || parser->last->type == NODE_REST || parser->depth > 0)
        return;
    struct node *node = new_node(parser, NODE_REST, place);
    if (!node)
        return;
    node->as.rest.frames = plain_rest();
    hang_in(parser, node);
}

static void take_plain_title(struct parser *parser, const struct lexeme *lexeme)
{
    struct section *section = &parser->session->sections[0];
    parser->session->title = lexeme->content;
    parser->session->language = TEXT("en"); // known before the first line is judged
    *section = (struct section){.name = TEXT("Session"),
                                .place = lexeme_place(lexeme, lexeme->content.data)};
    parser->session->section_count = 1;
    parser->tail = &section->first;
}

static void report_early(struct parser *parser, const struct lexeme *lexeme)
{
    struct header *header = &parser->facts->header;
    if (header->stray)
        return;
    header->stray = !parser->session->plain;
    lexeme_report(parser->list, lexeme, lexeme->content.data - 1, "header",
                  "a directive before the first section",
                  parser->session->plain ? "the first line of a plain text is its title"
                                         : "write == Name before it");
}

// Before the first section: the header, or the title of plain text.
static void take_opening(struct parser *parser, const struct lexeme *lexeme)
{
    if (parser->session->plain && lexeme->type == LEXEME_TEXT)
        take_plain_title(parser, lexeme);
    else if (lexeme->type == LEXEME_TEXT)
        header_line(&parser->facts->header, parser->kind, parser->session, lexeme, parser->list);
    else if (lexeme->type == LEXEME_DIRECTIVE)
        report_early(parser, lexeme);
}

static void take_lexeme(struct parser *parser, const struct lexeme *lexeme)
{
    switch (lexeme->type) {
    case LEXEME_BLANK:
        parser->paragraph |= !lexeme->comment;
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
    } else {
        if (parser->session->plain && parser->paragraph)
            add_plain_rest(parser, lexeme_place(lexeme, lexeme->content.data));
        if (lexeme->type == LEXEME_TEXT)
            add_line(parser, lexeme);
        else
            add_directive(parser, lexeme);
    }
    parser->paragraph = false;
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
    close_all(parser);
    struct place end = {parser->facts->last_line > 0 ? parser->facts->last_line : 1, 1};
    if (parser->session->plain && parser->tail)
        add_plain_rest(parser, end);
    if (parser->session->section_count == 0 && !parser->session->plain)
        header_check(&parser->facts->header, parser->kind, end, parser->list);
}

enum status parser_parse(struct session *session, struct arena *arena, struct text data,
                         enum header_kind kind, struct diagnostics *list, struct parse_facts *facts)
{
    struct parser parser = {
        .session = session, .arena = arena, .list = list, .kind = kind, .facts = facts};
    *facts = (struct parse_facts){.last_line = 0};
    size_t sections;
    bool plain = plain_recognises(data, &sections);
    session->plain = plain && kind == HEADER_SESSION;
    session->sections = arena_array(arena, sections + 1, sizeof *session->sections);
    if (!session->sections)
        return STATUS_NO_MEMORY;
    struct lexer lexer;
    struct lexeme lexeme;
    lexer_init(&lexer, data, list);
    while (!parser.failed && lexer_next(&lexer, &lexeme)) {
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
