// SPDX-License-Identifier: GPL-3.0-or-later
// The form of a good guided session: explained little, and never long at a time; a real rest;
// advice before it, and none on the way out; breath in every touch; every movement counted, with
// its way back; a search and a test before pressure; an end of its own. Words are those of
// form.tsv.
#include "rehearsal.h"
#include "said.h"
#include "table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SECOND ((int64_t)FRAME_RATE)

// What explains, of the guidance points: neither dose nor safety.
#define EXPLAINS                                                                                  \
    "G1 G2 G3 G4 G5 G6 G7 G8 G9 G10 G11 G12 G13 G14 G15 G16 G17 G19 G20 G21 G22 G23 G29 G30 G31 " \
    "G32 G33 G34 G35 G39 G40 G41 G42 G43"

// What is for later, when the session is over.
#define ADVISES "G28 G29 G30 G31 G32 G33 G34 G35 G40 G41 G42 G43 E21 E22"

enum {
    EXPLAINS_MOST = 25, // of 100 frames of talk, at the natural length, where hands or body work
    IN_A_ROW_MOST = 3,  // lines that explain
    ADVICE_MOST = 2,    // lines behind the last rest
    WORDS_OWN = 5,      // from here on a line is a session's own
};

#define REST_LEAST (60 * SECOND)       // at the natural length, where that is LONG or more
#define REST_LEAST_SHORT (20 * SECOND) // where it is less
#define LONG (8 * 60 * SECOND)
#define SLEEPER_WAKES (240 * SECOND) // no voice behind so much quiet

static const struct event *events_end(const struct rehearsal *r)
{
    return r->timeline.events + r->timeline.event_count;
}

static const struct node *line_of(const struct event *e)
{
    return e->type == EVENT_SPEECH ? e->as.speech.line : NULL;
}

static bool works(const struct rehearsal *r)
{
    return text_equal_c(r->session.notice, "pressure") ||
           text_equal_c(r->session.notice, "movement") || text_equal_c(r->session.notice, "short");
}

static const char *words_of(const struct table *table, const char *what, struct text language)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->field[i][0], what) == 0 && text_equal_c(language, table->field[i][1]))
            return table->field[i][2];
    fail_msg("form.tsv has no %s for %.*s", what, TEXT_ARG(language));
    return "";
}

// ---- What is explained --------------------------------------------------------------------------

static size_t judge_share(const struct rehearsal *r, int minutes)
{
    int64_t talk = 0;
    int64_t explained = 0;
    for (const struct event *e = r->timeline.events; e < events_end(r); e++) {
        if (!line_of(e))
            continue;
        talk += e->frames;
        explained += said_is_tagged_one_of(line_of(e), EXPLAINS) ? e->frames : 0;
    }
    assert_true(talk > 0);
    const double percent = 100.0 * (double)explained / (double)talk;
    if (percent <= EXPLAINS_MOST)
        return 0;
    print_error("%.*s at %d min explains for %.1f %% of its talk, not at most %d\n",
                TEXT_ARG(r->session.file), minutes, percent, EXPLAINS_MOST);
    return 1;
}

static size_t judge_rows(const struct rehearsal *r, int minutes)
{
    size_t faults = 0;
    int row = 0;
    int64_t end = 0;
    for (const struct event *e = r->timeline.events; e < events_end(r); e++) {
        if (e->type == EVENT_BREATH)
            row = 0;
        if (!line_of(e))
            continue;
        if (!said_is_tagged_one_of(line_of(e), EXPLAINS) || e->start_frame - end > REST_LEAST_SHORT)
            row = 0;
        row += said_is_tagged_one_of(line_of(e), EXPLAINS);
        end = e->start_frame + e->frames;
        if (row == IN_A_ROW_MOST + 1) {
            print_error("%.*s at %d min: line %d is the fourth in a row that explains\n",
                        TEXT_ARG(r->session.file), minutes, line_of(e)->place.line);
            faults++;
        }
    }
    return faults;
}

// ---- Rest, and what is behind it ----------------------------------------------------------------

// A stretch in which nothing is asked and nothing leads: no line but presence, no bout, no touch,
// no movement.
struct rest {
    int64_t start_frame;
    int64_t frames;
};

static bool asks(const struct event *e)
{
    return (line_of(e) && e->as.speech.level != LEVEL_PRESENCE) || e->type == EVENT_BREATH ||
           event_is_timed(e);
}

// The longest rest, and in *last the last one of `least` or more, whose frames are 0 where none is.
static struct rest find_rests(const struct rehearsal *r, int64_t least, struct rest *last)
{
    struct rest longest = {0, 0};
    int64_t end = r->timeline.lead_frames;
    *last = longest;
    for (const struct event *e = r->timeline.events; e < events_end(r); e++) {
        if (!asks(e))
            continue;
        const struct rest rest = {end, e->start_frame - end};
        if (rest.frames > longest.frames)
            longest = rest;
        if (rest.frames >= least)
            *last = rest;
        if (e->start_frame + e->frames > end)
            end = e->start_frame + e->frames;
    }
    return longest;
}

static int64_t rest_least(const struct rehearsal *r)
{
    return r->session.natural >= LONG ? REST_LEAST : REST_LEAST_SHORT;
}

static size_t judge_rest(const struct rehearsal *r, int minutes)
{
    struct rest last;
    const struct rest longest = find_rests(r, rest_least(r), &last);
    if (longest.frames >= rest_least(r))
        return 0;
    print_error("%.*s at %d min rests for %.1f s, not %.0f\n", TEXT_ARG(r->session.file), minutes,
                seconds_from_frames(longest.frames), seconds_from_frames(rest_least(r)));
    return 1;
}

static size_t judge_advice(const struct rehearsal *r, int minutes)
{
    struct rest last;
    find_rests(r, rest_least(r), &last);
    size_t behind = 0;
    size_t leaving = 0;
    for (const struct event *e = r->timeline.events; e < events_end(r); e++) {
        if (!line_of(e) || !said_is_tagged_one_of(line_of(e), ADVISES))
            continue;
        behind += last.frames > 0 && e->start_frame > last.start_frame;
        leaving += (size_t)e->section + 1 == r->session.section_count;
    }
    if (behind <= ADVICE_MOST && leaving == 0)
        return 0;
    print_error(
        "%.*s at %d min: %zu lines of advice behind the last rest, %zu in the last section\n",
        TEXT_ARG(r->session.file), minutes, behind, leaving);
    return 1;
}

// ---- Touch and movement -------------------------------------------------------------------------

static bool has_words(const struct event *e, const char *words)
{
    return line_of(e) && said_line_has(line_of(e), words);
}

// Whether one of the lines said in `block`, right before it or right behind it has the words.
static bool has_around(const struct rehearsal *r, const struct event *block, const char *words)
{
    const struct event *before = NULL;
    const int64_t end = block->start_frame + block->frames;
    for (const struct event *e = r->timeline.events; e < events_end(r); e++) {
        if (!line_of(e))
            continue;
        if (e->start_frame < block->start_frame) {
            before = e;
            continue;
        }
        if (has_words(e, words))
            return true;
        if (e->start_frame >= end)
            break;
    }
    return before && has_words(before, words);
}

static bool breathes(const struct rehearsal *r, const struct event *touch)
{
    for (const struct event *e = touch; e < events_end(r); e++) {
        if (e->start_frame >= touch->start_frame + touch->frames)
            break;
        if (line_of(e) && line_of(e)->as.line.mark == MARK_OUT)
            return true;
    }
    return false;
}

static size_t judge_blocks(const struct rehearsal *r, int minutes, const struct table *table)
{
    const char *count = words_of(table, "count", r->session.language);
    const char *back = words_of(table, "back", r->session.language);
    size_t faults = 0;
    for (const struct event *e = r->timeline.events; e < events_end(r); e++) {
        const char *fault = NULL;
        if (e->type == EVENT_CONTACT && !breathes(r, e))
            fault = "has no out-breath";
        if (e->type == EVENT_MOVE && !has_around(r, e, count))
            fault = "is not counted";
        if (e->type == EVENT_MOVE && !has_around(r, e, back))
            fault = "has no way back";
        if (!fault)
            continue;
        print_error("%.*s at %d min: the %s in line %d %s\n", TEXT_ARG(r->session.file), minutes,
                    e->type == EVENT_MOVE ? "movement" : "touch", e->as.contact.node->place.line,
                    fault);
        faults++;
    }
    return faults;
}

// Before the first touch is over, somebody has looked for the place and tried to speak.
static size_t judge_dose(const struct rehearsal *r, int minutes, const struct table *table)
{
    bool searched = false;
    bool spoke = false;
    for (const struct event *e = r->timeline.events; e < events_end(r); e++) {
        searched = searched || has_words(e, words_of(table, "search", r->session.language));
        spoke = spoke || has_words(e, words_of(table, "speech", r->session.language));
        if (e->type != EVENT_CONTACT)
            continue;
        for (const struct event *in = e; in < events_end(r); in++) {
            if (in->start_frame >= e->start_frame + e->frames)
                break;
            searched = searched || has_words(in, words_of(table, "search", r->session.language));
            spoke = spoke || has_words(in, words_of(table, "speech", r->session.language));
        }
        if (searched && spoke)
            return 0;
        print_error("%.*s at %d min presses before somebody has%s%s\n", TEXT_ARG(r->session.file),
                    minutes, searched ? "" : " looked for the place",
                    spoke ? "" : " tried to speak");
        return 1;
    }
    return 0;
}

// Right behind the words of caution stands what the touch is for, and that most backs are not
// damaged.
static size_t judge_reassurance(const struct rehearsal *r, int minutes)
{
    enum { LINES = 2 };
    bool purpose = false;
    bool comfort = false;
    int behind = -1; // lines since the notice's last one; -1: before it
    for (const struct event *e = r->timeline.events; e < events_end(r) && behind < LINES; e++) {
        if (!line_of(e))
            continue;
        if (!text_equal(line_of(e)->file, r->session.file)) {
            behind = 0;
            continue;
        }
        if (behind < 0)
            continue;
        purpose |= said_is_tagged(line_of(e), "G17");
        comfort |= said_is_tagged(line_of(e), "G39");
        behind++;
    }
    if (purpose && comfort)
        return 0;
    print_error("%.*s at %d min: behind its notice it does not%s%s\n", TEXT_ARG(r->session.file),
                minutes, purpose ? "" : " say what it is for", comfort ? "" : " reassure");
    return 1;
}

// ---- At every length ----------------------------------------------------------------------------

static size_t judge_sleep(const struct rehearsal *r, int minutes)
{
    int64_t end = r->timeline.lead_frames;
    for (const struct event *e = r->timeline.events; e < events_end(r); e++) {
        if (e->type == EVENT_SPEECH && e->start_frame - end > SLEEPER_WAKES) {
            print_error("%.*s at %d min speaks behind %.0f s of quiet\n", TEXT_ARG(r->session.file),
                        minutes, seconds_from_frames(e->start_frame - end));
            return 1;
        }
        if (e->type == EVENT_SPEECH || e->type == EVENT_BREATH)
            end = e->start_frame + e->frames;
    }
    return 0;
}

static size_t judge(const struct rehearsal *r, int minutes, const struct table *table)
{
    size_t faults = judge_rows(r, minutes) + judge_advice(r, minutes) +
                    judge_blocks(r, minutes, table) + judge_dose(r, minutes, table);
    if (r->session.ending == ENDING_SLEEP)
        faults += judge_sleep(r, minutes);
    if (text_equal_c(r->session.notice, "pressure"))
        faults += judge_reassurance(r, minutes);
    if (works(r) && minutes == rehearsal_natural(r))
        faults += judge_share(r, minutes) + judge_rest(r, minutes);
    return faults;
}

static void test_form(void **state)
{
    struct table table;
    struct shipped shipped;
    size_t faults = 0;
    table_read(&table, "form.tsv");
    shipped_find(&shipped);
    for (size_t s = 0; s < shipped.count; s++) {
        struct rehearsal r;
        rehearsal_open(&r, *state, shipped.name[s]);
        for (int minutes = rehearsal_least(&r); minutes <= rehearsal_most(&r); minutes++) {
            rehearsal_plan(&r, minutes);
            faults += judge(&r, minutes, &table);
        }
        rehearsal_close(&r);
    }
    table_free(&table);
    assert_int_equal(faults, 0);
}

// ---- Lines of its own ---------------------------------------------------------------------------

enum { LINES_MAX = 4000 };

struct own_line {
    struct buffer said;
    char session[SHIPPED_NAME_MAX];
    int line;
};

struct own_lines {
    struct own_line items[LINES_MAX];
    size_t count;
};

static bool is_long(struct text said)
{
    size_t words = 1;
    for (size_t i = 0; i < said.size; i++)
        words += said.data[i] == ' ';
    return words >= WORDS_OWN;
}

static bool is_careful(const struct node *line)
{
    for (size_t i = 0; i < line->tag_count; i++)
        if (line->tags[i].data[0] == 'E')
            return true;
    return false;
}

static void collect(struct own_lines *lines, const struct node *list, const char *session)
{
    for (const struct node *node = list; node; node = node->next) {
        if (node->type != NODE_NOTICE)
            collect(lines, node->children, session);
        if (node->type != NODE_LINE || is_careful(node))
            continue;
        assert_true(lines->count < LINES_MAX);
        struct own_line *own = &lines->items[lines->count];
        *own = (struct own_line){.said = BUFFER_INIT, .line = node->place.line};
        snprintf(own->session, sizeof own->session, "%s", session);
        said_add(node, &own->said);
        if (is_long(buffer_text(&own->said)))
            lines->count++;
        else
            buffer_free(&own->said);
    }
}

static int compare_lines(const void *a, const void *b)
{
    const struct text one = buffer_text(&((const struct own_line *)a)->said);
    const struct text other = buffer_text(&((const struct own_line *)b)->said);
    const size_t size = one.size < other.size ? one.size : other.size;
    const int order = memcmp(one.data, other.data, size);
    return order ? order : (one.size > other.size) - (one.size < other.size);
}

// Words of safety may return; everything else is said in one session alone.
static void test_sessions_have_their_own_words(void **state)
{
    static struct own_lines lines;
    struct shipped shipped;
    size_t faults = 0;
    lines.count = 0;
    shipped_find(&shipped);
    for (size_t s = 0; s < shipped.count; s++) {
        struct rehearsal r;
        rehearsal_open(&r, *state, shipped.name[s]);
        for (size_t i = 0; i < r.session.section_count; i++)
            collect(&lines, r.session.sections[i].first, shipped.name[s]);
        rehearsal_close(&r);
    }
    qsort(lines.items, lines.count, sizeof lines.items[0], compare_lines);
    for (size_t i = 1; i < lines.count; i++) {
        const struct own_line *one = &lines.items[i - 1];
        const struct own_line *other = &lines.items[i];
        if (strcmp(one->session, other->session) == 0 || compare_lines(one, other) != 0)
            continue;
        print_error("%s:%d and %s:%d say the same: %.*s\n", one->session, one->line, other->session,
                    other->line, TEXT_ARG(buffer_text(&one->said)));
        faults++;
    }
    for (size_t i = 0; i < lines.count; i++)
        buffer_free(&lines.items[i].said);
    assert_true(lines.count > 0);
    assert_int_equal(faults, 0);
}

int main(int argc, char **argv)
{
    int result;
    if (reader_is_worker(argc, argv, &result))
        return result;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_sessions_have_their_own_words),
    };
    return cmocka_run_group_tests(tests, reader_set_up, reader_tear_down);
}
