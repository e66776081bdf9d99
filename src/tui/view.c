// SPDX-License-Identifier: GPL-3.0-or-later
// The screen is a column of blocks. Rows are granted one by one in the order of what matters most,
// until there are no more; so a small terminal shows the sentence, and a large one everything, with
// air in between.
#include "view.h"

#include "duration.h"
#include "key.h"
#include "key_panel.h"
#include "paragraph.h"
#include <math.h>

enum {
    CONTENT_COLUMNS = 72, // a comfortable line; wider terminals have margins
    BREATH_COLUMNS = 40,
    EIGHTHS = 8, // of a column that a bar can show
};

// From top to bottom.
enum block {
    BLOCK_TITLE,
    BLOCK_AIR_TITLE,
    BLOCK_SECTION,
    BLOCK_AIR_SECTION,
    BLOCK_SENTENCE,
    BLOCK_AIR_SENTENCE,
    BLOCK_BREATH,
    BLOCK_AIR_BREATH,
    BLOCK_PROGRESS,
    BLOCK_AIR_PROGRESS,
    BLOCK_NOTE,
    BLOCK_AIR_NOTE,
    BLOCK_LEVELS,
    BLOCK_KEYS,
    BLOCK_COUNT,
};

static const enum block grants[] = {
    BLOCK_SENTENCE,     BLOCK_NOTE,         BLOCK_BREATH,    BLOCK_PROGRESS,    BLOCK_TITLE,
    BLOCK_SECTION,      BLOCK_KEYS,         BLOCK_SENTENCE,  BLOCK_SENTENCE,    BLOCK_LEVELS,
    BLOCK_AIR_SENTENCE, BLOCK_AIR_SECTION,  BLOCK_AIR_NOTE,  BLOCK_AIR_BREATH,  BLOCK_AIR_TITLE,
    BLOCK_SENTENCE,     BLOCK_AIR_PROGRESS, BLOCK_AIR_TITLE, BLOCK_AIR_SECTION, BLOCK_SENTENCE,
};

enum { GRANT_COUNT = sizeof grants / sizeof *grants };

struct layout {
    int row[BLOCK_COUNT];
    int rows[BLOCK_COUNT]; // 0: no room for it
    int column, columns;   // of the content
};

static void lay_out(struct layout *layout, const struct canvas *canvas)
{
    *layout = (struct layout){.column = canvas->columns > 30};
    layout->columns = canvas->columns - 2 * layout->column;
    if (layout->columns > CONTENT_COLUMNS) {
        layout->columns = CONTENT_COLUMNS;
        layout->column = (canvas->columns - CONTENT_COLUMNS) / 2;
    }
    for (int i = 0; i < GRANT_COUNT && i < canvas->rows; i++)
        layout->rows[grants[i]]++;
    int row = canvas->rows > GRANT_COUNT ? (canvas->rows - GRANT_COUNT) / 3 : 0;
    for (int block = 0; block < BLOCK_COUNT; block++) {
        layout->row[block] = row;
        row += layout->rows[block];
    }
}

// ---- Pieces -------------------------------------------------------------------------------------

static bool begin(struct canvas *canvas, const struct layout *layout, enum block block)
{
    canvas_set_look(canvas, LOOK_PLAIN);
    if (layout->rows[block] == 0)
        return false;
    canvas_move(canvas, layout->row[block], layout->column);
    return true;
}

static void add_buffer(struct canvas *canvas, struct buffer *buffer)
{
    canvas->failed |= buffer->failed;
    canvas_add(canvas, buffer_text(buffer));
    buffer_free(buffer);
}

static void add_visible(struct canvas *canvas, struct text text)
{
    struct buffer visible = BUFFER_INIT;
    buffer_add_visible(&visible, text);
    add_buffer(canvas, &visible);
}

// Right-aligned in the content, unless the row's text reaches there.
static void add_right(struct canvas *canvas, const struct layout *layout, struct text text)
{
    int column = layout->column + layout->columns - canvas_measure(canvas, text);
    if (column < canvas->column + 2)
        return;
    canvas_move(canvas, canvas->row, column);
    canvas_add(canvas, text);
}

// `columns` of which `share` (0..1) are full, to an eighth of a column, and dots for the rest.
static void add_bar(struct canvas *canvas, int columns, double share)
{
    static const char *const blocks[EIGHTHS] = {"",       "\u258F", "\u258E", "\u258D",
                                                "\u258C", "\u258B", "\u258A", "\u2589"};
    bool ascii = canvas_is_ascii(canvas);
    int eighths = (int)lround(fmin(fmax(share, 0), 1) * columns * EIGHTHS);
    int full = ascii ? (eighths + EIGHTHS / 2) / EIGHTHS : eighths / EIGHTHS;
    for (int i = 0; i < full; i++)
        canvas_add_c(canvas, ascii ? "=" : "\u2588");
    bool partly = !ascii && eighths % EIGHTHS > 0;
    if (partly)
        canvas_add_c(canvas, blocks[eighths % EIGHTHS]);
    canvas_set_look(canvas, LOOK_FAINT);
    for (int i = full + partly; i < columns; i++)
        canvas_add_c(canvas, ascii ? "." : "\u00B7");
    canvas_set_look(canvas, LOOK_PLAIN);
}

// ---- Blocks -------------------------------------------------------------------------------------

static void draw_title(const struct view_state *state, const struct layout *layout,
                       struct canvas *canvas)
{
    if (!begin(canvas, layout, BLOCK_TITLE))
        return;
    struct buffer clock = BUFFER_INIT;
    duration_print_clock(&clock, state->frame);
    buffer_add_c(&clock, " of ");
    duration_print_clock(&clock, state->total_frames);
    canvas_set_look(canvas, LOOK_STRONG);
    add_visible(canvas, state->title);
    canvas_set_look(canvas, LOOK_PLAIN);
    add_right(canvas, layout, buffer_text(&clock));
    buffer_free(&clock);
}

static void draw_section(const struct view_state *state, const struct layout *layout,
                         struct canvas *canvas)
{
    const struct event *section = state->moment.section;
    if (state->session && section && begin(canvas, layout, BLOCK_SECTION))
        add_visible(canvas, state->session->sections[section->section].name);
}

static void draw_sentence(const struct view_state *state, const struct layout *layout,
                          struct canvas *canvas)
{
    if (!begin(canvas, layout, BLOCK_SENTENCE))
        return;
    struct buffer visible = BUFFER_INIT;
    struct paragraph paragraph = {.mark_start = 0};
    buffer_add_visible(&visible, text_head(state->sentence, state->word_start));
    paragraph.mark_start = visible.size;
    buffer_add_visible(&visible, text_head(text_skip(state->sentence, state->word_start),
                                           state->word_end - state->word_start));
    paragraph.mark_end = visible.size;
    buffer_add_visible(&visible, text_skip(state->sentence, state->word_end));
    paragraph.text = buffer_text(&visible);
    const struct area area = {layout->row[BLOCK_SENTENCE], layout->column,
                              layout->rows[BLOCK_SENTENCE], layout->columns};
    if (!visible.failed)
        paragraph_draw(&paragraph, &area, canvas);
    buffer_free(&visible);
}

const char *view_meanwhile(const struct view_state *state)
{
    bool stands = state->mode == VIEW_PAUSED || state->mode == VIEW_WAITING;
    if (!stands || !state->moment.timed)
        return "";
    return state->moment.timed->type == EVENT_CONTACT ? "Let go meanwhile." : "Rest meanwhile.";
}

// Where a breath would be shown, which stands still.
static void draw_meanwhile(const struct view_state *state, const struct layout *layout,
                           struct canvas *canvas)
{
    const char *says = view_meanwhile(state);
    if (*says && begin(canvas, layout, BLOCK_BREATH))
        canvas_add_c(canvas, says);
}

// Without a word where the breath only accompanies a touch, and faint: there is nothing to follow.
static void draw_breath(const struct view_state *state, const struct layout *layout,
                        struct canvas *canvas)
{
    static const char *const phases[] = {
        [BREATH_IN] = "in", [BREATH_HOLD] = "turn", [BREATH_OUT] = "out"};
    const struct event *breath = state->moment.breath;
    if (!breath || *view_meanwhile(state) || !begin(canvas, layout, BLOCK_BREATH))
        return;
    struct buffer count = BUFFER_INIT;
    buffer_printf(&count, "%d of %d", breath->as.breath.cycle + 1, breath->as.breath.cycles);
    int words = 5 + canvas_measure(canvas, buffer_text(&count)) + 2;
    int columns =
        layout->columns - words < BREATH_COLUMNS ? layout->columns - words : BREATH_COLUMNS;
    if (breath->type == EVENT_SWELL)
        canvas_set_look(canvas, LOOK_FAINT);
    else
        canvas_add_c(canvas, phases[breath->as.breath.phase]);
    canvas_move(canvas, layout->row[BLOCK_BREATH], layout->column + 5);
    add_bar(canvas, columns, state->moment.swell);
    canvas_move(canvas, layout->row[BLOCK_BREATH], layout->column + 5 + columns + 2);
    add_buffer(canvas, &count);
}

static void draw_progress(const struct view_state *state, const struct layout *layout,
                          struct canvas *canvas)
{
    if (!begin(canvas, layout, BLOCK_PROGRESS))
        return;
    struct buffer left = BUFFER_INIT;
    duration_print_left(&left, state->frame, state->total_frames);
    buffer_add_c(&left, " left");
    int columns = layout->columns - canvas_measure(canvas, buffer_text(&left)) - 2;
    double share = state->total_frames > 0 ? (double)state->frame / (double)state->total_frames : 0;
    int done = (int)lround(fmin(fmax(share, 0), 1) * columns);
    for (int i = 0; i < columns; i++) {
        if (i == 0 || i == done)
            canvas_set_look(canvas, i < done ? LOOK_PLAIN : LOOK_FAINT);
        if (canvas_is_ascii(canvas))
            canvas_add_c(canvas, i < done ? "=" : "-");
        else
            canvas_add_c(canvas, i < done ? "\u2501" : "\u2500");
    }
    canvas_set_look(canvas, LOOK_PLAIN);
    // Nobody knows what an end takes that is under way.
    if (state->mode != VIEW_CLOSING)
        add_right(canvas, layout, buffer_text(&left));
    buffer_free(&left);
}

const char *view_mode_says(enum view_mode mode)
{
    static const char *const says[] = {
        [VIEW_PREPARING] = "Getting the voice ready.",
        [VIEW_PLAYING] = "",
        [VIEW_PAUSED] = "Paused. Space goes on.",
        [VIEW_CLOSING] = "Ending gently. q again ends now.",
        [VIEW_WAITING] = "The sound device is gone. Waiting for it; q ends the session.",
    };
    return says[mode];
}

// Where the row is too short for mode and note, the first sentence of the mode.
static struct text mode_beside_note(const struct view_state *state, const struct layout *layout,
                                    const struct canvas *canvas)
{
    struct text mode = text_from(view_mode_says(state->mode));
    int columns = canvas_measure(canvas, mode);
    if (state->note.size > 0)
        columns += 2 + canvas_measure(canvas, state->note);
    return columns <= layout->columns ? mode : text_head(mode, text_find(mode, '.') + 1);
}

static void draw_note(const struct view_state *state, const struct layout *layout,
                      struct canvas *canvas)
{
    struct text mode = mode_beside_note(state, layout, canvas);
    if (mode.size + state->note.size == 0 || !begin(canvas, layout, BLOCK_NOTE))
        return;
    canvas_set_look(canvas, LOOK_STRONG);
    canvas_add(canvas, mode);
    canvas_set_look(canvas, LOOK_PLAIN);
    if (mode.size > 0 && state->note.size > 0)
        canvas_add_c(canvas, "  ");
    add_visible(canvas, state->note);
}

static void draw_levels(const struct view_state *state, const struct layout *layout,
                        struct canvas *canvas)
{
    static const char *const names[VIEW_LEVELS] = {"voice", "scene", "cue"};
    if (!begin(canvas, layout, BLOCK_LEVELS))
        return;
    canvas_set_look(canvas, LOOK_FAINT);
    for (int i = 0; i < VIEW_LEVELS; i++) {
        struct buffer level = BUFFER_INIT;
        double db = state->levels_db[i];
        buffer_add_c(&level, i > 0 ? "   " : "");
        if (i == 0 && state->voice_off)
            buffer_add_c(&level, "voice off");
        else
            buffer_printf(&level, db != 0 ? "%s %+.3g dB" : "%s %.3g dB", names[i], db);
        add_buffer(canvas, &level);
    }
}

// As many keys as there is room for, from the front; none that does nothing now.
static void draw_keys(const struct view_state *state, const struct layout *layout,
                      struct canvas *canvas)
{
    if (!begin(canvas, layout, BLOCK_KEYS))
        return;
    int end = layout->column + layout->columns;
    size_t count;
    const struct key_row *rows = key_rows(&count);
    canvas_set_look(canvas, LOOK_FAINT);
    for (size_t i = 0; i < count; i++) {
        struct buffer item = BUFFER_INIT;
        if (state->mode == VIEW_CLOSING && !rows[i].ending)
            continue;
        buffer_printf(&item, "%s%s %s", canvas->column > layout->column ? "   " : "", rows[i].keys,
                      rows[i].brief);
        bool fits = canvas->column + canvas_measure(canvas, buffer_text(&item)) <= end;
        if (fits)
            canvas_add(canvas, buffer_text(&item));
        buffer_free(&item);
        if (!fits)
            return;
    }
}

// ---- All keys -----------------------------------------------------------------------------------

enum { PROGRESS_LEAST_ROWS = 5 }; // of a low canvas that has the progress below its keys

// The keys stand above the progress, and nothing below moves; on a low canvas they get all rows but
// those of progress and note.
static struct area lay_out_help(struct layout *layout, const struct canvas *canvas)
{
    size_t count;
    key_rows(&count);
    int top = layout->row[BLOCK_TITLE];
    int room = layout->row[BLOCK_PROGRESS] - top;
    if (room < (int)count) {
        for (int block = 0; block < BLOCK_COUNT; block++)
            layout->rows[block] = 0;
        layout->rows[BLOCK_NOTE] = canvas->rows > 1;
        layout->rows[BLOCK_PROGRESS] = canvas->rows >= PROGRESS_LEAST_ROWS;
        layout->row[BLOCK_NOTE] = canvas->rows - 1;
        layout->row[BLOCK_PROGRESS] = canvas->rows - 2;
        room = canvas->rows - layout->rows[BLOCK_NOTE] - layout->rows[BLOCK_PROGRESS];
    }
    return (struct area){top, layout->column, room, layout->columns};
}

int view_help_pages(const struct canvas *canvas)
{
    struct layout layout;
    lay_out(&layout, canvas);
    const struct area area = lay_out_help(&layout, canvas);
    return key_panel_pages(&area);
}

static void draw_help(const struct view_state *state, struct layout *layout, struct canvas *canvas)
{
    const struct area area = lay_out_help(layout, canvas);
    int pages = key_panel_pages(&area);
    key_panel_draw(state->help_page < pages ? state->help_page : pages, &area, canvas);
}

static void draw_session(const struct view_state *state, const struct layout *layout,
                         struct canvas *canvas)
{
    draw_title(state, layout, canvas);
    draw_section(state, layout, canvas);
    draw_sentence(state, layout, canvas);
    draw_meanwhile(state, layout, canvas);
    draw_breath(state, layout, canvas);
}

void view_draw(const struct view_state *state, struct canvas *canvas)
{
    struct layout layout;
    lay_out(&layout, canvas);
    if (state->help_page > 0)
        draw_help(state, &layout, canvas);
    else
        draw_session(state, &layout, canvas);
    draw_progress(state, &layout, canvas);
    draw_note(state, &layout, canvas);
    draw_levels(state, &layout, canvas);
    if (state->help_page == 0)
        draw_keys(state, &layout, canvas);
}
