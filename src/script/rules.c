// SPDX-License-Identifier: GPL-3.0-or-later
// One walk over the session in the order in which it is heard. What is said counts as always said
// only when neither the line nor a block around it can be left out.
#include "rules.h"

#include "pattern.h"
#include "pressing.h"
#include "rule.h"
#include "session_limits.h"

enum { EVENTS_OF_A_BREATH = 3 };

// What surrounds a node.
struct scope {
    enum level level; // the most optional of its blocks
    int64_t rounds;   // at most, of all repeats around it
    bool sides;
};

struct walk {
    const struct session *session;
    const struct parse_facts *facts;
    struct diagnostics *list;
    bool notices_known;
    bool last_section;
    bool heard_pressure, heard_movement, heard_short, heard_breath;
    bool light;               // #E11 has always been said by now
    bool stop, rise, silence; // #E8, #E16, #E23 are always said somewhere
    bool tide;                // a tide has been paced by now
    const struct node *body;  // the first @contact or @move
    const struct node *last;  // the node before this one, pauses apart
    const struct node *bout;  // a paced bout not yet released
    enum level bout_level;
    bool told_touch, told_move, told_breath, told_late, told_events;
    bool told_quiet;
    struct pressing pressing;
    int64_t events; // at the longest, saturating
    size_t always;  // lines that are always said
    bool chimes;    // one always sounds
};

static enum level more_optional(enum level a, enum level b)
{
    return a > b ? a : b;
}

static bool has_tag(const struct node *line, const char *tag)
{
    for (size_t i = 0; i < line->tag_count; i++)
        if (text_equal_c(line->tags[i], tag))
            return true;
    return false;
}

static void count_events(struct walk *walk, const struct node *node, const struct scope *scope,
                         int64_t events)
{
    const int64_t saturated = 4 * (int64_t)SESSION_EVENTS_MAX;
    int64_t times = scope->rounds * (scope->sides ? 2 : 1);
    walk->events += times < saturated && events < saturated ? times * events : saturated;
    if (walk->events > saturated)
        walk->events = saturated;
    if (walk->events <= SESSION_EVENTS_MAX || walk->told_events || walk->facts->lines_lost)
        return;
    walk->told_events = true;
    diagnostics_add(walk->list, SEVERITY_ERROR, "event-limit", node->place.line, node->place.column,
                    "more than %d timeline events at the longest, counted up to here",
                    SESSION_EVENTS_MAX);
    diagnostics_hint(walk->list, "repeat less often, or shorten the script");
}

// ---- Breath -------------------------------------------------------------------------------------

static void report_release(struct walk *walk, const char *found)
{
    if (!walk->facts->lines_lost)
        rule_report(walk->list, RULE_RELEASE, walk->bout->place, found);
    walk->bout = NULL;
}

static void check_breath_notice(struct walk *walk, const struct node *node)
{
    bool heard =
        walk->heard_breath ||
        (walk->light && (walk->heard_pressure || walk->heard_movement || walk->heard_short));
    if (heard || walk->told_breath || walk->facts->notice_lost || !walk->notices_known)
        return;
    walk->told_breath = true;
    rule_report(walk->list, RULE_NOTICE_BREATH, node->place, "paced breathing without its caution");
}

static void visit_breathe(struct walk *walk, const struct node *node, const struct scope *scope)
{
    const struct pattern *pattern = &node->as.breathe.pattern;
    int64_t breaths = node->as.breathe.counted
                          ? node->as.breathe.most_breaths
                          : node->as.breathe.frames.most / pattern_period(pattern) + 1;
    enum level level = more_optional(scope->level, node->level);
    if (pattern->name.size == 0 || !pattern_is_paced(pattern))
        return;
    count_events(walk, node, scope, breaths * EVENTS_OF_A_BREATH);
    check_breath_notice(walk, node);
    if (text_equal_c(pattern->name, "dusk") && !walk->tide)
        rule_report(walk->list, RULE_DUSK, node->place, "dusk");
    walk->tide |= text_equal_c(pattern->name, "tide");
    // Bouts that follow each other directly are one: a ramp and the wave it leads to.
    bool same = walk->bout && walk->last && walk->last->type == NODE_BREATHE;
    if (walk->bout && !same)
        report_release(walk, "a bout that is not released before the next one");
    if (!walk->bout)
        walk->bout_level = level;
    else if (level < walk->bout_level)
        walk->bout_level = level;
    walk->bout = node;
}

// ---- Touch and movement -------------------------------------------------------------------------

static void check_body_notice(struct walk *walk, const struct node *node)
{
    if (walk->facts->notice_lost)
        return;
    bool touch = node->type == NODE_CONTACT;
    bool *told = touch ? &walk->told_touch : &walk->told_move;
    bool heard = walk->heard_pressure || (!touch && (walk->heard_movement || walk->heard_short));
    if (heard || *told)
        return;
    *told = true;
    rule_report(walk->list, touch ? RULE_NOTICE_TOUCH : RULE_NOTICE_MOVE, node->place,
                touch ? "touch without its notice" : "movement without its notice");
}

static void visit_body(struct walk *walk, const struct node *node, const struct scope *scope)
{
    count_events(walk, node, scope, 1);
    if (!walk->body)
        walk->body = node;
    check_body_notice(walk, node);
    if (node->type == NODE_CONTACT)
        pressing_add(&walk->pressing, node, scope->rounds, walk->list);
    if (!walk->last_section || walk->session->ending == ENDING_SLEEP || walk->told_late)
        return;
    walk->told_late = true;
    rule_report(walk->list, RULE_LATE, node->place,
                node->type == NODE_CONTACT ? "touch in the last section"
                                           : "movement in the last section");
}

// ---- Sleep --------------------------------------------------------------------------------------

static void check_quiet(struct walk *walk, const struct node *node)
{
    if (!walk->last_section || walk->session->ending != ENDING_SLEEP || walk->told_quiet)
        return;
    bool rests = node->type == NODE_REST;
    if (rests && node->level == LEVEL_MUST)
        return;
    walk->told_quiet = true;
    rule_report(walk->list, RULE_SLEEP_QUIET, node->place,
                rests                     ? "a rest that may be left out"
                : node->type == NODE_LINE ? "a line that is spoken in sleep"
                                          : "more than quiet");
}

// ---- Lines and blocks ---------------------------------------------------------------------------

static void visit_line(struct walk *walk, const struct node *node, const struct scope *scope)
{
    enum level level = more_optional(scope->level, node->level);
    count_events(walk, node, scope, 1);
    if (node->as.line.half)
        return; // it is said only where its time is right
    if (node->breathing == BREATHING_NATURAL)
        return; // no breath is led where it is heard, and nothing else may rest on it
    if (walk->bout && level <= walk->bout_level && node->pass == PASS_BOTH && has_tag(node, "E14"))
        walk->bout = NULL;
    if (level != LEVEL_MUST)
        return;
    walk->light |= has_tag(node, "E11");
    if (node->breathing == BREATHING_PACED)
        return;
    walk->always++;
    walk->stop |= has_tag(node, "E8");
    walk->rise |= has_tag(node, "E16");
    walk->silence |= has_tag(node, "E23");
}

static void visit_notice(struct walk *walk, const struct node *node)
{
    struct text kind = node->as.notice.kind;
    walk->heard_pressure |= text_equal_c(kind, "pressure");
    walk->heard_movement |= text_equal_c(kind, "movement");
    walk->heard_short |= text_equal_c(kind, "short");
    walk->heard_breath |= text_equal_c(kind, "breath");
}

static void visit_list(struct walk *walk, const struct node *list, const struct scope *scope);

static void visit_block(struct walk *walk, const struct node *node, const struct scope *scope)
{
    const int64_t rounds_most = 1000000; // more is no number of rounds; keeps products small
    struct scope inner = *scope;
    inner.level = more_optional(scope->level, node->level);
    inner.sides |= node->type == NODE_SIDES;
    if (node->type == NODE_REPEAT && node->as.repeat.most > 0)
        inner.rounds *= node->as.repeat.most;
    if (inner.rounds > rounds_most)
        inner.rounds = rounds_most;
    const struct node *bout = walk->bout;
    visit_list(walk, node->children, &inner);
    bool again =
        node->type == NODE_SIDES || (node->type == NODE_REPEAT && node->as.repeat.most > 1);
    if (again && walk->bout && walk->bout != bout)
        report_release(walk, "a bout that comes again before it is released");
}

static void visit(struct walk *walk, const struct node *node, const struct scope *scope)
{
    switch (node->type) {
    case NODE_LINE:
        visit_line(walk, node, scope);
        break;
    case NODE_BREATHE:
        visit_breathe(walk, node, scope);
        break;
    case NODE_CONTACT:
    case NODE_MOVE:
        visit_body(walk, node, scope);
        break;
    case NODE_NOTICE:
        visit_notice(walk, node);
        break;
    case NODE_CHIME:
        walk->chimes |= more_optional(scope->level, node->level) == LEVEL_MUST;
        count_events(walk, node, scope, 1);
        break;
    case NODE_SCENE:
        count_events(walk, node, scope, 1);
        break;
    case NODE_PAUSE:
    case NODE_REST:
    case NODE_SIDES:
    case NODE_REPEAT:
        break;
    }
    check_quiet(walk, node);
    if (node->type != NODE_PAUSE && node->breathing != BREATHING_NATURAL)
        walk->last = node; // what a led breath does not have does not part it
    visit_block(walk, node, scope);
}

static void visit_list(struct walk *walk, const struct node *list, const struct scope *scope)
{
    for (const struct node *node = list; node; node = node->next)
        visit(walk, node, scope);
}

// ---- The whole ----------------------------------------------------------------------------------

static void visit_sections(struct walk *walk)
{
    const struct session *session = walk->session;
    for (size_t i = 0; i < session->section_count; i++) {
        const struct section *section = &session->sections[i];
        walk->last_section = i + 1 == session->section_count;
        visit_list(walk, section->first, &(struct scope){.rounds = 1});
        if (section->first || walk->facts->lines_lost)
            continue;
        diagnostics_add(walk->list, SEVERITY_WARNING, "empty-section", section->place.line,
                        section->place.column, "the section \"%.*s\" is empty",
                        TEXT_ARG(lexeme_quote(section->name)));
        diagnostics_hint(walk->list, "write its lines, or delete it");
    }
}

static void check_header_notice(const struct walk *walk)
{
    struct text kind = walk->session->notice;
    struct place place = walk->facts->header.places[HEADER_NOTICE];
    bool heard = text_equal_c(kind, "pressure")   ? walk->heard_pressure
                 : text_equal_c(kind, "movement") ? walk->heard_movement
                 : text_equal_c(kind, "short")    ? walk->heard_short
                 : text_equal_c(kind, "breath")   ? walk->heard_breath
                                                  : true;
    bool any =
        walk->heard_pressure || walk->heard_movement || walk->heard_short || walk->heard_breath;
    if (walk->facts->notice_lost || place.line == 0)
        return;
    if (!heard)
        rule_report(walk->list, RULE_NOTICE_HEADER, place, "the header's notice is never spoken");
    else if (text_equal_c(kind, "none") && any)
        rule_report(walk->list, RULE_NOTICE_HEADER, place,
                    "a notice is spoken, and the header says none");
}

static void check_tags(const struct walk *walk)
{
    // A missing notice was told: it would hold the stop cue.
    bool told = walk->told_touch || walk->told_move;
    if (walk->body && !walk->stop && !told && walk->notices_known && !walk->facts->notice_lost)
        rule_report(walk->list, RULE_STOP_CUE, walk->body->place,
                    "touch or movement without a stop cue");
    const struct session *session = walk->session;
    bool lies = header_has_position(session, "lying") || header_has_position(session, "floor") ||
                header_has_position(session, "side-lying");
    bool sleeps = session->ending == ENDING_SLEEP;
    if (sleeps && !walk->silence && !walk->facts->lines_lost)
        rule_report(walk->list, RULE_SLEEP_TOLD, walk->facts->header.places[HEADER_ENDING],
                    "a session that ends in sleep");
    if (lies && !sleeps && !walk->rise && !walk->facts->lines_lost)
        rule_report(walk->list, RULE_RISE, walk->facts->header.places[HEADER_POSITION],
                    "a session on the floor or lying down");
}

// A silent sitting needs no words, but bells.
static bool says_something(const struct walk *walk)
{
    return walk->session->section_count > 0 && (walk->always > 0 || walk->chimes);
}

static void check_content(const struct walk *walk)
{
    if (walk->facts->lines_lost || says_something(walk))
        return;
    if (walk->session->section_count == 0 && walk->facts->header.stray)
        return;
    int line = walk->facts->last_line > 0 ? walk->facts->last_line : 1;
    bool sections = walk->session->section_count > 0;
    const char *message = walk->session->plain ? "the file says nothing"
                          : sections           ? "no line is spoken at every length"
                                               : "the script has no section";
    diagnostics_add(walk->list, SEVERITY_ERROR, "nothing-said", line, 1, "%s", message);
    diagnostics_hint(walk->list,
                     walk->session->plain ? "write a title, and below it the lines to speak"
                     : sections ? "write at least one line without a level mark, or a @chime"
                                : "write == Name and its lines below the header");
}

static void check_shapes(const struct walk *walk)
{
    const struct session *session = walk->session;
    for (size_t i = 0; i < session->section_count && session->length.most > 0; i++) {
        const struct section *section = &session->sections[i];
        for (size_t p = 0; p < section->shape_count; p++) {
            int64_t at = section->shape[p].at_frames;
            if (at >= session->length.least && at <= session->length.most)
                continue;
            diagnostics_add(walk->list, SEVERITY_WARNING, "shape-range", section->place.line,
                            section->place.column,
                            "the shape speaks of a length that the header does not allow");
            diagnostics_hint(walk->list, "keep to lengths within the header's range");
            break;
        }
    }
}

void rules_check(const struct session *session, const struct parse_facts *facts, bool notices_known,
                 struct diagnostics *list)
{
    struct walk walk = {
        .session = session, .facts = facts, .list = list, .notices_known = notices_known};
    visit_sections(&walk);
    if (walk.bout)
        report_release(&walk, "a bout that is never released");
    check_header_notice(&walk);
    check_tags(&walk);
    check_content(&walk);
    check_shapes(&walk);
}
